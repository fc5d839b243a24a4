"""Recours: the person concerned contests a decision before the body that the rules name; that body alone answers."""

from __future__ import annotations

from typing import Any, Literal

from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import CONCIERGE, COORDINATION, INSCRIT, SOI
from tierslieu_core.domaines.cadre.gouvernance.mandats import jour_de as jour_d_aujourdhui
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.recours.effets import SANCTIONS, annuler
from tierslieu_core.domaines.cadre.recours.vie import (
    Effets,
    RecoursForme,
    RecoursTranche,
    Vue,
    attend_apres,
    auteur,
    faute_de_cle,
    jour_de,
    lit_decision,
    partie,
    voie,
    vue,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import RIEN, Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, RecoursId, depuis_cle
from tierslieu_core.vocabulaire.identifiants import recours as etiquette

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("recours.FormerRecours")
class FormerRecours:
    """Former un recours contre une décision qui concerne une personne, dans le délai que les règles donnent."""

    decision: str = champ("clé de la décision")
    personne: PersonneId = champ("personne concernée")
    motif: Personnel = personnel("motif", qui="personne", conservation="recours")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return faute_de_cle(self.decision)


@commande("recours.TrancherRecours")
class TrancherRecours:
    """Trancher un recours : maintenir la décision, la changer ou l'annuler ; et garder ou annuler ses effets."""

    recours: RecoursId
    personne: PersonneId = champ("personne qui l'a formé")
    issue: Literal["maintenir", "changer", "annuler"] = champ("ce que devient la décision")
    effets: Effets = champ("ce que deviennent ses effets")
    motif: Personnel = personnel("motif", qui="personne", conservation="recours")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        contraire = self.issue == "maintenir" and self.effets == "annuler"
        return [("effets", "une décision maintenue garde ses effets")] if contraire else []


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "recours.DecisionInconnue",
    "Aucune décision de ce lieu n'a la clé « {decision} ».",
    "Voyez les clés de ce qui fut décidé : tierslieu decisions --personne …",
)
class DecisionInconnue(Refus):
    decision: str


@refus(
    "recours.DecisionDUnAutre",
    "Cette décision ({decision}) ne concerne pas {personne}.",
    "Chacun ne conteste que ce qui le concerne : tierslieu decisions --personne …",
)
class DecisionDUnAutre(Refus):
    decision: str
    personne: PersonneId


@refus(
    "recours.RienDeDecide",
    "Cette demande ({decision}) n'a rien décidé : c'était déjà ainsi, ou une réponse y est attendue.",
    "Attendez la réponse ; elle pourra être contestée.",
)
class RienDeDecide(Refus):
    decision: str


@refus(
    "recours.SansRecours",
    "Aucune règle du lieu n'ouvre de recours contre cette décision ({commande}).",
    "Demandez à qui l'a prise de la revoir (recours.ReviserDecision), ou au lieu d'adopter une telle règle.",
)
class SansRecours(Refus):
    commande: str


@refus(
    "recours.HorsDelai",
    "Le recours contre cette décision du {le} se formait jusqu'au {jusqu_au}.",
    "Si un fait nouveau le justifie, demandez à qui l'a prise de la revoir (recours.ReviserDecision).",
)
class HorsDelai(Refus):
    le: Date
    jusqu_au: Date


@refus(
    "recours.DejaTranche",
    "Un recours de {personne} contre cette décision ({decision}) est déjà tranché.",
    "Voyez la réponse et son motif : tierslieu registre recours",
)
class DejaTranche(Refus):
    decision: str
    personne: PersonneId


@refus(
    "recours.DejaAnnulee",
    "Les effets de cette décision ({decision}) sont déjà annulés.",
    "Voyez ce qui l'a fait : tierslieu decisions --personne …",
)
class DejaAnnulee(Refus):
    decision: str


@refus(
    "recours.RecoursInconnu",
    "{personne} n'a pas formé de recours « {recours} ».",
    "Voyez ceux qui attendent : tierslieu registre recours",
)
class RecoursInconnu(Refus):
    recours: RecoursId
    personne: PersonneId


@refus(
    "recours.OrganeAutre",
    "C'est à {organe} de répondre à ce recours.",
    "Demandez à qui tient ce mandat.",
)
class OrganeAutre(Refus):
    organe: str


@refus(
    "recours.JugeEtPartie",
    "{personne} ne peut pas en juger : cette décision ({decision}) est la sienne, ou la concerne.",
    "Demandez à une autre personne qui tient ce mandat.",
)
class JugeEtPartie(Refus):
    personne: PersonneId
    decision: str


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Etape = RecoursForme | RecoursTranche


