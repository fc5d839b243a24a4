"""Règles (D1, C1): the place makes its rules as it goes; versions are kept for ever, and every decision cites them."""

from tierslieu_core.domaines.cadre.regles import (
    derogations,
    faits,
    proposees,
    propositions,
    registre,
    reglement,
    suspensions,
)
from tierslieu_core.domaines.cadre.regles.derogations import AccorderDerogation, CorrigerDerogation, DerogationAccordee
from tierslieu_core.domaines.cadre.regles.ecarts import EcartConstate
from tierslieu_core.domaines.cadre.regles.faits import DeclarerFait, FaitDeclare
from tierslieu_core.domaines.cadre.regles.genres import GENRES, GenreDeRegle
from tierslieu_core.domaines.cadre.regles.livre import Livre
from tierslieu_core.domaines.cadre.regles.portee import Condition, Portee
from tierslieu_core.domaines.cadre.regles.proposees import (
    PropositionEcartee,
    PropositionRetenue,
    PropositionRetiree,
    RegleProposee,
)
from tierslieu_core.domaines.cadre.regles.propositions import (
    AdopterProposition,
    EcarterProposition,
    ProposerRegle,
    RetirerProposition,
)
from tierslieu_core.domaines.cadre.regles.reglement import (
    AdopterRegle,
    AmenderRegle,
    RegleAdoptee,
)
from tierslieu_core.domaines.cadre.regles.sinon import Marche, Sinon
from tierslieu_core.domaines.cadre.regles.source import Source
from tierslieu_core.domaines.cadre.regles.suspensions import (
    AbrogerRegle,
    RegleAbrogee,
    RegleSuspendue,
    SuspendreRegle,
)
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import RegleId

DOMAINE = Domaine(
    "regles",
    "Règles",
    faits=(
        *reglement.FAITS,
        *suspensions.FAITS,
        *faits.FAITS,
        *proposees.FAITS,
        DerogationAccordee,
        EcartConstate,
    ),
    demandes=(
        *reglement.DEMANDES,
        *suspensions.DEMANDES,
        *faits.DEMANDES,
        *propositions.DEMANDES,
        *derogations.DEMANDES,
    ),
    refus=(*reglement.REFUS, *propositions.REFUS),
    registres=(*registre.REGISTRES, *faits.REGISTRES, *proposees.REGISTRES, *derogations.REGISTRES),
    transmissions=(*proposees.TRANSMISSIONS, *derogations.TRANSMISSIONS),
    identifiants=(Identifiant(RegleId, RegleAdoptee), *proposees.IDENTIFIANTS),
    echeances=proposees.ECHEANCES,
)

__all__ = [
    "DOMAINE", "GENRES", "AbrogerRegle", "AccorderDerogation", "AdopterProposition", "AdopterRegle", "AmenderRegle",
    "Condition", "CorrigerDerogation", "DeclarerFait", "DerogationAccordee", "EcartConstate", "EcarterProposition",
    "FaitDeclare", "GenreDeRegle", "Livre", "Marche", "Portee", "ProposerRegle", "PropositionEcartee",
    "PropositionRetenue", "PropositionRetiree", "RegleAbrogee", "RegleAdoptee", "RegleProposee", "RegleSuspendue",
    "RetirerProposition", "Sinon", "Source", "SuspendreRegle",
]  # fmt: skip
