"""Montant: an amount of money, to the centime. The finance body's journal alone holds any."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import total_ordering

from tierslieu_core.kernel.edge import identifier_fault

ECRIT = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,2}))?\Z")
BLANCS = re.compile(r"[\s€\u00a0\u202f]")


@total_ordering
class Montant:
    """So many centimes, never less than none; written ``1250.50``, read aloud ``1 250,50 €``."""

    __slots__ = ("centimes",)
    centimes: int

    def __init__(self, centimes: int = 0) -> None:
        self.centimes = centimes

    @classmethod
    def depuis_texte(cls, texte: str) -> Montant:
        """From what people write (``1250``, ``1 250,50 €``); ``ValueError`` with the way out when it is no amount."""
        found = ECRIT.match(BLANCS.sub("", texte))
        if found is None:
            msg = f"un montant attendu, en euros, comme « 1250.50 », reçu « {texte} »"
            raise ValueError(msg)
        return cls(100 * int(found[1]) + int((found[2] or "").ljust(2, "0")))

    def nomme(self, _: Callable[[str, str], str]) -> str:
        """As a person reads it: ``1 250,50 €``."""
        euros, centimes = divmod(self.centimes, 100)
        return f"{f'{euros:,}'.replace(',', ' ')},{centimes:02d} €"

    def __add__(self, autre: Montant) -> Montant:
        return Montant(self.centimes + autre.centimes)

    def __sub__(self, autre: Montant) -> Montant:
        """What is left of it: nothing, when more is taken away."""
        return Montant(max(0, self.centimes - autre.centimes))

    def __str__(self) -> str:
        return f"{self.centimes // 100}.{self.centimes % 100:02d}"

    def __repr__(self) -> str:
        return f"Montant({self.centimes})"

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, Montant) and self.centimes == autre.centimes

    def __lt__(self, autre: Montant) -> bool:
        return self.centimes < autre.centimes

    def __hash__(self) -> int:
        return hash(self.centimes)


RIEN = Montant()


class Poste:
    """A line of a budget and its amount, as one types them: ``assurance=1250.50``."""

    __slots__ = ("ligne", "montant")
    ligne: str
    montant: Montant

    def __init__(self, ligne: str, montant: Montant) -> None:
        self.ligne = ligne
        self.montant = montant

    @classmethod
    def depuis_texte(cls, texte: str) -> Poste:
        """From ``LIGNE=MONTANT``; ``ValueError`` with the way out when it is not so written."""
        ligne, egale, montant = texte.partition("=")
        if not egale:
            msg = f"une ligne et son montant attendus, comme « assurance=1250.50 », reçu « {texte} »"
            raise ValueError(msg)
        if (fault := identifier_fault(ligne)) is not None:
            raise ValueError(fault)
        return cls(ligne, Montant.depuis_texte(montant))

    def __str__(self) -> str:
        return f"{self.ligne}={self.montant}"

    def __repr__(self) -> str:
        return f"Poste({self.ligne!r}, {self.montant!r})"

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, Poste) and (self.ligne, self.montant) == (autre.ligne, autre.montant)

    def __hash__(self) -> int:
        return hash((self.ligne, self.montant))
