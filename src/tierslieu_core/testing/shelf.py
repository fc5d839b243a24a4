"""The model of a store's shelves, in plain dicts: what any other must do, and what laws keep registers on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy

from tierslieu_core.kernel.shelves import Line, Place, Plan, Scalar


class MemoryShelf:
    """See ``Shelf``."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.place: Place | None = None
        self._lines: dict[str, Line] = {}

    def line(self, cle: str) -> bytes | None:
        """See ``Shelf``."""
        return self._lines[cle].ligne if cle in self._lines else None

    def lines(
        self, equal: Mapping[str, Scalar], tri: str | None = None, limite: int | None = None
    ) -> list[tuple[str, bytes]]:
        """See ``Shelf``."""
        found = [line for line in self._lines.values() if all(self._of(line, c) == v for c, v in equal.items())]
        if tri is not None:
            column = tri.removeprefix("-")
            some = [line for line in found if self._of(line, column) is not None]
            some.sort(key=lambda line: self._of(line, column), reverse=tri != column)  # type: ignore[arg-type, return-value]  # of one type
            found = [*some, *(line for line in found if self._of(line, column) is None)]
        kept = {line.cle for line in found[:limite]}
        return [(line.cle, line.ligne) for line in self._lines.values() if line.cle in kept or line.varies]

    def replace(self, lines: Iterable[Line], place: Place) -> None:
        """See ``Shelf``."""
        self._lines = {line.cle: line for line in lines}
        self.place = place

    def change(self, gone: Iterable[str], lines: Iterable[Line], place: Place) -> None:
        """See ``Shelf``."""
        for cle in gone:
            self._lines.pop(cle, None)
        self._lines.update({line.cle: line for line in lines})
        self.place = place

    def _of(self, line: Line, column: str) -> Scalar:
        return line.values[self.plan.columns.index(column)]


class MemoryShelves:
    """See ``Shelves``: for one thread."""

    def __init__(self) -> None:
        self._shelves: dict[str, MemoryShelf] = {}

    @contextmanager
    def reading(self, plan: Plan) -> Iterator[MemoryShelf]:
        """See ``Shelves``."""
        yield self._shelves.get(plan.nom, MemoryShelf(plan))

    @contextmanager
    def writing(self, plan: Plan) -> Iterator[MemoryShelf]:
        """See ``Shelves``."""
        changed = deepcopy(self._shelves.get(plan.nom, MemoryShelf(plan)))
        yield changed
        self._shelves[plan.nom] = changed
