"""First welcomes: a step is one of the path's, nothing is done of a welcome that is over, steps never vanish."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.personnes.accueil import (
    AccueilClos,
    AccueilOuvert,
    EtapeFaite,
    EtapeLaissee,
    NouvellesPrises,
    ParcoursDefini,
    VisiteNotee,
)
from tierslieu_core.testing.checks.story import Lives, Step

WELCOME = AccueilOuvert | EtapeFaite | EtapeLaissee | NouvellesPrises | AccueilClos


def thing(fact: Any) -> str:
    """A path, a visit, or the welcome of a person along a path."""
    match fact:
        case ParcoursDefini():
            return f"parcours:{fact.parcours}"
        case VisiteNotee():
            return f"visite:{fact.visite}"
        case AccueilOuvert() | EtapeFaite() | EtapeLaissee() | NouvellesPrises() | AccueilClos():
            return f"accueil:{fact.personne}@{fact.parcours}"
        case _:
            return ""


def may(lives: Lives, fact: Any, step: Step) -> None:
    """What may follow what."""
    last = lives.last(thing(fact))
    if isinstance(fact, VisiteNotee):
        assert last is None, f"la même visite deux fois : {step}"
        assert fact.nombre > 0, f"une visite de personne : {step}"
    elif isinstance(fact, AccueilOuvert):
        assert last is None or isinstance(last, AccueilClos), f"accueil ouvert deux fois : {step}"
        steps = [v.etapes for p in lives.of[f"parcours:{fact.parcours}"] for v in p.versions if v.du <= fact.du]
        assert tuple(e.nom for e in fact.etapes) in steps, f"ce n'est pas le parcours du lieu : {step}"
        assert {e.sort for e in fact.etapes} == {"à faire"}, f"déjà faites : {step}"
    elif isinstance(fact, WELCOME):
        assert isinstance(last, WELCOME), f"accueil jamais ouvert : {step}"
        assert not isinstance(last, AccueilClos), f"accueil clos, et l'on en parle : {step}"
        changed = [(a, b) for a, b in zip(last.etapes, fact.etapes, strict=True) if a != b]
        if isinstance(fact, EtapeFaite | EtapeLaissee):
            done = "faite" if isinstance(fact, EtapeFaite) else "laissée"
            assert [(a.nom, b.nom, b.sort) for a, b in changed] == [(fact.etape, fact.etape, done)], f"étapes : {step}"
        else:
            assert not changed, f"des étapes changent sans qu'on le dise : {step}"
