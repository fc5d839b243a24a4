"""Needs: each person supports one once, and takes back only what they gave; none is answered twice over, nor lost."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.personnes.besoins import (
    BesoinEcarte,
    BesoinExprime,
    BesoinGroupe,
    BesoinRepondu,
    BesoinRouvert,
    SoutienApporte,
    SoutienRetire,
    SoutiensNotes,
)
from tierslieu_core.testing.checks.story import Lives, Step

OPEN = BesoinExprime | BesoinRouvert
STEPS = BesoinExprime | BesoinGroupe | BesoinRepondu | BesoinEcarte | BesoinRouvert


def thing(fact: Any) -> str:
    """A need, or one person's support of it."""
    match fact:
        case SoutienApporte() | SoutienRetire():
            return f"soutien:{fact.besoin}@{fact.personne}"
        case BesoinExprime() | BesoinGroupe() | BesoinRepondu() | BesoinEcarte() | BesoinRouvert() | SoutiensNotes():
            return f"besoin:{fact.besoin}"
        case _:
            return ""


def may(lives: Lives, fact: Any, step: Step) -> None:
    """What may follow what."""
    last = next((f for f in reversed(lives.of.get(f"besoin:{fact.besoin}", [])) if isinstance(f, STEPS)), None)
    match fact:
        case SoutienApporte():
            assert not isinstance(lives.last(thing(fact)), SoutienApporte), f"soutenu deux fois : {step}"
            assert isinstance(last, OPEN), f"un besoin qui n'attend rien : {step}"
        case SoutienRetire():
            assert isinstance(lives.last(thing(fact)), SoutienApporte), f"repris sans l'avoir donné : {step}"
        case SoutiensNotes():
            assert isinstance(last, OPEN), f"un besoin qui n'attend rien : {step}"
            assert fact.nombre >= 0, f"moins que personne : {step}"
        case BesoinExprime():
            assert last is None, f"exprimé deux fois : {step}"
        case BesoinRouvert():
            assert isinstance(last, BesoinRepondu | BesoinEcarte), f"il n'était pas clos : {step}"
        case BesoinRepondu():
            assert isinstance(last, OPEN | BesoinRepondu), f"répondu, mais clos : {step}"
            assert any((fact.activite, fact.service, fact.formation, fact.partenariat)), f"par rien : {step}"
        case _:
            assert isinstance(last, OPEN), f"il n'attendait plus rien : {step}"
    if isinstance(fact, BesoinGroupe):
        whole = lives.last(f"besoin:{fact.dans}")
        assert isinstance(whole, OPEN | SoutiensNotes), f"dit avec un besoin clos : {step}"
        assert fact.dans != fact.besoin, f"dit avec lui-même : {step}"
