"""The waiting list is fair: nobody is passed over who came before, and could have had the hours."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs
from eventsourcing.dcb.popo import InMemoryDCBRecorder
from whenever import Instant

from tierslieu_core.domaines.usages.reservations import ReservationAnnulee, ReservationRefusee, ReserverEspace
from tierslieu_core.domaines.usages.reservations.attente import (
    AttenteDemandee,
    AttenteQuittee,
    AttenteServie,
    CreneauPropose,
)
from tierslieu_core.testing.checks.bookings import Bookings, instant
from tierslieu_core.testing.checks.story import Step, day_of, days

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu

Served = AttenteServie | CreneauPropose


@attrs.define
class Waiting:
    """Those who wait, who came first first."""

    bookings: Bookings
    order: dict[str, AttenteDemandee] = attrs.Factory(dict)
    served: int = 0
    freed: list[tuple[str, Instant, Instant]] = attrs.Factory(list)

    def see(self, step: Step, lieu: Lieu) -> None:
        """One more decision: each who is served came before all who could have been."""
        before = step.note.position
        for fact, note in step.facts:
            if isinstance(fact, AttenteDemandee):
                self.order[fact.attente] = fact
            elif isinstance(fact, AttenteQuittee):
                del self.order[fact.attente]
            elif isinstance(fact, Served):
                self._fair(fact, step.at, before, lieu)
                del self.order[fact.attente]
                self.served += 1
                before = note.position + 1  # with the booking that goes with it

    def _fair(self, served: Served, at: Instant, before: int, lieu: Lieu) -> None:
        mine = self.order[served.attente]
        earlier = [
            a for a in list(self.order.values())[: list(self.order).index(served.attente)] if self._meet(a, mine)
        ]
        if earlier:
            then = _as_it_was(lieu, before, at)
            for a in earlier:
                assert not _could(then, a, at), f"{a.attente} attendait avant {served.attente}"

    def nobody_is_left_out(self, freed: list[tuple[str, Instant, Instant]], now: Instant, lieu: Lieu) -> None:
        """Hours are free again, and the list was served: nobody who waits for some of them could have them."""
        for a in self.order.values():
            if any(self._wants(a, *hours) for hours in freed):
                assert not _could(lieu, a, now), f"{a} aurait dû être servi"

    def _meet(self, one: AttenteDemandee, other: AttenteDemandee) -> bool:
        return self._wants(one, other.espace, instant(other.periode.debut), instant(other.periode.fin))

    def _wants(self, a: AttenteDemandee, space: str, start: Instant, end: Instant) -> bool:
        start, end = max(start, instant(a.periode.debut)), min(end, instant(a.periode.fin))
        spaces = self.bookings.spaces
        return start < end and any(spaces.in_the_way(space, a.espace, d) for d in days(day_of(start), day_of(end)))


def freed_by(step: Step) -> Iterator[tuple[str, Instant, Instant]]:
    """The hours that a decision's facts leave to others."""
    for fact, _ in step.facts:
        if isinstance(fact, ReservationAnnulee | ReservationRefusee):
            yield fact.espace, instant(fact.periode.debut), instant(fact.periode.fin)
        for left in getattr(fact, "quitte", ()):
            yield left.espace, instant(left.periode.debut), instant(left.periode.fin)


def _could(lieu: Lieu, a: AttenteDemandee, at: Instant) -> bool:
    """Whether the same hours, simply asked for by who waits for them, would be given at that moment."""
    if instant(a.periode.debut) <= at:
        return False
    asked = ReserverEspace(
        espace=a.espace, personne=a.personne, debut=a.periode.debut, fin=a.periode.fin, participants=a.participants,
        configuration=a.configuration, inscrits=a.inscrits, usage=a.usage,
    )  # fmt: skip
    return lieu.executer(asked, par="camille", maintenant=at, essai=True).verdict in ("accord", "a_valider")


def _as_it_was(lieu: Lieu, before: int, at: Instant) -> Any:
    """The place as it was before a position."""
    past = InMemoryDCBRecorder()
    past.append([found.event for found in lieu.recorder.read() if found.position < before])
    return type(lieu)(past, lieu.vault, lieu.catalogue, lambda: at)
