"""Plan (CO1): what the associated structure's communication cell handed over; its actions, done or not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.projets.communication.canaux import QUI
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ActionId, DocumentId, PersonneId, PlanId
from tierslieu_core.vocabulaire.identifiants import action as etiquette
from tierslieu_core.vocabulaire.identifiants import plan as etiquette_plan
from tierslieu_core.vocabulaire.temps import ordre
from tierslieu_core.vocabulaire.vie import vers

ACTION_JOURS, PLAN_JOURS = 7, 30
"""How long before its day an action is told, and a plan before its term, unless the place has set otherwise."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("communication.PlanRecu", "{cellule} remet au lieu son plan de communication : {nom}, du {du}[ au {au}]")
class PlanRecu:
    plan: PlanId
    nom: str
    cellule: str = champ("qui l'a fait : la cellule de la structure associée")
    objectifs: tuple[str, ...]
    document: DocumentId | None
    du: Date
    au: Date | None

    def etiquettes(self) -> Iterable[str]:
        return (etiquette_plan(self.plan),)


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (etiquette(fait.action),)


@evenement("communication.ActionPrevue", "Au plan {plan} : {nom}, pour le {echeance}[, par {personne}]")
class ActionPrevue:
    action: ActionId
    plan: PlanId
    nom: str
    echeance: Date
    personne: PersonneId | None = champ("qui s'en charge")

    etiquettes = _etiquettes


@evenement("communication.ActionFaite", "{nom} : fait le {le}")
class ActionFaite:
    action: ActionId
    plan: PlanId
    nom: str
    echeance: Date
    personne: PersonneId | None
    le: Date

    etiquettes = _etiquettes


@evenement("communication.ActionNonFaite", "{nom} ne se fera pas : {motif}")
class ActionNonFaite:
    action: ActionId
    plan: PlanId
    nom: str
    echeance: Date
    personne: PersonneId | None
    motif: Personnel = personnel(qui="par", conservation="communication")

    etiquettes = _etiquettes


Fait = ActionPrevue | ActionFaite | ActionNonFaite
MOTS: dict[type, str] = {ActionPrevue: "prévue", ActionFaite: "faite", ActionNonFaite: "non faite"}

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("communication.RecevoirPlan")
class RecevoirPlan:
    """Recevoir le plan de la cellule de communication de la structure associée, ou le plan amendé qu'elle remet."""

    plan: PlanId = nouveau("plan, en un mot")
    nom: str = champ("nom")
    cellule: str = champ("qui l'a fait")
    du: Date = champ("premier jour")
    au: Date | None = champ("dernier jour", default=None)
    objectifs: tuple[str, ...] = champ("ce qu'il vise", default=())
    document: DocumentId | None = champ("le document qui le contient", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@commande("communication.PrevoirAction")
class PrevoirAction:
    """Prévoir une action du plan, pour quel jour et par qui ; ou la prévoir autrement."""

    action: ActionId = nouveau("action, en un mot")
    plan: PlanId
    nom: str = champ("nom")
    echeance: Date = champ("pour le")
    personne: PersonneId | None = champ("qui s'en charge", default=None)


@commande("communication.FaireAction")
class FaireAction:
    """Dire qu'une action du plan est faite."""

    action: ActionId
    le: Date = champ("jour où elle fut faite")


@commande("communication.RenoncerAction")
class RenoncerAction:
    """Dire qu'une action du plan ne se fera pas, et pourquoi : la cellule voudra le savoir."""

    action: ActionId
    motif: Personnel = personnel("pourquoi", qui="par", conservation="communication")


@commande("communication.CorrigerAction")
class CorrigerAction:
    """Corriger le dernier fait d'une action, enregistré par erreur."""

    action: ActionId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "communication.ActionDejaFaite",
    "{nom} est faite depuis le {le}.",
    "Si c'était une erreur, corrigez-la (communication.CorrigerAction) ; sinon, prévoyez-en une autre.",
)
class ActionDejaFaite(Refus):
    nom: str
    le: Date


@refus(
    "communication.ActionAbsente",
    "L'action « {action} » fut enregistrée par erreur : il n'y a plus rien sous ce nom court.",
    "Prévoyez-la (communication.PrevoirAction).",
)
class ActionAbsente(Refus):
    action: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _plan(_: PlanRecu | None, fait: PlanRecu) -> PlanRecu | None:
    return fait


def _action(_: Fait | None, fait: ActionPrevue | ActionFaite | ActionNonFaite) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: ActionPrevue | ActionFaite | ActionNonFaite, note: Note) -> Read | None:
    return fait, note


