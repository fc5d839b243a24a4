"""A place in plain dicts: what the whole library must agree with, said as simply as can be. Nothing here is clever."""

from __future__ import annotations

import attrs
from whenever import Date, Instant

from tierslieu_core.kernel.decisions import Verdict
from tierslieu_core.testing.spec import CAMILLE
from tierslieu_core.testing.strategies import ZONE
from tierslieu_core.vocabulaire.temps import jours_entre

Slot = tuple[Instant, Instant]


@attrs.define
class Booking:
    """One booking, as the model keeps it."""

    space: str
    person: str
    slot: Slot
    cancelled: bool = False


@attrs.define
class Model:
    """``mandates``: last day of a person's concierge mandate, ``None`` without end; ``member``: days of membership."""

    now: Instant
    loans: dict[str, tuple[str, Date]] = attrs.Factory(dict)
    returned: dict[str, tuple[str, Date]] = attrs.Factory(dict)
    bookings: dict[str, Booking] = attrs.Factory(dict)
    member: dict[str, tuple[Date, Date]] = attrs.Factory(dict)
    mandates: dict[str, Date | None] = attrs.Factory(dict)
    longest_loan: int | None = None
    members_only: bool = False

    @property
    def today(self) -> Date:
        """The local day."""
        return _day(self.now)

    def concierge(self, who: str) -> bool:
        """Whether they may ask anything of loans and bookings."""
        last = self.mandates.get(who, Date.MIN)
        return who == CAMILLE or last is None or self.today <= last

    def lend(self, item: str, person: str, until: Date, par: str) -> Verdict:
        """Lend an item."""
        if not self.concierge(par):
            return "refus"
        if item in self.loans:
            return "sans_objet" if self.loans[item] == (person, until) else "refus"
        days = jours_entre(self.today, until)
        if not 0 <= days <= 366 or self._barred(person, self.today):  # noqa: PLR2004 - a year
            return "refus"
        if self.longest_loan is not None and days > self.longest_loan:
            return "refus"
        self.loans[item] = (person, until)
        self.returned.pop(item, None)
        return "accord"

    def give_back(self, item: str, person: str, par: str) -> Verdict:
        """Take an item back."""
        if not self.concierge(par):
            return "refus"
        if item not in self.loans:
            return "sans_objet" if self.returned.get(item, ("", None))[0] == person else "refus"
        if self.loans[item][0] != person:
            return "refus"
        self.returned[item] = self.loans.pop(item)
        return "accord"

    def book(self, key: str, space: str, person: str, slot: Slot, par: str) -> Verdict:
        """Book a space."""
        if not self.concierge(par) and par != person:
            return "refus"
        there = self._there(space, slot)
        if there:
            return "sans_objet" if any((b.person, b.slot) == (person, slot) for b in there) else "refus"
        if not self.concierge(par) and slot[0] < self.now:
            return "refus"
        if self._barred(person, _day(slot[0])):
            return "refus"
        self.bookings[key] = Booking(space, person, slot)
        return "accord"

    def move(self, key: str, slot: Slot, par: str) -> Verdict:
        """Move a booking."""
        b = self.bookings[key]
        if (not self.concierge(par) and par != b.person) or b.cancelled or b.slot[1] <= self.now:
            return "refus"
        if slot == b.slot:
            return "sans_objet"
        if self._there(b.space, slot, but=key) or self._barred(b.person, _day(slot[0])):
            return "refus"
        b.slot = slot
        return "accord"

    def cancel(self, key: str, par: str) -> Verdict:
        """Cancel a booking."""
        b = self.bookings[key]
        if not self.concierge(par) and par != b.person:
            return "refus"
        if b.cancelled:
            return "sans_objet"
        if b.slot[1] <= self.now:
            return "refus"
        b.cancelled = True
        return "accord"

    def admit(self, person: str, until: Date) -> Verdict:
        """Admit a member from today on."""
        wanted = (self.today, until)
        if self.member.get(person) == wanted:
            return "sans_objet"
        if person in self.member and self.member[person][1] >= self.today:
            return "refus"
        self.member[person] = wanted
        return "accord"

    def _there(self, space: str, slot: Slot, but: str = "") -> list[Booking]:
        """The bookings of a space that overlap a slot; touching is not overlapping."""
        others = (b for k, b in self.bookings.items() if k != but and b.space == space and not b.cancelled)
        return [b for b in others if b.slot[0] < slot[1] and slot[0] < b.slot[1]]

    def _barred(self, person: str, day: Date) -> bool:
        """Whether a rule keeps a person who is no member that day away."""
        first, last = self.member.get(person, (Date.MAX, Date.MIN))
        return self.members_only and not first <= day <= last


def _day(instant: Instant) -> Date:
    return instant.to_tz(ZONE).date()
