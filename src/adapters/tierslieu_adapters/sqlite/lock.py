"""One writer at a time between processes, each served in its turn."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import ExitStack, suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

if sys.platform != "win32":
    from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock

if TYPE_CHECKING:
    from types import TracebackType


class Queue:
    """The queue of those who write to the journal ``path``.

    It is a comfort: ``BEGIN IMMEDIATE`` alone keeps writers apart. But SQLite makes those who wait sleep for longer and
    longer, so one of eight processes can be served a hundred times while another never is. Where files cannot be
    locked, there is no queue, and nothing is said.
    """

    def __init__(self, path: str, wait_s: float, undo: ExitStack) -> None:
        self._path = path
        self._wait_s = wait_s
        self._turn = _turn_beside(path)
        undo.callback(self._close)

    def __enter__(self) -> None:
        """Wait for our turn; when it does not come, go on all the same: SQLite's own lock then says who is busy."""
        turn, came = self._turn, False
        if turn is None:
            return
        try:
            came = turn.comes_at_once() or turn.comes_within(self._wait_s)
        finally:
            if not came:  # interrupted too: a turn must not come to somebody who has left
                self._turn = None
                turn.give_up()
                self._turn = _turn_beside(self._path)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._turn is not None:
            self._turn.end()

    def _close(self) -> None:
        if self._turn is not None:
            self._turn.close()
            self._turn = None


def _turn_beside(path: str) -> _Turn | None:
    if sys.platform != "win32":
        with suppress(OSError):
            return _Turn(path)
    return None


class _Turn:
    """Two locks on two side files: the next one holds the door while it waits for the lock.

    Whoever has just written finds the door held: it cannot write again before those who were waiting. The files stay
    on the disk: were one removed, two processes could each hold "the" lock.
    """

    def __init__(self, path: str) -> None:
        self._asked: SimpleQueue[str] = SimpleQueue()
        self._came: SimpleQueue[None] = SimpleQueue()
        self._deciding = threading.Lock()
        self._waiting = self._given_up = False
        self._thread: threading.Thread | None = None
        # Read only: whoever may read the journal can then queue, whatever the umask of the first who wrote.
        self._door, self._lock = (
            os.open(f"{path}{ending}", os.O_RDONLY | os.O_CREAT, 0o644) for ending in (".porte", ".verrou")
        )
        with ExitStack() as undo:
            undo.callback(self.close)
            flock(self._door, LOCK_UN)  # a disk that has no locks says so now
            undo.pop_all()

    def comes_at_once(self) -> bool:
        try:
            flock(self._door, LOCK_EX | LOCK_NB)
            flock(self._lock, LOCK_EX | LOCK_NB)  # if it is taken, we keep the door: we are the next
            flock(self._door, LOCK_UN)
        except OSError as refused:
            return not isinstance(refused, BlockingIOError)  # any other trouble: go on without
        return True

    def comes_within(self, wait_s: float) -> bool:
        """``flock`` has no time limit: a thread waits for it, always the same one, and we wait for the thread."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._wait, name="verrou", daemon=True)
            self._thread.start()
        self._waiting = True
        self._asked.put("turn")
        with suppress(Empty):
            self._came.get(timeout=wait_s)
            self._waiting = False
        return not self._waiting

    def end(self) -> None:
        with suppress(OSError):
            flock(self._lock, LOCK_UN)

    def give_up(self) -> None:
        """Close the files, which gives the locks back, now if the turn has just come, else when it does."""
        with self._deciding:
            self._given_up = True
            if not self._waiting or not self._came.empty():
                self.close()

    def close(self) -> None:
        self._asked.put("end")
        os.close(self._door)
        os.close(self._lock)

    def _wait(self) -> None:
        while self._asked.get() == "turn":
            with suppress(OSError):  # then the turn comes all the same: SQLite's own lock decides
                flock(self._door, LOCK_EX)
                flock(self._lock, LOCK_EX)
                flock(self._door, LOCK_UN)
            with self._deciding:
                if self._given_up:
                    self.close()
                self._came.put(None)