def _etape(_: Etape | None, fait: RecoursForme | RecoursTranche) -> Etape | None:
    return fait


recours_de = Lecture[Etape | None]("recours.recours", None, _etape, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def obstacle(cle: str, v: Vue, qui: PersonneId) -> Refus | None:
    """Why a decision is nothing that this person could see changed."""
    if v.rendue is None:
        return DecisionInconnue(decision=cle)
    if not v.concerne:
        return DecisionDUnAutre(decision=cle, personne=qui)
    if v.rendue[0].verdict not in ("accord", "refus"):
        return RienDeDecide(decision=cle)
    return DejaAnnulee(decision=cle) if v.annulee else None


def _former(c: FormerRecours, lue: Any, x: Contexte) -> Issue:
    v, siens = vue(lue, c.personne, x), identifiants(c.personne, x)
    miens = [fait for fait in v.vie if isinstance(fait, Etape) and fait.personne in siens]
    if miens and isinstance(miens[-1], RecoursForme):
        return ()
    if miens:
        return DejaTranche(decision=c.decision, personne=c.personne)
    refuse = obstacle(c.decision, v, c.personne)
    if refuse is not None or v.rendue is None:
        return refuse or ()
    prise, note = v.rendue
    regle, le = voie(v.rendue, c.personne, x), jour_de(note, x)
    if regle is None:
        return SansRecours(commande=prise.commande)
    jusqu_au = le.add(days=regle.delai_jours)
    if x.aujourdhui > jusqu_au:
        return HorsDelai(le=le, jusqu_au=jusqu_au)
    suspend = regle.suspensif and prise.verdict == "accord" and prise.commande in SANCTIONS
    return [
        RecoursForme(
            recours=RecoursId(depuis_cle(x.cle)), decision=c.decision, commande=prise.commande, personne=c.personne,
            organe=regle.organe, auteur=auteur(v.rendue), autrui=regle.autrui, suspensif=suspend,
            attend=(*v.attend, prise.commande) if suspend else v.attend, motif=c.motif,
        )
    ]  # fmt: skip


def _lit_trancher(c: TrancherRecours, x: Contexte) -> Lot[Any]:
    return lire(recours_de(etiquette(c.recours))).puis(
        lambda e: RIEN if e[0] is None else lit_decision(e[0].decision, e[0].personne, x)
    )


def _trancher(c: TrancherRecours, etats: Any, x: Contexte) -> Issue:
    (etape,), lue = etats
    if etape is None or etape.personne not in identifiants(c.personne, x):
        return RecoursInconnu(recours=c.recours, personne=c.personne)
    if isinstance(etape, RecoursTranche):
        deja = (etape.issue, etape.effets) == (c.issue, c.effets)
        return () if deja else DejaTranche(decision=etape.decision, personne=c.personne)
    v = vue(lue, etape.personne, x)
    if v.annulee:
        return DejaAnnulee(decision=etape.decision)
    if not x.livre.mandats.tient(x.par, etape.organe, "", jour_d_aujourdhui(x)):
        return OrganeAutre(organe=etape.organe)
    if partie(x, etape.personne, etape.auteur if etape.autrui else None):
        return JugeEtPartie(personne=PersonneId(x.par), decision=etape.decision)
    suites = annuler(etape.decision, v, etape.personne, c.motif, x) if c.effets == "annuler" else ()
    if isinstance(suites, Refus):
        return suites
    tranche = RecoursTranche(
        recours=c.recours, decision=etape.decision, commande=etape.commande, personne=etape.personne, issue=c.issue,
        effets=c.effets, attend=attend_apres(v, etape.commande, suspendu=etape.suspensif), motif=c.motif,
    )  # fmt: skip
    return [tranche, *suites]


DEMANDES = (
    Demande(
        FormerRecours, frozenset({CONCIERGE, COORDINATION, SOI}),
        lambda c, x: lit_decision(c.decision, c.personne, x), _former,
    ),
    Demande(TrancherRecours, frozenset({CONCIERGE, COORDINATION, INSCRIT}), _lit_trancher, _trancher),
)  # fmt: skip
REFUS = (
    DecisionInconnue, DecisionDUnAutre, RienDeDecide, SansRecours, HorsDelai, DejaTranche, DejaAnnulee, RecoursInconnu,
    OrganeAutre, JugeEtPartie,
)  # fmt: skip
