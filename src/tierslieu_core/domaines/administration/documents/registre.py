"""Registres: a row for each document, each thing that one is attached to, each reading, each destruction."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.administration.documents.classe import ClasseDeclaree, Regime
from tierslieu_core.domaines.administration.documents.consultation import DocumentLu
from tierslieu_core.domaines.administration.documents.document import (
    DocumentClos,
    DocumentDecrit,
    DocumentDepose,
    DocumentDetache,
    DocumentDetruit,
    DocumentDetruitAvantTerme,
    DocumentJoint,
    Version,
    VersionDeposee,
    etat,
    terme,
)
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import DocumentId, PersonneId, document
from tierslieu_core.vocabulaire.temps import matin


@attrs.frozen
class LigneDocument:
    """``etat``: en usage, clos, détruit. ``regime``: who reads it and how long it is kept, as its class says now.

    ``terme``: the last day on which it is kept, when one is known.
    """

    document: DocumentId
    nom: str
    classe: str
    etat: str
    regime: Regime
    version: Version
    anciennes: tuple[Version, ...]
    joint_a: tuple[Chose, ...]
    clos_le: Date | None
    terme: Date | None


def _tenir(
    lignes: dict[DocumentId, LigneDocument],
    fait: (
        DocumentDepose | VersionDeposee | DocumentDecrit | DocumentJoint | DocumentDetache | DocumentClos
        | DocumentDetruit | DocumentDetruitAvantTerme | ClasseDeclaree
    ),
    _: Note,
) -> None:  # fmt: skip
    if isinstance(fait, ClasseDeclaree):
        for lequel, ligne in lignes.items():
            if ligne.classe == fait.classe and ligne.etat != "détruit":
                lignes[lequel] = attrs.evolve(ligne, regime=fait.regime, terme=terme(ligne, fait.regime))
        return
    avant = None if isinstance(fait, DocumentDepose | DocumentDecrit) else lignes.get(fait.document)
    regime = fait.regime if avant is None else avant.regime  # its class may have been declared anew since
    lignes[fait.document] = LigneDocument(
        fait.document, fait.nom, fait.classe, etat(fait), regime, fait.version, fait.anciennes, fait.joint_a,
        fait.clos_le, terme(fait, regime),
    )  # fmt: skip


def _dues(ligne: LigneDocument, x: Contexte) -> Iterator[Due]:
    """Somebody destroys it: what is destroyed never comes back."""
    if ligne.terme is not None and ligne.etat != "détruit":
        phrase = "« {nom} » est à détruire, sa garde étant passée le {terme} (documents.DetruireDocument)"
        yield Due(matin(ligne.terme.next_day(), x.livre.zone), document(ligne.document), phrase)


# ── ce à quoi ils sont joints, qui les lit, ce qui reste de ceux qui ne sont plus ─────────────────────────────────────


@attrs.frozen
class PieceJointe:
    """``chose``: to which a document is attached, since ``depuis`` (UTC)."""

    chose: str = attrs.field(metadata={"dit": "etiquette"})
    document: DocumentId
    depuis: Date


def _tenir_pieces(
    lignes: dict[tuple[str, DocumentId], PieceJointe],
    fait: DocumentDepose | DocumentJoint | DocumentDetache | DocumentDetruit | DocumentDetruitAvantTerme,
    note: Note,
) -> None:
    match fait:
        case DocumentDepose() | DocumentJoint():
            for chose in map(str, fait.joint_a):
                lignes.setdefault((chose, fait.document), PieceJointe(chose, fait.document, _jour(note)))
        case DocumentDetache():
            lignes.pop((str(fait.chose), fait.document), None)  # on a past date, it was not attached yet
        case _:
            for chose in map(str, fait.joint_a):
                lignes.pop((chose, fait.document), None)


@attrs.frozen
class Consultation:
    """One reading: of which version, on which day."""

    document: DocumentId
    personne: PersonneId
    version: int
    le: Date


def _tenir_lectures(lignes: dict[str, Consultation], fait: DocumentLu, note: Note) -> None:
    lignes[note.id] = Consultation(fait.document, fait.personne, fait.version, fait.le)


@attrs.frozen
class Destruction:
    """The proof of one: what it was, until when it was kept, who destroyed it, on day ``le`` (UTC).

    ``motif``: why it was destroyed before its term; ``terme`` is then not said.
    """

    document: DocumentId
    classe: str
    terme: Date | None
    le: Date
    par: PersonneId
    empreintes: tuple[Empreinte, ...]
    motif: Personnel | None = None


def _tenir_destructions(
    lignes: dict[DocumentId, Destruction], fait: DocumentDetruit | DocumentDetruitAvantTerme, note: Note
) -> None:
    lignes[fait.document] = Destruction(
        fait.document, fait.classe, fait.terme if isinstance(fait, DocumentDetruit) else None, _jour(note),
        PersonneId(note.par), fait.empreintes, None if isinstance(fait, DocumentDetruit) else fait.motif,
    )  # fmt: skip


def _jour(note: Note) -> Date:
    return Date.parse_iso(note.survenu_le[:10])


REGISTRES = (
    Registre("documents-du-lieu", LigneDocument, _tenir, titre="Documents du lieu", index=("classe",)),
    Registre("pieces-jointes", PieceJointe, _tenir_pieces, titre="Pièces jointes", index=("chose",)),
    Registre("consultations", Consultation, _tenir_lectures, titre="Registre des consultations"),
    Registre("destructions", Destruction, _tenir_destructions, titre="Registre des destructions"),
)
TRANSMISSIONS = (
    Transmission(
        "Les documents",
        "documents-du-lieu",
        "{nom} (classe « {classe} »)[, joint à {joint_a}]",
        lambda ligne, _: ligne.etat == "en usage",
    ),
)
ECHEANCES = (Echeance("documents.a_detruire", "Documents à détruire", "documents-du-lieu", _dues),)
