"""Consultation: who may read a document, as its class says; and, once a day and a version, who did."""

from __future__ import annotations

from collections.abc import Iterable

from whenever import Date

from tierslieu_core.domaines.administration.documents.classe import Classes, classes_du_lieu
from tierslieu_core.domaines.administration.documents.document import Fait, Vivant, document_de, vivant
from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, SOI, jour_de
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, commande, evenement, refus
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.identifiants import DocumentId, PersonneId, connu, document, personne
from tierslieu_core.vocabulaire.mesures import Mesures

# ── événement ───────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("documents.DocumentLu", "{personne} lit {document}, version {version}")
class DocumentLu:
    document: DocumentId
    personne: PersonneId
    version: int
    le: Date

    def etiquettes(self) -> Iterable[str]:
        return document(self.document), personne(self.personne)


# ── commande ────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("documents.LireDocument")
class LireDocument:
    """Demander à lire un document : sa classe dit qui le peut ; la lecture est notée, une fois par jour."""

    document: DocumentId


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "documents.LectureReservee",
    "« {document} » (classe « {classe} ») est lu par : {lecteurs}. {personne} n'en est pas aujourd'hui.",
    "Demandez à qui tient l'un de ces mandats, ou à la conciergerie, qui peut le ranger dans une autre classe.",
)
class LectureReservee(Refus):
    document: DocumentId
    personne: PersonneId
    classe: str
    lecteurs: str


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lu(_: DocumentLu | None, fait: DocumentLu) -> DocumentLu | None:
    return fait


derniere_lecture = Lecture[DocumentLu | None]("documents.lu", None, _lu, dernier=True)

# ── décision ────────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None, Classes, DocumentLu | None]


def _lit(c: LireDocument, x: Contexte) -> Lot[Etats]:
    lui = personne(PersonneId(x.par))
    return lire(document_de(document(c.document)), classes_du_lieu, derniere_lecture(document(c.document)).et(lui))


def _lire(c: LireDocument, etats: Etats, x: Contexte) -> Issue:
    fait = vivant(connu(etats[0]))
    if isinstance(fait, Refus):
        return fait
    lui, regime = PersonneId(x.par), etats[1][fait.classe].regime
    if not _peut(fait, regime.lecteurs, x):
        return LectureReservee(document=c.document, personne=lui, classe=fait.classe, lecteurs=regime.lus_par())
    lu = DocumentLu(document=c.document, personne=lui, version=fait.version.numero, le=x.aujourdhui)
    return () if etats[2] == lu else [lu]


def _peut(fait: Vivant, lecteurs: tuple[str, ...], x: Contexte) -> bool:
    """By a mandate over the whole place or what it is attached to; or because it is about them, or for anyone.

    Whoever speaks for a person, or for an association, reads what is about it.
    """
    jour, ou = jour_de(x), ("", *map(str, fait.joint_a))
    siens = {personne(un) for un in x.livre.mandats.qui.parle_pour(x.par, jour)}
    return any(
        role == INSCRIT
        or (role == SOI and not siens.isdisjoint(ou))
        or any(x.livre.mandats.tient(x.par, role, sur, jour) for sur in ou)
        for role in lecteurs
    )


def _mesure(_: LireDocument, etats: Etats, x: Contexte) -> Mesures:
    """What the rules that name it (``lire_document``) judge."""
    lieux = tuple(map(str, connu(etats[0]).joint_a))
    return Mesures(
        action="lire_document", nommee=True, personne=PersonneId(x.par), lieux=lieux, jour=x.aujourdhui,
        demande_le=x.survenu_le,
    )  # fmt: skip


FAITS = (DocumentLu,)
DEMANDES = (Demande(LireDocument, frozenset({INSCRIT}), _lit, _lire, _mesure),)
REFUS = (LectureReservee,)
