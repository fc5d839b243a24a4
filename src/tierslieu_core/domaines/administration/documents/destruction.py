"""Destruction: a document that is of no more use is closed, kept as its class says, then destroyed, with its proof."""

from __future__ import annotations

from whenever import Date

from tierslieu_core.domaines.administration.documents.classe import GESTION, Classes, classes_du_lieu
from tierslieu_core.domaines.administration.documents.document import (
    ISSUES,
    Detruit,
    DocumentClos,
    DocumentDecrit,
    DocumentDetache,
    DocumentDetruit,
    DocumentDetruitAvantTerme,
    DocumentJoint,
    DocumentPasACetteEtape,
    Fait,
    VersionDeposee,
    document_de,
    terme,
    versions,
    vivant,
)
from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.cadre.gouvernance.mandats import COORDINATION
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import DocumentId, connu, document
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("documents.CloreDocument")
class CloreDocument:
    """Dire qu'un document ne sert plus : sa garde court de ce jour, si sa classe le dit ainsi."""

    document: DocumentId
    le: Date | None = champ("dernier jour où il a servi ; sinon aujourd'hui", default=None)


@commande("documents.DetruireDocument")
class DetruireDocument:
    """Détruire un document dont la garde est passée ; les empreintes de ce qui fut détruit en restent la preuve."""

    document: DocumentId


@commande("documents.DetruireAvantTerme")
class DetruireAvantTerme:
    """Détruire un document sans attendre son terme, avec un motif : déposé par erreur, ou à la demande de quelqu'un."""

    document: DocumentId
    motif: Personnel = personnel("motif", qui="par", conservation="document")


@commande("documents.CorrigerDocument")
class CorrigerDocument:
    """Corriger le dernier fait d'un document, enregistré par erreur : version, titre, classe, pièce jointe, clôture."""

    document: DocumentId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "documents.PasATerme",
    "« {document} » se garde encore[, jusqu'au {terme}|] : sa classe « {classe} » le garde {garde}.",
    "Attendez son terme (« à faire » le dira) ; s'il ne sert plus et que sa garde court de là, dites-le"
    " (documents.CloreDocument) ; s'il ne peut attendre, la coordination le détruit (documents.DetruireAvantTerme).",
)
class PasATerme(Refus):
    document: DocumentId
    classe: str
    garde: str
    terme: Date | None


@refus(
    "documents.CloturePasEncore",
    "Un document ne se clôt pas d'avance : le {le} n'est pas encore venu.",
    "Donnez aujourd'hui ou un jour passé, après son dépôt ({depose_le}).",
)
class CloturePasEncore(Refus):
    le: Date
    depose_le: Date


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Corrigible = VersionDeposee | DocumentDecrit | DocumentJoint | DocumentDetache | DocumentClos | Detruit


def _dernier(_: Read | None, fait: Corrigible, note: Note) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("documents.dernier_fait", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _clore(c: CloreDocument, etats: tuple[Fait | None], x: Contexte) -> Issue:
    fait, le = connu(etats[0]), c.le or x.aujourdhui
    if isinstance(fait, DocumentClos) and fait.clos_le == le:
        return ()
    fait = vivant(fait, clos=False)
    if isinstance(fait, Refus):
        return fait
    if not versions(fait)[0].le <= le <= x.aujourdhui:
        return CloturePasEncore(le=le, depose_le=versions(fait)[0].le)
    return [vers(DocumentClos, fait, clos_le=le)]


def _lit_detruire(c: DetruireDocument, _: Contexte) -> Lot[tuple[Fait | None, Classes]]:
    return lire(document_de(document(c.document)), classes_du_lieu)


def _detruire(c: DetruireDocument, etats: tuple[Fait | None, Classes], x: Contexte) -> Issue:
    fait: Fait = connu(etats[0])
    if isinstance(fait, Detruit):
        return ()
    regime = etats[1][fait.classe].regime
    fin = terme(fait, regime)
    if fin is None or x.aujourdhui <= fin:
        return PasATerme(document=c.document, classe=fait.classe, garde=regime.garde(), terme=fin)
    return [vers(DocumentDetruit, fait, terme=fin, empreintes=_empreintes(fait))]


def _detruire_avant(c: DetruireAvantTerme, etats: tuple[Fait | None], _: Contexte) -> Issue:
    fait: Fait = connu(etats[0])
    if isinstance(fait, Detruit):
        return ()
    return [vers(DocumentDetruitAvantTerme, fait, empreintes=_empreintes(fait), motif=c.motif)]


def _empreintes(fait: Fait) -> tuple[Empreinte, ...]:
    """Those of every content that it had."""
    return tuple(dict.fromkeys(v.empreinte for v in versions(fait)))


def _corriger(c: CorrigerDocument, etats: tuple[Read | None], x: Contexte) -> Issue:
    if etats[0] is not None and isinstance(etats[0][0], Detruit):
        return DocumentPasACetteEtape(document=c.document, etat="détruit", issue=ISSUES["détruit"])
    return corriger(c.fait, document(c.document), c.motif, etats[0], x)


DEMANDES = (
    Demande(CloreDocument, GESTION, lambda c, _: lire(document_de(document(c.document))), _clore),
    Demande(DetruireDocument, GESTION, _lit_detruire, _detruire),
    Demande(
        DetruireAvantTerme,
        frozenset({COORDINATION}),
        lambda c, _: lire(document_de(document(c.document))),
        _detruire_avant,
    ),
    Demande(CorrigerDocument, GESTION, lambda c, _: lire(dernier_fait(document(c.document))), _corriger),
)
REFUS = (PasATerme, CloturePasEncore)
