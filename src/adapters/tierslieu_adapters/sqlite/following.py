"""Following the journal: what is recorded, then what comes, whoever writes it."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from eventsourcing.dcb.api import DCBSubscription

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBQuery, DCBSequencedEvent

    from tierslieu_adapters.sqlite.journal import SqliteRecorder

_PAGE = 500
_PERIOD_S = 0.1


class Following(DCBSubscription["SqliteRecorder"]):
    """Wakes at once for what this recorder appends, and within a tenth of a second for other processes.

    It reads in the thread that asks for the next event, so there is no thread to stop nor to fail.
    """

    def __init__(self, recorder: SqliteRecorder, query: DCBQuery | None, after: int | None) -> None:
        super().__init__(recorder, query, after)
        self._waiting: deque[DCBSequencedEvent] = deque()
        self._news = threading.Event()
        recorder.listeners.add(self._news)

    def stop(self) -> None:
        """Wake the thread that waits, if any: its iteration ends."""
        super().stop()
        self._recorder.listeners.discard(self._news)
        self._news.set()

    def __next__(self) -> DCBSequencedEvent:
        while not self._has_been_stopped:
            if self._waiting:
                return self._waiting.popleft()
            self._news.clear()
            if not self._pull():
                self._news.wait(_PERIOD_S)
        raise StopIteration

    def _pull(self) -> bool:
        """Fetch one page; whether the journal had moved."""
        _, head = self._recorder.select(())
        if head <= self._last_position:
            return False
        self._waiting.extend(self._recorder.read(self._query, after=self._last_position, limit=_PAGE))
        if len(self._waiting) == _PAGE:
            head = self._waiting[-1].position
        elif self._waiting:
            head = max(head, self._waiting[-1].position)
        self._last_position = head  # all that lies before was looked at: never read it twice
        return True
