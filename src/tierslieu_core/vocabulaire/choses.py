"""Choses: anything of the place that a demand may point to, by its tag: a space, a contract, a demand that was made."""

from __future__ import annotations

import re
from collections.abc import Callable

CHOSE = re.compile(r"([a-z]+):([A-Za-z0-9][A-Za-z0-9._:~-]{0,119})\Z")


class Chose:
    """One of them, as it is written: ``espace:salle-verte``, ``contrat:bail``, ``cle:pret-12``."""

    __slots__ = ("genre", "un")
    genre: str
    un: str

    def __init__(self, genre: str, un: str) -> None:
        self.genre = genre
        self.un = un

    @classmethod
    def depuis_texte(cls, texte: str) -> Chose:
        """From a tag; ``ValueError`` with the way out when it is not one."""
        dite = CHOSE.match(texte)
        if dite is None:
            msg = f"une chose du lieu attendue, comme « espace:salle-verte » ou « contrat:bail », reçu {texte!r}"
            raise ValueError(msg)
        return cls(dite[1], dite[2])

    @property
    def reference(self) -> tuple[str, str]:
        """Tag prefix and identifier: the edge checks that the place knows it."""
        return self.genre, self.un

    def nomme(self, nommer: Callable[[str, str], str]) -> str:
        """What people call it."""
        return nommer(self.genre, self.un)

    def __str__(self) -> str:
        return f"{self.genre}:{self.un}"

    def __repr__(self) -> str:
        return f"Chose({self.genre!r}, {self.un!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Chose) and self.reference == other.reference

    def __hash__(self) -> int:
        return hash(self.reference)
