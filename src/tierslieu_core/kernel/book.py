"""The rulebook and mandates, brought up to date with each demand rather than read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from threading import RLock
from typing import TYPE_CHECKING

import attrs

from tierslieu_core.kernel.ports import Row, Selection, select

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBEvent, DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.decisions import Livre


@attrs.frozen(eq=False)
class Opened:
    """One snapshot of the journal: the rulebook at ``head``, other rows, and all that was looked at to get them."""

    livre: Livre
    rows: list[list[Row]]
    head: int
    seen: list[Selection]


class Book:
    """The rulebook at some position. Threads share it: what was given to one never moves under it."""

    def __init__(self, recorder: DCBRecorder, catalogue: Catalogue, blank: Callable[[], Livre]) -> None:
        self._recorder, self._catalogue, self._blank = recorder, catalogue, blank
        self._livre, self._at = blank(), 0
        self._tag, self._types = self._livre.etiquette, catalogue.types(self._livre.faits)
        self._lock = RLock()

    def open(self, more: Sequence[Selection] = ()) -> Opened:
        """The rulebook at the head, with other selections of the same snapshot."""
        with self._lock:
            news = Selection(self._types, (self._tag,), self._at)
            (rows, *others), head = select(self._recorder, [news, *more])
            if rows:
                livre = deepcopy(self._livre)  # another thread may be deciding by the old one
                for row in rows:
                    livre.applique(*self._catalogue.read(row))
                self._livre = livre
            self._at = head
            return Opened(self._livre, others, head, [news, *more])

    def wrote(self, opened: Opened, events: Sequence[DCBEvent], last: int) -> None:
        """Our own facts followed the snapshot at once and are not of the rulebook: no need to look for news in them."""
        with self._lock:
            alone = self._at == opened.head == last - len(events)
            if alone and not any(self._tag in event.tags for event in events):
                self._at = last

    def forget(self) -> None:
        """Begin again from a blank book."""
        with self._lock:
            self._livre, self._at = self._blank(), 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other thread's demands waiting: a batch is decided on facts that the others cannot see yet."""
        with self._lock:
            yield
