"""The registers of a journal, kept in a file beside it: ``quai.db.registres``. It can be deleted at any time.

It holds nothing that the journal does not: a row is folded facts, and what is sealed there is sealed here. One table
a register, in the order in which its keys came; the position that it was folded to changes in the same transaction.
"""

# ruff: noqa: S608 - texts are put together from declared names, quoted; every value is a bound parameter
from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Final

from tierslieu_core.kernel.shelves import Line, Place, Plan, Scalar, Unshelved

APPLICATION_ID: Final = int.from_bytes(b"TLre", "big")
"""The mark of our registers in the header of the SQLite file: never to change."""
VERSION: Final = 1
_SCHEMA: Final = (
    (
        "CREATE TABLE IF NOT EXISTS registres (nom TEXT PRIMARY KEY, declaration TEXT NOT NULL,"
        " position INTEGER NOT NULL, temoin BLOB NOT NULL) WITHOUT ROWID"
    ),
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)
_SPOILT: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}


class Registres:
    """The file of a journal's registers. Threads share it; a process that was forked does not use it."""

    def __init__(self, journal: str, wait_s: float) -> None:
        self._journal, self._path = Path(journal), Path(f"{journal}.registres")
        self._wait_s, self._process = wait_s, os.getpid()
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._spoilt = False

    def reading(self, plan: Plan) -> AbstractContextManager[Etagere]:
        """See ``Shelves``."""
        return self._transaction("BEGIN", plan)

    def writing(self, plan: Plan) -> AbstractContextManager[Etagere]:
        """See ``Shelves``."""
        return self._transaction("BEGIN IMMEDIATE", plan)

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._disconnect()

    @contextmanager
    def _transaction(self, begin: str, plan: Plan) -> Iterator[Etagere]:
        with self._lock:
            if self._spoilt or os.getpid() != self._process:
                raise Unshelved
            try:
                connection = self._connection = self._connection or self._opened()
                connection.execute(begin)
                yield Etagere(connection, plan)
                connection.execute("COMMIT")
            except (sqlite3.Error, OSError, OverflowError, UnicodeError) as error:
                self._give_up(error)
                raise Unshelved from error
            finally:
                if self._connection is not None and self._connection.in_transaction:
                    self._connection.rollback()

    def _opened(self) -> sqlite3.Connection:
        """A connection; the file is made readable by those who can read the journal, and nobody else."""
        with suppress(FileExistsError):
            mode = self._journal.stat().st_mode & 0o666
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode))
        target = f"{self._path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(
            target, timeout=self._wait_s, isolation_level=None, check_same_thread=False, uri=True
        )
        try:
            _settle(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _give_up(self, error: Exception) -> None:
        """After a spoilt file, the registers are folded until the journal is opened again; then it is made anew."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
        if code in _SPOILT:
            self._spoilt = True
            self._disconnect()
            for end in ("-wal", "-shm", ""):  # the WAL first: it must never be taken for that of a new file
                with suppress(OSError):
                    Path(f"{self._path}{end}").unlink()

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Etagere:
    """One register's table: see ``Shelf``."""

    def __init__(self, connection: sqlite3.Connection, plan: Plan) -> None:
        self._connection, self._plan = connection, plan
        self._table, self._columns = _name(f"lignes {plan.nom}"), [_name(f"c {c}") for c in plan.columns]

    @property
    def place(self) -> Place | None:
        """See ``Shelf``."""
        text = "SELECT declaration, position, temoin FROM registres WHERE nom = ?"
        found = self._connection.execute(text, (self._plan.nom,)).fetchone()
        return Place(*found) if found else None

    def line(self, cle: str) -> bytes | None:
        """See ``Shelf``."""
        found = self._connection.execute(f"SELECT ligne FROM {self._table} WHERE cle = ?", (cle,)).fetchone()
        return found[0] if found else None

    def lines(
        self, equal: Mapping[str, Scalar], tri: str | None = None, limite: int | None = None
    ) -> list[tuple[str, bytes]]:
        """See ``Shelf``."""
        if limite is None or tri is None:
            found = self._found(equal, "", "", limite)
        else:
            column, back = _name(f"c {tri.removeprefix('-')}"), " DESC" if tri.startswith("-") else ""
            found = self._found(equal, f" AND {column} IS NOT NULL", f"{column}{back}, ", limite)
            if len(found) < limite:
                found += self._found(equal, f" AND {column} IS NULL", "", limite - len(found))
        if self._plan.varies is not None and (equal or limite is not None):
            found += self._found({}, " AND varie", "", None)
        return [(cle, ligne) for _, cle, ligne in sorted(set(found))]

    def replace(self, lines: Iterable[Line], place: Place) -> None:
        """See ``Shelf``. The indexes last: they are then built at once, from sorted keys."""
        columns = "".join(f", {column}" for column in self._columns)
        run = self._connection.execute
        run(f"DROP TABLE IF EXISTS {self._table}")
        run(f"CREATE TABLE {self._table} (ordre INTEGER PRIMARY KEY, cle TEXT, ligne BLOB, varie INTEGER{columns})")
        self._write(lines, "")
        run(f"CREATE UNIQUE INDEX {_name(f'cle {self._plan.nom}')} ON {self._table} (cle)")
        if self._plan.varies is not None:
            run(f"CREATE INDEX {_name(f'{self._plan.nom} qui varient')} ON {self._table} (ordre) WHERE varie")
        for index in self._plan.index:
            named, of = _name(f"{self._plan.nom} par {', '.join(index)}"), ", ".join(_name(f"c {c}") for c in index)
            run(f"CREATE INDEX {named} ON {self._table} ({of})")
        self._reach(place)

    def change(self, gone: Iterable[str], lines: Iterable[Line], place: Place) -> None:
        """See ``Shelf``."""
        self._connection.executemany(f"DELETE FROM {self._table} WHERE cle = ?", [(cle,) for cle in gone])
        updated = ", ".join(f"{column} = excluded.{column}" for column in ("ligne", "varie", *self._columns))
        self._write(lines, f" ON CONFLICT (cle) DO UPDATE SET {updated}")
        self._reach(place)

    def _found(
        self, equal: Mapping[str, Scalar], also: str, first: str, limite: int | None
    ) -> list[tuple[int, str, bytes]]:
        same = "".join(f" AND {_name(f'c {c}')} {'IS NULL' if v is None else '= ?'}" for c, v in equal.items())
        text = f"SELECT ordre, cle, ligne FROM {self._table} WHERE 1{same}{also} ORDER BY {first}ordre LIMIT ?"
        values = [v for v in equal.values() if v is not None]
        return self._connection.execute(text, (*values, -1 if limite is None else limite)).fetchall()

    def _write(self, lines: Iterable[Line], otherwise: str) -> None:
        names = ", ".join(("cle", "ligne", "varie", *self._columns))
        marks = ", ".join("?" * (3 + len(self._columns)))
        text = f"INSERT INTO {self._table} ({names}) VALUES ({marks}){otherwise}"
        rows = ((cle, ligne, varies, *values) for cle, ligne, values, varies in lines)
        self._connection.executemany(text, rows)

    def _reach(self, place: Place) -> None:
        values = (self._plan.nom, place.declaration, place.position, place.temoin)
        self._connection.execute("INSERT OR REPLACE INTO registres VALUES (?, ?, ?, ?)", values)


def _settle(connection: sqlite3.Connection) -> None:
    """A file of ours, and no other; nothing in it needs to survive a power cut, only to be whole after it."""
    tables, version, mark = (
        connection.execute(question).fetchone()[0]
        for question in ("SELECT count(*) FROM sqlite_master", "PRAGMA user_version", "PRAGMA application_id")
    )
    if (mark, version) != (APPLICATION_ID, VERSION) and (tables or version or mark):
        raise Unshelved
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if not tables:
        connection.execute("BEGIN IMMEDIATE")
        for statement in _SCHEMA:
            connection.execute(statement)
        connection.execute("COMMIT")


def _name(name: str) -> str:
    """An identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'
