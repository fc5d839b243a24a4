"""Who is a member on a day, told from the facts: once at a time; and nobody is excluded who was not heard."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles import RegleAdoptee
from tierslieu_core.domaines.cadre.regles.genres.eligibilite import AdhesionAJour
from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    AdherentExclu,
    AdhesionAdmise,
    AdhesionGelee,
    AdhesionRenouvelee,
    AdhesionReprise,
    AdhesionSuspendue,
    DepartEnregistre,
    ExclusionLevee,
)
from tierslieu_core.domaines.personnes.adhesions.collectifs import MembreDetache, MembreRattache
from tierslieu_core.domaines.personnes.adhesions.exclusion import AuditionConstatee, AuditionConvoquee, ProcedureClassee
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.domaines.usages.reservations import PoserOption, ReserverEspace
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.checks.story import Lives, Step

Held = (
    AdhesionAdmise | AdhesionRenouvelee | AdhesionSuspendue | AdhesionGelee | AdhesionReprise | DepartEnregistre
    | AdherentExclu | ExclusionLevee
)  # fmt: skip


@attrs.define
class Members:
    """Memberships, hearings, and who belongs to which collective."""

    held: Lives = attrs.Factory(Lives)
    heard: Lives = attrs.Factory(Lives)
    belong: Lives = attrs.Factory(Lives)
    rules: set[str] = attrs.Factory(set)
    judged: int = 0

    def see(self, step: Step) -> None:
        """One more decision: what the rule says of a membership is so; then its facts."""
        if isinstance(step.commande, ReserverEspace | PoserOption | PreterObjet):
            le = step.today if isinstance(step.commande, PreterObjet) else step.commande.debut.local.date()
            for clause in step.decision.clauses if step.decision.verdict != "sans_objet" else ():
                if clause.regle in self.rules:
                    assert clause.valeur == self.member(step.commande.personne, le), (clause, le, step.commande)
                    self.judged += 1
        for fact, note in step.facts:
            if isinstance(fact, AdhesionAdmise):
                deja = self._current(fact.personne, min(fact.du, step.today))
                assert not deja, f"{fact.personne} : deux adhésions à la fois ({fact})"
            self._take(fact, note)

    def _take(self, fact: Any, note: Any) -> None:
        if isinstance(fact, FaitCorrige):
            for lives in (self.held, self.heard, self.belong):
                lives.correct(fact)
        if isinstance(fact, AdherentExclu):
            last = self.heard.last(fact.personne)
            assert isinstance(last, AuditionConstatee), f"{fact.personne} : exclusion sans audition ({last})"
        if isinstance(fact, Held):
            self.held.add(fact.personne, fact, note)
        if isinstance(fact, AuditionConvoquee | AuditionConstatee | ProcedureClassee | AdherentExclu):
            self.heard.add(fact.personne, fact, note)
        elif isinstance(fact, MembreRattache | MembreDetache):
            self.belong.add(f"{fact.collectif} {fact.membre}", fact, note)
        elif isinstance(fact, RegleAdoptee) and isinstance(fact.genre, AdhesionAJour):
            self.rules.add(fact.regle)

    def told(self, rows: Iterable[Any], le: Date) -> None:
        """The register's rows of a day: who is a member, by themselves or by a collective."""
        for row in rows:
            assert (row.etat in ("à jour", "couverte")) == self.member(row.personne, le), (row, le)

    def member(self, person: str, le: Date) -> bool:
        """Whether a person is a member that day, by themselves or by a collective; a sanction takes all of it."""
        mine = self.held.last(person)
        if mine is not None and mine.suspension is not None and mine.suspension.du <= le <= mine.suspension.au:
            return False
        if isinstance(mine, AdherentExclu) and mine.exclusion.du <= le <= (mine.exclusion.au or Date.MAX):
            return False
        return self._current(person, le) or any(self._current(c, le) for c in self._collectives(person, le))

    def _collectives(self, person: str, le: Date) -> list[str]:
        lasts = self.belong.lasts().items()
        mine = [(key.split()[0], r) for key, fact in lasts if key.split()[1] == person for r in fact.membres]
        return [c for c, r in mine if r.membre == person and r.du <= le <= (r.au or Date.MAX)]

    def _current(self, person: str, le: Date) -> bool:
        fact = self.held.last(person)
        if fact is None or not fact.du <= le <= fact.au:
            return False
        if any(pause is not None and pause.du <= le <= pause.au for pause in (fact.suspension, fact.gel)):
            return False
        match fact:
            case DepartEnregistre():
                return bool(le <= fact.le)
            case AdherentExclu() | ExclusionLevee():
                return bool(le < fact.exclusion.du)
        return True
