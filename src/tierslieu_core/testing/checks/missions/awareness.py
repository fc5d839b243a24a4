"""Awareness: a workshop is told once, after it began; nobody gives up what they never saw; each step goes forward."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.personnes.sensibilisation import (
    AtelierAnnule,
    AtelierPrevu,
    AtelierTenu,
    OutilAdopte,
    OutilDeclare,
    OutilDelaisse,
    OutilEssaye,
    OutilMontre,
    OutilRetire,
)
from tierslieu_core.testing.checks.story import Lives, Step

WORKSHOP = AtelierPrevu | AtelierTenu | AtelierAnnule
TOOL = OutilDeclare | OutilRetire
USE = OutilMontre | OutilEssaye | OutilAdopte | OutilDelaisse


def thing(fact: Any) -> str:
    """A workshop; a tool; what a person does of a tool."""
    if isinstance(fact, WORKSHOP):
        return f"atelier:{fact.atelier}"
    if isinstance(fact, TOOL):
        return f"outil:{fact.outil}"
    return f"outil:{fact.outil}@{fact.personne}" if isinstance(fact, USE) else ""


def may(lives: Lives, fact: Any, step: Step) -> None:
    """What may follow what."""
    last = lives.last(thing(fact))
    if isinstance(fact, OutilMontre | OutilEssaye | OutilAdopte):
        tool = lives.last(f"outil:{fact.outil}")
        assert isinstance(tool, OutilDeclare), f"un outil dont le lieu ne se sert pas : {step}"
    match fact:
        case AtelierPrevu():
            assert last is None, f"prévu deux fois : {step}"
        case AtelierTenu() | AtelierAnnule():
            assert isinstance(last, AtelierPrevu), f"dit sans être prévu, ou deux fois : {step}"
            if isinstance(fact, AtelierTenu):
                assert step.at >= fact.periode.bornes()[0], f"raconté avant d'avoir lieu : {step}"
                assert fact.total >= len(fact.personnes), f"plus de noms que de monde : {step}"
        case OutilRetire():
            assert isinstance(last, OutilDeclare), f"retiré sans être déclaré : {step}"
        case OutilMontre():
            assert last is None or isinstance(last, OutilDelaisse), f"montré à qui le connaît : {step}"
        case OutilEssaye() | OutilAdopte():
            assert not isinstance(last, OutilAdopte), f"un pas en arrière : {step}"
        case OutilDelaisse():
            assert last is not None, f"délaissé sans l'avoir vu : {step}"
            assert not isinstance(last, OutilDelaisse), f"délaissé deux fois : {step}"
        case _:
            pass
