"""Access: no key is in two hands, none is given while a lost one still opens, rounds are done on their days."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.usages.acces import (
    ControleFait,
    ControlePrevu,
    MoyenChange,
    MoyenDeclare,
    MoyenPerdu,
    MoyenRemis,
    MoyenRendu,
    ObservationLevee,
    RondeArretee,
    RondeDefinie,
    RondeFaite,
)
from tierslieu_core.testing.checks.story import Lives, Step

MEANS = MoyenDeclare | MoyenRemis | MoyenRendu | MoyenPerdu | MoyenChange
ROUNDS = RondeDefinie | RondeArretee | RondeFaite
CHECKS = ControlePrevu | ControleFait | ObservationLevee


def thing(fact: Any) -> str:
    """A means of entering, a round, a check."""
    if isinstance(fact, MEANS):
        return f"moyen:{fact.moyen}"
    if isinstance(fact, ROUNDS):
        return f"ronde:{fact.ronde}"
    return f"controle:{fact.controle}" if isinstance(fact, CHECKS) else ""


def may(lives: Lives, fact: Any, step: Step) -> None:
    """What may follow what."""
    said = lives.of.get(thing(fact), [])
    if isinstance(fact, MEANS):
        _held(said, fact, step)
    elif isinstance(fact, RondeFaite):
        ronde = next(f for f in reversed(said) if isinstance(f, RondeDefinie))
        assert not ronde.jours or fact.jour.day_of_week().value in ronde.jours, f"pas son jour : {step}"
        assert set(fact.restent) <= set(ronde.points), f"un point qui n'en est pas : {step}"
    elif isinstance(fact, ObservationLevee):
        assert fact.observation in said[-1].observations, f"levée sans être observée : {step}"


def _held(said: list[Any], fact: Any, step: Step) -> None:
    """Who holds it, told again from the start."""
    holders: list[str] = []
    lost = False
    for one in [*said, fact]:
        match one:
            case MoyenRemis():
                assert not lost or one is not fact, f"remis, mais perdu : {step}"
                assert not holders or one.nature == "code" or one is not fact, f"dans deux mains : {step}"
                holders = [*holders, one.personne]
            case MoyenRendu() | MoyenPerdu():
                assert one.personne in holders or one is not fact, f"par qui ne le tenait pas : {step}"
                holders = [un for un in holders if un != one.personne]
                lost = lost or isinstance(one, MoyenPerdu)
            case MoyenChange():
                holders, lost = [], False
            case _:
                pass
    assert (set(holders), lost) == (set(fact.tenants), fact.perdu), f"ce que dit le fait n'est pas vrai : {step}"
