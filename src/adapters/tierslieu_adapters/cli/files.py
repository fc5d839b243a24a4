"""The files of a place that a command made, told to whoever must now keep them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tierslieu_adapters.cli.screen import Screen
from tierslieu_adapters.cli.session import Session
from tierslieu_core.kernel.errors import JournalIllisible


@contextmanager
def created(session: Session) -> Iterator[dict[str, str]]:
    """Which files of the place the work inside made: ``journal``, ``coffre``, ``cle``; told at once if it fails."""
    made: dict[str, str] = {}
    path = session.path()
    files = {name: Path(path).with_suffix(f".{name}") for name in ("coffre", "cle")} if path else {}
    files = {"journal": Path(path), **files} if path else {}
    before = {name for name, file in files.items() if file.exists()}
    try:
        yield made
    except BaseException:
        tell_files(Screen(sys.stderr), _new(files, before))
        raise
    made.update(_new(files, before))


def not_lost(session: Session) -> None:
    """Refuse to make a journal where only the vault of another is left: its facts would not be those of the vault."""
    path = session.path()
    if path and session.missing() and Path(path).with_suffix(".coffre").exists():
        raise JournalIllisible(
            f"À côté de « {session.url} », un coffre existe déjà : remettez le journal à sa place, ou choisissez un"
            " autre nom. Rien n'a été changé."
        )


def _new(files: dict[str, Path], before: set[str]) -> dict[str, str]:
    return {name: str(file) for name, file in files.items() if name not in before and file.exists()}


def tell_files(screen: Screen, made: dict[str, str]) -> None:
    """The files that were made, what each is, and what the loss of the key means."""
    if not made:
        return
    said = {
        "journal": "le journal : tous les faits, pour toujours",
        "coffre": "le coffre : les données personnelles, scellées",
    }
    said["cle"] = "la clé maîtresse, qui seule ouvre le coffre"
    screen.say()
    screen.title("Fichiers créés")
    width = max(map(len, made.values()))
    for name, file in made.items():
        screen.say(f"{file.ljust(width)}  {said[name]}", indent=2)
    if "cle" in made:
        from tierslieu_adapters.sqlite.cle_maitresse import AVERTISSEMENT  # noqa: PLC0415 - only when a key was made

        screen.say()
        for line in AVERTISSEMENT.replace("\n    ", " ").splitlines():  # filled again, to the width of the screen
            screen.say(line.lstrip(), "yellow", indent=len(line) - len(line.lstrip()))
