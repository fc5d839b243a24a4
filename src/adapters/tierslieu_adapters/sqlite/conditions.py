"""DCB queries: what a condition forbids, and what ``read`` gives.

An item is compiled to one search of the index; items of one tag that share their types become a single one, so
that the 366 days of a long booking cost one search, not 366.
"""

# ruff: noqa: S608 - texts are put together from constants of ours; every value is a bound parameter
from __future__ import annotations

import json
from typing import TYPE_CHECKING

from eventsourcing.dcb.api import DCBReadResponse

from tierslieu_adapters.sqlite.queries import index, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from sqlite3 import Connection

    from eventsourcing.dcb.api import DCBAppendCondition, DCBQuery, DCBSequencedEvent

# The first tag drives; the index is asked whether the event carries the others. Parameter: JSON of these.
_AND_OTHERS = (
    " AND NOT EXISTS (SELECT 1 FROM json_each(?) o WHERE NOT EXISTS"
    " (SELECT 1 FROM tags u WHERE u.tag = o.value AND u.type = t.type AND u.position = t.position))"
)
_OF_TYPES = "events t WHERE t.type IN (SELECT value FROM json_each(?)) AND t.position > ? AND t.position <= ?"
_ROWS = "SELECT position, type, tags, data FROM events WHERE position"
_RANGE = f"{_ROWS} BETWEEN ? AND ?"
_LIST = f"{_ROWS} IN (SELECT value FROM json_each(?)) ORDER BY position"

Search = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A FROM and WHERE, with the parameters that come before and after the two bounds of its range."""


def conflicts(connection: Connection, condition: DCBAppendCondition, head: int) -> bool:
    """Whether something that the condition forbids was recorded after what its author had read."""
    after = condition.after or 0
    if head <= after:  # nothing at all was: the common case, and the query need not even be compiled
        return False
    searches = _searches(condition.fail_if_events_match)
    return searches is None or any(
        connection.execute(f"SELECT EXISTS (SELECT 1 FROM {source})", (*before, after, head, *behind)).fetchone()[0]
        for source, before, behind in searches
    )


def positions(
    connection: Connection, query: DCBQuery | None, after: int, up_to: int, limit: int | None
) -> Sequence[int]:
    """Where the events that match are, in order; a ``range`` when all do, since positions have no gap."""
    searches = None if query is None else _searches(query)
    if searches is None:
        return range(after + 1, up_to + 1)[:limit]
    found: set[int] = set()
    for source, before, behind in searches:
        text = f"SELECT DISTINCT t.position FROM {source} ORDER BY t.position LIMIT ?"
        bounds = (after, up_to, *behind, -1 if limit is None else limit)
        found.update(position for (position,) in connection.execute(text, (*before, *bounds)))
    return sorted(found)[:limit]


def events_at(connection: Connection, wanted: Sequence[int]) -> list[tuple[int, str, str, bytes]]:
    """Position, type, tags and data of the events at these positions, which are in order."""
    if wanted[-1] - wanted[0] == len(wanted) - 1:  # all in a row: twice as fast
        return connection.execute(_RANGE, (wanted[0], wanted[-1])).fetchall()
    return connection.execute(_LIST, (json.dumps(list(wanted)),)).fetchall()


def _searches(query: DCBQuery) -> list[Search] | None:
    """``None`` when every event matches."""
    alone: dict[tuple[str, ...], list[str]] = {}
    searches: list[Search] = []
    items = query.items  # asked for once: the kernel puts them together when they are
    for item in items:
        types, tags = tuple(dict.fromkeys(item.types)), tuple(dict.fromkeys(item.tags))
        if len(tags) == 1:
            alone.setdefault(types, []).append(tags[0])
        elif tags:
            search = index(len(types), many=False) + _AND_OTHERS
            searches.append((search, (*types, tags[0]), (json_of(tags[1:]),)))
        elif types:
            searches.append((_OF_TYPES, (json_of(types),), ()))
        else:
            return None
    searches += [(index(len(types), many=True), (*types, json_of(tuple(tags))), ()) for types, tags in alone.items()]
    return searches if items else None


class Found(DCBReadResponse):
    """Events as they are asked for, and a head known from the start."""

    def __init__(self, events: Iterator[DCBSequencedEvent], head: int | None) -> None:
        self._events = events
        self._head = head

    @property
    def head(self) -> int | None:
        """The position that was the last when they were looked for."""
        return self._head

    def __next__(self) -> DCBSequencedEvent:
        return next(self._events)
