"""Chores: tasks proposed, taken, given back, done, missed; checklists gone through; time that people choose to tell."""

from __future__ import annotations

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
from tierslieu_core.testing.machines.commun import ANYONE, ONE_OF_US, Living
from tierslieu_core.vocabulaire.identifiants import ListeId, PersonneId, TacheId

TASKS = [TacheId("arroser"), TacheId("balayer")]
A_TASK, DAYS = st.sampled_from(TASKS), st.integers(0, 3)
EVENING = ListeId("soir")
POINTS = st.sampled_from([("chauffage", "alarme"), ("alarme",), ("chauffage", "alarme", "volets")])


class Chores(Living):
    """See the module."""

    @initialize(points=POINTS, wait=DAYS)
    def begin(self, points: tuple[str, ...], wait: int) -> None:
        """There is a list for some evenings, and a task that comes back."""
        self.list(points)
        self.propose(TASKS[0], wait, 1)

    @rule(points=POINTS)
    def list(self, points: tuple[str, ...]) -> None:
        """What to check when closing, from now on."""
        self.ask(
            DeclarerListe(
                liste=EVENING, nom="Soir", moment="fermeture", points=points, jours=("lundi",), avant=Time(22)
            )
        )

    @rule(task=A_TASK, wait=DAYS, again=st.none() | st.integers(1, 3))
    def propose(self, task: TacheId, wait: int, again: int | None) -> None:
        """Something is to be done, once or every few days."""
        self.ask(ProposerTache(tache=task, nom=task, pour_le=self.today.add(days=wait), tous_les=again, unite="jours"))

    @rule(n=st.integers(0, 9), par=ANYONE, what=st.integers(0, 9))
    def chore(self, n: int, par: str, what: int) -> None:
        """Taken, given back, done, missed, not needed any more; or the last that was said was a mistake."""
        known = [row.tache for row in self.lieu.registre("taches")][-3:]
        one = known[n % len(known)]
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

    @rule(days=st.integers(-1, 2), left=st.booleans(), par=ANYONE, what=st.integers(0, 4))
    def close(self, days: int, left: bool, par: str, what: int) -> None:  # noqa: FBT001 - drawn
        """Somebody goes through the list; or it was missed; or the last that was said was a mistake."""
        le = self.today.subtract(days=days)
        match what:
            case 0:
                self.ask(ManquerListe(liste=EVENING, le=le))
            case 1:
                self.ask(CorrigerPassage(liste=EVENING, le=le, motif="m"))
            case _:
                laisses = ("alarme",) if left else ()
                self.ask(PasserListe(liste=EVENING, le=le, laisses=laisses, pourquoi="m" if left else None), par)

    @rule(who=ONE_OF_US, par=ANYONE, days=st.integers(-1, 2), minutes=st.sampled_from([0, 30, 90]))
    def give(self, who: PersonneId, par: str, days: int, minutes: int) -> None:
        """Somebody tells of their time, or takes it back; or another would."""
        le = self.today.subtract(days=days)
        if minutes:
            self.ask(DeclarerTemps(personne=who, minutes=minutes, le=le), par)
        else:
            self.ask(RetirerTemps(personne=who, le=le), par)
