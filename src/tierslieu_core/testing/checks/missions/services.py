"""Services: none is sustained before it was studied, none goes on once it was stopped without being taken up again."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.projets.services import (
    IndicateurReleve,
    ServiceArrete,
    ServiceEssaye,
    ServiceEtudie,
    ServicePerennise,
)
from tierslieu_core.testing.checks.story import Lives, Step

STEPS = ServiceEtudie | ServiceEssaye | ServicePerennise | ServiceArrete


def thing(fact: Any) -> str:
    """A service."""
    return f"service:{fact.service}" if isinstance(fact, STEPS | IndicateurReleve) else ""


def may(lives: Lives, fact: Any, step: Step) -> None:
    """What may follow what."""
    last = next((f for f in reversed(lives.of.get(thing(fact), [])) if isinstance(f, STEPS)), None)
    match fact:
        case ServicePerennise():
            assert isinstance(last, ServiceEtudie | ServiceEssaye), f"pérenne sans étude ni essai : {step}"
        case ServiceArrete():
            assert last is not None, f"arrêté sans avoir commencé : {step}"
            assert not isinstance(last, ServiceArrete), f"arrêté deux fois : {step}"
        case ServiceEssaye():
            assert last is not None, f"essayé sans étude : {step}"
            assert not isinstance(last, ServicePerennise), f"essayé, mais pérenne : {step}"
        case IndicateurReleve():
            assert last is not None, f"mesuré avant d'être : {step}"
            assert {r.indicateur for r in fact.releves} <= {i.nom for i in last.indicateurs}, (
                f"mesure inconnue : {step}"
            )
        case _:
            assert not isinstance(last, ServiceEssaye | ServicePerennise), f"étudié, mais déjà plus loin : {step}"
