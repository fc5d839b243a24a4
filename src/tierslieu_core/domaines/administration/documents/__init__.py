"""Documents (G2): known by fingerprint, classified, attached to anything, read by whom it concerns, destroyed."""

from tierslieu_core.domaines.administration.documents import (
    classe,
    consultation,
    depot,
    destruction,
    document,
    registre,
)
from tierslieu_core.domaines.administration.documents.classe import (
    ClasseDeclaree,
    ClasseInconnue,
    DeclarerClasse,
    Regime,
)
from tierslieu_core.domaines.administration.documents.consultation import DocumentLu, LectureReservee, LireDocument
from tierslieu_core.domaines.administration.documents.depot import (
    DecrireDocument,
    DeposerDocument,
    DeposerVersion,
    DetacherDocument,
    DocumentDejaDepose,
    JoindreDocument,
)
from tierslieu_core.domaines.administration.documents.destruction import (
    CloreDocument,
    CloturePasEncore,
    CorrigerDocument,
    DetruireAvantTerme,
    DetruireDocument,
    PasATerme,
)
from tierslieu_core.domaines.administration.documents.document import (
    DocumentClos,
    DocumentDecrit,
    DocumentDepose,
    DocumentDetache,
    DocumentDetruit,
    DocumentDetruitAvantTerme,
    DocumentJoint,
    DocumentPasACetteEtape,
    Version,
    VersionDeposee,
    versions,
)
from tierslieu_core.domaines.administration.documents.registre import LigneDocument
from tierslieu_core.domaines.administration.documents.suites import closes, jointes
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import DocumentId

DOMAINE = Domaine(
    "documents",
    "Documents",
    faits=(*classe.FAITS, *document.FAITS, *consultation.FAITS),
    demandes=(*classe.DEMANDES, *depot.DEMANDES, *consultation.DEMANDES, *destruction.DEMANDES),
    refus=(DocumentPasACetteEtape, *classe.REFUS, *depot.REFUS, *consultation.REFUS, *destruction.REFUS),
    registres=(*classe.REGISTRES, *registre.REGISTRES),
    identifiants=(Identifiant(DocumentId, DocumentDepose, (DocumentDepose, DocumentDecrit)),),
    echeances=registre.ECHEANCES,
    transmissions=registre.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "ClasseDeclaree", "ClasseInconnue", "CloreDocument", "CloturePasEncore", "CorrigerDocument",
    "DeclarerClasse", "DecrireDocument", "DeposerDocument", "DeposerVersion", "DetacherDocument",
    "DetruireAvantTerme", "DetruireDocument", "DocumentClos", "DocumentDecrit", "DocumentDejaDepose",
    "DocumentDepose", "DocumentDetache", "DocumentDetruit", "DocumentDetruitAvantTerme", "DocumentJoint",
    "DocumentLu", "DocumentPasACetteEtape", "JoindreDocument", "LectureReservee", "LigneDocument", "LireDocument",
    "PasATerme", "Regime", "Version", "VersionDeposee", "closes", "jointes", "versions",
]  # fmt: skip
