"""Rencontres (D6): what people share by choice; two of them introduced once both accept; what came of it."""

from tierslieu_core.domaines.personnes.rencontres import mises, partages
from tierslieu_core.domaines.personnes.rencontres.mises import (
    AccepterMise,
    ClasserMise,
    DeclinerMise,
    LigneMise,
    MiseAcceptee,
    MiseClose,
    MiseDejaProposee,
    MiseFaite,
    MisePasFaite,
    MiseProposee,
    MiseSansSuite,
    MiseSuivie,
    PasSaMise,
    ProposerMise,
    ReponseEncorePossible,
    SuivreMise,
)
from tierslieu_core.domaines.personnes.rencontres.partages import (
    DeclarerTheme,
    LignePartage,
    LigneTheme,
    Partage,
    PartageDit,
    Partager,
    PartagesRetires,
    RetirerPartages,
    ThemeDeclare,
)
from tierslieu_core.kernel.declarations import Domaine

DOMAINE = Domaine(
    "rencontres",
    "Rencontres",
    faits=partages.FAITS + mises.FAITS,
    demandes=partages.DEMANDES + mises.DEMANDES,
    refus=mises.REFUS,
    registres=partages.REGISTRES + mises.REGISTRES,
    identifiants=partages.IDENTIFIANTS + mises.IDENTIFIANTS,
    suites=partages.SUITES,
    echeances=mises.ECHEANCES,
)

__all__ = [
    "DOMAINE",
    "AccepterMise",
    "ClasserMise",
    "DeclarerTheme",
    "DeclinerMise",
    "LigneMise",
    "LignePartage",
    "LigneTheme",
    "MiseAcceptee",
    "MiseClose",
    "MiseDejaProposee",
    "MiseFaite",
    "MisePasFaite",
    "MiseProposee",
    "MiseSansSuite",
    "MiseSuivie",
    "Partage",
    "PartageDit",
    "Partager",
    "PartagesRetires",
    "PasSaMise",
    "ProposerMise",
    "ReponseEncorePossible",
    "RetirerPartages",
    "SuivreMise",
    "ThemeDeclare",
]
