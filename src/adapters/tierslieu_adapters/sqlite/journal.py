"""The journal in one SQLite file: the default store of a place.

Tables: ``events(position, type, tags, data)`` and its index ``tags(tag, type, position)``. Positions are 1, 2, 3…
without a gap, and a row never changes: what lies at or before a known head can be read in several steps and is
still one snapshot. There is no index on types alone: every lecture names a tag, and each index costs every writer.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from eventsourcing.dcb.api import DCBEvent, DCBRecorder, DCBSequencedEvent
from eventsourcing.persistence import IntegrityError, ProgrammingError

from tierslieu_adapters.sqlite import conditions, opening, queries
from tierslieu_adapters.sqlite.following import Following
from tierslieu_adapters.sqlite.link import Link
from tierslieu_adapters.sqlite.lock import Queue
from tierslieu_adapters.sqlite.opening import MEMORY
from tierslieu_adapters.sqlite.registres import Registres

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from eventsourcing.dcb.api import DCBAppendCondition, DCBQuery, DCBReadResponse

    from tierslieu_adapters.sqlite.opening import Synchronous
    from tierslieu_core.kernel.ports import Row, Selection

_PAGE = 1000


class SqliteRecorder(DCBRecorder):
    """A store of facts in the file ``path``, or in memory (``":memory:"`` or ``"memory:"``).

    Threads may share it; processes each open their own. ``synchronous`` is for benchmarks: anything but ``FULL``
    loses confirmed facts when the power is cut. ``wait_s``: how long to wait for another writer.
    ``create=False`` refuses a file that does not exist. Every trouble is a ``JournalIllisible`` or ``VersionFuture``.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] = MEMORY,
        *,
        synchronous: Synchronous = "FULL",
        wait_s: float = 10.0,
        create: bool = True,
    ) -> None:
        name = os.fspath(path)
        in_memory = name in (MEMORY, "memory:")
        self._path = MEMORY if in_memory else name
        self.listeners: set[threading.Event] = set()
        self._batch: _Batch | None = None
        self._registres = None if in_memory else Registres(name, wait_s)
        if not in_memory:
            opening.check_path(name, create=create)
        with ExitStack() as undo:
            self._main = self._spare = Link(self._path, wait_s, undo)
            self._queue: AbstractContextManager[None] = nullcontext()
            with self._main.taken() as connection:
                opening.identify(connection, self._path)  # before anything is made beside a file that is not ours
                if not in_memory:
                    self._queue = Queue(name, wait_s, undo)
                opening.settle(connection, self._path, synchronous, self._queue)
            if not in_memory:
                self._spare = Link(self._path, wait_s, undo)
                with self._spare.taken() as connection:
                    opening.set_durable(connection, self._path, synchronous)
            self._closing = undo.pop_all()

    def shelves(self) -> Registres | None:
        """See ``Shelving``: registers are kept in a file beside the journal's."""
        return None if self._registres is None or self._mine() is not None else self._registres

    def close(self) -> None:
        """Give the file back; the last to do so empties the WAL into it."""
        if self._registres is not None:
            self._registres.close()
        with self._main.lock, nullcontext() if self._spare is self._main else self._spare.lock:
            self._closing.close()

    def append(self, events: Sequence[DCBEvent], condition: DCBAppendCondition | None = None) -> int:
        """Record all the events, or none: the last position once they are on the disk.

        ``IntegrityError``: something that the condition forbids was recorded in the meantime.
        """
        if not events:
            msg = "nothing to append: give at least one event"
            raise ProgrammingError(msg)
        if (mine := self._mine()) is not None:
            return self._record(mine, events, condition)
        with self._main.taken() as connection, self._queue:  # as `batch` does, without what only several appends need
            try:
                connection.execute("BEGIN IMMEDIATE")
                head = self._record(connection, events, condition)
                connection.execute("COMMIT")
            except BaseException:
                _undo(connection)
                raise
        self._tell()
        return head

    @contextmanager
    def batch(self) -> Iterator[sqlite3.Connection]:
        """Make all the appends of this thread one: on the disk together at the end, or none when anything is raised.

        This thread reads what it has appended meanwhile; others do not, and those that write wait.
        """
        if (mine := self._mine()) is not None:
            yield mine
            return
        with self._main.taken() as connection, self._queue:
            connection.execute("BEGIN IMMEDIATE")
            self._batch = _Batch(threading.get_ident(), connection)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                _undo(connection)
                raise
            finally:
                self._batch = None
        self._tell()

    def select(self, selections: Sequence[Selection], up_to: int | None = None) -> tuple[list[list[Row]], int]:
        """See ``Selecting.select``; the head is never beyond ``up_to``. A selection of no type takes any type."""
        with self._reader() as connection:
            alone = not connection.in_transaction
            if alone:
                connection.execute("BEGIN")  # one read lock for all
            head = queries.head_of(connection)
            if up_to is not None and up_to < head:
                head = up_to
            found = queries.chosen(connection, selections, head)
            if alone:
                connection.execute("COMMIT")
        return found, head

    def scan(self, types: Sequence[str] | None = None, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See ``Selecting.scan``; what is recorded once it has begun is left out.

        By pages, each in a transaction of its own: an open one would keep the WAL from ever being emptied.
        """
        head = self.select((), up_to)[1]
        for start in range(after, head, _PAGE):
            with self._reader() as connection:
                rows = queries.page(connection, types, start, min(start + _PAGE, head))
            yield from rows

    def types(self) -> list[str]:
        """Every stored type that the journal holds: what tells a journal written by a more recent version."""
        with self._reader() as connection:
            return [kind for (kind,) in connection.execute("SELECT DISTINCT type FROM events")]

    def read(
        self, query: DCBQuery | None = None, *, after: int | None = None, limit: int | None = None
    ) -> DCBReadResponse:
        """Events that match, in order, fetched by pages. Head: the journal's; with a limit, the last event's."""
        with self._reader() as connection:
            head = queries.head_of(connection)
            wanted = conditions.positions(connection, query, after or 0, head, limit)
        if limit is not None:
            head = wanted[-1] if wanted else 0
        return conditions.Found(self._events_at(wanted), head or None)

    def subscribe(self, query: DCBQuery | None = None, *, after: int | None = None) -> Following:
        """Events that match, then those to come, from this process or another; blocks while there is none."""
        return Following(self, query, after)

    def _record(
        self, connection: sqlite3.Connection, events: Sequence[DCBEvent], condition: DCBAppendCondition | None
    ) -> int:
        head = queries.head_of(connection)
        if condition is not None and conditions.conflicts(connection, condition, head):
            raise IntegrityError(condition)
        return queries.insert(connection, events, head)

    def _tell(self) -> None:
        for listener in tuple(self.listeners):
            listener.set()

    def _events_at(self, wanted: Sequence[int]) -> Iterator[DCBSequencedEvent]:
        for start in range(0, len(wanted), _PAGE):
            with self._reader() as connection:
                rows = conditions.events_at(connection, wanted[start : start + _PAGE])
            for position, name, tags, data in rows:
                yield DCBSequencedEvent(DCBEvent(name, data, msgspec.json.decode(tags)), position)

    def _reader(self) -> AbstractContextManager[sqlite3.Connection]:
        """The main connection, whose cache is warm; while somebody else writes through it, the spare one."""
        if (mine := self._mine()) is not None:
            return nullcontext(mine)
        return self._main.taken_at_once() or self._spare.taken_at_once() or self._main.taken()

    def _mine(self) -> sqlite3.Connection | None:
        """The connection that this thread's batch holds."""
        batch = self._batch
        return batch.connection if batch is not None and batch.thread == threading.get_ident() else None


def _undo(connection: sqlite3.Connection) -> None:
    """Before the queue moves on: the next one would find SQLite's lock held."""
    with suppress(sqlite3.Error):  # the first error is the one to tell
        connection.rollback()


class _Batch(NamedTuple):
    thread: int
    connection: sqlite3.Connection
