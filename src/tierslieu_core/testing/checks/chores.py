"""Who has which task, which checklists were gone through or missed, how much time was told: from the facts alone."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.logistique import (
    FaireTache,
    ListeDeclaree,
    ListeManquee,
    ListePassee,
    TacheFaite,
    TacheManquee,
    TachePrise,
    TacheProposee,
    TacheRendue,
    TacheRetiree,
    TempsDeclare,
    TempsRetire,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.checks.story import Lives, Step
from tierslieu_core.testing.spec import CAMILLE

Task = TacheProposee | TachePrise | TacheRendue | TacheFaite | TacheManquee | TacheRetiree
Run = ListePassee | ListeManquee
OVER = TacheFaite | TacheManquee | TacheRetiree
CHORES = ("taches", "passages", "benevolat")
"""The registers that tell all this."""


@attrs.define
class Chores:
    """The facts of each task and of each list on a day; the lists as they were last declared; each one's own time."""

    tasks: Lives = attrs.Factory(Lives)
    runs: Lives = attrs.Factory(Lives)
    lists: dict[str, ListeDeclaree] = attrs.Factory(dict)
    time: dict[tuple[str, Date], int] = attrs.Factory(dict)

    def see(self, step: Step) -> None:
        """One more decision: nobody does what another took; then its facts."""
        if isinstance(step.commande, FaireTache) and step.decision.verdict == "accord":
            last = self.tasks.last(step.commande.tache)
            mine = not isinstance(last, TachePrise) or step.note.par in {last.personne, CAMILLE}
            assert mine, f"prise par un autre : {step}"
        for fact, note in step.facts:
            match fact:
                case FaitCorrige():
                    self.tasks.correct(fact)
                    self.runs.correct(fact)
                case ListeDeclaree():
                    assert fact.version == self.lists[fact.liste].version + 1 if fact.liste in self.lists else 1, fact
                    self.lists[fact.liste] = fact
                case TempsDeclare():
                    assert step.note.par == fact.personne, f"dit par un autre : {step}"
                    self.time[fact.personne, fact.le] = fact.minutes
                case TempsRetire():
                    del self.time[fact.personne, fact.le]
                case _ if isinstance(fact, Task):
                    self._possible(fact, step)
                    self.tasks.add(fact.tache, fact, note)
                case _ if isinstance(fact, Run):
                    self._gone_through(fact, step)
                    self.runs.add(f"{fact.liste}@{fact.le}", fact, note)

    def told(self, registers: dict[str, Iterable[Any]]) -> None:
        """The rows of the registers, now."""
        for row in registers["taches"]:
            last = self.tasks.last(row.tache)
            held = last.personne if isinstance(last, TachePrise | TacheFaite) else None
            assert (row.personne, row.etat in {"à prendre", "prise"}) == (held, not isinstance(last, OVER)), row
        for row in registers["passages"]:
            last = self.runs.last(f"{row.liste}@{row.le}")
            assert (row.etat == "manquée") == isinstance(last, ListeManquee), row
        found: Counter[str] = Counter()
        for (_, le), minutes in self.time.items():
            found[le.format_iso()[:7]] += minutes
        assert {row.mois: row.minutes for row in registers["benevolat"] if row.minutes} == found

    def _possible(self, fact: Task, step: Step) -> None:
        last = self.tasks.last(fact.tache)
        assert isinstance(fact, TacheProposee) == (last is None), fact
        assert not isinstance(last, OVER), f"c'est fini : {fact}"
        if isinstance(fact, TachePrise):
            assert not isinstance(last, TachePrise), f"prise deux fois : {fact}"
        if isinstance(fact, TacheManquee):
            assert fact.pour_le < step.today, f"manquée trop tôt : {fact}"

    def _gone_through(self, fact: Run, step: Step) -> None:
        last, now = self.lists[fact.liste], step.at.to_tz("Europe/Paris")
        assert fact.le <= step.today, f"d'avance : {fact}"
        if isinstance(fact, ListePassee):
            assert sorted(fact.faits + fact.laisses) == sorted(last.points), f"un point manque : {fact}"
        else:
            assert self.runs.last(f"{fact.liste}@{fact.le}") is None, f"passée, et dite manquée : {fact}"
            assert last.avant is not None
            assert (now.date(), now.time()) >= (fact.le, last.avant), f"manquée trop tôt : {fact}"
