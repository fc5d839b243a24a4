"""``documents``: contents come and go with what the journal says of them; they stay in a folder beside it."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from tierslieu_adapters.cli.answers import show
from tierslieu_adapters.cli.asking import REFUSE, ask
from tierslieu_adapters.cli.program import group_app
from tierslieu_adapters.cli.reading import Ici
from tierslieu_adapters.cli.session import PAR, Session
from tierslieu_adapters.contenus import Contenus
from tierslieu_adapters.fichiers import raison
from tierslieu_core.domaines.administration.documents import LigneDocument, versions
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.francais import compte

if TYPE_CHECKING:
    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vocabulaire.empreinte import Empreinte
ALTERE = 1
DOSSIER = "TIERSLIEU_DOCUMENTS"
Ou = Annotated[
    Path | None,
    Parameter(
        name="--dossier", env_var=DOSSIER, show_env_var=False, metavar="DOSSIER",
        help="où sont les contenus ; sinon à côté du journal (quai.db : quai.documents)",
    ),
]  # fmt: skip
Qui = Annotated[str | None, Parameter(env_var=PAR, show_env_var=False, metavar="PERSONNE", help="qui demande")]
Lequel = Annotated[str, Parameter(name="DOCUMENT", help="le document")]


def deposer(  # noqa: PLR0913 - the options of the command
    fichier: Annotated[Path, Parameter(name="FICHIER", help="le contenu à déposer")],
    /,
    *,
    document: Annotated[str, Parameter(metavar="IDENTIFIANT", help="le document, en un mot ; s'il y est : sa suite")],
    nom: Annotated[str, Parameter(metavar="TEXTE", help="titre d'un nouveau document ; sinon le nom du fichier")] = "",
    classe: Annotated[str, Parameter(metavar="TEXTE", help="classe d'un nouveau document")] = "",
    media: Annotated[str, Parameter(metavar="TEXTE", help="type de contenu ; sinon d'après le nom du fichier")] = "",
    joint_a: Annotated[
        list[str] | None, Parameter(metavar="GENRE:IDENTIFIANT", help="à quoi il est joint ; peut se répéter")
    ] = None,
    par: Qui = None,
    dossier: Ou = None,
    session: Ici,
) -> int:
    """Déposer un fichier : son contenu va dans le dossier, son empreinte dans le journal.

    Un document qui y est déjà reçoit une nouvelle version.
    """
    from mimetypes import guess_type  # noqa: PLC0415 - reads the system's tables

    contenus, lieu = _contenus(session, dossier), session.founded()
    try:
        empreinte, taille = contenus.poser(fichier), fichier.stat().st_size
    except OSError as fault:
        raise DemandeInvalide(f"« {fichier} » ne peut pas être déposé : {raison(fault)}.") from None
    contenu = {"document": document, "empreinte": empreinte.hexa, "taille": taille}
    contenu["media"] = media or guess_type(fichier.name)[0] or ""
    deja = any(ligne.document == document for ligne in _lignes(lieu))
    neuf = {"nom": nom or fichier.name, "classe": classe, "joint_a": joint_a or []}
    asked = "documents.DeposerVersion" if deja else "documents.DeposerDocument"
    try:
        reponse = ask(lieu, asked, contenu if deja else {**contenu, **neuf}, par=par)
    finally:
        _menage(lieu, contenus, [empreinte])  # what the journal did not take is not kept either
    return _dite(session, lieu, reponse)


def lire(
    document: Lequel,
    fichier: Annotated[Path | None, Parameter(name="FICHIER", help="où le copier ; sans lui, où il est")] = None,
    /,
    *,
    par: Qui = None,
    dossier: Ou = None,
    session: Ici,
) -> int:
    """Lire un document, si sa classe le permet à qui demande : le copier, ou dire où il est."""
    contenus, lieu = _contenus(session, dossier), session.founded()
    reponse = ask(lieu, "documents.LireDocument", {"document": document}, par=par)
    if reponse.verdict not in ("accord", "sans_objet"):
        return _dite(session, lieu, reponse)
    (ligne,) = (un for un in _lignes(lieu) if un.document == document)
    chemin = contenus.chemin(ligne.version.empreinte)
    if not chemin.is_file():
        raise DemandeInvalide(f"Son contenu n'est pas dans « {contenus.dossier} » : {ligne.version}.")
    if fichier is None:
        session.screen.say(str(chemin))
        return 0
    if fichier.exists():
        raise DemandeInvalide(f"« {fichier} » existe déjà : donnez un autre nom.")
    try:
        copyfile(chemin, fichier)
    except OSError as fault:
        raise DemandeInvalide(f"« {fichier} » ne peut pas être écrit : {raison(fault)}.") from None
    session.screen.verdict("accord", f"{ligne.nom}, {ligne.version}, dans {fichier}.")
    return 0


def detruire(
    document: Lequel,
    /,
    *,
    motif: Annotated[str | None, Parameter(metavar="TEXTE", help="pourquoi, s'il ne peut attendre son terme")] = None,
    par: Qui = None,
    dossier: Ou = None,
    session: Ici,
) -> int:
    """Détruire un document dont la garde est passée : le journal en garde la preuve, puis le contenu disparaît."""
    contenus, lieu = _contenus(session, dossier), session.founded()
    asked = "documents.DetruireDocument" if motif is None else "documents.DetruireAvantTerme"
    reponse = ask(lieu, asked, {"document": document} | ({} if motif is None else {"motif": motif}), par=par)
    detruits = [e for ligne in _lignes(lieu) if ligne.document == document for e in _empreintes(ligne)]
    code = _dite(session, lieu, reponse)
    if code == 0:
        otes = _menage(lieu, contenus, detruits)
        session.screen.say(f"{compte(otes, 'contenu ôté', 'contenus ôtés')} du dossier {contenus.dossier}.", indent=2)
    return code


def verifier(*, dossier: Ou = None, session: Ici) -> int:
    """Vérifier que les contenus sont ceux que le journal dit : aucun absent, altéré, ni gardé après sa destruction.

    La commande finit par 1 s'il y a quelque chose à redire.
    """
    contenus, lieu = _contenus(session, dossier), session.founded()
    lignes, gardes = _lignes(lieu), _gardes(lieu)
    fautes = [
        f"{ligne.nom}, {version} : {etat}"
        for ligne in lignes
        if ligne.etat != "détruit"
        for version in versions(ligne)
        if (etat := contenus.etat(version.empreinte)) != "là"
    ]
    detruits = {e: ligne.nom for ligne in lignes if ligne.etat == "détruit" for e in _empreintes(ligne)}
    for empreinte in contenus.tous():
        if empreinte not in gardes:
            quoi = f"{detruits[empreinte]} : détruit, et encore là" if empreinte in detruits else "inconnu du journal"
            fautes.append(f"{quoi} ({contenus.chemin(empreinte)})")
    for faute in fautes:
        session.screen.say(f"✘ {faute}", "red")
    if not fautes:
        session.screen.verdict("accord", f"{compte(len(gardes), 'contenu')} dans {contenus.dossier} : tout y est.")
    return ALTERE if fautes else 0


def _contenus(session: Session, dossier: Path | None) -> Contenus:
    """The folder: the one that is told, else beside the journal."""
    if dossier is None and not session.path():
        raise DemandeInvalide(f"Où sont les contenus ? Dites-le avec --dossier (ou la variable {DOSSIER}).")
    return Contenus(dossier or Path(os.path.splitext(str(session.path()))[0] + ".documents"))  # noqa: PTH122 - a whole path


def _lignes(lieu: Lieu) -> list[LigneDocument]:
    return lieu.registre("documents-du-lieu")


def _empreintes(ligne: LigneDocument) -> list[Empreinte]:
    return [version.empreinte for version in versions(ligne)]


def _gardes(lieu: Lieu) -> set[Empreinte]:
    """The contents of the documents that are not destroyed."""
    return {e for ligne in _lignes(lieu) if ligne.etat != "détruit" for e in _empreintes(ligne)}


def _menage(lieu: Lieu, contenus: Contenus, empreintes: list[Empreinte]) -> int:
    """Destroy those of these contents that no document holds any more; how many were there."""
    return sum(contenus.oter(e) for e in dict.fromkeys(empreintes) if e not in _gardes(lieu))


def _dite(session: Session, lieu: Lieu, reponse: Reponse) -> int:
    show(session.screen, lieu, reponse, lieu.speaker())
    return 0 if reponse.acceptee else REFUSE


SOUS: Mapping[str, Callable[..., Any]] = {"deposer": deposer, "lire": lire, "detruire": detruire, "verifier": verifier}


def documents() -> None:
    """Les documents du lieu : déposer un fichier, le lire, le détruire à son terme, vérifier que tout y est.

    Le journal n'en connaît que l'empreinte ; les contenus restent dans un dossier, à côté de lui.
    """


def app_for(sous: str | None) -> App:
    """The application of one of them, or that which tells them all."""
    return group_app("documents", inspect.getdoc(documents) or "", SOUS, sous)
