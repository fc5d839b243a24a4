"""Adhésions (G5): asked, admitted, renewed, paused, ended; by oneself or within a household or an association.

Whether a membership is current, its dates alone say.
"""

from tierslieu_core.domaines.personnes.adhesions import (
    admission,
    candidature,
    collectifs,
    correction,
    depart,
    documents,
    dossier,
    echeances,
    exclusion,
    minorite,
    paliers,
    pauses,
    recours,
    registre,
    textes,
    validite,
)  # fmt: skip
from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    Accordee,
    AdherentExclu,
    AdhesionAdmise,
    AdhesionGelee,
    AdhesionRenouvelee,
    AdhesionReprise,
    AdhesionSuspendue,
    DepartEnregistre,
    ExclusionLevee,
)
from tierslieu_core.domaines.personnes.adhesions.admission import AdmettreAdherent, RenouvelerAdhesion
from tierslieu_core.domaines.personnes.adhesions.candidature import DemanderAdhesion
from tierslieu_core.domaines.personnes.adhesions.depart import EnregistrerDepart
from tierslieu_core.kernel.declarations import Domaine

DOMAINE = Domaine(
    "adhesions",
    "Adhésions",
    faits=(
        *candidature.FAITS, AdhesionAdmise, AdhesionRenouvelee, AdhesionSuspendue, AdhesionGelee, AdhesionReprise,
        DepartEnregistre, AdherentExclu, ExclusionLevee, *exclusion.FAITS, *paliers.FAITS, *collectifs.FAITS,
        *documents.FAITS, *dossier.FAITS,
    ),
    demandes=(
        *candidature.DEMANDES, *admission.DEMANDES, *pauses.DEMANDES, *depart.DEMANDES, *exclusion.DEMANDES,
        *paliers.DEMANDES, *collectifs.DEMANDES, *documents.DEMANDES, *textes.DEMANDES, *minorite.DEMANDES,
        *correction.DEMANDES,
    ),
    refus=(
        *validite.REFUS, *candidature.REFUS, *admission.REFUS, *pauses.REFUS, *exclusion.REFUS, *paliers.REFUS,
        *collectifs.REFUS, *documents.REFUS, *textes.REFUS, *minorite.REFUS, *correction.REFUS,
    ),
    registres=(*registre.REGISTRES, *paliers.REGISTRES, *documents.REGISTRES),
    suites=recours.SUITES,
    echeances=echeances.ECHEANCES,
)  # fmt: skip

__all__ = [
    "DOMAINE",
    "Accordee",
    "AdhesionAdmise",
    "AdmettreAdherent",
    "DemanderAdhesion",
    "EnregistrerDepart",
    "RenouvelerAdhesion",
]  # fmt: skip
