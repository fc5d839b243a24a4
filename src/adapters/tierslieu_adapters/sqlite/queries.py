"""The SQL of the journal: a few texts, prepared once each, whatever is asked.

A text depends on the number of types alone, which the areas fix; several tags travel as one JSON array, so that no
limit on parameters is ever met. ``CROSS JOIN`` fixes the order of the loops (type, tag, then the index), which
SQLite would otherwise guess: a search costs what it finds, at a thousand events as at a million.
"""

# ruff: noqa: S608 - texts are put together from the constants of this file; every value is a bound parameter
from __future__ import annotations

from functools import lru_cache
from itertools import starmap
from typing import TYPE_CHECKING

import msgspec
from eventsourcing.persistence import ProgrammingError

from tierslieu_core.kernel.ports import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

    from eventsourcing.dcb.api import DCBEvent

    from tierslieu_core.kernel.ports import Selection

_COLUMNS = "e.position, e.type, e.data"
_ROW = f"SELECT {_COLUMNS} FROM"
_RANGE = "t.position > ? AND t.position <= ?"
_HEAD = "SELECT max(position) FROM events"
_PAGE = f"{_ROW} events e WHERE e.position > ? AND e.position <= ?"
_CARRIES = "SELECT 1 FROM tags WHERE tag = ? AND type = ? AND position = ?"
_OF_TYPES = " AND e.type IN (SELECT value FROM json_each(?))"
_IN_ORDER = " ORDER BY e.position"
_TOGETHER = 100
"""Parts of one statement: SQLite takes 500 at most."""
_INSERT_EVENT = "INSERT INTO events (position, type, tags, data) VALUES (?, ?, ?, ?)"
_INSERT_TAG = "INSERT INTO tags (tag, type, position) VALUES (?, ?, ?)"


def head_of(connection: Connection) -> int:
    """The last position, 0 in an empty journal."""
    head: int | None = connection.execute(_HEAD).fetchone()[0]
    return head or 0


def chosen(connection: Connection, selections: Sequence[Selection], up_to: int) -> list[list[Row]]:
    """The rows of each selection, in order. No type named means any type, as in a DCB query.

    Those that want the last fact alone, most of what a decision reads, are sought together.
    """
    found: list[list[Row]] = []
    ends: list[tuple[int, str, Selection]] = []
    for n, selection in enumerate(selections):
        if selection.after >= up_to:  # most often the news of a rulebook that is up to date: 10 µs less in each demand
            found.append([])
        elif selection.aussi:
            found.append(_both(connection, selection, up_to))
        elif selection.last:
            found.append([])
            ends += [(n, tag, selection) for tag in selection.tags]
        else:
            found.append(_all(connection, selection, up_to))
    for start in range(0, len(ends), _TOGETHER):
        _put_last(connection, ends[start : start + _TOGETHER], up_to, found)
    return found


def _put_last(
    connection: Connection, ends: Sequence[tuple[int, str, Selection]], up_to: int, found: list[list[Row]]
) -> None:
    """The last fact under each of these tags, in its selection's place if none under another tag is later."""
    shape, values = [], []
    for _, tag, selection in ends:
        types = _distinct(selection.types)
        shape.append(len(types))
        values += [tag, selection.after, up_to, *types]
    for at, *row in connection.execute(_lasts(tuple(shape)), values):
        n = ends[at][0]
        if not found[n] or found[n][0].position < row[0]:
            found[n] = [Row(*row)]


def _all(connection: Connection, selection: Selection, up_to: int) -> list[Row]:
    """The rows of one selection."""
    tags, types, after = selection.tags, _distinct(selection.types), selection.after
    if len(tags) == 1:
        found = connection.execute(_one_tag(len(types)), (*types, tags[0], after, up_to)).fetchall()
        if len(types) != 1:
            found.sort()
    else:
        found = connection.execute(_many_tags(len(types)), (*types, json_of(tags), after, up_to)).fetchall()
    return list(starmap(Row, found))


