"""Entretien (R1, R3): incidents, works, periodic upkeep; what is out of use meanwhile, and what it becomes."""

from tierslieu_core.domaines.moyens.entretien import (
    chantier,
    correction,
    entretiens,
    incident,
    planification,
    registre,
    signalement,
    travaux,
)
from tierslieu_core.domaines.moyens.entretien.arret import HorsUsage
from tierslieu_core.domaines.moyens.entretien.chantier import (
    AbandonnerTravaux,
    CommencerTravaux,
    FinDejaPassee,
    ProlongerTravaux,
    TerminerTravaux,
)
from tierslieu_core.domaines.moyens.entretien.correction import (
    CorrectionSansRendre,
    CorrigerEntretien,
    CorrigerIncident,
    CorrigerTravaux,
)
from tierslieu_core.domaines.moyens.entretien.entretiens import (
    ArreterEntretien,
    EntretienArrete,
    EntretienFait,
    EntretienFixe,
    EntretienPlusSuivi,
    FixerEntretien,
    LigneEntretien,
    NoterEntretien,
    PasEncoreFait,
    Rythme,
)
from tierslieu_core.domaines.moyens.entretien.incident import (
    IncidentEcarte,
    IncidentPrisEnCharge,
    IncidentResolu,
    IncidentSignale,
)
from tierslieu_core.domaines.moyens.entretien.planification import PlanifierTravaux, ReporterTravaux
from tierslieu_core.domaines.moyens.entretien.registre import LigneIncident, LigneTravaux
from tierslieu_core.domaines.moyens.entretien.signalement import (
    ArretPasse,
    EcarterIncident,
    IncidentPasACetteEtape,
    PrendreEnCharge,
    ResoudreIncident,
    SignalerIncident,
)
from tierslieu_core.domaines.moyens.entretien.travaux import (
    Amenagement,
    TravauxAbandonnes,
    TravauxCommences,
    TravauxPasACetteEtape,
    TravauxPlanifies,
    TravauxProlonges,
    TravauxReportes,
    TravauxTermines,
)
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import EntretienId, IncidentId, TravauxId

DOMAINE = Domaine(
    "entretien",
    "Entretien",
    faits=(*incident.FAITS, *travaux.FAITS, *entretiens.FAITS),
    demandes=(
        *signalement.DEMANDES, *planification.DEMANDES, *chantier.DEMANDES, *entretiens.DEMANDES, *correction.DEMANDES,
    ),
    refus=(*signalement.REFUS, *travaux.REFUS, *chantier.REFUS, *entretiens.REFUS, *correction.REFUS),
    registres=(*registre.REGISTRES, *entretiens.REGISTRES),
    identifiants=(
        Identifiant(IncidentId, IncidentSignale, (IncidentSignale,)),
        Identifiant(TravauxId, TravauxPlanifies, (TravauxPlanifies,)),
        Identifiant(EntretienId, EntretienFixe, (EntretienFixe,)),
    ),
    suites=(*signalement.SUITES, *planification.SUITES, *chantier.SUITES),
    echeances=(*registre.ECHEANCES, *entretiens.ECHEANCES),
    plannings=registre.PLANNINGS,
    transmissions=registre.TRANSMISSIONS,
)  # fmt: skip

__all__ = [
    "DOMAINE", "AbandonnerTravaux", "Amenagement", "ArretPasse", "ArreterEntretien", "CommencerTravaux",
    "CorrectionSansRendre", "CorrigerEntretien", "CorrigerIncident", "CorrigerTravaux", "EcarterIncident",
    "EntretienArrete", "EntretienFait", "EntretienFixe", "EntretienPlusSuivi", "FinDejaPassee", "FixerEntretien",
    "HorsUsage", "IncidentEcarte", "IncidentPasACetteEtape", "IncidentPrisEnCharge", "IncidentResolu",
    "IncidentSignale", "LigneEntretien", "LigneIncident", "LigneTravaux", "NoterEntretien", "PasEncoreFait",
    "PlanifierTravaux", "PrendreEnCharge", "ProlongerTravaux", "ReporterTravaux", "ResoudreIncident", "Rythme",
    "SignalerIncident", "TerminerTravaux", "TravauxAbandonnes", "TravauxCommences", "TravauxPasACetteEtape",
    "TravauxPlanifies", "TravauxProlonges", "TravauxReportes", "TravauxTermines",
]  # fmt: skip
