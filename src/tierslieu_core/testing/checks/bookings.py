"""No two bookings in each other's way: no hours are given that somebody has, on that space or one linked that day."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import attrs
from whenever import Instant

from tierslieu_core.domaines.moyens.espaces import EspacesLies
from tierslieu_core.domaines.usages.reservations import (
    AbsenceNotee,
    OptionPosee,
    ReservationAnnulee,
    ReservationEnAttente,
    ReservationRefusee,
    ReservationRevue,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.checks.spaces import Spaces
from tierslieu_core.testing.checks.story import Lives, Step, day_of, days
from tierslieu_core.testing.strategies import ZONE


@attrs.frozen
class Hours:
    """What a booking takes of a space, time around it included; ``use``: the hours themselves."""

    space: str
    start: Instant
    end: Instant
    use: tuple[Instant, Instant]

    def within(self, other: Hours) -> bool:
        """Whether the other has all of it."""
        return self.space == other.space and other.start <= self.start and self.end <= other.end


@attrs.define
class Bookings:
    """What became of each booking; ``excused``: pairs that the place itself brought in each other's way, knowingly."""

    lives: Lives = attrs.Factory(Lives)
    spaces: Spaces = attrs.Factory(Spaces)
    excused: set[frozenset[str]] = attrs.Factory(set)

    def see(self, step: Step) -> None:
        """One more decision: whoever is given hours must find nobody there, and the space open."""
        for fact, note in step.facts:
            self.spaces.see(fact, note)
            thing, before = self._take(fact, note, step.at)
            if thing is not None:
                self._gains(thing, before, step)
            if self._brings_together(fact):
                self.excused |= {frozenset(pair) for pair in self._pairs(step.at)}

    def _take(self, fact: Any, note: Any, at: Instant) -> tuple[str | None, list[Hours]]:
        """The booking that a fact is about, and the hours that it had for good till then."""
        if isinstance(fact, FaitCorrige):
            thing = self.lives.ids.get(fact.fait, (None,))[0]
        else:
            thing = str(fact.reservation) if hasattr(fact, "precisions") else None
        last = self.lives.last(thing) if thing else None
        before = list(held(last, at))
        if isinstance(fact, FaitCorrige):
            self.lives.correct(fact)
        elif thing:
            self.lives.add(thing, fact, note)
            if provisional(last) and not provisional(fact) and not isinstance(fact, ReservationRevue):
                before = before[1:]  # what is confirmed is judged again
        return thing, before

    def _gains(self, thing: str, before: list[Hours], step: Step) -> None:
        """The hours that a booking did not have are free for it."""
        for hours in held(self.lives.last(thing), step.at):
            if any(hours.within(had) for had in before):
                continue
            for other, its in self._others(thing, step.at):
                assert not self._clash(hours, its), f"{thing} a {hours}, que {other} a déjà : {its}"
            if not isinstance(step.facts[0][0], FaitCorrige):
                shut = [le for le in _days(*hours.use) if self.spaces.closed(hours.space, le)]
                assert not shut, f"{thing} a {hours}, en fermeture {shut}"

    def _others(self, thing: str, at: Instant) -> Iterator[tuple[str, Hours]]:
        for other, fact in self.lives.lasts().items():
            yield from ((other, its) for its in held(fact, at) if other != thing)

    def settled(self, now: Instant) -> None:
        """Once all that follows is done, only those that the place knowingly kept are in each other's way."""
        for pair in self._pairs(now):
            assert frozenset(pair) in self.excused, f"{pair} se gênent : {[self.lives.last(one) for one in pair]}"

    def _pairs(self, at: Instant) -> list[tuple[str, str]]:
        mine = [(thing, h) for thing, f in self.lives.lasts().items() for h in held(f, at) if h.use[1] > at]
        return [(a, b) for (a, x), (b, y) in combinations(mine, 2) if a != b and self._clash(x, y)]

    def _brings_together(self, fact: Any) -> bool:
        """A link made while bookings are kept, or one that a correction gives back."""
        back = isinstance(fact, FaitCorrige) and fact.nature.startswith("espaces.Espaces")
        return back or (isinstance(fact, EspacesLies) and fact.sort == "garder")

    def _clash(self, one: Hours, other: Hours) -> bool:
        start, end = max(one.start, other.start), min(one.end, other.end)
        same = one.space == other.space
        return start < end and (
            same or any(self.spaces.in_the_way(one.space, other.space, d) for d in _days(start, end))
        )


def provisional(fact: Any) -> bool:
    """Whether it waits for somebody's yes."""
    return isinstance(fact, OptionPosee | ReservationEnAttente)


def held(fact: Any, at: Instant) -> Iterator[Hours]:
    """The hours that a booking has, as things stand at an instant: those of its last fact, then those that it keeps."""
    if fact is None:
        return
    p, given = fact.precisions, not isinstance(fact, ReservationAnnulee | ReservationRefusee)
    if provisional(fact) and getattr(fact, "silence", "refus") == "refus":
        given = instant(fact.jusqu_au) > at
    if given and getattr(fact, "sort", "") != "à déplacer":
        start, end, after = fact.periode.debut, fact.periode.fin, p.apres_minutes
        if isinstance(fact, AbsenceNotee) and fact.libre_des is not None:
            end, after = fact.libre_des, 0
        if instant(start) < instant(end):
            yield _hours(fact.espace, instant(start), instant(end), p.avant_minutes, after)
    kept = getattr(fact, "garde", None)
    if kept is not None:
        start, end = kept.periode.debut, kept.periode.fin
        yield _hours(kept.espace, instant(start), instant(end), kept.avant_minutes, kept.apres_minutes)


def _hours(space: str, start: Instant, end: Instant, before: int, after: int) -> Hours:
    return Hours(space, start.subtract(minutes=before), end.add(minutes=after), (start, end))


def instant(moment: Any) -> Instant:
    """The instant of a moment of the place's clock."""
    found: Instant = moment.dans(ZONE).to_instant()
    return found


def _days(start: Instant, end: Instant) -> Iterator[Any]:
    """Each local day of a span, its last instant left out."""
    return days(day_of(start), day_of(end.subtract(nanoseconds=1)))
