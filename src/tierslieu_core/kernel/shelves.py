"""Where a store can keep registers beside its journal: an optional port, for what can always be folded again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol, runtime_checkable

import msgspec

Scalar = str | int | None


class Unshelved(Exception):
    """What is kept cannot be used just now (read only, busy, damaged, disk full…)."""


class Place(msgspec.Struct, frozen=True):
    """How far a register is kept, and by which declaration; ``temoin``: a digest of the fact at that position."""

    declaration: str
    position: int = 0
    temoin: bytes = b""


class Plan(msgspec.Struct, frozen=True):
    """The name of a register, and the columns of each of its indexes; ``varies``: see ``Registre.varie``."""

    nom: str
    index: tuple[tuple[str, ...], ...] = ()
    varies: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that rows can be found and sorted by."""
        return tuple(dict.fromkeys(column for columns in self.index for column in columns))


class Line(NamedTuple):
    """One row as it is kept: its key as text, the row as JSON, the values of the plan's columns, whether it varies."""

    cle: str
    ligne: bytes
    values: tuple[Scalar, ...]
    varies: bool = False


class Shelf(Protocol):
    """One register, within one transaction. Lines keep the order in which their keys first came, as a dict does."""

    @property
    def place(self) -> Place | None:
        """How far it is kept; ``None``: not at all yet."""
        ...

    def line(self, cle: str) -> bytes | None:
        """The row under a key."""
        ...

    def lines(
        self, equal: Mapping[str, Scalar], tri: str | None = None, limite: int | None = None
    ) -> list[tuple[str, bytes]]:
        """Keys and rows, in their order: those whose columns have these values, and those that vary.

        ``limite``: of those that do not, the first so many by ``tri``, a column (``-column``: backwards), empty last.
        """
        ...

    def replace(self, lines: Iterable[Line], place: Place) -> None:
        """These lines instead of all others."""
        ...

    def change(self, gone: Iterable[str], lines: Iterable[Line], place: Place) -> None:
        """Without the lines of these keys, then with those lines: each in the place of its key's, or at the end."""
        ...


class Shelves(Protocol):
    """The registers that a store keeps. Whatever goes wrong with them is ``Unshelved``."""

    def reading(self, plan: Plan) -> AbstractContextManager[Shelf]:
        """One register, in one snapshot."""
        ...

    def writing(self, plan: Plan) -> AbstractContextManager[Shelf]:
        """One register, which nobody else writes meanwhile; kept at the end, or not at all."""
        ...


@runtime_checkable
class Shelving(Protocol):
    """Optional capability of a store."""

    def shelves(self) -> Shelves | None:
        """What it keeps; ``None`` when it cannot, or when what this thread reads may yet be undone."""
        ...
