"""Upkeep: incidents reported and solved, works planned, put off, done; what comes back; what all that closes."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.moyens.entretien import (
    AbandonnerTravaux,
    ArreterEntretien,
    CommencerTravaux,
    CorrigerEntretien,
    CorrigerIncident,
    CorrigerTravaux,
    EcarterIncident,
    FixerEntretien,
    NoterEntretien,
    PlanifierTravaux,
    PrendreEnCharge,
    ProlongerTravaux,
    ReporterTravaux,
    ResoudreIncident,
    SignalerIncident,
    TerminerTravaux,
)
from tierslieu_core.domaines.moyens.espaces import FermerEspace
from tierslieu_core.domaines.moyens.materiel import ImmobiliserObjet
from tierslieu_core.testing.machines.commun import ITEMS, ONE_OF_US, PEOPLE, SORT, SPACES, Living
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import EntretienId, IncidentId, TravauxId

THINGS = [Chose("espace", SPACES[0]), Chose("objet", ITEMS[0])]
A_THING, DAYS, WHICH = st.sampled_from(THINGS), st.integers(0, 4), st.integers(0, 7)
A_PLAN, RHYTHM = (
    st.sampled_from([EntretienId("r-1"), EntretienId("r-2")]),
    st.sampled_from(["jours", "semaines", "mois"]),
)


class Upkeep(Living):
    """See the module."""

    def __init__(self) -> None:
        self.incidents: list[IncidentId] = []
        self.works: list[TravauxId] = []
        super().__init__()

    @initialize(thing=A_THING)
    def begin(self, thing: Chose) -> None:
        """Something is wrong already, works are planned, something comes back."""
        self.report(thing, PEOPLE[0], "panne")
        self.plan(thing, 1, 2, "revoir", out=True, which=0)
        self.set(EntretienId("r-1"), thing, 1, "semaines", 3)

    @rule(thing=A_THING, par=ONE_OF_US, grave=st.sampled_from(["gêne", "panne", "danger"]))
    def report(self, thing: Chose, par: str, grave: Any) -> None:
        """Anyone says that something is wrong."""
        told = self.ask(SignalerIncident(sur=thing, gravite=grave, nom=f"incident {len(self.incidents)}"), par)
        self.incidents += [fact.incident for fact in (told.evenements if told else ()) if hasattr(fact, "gravite")]

    @rule(which=WHICH, until=st.none() | DAYS, sort=SORT, what=st.integers(0, 6))
    def see_to(self, which: int, until: int | None, sort: Any, what: int) -> None:
        """Somebody sees to an incident, with a stop or without; it is solved, set aside; or it was a mistake."""
        one = self.incidents[which % len(self.incidents)]
        match what:
            case 0:
                self.ask(CorrigerIncident(incident=one, motif="m"))
            case 1:
                self.ask(EcarterIncident(incident=one, motif="m"))
            case 2:
                self.ask(ResoudreIncident(incident=one))
            case _:
                au = None if until is None else self.today.add(days=until)
                self.ask(PrendreEnCharge(incident=one, hors_usage_jusqu_au=au, sort=sort))

    @rule(thing=A_THING, wait=DAYS, length=DAYS, sort=SORT, out=st.booleans(), which=st.none() | WHICH)
    def plan(self, thing: Chose, wait: int, length: int, sort: Any, out: bool, which: int | None) -> None:  # noqa: FBT001, PLR0913, PLR0917 - drawn
        """Works are planned, for an incident or not."""
        first = self.today.add(days=wait)
        told = self.ask(
            PlanifierTravaux(
                sur=thing, nom=f"travaux {len(self.works)}", nature="correctif", du=first,
                au=first.add(days=length), hors_usage=out, sort=sort,
                incident=None if which is None else self.incidents[which % len(self.incidents)],
                entretien=EntretienId("r-1") if which == 0 and self.works else None,
            )
        )  # fmt: skip
        self.works += [fact.travaux for fact in (told.evenements if told else ())]

    @rule(which=WHICH, wait=DAYS, length=DAYS, what=st.integers(0, 9))
    def work(self, which: int, wait: int, length: int, what: int) -> None:
        """Put off, begun, prolonged, done, given up; or the last that was said was a mistake."""
        one, first = self.works[which % len(self.works)], self.today.add(days=wait)
        match what:
            case 0 | 1:
                self.ask(ReporterTravaux(travaux=one, du=first, au=first.add(days=length)))
            case 2 | 3:
                self.ask(CommencerTravaux(travaux=one))
            case 4 | 5:
                self.ask(ProlongerTravaux(travaux=one, au=first))
            case 6 | 7:
                self.ask(TerminerTravaux(travaux=one))
            case 8:
                self.ask(AbandonnerTravaux(travaux=one, motif="m"))
            case _:
                self.ask(CorrigerTravaux(travaux=one, motif="m"))
        self.witness.tells(self.lieu)

    @rule(thing=A_THING, wait=DAYS, length=DAYS, sort=SORT)
    def close(self, thing: Chose, wait: int, length: int, sort: Any) -> None:
        """It is closed for another reason, that is nobody's to lift here."""
        first = self.today.add(days=wait)
        jours: dict[str, Any] = {"du": first, "au": first.add(days=length), "motif": "congés", "sort": sort}
        if thing.genre == "espace":
            self.ask(FermerEspace(espace=SPACES[0], **jours))
        else:
            self.ask(ImmobiliserObjet(objet=ITEMS[0], **jours))

    @rule(plan=A_PLAN, thing=A_THING, n=st.integers(1, 3), unit=RHYTHM, wait=DAYS)
    def set(self, plan: EntretienId, thing: Chose, n: int, unit: Any, wait: int) -> None:
        """Something is to be done every so often."""
        self.ask(
            FixerEntretien(
                entretien=plan, sur=thing, nom=plan, tous_les=n, unite=unit, prochain=self.today.add(days=wait)
            )
        )

    @rule(plan=A_PLAN, days=st.integers(-1, 3), what=st.integers(0, 4))
    def note(self, plan: EntretienId, days: int, what: int) -> None:
        """It is done, some days ago; it is given up; or the last that was said was a mistake."""
        match what:
            case 0:
                self.ask(ArreterEntretien(entretien=plan, motif="m"))
            case 1:
                self.ask(CorrigerEntretien(entretien=plan, motif="m"))
            case _:
                self.ask(NoterEntretien(entretien=plan, le=self.today.subtract(days=days)))
