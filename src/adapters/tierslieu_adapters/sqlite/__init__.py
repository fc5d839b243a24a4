"""The store of most places: one SQLite file for the journal, and beside it the vault of personal data and its key."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tierslieu_core.kernel.errors import JournalIllisible

if TYPE_CHECKING:
    from tierslieu_adapters.sqlite.journal import SqliteRecorder
    from tierslieu_core.integrite.coffre import Coffre

WAIT_S: Final = 10.0


def ouvrir(url: str, *, creer: bool = True) -> tuple[SqliteRecorder, Coffre]:
    """The journal and vault of ``sqlite:///quai.db``, of a plain path, or of ``memory:``, which the process forgets.

    ``quai.db`` goes with ``quai.coffre`` (the vault) and ``quai.cle`` (its master key; or ``TIERSLIEU_CLE`` holds it).
    The vault is made first: a journal never exists without what opens it. A file that is no journal is said to be so
    before anything is said of its vault.
    """
    from tierslieu_adapters.sqlite.coffre import ouvrir_coffre  # noqa: PLC0415 - loaded when a place is opened
    from tierslieu_adapters.sqlite.journal import SqliteRecorder  # noqa: PLC0415 - as above

    if url == "memory:":
        return SqliteRecorder(":memory:"), ouvrir_coffre(None, creer=True)
    path = path_of(url)
    blank = not path.exists() or _identified(path, creer=creer)
    vault = ouvrir_coffre(path, creer=creer and blank)
    return SqliteRecorder(str(path), create=creer), vault


def path_of(url: str) -> Path:
    """``quai.db`` from ``sqlite:///quai.db`` or ``quai.db``; ``/lieux/quai.db`` from ``sqlite:////lieux/quai.db``."""
    return Path(url.removeprefix("sqlite:///"))


def _identified(path: Path, *, creer: bool) -> bool:
    """Say what is wrong with a file that is no journal; whether it is empty, and may become one."""
    from tierslieu_adapters.sqlite.link import Link  # noqa: PLC0415 - loaded when a place is opened
    from tierslieu_adapters.sqlite.opening import check_path, identify  # noqa: PLC0415 - as above

    check_path(str(path), create=creer)
    if not path.stat().st_size:
        if not creer:
            raise JournalIllisible(
                f"« {path} » est un fichier vide, et non un journal : vérifiez le chemin, ou remettez à sa place sa"
                " dernière sauvegarde."
            )
        return True
    with ExitStack() as undo, Link(str(path), WAIT_S, undo).taken() as connection:
        identify(connection, str(path))
    return False
