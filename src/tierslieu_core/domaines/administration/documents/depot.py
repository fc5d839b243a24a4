"""Dépôt: a document comes, has a new version, is described again, is attached to things of the place, or detached."""

from __future__ import annotations

from tierslieu_core.domaines.administration.documents.classe import GESTION, Classes, classes_du_lieu, declaree
from tierslieu_core.domaines.administration.documents.document import (
    DocumentDecrit,
    DocumentDepose,
    DocumentDetache,
    DocumentJoint,
    Fait,
    Version,
    VersionDeposee,
    document_de,
    versions,
    vivant,
)
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, nouveau, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import DocumentId, connu, document
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _taille(octets: int) -> list[tuple[str, str]]:
    return [] if octets >= 0 else [("taille", "un nombre d'octets")]


@commande("documents.DeposerDocument")
class DeposerDocument:
    """Déposer un document par l'empreinte de son contenu, jamais vu du journal (tierslieu documents deposer)."""

    document: DocumentId = nouveau("document, en un mot")
    nom: str = champ("titre, sans rien de personnel")
    classe: str = champ("classe")
    empreinte: Empreinte = champ("empreinte SHA-256 du contenu")
    taille: int = champ("taille", unite="octets")
    media: str = champ("type de contenu, comme « application/pdf »", default="")
    joint_a: tuple[Chose, ...] = champ("ce à quoi il est joint, comme « contrat:bail »", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _taille(self.taille)


@commande("documents.DeposerVersion")
class DeposerVersion:
    """Déposer une nouvelle version d'un document ; les précédentes se gardent avec lui."""

    document: DocumentId
    empreinte: Empreinte = champ("empreinte SHA-256 du contenu")
    taille: int = champ("taille", unite="octets")
    media: str = champ("type de contenu, comme « application/pdf »", default="")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _taille(self.taille)


@commande("documents.DecrireDocument")
class DecrireDocument:
    """Changer le titre d'un document, ou sa classe : donc qui le lit, et combien de temps il se garde."""

    document: DocumentId
    nom: str | None = champ("nouveau titre ; sinon le même", default=None)
    classe: str | None = champ("nouvelle classe ; sinon la même", default=None)


@commande("documents.JoindreDocument")
class JoindreDocument:
    """Joindre un document à une chose du lieu : un contrat, un espace, une personne, une demande (cle:…)."""

    document: DocumentId
    chose: Chose = champ("à quoi, comme « contrat:bail » ou « espace:salle-verte »")


@commande("documents.DetacherDocument")
class DetacherDocument:
    """Détacher un document d'une chose à laquelle il était joint."""

    document: DocumentId
    chose: Chose = champ("de quoi")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "documents.DocumentDejaDepose",
    "Il y a déjà un document « {document} ».",
    "Déposez une nouvelle version de celui-là (documents.DeposerVersion), ou prenez un autre identifiant.",
)
class DocumentDejaDepose(Refus):
    document: DocumentId


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None, Classes]


def _lit(c: DeposerDocument | DecrireDocument, _: Contexte) -> Lot[Etats]:
    return lire(document_de(document(c.document)), classes_du_lieu)


def _lit_seul(c: DeposerVersion | JoindreDocument | DetacherDocument, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(document_de(document(c.document)))


def _deposer(c: DeposerDocument, etats: Etats, x: Contexte) -> Issue:
    deja, classes = etats
    if deja is not None:
        meme = (deja.nom, deja.classe, deja.version.empreinte) == (c.nom, c.classe, c.empreinte)
        return () if meme and isinstance(deja, DocumentDepose) else DocumentDejaDepose(document=c.document)
    classe = declaree(c.classe, classes)
    if isinstance(classe, Refus):
        return classe
    premiere = Version(numero=1, le=x.aujourdhui, empreinte=c.empreinte, taille=c.taille, media=c.media)
    return [
        DocumentDepose(
            document=c.document, nom=c.nom, classe=c.classe, regime=classe.regime, version=premiere,
            joint_a=tuple(dict.fromkeys(c.joint_a)),
        )
    ]  # fmt: skip


def _verser(c: DeposerVersion, etats: tuple[Fait | None], x: Contexte) -> Issue:
    fait = vivant(connu(etats[0]), clos=False)
    if isinstance(fait, Refus):
        return fait
    if fait.version.empreinte == c.empreinte:
        return ()
    suivante = Version(
        numero=fait.version.numero + 1, le=x.aujourdhui, empreinte=c.empreinte, taille=c.taille, media=c.media
    )
    return [vers(VersionDeposee, fait, version=suivante, anciennes=versions(fait))]


def _decrire(c: DecrireDocument, etats: Etats, _: Contexte) -> Issue:
    fait = vivant(connu(etats[0]))
    if isinstance(fait, Refus):
        return fait
    nom, classe = c.nom or fait.nom, declaree(c.classe or fait.classe, etats[1])
    if isinstance(classe, Refus):
        return classe
    if (nom, classe.classe) == (fait.nom, fait.classe):
        return ()
    return [vers(DocumentDecrit, fait, nom=nom, classe=classe.classe, regime=classe.regime)]


def _joindre(c: JoindreDocument, etats: tuple[Fait | None], _: Contexte) -> Issue:
    fait = vivant(connu(etats[0]))
    if isinstance(fait, Refus):
        return fait
    if c.chose in fait.joint_a:
        return ()
    return [vers(DocumentJoint, fait, chose=c.chose, joint_a=(*fait.joint_a, c.chose))]


def _detacher(c: DetacherDocument, etats: tuple[Fait | None], _: Contexte) -> Issue:
    fait = vivant(connu(etats[0]))
    if isinstance(fait, Refus):
        return fait
    restent = tuple(chose for chose in fait.joint_a if chose != c.chose)
    return [] if restent == fait.joint_a else [vers(DocumentDetache, fait, chose=c.chose, joint_a=restent)]


DEMANDES = (
    Demande(DeposerDocument, GESTION, _lit, _deposer),
    Demande(DeposerVersion, GESTION, _lit_seul, _verser),
    Demande(DecrireDocument, GESTION, _lit, _decrire),
    Demande(JoindreDocument, GESTION, _lit_seul, _joindre),
    Demande(DetacherDocument, GESTION, _lit_seul, _detacher),
)
REFUS = (DocumentDejaDepose,)
