"""Les liens possibles: who looks for what somebody else offers or knows; explained, and never told twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from tierslieu_core.domaines.personnes.rencontres.partages import DITS
from tierslieu_core.vocabulaire.identifiants import PersonneId, ThemeId

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu

CHERCHE = "recherche"


@attrs.frozen
class LienPossible:
    """``personne`` looks for ``theme``, which ``avec`` offers or knows (``sens``)."""

    personne: PersonneId
    avec: PersonneId
    theme: ThemeId
    sens: str

    def pourquoi(self, lieu: Lieu) -> str:
        """``Ana cherche soudure, Ben sait soudure``."""
        une, autre = (lieu.nommer("personne", un) for un in (self.personne, self.avec))
        quoi = lieu.nommer("theme", self.theme).lower()
        return f"{une} cherche : {quoi} ; {autre} {DITS[self.sens]} : {quoi}"


def liens_possibles(lieu: Lieu, qui: PersonneId | None = None) -> list[LienPossible]:
    """By theme, then by identifier; a pair to whom an introduction was ever proposed is not told again."""
    deja = {frozenset((m.personne, m.avec)) for m in lieu.registre("mises")}
    par_theme: dict[ThemeId, list[Any]] = {}
    for partage in lieu.registre("partages"):
        par_theme.setdefault(partage.theme, []).append(partage)
    found = [
        LienPossible(une.personne, autre.personne, theme, autre.sens)
        for theme, partages in par_theme.items()
        for une in partages
        if une.sens == CHERCHE
        for autre in partages
        if autre.sens != CHERCHE
        and autre.personne not in lieu.livre.mandats.qui.memes(une.personne)
        and frozenset((une.personne, autre.personne)) not in deja
        and qui in (None, une.personne, autre.personne)
    ]
    return sorted(found, key=lambda un: (un.theme, un.personne, un.avec, un.sens))
