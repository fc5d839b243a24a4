"""Profil: what rules measure of a person, the same for every use."""

from __future__ import annotations

from typing import Any

from whenever import Date

from tierslieu_core.domaines.personnes import adhesions, formations
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.mesures import Mesures

Adhesion = adhesions.Accordee | None
Tenues = tuple[formations.Tenue, ...]
adhesion_de, habilitations_de = adhesions.adhesion_de, formations.habilitations_de


def mesures_de(qui: PersonneId, adhesion: Adhesion, tenues: Tenues, jour: Date, **usage: Any) -> Mesures:
    """The measures of a use on a day, by a person with this membership and these habilitations."""
    publics, groupes = adhesions.publics(adhesion, jour)
    return Mesures(
        personne=qui, jour=jour, publics=publics, groupes=groupes, adhesion=adhesions.jusqu_au(adhesion, jour),
        habilitations=formations.valides(tenues, jour), **usage,
    )  # fmt: skip
