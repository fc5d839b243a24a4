"""Introductions: none is made without both consents, none is answered once it is closed; nothing is shared unasked."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.personnes.consentements import PARTAGE, ConsentementDonne, ConsentementRetire
from tierslieu_core.domaines.personnes.rencontres import (
    MiseAcceptee,
    MiseFaite,
    MiseProposee,
    MiseSansSuite,
    MiseSuivie,
    PartageDit,
    PartagesRetires,
    RetirerPartages,
)
from tierslieu_core.domaines.personnes.rencontres.mises import AccepterMise
from tierslieu_core.testing.checks.story import Lives, Step

LIFE = MiseProposee | MiseAcceptee | MiseFaite | MiseSansSuite | MiseSuivie


def thing(fact: Any) -> str:
    """An introduction; what a person consents to, and what they share."""
    match fact:
        case ConsentementDonne() | ConsentementRetire():
            return f"consent:{fact.personne}"
        case PartageDit() | PartagesRetires():
            return f"partages:{fact.personne}"
        case _:
            return f"mise:{fact.mise}" if isinstance(fact, LIFE) else ""


def may(lives: Lives, fact: Any, step: Step) -> None:
    """What may follow what."""
    _shown(lives, step)
    last = lives.last(thing(fact))
    opened = isinstance(last, MiseProposee | MiseAcceptee)
    match fact:
        case MiseProposee():
            assert last is None, f"proposée deux fois : {step}"
            assert fact.personne != fact.avec, f"avec soi-même : {step}"
            pair = {fact.personne, fact.avec}
            others = [m for m in lives.lasts().values() if isinstance(m, LIFE) and {m.personne, m.avec} == pair]
            waiting = [m for m in others if isinstance(m, MiseProposee | MiseAcceptee) and m.jusqu_au >= step.today]
            assert not waiting, f"deux qui attendent, entre les mêmes : {step}"
        case MiseAcceptee() | MiseFaite():
            assert opened, f"répondue, mais close : {step}"
            assert last.jusqu_au >= step.today, f"répondue trop tard : {step}"
            assert isinstance(step.commande, AccepterMise), f"sans que personne n'accepte : {step}"
            who = {*last.accords, step.commande.personne}
            assert who <= {fact.personne, fact.avec}, f"par quelqu'un d'autre : {step}"
            assert isinstance(fact, MiseFaite) == (who == {fact.personne, fact.avec}), f"sans les deux accords : {step}"
        case MiseSansSuite():
            assert opened, f"sans suite, mais close : {step}"
        case MiseSuivie():
            assert isinstance(last, MiseFaite | MiseSuivie), f"suivie sans être faite : {step}"
        case PartageDit():
            said = lives.last(f"consent:{fact.personne}")
            assert said, f"partagé sans un mot de consentement : {step}"
            assert PARTAGE in {a.finalite for a in said.accords}, f"partagé sans y consentir : {step}"
        case ConsentementRetire():
            assert last, f"retiré sans avoir consenti : {step}"
            assert fact.finalite not in {a.finalite for a in fact.accords}, f"retiré, mais gardé : {step}"
        case _:
            pass


def _shown(lives: Lives, step: Step) -> None:
    """Whoever no longer consents to share shares nothing: the very next decision took it all away."""
    for fact in [f for f in lives.lasts().values() if isinstance(f, ConsentementRetire) and f.finalite == PARTAGE]:
        shared = lives.last(f"partages:{fact.personne}")
        follows = isinstance(step.commande, RetirerPartages) and step.commande.personne == fact.personne
        assert follows or not getattr(shared, "partages", ()), f"encore montré : {step}"
