"""Documents (assurance, attestation, certificat…): handed in, valid until a day, withdrawn. Rules can require them."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.personnes.adhesions.dossier import (
    DocumentRecu,
    DocumentRetire,
    Dossier,
    Dossiers,
    Piece,
    dossiers,
)
from tierslieu_core.domaines.personnes.adhesions.paliers import LISTES, doublons
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId

# ── événement (ceux du dossier sont dans « dossier ») ───────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class SorteDeDocument:
    """``duree_jours``: how long it is valid once handed in, when nobody says otherwise; ``None`` without end."""

    nom: str
    libelle: str = champ("libellé", default="")
    duree_jours: int | None = champ("durée de validité", unite="jours", default=None)

    def __str__(self) -> str:
        return f"{self.nom} ({self.libelle})" if self.libelle else self.nom


@evenement("adhesions.DocumentsDeclares", "Documents que le lieu peut demander : [{documents}|aucun]")
class DocumentsDeclares:
    documents: tuple[SorteDeDocument, ...]

    def etiquettes(self) -> Iterable[str]:
        return (LISTES,)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("adhesions.DeclarerDocuments")
class DeclarerDocuments:
    """Déclarer les sortes de documents que le lieu peut demander ; la liste remplace la précédente."""

    documents: tuple[SorteDeDocument, ...]

    def fautes(self, _: str) -> list[tuple[str, str]]:
        dites = [d.duree_jours for d in self.documents if d.duree_jours is not None]
        courtes = [("documents", "une durée d'un jour au moins") for jours in dites if jours < 1]
        return [*doublons("documents", [d.nom for d in self.documents]), *courtes]


@commande("adhesions.RecevoirDocument")
class RecevoirDocument:
    """Recevoir le document d'une personne, et noter jusqu'à quand il vaut."""

    personne: PersonneId
    document: str = champ("sorte de document (assurance, attestation, certificat…)")
    jusqu_au: Date | None = champ("dernier jour de validité", default=None)
    detail: Personnel | None = personnel("détail", qui="personne", conservation="document", default=None)


@commande("adhesions.RetirerDocument")
class RetirerDocument:
    """Retirer un document, dès ce jour, avec un motif ; il a valu jusqu'à la veille."""

    personne: PersonneId
    document: str
    motif: Personnel = personnel("motif", qui="personne", conservation="document")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "adhesions.DocumentInconnu",
    "Le lieu ne demande pas de document « {document} »[ : il connaît {connus}].",
    "Prenez une sorte de cette liste ; la conciergerie peut la changer (adhesions.DeclarerDocuments).",
)
class DocumentInconnu(Refus):
    document: str
    connus: tuple[str, ...]


@refus(
    "adhesions.DocumentExpire",
    "Ce document « {document} » ne vaut que jusqu'au {jusqu_au} : il n'est déjà plus valable.",
    "Demandez-en un plus récent.",
)
class DocumentExpire(Refus):
    document: str
    jusqu_au: Date


@refus(
    "adhesions.DocumentAbsent",
    "{personne} n'a pas de document « {document} » en cours.",
    "Voyez le registre des documents.",
)
class DocumentAbsent(Refus):
    personne: PersonneId
    document: str


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _declares(_: DocumentsDeclares | None, fait: DocumentsDeclares) -> DocumentsDeclares | None:
    return fait


documents_du_lieu = Lecture[DocumentsDeclares | None]("adhesions.documents", None, _declares, dernier=True)(LISTES)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _declarer(c: DeclarerDocuments, etats: tuple[DocumentsDeclares | None], _: Contexte) -> Issue:
    declares = DocumentsDeclares(documents=c.documents)
    return () if etats[0] == declares else [declares]


Etats = tuple[tuple[DocumentsDeclares | None], Dossiers]


def _lit(c: RecevoirDocument | RetirerDocument, x: Contexte) -> Lot[Etats]:
    return lire(documents_du_lieu).avec(dossiers(c.personne, x))


