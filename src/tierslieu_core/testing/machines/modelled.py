"""A place, lived at random beside a model in plain dicts: loans, bookings, memberships, mandates, changing rules."""

# ruff: noqa: S101 - it is made of assertions
from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu, TerminerMandat
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AbrogerRegle, AdopterRegle, AmenderRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.eligibilite import AdhesionAJour
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.personnes.adhesions import AdmettreAdherent
from tierslieu_core.domaines.usages.prets import PreterObjet, RendreObjet
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, DeplacerReservation, ReserverEspace
from tierslieu_core.kernel.decisions import Reponse, Verdict
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.kernel.projections import Incremental
from tierslieu_core.testing.laws.scope import NewPlace
from tierslieu_core.testing.model import Model, Slot
from tierslieu_core.testing.spec import CAMILLE, installed, memory_place
from tierslieu_core.testing.strategies import ZONE
from tierslieu_core.vocabulaire.identifiants import (
    EspaceId,
    MandatId,
    ModeleId,
    ObjetId,
    PersonneId,
    RegleId,
    ReservationId,
)
from tierslieu_core.vocabulaire.temps import Moment

SINCE = Instant.from_utc(2026, 10, 23, 20)
"""Friday evening, before the night in which the clock goes back."""
PEOPLE = [PersonneId(f"p-{n}") for n in (1, 2)]
ANYONE = st.sampled_from([CAMILLE, CAMILLE, CAMILLE, CAMILLE, *PEOPLE])
MOSTLY = st.sampled_from([True, True, True, False])
ITEMS, SPACES = [ObjetId("o-1"), ObjetId("o-2")], [EspaceId("e-1"), EspaceId("e-2")]
SLOTS = st.tuples(st.integers(0, 140), st.sampled_from([1, 2, 4, 60])).map(
    lambda n: (SINCE.add(minutes=30 * n[0]), SINCE.add(minutes=30 * (n[0] + n[1])))
)
DAYS = st.sampled_from([1, 0, 1, 6, 6, 20, -1, 367])


