"""Sanctions: what follows an écart, by the ladder of the rule; or what a person decides, with a motive."""

from tierslieu_core.domaines.personnes.sanctions import echelle, registre, sanction
from tierslieu_core.domaines.personnes.sanctions.echelle import EcartInconnu, Sanctionner
from tierslieu_core.domaines.personnes.sanctions.mesure import MesureAPrendre, MesurePrise, SanctionLevee
from tierslieu_core.domaines.personnes.sanctions.sanction import (
    DejaSuspendue,
    LeverSanction,
    PasAPrononcer,
    PrononcerSanction,
    SanctionInconnue,
)
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import SanctionId

DOMAINE = Domaine(
    "sanctions",
    "Sanctions",
    faits=(MesurePrise, MesureAPrendre, SanctionLevee),
    demandes=(*echelle.DEMANDES, *sanction.DEMANDES),
    refus=(*echelle.REFUS, *sanction.REFUS),
    registres=registre.REGISTRES,
    identifiants=(Identifiant(SanctionId, MesurePrise, aussi=(MesureAPrendre,)),),
    suites=(*echelle.SUITES, *sanction.SUITES),
    echeances=registre.ECHEANCES,
    transmissions=registre.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "DejaSuspendue", "EcartInconnu", "LeverSanction", "MesureAPrendre", "MesurePrise", "PasAPrononcer",
    "PrononcerSanction", "SanctionInconnue", "SanctionLevee", "Sanctionner",
]  # fmt: skip