def _recevoir(c: RecevoirDocument, etats: Etats, x: Contexte) -> Issue:
    (declares,), siens = etats
    sorte = next((d for d in declares.documents if d.nom == c.document), None) if declares else None
    if declares is not None and sorte is None:
        return DocumentInconnu(document=c.document, connus=tuple(d.nom for d in declares.documents))
    jour, jusqu_au = x.aujourdhui, c.jusqu_au
    if jusqu_au is None and sorte is not None and sorte.duree_jours is not None:
        jusqu_au = jour.add(days=sorte.duree_jours - 1)
    if jusqu_au is not None and jusqu_au < jour:
        return DocumentExpire(document=c.document, jusqu_au=jusqu_au)
    if any(p.document == c.document and p.valide(jour) and p.jusqu_au == jusqu_au for d in siens for p in d.pieces):
        return ()
    recue = Piece(document=c.document, du=jour, jusqu_au=jusqu_au)
    autres = tuple(p for p in siens[0].pieces if p.document != c.document or p.finie(jour))
    return [
        DocumentRecu(
            personne=c.personne, document=c.document, jusqu_au=jusqu_au, detail=c.detail,
            dossier=attrs.evolve(siens[0], pieces=(*autres, recue)),
        )
    ]  # fmt: skip


def _retirer(c: RetirerDocument, etats: Etats, x: Contexte) -> Issue:
    """Under each identifier that has it, so that none keeps it."""
    retires = [
        DocumentRetire(personne=un, document=c.document, motif=c.motif, dossier=reste)
        for un, dossier in zip(identifiants(c.personne, x), etats[1], strict=True)
        if (reste := _sans(dossier, c.document, x.aujourdhui)) != dossier
    ]
    return retires or DocumentAbsent(personne=c.personne, document=c.document)


def _sans(dossier: Dossier, document: str, jour: Date) -> Dossier:
    """A file whose document is worth nothing from a day on."""
    veille = jour.prev_day()
    pieces = (
        attrs.evolve(p, jusqu_au=veille) if p.document == document and not p.finie(jour) else p for p in dossier.pieces
    )
    return attrs.evolve(dossier, pieces=tuple(p for p in pieces if p.jusqu_au is None or p.du <= p.jusqu_au))


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Document:
    """``par``: who received it; ``etat``, on the day it is read: valide, expiré, retiré."""

    personne: PersonneId
    document: str
    recu_le: Date
    jusqu_au: Date | None
    par: PersonneId
    detail: Personnel | None = None
    retire: bool = False
    etat: str = ""


def _tenir(lignes: dict[tuple[PersonneId, str], Document], fait: DocumentRecu | DocumentRetire, note: Note) -> None:
    cle = fait.personne, fait.document
    if isinstance(fait, DocumentRecu):
        du = fait.dossier.pieces[-1].du
        lignes[cle] = Document(fait.personne, fait.document, du, fait.jusqu_au, PersonneId(note.par), fait.detail)
    elif cle in lignes:  # it is not there when the withdrawal was dated before the reception
        lignes[cle] = attrs.evolve(lignes[cle], retire=True)


def _au(ligne: Document, jour: Date) -> Document:
    finie = ligne.jusqu_au is not None and ligne.jusqu_au < jour
    return attrs.evolve(ligne, etat="retiré" if ligne.retire else "expiré" if finie else "valide")


ACCUEIL = frozenset({"concierge", "coordination"})
FAITS = (DocumentsDeclares,)
REFUS = (DocumentInconnu, DocumentExpire, DocumentAbsent)
DEMANDES = (
    Demande(DeclarerDocuments, ACCUEIL, lambda _, __: lire(documents_du_lieu), _declarer),
    Demande(RecevoirDocument, ACCUEIL, _lit, _recevoir),
    Demande(RetirerDocument, ACCUEIL, _lit, _retirer),
)
REGISTRES = (Registre("documents", Document, _tenir, _au, "Registre des documents"),)
