"""A connection to the journal's file, and what holds it whole."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Self

from tierslieu_adapters.sqlite import opening
from tierslieu_core.kernel.errors import JournalIllisible

if TYPE_CHECKING:
    from types import TracebackType


class Link:
    """One connection, held by one thread at a time; nothing stays half done in it, whatever was raised."""

    def __init__(self, path: str, wait_s: float, undo: ExitStack) -> None:
        self.lock = threading.Lock()
        self._path = path
        self._wait_s = wait_s
        self._process = os.getpid()
        try:
            self._connection = opening.connect(path, wait_s)
        except sqlite3.Error as error:
            raise opening.unreadable(path, error, wait_s) from error
        undo.callback(self._connection.close)

    def taken(self) -> Self:
        """Hold it, when no other thread does any more; ``with`` then gives the connection, and lets go of it."""
        self._check_process()
        self.lock.acquire()
        return self

    def taken_at_once(self) -> Self | None:
        """Hold it if it is free."""
        self._check_process()
        return self if self.lock.acquire(blocking=False) else None

    def __enter__(self) -> sqlite3.Connection:
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is not None:
                with suppress(sqlite3.Error):  # the first error is the one to tell
                    self._connection.rollback()
        finally:
            self.lock.release()
        if isinstance(error, sqlite3.Error):
            raise opening.unreadable(self._path, error, self._wait_s) from error

    def _check_process(self) -> None:
        if os.getpid() != self._process:  # SQLite's locks do not survive a fork: two writers would spoil the file
            raise JournalIllisible(f"« {self._path} » a été ouvert par un autre processus : ouvrez-le dans celui-ci.")
