"""Gênes: which spaces are in each other's way on some days, worked out from the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import attrs
from whenever import Date

from tierslieu_core.vocabulaire.identifiants import EspaceId

Nature = Literal["contient", "voisin"]


@attrs.frozen(kw_only=True)
class Lien:
    """``espace`` contains ``avec``, or both are neighbours; both days included, ``au`` is ``None`` until undone."""

    espace: EspaceId
    avec: EspaceId
    nature: Nature
    du: Date
    au: Date | None = None

    def fin(self) -> Date:
        """The last day, the last of all when none is said."""
        return self.au or Date.MAX

    def deux(self) -> frozenset[EspaceId]:
        """Both, in no order."""
        return frozenset((self.espace, self.avec))


Genes = tuple[Lien, ...]
"""All the links of the spaces that a chain of links brings together: the last fact of any of them says them all."""


def genantes(lequel: EspaceId, genes: Genes, du: Date, au: Date) -> tuple[EspaceId, ...]:
    """The other spaces whose use is in the way of this one's on a day between these, both included.

    Those that contain it and those that it contains, however deep; its neighbours, but not theirs.
    """
    voisins = (
        lien.avec if lien.espace == lequel else lien.espace
        for lien in genes
        if lien.nature == "voisin" and lequel in lien.deux() and lien.du <= au and du <= lien.fin()
    )  # fmt: skip
    return tuple(dict.fromkeys((*conteneurs(lequel, genes, du, au), *contenus(lequel, genes, du, au), *voisins)))


def enveloppe(lequel: EspaceId, genes: Genes, du: Date, au: Date) -> tuple[EspaceId, ...]:
    """The space, then those that contain it on a day between these: closing any of them closes it."""
    return (lequel, *conteneurs(lequel, genes, du, au))


def conteneurs(lequel: EspaceId, genes: Genes, du: Date, au: Date) -> tuple[EspaceId, ...]:
    """What contains a space on a day between these, the nearest first."""
    return _atteints(lequel, [(lien.avec, lien.espace, lien) for lien in genes if lien.nature == "contient"], du, au)


def conteneurs_dates(lequel: EspaceId, genes: Genes) -> Iterable[tuple[EspaceId, Date, Date]]:
    """What contains a space at any time, with the first and the last day of it."""
    pas = [(lien.avec, lien.espace, lien) for lien in genes if lien.nature == "contient"]
    return _etapes(lequel, pas, Date.MIN, Date.MAX)


def contenus(lequel: EspaceId, genes: Genes, du: Date, au: Date) -> tuple[EspaceId, ...]:
    """What a space contains on a day between these, the nearest first."""
    return _atteints(lequel, [(lien.espace, lien.avec, lien) for lien in genes if lien.nature == "contient"], du, au)


def _atteints(
    depart: EspaceId, pas: Sequence[tuple[EspaceId, EspaceId, Lien]], du: Date, au: Date
) -> tuple[EspaceId, ...]:
    """Where these steps lead, one after another, as long as one same day has them all in force."""
    if not pas:
        return ()
    return tuple(dict.fromkeys(vers for vers, _, _ in _etapes(depart, pas, du, au)))


def _etapes(
    depart: EspaceId, pas: Sequence[tuple[EspaceId, EspaceId, Lien]], du: Date, au: Date
) -> Iterable[tuple[EspaceId, Date, Date]]:
    atteints: dict[tuple[EspaceId, Date, Date], None] = {}
    a_suivre = [(depart, du, au)]
    for ou, debut, fin in a_suivre:
        for de, vers, lien in pas:
            etape = (vers, max(debut, lien.du), min(fin, lien.fin()))
            if de == ou and etape[1] <= etape[2] and etape not in atteints:
                atteints[etape] = None
                a_suivre.append(etape)
    return atteints
