"""Un document: what happens to it. Each fact tells it whole, its contents by their fingerprints alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import attrs
from whenever import Date

from tierslieu_core.domaines.administration.documents.classe import Regime
from tierslieu_core.kernel.declarations import Refus, champ, evenement, personnel, refus
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.ecriture import court
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import DocumentId, document

KO = 1000


@attrs.frozen(kw_only=True)
class Version:
    """One content that a document had; ``taille``: in bytes; ``media``: its media type (``application/pdf``)."""

    numero: int
    le: Date
    empreinte: Empreinte
    taille: int = champ("taille", unite="octets")
    media: str = champ("type de contenu", default="")

    def __str__(self) -> str:
        poids = f"{self.taille} o" if self.taille < KO else f"{-(-self.taille // KO)} ko"
        dit = ", ".join(p for p in (self.media, poids, f"empreinte {self.empreinte.hexa[:12]}…") if p)
        return f"n° {self.numero} du {court(self.le)} ({dit})"


# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("documents.DocumentDepose", "Document déposé : « {nom} », classe « {classe} »[, joint à {joint_a}]")
class DocumentDepose:
    """``regime``: what its class said then; the class may be declared anew, and the latest holds."""

    document: DocumentId
    nom: str
    classe: str
    regime: Regime
    version: Version
    anciennes: tuple[Version, ...] = ()
    joint_a: tuple[Chose, ...] = ()
    clos_le: Date | None = None

    def etiquettes(self) -> Iterable[str]:
        return document(self.document), *map(str, self.joint_a)


@evenement("documents.VersionDeposee", "« {nom} » a une nouvelle version : {version}")
class VersionDeposee:
    document: DocumentId
    nom: str
    classe: str
    regime: Regime
    version: Version
    anciennes: tuple[Version, ...]
    joint_a: tuple[Chose, ...]
    clos_le: Date | None

    def etiquettes(self) -> Iterable[str]:
        return (document(self.document),)


@evenement("documents.DocumentDecrit", "Document décrit à nouveau : « {nom} », classe « {classe} »")
class DocumentDecrit:
    document: DocumentId
    nom: str
    classe: str
    regime: Regime
    version: Version
    anciennes: tuple[Version, ...]
    joint_a: tuple[Chose, ...]
    clos_le: Date | None

    def etiquettes(self) -> Iterable[str]:
        return (document(self.document),)


@evenement("documents.DocumentJoint", "« {nom} » est joint à {chose}")
class DocumentJoint:
    document: DocumentId
    nom: str
    chose: Chose
    classe: str
    regime: Regime
    version: Version
    anciennes: tuple[Version, ...]
    joint_a: tuple[Chose, ...]
    clos_le: Date | None

    def etiquettes(self) -> Iterable[str]:
        return document(self.document), str(self.chose)


@evenement("documents.DocumentDetache", "« {nom} » n'est plus joint à {chose}")
class DocumentDetache:
    document: DocumentId
    nom: str
    chose: Chose
    classe: str
    regime: Regime
    version: Version
    anciennes: tuple[Version, ...]
    joint_a: tuple[Chose, ...]
    clos_le: Date | None

    def etiquettes(self) -> Iterable[str]:
        return document(self.document), str(self.chose)


@evenement("documents.DocumentClos", "« {nom} » ne sert plus, depuis le {clos_le}")
class DocumentClos:
    document: DocumentId
    nom: str
    classe: str
    regime: Regime
    version: Version
    anciennes: tuple[Version, ...]
    joint_a: tuple[Chose, ...]
    clos_le: Date

    def etiquettes(self) -> Iterable[str]:
        return (document(self.document),)


@evenement("documents.DocumentDetruit", "« {nom} » est détruit, sa garde étant passée le {terme} : {empreintes}")
class DocumentDetruit:
    """The proof: who (as of any fact), when, on what ground, and the fingerprint of each content that was."""

    document: DocumentId
    nom: str
    classe: str
    regime: Regime
    version: Version
    anciennes: tuple[Version, ...]
    joint_a: tuple[Chose, ...]
    clos_le: Date | None
    terme: Date
    empreintes: tuple[Empreinte, ...]

    def etiquettes(self) -> Iterable[str]:
        return (document(self.document),)


@evenement(
    "documents.DocumentDetruitAvantTerme",
    "« {nom} » est détruit sans attendre son terme : {motif} (empreintes : {empreintes})",
)
class DocumentDetruitAvantTerme:
    """The same, of a document that could not be kept so long: a mistake, or a person who asks to be forgotten."""

    document: DocumentId
    nom: str
    classe: str
    regime: Regime
    version: Version
    anciennes: tuple[Version, ...]
    joint_a: tuple[Chose, ...]
    clos_le: Date | None
    empreintes: tuple[Empreinte, ...]
    motif: Personnel = personnel(qui="par", conservation="document")

    def etiquettes(self) -> Iterable[str]:
        return (document(self.document),)


Vivant = DocumentDepose | VersionDeposee | DocumentDecrit | DocumentJoint | DocumentDetache | DocumentClos
Detruit = DocumentDetruit | DocumentDetruitAvantTerme
Fait = Vivant | Detruit
FAITS = (
    DocumentDepose, VersionDeposee, DocumentDecrit, DocumentJoint, DocumentDetache, DocumentClos, DocumentDetruit,
    DocumentDetruitAvantTerme,
)  # fmt: skip

# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "documents.DocumentPasACetteEtape",
    "« {document} » est {etat} : cela ne se fait plus de lui.",
    "{issue}",
)
class DocumentPasACetteEtape(Refus):
    document: DocumentId
    etat: str
    issue: str


ISSUES = {
    "clos": "Il se lit, se range et se garde encore ; pour un contenu nouveau, déposez un autre document, ou corrigez"
    " la clôture si elle était une erreur (documents.CorrigerDocument).",
    "détruit": "La preuve en reste : tierslieu registre destructions ; si vous en avez une copie, déposez-la sous un"
    " autre identifiant.",
}

# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _document(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


document_de = Lecture[Fait | None]("documents.document", None, _document, dernier=True)


def etat(fait: Fait) -> str:
    """``en usage``, ``clos`` (it is of no more use, and is kept), ``détruit``."""
    if isinstance(fait, Detruit):
        return "détruit"
    return "en usage" if fait.clos_le is None else "clos"


class Contenu(Protocol):
    """What every fact and every row of a document tells."""

    @property
    def version(self) -> Version: ...
    @property
    def anciennes(self) -> tuple[Version, ...]: ...
    @property
    def clos_le(self) -> Date | None: ...


def versions(d: Contenu) -> tuple[Version, ...]:
    """Every content that it had, the first one first."""
    return *d.anciennes, d.version


def terme(d: Contenu, regime: Regime) -> Date | None:
    """The last day on which it is kept; ``None`` when none is known (yet)."""
    debut = {"depot": versions(d)[0].le, "version": d.version.le, "cloture": d.clos_le}[regime.depuis]
    return None if debut is None or regime.garde_mois is None else debut.add(months=regime.garde_mois)


def vivant(fait: Fait, *, clos: bool = True) -> Vivant | DocumentPasACetteEtape:
    """A document that is still there, ``clos`` or not; or why that is not done of it any more."""
    if isinstance(fait, Detruit) or (fait.clos_le is not None and not clos):
        return DocumentPasACetteEtape(document=fait.document, etat=etat(fait), issue=ISSUES[etat(fait)])
    return fait
