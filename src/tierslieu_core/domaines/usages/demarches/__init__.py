"""Démarches: what a place decides by its rules and no other area knows (a garden plot, a key, a visit…)."""

from tierslieu_core.domaines.usages.demarches import arbitrage, demande, demarche, registre, reponse
from tierslieu_core.domaines.usages.demarches.arbitrage import (
    ADepartager,
    ArbitrerDemarches,
    DemarchesArbitrees,
    PasADepartager,
    RienNeDepartage,
)
from tierslieu_core.domaines.usages.demarches.demande import DemarcheInconnue, FaireDemarche, OuvrirDemarche
from tierslieu_core.domaines.usages.demarches.demarche import (
    DemarcheAccordee,
    DemarcheClassee,
    DemarcheEnAttente,
    DemarcheOuverte,
    DemarcheRefusee,
)
from tierslieu_core.domaines.usages.demarches.registre import LigneDemarche
from tierslieu_core.domaines.usages.demarches.reponse import (
    AccorderDemarche,
    ClasserDemarche,
    DemarcheDUnAutre,
    PlusARepondre,
    RefuserDemarche,
    ReponseDUnAutre,
)
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import DemarcheId

DOMAINE = Domaine(
    "demarches",
    "Démarches",
    faits=(*demarche.FAITS, *arbitrage.FAITS),
    demandes=(*demande.DEMANDES, *reponse.DEMANDES, *arbitrage.DEMANDES),
    refus=(*demande.REFUS, *reponse.REFUS, *arbitrage.REFUS),
    registres=registre.REGISTRES,
    identifiants=(Identifiant(DemarcheId, DemarcheAccordee, aussi=(DemarcheEnAttente,)),),
    echeances=registre.ECHEANCES,
    transmissions=registre.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "ADepartager", "AccorderDemarche", "ArbitrerDemarches", "ClasserDemarche", "DemarcheAccordee",
    "DemarcheClassee", "DemarcheDUnAutre", "DemarcheEnAttente", "DemarcheInconnue", "DemarcheOuverte",
    "DemarcheRefusee", "DemarchesArbitrees", "FaireDemarche", "LigneDemarche", "OuvrirDemarche", "PasADepartager",
    "PlusARepondre", "RefuserDemarche", "ReponseDUnAutre", "RienNeDepartage",
]  # fmt: skip
