"""Laws of rules: what a verdict depends on, what a refusal cites, and what the order of adoption changes."""

# ruff: noqa: S101 - a law is made of assertions
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.kernel.decisions import DecisionRendue, RegleContraire
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.laws.lives import Life, of_any_life
from tierslieu_core.testing.laws.scope import DEBUT, Asked, Scope, founded, lived
from tierslieu_core.testing.laws.simulated import LE_DEBUT, STRICTES
from tierslieu_core.testing.spec import MAINTENANT
from tierslieu_core.testing.strategies import KEYS
from tierslieu_core.vocabulaire.identifiants import RegleId

REFUSE = frozenset({"refuse", "caduque"})
FAR = 24 * 3650
"""Hours: what the clock says does not matter to a demand that says when it is asked."""


def _ruled(lieu: Lieu, noms: Iterable[str] = STRICTES) -> Lieu:
    """A place that has adopted strict limits, in that order, since its first day."""
    for nom in noms:
        adopter = AdopterRegle(regle=RegleId(nom), genre=STRICTES[nom], du=LE_DEBUT, motif="m")
        lieu.executer(adopter, par="camille", cle=f"limite-{nom}", maintenant=DEBUT)
    return lieu


def _decided(lieu: Lieu, asked: Asked, n: int, **how: Any) -> Any:
    """The verdict of a demand, its clauses, what they were judged on and the refusal; or why it was turned away."""
    try:
        said = asked.on(lieu, cle=KEYS[n], maintenant=MAINTENANT.add(hours=n), **how).decision
    except DemandeInvalide as fault:
        return str(fault)
    return said.verdict, said.clauses, bytes(said.mesures), said.motif, said.faits


@of_any_life
def a_verdict_depends_on_the_journal_alone(scope: Scope, lieu: Lieu, life: Life) -> None:
    """What decides is the recorded facts and the demand: a place opened anew, on another clock, decides alike."""
    _ruled(lieu)
    for n, asked in enumerate(life):
        anew = Lieu(lieu.recorder, lieu.vault, scope.catalogue, lambda: MAINTENANT.add(hours=FAR))
        there = _decided(anew, asked, n, essai=True)
        assert there == _decided(lieu, asked, n)


@of_any_life
def independent_rules_are_adopted_in_any_order(scope: Scope, lieu: Lieu, life: Life) -> None:
    """Rules that measure different things judge every demand alike, in whatever order they were adopted."""
    _ruled(lieu)
    with founded(scope) as other:
        _ruled(other, reversed(STRICTES))
        for n, asked in enumerate(life):
            assert _decided(lieu, asked, n) == _decided(other, asked, n)


@of_any_life
def every_refusal_says_what_refuses(scope: Scope, lieu: Lieu, life: Life) -> None:
    """A refusal cites a clause whose rule, on what it measured, refuses; or it is one that an area names."""
    _ruled(lieu)
    for one in lived(lieu, life):
        if one.reponse.verdict == "refus":
            says(scope, lieu, one.reponse.decision)


def says(scope: Scope, lieu: Lieu, decision: DecisionRendue) -> None:
    """That a refusal cites what refuses, by its own evaluation."""
    assert decision.motif is not None
    if decision.motif.refus != fiche(RegleContraire).nom:
        assert decision.motif.refus in scope.catalogue.refus
        return
    cited = [c for c in decision.clauses if c.verdict in REFUSE]
    assert cited
    for clause in cited:
        assert lieu.livre.rejuge(clause) == clause
