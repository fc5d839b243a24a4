"""What each document holds, who may read it and until when it is kept, told from the facts alone."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.administration.documents import (
    ClasseDeclaree,
    DetruireDocument,
    DocumentClos,
    DocumentDecrit,
    DocumentDepose,
    DocumentDetache,
    DocumentDetruit,
    DocumentDetruitAvantTerme,
    DocumentJoint,
    DocumentLu,
    LireDocument,
    VersionDeposee,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.checks.story import Lives, Step
from tierslieu_core.testing.spec import CAMILLE

Destroyed = DocumentDetruit | DocumentDetruitAvantTerme
Told = DocumentDepose | VersionDeposee | DocumentDecrit | DocumentJoint | DocumentDetache | DocumentClos | Destroyed
HOLD = {CAMILLE: {"concierge", "coordination"}, "p-1": {"bureau"}}
"""Who holds which mandate in the places that machines make."""


@attrs.define
class Papers:
    """The facts of each document, and the classes as they were last declared."""

    lives: Lives = attrs.Factory(Lives)
    classes: dict[str, ClasseDeclaree] = attrs.Factory(dict)

    def see(self, step: Step) -> None:
        """One more decision: it answers what the facts before it call for; then its own facts."""
        self._answered(step)
        for fact, note in step.facts:
            match fact:
                case ClasseDeclaree():
                    self.classes[fact.classe] = fact
                case FaitCorrige():
                    self.lives.correct(fact)
                case DocumentLu():
                    assert self._may_read(fact.personne, fact.document), f"lu par qui ne le peut : {step}"
                case _ if isinstance(fact, Told):
                    self._possible(fact, step)
                    self.lives.add(fact.document, fact, note)

    def told(self, rows: Iterable[Any], attached: Iterable[Any]) -> None:
        """The rows of both registers, now."""
        found = {row.document: row for row in rows}
        assert set(found) == set(self.lives.lasts())
        for one, row in found.items():
            gone = self._gone(one)
            assert (row.etat == "détruit") == gone, row
            assert [v.empreinte for v in (*row.anciennes, row.version)] == self._contents(one), row
            assert gone or row.terme == self._kept_until(one), row
            assert gone or row.regime == self.classes[row.classe].regime, row
        here = {(one, thing) for one in found for thing in self._attached(one)}
        assert {(row.document, row.chose) for row in attached} == here

    def _answered(self, step: Step) -> None:
        """Destroyed when its time is over, and only then; read by whoever may, and nobody else."""
        c, accepted = step.commande, step.decision.verdict in ("accord", "sans_objet")
        if isinstance(c, DetruireDocument):
            last = self._kept_until(c.document)
            over = self._gone(c.document) or (last is not None and last < step.today)
            assert accepted == over, f"détruit trop tôt, ou gardé trop longtemps : {step}"
        elif isinstance(c, LireDocument):
            assert accepted == (not self._gone(c.document) and self._may_read(step.note.par, c.document)), step

    def _possible(self, fact: Told, step: Step) -> None:
        """Nothing is done of what is destroyed; the proof of a destruction tells every content that it had."""
        assert not self._gone(fact.document), f"détruit déjà : {fact}"
        assert isinstance(fact, DocumentDepose) == (self.lives.last(fact.document) is None), fact
        if isinstance(fact, Destroyed):
            assert set(fact.empreintes) == set(self._contents(fact.document)), f"une empreinte manque : {fact}"
        if isinstance(fact, DocumentDetruit):
            assert fact.terme < step.today, fact

    def _gone(self, one: str) -> bool:
        return isinstance(self.lives.last(one), Destroyed)

    def _facts(self, one: str, *kinds: type) -> list[Any]:
        return [fact for fact in self.lives.of.get(one, ()) if isinstance(fact, kinds)]

    def _contents(self, one: str) -> list[Any]:
        return [fact.version.empreinte for fact in self._facts(one, DocumentDepose, VersionDeposee)]

    def _regime(self, one: str) -> Any:
        return self.classes[self._facts(one, DocumentDepose, DocumentDecrit)[-1].classe].regime

    def _kept_until(self, one: str) -> Date | None:
        regime, came = self._regime(one), self._facts(one, DocumentDepose, VersionDeposee)
        closed = [fact.clos_le for fact in self._facts(one, DocumentClos)]
        since = {"depot": [came[0].version.le], "version": [came[-1].version.le], "cloture": closed}[regime.depuis]
        return since[-1].add(months=regime.garde_mois) if since and regime.garde_mois else None

    def _may_read(self, who: str, one: str) -> bool:
        about = f"personne:{who}" in self._attached(one)
        held = {"inscrit", *HOLD.get(who, ()), *(["soi"] if about else [])}
        return not held.isdisjoint(self._regime(one).lecteurs)

    def _attached(self, one: str) -> set[str]:
        found: set[str] = set()
        for fact in self.lives.of.get(one, ()):
            if isinstance(fact, DocumentDepose):
                found = {*map(str, fact.joint_a)}
            elif isinstance(fact, DocumentJoint):
                found.add(str(fact.chose))
            elif isinstance(fact, DocumentDetache):
                found.discard(str(fact.chose))
            elif isinstance(fact, Destroyed):
                return set()
        return found
