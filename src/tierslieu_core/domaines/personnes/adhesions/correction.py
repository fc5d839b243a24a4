"""Corrections: the last fact of a membership, a file or a collective was a mistake; what went before is true again."""

from __future__ import annotations

from tierslieu_core.domaines.cadre.corrections import PasLeDernierFait, corriger
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.personnes.adhesions import dossier
from tierslieu_core.domaines.personnes.adhesions.adhesion import Accordee, AdherentExclu
from tierslieu_core.domaines.personnes.adhesions.candidature import Candidature
from tierslieu_core.domaines.personnes.adhesions.collectifs import MembreDetache, MembreRattache, collectif, membre
from tierslieu_core.domaines.personnes.adhesions.exclusion import Procedure
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.deciding import SUITE
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Note, Refus, champ, commande, personnel, refus
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("adhesions.CorrigerAdhesion")
class CorrigerAdhesion:
    """Corriger le dernier fait d'une adhésion, enregistré par erreur : demande, admission, pause, départ, exclusion…"""

    personne: PersonneId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


@commande("adhesions.CorrigerDossier")
class CorrigerDossier:
    """Corriger le dernier fait d'un dossier, enregistré par erreur : document, texte accepté, minorité."""

    personne: PersonneId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


@commande("adhesions.CorrigerRattachement")
class CorrigerRattachement:
    """Corriger le dernier rattachement (ou détachement) d'une personne à un collectif, enregistré par erreur."""

    collectif: PersonneId = champ("foyer ou association")
    membre: PersonneId = champ("personne couverte")
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "adhesions.ExclusionSeLeve",
    "L'exclusion de {personne} ne se corrige pas.",
    "Elle se lève, par qui peut exclure, avec un motif.",
)
class ExclusionSeLeve(Refus):
    personne: PersonneId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _adhesion(_: Read | None, fait: Accordee | Candidature | Procedure, note: Note) -> Read | None:
    return fait, note


def _dossier(_: Read | None, fait: dossier.Fait, note: Note) -> Read | None:
    return fait, note


def _rattachement(_: Read | None, fait: MembreRattache | MembreDetache, note: Note) -> Read | None:
    return fait, note


dernier_d_adhesion = Lecture[Read | None]("adhesions.dernier_fait", None, _adhesion, dernier=True, notes=True)
dernier_de_dossier = Lecture[Read | None]("adhesions.dernier_du_dossier", None, _dossier, dernier=True, notes=True)
dernier_rattachement = Lecture[Read | None]("adhesions.dernier_rattache", None, _rattachement, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit_adhesion(c: CorrigerAdhesion, x: Contexte) -> Lot[tuple[Read | None]]:
    return lire(dernier_d_adhesion(*map(personne, identifiants(c.personne, x))))


def _lit_dossier(c: CorrigerDossier, _: Contexte) -> Lot[tuple[Read | None]]:
    return lire(dernier_de_dossier(personne(c.personne)))


def _corriger(c: CorrigerAdhesion | CorrigerDossier, etats: tuple[Read | None], x: Contexte) -> Issue:
    if etats[0] is not None and isinstance(etats[0][0], AdherentExclu) and x.mandat != SUITE:
        return ExclusionSeLeve(
            personne=c.personne
        )  # else whoever corrects would undo what only others may decide; an appeal may
    return corriger(c.fait, personne(c.personne), c.motif, etats[0], x)


Rattachement = tuple[Read | None, Read | None]


def _lit_rattachement(c: CorrigerRattachement, _: Contexte) -> Lot[Rattachement]:
    return lire(dernier_rattachement(collectif(c.collectif)), dernier_rattachement(membre(c.membre)))


def _corriger_rattachement(c: CorrigerRattachement, etats: Rattachement, x: Contexte) -> Issue:
    """Such a fact sums up both the collective and the person: it must be the last of each."""
    du_collectif, du_membre = etats
    issue = corriger(c.fait, personne(c.membre), c.motif, du_membre, x)
    if isinstance(issue, Refus) or not issue or du_membre is None:
        return issue
    dernier = du_collectif[1].id if du_collectif is not None else ""
    if dernier != du_membre[1].id:
        return PasLeDernierFait(fait=du_membre[1].id, sujet=personne(c.collectif), dernier=dernier)
    return issue


ACCUEIL = frozenset({"concierge", "coordination"})
DEMANDES = (
    Demande(CorrigerAdhesion, ACCUEIL, _lit_adhesion, _corriger),
    Demande(CorrigerDossier, ACCUEIL, _lit_dossier, _corriger),
    Demande(CorrigerRattachement, ACCUEIL, _lit_rattachement, _corriger_rattachement),
)
REFUS = (ExclusionSeLeve,)