class PlaceMachine(RuleBasedStateMachine):
    """See ``machine``."""

    new_place: NewPlace = staticmethod(memory_place)

    def __init__(self) -> None:
        super().__init__()
        self.lieu = type(self).new_place(installed())
        self.model = Model(SINCE)
        self.asked: list[tuple[Any, str, str, Instant, Reponse]] = []
        self.lives = {"longest_loan": 0, "members_only": 0}
        self.ask(FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille"), "accord")
        self.ask(CreerModele(modele=ModeleId("m-1"), nom="Perceuse"), "accord")
        for person, item, space in zip(PEOPLE, ITEMS, SPACES, strict=True):
            self.ask(InscrirePersonne(personne=person, nom="Zoé"), "accord")
            self.ask(AjouterObjet(objet=item, modele=ModeleId("m-1"), nom="Perceuse"), "accord")
            self.ask(OuvrirEspace(espace=space, nom="Salle"), "accord")
        self.loans = Incremental(self.lieu.recorder, self.lieu.catalogue, self.lieu.catalogue.registre("prets"))

    def ask(self, commande: Any, wanted: Verdict, par: str = CAMILLE) -> None:
        """Ask a demand; the place must answer as the model did."""
        cle = self.next_key()
        reponse = self.lieu.executer(commande, par=par, cle=cle, maintenant=self.model.now)
        assert reponse.verdict == wanted, (commande, par, reponse.verdict, wanted, reponse.explication)
        self.asked.append((commande, par, cle, self.model.now, reponse))

    def next_key(self) -> str:
        """The key of the next demand."""
        return f"k-{len(self.asked)}"

    @rule(item=st.sampled_from(ITEMS), person=st.sampled_from(PEOPLE), days=DAYS, par=ANYONE)
    def lend(self, item: ObjetId, person: PersonneId, days: int, par: str) -> None:
        """An item is asked for."""
        until = self.model.today.add(days=days)
        wanted = self.model.lend(item, person, until, par)
        self.ask(PreterObjet(objet=item, personne=person, retour=until), wanted, par)

    @rule(item=st.sampled_from(ITEMS), person=st.sampled_from(PEOPLE), holder=MOSTLY, par=ANYONE)
    def give_back(self, item: ObjetId, person: PersonneId, holder: bool, par: str) -> None:  # noqa: FBT001 - drawn
        """An item comes back, mostly from who had it."""
        if holder and item in self.model.loans:
            person = PersonneId(self.model.loans[item][0])
        self.ask(RendreObjet(objet=item, personne=person), self.model.give_back(item, person, par), par)

    @rule(space=st.sampled_from(SPACES), person=st.sampled_from(PEOPLE), slot=SLOTS, par=ANYONE)
    def book(self, space: EspaceId, person: PersonneId, slot: Slot, par: str) -> None:
        """A space is asked for."""
        wanted = self.model.book(self.next_key(), space, person, slot, par)
        debut, fin = _hours(slot)
        self.ask(ReserverEspace(espace=space, personne=person, debut=debut, fin=fin), wanted, par)

    @rule(cancelled=st.booleans(), data=st.data(), slot=SLOTS, par=ANYONE)
    def change(self, cancelled: bool, data: st.DataObject, slot: Slot, par: str) -> None:  # noqa: FBT001 - drawn
        """A booking is moved or cancelled; when there is none yet, one is made."""
        if not self.model.bookings:
            self.book(SPACES[0], PEOPLE[0], slot, par)
            return
        key = data.draw(st.sampled_from(sorted(self.model.bookings)))
        if cancelled:
            asked = AnnulerReservation(reservation=ReservationId(key), motif="grippe")
            self.ask(asked, self.model.cancel(key, par), par)
            return
        debut, fin = _hours(slot)
        wanted = self.model.move(key, slot, par)
        self.ask(DeplacerReservation(reservation=ReservationId(key), debut=debut, fin=fin), wanted, par)

    @rule(person=st.sampled_from(PEOPLE), days=st.integers(0, 3))
    def admit(self, person: PersonneId, days: int) -> None:
        """A person becomes a member, from today."""
        until = self.model.today.add(days=days)
        wanted = self.model.admit(person, until)
        self.ask(AdmettreAdherent(personne=person, du=self.model.today, au=until), wanted)

    @rule(person=st.sampled_from(PEOPLE))
    def give_mandate(self, person: PersonneId) -> None:
        """A person becomes concierge, or has been."""
        held = self.model.mandates.get(person, Date.MIN) is None
        wanted: Verdict = "sans_objet" if held and self._given(person) == self.model.today else "accord"
        if held and wanted == "accord":
            return  # a second mandate beside the first changes nothing that the model could see
        self.ask(DonnerMandat(personne=person, role="concierge", du=self.model.today), wanted)
        self.model.mandates[person] = None

    @precondition(lambda self: None in self.model.mandates.values())
    @rule()
    def end_mandate(self) -> None:
        """A concierge ends today."""
        person = min(p for p, last in self.model.mandates.items() if last is None)
        given = [
            a for a in self.asked if isinstance(a[0], DonnerMandat) and a[0].personne == person and a[4].evenements
        ]
        mandat: MandatId = given[-1][4].evenements[0].mandat
        self.ask(TerminerMandat(mandat=mandat, le=self.model.today, motif="fini"), "accord")
        self.model.mandates[person] = self.model.today

    def _given(self, person: str) -> Date | None:
        days = [a[0].du for a in self.asked if isinstance(a[0], DonnerMandat) and a[0].personne == person]
        return days[-1] if days else None

    @rule(days=st.sampled_from([0, 5, 30]))
    def rule_on_loans(self, days: int) -> None:
        """The place limits loans, from today: a new rule, or a new version."""
        genre, today, before = DureePret(maximum_jours=max(1, days)), self.model.today, self.lives["longest_loan"]
        if self.model.longest_loan == genre.maximum_jours:
            return
        make = AdopterRegle if self.model.longest_loan is None else AmenderRegle
        self.lives["longest_loan"] = before + (make is AdopterRegle)
        name = RegleId(f"pret-{self.lives['longest_loan']}")
        self.ask(make(regle=name, genre=genre, du=today, motif="m", portee=Portee(actions=("preter",))), "accord")
        self.model.longest_loan = genre.maximum_jours

    @rule(changes=MOSTLY)
    def members_only(self, changes: bool) -> None:  # noqa: FBT001 - drawn
        """The place opens its uses to all again, or sometimes keeps them for members, from today."""
        if changes and not self.model.members_only:
            return
        if self.model.members_only:
            name = RegleId(f"adherents-{self.lives['members_only']}")
            self.ask(AbrogerRegle(regle=name, du=self.model.today, motif="m"), "accord")
        else:
            self.lives["members_only"] += 1
            name = RegleId(f"adherents-{self.lives['members_only']}")
            scope = Portee(actions=("reserver", "preter"))
            self.ask(
                AdopterRegle(regle=name, genre=AdhesionAJour(), du=self.model.today, motif="m", portee=scope), "accord"
            )
        self.model.members_only = not self.model.members_only

    @rule(hours=st.sampled_from([1, 12, 40]))
    def time_passes(self, hours: int) -> None:
        """The clock goes on."""
        self.model.now = self.model.now.add(hours=hours)

    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        """An acknowledgement was lost: the same key again gets the same answer, and leaves nothing."""
        commande, par, cle, quand, before = data.draw(st.sampled_from(self.asked))
        head = head_of(self.lieu.recorder)
        again = self.lieu.executer(commande, par=par, cle=cle, maintenant=quand)
        assert (again.verdict, again.decision, again.note) == (before.verdict, before.decision, before.note)
        assert head_of(self.lieu.recorder) == head

    @invariant()
    def registers_say_what_the_model_says(self) -> None:
        """The loans and the bookings are those of the model: never one item in two hands, never two on one space."""
        assert {r.objet: (r.personne, r.retour) for r in self.loans.catch_up().values()} == self.model.loans
        rows = {str(r.reservation): r for r in self.lieu.registre("reservations")}
        assert sorted(rows) == sorted(self.model.bookings)
        for key, b in self.model.bookings.items():
            slot = tuple(m.dans(ZONE).to_instant() for m in (rows[key].debut, rows[key].fin))
            assert (rows[key].etat == "annulée", slot) == (b.cancelled, b.slot)

    def teardown(self) -> None:
        """The whole life replays without a difference, at both levels."""
        try:
            for niveau in (1, 2):
                rejeu = self.lieu.rejouer(niveau=niveau)
                assert rejeu.fidele, "\n".join(map(str, rejeu.ecarts))
        finally:
            self.lieu.fermer()


def machine(new_place: NewPlace = memory_place) -> type[PlaceMachine]:
    """The machine over places that ``new_place`` opens; its ``TestCase`` is for pytest or unittest."""
    return type("PlaceMachineOn", (PlaceMachine,), {"new_place": staticmethod(new_place)})


def _hours(slot: Slot) -> tuple[Moment, Moment]:
    debut, fin = (Moment.de(at, ZONE) for at in slot)
    return debut, fin
