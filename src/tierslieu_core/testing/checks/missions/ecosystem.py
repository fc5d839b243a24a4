"""Where the place takes part, and what is set going: nothing is left that was not joined, nor told once it is over."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.projets.ecosysteme import (
    DynamiqueAchevee,
    DynamiqueAvancee,
    DynamiqueLancee,
    ParticipationEngagee,
    ParticipationQuittee,
)
from tierslieu_core.testing.checks.story import Lives, Step


def thing(fact: Any) -> str:
    """An actor that the place takes part in; a dynamic."""
    match fact:
        case ParticipationEngagee() | ParticipationQuittee():
            return f"acteur:{fact.acteur}"
        case DynamiqueLancee() | DynamiqueAvancee() | DynamiqueAchevee():
            return f"dynamique:{fact.dynamique}"
        case _:
            return ""


def may(lives: Lives, fact: Any, step: Step) -> None:
    """What may follow what."""
    last = lives.last(thing(fact))
    match fact:
        case ParticipationQuittee():
            assert isinstance(last, ParticipationEngagee), f"quitté sans en être : {step}"
            assert last.du <= fact.le, f"quitté avant d'entrer : {step}"
        case DynamiqueLancee():
            assert last is None, f"lancée deux fois : {step}"
        case DynamiqueAvancee() | DynamiqueAchevee():
            assert isinstance(last, DynamiqueLancee | DynamiqueAvancee), f"close, et l'on en parle : {step}"
            assert set(last.avec) <= set(fact.avec), f"nul ne l'a quittée : {step}"
        case _:
            pass