plan_de = Lecture[PlanRecu | None]("communication.plan", None, _plan, dernier=True)
action_de = Lecture[Fait | None]("communication.action", None, _action, dernier=True)
dernier_fait = Lecture[Read | None]("communication.dernier_fait_action", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def _lit(c: Any, _: Contexte) -> Lot[Etats]:
    return lire(action_de(etiquette(c.action)))


def _recevoir(c: RecevoirPlan, etats: tuple[PlanRecu | None], _: Contexte) -> Issue:
    dit = vers(PlanRecu, c)
    return () if etats[0] == dit else [dit]


def _prevoir(c: PrevoirAction, etats: Etats, _: Contexte) -> Issue:
    dite = vers(ActionPrevue, c)
    return () if etats[0] == dite else _suivre(c.action, etats[0], dite)


def _faire(c: FaireAction, etats: Etats, _: Contexte) -> Issue:
    a = etats[0]
    if isinstance(a, ActionFaite) and a.le == c.le:
        return ()
    return _suivre(c.action, a, a and vers(ActionFaite, a, le=c.le))


def _renoncer(c: RenoncerAction, etats: Etats, _: Contexte) -> Issue:
    a = etats[0]
    if isinstance(a, ActionNonFaite):
        return ()
    return _suivre(c.action, a, a and vers(ActionNonFaite, a, motif=c.motif))


def _suivre(laquelle: ActionId, a: Fait | None, dite: Fait | None) -> Issue:
    """The next step: what was given up may be planned again, or done after all; only what is done stays so."""
    if dite is None:
        return ActionAbsente(action=laquelle)
    return ActionDejaFaite(nom=a.nom, le=a.le) if isinstance(a, ActionFaite) else [dite]


# ── registres ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LignePlan:
    """``recu_le``: the day it was last handed over, amended or not; ``suivant``: the plan that begins after it."""

    plan: PlanId
    nom: str
    cellule: str
    du: Date
    au: Date | None
    objectifs: tuple[str, ...]
    document: DocumentId | None
    recu_le: Date
    suivant: PlanId | None = None


@attrs.frozen
class LigneAction:
    """``etat``: prévue, faite, non faite; ``le``: when it was done; ``motif``: why it was not."""

    action: ActionId
    plan: PlanId
    nom: str
    echeance: Date
    personne: PersonneId | None
    etat: str
    le: Date | None = None
    motif: Personnel | None = None


def _tenir_plans(lignes: dict[PlanId, LignePlan], fait: PlanRecu, note: Note) -> None:
    for cle, une in lignes.items():
        if une.du < fait.du:
            lignes[cle] = attrs.evolve(une, suivant=fait.plan)
    suivant = min((une for une in lignes.values() if fait.du < une.du), key=lambda une: une.du, default=None)
    lignes[fait.plan] = LignePlan(
        fait.plan, fait.nom, fait.cellule, fait.du, fait.au, fait.objectifs, fait.document,
        Date.parse_iso(note.survenu_le[:10]), suivant.plan if suivant else None,
    )  # fmt: skip


def _tenir(lignes: dict[ActionId, LigneAction], fait: ActionPrevue | ActionFaite | ActionNonFaite, _: Note) -> None:
    lignes[fait.action] = LigneAction(
        fait.action, fait.plan, fait.nom, fait.echeance, fait.personne, MOTS[type(fait)], getattr(fait, "le", None),
        getattr(fait, "motif", None),
    )  # fmt: skip


def _dues_plan(ligne: LignePlan, x: Contexte) -> Iterator[Due]:
    if ligne.au is not None and ligne.suivant is None:
        quand = rappel(ligne.au, x, action="planifier", jours=PLAN_JOURS)
        phrase = "{nom} va jusqu'au {au} ; le plan suivant est à demander à {cellule}"
        yield Due(quand, etiquette_plan(ligne.plan), phrase)


def _dues(ligne: LigneAction, x: Contexte) -> Iterator[Due]:
    if ligne.etat == MOTS[ActionPrevue]:
        quand = rappel(ligne.echeance, x, action="communiquer", jours=ACTION_JOURS)
        yield Due(quand, etiquette(ligne.action), "{nom} : à faire pour le {echeance}[, par {personne}]")


FAITS = (PlanRecu, ActionPrevue, ActionFaite, ActionNonFaite)
DEMANDES = (
    Demande(RecevoirPlan, QUI, lambda c, _: lire(plan_de(etiquette_plan(c.plan))), _recevoir),
    Demande(PrevoirAction, QUI, _lit, _prevoir),
    Demande(FaireAction, QUI, _lit, _faire),
    Demande(RenoncerAction, QUI, _lit, _renoncer),
    correction(CorrigerAction, QUI, dernier_fait, lambda c: etiquette(c.action)),
)
REFUS = (ActionDejaFaite, ActionAbsente)
REGISTRES = (
    Registre("plans", LignePlan, _tenir_plans, titre="Plans de communication reçus"),
    Registre("actions", LigneAction, _tenir, titre="Actions des plans", index=("plan",)),
)
IDENTIFIANTS = (
    Identifiant(PlanId, PlanRecu, (PlanRecu,)),
    Identifiant(ActionId, ActionPrevue, (ActionPrevue,)),
)
ECHEANCES = (
    Echeance("communication.plan", "Plans qui finissent", "plans", _dues_plan),
    Echeance("communication.action", "Actions de communication", "actions", _dues),
)
