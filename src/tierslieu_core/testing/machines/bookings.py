"""Bookings: asked, optional, in series, waited for, answered, moved, cut, attended or not; and corrected."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from whenever import Time

from tierslieu_core.domaines.usages.reservations import (
    AnnulerReservation,
    AnnulerSerie,
    AttendreCreneau,
    ConfirmerOption,
    ConfirmerReservation,
    CorrigerReservation,
    DeplacerReservation,
    ModifierSerie,
    NoterAbsence,
    PoserOption,
    QuitterAttente,
    RaccourcirReservation,
    RefuserReservation,
    ReserverEspace,
    ReserverSerie,
    SignalerPresence,
)
from tierslieu_core.testing.machines.commun import A_SPACE, ANYONE, ONE_OF_US, PEOPLE, Living
from tierslieu_core.testing.spec import CAMILLE
from tierslieu_core.vocabulaire.identifiants import AttenteId, EspaceId, PersonneId, ReservationId, SerieId

SLOTS = st.tuples(st.sampled_from([1, 2, 3, 4, 8, 12, 24, 30, 54]), st.sampled_from([1, 2, 4, 5, 30]))
"""In how many hours, and for how many half hours: few, so that they meet; some go over a night, a week or a month."""
WANTED = st.tuples(A_SPACE, ONE_OF_US, SLOTS, st.sampled_from([False, False, True]), st.sampled_from(["", "", "cours"]))
REPEATS = st.sampled_from(["FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;INTERVAL=2;COUNT=2"])
CONFLICTS: Any = st.sampled_from(["sauter", "refuser"])
Slot = tuple[int, int]


class Bookings(Living):
    """See the module."""

    @initialize(wanted=st.lists(WANTED, min_size=4, max_size=9))
    def in_demand(self, wanted: list[tuple[EspaceId, PersonneId, Slot, bool, str]]) -> None:
        """Hours are taken already, and some wait for them."""
        self.book(wanted)

    @rule(wanted=st.lists(WANTED, min_size=1, max_size=4))
    def book(self, wanted: list[tuple[EspaceId, PersonneId, Slot, bool, str]]) -> None:
        """Asked for, or only held; whoever finds it taken waits."""
        for space, person, slot, option, usage in wanted:
            what: dict[str, Any] = {"espace": space, "personne": person, **self.hours(slot)}
            said = self.ask((PoserOption if option else ReserverEspace)(**what, usage=usage))
            if said is not None and said.verdict == "refus":
                self.ask(AttendreCreneau(**what))

    @rule(space=A_SPACE, person=ONE_OF_US, slot=SLOTS, repeats=REPEATS, conflicts=CONFLICTS)
    def book_a_series(self, space: EspaceId, person: PersonneId, slot: Slot, repeats: str, conflicts: Any) -> None:
        """The same hours, several times."""
        hours: dict[str, Any] = {**self.hours(slot)}
        self.ask(ReserverSerie(espace=space, personne=person, regle=repeats, conflits=conflicts, **hours))

    @rule(data=st.data(), hour=st.integers(0, 23), conflicts=CONFLICTS, wait=st.none() | st.integers(0, 8))
    def change_a_series(self, data: st.DataObject, hour: int, conflicts: Any, wait: int | None) -> None:
        """What is left of a series goes to another hour, or is cancelled."""
        rows = self.lieu.registre("series")
        for row in [data.draw(st.sampled_from(rows), label="series")] if rows else []:
            whose: dict[str, Any] = {"serie": SerieId(row.serie), "personne": row.personne}
            whose["depuis"] = None if wait is None else self.today.add(days=wait)
            if hour % 3:
                self.ask(ModifierSerie(**whose, debut=Time(hour), conflits=conflicts))
            else:
                self.ask(AnnulerSerie(**whose, motif="m"))

    @rule(data=st.data(), slot=SLOTS, space=st.none() | A_SPACE, par=ANYONE)
    def move(self, data: st.DataObject, slot: Slot, space: EspaceId | None, par: str) -> None:
        """To other hours, or to another space."""
        for one in self.some_booking(data):
            self.ask(DeplacerReservation(reservation=one, espace=space, **self.hours(slot)), par)

    @rule(data=st.data(), what=st.integers(0, 9), par=ANYONE)
    def change(self, data: st.DataObject, what: int, par: str) -> None:
        """Cancelled, cut short, attended or not; or the last that was said of it was a mistake."""
        for one in self.some_booking(data):
            match what:
                case 0:
                    self.ask(RaccourcirReservation(reservation=one), par)
                case 1 | 2:
                    self.ask(SignalerPresence(reservation=one), par)
                case 3:
                    self.ask(NoterAbsence(reservation=one), par)
                case 4 | 5:
                    self.ask(CorrigerReservation(reservation=one, motif="m"))
                case _:
                    self.ask(AnnulerReservation(reservation=one, motif="m"), par)

    @rule(data=st.data(), n=st.integers(1, 3))
    def cancel(self, data: st.DataObject, n: int) -> None:
        """Hours are free again."""
        for _ in range(n):
            for one in self.some_booking(data):
                self.ask(AnnulerReservation(reservation=one, motif="m"))

    @rule(data=st.data(), yes=st.sampled_from([True, True, False]))
    def answer(self, data: st.DataObject, yes: bool) -> None:  # noqa: FBT001 - drawn
        """Who answers for the bureau says yes or no; who holds an option confirms it."""
        pending = [r.reservation for r in self.lieu.registre("reservations") if r.jusqu_au is not None]
        for one in [data.draw(st.sampled_from(pending), label="pending")] if pending else []:
            self.ask(ConfirmerOption(reservation=one))
            no = RefuserReservation(reservation=one, motif="m")
            self.ask(ConfirmerReservation(reservation=one) if yes else no, PEOPLE[0])

    @rule(data=st.data())
    def leave_the_list(self, data: st.DataObject) -> None:
        """Who waited waits no more."""
        rows = self.witness.waiting.order
        for key in [data.draw(st.sampled_from(list(rows)), label="waits")] if rows else []:
            self.ask(QuitterAttente(attente=AttenteId(key), personne=rows[key].personne), CAMILLE)

    def some_booking(self, data: st.DataObject) -> list[ReservationId]:
        """One of those that there are, mostly a recent one."""
        known = [ReservationId(r) for r in self.witness.bookings.lives.of][-12:]
        return [data.draw(st.sampled_from(known), label="booking")] if known else []
