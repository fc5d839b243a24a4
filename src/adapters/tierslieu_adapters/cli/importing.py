"""``importer``: a history that another program kept, decided again as demands."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import attrs
from cyclopts import App, Parameter

from tierslieu_adapters.cli.errors import as_options
from tierslieu_adapters.cli.files import created, not_lost, tell_files
from tierslieu_adapters.cli.options import function_of, options_of
from tierslieu_adapters.cli.program import base_app
from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_adapters.cli.screen import Advance, Screen
from tierslieu_adapters.cli.session import Session
from tierslieu_core.kernel import plugins
from tierslieu_core.kernel.codec import structured
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.lieu import Lieu, ouvrir
from tierslieu_core.vocabulaire.francais import compte

SHOWN = 20


class _Readable(Exception):
    """The export was read, and its first demand decided."""


def importer(  # noqa: PLR0913 - the options of the command
    format_: Annotated[str, Parameter(name="FORMAT", help="d'où il vient : librebooking, ics, leihs, snipe-it, …")],
    chemin: Annotated[Path, Parameter(name="CHEMIN", help="le fichier ou le dossier de l'export")],
    /,
    *,
    reglement: Annotated[bool, Parameter(help="juger aussi selon le règlement du lieu")] = False,
    essai: Annotated[bool, Parameter(help="tout décider sans rien enregistrer")] = False,
    par: Annotated[str | None, Parameter(metavar="PERSONNE", help="qui importe ; sinon, qui en a le mandat")] = None,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Importer l'histoire d'un autre logiciel : chaque ligne est une demande, décidée à sa date.

    À relancer sans crainte : ce qui est déjà importé n'est pas refait. Les options propres à un format :
    tierslieu importer FORMAT --help.
    """
    found = _Import(session, format_)  # the program itself asks ``app_for``
    found.run({}, chemin, reglement=reglement, essai=essai, par=par, en_json=en_json, session=session)


def app_for(session: Session, format_: str) -> App:
    """The application of one format: its own options, with those of any import."""
    found = _Import(session, format_)
    _, chemin, *around = inspect.signature(importer, eval_str=True).parameters.values()
    if found.genre:
        told = Parameter(name=found.genre.upper(), help=f"le {found.genre} de l'export")
        chemin = chemin.replace(annotation=Annotated[Path, told])
    usage = f"tierslieu importer {format_}"
    app = base_app("importer", usage=f"{usage} {(found.genre or 'chemin').upper()} …", help=inspect.getdoc(importer))
    app.default(function_of(found.own, [chemin, *around], found.run))
    return app


class _Import:
    """An importer, as its signature tells it. ``genre``: what it reads, ``fichier`` or ``dossier``, where it says so.

    Its keyword ``options``, if it has one, is a class declared by ``champ``: each field is an option of the command.
    """

    def __init__(self, session: Session, format_: str) -> None:
        self.usage = f"tierslieu importer {format_}"
        self.load = plugins.one("tierslieu.importers", format_, "Format")
        wanted = inspect.signature(self.load, eval_str=True).parameters
        self.genre = next((genre for genre in ("fichier", "dossier") if genre in wanted), "")
        self.cls = wanted["options"].annotation if "options" in wanted else None
        self.own = options_of(session.catalogue, self.cls) if self.cls else []

    def run(  # noqa: PLR0913 - the options of the command
        self,
        champs: dict[str, Any],
        chemin: Path,
        *,
        reglement: bool,
        essai: bool,
        par: str | None,
        en_json: bool,
        session: Session,
    ) -> None:
        """Import, and tell what became of each line."""
        self._check_path(chemin)
        said = {"reglement": reglement, **self._options(champs, session), **({} if par is None else {"par": par})}
        if essai and session.missing():
            session.asked = "memory:"  # a trial leaves nothing behind
        if session.missing():
            not_lost(session)
            _check(session, lambda lieu, told: self.load(lieu, chemin, progres=told, **said))
        elif session.path() is not None:
            session.place()
        with created(session) as made, Advance("Demandes importées") as advance:
            rapport = self.load(session.place(creer=True), chemin, progres=advance, essai=essai, **said)
        _tell(session.screen, rapport, made, en_json=en_json)

    def _check_path(self, chemin: Path) -> None:
        if self.genre == "dossier" and not chemin.is_dir():
            raise DemandeInvalide(f"« {chemin} » n'est pas un dossier : donnez celui où se trouve l'export.")
        if self.genre == "fichier" and not chemin.is_file():
            raise DemandeInvalide(f"« {chemin} » n'est pas un fichier : donnez celui de l'export.")

    def _options(self, champs: dict[str, Any], session: Session) -> dict[str, Any]:
        if self.cls is None:
            return {}
        try:
            return {
                "options": structured(session.catalogue.codec.edge, champs, self.cls, "Ces options ne se lisent pas :")
            }
        except DemandeInvalide as fault:
            raise as_options(fault, {".".join(o.path): o.name for o in self.own}, self.usage) from None


def _tell(screen: Screen, rapport: Any, made: dict[str, str], *, en_json: bool) -> None:
    if en_json:
        told = {name: [{"ligne": line, "message": said} for line, said in getattr(rapport, name)] for name in _LISTES}
        screen.json({**attrs.asdict(rapport), **told})
        return
    screen.say(str(rapport))
    for name in _LISTES:
        lines = getattr(rapport, name)
        for line, message in lines[:SHOWN]:
            screen.say(f"{line} : {message}", indent=2)
        if len(lines) > SHOWN:
            screen.say(f"… et {compte(len(lines) - SHOWN, 'autre')} (toutes avec --json)", "dim", indent=2)
    tell_files(screen, made)


_LISTES = ("lignes", "refus")


def _check(session: Session, load: Callable[[Lieu, Callable[[int, int], None]], object]) -> None:
    """Begin the import in memory, up to its first demand: what is no export leaves no new place on the disk."""

    def enough(_done: int, _total: int) -> None:
        raise _Readable

    with suppress(_Readable), ouvrir("memory:", catalogue=session.catalogue) as lieu:
        load(lieu, enough)
