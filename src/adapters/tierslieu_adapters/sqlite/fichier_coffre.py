"""The vault's file: what it must be, and what to do when it is not.

A rollback journal, truncated at each commit, rather than a WAL: what was destroyed lies in no second file.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Final

from tierslieu_core.integrite.magasin import CoffreIllisible
from tierslieu_core.kernel.errors import VersionFuture

APPLICATION_ID: Final = int.from_bytes(b"TLco", "big")
"""The mark of our vaults in the header of the SQLite file: never to change."""
VERSION: Final = 1

_WAIT_S: Final = 30.0
_SETTINGS: Final = {
    "journal_mode": "truncate",
    "synchronous": 2,  # FULL
    "secure_delete": 1,
    "fullfsync": 1,  # macOS alone: its fsync leaves the bytes in the disk's own memory
    "temp_store": 2,  # the copy that VACUUM makes stays in memory
}
# `cles` has rowids, and only grows at its end: no page is ever split with a wrapped key on it, to leave a copy behind.
_SCHEMA: Final = (
    "CREATE TABLE gardes (nom TEXT PRIMARY KEY, valeur BLOB NOT NULL) WITHOUT ROWID",
    (
        "CREATE TABLE cles (personne TEXT NOT NULL, conservation TEXT NOT NULL, version INTEGER NOT NULL,"
        " boite BLOB NOT NULL, UNIQUE (personne, conservation, version))"
    ),
    "CREATE TABLE oublis (personne TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE entrees (empreinte BLOB, personne TEXT, PRIMARY KEY (empreinte, personne)) WITHOUT ROWID",
    "CREATE INDEX entrees_de ON entrees (personne)",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to a vault that is known to be one, and to be kept durably; ``create`` makes it if it is blank."""
    target = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    try:
        connection = sqlite3.connect(target, uri=True, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        try:
            _settle(connection, path, create=create)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise unreadable(path, error) from error
    return connection


def unreadable(path: Path, error: sqlite3.Error) -> CoffreIllisible:
    """The same trouble, said to the person who can end it."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    text = _TROUBLES.get(code & 0xFF, _OTHER)  # the low byte is the family of the error
    return CoffreIllisible(text.format(path=path, error=error))


def _settle(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    if not (create and _blank(connection)):
        _identify(connection, path)  # before anything is changed in a file that is not ours
    for name, wanted in _SETTINGS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        if (found := _pragma(connection, name)) != wanted:
            raise CoffreIllisible(
                f"Ce SQLite ne peut pas tenir le coffre {path} sans risque ({name} vaut {found} au lieu de {wanted}) : "
                "mettez le coffre sur un disque local, ou utilisez un autre Python."
            )
    if create:
        connection.execute("BEGIN IMMEDIATE")
        if _blank(connection):  # asked again under the lock: another program may just have made it
            for statement in _SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")


def _identify(connection: sqlite3.Connection, path: Path) -> None:
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise CoffreIllisible(_NOT_OURS.format(path=path))
    if _pragma(connection, "user_version") > VERSION:
        raise VersionFuture(
            f"Le coffre {path} a été écrit par une version plus récente de tierslieu_core : mettez la bibliothèque à "
            "jour, puis recommencez. Rien n'y a été changé."
        )


def _blank(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _pragma(connection: sqlite3.Connection, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


_NOT_OURS = "{path} n'est pas un coffre de tiers-lieu : remettez à cette place le vrai, ou sa dernière copie."
_OTHER = "Le coffre {path} ne peut pas être utilisé ({error}) : vérifiez le disque, puis recommencez."
_TROUBLES = {
    sqlite3.SQLITE_BUSY: "Le coffre {path} est occupé par un autre programme : fermez-le, puis recommencez.",
    sqlite3.SQLITE_READONLY: "Le coffre {path} est en lecture seule : rendez le fichier et son dossier inscriptibles.",
    sqlite3.SQLITE_CANTOPEN: "Le coffre {path} ne s'ouvre pas : vérifiez que son dossier existe, et vos droits.",
    sqlite3.SQLITE_FULL: "Le disque du coffre {path} est plein : libérez de la place, puis recommencez.",
    sqlite3.SQLITE_CORRUPT: "Le coffre {path} est abîmé : n'y écrivez plus, et remettez à sa place sa dernière copie.",
    sqlite3.SQLITE_NOTADB: _NOT_OURS,
}
