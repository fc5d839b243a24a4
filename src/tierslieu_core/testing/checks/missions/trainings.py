"""Trainings: no more people than places, each served in their order, and nobody is habilitated without having come."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.personnes.formations import (
    AccompagnementClos,
    AccompagnementOuvert,
    ButFixe,
    HabilitationPratiquee,
    HabilitationRetiree,
    InscriptionPrise,
    PlaceAttendue,
    PlaceRendue,
    RencontreTenue,
    SessionAnnulee,
    SessionProgrammee,
    SessionRevue,
    SessionTenue,
)
from tierslieu_core.domaines.personnes.formations import HabilitationAccordee as Accordee
from tierslieu_core.testing.checks.story import Lives, Step

TO_COME = SessionProgrammee | SessionRevue | InscriptionPrise | PlaceAttendue | PlaceRendue
SESSION = TO_COME | SessionTenue | SessionAnnulee
PATH = AccompagnementOuvert | ButFixe | RencontreTenue | AccompagnementClos
HELD = Accordee | HabilitationPratiquee | HabilitationRetiree


def thing(fact: Any) -> str:
    """A session; a path with somebody; what a person may do."""
    if isinstance(fact, SESSION):
        return f"session:{fact.session}"
    if isinstance(fact, PATH):
        return f"accompagnement:{fact.accompagnement}"
    return f"personne:{fact.personne}" if isinstance(fact, HELD) else ""


def may(lives: Lives, fact: Any, step: Step) -> None:
    """What may follow what."""
    last = lives.last(thing(fact))
    if isinstance(fact, SESSION):
        _session(last, fact, step)
    elif isinstance(fact, PATH):
        _path(last, fact, step)
    elif isinstance(fact, HabilitationPratiquee):
        _practised(lives.of[thing(fact)], fact, step)


def _session(last: Any, fact: Any, step: Step) -> None:
    begin, end = fact.periode.bornes()
    assert len(fact.inscrits) <= fact.places, f"plus de monde que de places : {step}"
    assert not fact.attente or len(fact.inscrits) == fact.places, f"on attend, et il reste une place : {step}"
    assert len({*fact.inscrits, *fact.attente}) == len(fact.inscrits) + len(fact.attente), f"deux fois : {step}"
    assert fact.formateur not in (*fact.inscrits, *fact.attente), f"se forme soi-même : {step}"
    if isinstance(fact, SessionProgrammee):
        assert last is None, f"programmée deux fois : {step}"
        return
    assert isinstance(last, TO_COME), f"close, et l'on en parle : {step}"
    kept = [un for un in last.attente if un in fact.attente]
    assert kept == [un for un in fact.attente if un in last.attente], f"l'attente a changé d'ordre : {step}"
    came = [un for un in fact.inscrits if un in last.attente]
    assert came == [un for un in last.attente if un not in fact.attente and un in fact.inscrits][: len(came)], (
        f"servi avant son tour : {step}"
    )
    waiting = [last.attente.index(un) for un in came] + [last.attente.index(un) for un in kept]
    assert waiting == sorted(waiting), f"servi avant son tour : {step}"
    match fact:
        case SessionTenue():
            assert step.at >= end, f"dite tenue avant sa fin : {step}"
            assert set(fact.acquis) <= set(fact.presents) <= set(last.inscrits), f"acquis sans être là : {step}"
        case SessionRevue():
            assert step.at < last.periode.bornes()[0], f"revue trop tard : {step}"
        case InscriptionPrise() | PlaceAttendue() | PlaceRendue():
            assert step.at < end, f"une inscription après coup : {step}"
        case _:
            assert begin < end, f"à l'envers : {step}"


def _path(last: Any, fact: Any, step: Step) -> None:
    if isinstance(fact, AccompagnementOuvert):
        assert last is None, f"ouvert deux fois : {step}"
        return
    assert last is not None, f"de rien : {step}"
    assert not isinstance(last, AccompagnementClos), f"il était achevé : {step}"
    assert set(last.atteints) <= set(fact.atteints) <= set(range(1, fact.buts + 1)), f"un but de nulle part : {step}"
    assert fact.buts == last.buts + isinstance(fact, ButFixe), f"un but de plus, ou de moins : {step}"


def _practised(before: list[Any], fact: HabilitationPratiquee, step: Step) -> None:
    """What is practised was granted, and had not gone out since."""
    told = [f for f in before if f.habilitation == fact.habilitation and not isinstance(f, HabilitationRetiree)]
    granted = [f for f in told if isinstance(f, Accordee) and f.du <= fact.le]
    assert granted, f"pratiquée sans être tenue : {step}"
    since = max(f.du if isinstance(f, Accordee) else f.le for f in told if not isinstance(f, Accordee) or f in granted)
    longest = max(f.pratique_jours or 0 for f in granted)
    assert fact.le <= since.add(days=longest), f"pratiquée, mais éteinte : {step}"
