"""Documentation (DOC1, DOC3): the day's journal in people's own words, and the handover, signed by both sides."""

from tierslieu_core.domaines.memoire.documentation import entree, mots, passation, registre
from tierslieu_core.domaines.memoire.documentation.entree import (
    AmenderEntree,
    CorrigerEntree,
    EntreeAmendee,
    EntreeDejaRetiree,
    EntreeDUnAutre,
    EntreeNotee,
    EntreeParErreur,
    EntreeRetiree,
    JourAVenir,
    NoterEntree,
    RetirerEntree,
)
from tierslieu_core.domaines.memoire.documentation.mots import DeclarerMot, MotDeclare, MotInconnu
from tierslieu_core.domaines.memoire.documentation.passation import (
    AbandonnerPassation,
    CorrigerPassation,
    MemePersonne,
    OuvrirPassation,
    PasDeLaPassation,
    PassationAbandonnee,
    PassationClose,
    PassationEnCours,
    PassationOuverte,
    PassationParErreur,
    PassationReprise,
    PassationSignee,
    ReprendrePassation,
    SignerPassation,
    TexteChange,
)
from tierslieu_core.domaines.memoire.documentation.registre import LigneEntree, LignePassation
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import EntreeId, PassationId

DOMAINE = Domaine(
    "documentation",
    "Documentation",
    faits=(mots.MotDeclare, *entree.FAITS, *passation.FAITS),
    demandes=(*mots.DEMANDES, *entree.DEMANDES, *passation.DEMANDES),
    refus=(*mots.REFUS, *entree.REFUS, *passation.REFUS),
    registres=(*registre.REGISTRES, *mots.REGISTRES),
    identifiants=(Identifiant(EntreeId, EntreeNotee), Identifiant(PassationId, PassationOuverte)),
    echeances=registre.ECHEANCES,
    transmissions=registre.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "AbandonnerPassation", "AmenderEntree", "CorrigerEntree", "CorrigerPassation", "DeclarerMot",
    "EntreeAmendee", "EntreeDUnAutre", "EntreeDejaRetiree", "EntreeNotee", "EntreeParErreur", "EntreeRetiree",
    "JourAVenir", "LigneEntree", "LignePassation", "MemePersonne", "MotDeclare", "MotInconnu", "NoterEntree",
    "OuvrirPassation", "PasDeLaPassation", "PassationAbandonnee", "PassationClose", "PassationEnCours",
    "PassationOuverte", "PassationParErreur", "PassationReprise", "PassationSignee", "ReprendrePassation",
    "RetirerEntree", "SignerPassation", "TexteChange",
]  # fmt: skip
