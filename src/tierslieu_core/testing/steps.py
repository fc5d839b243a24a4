"""Anything that can be asked of a store, drawn by hypothesis, to compare it with a model step by step."""

from __future__ import annotations

from typing import Protocol

import attrs
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem, DCBRecorder, DCBSequencedEvent
from eventsourcing.persistence import IntegrityError
from hypothesis import strategies as st

from tierslieu_core.kernel.ports import Row, Selection, head_of, scan, select


class Step(Protocol):
    """Something asked of a store; its answer compares with ``==``."""

    def on(self, recorder: DCBRecorder) -> object:
        """What the store answers."""
        ...


@attrs.frozen
class Append:
    """A conditional append; the answer to a conflict is that there was one."""

    events: list[DCBEvent]
    condition: DCBAppendCondition | None

    def on(self, recorder: DCBRecorder) -> int | str:
        """The last position, or "conflict"."""
        try:
            return recorder.append(self.events, self.condition)
        except IntegrityError:
            return "conflict"


@attrs.frozen
class Read:
    """A read of the interface, with its head."""

    query: DCBQuery | None
    after: int | None
    limit: int | None

    def on(self, recorder: DCBRecorder) -> tuple[list[DCBSequencedEvent], int | None]:
        """The events, and the head."""
        found = recorder.read(self.query, after=self.after, limit=self.limit)
        return list(found), found.head


@attrs.frozen
class Select:
    """What a demand reads: several selections in one snapshot."""

    selections: list[Selection]
    up_to: int | None

    def on(self, recorder: DCBRecorder) -> tuple[list[list[Row]], int]:
        """The rows of each, and the head."""
        return select(recorder, self.selections, _within(recorder, self.up_to))


@attrs.frozen
class Scan:
    """What a register reads: all the facts of its types."""

    types: list[str] | None
    after: int
    up_to: int | None

    def on(self, recorder: DCBRecorder) -> list[Row]:
        """The rows."""
        return list(scan(recorder, self.types, self.after, _within(recorder, self.up_to)))


def kernel_steps() -> st.SearchStrategy[list[Step]]:
    """What the kernel asks: each item names at least a type and a tag."""
    return _steps(at_least=1)


def steps() -> st.SearchStrategy[list[Step]]:
    """All that the interface of ``eventsourcing`` allows: items without type or tag too, and queries without items."""
    return _steps(at_least=0)


# Few tags and types, and a journal that is not empty at first: most questions then find something.
_TAGS = st.sampled_from(["a", "b", "é \"\\ '%_"])
_TYPES = st.sampled_from(["prets.ObjetPrete@2", "prets.ObjetPrete", "T"])
_EVENTS = st.builds(DCBEvent, _TYPES, st.binary(max_size=3), st.lists(_TAGS, max_size=3))
_FIRST = st.builds(Append, st.lists(_EVENTS, min_size=3, max_size=8), st.none())
_POSITIONS = st.sampled_from([0, 0, 0, 1, 2, 5, 12])


def _steps(at_least: int) -> st.SearchStrategy[list[Step]]:
    types, tags = st.lists(_TYPES, min_size=at_least, max_size=3), st.lists(_TAGS, min_size=at_least, max_size=3)
    queries = st.builds(DCBQuery, st.lists(st.builds(DCBQueryItem, types, tags), min_size=at_least, max_size=3))
    after = st.none() | _POSITIONS
    appends = st.builds(
        Append, st.lists(_EVENTS, min_size=1, max_size=3), st.none() | st.builds(DCBAppendCondition, queries, after)
    )
    reads = st.builds(Read, st.none() | queries, after, st.none() | st.integers(0, 4))
    selection = st.builds(Selection, types.map(tuple), tags.map(tuple), _POSITIONS, st.booleans())
    selects = st.builds(Select, st.lists(selection, min_size=1, max_size=3), st.none() | _POSITIONS)
    scans = st.builds(Scan, st.none() | types, _POSITIONS, st.none() | _POSITIONS)
    return st.builds(
        lambda first, then: [first, *then], _FIRST, st.lists(appends | reads | selects | scans, max_size=12)
    )


def _within(recorder: DCBRecorder, up_to: int | None) -> int | None:
    """A bound beyond the head is asked of no store: what its head then is, is not agreed upon."""
    return None if up_to is None else min(up_to, head_of(recorder))
