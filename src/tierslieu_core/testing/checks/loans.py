"""No item in two hands, and no more of a model promised than there is."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.materiel import (
    ModeleCree,
    ModeleDecrit,
    ModeleRecense,
    ObjetAjoute,
    ObjetImmobilise,
    ObjetRemisEnService,
    ObjetRetire,
)
from tierslieu_core.domaines.usages.prets import (
    ModeleReserve,
    ObjetPerdu,
    ObjetPrete,
    ObjetRendu,
    PartieRendue,
    PretRappele,
    PretRenouvele,
    QuantitePretee,
    QuantiteRappelee,
    QuantiteRedite,
    QuantiteRendue,
    ReservationARevoir,
    ReservationHonoree,
    ReservationModeleAnnulee,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.checks.story import Lives, Step, days

InHand = ObjetPrete | PretRenouvele | PretRappele | PartieRendue
Stop = ObjetImmobilise | ObjetRemisEnService | ObjetRetire
Reservation = ModeleReserve | ReservationHonoree | ReservationARevoir | ReservationModeleAnnulee
HELD_DAYS = 1
"""How long a reservation that nobody fetches holds, where the place has set nothing."""


@attrs.define
class Loans:
    """Where each item is, who reserved what, and how many of a model that is counted are out."""

    items: dict[str, str] = attrs.Factory(dict)
    parks: dict[str, set[str]] = attrs.Factory(dict)
    counted: dict[str, int] = attrs.Factory(dict)
    loans: Lives = attrs.Factory(Lives)
    stops: Lives = attrs.Factory(Lives)
    reserved: Lives = attrs.Factory(Lives)
    numbers: Lives = attrs.Factory(Lives)

    def see(self, step: Step) -> None:
        """One more decision."""
        gains = [gain for fact, note in step.facts if (gain := self._take(fact, note, step.today)) is not None]
        for model, first, last in gains:
            for le in days(first, last):
                awaited, free = self._awaited(model, le, step.today), self._free(model, le, step.today)
                assert not awaited or awaited <= free, f"{model} le {le} : {awaited} réservés, {free} libres ({step})"

    def in_hand(self) -> dict[str, tuple[str, Date]]:
        """Who has each item that is out, and until when."""
        lasts = self.loans.lasts().items()
        return {item: (last.personne, last.retour) for item, last in lasts if isinstance(last, InHand)}

    def _take(self, fact: Any, note: Any, today: Date) -> tuple[str, Date, Date] | None:
        """Take a fact in; what it promises or gives of a model, from one day to another."""
        match fact:
            case FaitCorrige():
                self.loans.correct(fact)
                self.stops.correct(fact)
                self.numbers.correct(fact)
                if (thing := self.reserved.correct(fact)) and (back := self.reserved.last(thing)):
                    return back.modele, max(back.du, today), back.au
            case ObjetAjoute():
                self.items[fact.objet] = fact.modele
                self.parks.setdefault(fact.modele, set()).add(fact.objet)
            case ModeleRecense():
                self.parks[fact.modele] = {*fact.objets}
            case ModeleCree() | ModeleDecrit() if fact.quantite is not None:
                self.counted[fact.modele] = fact.quantite
            case ObjetPrete() | PretRenouvele() | PretRappele() | PartieRendue() | ObjetRendu() | ObjetPerdu():
                return self._moves(fact, note, today)
            case ObjetImmobilise() | ObjetRemisEnService() | ObjetRetire():
                self.stops.add(fact.objet, fact, note)
            case ModeleReserve() | ReservationHonoree() | ReservationARevoir() | ReservationModeleAnnulee():
                self.reserved.add(fact.reservation, fact, note)
                return (fact.modele, fact.du, fact.au) if isinstance(fact, ModeleReserve) else None
            case QuantitePretee() | QuantiteRappelee() | QuantiteRendue() | QuantiteRedite():
                return self._counts(fact, note, today)
        return None

    def _counts(self, fact: Any, note: Any, today: Date) -> tuple[str, Date, Date] | None:
        """Loans in number: whatever is corrected, each fact sums up all that is out of its model."""
        if not isinstance(fact, QuantiteRedite):
            self.numbers.add(fact.pret, fact, note)
        said = {s.pret: (fact.modele, s.quantite, s.retour) for s in fact.sorties}
        found = {pret: one for pret, one in self.out().items() if one[0] == fact.modele}
        assert said == found, f"dehors de {fact.modele} : {found}, et il est dit : {said}"
        return (fact.modele, today, fact.retour) if isinstance(fact, QuantitePretee) else None

    def out(self) -> dict[str, tuple[str, int, Date]]:
        """Of each loan in number that runs: of which model, how many are out, until when."""
        lives = {pret: facts for pret, facts in self.numbers.of.items() if facts}
        found = {pret: (facts[0].modele, *_out_of(facts)) for pret, facts in lives.items()}
        return {pret: one for pret, one in found.items() if one[1]}

    def _moves(self, fact: Any, note: Any, today: Date) -> tuple[str, Date, Date] | None:
        before = self.loans.last(fact.objet)
        if isinstance(fact, ObjetPrete):
            assert before is None or isinstance(before, ObjetRendu), f"dans deux mains : {before} puis {fact}"
        else:
            assert isinstance(before, InHand | ObjetPerdu), f"n'était pas dehors : {before} puis {fact}"
            assert before.personne == fact.personne, f"dans d'autres mains : {before} puis {fact}"
        self.loans.add(fact.objet, fact, note)
        if isinstance(fact, ObjetPrete):
            return self.items[fact.objet], today, fact.retour
        if isinstance(fact, PretRenouvele) and isinstance(before, InHand | ObjetPerdu):
            return self.items[fact.objet], max(today, before.retour.next_day()), fact.retour
        return None

    def _awaited(self, model: str, le: Date, today: Date) -> int:
        lasts = [r for r in self.reserved.lasts().values() if not isinstance(r, ReservationModeleAnnulee)]
        return sum(
            r.restent
            for r in lasts
            if r.modele == model and r.du <= le <= r.au and today <= min(r.au, r.du.add(days=HELD_DAYS))
        )

    def _free(self, model: str, le: Date, today: Date) -> int:
        dehors = sum(n for which, n, retour in self.out().values() if which == model and le <= max(retour, today))
        items = sum(self._at_hand(item, le, today) for item in self.parks.get(model, ()))
        return self.counted.get(model, 0) - dehors + items

    def _at_hand(self, item: str, le: Date, today: Date) -> bool:
        stop, last = self.stops.last(item), self.loans.last(item)
        if any(a.du <= le and (a.au is None or le <= a.au) for a in (stop.arrets if stop else ())):
            return False
        return last is None or (le >= last.le if isinstance(last, ObjetRendu) else self._back(last, le, today))

    def _back(self, last: Any, le: Date, today: Date) -> bool:
        return not isinstance(last, ObjetPerdu) and le > max(last.retour, today)


def _out_of(facts: list[Any]) -> tuple[int, Date]:
    """How many are out after the facts of one loan in number, and until when."""
    many, until = facts[0].quantite, facts[0].retour
    for fact in facts[1:]:
        many = fact.restent
        until = fact.retour if isinstance(fact, QuantiteRappelee) else until
    return many, until
