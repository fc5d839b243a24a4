"""Préavis: who gives notice, for which due date; a contract ends; and what was recorded by mistake is corrected."""

from __future__ import annotations

from collections.abc import Iterator

from whenever import Date

from tierslieu_core.domaines.administration.contrats.conclure import GESTION, a_l_etape
from tierslieu_core.domaines.administration.contrats.contrat import (
    ContratAmende,
    ContratConclu,
    ContratRenouvele,
    ContratTermine,
    Fait,
    Partie,
    PreavisDonne,
    contrat_de,
    fin_de,
)
from tierslieu_core.domaines.administration.documents import CloreDocument, JoindreDocument, closes, jointes
from tierslieu_core.domaines.cadre.corrections import correction
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
from tierslieu_core.vocabulaire.identifiants import ContratId, contrat
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("contrats.DonnerPreavis")
class DonnerPreavis:
    """Donner le préavis d'un contrat, ou noter celui que l'organisme donne : il prend fin à l'échéance possible."""

    contrat: ContratId
    echeance: Date | None = champ("pour quelle échéance ; sinon la première possible", default=None)
    partie: Partie = champ("qui le donne", default="lieu")


@commande("contrats.TerminerContrat")
class TerminerContrat:
    """Mettre fin à un contrat, ou clore un contrat échu, avec un motif ; ses documents ne servent plus."""

    contrat: ContratId
    le: Date | None = champ("dernier jour ; sinon aujourd'hui, ou le jour où il a pris fin", default=None)
    motif: Personnel = personnel("motif", qui="par", conservation="contrat")


@commande("contrats.CorrigerContrat")
class CorrigerContrat:
    """Corriger le dernier fait d'un contrat, enregistré par erreur : avenant, renouvellement, préavis, fin."""

    contrat: ContratId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "contrats.PreavisTropTard",
    "Pour que « {contrat} » prenne fin le {pour}, le préavis se donnait jusqu'au {limite}.",
    "Donné aujourd'hui, il vaut pour le {prochaine} : donnez-le pour ce jour-là, ou convenez d'une autre fin.",
)
class PreavisTropTard(Refus):
    contrat: ContratId
    pour: Date
    limite: Date
    prochaine: Date


@refus(
    "contrats.FinitSeul",
    "« {contrat} » prend fin de lui-même le {echeance} : il n'y a pas de préavis à donner.",
    "Laissez-le courir ; pour y mettre fin plus tôt : contrats.TerminerContrat.",
)
class FinitSeul(Refus):
    contrat: ContratId
    echeance: Date


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Corrigible = ContratAmende | ContratRenouvele | PreavisDonne | ContratTermine


def _dernier(_: Read | None, fait: Corrigible, note: Note) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("contrats.dernier_fait", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def _lit(c: DonnerPreavis | TerminerContrat, _: Contexte) -> Lot[Etats]:
    return lire(contrat_de(contrat(c.contrat)))


def _donner(c: DonnerPreavis, etats: Etats, x: Contexte) -> Issue:
    if isinstance(etats[0], PreavisDonne) and c.echeance in (None, etats[0].fin) and c.partie == etats[0].partie:
        return ()
    fait = a_l_etape(etats[0], x, "à venir", "en cours")
    if isinstance(fait, Refus):
        return fait
    termes, jour = fait.termes, x.aujourdhui
    if termes.echeance is not None and not termes.tacite_mois:
        return FinitSeul(contrat=c.contrat, echeance=termes.echeance)
    pour = c.echeance or jour
    fin = termes.fin(jour, max(pour, termes.du))
    voulue = termes.echeance_au(pour) or pour
    if c.echeance is not None and voulue < fin:
        return PreavisTropTard(contrat=c.contrat, pour=voulue, limite=termes.limite(voulue), prochaine=fin)
    return [vers(PreavisDonne, fait, partie=c.partie, le=jour, fin=fin)]


def _terminer(c: TerminerContrat, etats: Etats, x: Contexte) -> Issue:
    if isinstance(etats[0], ContratTermine) and c.le in (None, etats[0].fin):
        return ()
    fait = a_l_etape(etats[0], x, "à venir", "en cours", "prend fin", "échu")
    if isinstance(fait, Refus):
        return fait
    seul = fin_de(fait)
    fin = c.le or x.aujourdhui
    return [vers(ContratTermine, fait, fin=fin if seul is None else min(fin, seul), motif=c.motif)]


# ── suites : ses documents lui sont joints, et ne servent plus quand il finit ────────────────────────────────────────


def _joindre(fait: ContratConclu | ContratAmende | ContratRenouvele) -> Iterator[JoindreDocument]:
    return jointes(fait.documents, Chose("contrat", fait.contrat))


def _clore(fait: ContratTermine, note: Note) -> Iterator[CloreDocument]:
    return closes(fait.documents, fait.fin, note)


DEMANDES = (
    Demande(DonnerPreavis, GESTION, _lit, _donner),
    Demande(TerminerContrat, GESTION, _lit, _terminer),
    correction(CorrigerContrat, GESTION, dernier_fait, lambda c: contrat(c.contrat)),
)
REFUS = (PreavisTropTard, FinitSeul)
SUITES = (
    *(Suite("pieces", fait, _joindre) for fait in (ContratConclu, ContratAmende, ContratRenouvele)),
    Suite("pieces_closes", ContratTermine, _clore, notes=True),
)
