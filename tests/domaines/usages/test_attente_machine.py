"""The waiting list is fair, whatever happens: lives of a place, drawn, beside a model in plain lists."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from whenever import Instant

from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AbrogerRegle, AdopterRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.attente import ConfirmationAttente
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.moyens.espaces import LierEspaces, OuvrirEspace
from tierslieu_core.domaines.usages.reservations import (
    AnnulerReservation,
    AttendreCreneau,
    ConfirmerOption,
    DeplacerReservation,
    QuitterAttente,
    ReserverEspace,
)
from tierslieu_core.domaines.usages.reservations.attente import AttenteServie, CreneauPropose
from tierslieu_core.domaines.usages.reservations.provisoire import OptionPosee
from tierslieu_core.domaines.usages.reservations.reservation import ReservationAcceptee
from tierslieu_core.testing.spec import CAMILLE, installed, memory_place
from tierslieu_core.vocabulaire.identifiants import AttenteId, EspaceId, PersonneId, RegleId, ReservationId
from tierslieu_core.vocabulaire.temps import Moment

PARIS = "Europe/Paris"
SINCE = Instant.from_utc(2026, 10, 23, 20)
"""Friday evening, before the night in which the clock goes back."""
PEOPLE = [PersonneId(f"p-{n}") for n in (1, 2, 3)]
WHOLE, HALF = EspaceId("grande"), EspaceId("moitie")
SPACES = st.sampled_from([WHOLE, HALF, HALF])
"""Few spaces and few hours, so that lists are long."""
SLOTS = st.tuples(st.sampled_from([26, 27, 28, 28, 29, 40]), st.sampled_from([2, 2, 3, 14])).map(
    lambda n: (SINCE.add(minutes=60 * n[0]), SINCE.add(minutes=60 * (n[0] + n[1])))
)
Slot = tuple[Instant, Instant]
HOLD = 6
"""Hours to confirm what is offered."""


@attrs.define
class Held:
    """Hours that somebody has, until ``lapses`` where that is still to be confirmed."""

    space: str
    person: str
    slot: Slot
    lapses: Instant | None = None


@attrs.frozen
class Waits:
    space: str
    person: str
    slot: Slot


def overlap(one: Held | Waits, other: Held | Waits) -> bool:
    """Whether both want some same hour of one space, or of the whole and its half."""
    linked = one.space == other.space or {one.space, other.space} == {WHOLE, HALF}
    return linked and one.slot[0] < other.slot[1] and other.slot[0] < one.slot[1]


class WaitingList(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.lieu = memory_place(installed())
        self.now, self.asked, self.laws = SINCE, 0, 0
        self.lieu.handler.clock = self.lieu.horloge = lambda: self.now
        self.held: dict[str, Held] = {}
        self.waiting: dict[str, Waits] = {}
        self.at_most: int | None = None
        self.confirming = False

    @initialize(wanted=st.lists(st.tuples(SPACES, st.sampled_from(PEOPLE), SLOTS), min_size=5, max_size=9))
    def open(self, wanted):
        """A place in demand: its hours are taken, and some wait for them."""
        self.ask(FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille"))
        for person in PEOPLE:
            self.ask(InscrirePersonne(personne=person, nom="Zoé"))
        for space in (WHOLE, HALF):
            self.ask(OuvrirEspace(espace=space, nom="Salle"))
        self.ask(LierEspaces(espace=WHOLE, avec=HALF, nature="contient", du=self.today))
        for space, person, slot in wanted:
            self.want(space, person, slot)

    @property
    def today(self):
        return self.now.to_tz(PARIS).date()

    def ask(self, commande):
        self.asked += 1
        reponse = self.lieu.executer(commande, par=CAMILLE, cle=f"k-{self.asked}", maintenant=self.now)
        for suite in reponse.suites:
            self.follow(suite)
        return reponse

    # ── what the model knows ────────────────────────────────────────────────────────────────────────────────────────

    def stands(self, one: Held) -> bool:
        return one.lapses is None or self.now < one.lapses

    def uses_of(self, person, day, sauf=""):
        return sum(
            1
            for key, h in self.held.items()
            if key != sauf and h.person == person and self.stands(h) and h.slot[0].to_tz(PARIS).date() == day
        )

    def allowed(self, one, sauf="") -> bool:
        """Whether no rule refuses it, and the hours are free, now."""
        if any(overlap(h, one) for key, h in self.held.items() if key != sauf and self.stands(h)):
            return False
        return self.at_most is None or self.uses_of(one.person, one.slot[0].to_tz(PARIS).date(), sauf) < self.at_most

    def alive(self, one: Waits) -> bool:
        return one.slot[0] > self.now

    def follow(self, reponse) -> None:
        """What a freed slot led to: each who is served must have been the first who could be."""
        for fait in reponse.evenements:
            if isinstance(fait, AttenteServie | CreneauPropose):
                order = list(self.waiting)
                served = self.waiting[fait.attente]
                assert self.allowed(served), "on ne sert que des heures libres, à qui les règles ne refusent pas"
                for earlier in order[: order.index(fait.attente)]:
                    before = self.waiting[earlier]
                    unfair = overlap(before, served) and self.alive(before) and self.allowed(before)
                    assert not unfair, f"{earlier} attendait avant {fait.attente}"
                del self.waiting[fait.attente]
            elif isinstance(fait, ReservationAcceptee | OptionPosee):
                slot = fait.periode.bornes()
                lapses = fait.jusqu_au.dans(PARIS).to_instant() if isinstance(fait, OptionPosee) else None
                self.held[fait.reservation] = Held(fait.espace, fait.personne, slot, lapses)

    def nobody_is_left_out(self, freed: Held) -> None:
        """Once hours are free and the list was served, nobody who wanted some of them could still be."""
        for attente, w in self.waiting.items():
            assert not (overlap(freed, w) and self.alive(w) and self.allowed(w)), f"{attente} aurait dû être servi"

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────────────────

    @rule(space=SPACES, person=st.sampled_from(PEOPLE), slot=SLOTS)
    def book_or_wait(self, space, person, slot):
        self.want(space, person, slot)

    def want(self, space, person, slot):
        wanted, (debut, fin) = Waits(space, person, slot), hours(slot)
        if any(
            h.person == person and (h.space, h.slot) == (space, slot) and self.stands(h) for h in self.held.values()
        ):
            return
        reponse = self.ask(ReserverEspace(espace=space, personne=person, debut=debut, fin=fin))
        assert (reponse.verdict == "accord") == self.allowed(wanted), reponse.explication
        if reponse.verdict == "accord":
            self.held[reponse.evenements[-1].reservation] = Held(space, person, slot)
            return
        waits = self.ask(AttendreCreneau(espace=space, personne=person, debut=debut, fin=fin))
        taken = any(overlap(h, wanted) for h in self.held.values() if self.stands(h))
        if wanted in self.waiting.values():
            assert waits.verdict == "sans_objet"
        elif taken and self.alive(wanted):
            assert waits.verdict == "accord", waits.explication
            self.waiting[waits.evenements[0].attente] = wanted
        else:
            assert waits.verdict == "refus"

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def cancel(self, data):
        key = data.draw(st.sampled_from(sorted(self.held)))
        freed = self.held[key]
        if freed.slot[1] <= self.now or not self.stands(freed):
            return
        del self.held[key]
        assert self.ask(AnnulerReservation(reservation=ReservationId(key), motif="grippe")).verdict == "accord"
        self.nobody_is_left_out(freed)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), slot=SLOTS)
    def move(self, data, slot):
        key = data.draw(st.sampled_from(sorted(self.held)))
        freed = self.held[key]
        if freed.slot[1] <= self.now or freed.lapses is not None or freed.slot == slot:
            return
        moved = Held(freed.space, freed.person, slot)
        can = self.allowed(moved, sauf=key)
        if can:
            self.held[key] = moved
        debut, fin = hours(slot)
        reponse = self.ask(DeplacerReservation(reservation=ReservationId(key), debut=debut, fin=fin))
        assert (reponse.verdict == "accord") == can, reponse.explication
        if can:
            self.nobody_is_left_out(freed)

    @precondition(lambda self: any(h.lapses for h in self.held.values()))
    @rule(data=st.data())
    def confirm(self, data):
        key = data.draw(st.sampled_from(sorted(k for k, h in self.held.items() if h.lapses)))
        if self.stands(self.held[key]) and self.held[key].slot[1] > self.now:
            can = self.allowed(self.held[key], sauf=key)
            reponse = self.ask(ConfirmerOption(reservation=ReservationId(key)))
            assert (reponse.verdict == "accord") == can, reponse.explication
            self.held[key].lapses = None if can else self.held[key].lapses

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def leave(self, data):
        key = data.draw(st.sampled_from(sorted(self.waiting)))
        quitter = QuitterAttente(attente=AttenteId(key), personne=PersonneId(self.waiting.pop(key).person))
        assert self.ask(quitter).verdict == "accord"

    @rule(at_most=st.sampled_from([None, 1, 2]))
    def limit(self, at_most):
        if self.at_most is not None:
            self.ask(AbrogerRegle(regle=RegleId(f"quota-{self.laws}"), du=self.today, motif="m"))
        self.at_most = at_most
        if at_most is not None:
            self.laws += 1
            genre = Quota(maximum=at_most, periode="jour")
            self.ask(AdopterRegle(regle=RegleId(f"quota-{self.laws}"), genre=genre, du=self.today, motif="m"))

    @precondition(lambda self: not self.confirming)
    @rule()
    def confirmations(self):
        self.confirming = True
        genre, portee = ConfirmationAttente(heures=HOLD), Portee(actions=("reserver",))
        self.ask(AdopterRegle(regle=RegleId("confirmer"), genre=genre, portee=portee, du=self.today, motif="m"))

    @rule(hours_=st.sampled_from([1, 1, 4, 7]))
    def time_passes(self, hours_):
        """The clock goes on, and the runner passes: what was offered and not confirmed goes to who follows."""
        before = {k for k, h in self.held.items() if self.stands(h)}
        self.now = self.now.add(hours=hours_)
        lapsed = [h for k, h in self.held.items() if k in before and not self.stands(h)]
        for reponse in self.lieu.echeances(par=CAMILLE):
            self.follow(reponse)
        for freed in lapsed:
            self.nobody_is_left_out(freed)

    @invariant()
    def the_register_is_the_list_in_order(self):
        rows = sorted(self.lieu.registre("attentes"), key=lambda row: row.ordre) if self.lieu.livre.zone else []
        assert [row.attente for row in rows] == list(self.waiting)
        for n, row in enumerate(rows):
            ahead = sum(1 for o in rows[:n] if o.espace == row.espace and o.periode.croise(row.periode))
            assert row.rang == ahead + 1

    @invariant()
    def nothing_overlaps(self):
        held = [h for h in self.held.values() if self.stands(h)]
        assert not any(overlap(a, b) for n, a in enumerate(held) for b in held[:n])

    def teardown(self):
        rejeu = self.lieu.rejouer()
        assert rejeu.fidele, "\n".join(map(str, rejeu.ecarts))
        self.lieu.fermer()


def hours(slot: Slot) -> tuple[Moment, Moment]:
    debut, fin = (Moment.de(at, PARIS) for at in slot)
    return debut, fin


@pytest.mark.filterwarnings("default")
class TestWaitingList(WaitingList.TestCase):
    settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
