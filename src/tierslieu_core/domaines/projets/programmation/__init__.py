"""Programmation (P1 to P3): activities proposed by anyone, supported, programmed in spaces, held, reviewed."""

from tierslieu_core.domaines.projets.programmation import activite, participants, registre, seances
from tierslieu_core.domaines.projets.programmation.activite import (
    ActiviteAbsente,
    ActiviteAnnulee,
    ActiviteDejaProposee,
    ActiviteEvaluee,
    ActivitePortee,
    ActiviteProgrammee,
    ActiviteProposee,
    ActiviteSoutenue,
    ActiviteTenue,
    AnnulerActivite,
    CorrigerActivite,
    EvaluerActivite,
    PasACetteEtape,
    PasPorteur,
    PorterActivite,
    Projet,
    ProposerActivite,
    Seance,
    SoutenirActivite,
    TenirActivite,
    Venue,
)
from tierslieu_core.domaines.projets.programmation.participants import (
    DesinscrireParticipant,
    InscrireParticipant,
    ParticipantEnAttente,
    ParticipantInscrit,
    ParticipantParti,
)
from tierslieu_core.domaines.projets.programmation.registre import LigneActivite, LigneParticipant, LigneSeance
from tierslieu_core.domaines.projets.programmation.seances import ProgrammerActivite
from tierslieu_core.kernel.declarations import Domaine

DOMAINE = Domaine(
    "programmation",
    "Programmation",
    faits=activite.FAITS + participants.FAITS,
    demandes=(*activite.DEMANDES, *seances.DEMANDES, *participants.DEMANDES),
    refus=activite.REFUS,
    registres=registre.REGISTRES,
    identifiants=registre.IDENTIFIANTS,
    suites=seances.SUITES,
    echeances=registre.ECHEANCES,
    plannings=registre.PLANNINGS,
    transmissions=registre.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE",
    "ActiviteAbsente",
    "ActiviteAnnulee",
    "ActiviteDejaProposee",
    "ActiviteEvaluee",
    "ActivitePortee",
    "ActiviteProgrammee",
    "ActiviteProposee",
    "ActiviteSoutenue",
    "ActiviteTenue",
    "AnnulerActivite",
    "CorrigerActivite",
    "DesinscrireParticipant",
    "EvaluerActivite",
    "InscrireParticipant",
    "LigneActivite",
    "LigneParticipant",
    "LigneSeance",
    "ParticipantEnAttente",
    "ParticipantInscrit",
    "ParticipantParti",
    "PasACetteEtape",
    "PasPorteur",
    "PorterActivite",
    "ProgrammerActivite",
    "Projet",
    "ProposerActivite",
    "Seance",
    "SoutenirActivite",
    "TenirActivite",
    "Venue",
]
