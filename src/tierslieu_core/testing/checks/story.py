"""The story of a place: its decisions and their facts in order, and each thing's own facts, corrected ones apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs
from whenever import Date, Instant

from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.decisions import DecisionRendue
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.kernel.ports import scan
from tierslieu_core.testing.strategies import ZONE

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu


@attrs.frozen
class Step:
    """One decision, what was asked, and its facts, each with its note."""

    commande: Any
    decision: DecisionRendue
    note: Note
    facts: tuple[tuple[Any, Note], ...]

    @property
    def at(self) -> Instant:
        """When it took effect."""
        return Instant.parse_iso(self.note.survenu_le)

    @property
    def today(self) -> Date:
        """The place's day, then."""
        return day_of(self.at)


@attrs.define
class Story:
    """What was told so far; ``steps`` goes on from where it stopped."""

    position: int = 0

    def steps(self, lieu: Lieu) -> Iterator[Step]:
        """Each decision recorded since."""
        found = [(row, *lieu.catalogue.read(row)) for row in scan(lieu.recorder, None, self.position)]
        for n, (row, said, note) in enumerate(found):
            self.position = row.position
            if isinstance(said, DecisionRendue):
                facts = tuple((fact, its) for _, fact, its in found[n + 1 : n + 1 + said.faits])
                kind = lieu.catalogue.demande(said.commande).commande
                yield Step(lieu.catalogue.codec.decode(said.demande, kind), said, note, facts)


@attrs.define
class Lives:
    """The facts of each thing, the last one last; a correction takes the one that it cites away."""

    of: dict[str, list[Any]] = attrs.Factory(dict)
    ids: dict[str, tuple[str, Any]] = attrs.Factory(dict)

    def add(self, thing: str, fact: Any, note: Note) -> None:
        """One more fact."""
        self.of.setdefault(thing, []).append(fact)
        self.ids[note.id] = thing, fact

    def correct(self, correction: FaitCorrige) -> str | None:
        """Take a fact away; the thing whose fact it was, if it is one of these."""
        if correction.fait not in self.ids:
            return None
        thing, fact = self.ids.pop(correction.fait)
        self.of[thing].remove(fact)
        return thing

    def last(self, thing: str) -> Any:
        """The last fact of a thing; ``None`` when there is none, or none is left."""
        return (self.of.get(thing) or [None])[-1]

    def lasts(self) -> dict[str, Any]:
        """The last fact of each thing that has one."""
        return {thing: facts[-1] for thing, facts in self.of.items() if facts}


def day_of(instant: Instant) -> Date:
    """The local day of an instant."""
    return instant.to_tz(ZONE).date()


def days(first: Date, last: Date) -> Iterator[Date]:
    """Each day from one to another, both included."""
    while first <= last:
        yield first
        first = first.next_day()
