"""The store of most places: one SQLite file for the journal, and beside it the vault of personal data and its key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tierslieu_adapters.sqlite.journal import SqliteRecorder
    from tierslieu_core.integrite.coffre import Coffre


def ouvrir(url: str, *, creer: bool = True) -> tuple[SqliteRecorder, Coffre]:
    """The journal and vault of ``sqlite:///quai.db``, of a plain path, or of ``memory:``, which the process forgets.

    ``quai.db`` goes with ``quai.coffre`` (the vault) and ``quai.cle`` (its master key; or ``TIERSLIEU_CLE`` holds it).
    The vault is made first: a journal never exists without what opens it.
    """
    from tierslieu_adapters.sqlite.coffre import ouvrir_coffre  # noqa: PLC0415 - loaded when a place is opened
    from tierslieu_adapters.sqlite.journal import SqliteRecorder  # noqa: PLC0415 - as above

    if url == "memory:":
        return SqliteRecorder(":memory:"), ouvrir_coffre(None, creer=True)
    path = path_of(url)
    vault = ouvrir_coffre(path, creer=creer and not path.exists())
    return SqliteRecorder(str(path), create=creer), vault


def path_of(url: str) -> Path:
    """``quai.db`` from ``sqlite:///quai.db`` or ``quai.db``; ``/lieux/quai.db`` from ``sqlite:////lieux/quai.db``."""
    return Path(url.removeprefix("sqlite:///"))
