"""Conventions (G5): what the place and a person or a collective agree on, signed by both, amended, renewed, ended."""

from tierslieu_core.domaines.administration.conventions import convention, preparer, registre, signer
from tierslieu_core.domaines.administration.conventions.convention import (
    Accord,
    AvenantPropose,
    ConventionPasACetteEtape,
    ConventionPreparee,
    Conventions,
    ConventionTerminee,
    ProjetRetire,
    RenouvellementPropose,
    SignatureApposee,
    conventions_de,
    vaut,
)
from tierslieu_core.domaines.administration.conventions.preparer import (
    AmenderConvention,
    ConventionDejaPreparee,
    DatesImpossibles,
    PreparerConvention,
    RenouvelerConvention,
    RienARenouveler,
)
from tierslieu_core.domaines.administration.conventions.registre import LigneConvention
from tierslieu_core.domaines.administration.conventions.signer import (
    ConventionDUnAutre,
    CorrigerConvention,
    RetirerProjet,
    SignataireInteresse,
    SignerConvention,
    SignerPourLeLieu,
    TerminerConvention,
)
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import ConventionId

DOMAINE = Domaine(
    "conventions",
    "Conventions",
    faits=convention.FAITS,
    demandes=(*preparer.DEMANDES, *signer.DEMANDES),
    refus=(ConventionPasACetteEtape, *preparer.REFUS, *signer.REFUS),
    registres=registre.REGISTRES,
    identifiants=(Identifiant(ConventionId, ConventionPreparee, convention.FAITS),),
    suites=signer.SUITES,
    echeances=registre.ECHEANCES,
    transmissions=registre.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "Accord", "AmenderConvention", "AvenantPropose", "ConventionDUnAutre", "ConventionDejaPreparee",
    "ConventionPasACetteEtape", "ConventionPreparee", "ConventionTerminee", "Conventions", "CorrigerConvention",
    "DatesImpossibles", "LigneConvention", "PreparerConvention", "ProjetRetire", "RenouvelerConvention",
    "RenouvellementPropose", "RetirerProjet", "RienARenouveler", "SignataireInteresse", "SignatureApposee",
    "SignerConvention", "SignerPourLeLieu", "TerminerConvention", "conventions_de", "vaut",
]  # fmt: skip
