"""Recours (D4, D5): what becomes of a decision: contested, answered, revised, its effects undone or not."""

from tierslieu_core.domaines.cadre.recours import recours, registre, revision
from tierslieu_core.domaines.cadre.recours.effets import ANNULABLES, SANCTIONS, EffetsAnnules, RienAAnnuler
from tierslieu_core.domaines.cadre.recours.recours import FormerRecours, TrancherRecours
from tierslieu_core.domaines.cadre.recours.revision import ReviserDecision
from tierslieu_core.domaines.cadre.recours.vie import DecisionRevisee, RecoursForme, RecoursTranche, attente_de
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import RecoursId

DOMAINE = Domaine(
    "recours",
    "Recours et révisions",
    faits=(RecoursForme, RecoursTranche, DecisionRevisee, EffetsAnnules),
    demandes=(*recours.DEMANDES, *revision.DEMANDES),
    refus=(*recours.REFUS, *revision.REFUS, RienAAnnuler),
    registres=registre.REGISTRES,
    identifiants=(Identifiant(RecoursId, RecoursForme),),
    echeances=registre.ECHEANCES,
    transmissions=registre.TRANSMISSIONS,
)

__all__ = [
    "ANNULABLES", "DOMAINE", "SANCTIONS", "DecisionRevisee", "EffetsAnnules", "FormerRecours", "RecoursForme",
    "RecoursTranche", "ReviserDecision", "TrancherRecours", "attente_de",
]  # fmt: skip
