"""Opening the journal's file: what it must be, and what to do when it is not."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tierslieu_core.kernel.errors import JournalIllisible, VersionFuture

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

Synchronous = Literal["OFF", "NORMAL", "FULL"]
MEMORY = ":memory:"
APPLICATION_ID = int.from_bytes(b"TLjo", "big")
"""The mark of our journals in the header of the SQLite file: never to change."""
VERSION = 1

_LEVELS = {"OFF": 0, "NORMAL": 1, "FULL": 2}
# In the row, `data` comes last: a search by type or a read of the tags then never touches the pages of a long fact.
_SCHEMA = (
    "CREATE TABLE events (position INTEGER PRIMARY KEY, type TEXT NOT NULL, tags TEXT NOT NULL, data BLOB NOT NULL)",
    "CREATE TABLE tags (tag TEXT, type TEXT, position INTEGER, PRIMARY KEY (tag, type, position)) WITHOUT ROWID",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)


def check_path(path: str, *, create: bool) -> None:
    """Say what is wrong with the path while nothing was opened, since SQLite itself would not say which."""
    file, folder = Path(path), Path(path).absolute().parent
    if not folder.is_dir():
        raise JournalIllisible(f"Le dossier « {folder} » n'existe pas : créez-le, ou corrigez le chemin du journal.")
    if file.is_dir():
        raise JournalIllisible(f"« {path} » est un dossier : donnez le chemin du fichier du journal.")
    if not file.exists() and not create:
        raise JournalIllisible(f"Aucun journal à « {path} » : corrigez le chemin, ou fondez d'abord le lieu.")
    if not os.access(file if file.exists() else folder, os.W_OK):  # else SQLite opens it all the same, to read
        raise JournalIllisible(_READ_ONLY.format(path=path))


def connect(path: str, wait_s: float) -> sqlite3.Connection:
    """A bare connection: no transaction that we did not ask for, and the locks are ours."""
    target = MEMORY if path == MEMORY else Path(path).absolute().as_uri() + "?mode=rwc"
    return sqlite3.connect(target, timeout=wait_s, isolation_level=None, check_same_thread=False, uri=True)


def identify(connection: sqlite3.Connection, path: str) -> bool:
    """Whether the file already is a journal of ours; refuse a file that is neither ours nor blank."""
    tables, version, mark = (  # the mark last: another program may be making the journal between two questions
        connection.execute(question).fetchone()[0]
        for question in ("SELECT count(*) FROM sqlite_master", "PRAGMA user_version", "PRAGMA application_id")
    )
    if mark == APPLICATION_ID and version > VERSION:
        raise VersionFuture(
            f"« {path} » a été écrit par une version plus récente de tierslieu_core (format {version}, le vôtre lit"
            f" jusqu'à {VERSION}) : mettez la bibliothèque à jour."
        )
    if mark != APPLICATION_ID and (mark or version or tables):
        raise JournalIllisible(_NOT_OURS.format(path=path))
    return bool(mark == APPLICATION_ID)


def settle(
    connection: sqlite3.Connection, path: str, synchronous: Synchronous, queue: AbstractContextManager[None]
) -> None:
    """Make the connection durable, and the file a journal when it is blank."""
    with queue:  # SQLite does not wait when two programs turn the same new file to WAL at once
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != ("memory" if path == MEMORY else "wal"):
            raise JournalIllisible(
                f"Le disque de « {path} » ne permet pas d'écrire sans risque (mode « {mode} », dossier réseau ?) :"
                " placez le journal sur un disque local."
            )
        set_durable(connection, path, synchronous)
        if not identify(connection, path):
            _found(connection, path)


def set_durable(connection: sqlite3.Connection, path: str, synchronous: Synchronous) -> None:
    """What is confirmed survives a power cut; a build of SQLite that does not obey is refused."""
    connection.execute("PRAGMA fullfsync = ON")  # macOS alone: its fsync leaves the bytes in the disk's own memory
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    if connection.execute("PRAGMA synchronous").fetchone()[0] != _LEVELS[synchronous]:
        raise JournalIllisible(
            f"Ce SQLite n'accepte pas « synchronous={synchronous} » : un fait confirmé pourrait se perdre dans une"
            f" coupure. « {path} » n'a pas été ouvert ; utilisez un autre Python."
        )
    connection.execute("PRAGMA cache_size = -16384")  # KiB


def unreadable(path: str, error: sqlite3.Error, wait_s: float) -> JournalIllisible:
    """The same trouble, said to the person who can end it."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    text = _TROUBLES.get(code & 0xFF, _OTHER)  # the low byte is the family of the error
    return JournalIllisible(text.format(path=path, wait=f"{wait_s:g}", error=error))


def _found(connection: sqlite3.Connection, path: str) -> None:
    """The tables and the marks, all or none; again under the lock, for another program may just have done it."""
    connection.execute("BEGIN IMMEDIATE")
    if not identify(connection, path):
        for statement in _SCHEMA:
            connection.execute(statement)
    connection.execute("COMMIT")


_NOT_OURS = "« {path} » n'est pas un journal de tiers-lieu : vérifiez le chemin ; rien n'y a été écrit."
_READ_ONLY = (
    "« {path} » est en lecture seule : rendez le fichier et son dossier inscriptibles, ou travaillez sur une copie."
)
_BUSY = (
    "« {path} » est occupé depuis plus de {wait} s par un autre programme : attendez qu'il ait fini, ou fermez-le, puis"
    " recommencez. Rien n'a été enregistré."
)
_DAMAGED = "« {path} » est abîmé ({error}) : n'y écrivez plus, et repartez de la dernière sauvegarde."
_OTHER = "« {path} » ne peut pas être utilisé ({error}). Rien n'a été confirmé : recommencez avec la même clé."
_FULL = "Le disque de « {path} » est plein : libérez de la place, puis recommencez. Rien n'a été enregistré."
_REFUSED = (
    "Le disque de « {path} » a refusé une lecture ou une écriture ({error}) : vérifiez-le, puis recommencez avec la"
    " même clé. Rien n'a été confirmé."
)
_TROUBLES = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,  # so many readers and writers that it gave up
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_NOTADB: _NOT_OURS,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN: "« {path} » ne s'ouvre pas ({error}) : vérifiez le chemin et les droits du dossier.",
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _REFUSED,
}
