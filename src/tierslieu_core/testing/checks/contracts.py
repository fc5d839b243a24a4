"""Until when each contract runs, period after period, told from the facts alone; and that notice is answered so."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.administration.contrats import (
    ContratAmende,
    ContratConclu,
    ContratRenouvele,
    ContratTermine,
    DonnerPreavis,
    PreavisDonne,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.checks.story import Lives, Step

Told = ContratConclu | ContratAmende | ContratRenouvele | PreavisDonne | ContratTermine
FAR = 200
"""More periods than any life goes through."""


@attrs.define
class Contracts:
    """The facts of each contract; the last one says its terms."""

    lives: Lives = attrs.Factory(Lives)

    def see(self, step: Step) -> None:
        """One more decision: its facts follow from those before it."""
        for fact, note in step.facts:
            if isinstance(fact, FaitCorrige):
                self.lives.correct(fact)
            elif isinstance(fact, Told):
                self._possible(fact, step)
                self.lives.add(fact.contrat, fact, note)
        c = step.commande
        if isinstance(c, DonnerPreavis) and step.decision.verdict == "refus":
            assert not self._still_open(c), f"préavis refusé à tort : {step}"

    def told(self, rows: Iterable[Any], le: Date) -> None:
        """The rows of the register, on a day."""
        found = {row.contrat: row for row in rows}
        assert set(found) == set(self.lives.lasts())
        for one, row in found.items():
            last = self.lives.last(one)
            end, told = self._end(last), isinstance(last, PreavisDonne | ContratTermine)
            over = "terminé" if isinstance(last, ContratTermine) else "échu"
            stands = "prend fin" if told else "à venir" if le < last.termes.du else "en cours"
            assert row.etat == (over if end is not None and end < le else stands), (row, le)
            assert row.fin == end, row
            if last.termes.echeance is not None and last.termes.tacite_mois:
                assert row.echeance == next(d for d in self._dues(last.termes) if d >= max(le, last.termes.du)), row

    def _possible(self, fact: Told, step: Step) -> None:
        last = self.lives.last(fact.contrat)
        assert isinstance(fact, ContratConclu) == (last is None), fact
        if isinstance(last, ContratTermine):
            assert step.today <= last.fin, f"terminé déjà : {fact}"
        if isinstance(fact, PreavisDonne):
            assert not isinstance(last, PreavisDonne | ContratTermine), f"sa fin était dite déjà : {fact}"
            self._in_time(fact)
        if isinstance(fact, ContratTermine) and last is not None and (end := self._end(last)) is not None:
            assert fact.fin <= end, f"terminer ne prolonge pas : {fact}"

    @staticmethod
    def _in_time(fact: PreavisDonne) -> None:
        """Notice ends a contract at a due date for which it was given early enough."""
        terms = fact.termes
        needed = fact.le.add(months=terms.preavis_mois, days=terms.preavis_jours)
        assert fact.fin >= needed or (terms.preavis_mois and fact.fin >= fact.le), f"préavis trop court : {fact}"
        if terms.echeance is not None:
            assert terms.tacite_mois, f"finit de lui-même : {fact}"
            assert fact.fin in Contracts._dues(terms), f"ce n'est pas une échéance : {fact}"

    def _still_open(self, c: DonnerPreavis) -> bool:
        """Whether a contract that goes on by itself, whose end nobody told, could be given notice of for any date."""
        last = self.lives.last(c.contrat)
        if c.echeance is not None or isinstance(last, PreavisDonne | ContratTermine):
            return False
        return last.termes.echeance is None or bool(last.termes.tacite_mois)

    @staticmethod
    def _end(last: Any) -> Date | None:
        if isinstance(last, PreavisDonne | ContratTermine):
            end: Date = last.fin
            return end
        return None if last.termes.tacite_mois else last.termes.echeance

    @staticmethod
    def _dues(terms: Any) -> Iterator[Date]:
        """Every due date, one period after the other."""
        return (terms.echeance.add(months=n * terms.tacite_mois) for n in range(FAR))
