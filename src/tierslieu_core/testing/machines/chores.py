"""Chores: tasks proposed, taken, given back, done, missed; checklists gone through; time that people choose to tell."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from whenever import Time

from tierslieu_core.domaines.moyens.logistique import (
    CorrigerPassage,
    CorrigerTache,
    DeclarerListe,
    DeclarerTemps,
    FaireTache,
    ManquerListe,
    ManquerTache,
    PasserListe,
    PrendreTache,
    ProposerTache,
    RendreTache,
    RetirerTache,
    RetirerTemps,
)
from tierslieu_core.testing.machines.commun import ANYONE, ONE_OF_US, PEOPLE, Living
from tierslieu_core.testing.spec import CAMILLE
from tierslieu_core.vocabulaire.identifiants import ListeId, PersonneId, TacheId

TASKS = [TacheId("arroser"), TacheId("balayer")]
A_TASK, DAYS = st.sampled_from(TASKS), st.integers(0, 3)
EVENING = ListeId("soir")
ANYBODY, MINUTES = st.sampled_from([CAMILLE, *PEOPLE]), st.sampled_from([0, 30, 60, 90])
EVENINGS: Any = ("lundi", "vendredi")
POINTS = st.sampled_from([("chauffage", "alarme"), ("alarme",), ("chauffage", "alarme", "volets")])


class Chores(Living):
    """See the module."""

    @initialize(points=POINTS, wait=DAYS)
    def begin(self, points: tuple[str, ...], wait: int) -> None:
        """There is a list for some evenings, and a task that comes back."""
        self.write(points)
        self.propose(TASKS[0], wait, 1)

    @rule(points=POINTS)
    def write(self, points: tuple[str, ...]) -> None:
        """What to check when closing, from now on."""
        self.ask(
            DeclarerListe(
                liste=EVENING,
                nom="Soir",
                moment="fermeture",
                points=points,
                jours=("lundi", "vendredi"),
                avant=Time(22),
            )
        )

    @rule(task=A_TASK, wait=DAYS, again=st.none() | st.integers(1, 3))
    def propose(self, task: TacheId, wait: int, again: int | None) -> None:
        """Something is to be done, once or every few days."""
        self.ask(ProposerTache(tache=task, nom=task, pour_le=self.today.add(days=wait), tous_les=again, unite="jours"))

    @rule(steps=st.lists(st.tuples(st.integers(0, 2), ANYBODY, st.integers(0, 9)), min_size=1, max_size=5))
    def chore(self, steps: list[tuple[int, str, int]]) -> None:
        """Some tasks are taken, given back, done, missed, withdrawn; or the last that was said was a mistake."""
        for n, par, what in steps:
            self.do([row.tache for row in self.lieu.registre("taches")][-1 - n :][0], par, what)

    def do(self, one: TacheId, par: str, what: int) -> None:
        """One step of one task."""
        match what:
            case 0 | 1 | 2:
                self.ask(PrendreTache(tache=one), par)
            case 3:
                self.ask(RendreTache(tache=one), par)
            case 4 | 5 | 6:
                self.ask(FaireTache(tache=one), par)
            case 7:
                self.ask(ManquerTache(tache=one))
            case 8:
                self.ask(RetirerTache(tache=one, motif="m"))
            case _:
                self.ask(CorrigerTache(tache=one, motif="m"))

    @rule(days=st.sampled_from([-1, 0, 0, 1, 3]), left=st.booleans(), par=ANYONE, what=st.integers(0, 5))
    def close(self, days: int, left: bool, par: str, what: int) -> None:  # noqa: FBT001 - drawn
        """Somebody goes through the list; or it was missed; or the last that was said was a mistake."""
        le = self.today.subtract(days=days)
        match what:
            case 0 | 1:
                self.ask(ManquerListe(liste=EVENING, le=le))
            case 2:
                self.ask(CorrigerPassage(liste=EVENING, le=le, motif="m"))
            case _:
                laisses = ("alarme",) if left else ()
                self.ask(PasserListe(liste=EVENING, le=le, laisses=laisses, pourquoi="m" if left else None), par)

    @rule(steps=st.lists(st.tuples(ONE_OF_US, st.none() | ANYONE, st.integers(-1, 1), MINUTES), min_size=1, max_size=4))
    def give(self, steps: list[tuple[PersonneId, str | None, int, int]]) -> None:
        """People tell of their time, or take it back; or another would."""
        for who, other, days, minutes in steps:
            le, par = self.today.subtract(days=days), other or who
            if minutes:
                self.ask(DeclarerTemps(personne=who, minutes=minutes, le=le), par)
            else:
                self.ask(RetirerTemps(personne=who, le=le), par)
