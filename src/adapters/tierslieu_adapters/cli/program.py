"""The program: its global options, its commands (loaded when asked for), and what runs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from inspect import getdoc
from typing import Any

from cyclopts import App, CycloptsError, Group, Parameter

from tierslieu_adapters.cli.errors import french, near
from tierslieu_adapters.cli.help import French
from tierslieu_adapters.cli.session import DEFAUT, LIEU, Session
from tierslieu_core.kernel import plugins
from tierslieu_core.kernel.errors import DemandeInvalide

AGIR, LIRE, DECOUVRIR = (Group(n, sort_key=i) for i, n in enumerate(("Agir", "Lire et vérifier", "Découvrir")))
COMMANDS = {
    "init": ("founding:init", AGIR),
    "faire": ("asking:faire", AGIR),
    "puis-je": ("asking:puis_je", AGIR),
    "documents": ("papiers.documents:documents", AGIR),
    "echeances": ("dues:echeances", AGIR),
    "finances": ("finances:finances", AGIR),
    "importer": ("importing:importer", AGIR),
    "archiver": ("archiving:archiver", AGIR),
    "passation": ("papiers.passation:passation", AGIR),
    "signer": ("papiers.passation:signer", AGIR),
    "oublier": ("persons:oublier", AGIR),
    "regles": ("rules:regles", AGIR),
    "aujourdhui": ("morning:aujourdhui", LIRE),
    "a-faire": ("dues:a_faire", LIRE),
    "agenda": ("slots:agenda", LIRE),
    "planning": ("planned:planning", LIRE),
    "libre": ("free:libre", LIRE),
    "registre": ("reading:registre", LIRE),
    "audit": ("trail:audit", LIRE),
    "journal": ("trail:journal", LIRE),
    "decisions": ("deciding:decisions", LIRE),
    "dossier": ("persons:dossier", LIRE),
    "liens": ("persons:liens", LIRE),
    "indicateurs": ("counting:indicateurs", LIRE),
    "derogations": ("deciding:derogations", LIRE),
    "expliquer": ("explaining:expliquer", LIRE),
    "simuler": ("simulating:simuler", LIRE),
    "rejouer": ("replaying:rejouer", LIRE),
    "genres": ("kinds:genres", LIRE),
    "chercher": ("persons:chercher", LIRE),
    "exporter": ("exporting:exporter", LIRE),
    "archive": ("archiving:archive", LIRE),
    "demo": ("showing:demo", DECOUVRIR),
}
"""Each command, and the function that does it: only the one that is asked for is loaded."""
SOUS = {"finances": "finances:app_for", "documents": "papiers.documents:app_for", "regles": "rules:app_for"}
"""Those that have commands of their own: what reads them, loaded when asked for, since it loads every area."""

AIDE = f"""\
La mémoire d'un tiers-lieu : ce que l'on demande, ce qui est décidé et pourquoi, pour toujours.

Options générales, avant la commande :
  --lieu ADRESSE       le journal du lieu : quai.db, par exemple
                       (sinon la variable {LIEU}, sinon {DEFAUT})
  --finances           ce journal est celui des finances du lieu, et non le sien
  --journal-technique  une ligne JSON par demande, sur la sortie d'erreur,
                       sans aucune donnée personnelle
