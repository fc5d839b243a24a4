"""Faits dits: what a place itself chooses to ask with a demand, each a word, a number, a date… as it declared it.

A declared word is one of a closed list: nothing personal can be written there.
"""

from __future__ import annotations

import re
from typing import Literal

from whenever import Date

from tierslieu_core.vocabulaire.mesures import Fait
from tierslieu_core.vocabulaire.temps import Moment

TypeDeFait = Literal["oui_non", "nombre", "mot", "mots", "date", "instant"]
NOM = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
OUI_NON = {"oui": True, "non": False}
NOMBRE = re.compile(r"-?\d{1,12}\Z")
ET = "+"
"""Between several words."""
ATTENDU: dict[str, str] = {
    "oui_non": "oui ou non", "nombre": "un nombre entier", "mot": "l'un de : {valeurs}",
    "mots": "un ou plusieurs de : {valeurs} (comme « a+b »)", "date": "une date comme « 2026-11-23 »",
    "instant": "une heure du lieu comme « 2026-11-23T14:00 »",
}  # fmt: skip


class FaitDit:
    """One of them, as it is written: ``statut=association``, ``mentions=dates+permis``."""

    __slots__ = ("nom", "texte")
    nom: str
    texte: str

    def __init__(self, nom: str, texte: str) -> None:
        self.nom = nom
        self.texte = texte

    @classmethod
    def depuis_texte(cls, texte: str) -> FaitDit:
        """From ``nom=valeur``; ``ValueError`` with the way out when it is not that."""
        nom, egal, valeur = texte.partition("=")
        if not egal or not NOM.match(nom) or not valeur:
            msg = f"un fait attendu, comme « statut=association », reçu {texte!r}"
            raise ValueError(msg)
        return cls(nom, valeur)

    def __str__(self) -> str:
        return f"{self.nom}={self.texte}"

    def __repr__(self) -> str:
        return f"FaitDit({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FaitDit) and (self.nom, self.texte) == (other.nom, other.texte)

    def __hash__(self) -> int:
        return hash((self.nom, self.texte))


AUSSI = "ce que le lieu demande aussi"


def joints(avant: tuple[FaitDit, ...], dits: tuple[FaitDit, ...]) -> tuple[FaitDit, ...]:
    """What was said before and what is said now; of what is said again, what is said now."""
    return tuple({p.nom: p for p in (*avant, *dits)}.values())


def lu(genre: TypeDeFait, texte: str, valeurs: tuple[str, ...] = (), zone: str = "UTC") -> Fait:
    """The value that a text says, of a declared type; ``ValueError`` with what is expected.

    A date and an instant stay text: ``2026-11-23``, ``2026-11-23T14:00:00+01:00`` (the hour of ``zone``).
    """
    try:
        return _lu(genre, texte, valeurs, zone)
    except (ValueError, KeyError):
        msg = f"{ATTENDU[genre].format(valeurs=', '.join(valeurs))} attendu, reçu « {texte} »"
        raise ValueError(msg) from None


def _lu(genre: TypeDeFait, texte: str, valeurs: tuple[str, ...], zone: str) -> Fait:
    match genre:
        case "oui_non":
            return OUI_NON[texte]
        case "nombre":
            if not NOMBRE.match(texte):
                raise ValueError(texte)
            return int(texte)
        case "mot":
            return valeurs[valeurs.index(texte)]
        case "mots":
            return tuple(valeurs[valeurs.index(mot)] for mot in texte.split(ET))
        case "date":
            return Date.parse_iso(texte).format_iso()
        case "instant":
            moment = Moment.depuis_texte(texte)
            if moment.faute_dans(zone):
                raise ValueError(texte)
            return moment.dans(zone).to_fixed_offset().format_iso()
