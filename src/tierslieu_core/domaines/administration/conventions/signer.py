"""Signer: each side for itself; once both did, what was proposed is in force. What waits may be withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from whenever import Date

from tierslieu_core.domaines.administration.conventions.convention import (
    PARTIES,
    AvenantPropose,
    ConventionPreparee,
    ConventionTerminee,
    Fait,
    Partie,
    ProjetRetire,
    RenouvellementPropose,
    SignatureApposee,
    convention_de,
    fin_de,
)
from tierslieu_core.domaines.administration.conventions.preparer import GESTION, a_l_etape
from tierslieu_core.domaines.administration.documents import CloreDocument, JoindreDocument, closes, jointes
from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import COORDINATION, SOI, jour_de
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    Suite,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import ConventionId, PersonneId, connu, convention, espace
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("conventions.SignerConvention")
class SignerConvention:
    """Signer une convention, pour soi ou pour le collectif que l'on représente ; ou noter sa signature sur papier."""

    convention: ConventionId
    personne: PersonneId = champ("la personne, ou le collectif, qui signe")


@commande("conventions.SignerPourLeLieu")
class SignerPourLeLieu:
    """Signer une convention pour le lieu ; jamais pour une convention que l'on signe aussi de l'autre côté."""

    convention: ConventionId


@commande("conventions.RetirerProjet")
class RetirerProjet:
    """Retirer l'avenant ou le renouvellement qui reste à signer ; la convention vaut comme avant."""

    convention: ConventionId
    motif: Personnel = personnel("motif", qui="par", conservation="convention")


@commande("conventions.TerminerConvention")
class TerminerConvention:
    """Mettre fin à une convention, avec un motif ; ou renoncer à celle que personne n'a encore signée."""

    convention: ConventionId
    le: Date | None = champ("dernier jour ; sinon aujourd'hui, ou le jour où elle a pris fin", default=None)
    motif: Personnel = personnel("motif", qui="par", conservation="convention")


@commande("conventions.CorrigerConvention")
class CorrigerConvention:
    """Corriger le dernier fait d'une convention, enregistré par erreur : avenant, signature, retrait, fin."""

    convention: ConventionId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "conventions.ConventionDUnAutre",
    "« {convention} » est une convention avec {personne}.",
    "C'est à cette personne, ou à qui la représente, de la signer.",
)
class ConventionDUnAutre(Refus):
    convention: ConventionId
    personne: PersonneId


@refus(
    "conventions.SignataireInteresse",
    "« {convention} » est une convention avec {personne} : la même main ne la signe pas aussi pour le lieu.",
    "Demandez à une autre personne de la coordination de signer pour le lieu.",
)
class SignataireInteresse(Refus):
    convention: ConventionId
    personne: PersonneId


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Corrigible = AvenantPropose | RenouvellementPropose | SignatureApposee | ProjetRetire | ConventionTerminee


def _dernier(_: Read | None, fait: Corrigible, note: Note) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("conventions.dernier_fait", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def _lit(c: SignerConvention | SignerPourLeLieu | RetirerProjet | TerminerConvention, _: Contexte) -> Lot[Etats]:
    return lire(convention_de(convention(c.convention)))


def _signer(c: SignerConvention, etats: Etats, x: Contexte) -> Issue:
    avec = connu(etats[0]).personne
    if avec not in identifiants(c.personne, x):
        return ConventionDUnAutre(convention=c.convention, personne=avec)
    return _apposer(etats[0], "personne", x)


def _signer_pour_le_lieu(c: SignerPourLeLieu, etats: Etats, x: Contexte) -> Issue:
    avec = connu(etats[0]).personne
    if avec in x.livre.mandats.qui.parle_pour(x.par, jour_de(x)):
        return SignataireInteresse(convention=c.convention, personne=avec)
    return _apposer(etats[0], "lieu", x)


def _apposer(lue: Fait | None, partie: Partie, x: Contexte) -> Issue:
    fait = a_l_etape(lue, x, "à signer", "à venir", "en cours", "échue")
    if isinstance(fait, Refus):
        return fait
    if fait.projet is None or partie in fait.signee_par:
        return ()
    signee_par = (*fait.signee_par, partie)
    reste = tuple(p for p in PARTIES if p not in signee_par)
    toutes = {"projet": None, "vigueur": fait.projet, "signee_par": ()}
    change = {"signee_par": signee_par} if reste else toutes
    return [vers(SignatureApposee, fait, partie=partie, reste=reste, **change)]


def _retirer(c: RetirerProjet, etats: Etats, x: Contexte) -> Issue:
    fait = a_l_etape(etats[0], x, "à venir", "en cours", "échue")
    if isinstance(fait, Refus):
        return fait
    return () if fait.projet is None else [vers(ProjetRetire, fait, projet=None, signee_par=(), motif=c.motif)]


def _terminer(c: TerminerConvention, etats: Etats, x: Contexte) -> Issue:
    if isinstance(etats[0], ConventionTerminee) and c.le in (None, etats[0].fin):
        return ()
    fait = a_l_etape(etats[0], x, "à signer", "à venir", "en cours", "échue")
    if isinstance(fait, Refus):
        return fait
    fin: Date = connu(fin_de(fait.vigueur, c.le or x.aujourdhui))
    return [vers(ConventionTerminee, fait, projet=None, signee_par=(), fin=fin, motif=c.motif)]


def _mesure(c: SignerConvention, etats: Etats, x: Contexte) -> Mesures:
    """What the rules that name it (``signer_convention``) judge."""
    projet = connu(etats[0]).projet
    return Mesures(
        action="signer_convention", nommee=True, personne=c.personne, jour=x.aujourdhui, demande_le=x.survenu_le,
        lieux=() if projet is None else tuple(map(espace, projet.espaces)),
    )  # fmt: skip


# ── suites : ses documents vont avec elle, et avec qui la signe ──────────────────────────────────────────────────────


def _joindre(fait: ConventionPreparee | AvenantPropose | RenouvellementPropose) -> Iterator[JoindreDocument]:
    avec = Chose("convention", fait.convention), Chose("personne", fait.personne)
    return jointes(fait.projet.documents, *avec)


def _clore(fait: ConventionTerminee, note: Note) -> Iterator[CloreDocument]:
    return closes(() if fait.vigueur is None else fait.vigueur.documents, fait.fin, note)


DEMANDES = (
    Demande(SignerConvention, GESTION | {SOI}, _lit, _signer, _mesure),
    Demande(SignerPourLeLieu, frozenset({COORDINATION}), _lit, _signer_pour_le_lieu),
    Demande(RetirerProjet, GESTION, _lit, _retirer),
    Demande(TerminerConvention, GESTION, _lit, _terminer),
    correction(CorrigerConvention, GESTION, dernier_fait, lambda c: convention(c.convention)),
)
REFUS = (ConventionDUnAutre, SignataireInteresse)
SUITES = (
    *(Suite("pieces", fait, _joindre) for fait in (ConventionPreparee, AvenantPropose, RenouvellementPropose)),
    Suite("pieces_closes", ConventionTerminee, _clore, notes=True),
)
