"""Le dossier d'une personne: documents handed in, texts accepted, until when a minor. Each fact says it whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.kernel.declarations import Contexte, evenement, personnel
from tierslieu_core.kernel.lectures import Lecture, Lot
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Piece:
    """A document handed in on day ``du``; ``jusqu_au``: its last day, ``None`` without end."""

    document: str
    du: Date
    jusqu_au: Date | None

    def valide(self, jour: Date) -> bool:
        """Whether it holds on a day."""
        return self.du <= jour and not self.finie(jour)

    def finie(self, jour: Date) -> bool:
        """Whether it is over by that day."""
        return self.jusqu_au is not None and self.jusqu_au < jour


@attrs.frozen(kw_only=True)
class Acceptation:
    """A dated version of a text, accepted on day ``le``."""

    texte: str
    version: Date
    le: Date


@attrs.frozen(kw_only=True)
class Dossier:
    """``mineur_jusqu_au``: the last day before majority, ``None`` when nobody said; never a date of birth."""

    pieces: tuple[Piece, ...] = ()
    acceptations: tuple[Acceptation, ...] = ()
    mineur_jusqu_au: Date | None = None

    def documents(self, jour: Date) -> tuple[str, ...]:
        """The documents valid on a day."""
        return tuple(dict.fromkeys(p.document for p in self.pieces if p.valide(jour)))

    def expires(self, jour: Date) -> dict[str, str]:
        """The last day of each document that is over by a day."""
        finies = sorted((p.jusqu_au, p.document) for p in self.pieces if p.jusqu_au is not None and p.finie(jour))
        return {document: fin.format_iso() for fin, document in finies}

    def textes(self, jour: Date) -> dict[str, str]:
        """The latest version of each text accepted by that day."""
        found: dict[str, str] = {}
        for a in self.acceptations:
            if a.le <= jour:
                found[a.texte] = max(found.get(a.texte, ""), a.version.format_iso())
        return found

    def mineur(self, jour: Date) -> bool | None:
        """Whether its person is a minor that day; ``None`` when nobody said."""
        return None if self.mineur_jusqu_au is None else jour <= self.mineur_jusqu_au


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (personne(fait.personne),)


@evenement("adhesions.DocumentRecu", "{personne} remet le document « {document} » (valable jusqu'au : {jusqu_au})")
class DocumentRecu:
    personne: PersonneId
    document: str
    jusqu_au: Date | None
    detail: Personnel | None = personnel(qui="personne", conservation="document", default=None)
    dossier: Dossier

    etiquettes = _etiquettes


@evenement("adhesions.DocumentRetire", "Le document « {document} » de {personne} ne vaut plus : {motif}")
class DocumentRetire:
    personne: PersonneId
    document: str
    motif: Personnel = personnel(qui="personne", conservation="document")
    dossier: Dossier

    etiquettes = _etiquettes


@evenement("adhesions.TexteAccepte", "{personne} accepte le texte « {texte} » dans sa version du {version}")
class TexteAccepte:
    personne: PersonneId
    texte: str
    version: Date
    dossier: Dossier

    etiquettes = _etiquettes


@evenement("adhesions.MinoriteNotee", "{personne} atteint la majorité le lendemain du {jusqu_au}")
class MinoriteNotee:
    personne: PersonneId
    jusqu_au: Date
    naissance: Personnel | None = personnel(qui="personne", conservation="identite", default=None)
    dossier: Dossier

    etiquettes = _etiquettes


Fait = DocumentRecu | DocumentRetire | TexteAccepte | MinoriteNotee
FAITS = (DocumentRecu, DocumentRetire, TexteAccepte, MinoriteNotee)

# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _dossier(_: Dossier, fait: Fait) -> Dossier:
    return fait.dossier


dossier_de = Lecture[Dossier]("adhesions.dossier", Dossier(), _dossier, dernier=True)
Dossiers = tuple[Dossier, ...]


def dossiers(qui: PersonneId, x: Contexte) -> Lot[Dossiers]:
    """A person's file under each of their identifiers, this one first."""
    return Lot(tuple(dossier_de(personne(un)) for un in identifiants(qui, x)))


def reuni(them: Sequence[Dossier]) -> Dossier:
    """The file of one person, of those that their identifiers have."""
    if len(them) == 1:
        return them[0]
    return Dossier(
        pieces=tuple(p for d in them for p in d.pieces),
        acceptations=tuple(a for d in them for a in d.acceptations),
        mineur_jusqu_au=next((d.mineur_jusqu_au for d in them if d.mineur_jusqu_au is not None), None),
    )
