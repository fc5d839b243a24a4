"""How much is left of each article, what went out of it and for what, told from the facts alone."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.stocks import SortirStock, StockCompte, StockEntre, StockSorti
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.checks.story import Lives, Step

Moved = StockEntre | StockSorti | StockCompte
USED = {"consommé", "donné"}


@attrs.define
class Supplies:
    """Every movement of each article, in order; what was corrected never was."""

    lives: Lives = attrs.Factory(Lives)

    def see(self, step: Step) -> None:
        """One more decision: an exit is granted when there is enough to go out so, and only then."""
        c = step.commande
        if isinstance(c, SortirStock):
            enough = self._may_go(c, step.today) >= c.quantite
            assert (step.decision.verdict == "accord") == enough, f"il y en avait {self._left(c.article)} : {step}"
        for fact, note in step.facts:
            if isinstance(fact, FaitCorrige):
                self.lives.correct(fact)
            elif isinstance(fact, Moved):
                before = self._left(fact.article)
                self.lives.add(fact.article, fact, note)
                self._balanced(fact, before, step.today)

    def told(self, stocks: Iterable[Any], consumed: Iterable[Any]) -> None:
        """The rows of both registers, now."""
        for row in stocks:
            assert row.quantite == sum(self._left(row.article).values()) == self._sum(row.article), row
        found: Counter[tuple[str, str, str | None]] = Counter()
        for one, facts in self.lives.of.items():
            for fact in facts:
                if isinstance(fact, StockSorti) and fact.raison == "consommé":
                    found[fact.le.format_iso()[:7], one, fact.activite] += fact.quantite
        assert {(row.mois, row.article, row.activite): row.quantite for row in consumed} == found

    def _balanced(self, fact: Moved, before: Counter[tuple[str, Any]], today: Date) -> None:
        """What is left is what was there, and what the fact says; nothing is less than nothing."""
        after = self._left(fact.article)
        assert all(n > 0 for n in after.values()), f"moins que rien : {fact}"
        assert sum(after.values()) == sum(before.values()) + _change(fact), f"le compte n'y est pas : {fact}"
        if isinstance(fact, StockSorti):
            assert after <= before, f"un lot grossit : {fact}"
            gone = [date for (_, date), n in (before - after).items() if n]
            expired = [date is not None and date < today for date in gone]
            assert not (fact.raison in USED and any(expired)), f"périmé, et sert encore : {fact}"
            assert not (fact.raison == "périmé" and not all(expired)), f"bon, et retiré : {fact}"
            kept = [date for (name, date) in after if date and fact.lot in {None, name} and fact.raison in USED]
            good = [date for date in kept if date >= today]
            assert not (good and None in gone), f"le premier périmé d'abord : {fact}"

    def _left(self, one: str) -> Counter[tuple[str, Any]]:
        last = self.lives.last(one)
        return Counter({(lot.lot, lot.peremption): lot.quantite for lot in (last.lots if last else ())})

    def _sum(self, one: str) -> int:
        return sum(_change(fact) for fact in self.lives.of.get(one, ()))

    def _may_go(self, c: SortirStock, today: Date) -> int:
        def fits(date: Date | None) -> bool:
            expired = date is not None and date < today
            return not expired if c.raison in USED else expired or c.raison != "périmé"

        left = self._left(c.article)
        return sum(n for (name, date), n in left.items() if c.lot in {None, name} and fits(date))


def _change(fact: Moved) -> int:
    if isinstance(fact, StockCompte):
        return fact.compte - fact.attendu
    return fact.quantite if isinstance(fact, StockEntre) else -fact.quantite
