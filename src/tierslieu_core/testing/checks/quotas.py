"""Quotas in hours, counted again minute by minute: whatever week, month or change of clock a use goes over."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

import attrs
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.regles import RegleAbrogee, RegleAdoptee
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.usages.reservations import (
    AbsenceNotee,
    DeplacerReservation,
    ModifierSerie,
    PoserOption,
    ReserverEspace,
    ReserverSerie,
    ServirAttente,
)
from tierslieu_core.testing.checks.bookings import Bookings, held, instant
from tierslieu_core.testing.checks.story import Step, day_of

GIVE = (ReserverEspace, PoserOption, DeplacerReservation, ReserverSerie, ModifierSerie, ServirAttente)


@attrs.define
class Quotas:
    """``bookings`` as they were before the decision that is looked at."""

    bookings: Bookings
    inforce: dict[str, Quota] = attrs.Factory(dict)
    measured: int = 0

    def judged(self, step: Step) -> None:
        """What the rules measured of what was asked is what a count by the minute finds."""
        asked, sauf = _asked(step.commande, self.bookings)
        for clause in step.decision.clauses:
            quota = self.inforce.get(clause.regle)
            if quota is None or asked is None or step.decision.verdict == "sans_objet":
                continue
            person, slot = asked
            found = _most(quota, [slot, *self._uses(person, step.at, sauf)], slot)
            assert clause.valeur == found, (clause, found, step.commande)
            assert (clause.verdict == "satisfaite") == (found <= quota.maximum * 60), clause
            self.measured += 1

    def given(self, step: Step) -> None:
        """Nobody was given more than the place allows; ``bookings`` as they are after the decision."""
        for fact, _ in step.facts:
            if isinstance(fact, RegleAdoptee) and isinstance(fact.genre, Quota):
                self.inforce[fact.regle] = fact.genre
            elif isinstance(fact, RegleAbrogee):
                self.inforce.pop(fact.regle, None)
            elif (
                hasattr(fact, "precisions") and isinstance(step.commande, GIVE) and getattr(fact, "sort", None) is None
            ):
                self._allowed(fact, step)

    def _allowed(self, fact: Any, step: Step) -> None:
        slot = instant(fact.periode.debut), instant(fact.periode.fin)
        mine = list(self._uses(fact.personne, step.at))
        moved_back = slot not in mine or getattr(step.commande, "reservation", fact.reservation) != fact.reservation
        for quota in self.inforce.values():
            found = _most(quota, mine, slot)
            assert moved_back or found <= quota.maximum * 60, (fact, found, quota)

    def _uses(self, person: str, at: Instant, sauf: str = "") -> list[tuple[Instant, Instant]]:
        found = []
        for thing, fact in self.bookings.lives.lasts().items():
            if fact.personne == person and thing != sauf:
                if isinstance(fact, AbsenceNotee):
                    found.append((instant(fact.periode.debut), instant(fact.periode.fin)))
                else:
                    found += [hours.use for hours in list(held(fact, at))[:1]]
        return found


def _asked(commande: Any, bookings: Bookings) -> tuple[tuple[str, tuple[Instant, Instant]] | None, str]:
    if not isinstance(commande, ReserverEspace | PoserOption | DeplacerReservation):
        return None, ""
    slot = instant(commande.debut), instant(commande.fin)
    if isinstance(commande, DeplacerReservation):
        last = bookings.lives.last(commande.reservation)
        return (None if last is None else (last.personne, slot)), commande.reservation
    return (commande.personne, slot), ""


def _most(quota: Quota, uses: list[tuple[Instant, Instant]], asked: tuple[Instant, Instant]) -> int:
    """The minutes of the fullest of the weeks, or months, that a use falls in."""
    total = sum((Counter(dict(_minutes(quota.periode, *use))) for use in uses), Counter[Any]())
    return max(total[period] for period, _ in _minutes(quota.periode, *asked))


@lru_cache(maxsize=10_000)
def _minutes(periode: str, start: Instant, end: Instant) -> tuple[tuple[Any, int], ...]:
    """The minutes of a use in each week, or month: one by one."""
    found = Counter[Any]()
    while start < end:
        found[_period(periode, day_of(start))] += 1
        start = start.add(minutes=1)
    return tuple(found.items())


def _period(periode: str, le: Date) -> Any:
    return (le.year, le.month) if periode == "mois" else le.subtract(days=le.day_of_week().value - 1)
