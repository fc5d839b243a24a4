"""Prêts (R3): who has which item, until when; asked ahead, handed over, renewed, given back, lost."""

from tierslieu_core.domaines.usages.prets import correction, pret
from tierslieu_core.domaines.usages.prets.correction import CorrigerPret
from tierslieu_core.domaines.usages.prets.pret import (
    DeclarerPerdu,
    LignePret,
    ObjetDejaPrete,
    ObjetEgare,
    ObjetPerdu,
    ObjetPrete,
    ObjetRendu,
    ObjetRenduPlusTard,
    PasEncorePrete,
    PasPreteALui,
    PreterObjet,
    PretRenouvele,
    RendreObjet,
    RenouvelerPret,
    RetourImpossible,
)
from tierslieu_core.kernel.declarations import Domaine

DOMAINE = Domaine(
    "prets",
    "Prêts de matériel",
    faits=pret.FAITS,
    demandes=(*pret.DEMANDES, *correction.DEMANDES),
    refus=pret.REFUS,
    registres=pret.REGISTRES,
)

__all__ = [
    "DOMAINE", "CorrigerPret", "DeclarerPerdu", "LignePret", "ObjetDejaPrete", "ObjetEgare", "ObjetPerdu",
    "ObjetPrete", "ObjetRendu", "ObjetRenduPlusTard", "PasEncorePrete", "PasPreteALui", "PretRenouvele",
    "PreterObjet", "RendreObjet", "RenouvelerPret", "RetourImpossible",
]  # fmt: skip
