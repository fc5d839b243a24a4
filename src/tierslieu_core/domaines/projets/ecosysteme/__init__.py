"""Écosystème (E1, E2): local and international actors, networks, what is set going with them, and what came of it."""

from tierslieu_core.domaines.projets.ecosysteme import acteurs, dynamiques
from tierslieu_core.domaines.projets.ecosysteme.acteurs import (
    ActeurRecense,
    CorrigerParticipation,
    DepartAvantEntree,
    LigneActeur,
    LigneParticipation,
    ParticipationEngagee,
    ParticipationQuittee,
    PrendrePart,
    QuitterActeur,
    RecenserActeur,
    SansParticipation,
)
from tierslieu_core.domaines.projets.ecosysteme.dynamiques import (
    AcheverDynamique,
    AvancerDynamique,
    CorrigerDynamique,
    DynamiqueAbsente,
    DynamiqueAchevee,
    DynamiqueAvancee,
    DynamiqueClose,
    DynamiqueDejaLancee,
    DynamiqueLancee,
    LancerDynamique,
    LigneDynamique,
    PasPorteur,
)
from tierslieu_core.kernel.declarations import Domaine

DOMAINE = Domaine(
    "ecosysteme",
    "Écosystème",
    faits=acteurs.FAITS + dynamiques.FAITS,
    demandes=acteurs.DEMANDES + dynamiques.DEMANDES,
    refus=acteurs.REFUS + dynamiques.REFUS,
    registres=acteurs.REGISTRES + dynamiques.REGISTRES,
    identifiants=acteurs.IDENTIFIANTS + dynamiques.IDENTIFIANTS,
    echeances=acteurs.ECHEANCES + dynamiques.ECHEANCES,
    transmissions=acteurs.TRANSMISSIONS + dynamiques.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE",
    "AcheverDynamique",
    "ActeurRecense",
    "AvancerDynamique",
    "CorrigerDynamique",
    "CorrigerParticipation",
    "DepartAvantEntree",
    "DynamiqueAbsente",
    "DynamiqueAchevee",
    "DynamiqueAvancee",
    "DynamiqueClose",
    "DynamiqueDejaLancee",
    "DynamiqueLancee",
    "LancerDynamique",
    "LigneActeur",
    "LigneDynamique",
    "LigneParticipation",
    "ParticipationEngagee",
    "ParticipationQuittee",
    "PasPorteur",
    "PrendrePart",
    "QuitterActeur",
    "RecenserActeur",
    "SansParticipation",
]