def _both(connection: Connection, selection: Selection, up_to: int) -> list[Row]:
    """The rows of one selection that carry its other tag too: to be asked where the first tags find few."""
    also = selection.aussi
    rows = _all(connection, selection, up_to)
    kept = [r for r in rows if connection.execute(_CARRIES, (also, r.type, r.position)).fetchone()]
    return kept[-1:] if selection.last else kept


@lru_cache(maxsize=1024)
def _distinct(types: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(types))


@lru_cache
def _one_tag(types: int) -> str:
    """No order asked of SQLite, which would sort in a tree of its own: two or three rows are sorted faster here."""
    return f"{_ROW} {index(types, many=False, then=' CROSS JOIN events e ON e.position = t.position')}"


@lru_cache
def _many_tags(types: int) -> str:
    """Positions first: an event that carries many of the tags is then read once."""
    return f"{_ROW} events e WHERE e.position IN (SELECT t.position FROM {index(types, many=True)}){_IN_ORDER}"


@lru_cache(maxsize=512)
def _lasts(shape: tuple[int, ...]) -> str:
    """One part for each tag, numbered, of so many types; the areas fix which shapes there are."""
    return " UNION ALL ".join(f"SELECT {n}, {_last(types)}" for n, types in enumerate(shape))


@lru_cache
def _last(types: int) -> str:
    """One seek for each type, at the end of its part of the index. Parameters: tag, after, up to, types."""
    end = f"SELECT max(t.position) FROM tags t WHERE t.tag = ? AND {_RANGE}"
    if types:
        end = f"SELECT max(({end} AND t.type = b.column1)) FROM {_each(types)}"
    return f"{_COLUMNS} FROM events e WHERE e.position = ({end})"


@lru_cache
def index(types: int, *, many: bool, then: str = "") -> str:
    """Tables and condition of a search. Parameters: types, tag (when ``many``: a JSON array of tags), after, up to."""
    loops = ([_each(types)] if types else []) + (["json_each(?) a"] if many else []) + ["tags t"]
    tag, of_type = ("a.value" if many else "?"), (" AND t.type = b.column1" if types else "")
    return f"{' CROSS JOIN '.join(loops)}{then} WHERE t.tag = {tag}{of_type} AND {_RANGE}"


def _each(types: int) -> str:
    return f"(VALUES {', '.join(['(?)'] * types)}) b"


def page(connection: Connection, types: Sequence[str] | None, after: int, up_to: int) -> list[Row]:
    """Rows of these types whose position is in ]after, up_to]."""
    if types is None:
        return list(starmap(Row, connection.execute(_PAGE + _IN_ORDER, (after, up_to))))
    return list(starmap(Row, connection.execute(_PAGE + _OF_TYPES + _IN_ORDER, (after, up_to, json_of(tuple(types))))))


def insert(connection: Connection, events: Sequence[DCBEvent], head: int) -> int:
    """Write the events after ``head``; the tags in the order of their index, which is the cheapest to build."""
    placed = list(enumerate(events, head + 1))
    connection.executemany(_INSERT_EVENT, [(at, event.type, _json(event.tags), event.data) for at, event in placed])
    tags = [(tag, event.type, at) for at, event in placed for tag in dict.fromkeys(event.tags)]
    tags.sort()
    connection.executemany(_INSERT_TAG, tags)
    return head + len(placed)


def _json(values: Sequence[str]) -> str:
    """An array that ``json_each`` reads back as the same texts."""
    if "\0" in "".join(values):  # SQLite would cut the text there, and find what was not asked for
        raise ProgrammingError("a tag or a type cannot hold the character NUL")
    return msgspec.json.encode(values).decode()


json_of = lru_cache(maxsize=4096)(_json)
"""For questions, which come back; the tags of a fact do not, since its key is one of them."""
