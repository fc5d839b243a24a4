"""Partnerships: nothing is owed without an agreement, nothing is said of one that is over, axes are adopted first."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.projets.partenariats import (
    AxeAdopte,
    AxeClos,
    ContactNoue,
    ConventionSignee,
    EngagementConstate,
    PartenariatClos,
    PartenariatEvalue,
)
from tierslieu_core.testing.checks.story import Lives, Step

AXIS = AxeAdopte | AxeClos
LIFE = ContactNoue | ConventionSignee | EngagementConstate | PartenariatEvalue | PartenariatClos


def thing(fact: Any) -> str:
    """A partnership, an axis of the strategy."""
    if isinstance(fact, AXIS):
        return f"axe:{fact.axe}"
    return f"partenariat:{fact.partenariat}" if isinstance(fact, LIFE) else ""


def may(lives: Lives, fact: Any, step: Step) -> None:
    """What may follow what."""
    last = lives.last(thing(fact))
    signed = isinstance(last, ConventionSignee | EngagementConstate | PartenariatEvalue)
    match fact:
        case AxeClos():
            assert isinstance(last, AxeAdopte), f"clos sans être adopté : {step}"
        case ContactNoue():
            assert not signed, f"un contact, mais déjà une convention : {step}"
            axis = lives.last(f"axe:{fact.partenaire.axe}")
            assert fact.partenaire.axe is None or isinstance(axis, AxeAdopte), f"pour un axe qui n'est pas : {step}"
        case EngagementConstate():
            assert signed, f"constaté sans convention : {step}"
            known, before = ({un.nom for un in c.engagements} for c in (fact.convention, last.convention))
            assert fact.engagement in known == before, f"ce que la convention ne dit pas : {step}"
        case PartenariatEvalue():
            assert signed, f"évalué sans convention : {step}"
        case ConventionSignee() | PartenariatClos():
            assert last is not None, f"de rien : {step}"
            assert not isinstance(last, PartenariatClos), f"il était fini : {step}"
        case _:
            pass
