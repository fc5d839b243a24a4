"""The ports: what the kernel asks of a store and of a vault.

Any ``DCBRecorder`` of ``eventsourcing`` is a store. One that also offers ``select`` and ``scan`` is faster;
the functions at the foot of this file do the same work with any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeGuard, runtime_checkable

import msgspec
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from tierslieu_core.kernel.fields import once

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.personal import Efface, Scelle


class Row(msgspec.Struct, frozen=True):
    """One stored fact as it lies in the journal: its bytes are never touched."""

    position: int
    type: str
    data: bytes


class Selection(msgspec.Struct, frozen=True):
    """Facts of any of ``types`` that carry any of ``tags``, after a position; ``last``: only the latest of them all.

    ``aussi``: one more tag, that they carry as well.
    """

    types: tuple[str, ...]
    tags: tuple[str, ...]
    after: int = 0
    last: bool = False
    aussi: str = ""


@runtime_checkable
class Selecting(Protocol):
    """Optional capabilities of a store."""

    def select(self, selections: Sequence[Selection], up_to: int | None = None) -> tuple[list[list[Row]], int]:
        """Every selection's rows in order of position, and the head (0 when empty), all in one snapshot.

        ``up_to``: ignore what lies after that position.
        """
        ...

    def scan(self, types: Sequence[str] | None = None, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """All rows of these types (``None``: of all types) in order of position, without their tags."""
        ...


class Vault(Protocol):
    """Where personal values are sealed and opened."""

    def digest(self, content: bytes) -> str:
        """A keyed HMAC-SHA-256 of ``content``, 32 hexadecimal characters."""
        ...

    def seal(self, text: str, *, person: str, retention: str, key: str, field: str) -> Scelle:
        """``text`` under the key of that person and retention class; that key is durable when this returns."""
        ...

    def open(self, sealed: Scelle) -> str | Efface | Scelle:
        """The text; ``Efface`` if its key was destroyed; the same ``Scelle`` if this reader holds no key for it."""
        ...

    def index(self, person: str, text: str) -> None:
        """Let ``person`` be found by the words of ``text``."""
        ...

    def search(self, text: str) -> list[str]:
        """Persons one of whose words starts with each word of ``text`` (case and accents do not count)."""
        ...


def query_of(selections: Sequence[Selection]) -> DCBQuery:
    """The same selections as a DCB query: one item per tag, each naming its types."""
    items = []
    for s in selections:
        types, also = list(s.types), [s.aussi] if s.aussi else []
        items += [DCBQueryItem(types, [tag, *also]) for tag in (s.tags if len(s.tags) == 1 else dict.fromkeys(s.tags))]
    return DCBQuery(items)


class Unless(DCBQuery):
    """The same, put together only if the store asks what is in it: most demands find that nothing else has come."""

    def __init__(self, selections: Sequence[Selection]) -> None:
        self._selections = selections

    @property
    def items(self) -> list[DCBQueryItem]:  # type: ignore[override]  # a condition's query is never written to
        """One item per tag."""
        return query_of(self._selections).items


def select(
    recorder: DCBRecorder, selections: Sequence[Selection], up_to: int | None = None
) -> tuple[list[list[Row]], int]:
    """``Selecting.select`` on any store."""
    if _selects(recorder):
        return recorder.select(selections, up_to)
    head = up_to if up_to is not None else head_of(recorder)
    return [_read(recorder, s, head) for s in selections], head


def scan(
    recorder: DCBRecorder, types: Sequence[str] | None = None, after: int = 0, up_to: int | None = None
) -> Iterator[Row]:
    """``Selecting.scan`` on any store."""
    if _selects(recorder):
        yield from recorder.scan(types, after, up_to)
        return
    wanted = None if types is None else frozenset(types)
    for found in recorder.read(after=after):
        if up_to is not None and found.position > up_to:
            return
        if wanted is None or found.event.type in wanted:
            yield Row(found.position, found.event.type, found.event.data)


def head_of(recorder: DCBRecorder) -> int:
    """The last position of the journal, 0 when it is empty."""
    if _selects(recorder):
        return recorder.select(())[1]
    nothing = recorder.read(query_of([Selection(("",), ("",))]))
    list(nothing)  # a response is sure of its head once it was read to the end
    return nothing.head or 0


def _selects(recorder: object) -> TypeGuard[Selecting]:
    return _offers(type(recorder))


@once
def _offers(kind: type) -> bool:  # a Protocol's ``isinstance`` takes 3 µs
    return issubclass(kind, Selecting)


def _read(recorder: DCBRecorder, selection: Selection, head: int) -> list[Row]:
    if not selection.tags:
        return []
    found = recorder.read(query_of([selection]), after=selection.after or None)
    rows = [Row(f.position, f.event.type, f.event.data) for f in found if f.position <= head]
    return rows[-1:] if selection.last else rows