"""
SUITE = "Le détail d'une commande : tierslieu COMMANDE --help"


def run(argv: Sequence[str]) -> int:
    """Run one command line; its exit code."""
    session, tokens = opened(argv)
    try:
        app, chain, rest = _resolved(session, tokens)
        if {"--help", "-h"}.intersection(rest):
            app.console = session.screen.console
        try:
            command, bound, wanted = app.parse_args(rest, print_error=False, exit_on_error=False)
        except CycloptsError as fault:
            asked = " ".join([*chain, *(t for t in rest[:1] if t in COMMANDS)])
            raise french(fault, COMMANDS, asked) from None
        given = {"session": session} if "session" in wanted else {}
        code = command(*bound.args, **bound.kwargs, **given)
        return code if isinstance(code, int) else 0
    finally:
        session.close()


def opened(argv: Sequence[str]) -> tuple[Session, list[str]]:
    """The session that the global options describe, and what is left: the command and its own words."""
    session, rest, words = Session(), list[str](), iter(argv)
    for word in words:
        if word == "--" or (rest and rest[0] in ("faire", "puis-je")):  # the fields of a command may bear any name
            return session, [*rest, word, *words]
        name, sep, value = word.partition("=")
        if name == "--lieu":
            session.asked = value if sep else next(words, "")
            if not session.asked:
                raise DemandeInvalide("--lieu attend l'adresse d'un journal, par exemple : --lieu quai.db")
        elif word == "--journal-technique":
            session.technique = True
        elif word == "--finances":
            session.finances = True
        else:
            rest.append(word)
    return session, rest or ["--help"]


def _resolved(session: Session, tokens: list[str]) -> tuple[App, list[str], list[str]]:
    """The application that reads these words, the words that lead to it, and those that it is to read."""
    if tokens[0] == "init":
        from tierslieu_adapters.cli import founding  # noqa: PLC0415 - loads every area: only when a place is founded

        return founding.app_for(session.catalogue), ["tierslieu", "init"], tokens[1:]
    if tokens[0] == "importer" and len(tokens) > 1 and not tokens[1].startswith("-"):
        from tierslieu_adapters.cli import importing  # noqa: PLC0415 - loads every area: only when a history is imported

        return importing.app_for(session, tokens[1]), ["tierslieu", "importer", tokens[1]], tokens[2:]
    if tokens[0] in SOUS:
        group = plugins.load(_path(SOUS[tokens[0]]))
        sous = tokens[1] if len(tokens) > 1 and not tokens[1].startswith("-") else None
        return (
            group(sous),
            ["tierslieu", tokens[0], *([sous] if sous else ())],
            tokens[2:] if sous else tokens[1:] or ["--help"],
        )
    if tokens[0] == "puis-je" and len(tokens) > 1 and not tokens[1].startswith("-"):
        tokens = ["faire", *tokens[1:], *(() if "--essai" in tokens else ("--essai",))]
    if tokens[0] != "faire" or (len(tokens) > 1 and tokens[1].startswith("-") and tokens[1] not in ("--help", "-h")):
        return main_app(whole=tokens[0].startswith("-")), ["tierslieu"], tokens
    from tierslieu_adapters.cli import commands, naming  # noqa: PLC0415 - loads every area: only when a command is asked for

    if len(tokens) == 1 or tokens[1].startswith("-"):
        return (commands.listing(session.catalogue) if len(tokens) > 1 else main_app()), ["tierslieu"], tokens
    demande = naming.found(session.catalogue, tokens[1])
    return commands.app_for(session.catalogue, demande), ["tierslieu", "faire", tokens[1]], tokens[2:]


def main_app(*, whole: bool = False) -> App:
    """The whole program; its commands are loaded when asked for, or all at once to say what each does (``whole``)."""
    app = base_app("tierslieu", usage="tierslieu [--lieu quai.db] COMMANDE …", help=AIDE, help_epilogue=SUITE)
    for n, (name, (where, group)) in enumerate(COMMANDS.items()):
        path = _path(where)
        app.command(plugins.load(path) if whole else path, name=name, group=group, help_epilogue="", sort_key=n)
    return app


def _path(where: str) -> str:
    """Where a command is: in this package, or in that of the one area that it serves (``papiers.documents``)."""
    return f"tierslieu_adapters.{where}" if "." in where.partition(":")[0] else f"tierslieu_adapters.cli.{where}"


def group_app(name: str, said: str, commands: Mapping[str, Callable[..., Any]], sous: str | None) -> App:
    """The application of one command of a group (``tierslieu regles adopter``), or that which tells them all."""
    if sous is None or sous.startswith("-"):
        app = base_app(name, usage=f"tierslieu {name} COMMANDE …", help=said)
        for n, (nom, function) in enumerate(commands.items()):
            app.command(function, name=nom, sort_key=n)
        return app
    if sous not in commands:
        raise DemandeInvalide(f"« {name} {sous} » n'existe pas.{near(sous, commands)} Il y a : {', '.join(commands)}.")
    app = base_app(name, usage=f"tierslieu {name} {sous} …", help=getdoc(commands[sous]))
    app.default(commands[sous])
    return app


def base_app(name: str, **said: Any) -> App:
    """An application with our help and our words."""
    return App(
        name=name,
        version=_version,
        help_format="plaintext",
        help_formatter=French(),
        default_parameter=Parameter(negative=()),
        group_commands=Group("Commandes"),
        group_parameters=Group("Options"),
        group_arguments=Group("Arguments"),
        **said,
    )


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow to load, and seldom asked for

    try:
        return version("tierslieu-core")
    except PackageNotFoundError:  # run from its sources
        return "non installé"
