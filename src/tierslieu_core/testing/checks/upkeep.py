"""What is out of use and why, what was seen to and what comes back, told from the facts alone."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.entretien import (
    EntretienArrete,
    EntretienFait,
    EntretienFixe,
    IncidentEcarte,
    IncidentPrisEnCharge,
    IncidentResolu,
    IncidentSignale,
    TravauxAbandonnes,
    TravauxCommences,
    TravauxPlanifies,
    TravauxProlonges,
    TravauxReportes,
    TravauxTermines,
)
from tierslieu_core.domaines.moyens.espaces import EspaceFerme
from tierslieu_core.domaines.moyens.materiel import ObjetImmobilise
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.checks.story import Lives, Step, days

Incident = IncidentSignale | IncidentPrisEnCharge | IncidentResolu | IncidentEcarte
Works = TravauxPlanifies | TravauxReportes | TravauxCommences | TravauxProlonges | TravauxTermines | TravauxAbandonnes
Periodic = EntretienFixe | EntretienFait | EntretienArrete
OVER = IncidentResolu | IncidentEcarte | TravauxTermines | TravauxAbandonnes
AHEAD_DAYS = 40
UPKEPT = ("incidents", "travaux", "entretiens", "espaces", "materiel")
"""The registers that tell what is kept in order."""


@attrs.define
class Upkeep:
    """The facts of each incident, of works and of what comes back; and the stops that others asked."""

    incidents: Lives = attrs.Factory(Lives)
    works: Lives = attrs.Factory(Lives)
    periodic: Lives = attrs.Factory(Lives)
    stops: list[tuple[str, Date, Date]] = attrs.Factory(list)

    def see(self, step: Step) -> None:
        """One more decision's facts: nothing is done of what is over, and works begin once they are planned."""
        for fact, note in step.facts:
            match fact:
                case FaitCorrige():
                    for lives in (self.incidents, self.works, self.periodic):
                        lives.correct(fact)
                case _ if isinstance(fact, Incident):
                    self._follows(self.incidents.last(fact.incident), fact, IncidentSignale)
                    self.incidents.add(fact.incident, fact, note)
                case _ if isinstance(fact, Works):
                    self._follows(self.works.last(fact.travaux), fact, TravauxPlanifies)
                    self.works.add(fact.travaux, fact, note)
                case _ if isinstance(fact, Periodic):
                    self.periodic.add(fact.entretien, fact, note)
                case EspaceFerme() | ObjetImmobilise() if note.mandat != "suite":
                    self.stops.append((_thing(fact), fact.du, fact.au))

    def told(self, registers: dict[str, Iterable[Any]], today: Date) -> None:
        """The rows of the registers, now; and on which days each thing is out of use."""
        for row in registers["incidents"]:
            last = self.incidents.last(row.incident)
            assert (row.clos_le is None) == (not isinstance(last, OVER)), row
        for row in registers["travaux"]:
            last = self.works.last(row.travaux)
            assert (row.etat in {"terminés", "abandonnés"}) == isinstance(last, OVER), row
            assert (row.du, row.au) == (last.du, last.au), row
        for row in registers["entretiens"]:
            assert row.prochain == self._next(row.entretien), row
            assert (row.etat == "en retard") == (row.prochain is not None and row.prochain < today), row
        for row in [*registers["espaces"], *registers["materiel"]]:
            self._out_of_use(row, today)

    def _follows(self, last: Any, fact: Any, first: type) -> None:
        assert isinstance(fact, first) == (last is None), f"commence une fois : {fact}"
        assert not isinstance(last, OVER), f"c'est fini : {fact}"
        begun = isinstance(last, TravauxCommences | TravauxProlonges)
        assert not (begun and isinstance(fact, TravauxReportes | TravauxCommences)), f"a commencé : {fact}"

    def _next(self, one: str) -> Date | None:
        """Counted from when it was done last, or as it was set since."""
        last = self.periodic.last(one)
        if not isinstance(last, EntretienFait):
            return None if isinstance(last, EntretienArrete) else last.prochain
        units = {"jours": "days", "semaines": "weeks", "mois": "months", "ans": "years"}
        return last.le.add(**{units[last.rythme.unite]: last.rythme.nombre})

    def _out_of_use(self, row: Any, today: Date) -> None:
        """From today on, it is stopped on the days that something still wants, and on no other."""
        thing = f"espace:{row.espace}" if hasattr(row, "espace") else f"objet:{row.objet}"
        if not any(self._ours(thing)):
            return  # what others do to it is not told here
        wanted = {*self._wanted(thing)}
        for day in days(today, today.add(days=AHEAD_DAYS)):
            stopped = any(a.du <= day and (a.au is None or day <= a.au) for a in row.arrets)
            assert stopped == any(du <= day <= au for du, au in wanted), f"{thing}, {day} : {row.arrets}"

    def _wanted(self, thing: str) -> Iterator[tuple[Date, Date]]:
        yield from ((du, au) for one, du, au in self.stops if one == thing)
        for last in self._ours(thing):
            stop = None if isinstance(last, OVER) else getattr(last, "arret", None)
            if stop is not None:
                yield stop.du, stop.au

    def _ours(self, thing: str) -> Iterator[Any]:
        lasts = [*self.incidents.lasts().values(), *self.works.lasts().values()]
        return (last for last in lasts if str(last.sur) == thing)


def _thing(fact: Any) -> str:
    return f"espace:{fact.espace}" if isinstance(fact, EspaceFerme) else f"objet:{fact.objet}"
