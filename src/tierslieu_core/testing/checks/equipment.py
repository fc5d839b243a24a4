"""What each model holds and where each item stands, told from the facts; and that demands on them are answered so."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.materiel import (
    EtatConstate,
    ImmobiliserObjet,
    LeverImmobilisation,
    ModeleCree,
    ModeleDecrit,
    ModeleRecense,
    ObjetAjoute,
    ObjetDecrit,
    ObjetImmobilise,
    ObjetRemisEnService,
    ObjetRetire,
    RemettreEnService,
    RetirerObjet,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.checks.story import Step

Said = (
    ModeleCree | ModeleDecrit | ModeleRecense | ObjetAjoute | ObjetDecrit | EtatConstate | ObjetImmobilise
    | ObjetRemisEnService | ObjetRetire
)  # fmt: skip
BROKEN = "en panne"


@attrs.define
class Equipment:
    """All that was said of models and items, in order; what was corrected was never said."""

    said: dict[str, Said] = attrs.Factory(dict)

    def see(self, step: Step) -> None:
        """One more decision: it answers what the facts before it call for; then its own facts."""
        self._answered(step)
        broken: list[str] = []
        for fact, note in step.facts:
            if isinstance(fact, FaitCorrige):
                self.said.pop(fact.fait, None)
            elif isinstance(fact, Said):
                self._possible(fact)
                if isinstance(fact, EtatConstate) and fact.etat_general == BROKEN != self._seen(fact.objet)[0]:
                    broken.append(fact.objet)
                self.said[note.id] = fact
        for item in broken:
            assert self.stopped(item, step.today) or self._left(item, step.today), f"en panne, et en service : {step}"

    def told(self, items: Iterable[Any], models: Iterable[Any], le: Date) -> None:
        """The rows of both registers on a day."""
        for row in items:
            stopped = "hors service" if self.stopped(row.objet, le) else "en service"
            assert row.situation == ("retiré" if self._left(row.objet, le) else stopped), (row, le)
            named = self._last(row.objet, ObjetAjoute, ObjetDecrit)
            assert (row.nom, row.etat) == (named.nom, named.etat), (row, named)
            assert (row.etat_general, row.manquants) == self._seen(row.objet), row
        for row in models:
            assert (row.nom, row.quantite, row.parties) == self._model(row.modele), row

    def stopped(self, item: str, le: Date) -> bool:
        """Whether an item is out of service on a day, its departure apart."""
        stops: list[tuple[Date, Date]] = []
        for fact in self._of(item):
            if isinstance(fact, ObjetImmobilise):
                stops.append((fact.du, fact.au))
            elif isinstance(fact, ObjetRemisEnService):
                stops = [(du, fact.le.prev_day() if du <= fact.le <= au else au) for du, au in stops]
        return any(du <= le <= au for du, au in stops)

    def _answered(self, step: Step) -> None:
        """A demand on an item's service is refused once it leaves, and only then; nothing is said twice."""
        c, verdict = step.commande, step.decision.verdict
        match c:
            case ImmobiliserObjet():
                asked = c.du
            case LeverImmobilisation():
                asked = c.le
            case RemettreEnService():
                asked = step.today
            case RetirerObjet():
                asked = Date.MAX
            case _:
                return
        left = self._left(c.objet, asked)
        assert verdict != ("accord" if left else "refus"), f"part, ou est encore là : {step}"
        if isinstance(c, RemettreEnService | LeverImmobilisation) and not left:
            assert (verdict == "accord") == self.stopped(c.objet, asked), step

    def _possible(self, fact: Said) -> None:
        """A fact follows from those before it."""
        match fact:
            case ObjetAjoute():
                assert not list(self._of(fact.objet)), f"y est déjà : {fact}"
                assert self._model(fact.modele)[1] is None, f"se compte sans se numéroter : {fact}"
                assert fact.parc is not None
                assert {*fact.parc.objets} == {*self._park(fact.modele), fact.objet}, fact
            case ModeleRecense():
                strangers = [o for o in fact.objets if self._last(o, ObjetAjoute).modele != fact.modele]
                assert not strangers, f"d'un autre modèle : {fact}"
            case EtatConstate():
                held = Counter({p.nom: p.nombre for p in self._model(self._last(fact.objet, ObjetAjoute).modele)[2]})
                missing = Counter({p.nom: p.nombre for p in fact.manquants})
                assert missing <= held, f"il manque plus qu'il n'y a : {fact}"

    def _model(self, model: str) -> tuple[str, int | None, Any]:
        last = next(f for f in self._back() if isinstance(f, ModeleCree | ModeleDecrit) and f.modele == model)
        return last.nom, last.quantite, last.parties

    def _park(self, model: str) -> set[str]:
        """The items of a model: those counted last, and those added since."""
        found: set[str] = set()
        for fact in self.said.values():
            if isinstance(fact, ModeleRecense) and fact.modele == model:
                found = {*fact.objets}
            elif isinstance(fact, ObjetAjoute) and fact.modele == model:
                found.add(fact.objet)
        return found

    def _left(self, item: str, le: Date) -> bool:
        """Whether an item is no longer of the place by that day."""
        return any(isinstance(fact, ObjetRetire) and fact.le <= le for fact in self._of(item))

    def _seen(self, item: str) -> tuple[Any, Any]:
        """Its state, and what misses in its kit."""
        last = self._last(item, ObjetAjoute, EtatConstate)
        return last.etat_general, getattr(last, "manquants", ())

    def _of(self, item: str) -> Iterator[Any]:
        return (fact for fact in self.said.values() if getattr(fact, "objet", None) == item)

    def _last(self, item: str, *kinds: type) -> Any:
        return next(fact for fact in self._back() if isinstance(fact, kinds) and getattr(fact, "objet", None) == item)

    def _back(self) -> Iterator[Said]:
        return reversed(self.said.values())
