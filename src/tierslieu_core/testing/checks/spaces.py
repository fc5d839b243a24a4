"""Which spaces are in each other's way on a day, and which are closed: told day by day."""

from __future__ import annotations

from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.espaces import (
    EspaceFerme,
    EspaceRetire,
    EspaceRouvert,
    EspacesDelies,
    EspacesLies,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.declarations import Note

Link = EspacesLies | EspacesDelies
Stop = EspaceFerme | EspaceRetire | EspaceRouvert


@attrs.define
class Spaces:
    """Links made and undone, spaces closed and opened again, in the order in which it was said."""

    said: dict[str, Link | Stop] = attrs.Factory(dict)

    def see(self, fact: Any, note: Note) -> None:
        """One more fact."""
        if isinstance(fact, Link | Stop):
            self.said[note.id] = fact
        elif isinstance(fact, FaitCorrige):
            self.said.pop(fact.fait, None)

    def links(self, le: Date) -> set[tuple[str, str, str]]:
        """The links of a day: nature, and both spaces."""
        held: set[tuple[str, str, str]] = set()
        for fact in self.said.values():
            if isinstance(fact, EspacesLies) and fact.du <= le:
                held.add((fact.nature, fact.espace, fact.avec))
            elif isinstance(fact, EspacesDelies) and fact.le <= le:
                held -= {link for link in held if {*link[1:]} == {fact.espace, fact.avec}}
        return held

    def around(self, inside: str, le: Date) -> set[str]:
        """The space, and all that contain it that day."""
        links, found = self.links(le), {inside}
        while more := {a for kind, a, b in links if kind == "contient" and b in found} - found:
            found |= more
        return found

    def in_the_way(self, one: str, other: str, le: Date) -> bool:
        """Whether one cannot be used while the other is, that day."""
        neighbours = {("voisin", one, other), ("voisin", other, one)}
        nested = one in self.around(other, le) or other in self.around(one, le)
        return nested or bool(neighbours & self.links(le))

    def closed(self, one: str, le: Date) -> bool:
        """Whether a space is closed that day, or what contains it."""
        return any(self._stopped(space, le) for space in self.around(one, le))

    def _stopped(self, one: str, le: Date) -> bool:
        stops: list[tuple[Date, Date]] = []
        for fact in self.said.values():
            if isinstance(fact, EspaceFerme) and fact.espace == one:
                stops.append((fact.du, fact.au))
            elif isinstance(fact, EspaceRouvert) and fact.espace == one:
                stops = [(du, fact.le.prev_day() if du <= fact.le <= au else au) for du, au in stops]
        return any(du <= le <= au for du, au in stops)
