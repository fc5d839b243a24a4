"""One writer at a time between processes, each served in its turn."""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: SQLite's own lock alone decides there, less fairly
    fcntl = None  # type: ignore[assignment] # the absence of the module is the value tested below

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


class Queue:
    """A lock on a side file, taken before SQLite's own.

    SQLite makes writers that wait sleep for longer and longer, so one of eight processes can be served a hundred
    times while another never is; ``flock`` wakes them at once. It is a comfort: where it cannot be had, nothing
    breaks, since ``BEGIN IMMEDIATE`` alone keeps the writers apart.
    """

    def __init__(self, path: str, wait_s: float, undo: ExitStack) -> None:
        self._path = path
        self._wait_s = wait_s
        self._file = self._open()
        undo.callback(self._close)

    def __enter__(self) -> None:
        """Wait for our turn; ``TimeoutError`` when it does not come."""
        if self._file is None or fcntl is None:
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait(partial(fcntl.flock, self._file, fcntl.LOCK_EX), self._file)
        except OSError:  # this file system has no flock
            self._close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None and fcntl is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _wait(self, lock: Callable[[], None], file: int) -> None:
        """``flock`` has no time limit of its own: a thread waits for it, and we wait for the thread.

        Polling instead would give the place to whoever asks at the right instant, most often the one that leaves.
        """
        turn = _Turn(lock, partial(os.close, file))
        came = False
        try:
            came = turn.came.wait(self._wait_s)
        finally:
            if not came:  # interrupted too: the turn must not come to somebody who has left
                turn.give_up()
                self._file = self._open()
        if not came:
            raise TimeoutError

    def _open(self) -> int | None:
        # Read only: whoever may read the journal can then queue, whatever the umask of the first who wrote.
        with suppress(OSError):
            return os.open(self._path, os.O_RDONLY | os.O_CREAT, 0o644)
        return None

    def _close(self) -> None:
        """Leave the file on the disk: were it removed, two processes could each hold "the" lock."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class _Turn:
    """A lock waited for in a thread of its own, so that one can give up."""

    def __init__(self, lock: Callable[[], None], give_back: Callable[[], None]) -> None:
        self.came = threading.Event()
        self._lock = lock
        self._give_back = give_back
        self._deciding = threading.Lock()
        self._given_up = False
        threading.Thread(target=self._wait, name="verrou", daemon=True).start()

    def give_up(self) -> None:
        """Give the lock back now if it has just come, else as soon as it does."""
        with self._deciding:
            self._given_up = True
            if self.came.is_set():
                self._give_back()

    def _wait(self) -> None:
        with suppress(OSError):  # then the turn comes all the same: SQLite's own lock decides
            self._lock()
        with self._deciding:
            if self._given_up:
                self._give_back()
            self.came.set()
