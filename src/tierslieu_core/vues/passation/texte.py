"""Le texte: lines of Markdown that also read well as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from tierslieu_core.vocabulaire.francais import compte

LONGUE = 12
"""The lines of a list that are read to the end; beyond them, where the others are."""


@attrs.frozen
class Partie:
    """A part of the document. ``bref``: what the first page says of it, or nothing; ``lignes``: its text."""

    titre: str
    lignes: tuple[str, ...]
    bref: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"## {self.titre}", "", *self.lignes])


def propre(texte: str) -> str:
    """On one line, and nothing in it that a reader of Markdown would take for a tag."""
    return " ".join(texte.split()).replace("<", "&lt;")


def puces(phrases: Sequence[str], ailleurs: str, longue: int = LONGUE) -> list[str]:
    """A list; of a long one, its beginning, and the command that gives the rest."""
    reste = len(phrases) - longue
    if reste <= 2:  # noqa: PLR2004 - to say that two lines are missing takes as much room as they do
        return [f"- {propre(une)}" for une in phrases]
    autres = compte(reste, "autre", "autres")
    return [*(f"- {propre(une)}" for une in phrases[:longue]), f"- … et {autres} : `tierslieu {ailleurs}`"]


def chapitre(titre: str, lignes: Iterable[str]) -> list[str]:
    """A list under its title, with air around."""
    return [f"### {titre}", "", *lignes, ""]


def milliers(n: int) -> str:
    """``1 390``."""
    return f"{n:,}".replace(",", " ")
