"""What holds between the place and others, told from the facts alone: only what both sides signed, by two hands."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.administration.conventions import (
    AvenantPropose,
    ConventionPreparee,
    ConventionTerminee,
    ProjetRetire,
    RenouvellementPropose,
    SignatureApposee,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.checks.story import Lives, Step

Proposed = ConventionPreparee | AvenantPropose | RenouvellementPropose
Told = Proposed | SignatureApposee | ProjetRetire | ConventionTerminee
SPEAKS = {"camille": {"camille"}, "p-1": {"p-1", "asso"}, "p-2": {"p-2"}}
"""For whom each may sign in the places that machines make: the first of the people speaks for the association."""
BOTH = {"lieu", "personne"}


@attrs.define
class Agreements:
    """The facts of each agreement, in order, with who asked."""

    lives: Lives = attrs.Factory(Lives)

    def see(self, step: Step) -> None:
        """One more decision: its facts follow from those before it."""
        for fact, note in step.facts:
            if isinstance(fact, FaitCorrige):
                self.lives.correct(fact)
            elif isinstance(fact, Told):
                self._possible(fact, step)
                self.lives.add(fact.convention, fact, note)
                proposed, signed, holds = self._followed(fact.convention)
                assert fact.vigueur == holds, f"en vigueur sans les deux signatures, ou l'inverse : {step}"
                assert fact.projet == proposed, step
                assert set(fact.signee_par) == signed, step

    def told(self, rows: Iterable[Any], le: Date) -> None:
        """The rows of the register, on a day."""
        found = {row.convention: row for row in rows}
        assert set(found) == set(self.lives.lasts())
        for one, row in found.items():
            proposed, signed, holds = self._followed(one)
            last = self.lives.last(one)
            assert (row.projet, row.vigueur) == (proposed, holds), row
            assert set(row.reste) == (BOTH - signed if proposed else set()), row
            over = isinstance(last, ConventionTerminee) and (holds is None or last.fin < le)
            assert (row.etat == "terminée") == over, (row, le)
            runs = holds is not None and holds.du <= le and (holds.au is None or le <= holds.au)
            assert row.etat not in ("en cours", "à signer") or (row.etat == "en cours") == runs, (row, le)
            if row.etat == "échue":
                assert not runs, (row, le)

    def _followed(self, one: str) -> tuple[Any, set[str], Any]:
        """What is proposed, which sides signed it, and what both sides signed last."""
        proposed, signed, holds = None, set[str](), None
        for fact in self.lives.of.get(one, ()):
            if isinstance(fact, Proposed):
                proposed, signed = fact.projet, set[str]()
            elif isinstance(fact, SignatureApposee):
                signed = {*signed, fact.partie}
                if signed == BOTH:
                    proposed, signed, holds = None, set[str](), proposed
            else:
                proposed, signed = None, set[str]()
        return proposed, signed, holds

    def _possible(self, fact: Told, step: Step) -> None:
        last = self.lives.last(fact.convention)
        assert isinstance(fact, ConventionPreparee) == (last is None), fact
        assert not isinstance(last, ConventionTerminee), f"sa fin était dite déjà : {fact}"
        if isinstance(fact, SignatureApposee):
            speaks = SPEAKS[step.note.par]
            if fact.partie == "lieu":
                assert step.note.par == "camille", f"signée pour le lieu sans mandat : {step}"
                assert fact.personne not in speaks, f"une seule main pour les deux côtés : {step}"
            else:
                assert fact.personne in speaks or step.note.par == "camille", f"signée à la place d'un autre : {step}"
        if isinstance(fact, ConventionTerminee) and fact.vigueur is not None and fact.vigueur.au is not None:
            assert fact.fin <= fact.vigueur.au, f"terminer ne prolonge pas : {fact}"
