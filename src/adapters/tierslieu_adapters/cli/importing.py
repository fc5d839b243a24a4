"""``importer``: a history that another program kept, decided again as demands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tierslieu_adapters.cli.files import created, not_lost, tell_files
from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_adapters.cli.screen import Advance
from tierslieu_adapters.cli.session import Session
from tierslieu_core.kernel import plugins
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.lieu import Lieu, ouvrir
from tierslieu_core.vocabulaire.francais import compte

SHOWN = 20


class _Readable(Exception):
    """The export was read, and its first demand decided."""


def importer(  # noqa: PLR0913 - the options of the command
    format_: Annotated[str, Parameter(name="FORMAT", help="le logiciel d'où vient l'export : librebooking, …")],
    dossier: Annotated[Path, Parameter(name="DOSSIER", help="le dossier de l'export")],
    /,
    *,
    reglement: Annotated[bool, Parameter(help="juger aussi selon le règlement du lieu")] = False,
    essai: Annotated[bool, Parameter(help="tout décider sans rien enregistrer")] = False,
    par: Annotated[str | None, Parameter(metavar="PERSONNE", help="qui importe ; sinon, qui en a le mandat")] = None,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Importer l'histoire d'un autre logiciel : chaque ligne est une demande, décidée à sa date.

    À relancer sans crainte : ce qui est déjà importé n'est pas refait.
    """
    load = plugins.one("tierslieu.importers", format_, "Format")
    if not dossier.is_dir():
        raise DemandeInvalide(f"« {dossier} » n'est pas un dossier : donnez celui où se trouve l'export.")
    if essai and session.missing():
        session.asked = "memory:"  # a trial leaves nothing behind
    who = {} if par is None else {"par": par}
    if session.missing():
        not_lost(session)
        _check(session, lambda lieu, told: load(lieu, dossier, progres=told, reglement=reglement, **who))
    elif session.path() is not None:
        session.place()
    with created(session) as made, Advance("Demandes importées") as advance:
        lieu = session.place(creer=True)
        rapport = load(lieu, dossier, progres=advance, reglement=reglement, essai=essai, **who)
    screen = session.screen
    if en_json:
        lines = [{"ligne": line, "message": message} for line, message in rapport.lignes]
        screen.json({"verdicts": dict(rapport.verdicts), "lignes": lines})
        return
    screen.say(str(rapport))
    for line, message in rapport.lignes[:SHOWN]:
        screen.say(f"{line} : {message}", indent=2)
    if len(rapport.lignes) > SHOWN:
        screen.say(f"… et {compte(len(rapport.lignes) - SHOWN, 'autre')} (toutes avec --json)", "dim", indent=2)
    tell_files(screen, made)


def _check(session: Session, load: Callable[[Lieu, Callable[[int, int], None]], object]) -> None:
    """Begin the import in memory, up to its first demand: what is no export leaves no new place on the disk."""

    def enough(_done: int, _total: int) -> None:
        raise _Readable

    with suppress(_Readable), ouvrir("memory:", catalogue=session.catalogue) as lieu:
        load(lieu, enough)
