"""What is published: nobody is shown who does not consent; what is done stays done; what was withdrawn stays so."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.personnes.consentements import VISIBILITE, ConsentementDonne, ConsentementRetire
from tierslieu_core.domaines.projets.communication import (
    ActionFaite,
    ActionNonFaite,
    ActionPrevue,
    CanalDeclare,
    CanalRepris,
    CanalRetire,
    PersonneRetiree,
    PublicationFaite,
    PublicationRetiree,
    RetirerVisibilite,
)
from tierslieu_core.testing.checks.story import Lives, Step

SHOWN = PublicationFaite | PersonneRetiree | PublicationRetiree | CanalRepris


def thing(fact: Any) -> str:
    """A publication, an action, a channel; what a person consents to."""
    match fact:
        case ConsentementDonne() | ConsentementRetire():
            return f"consent:{fact.personne}"
        case ActionPrevue() | ActionFaite() | ActionNonFaite():
            return f"action:{fact.action}"
        case CanalDeclare() | CanalRetire():
            return f"canal:{fact.canal}"
        case _:
            return f"publication:{fact.publication}" if isinstance(fact, SHOWN) else ""


def may(lives: Lives, fact: Any, step: Step) -> None:
    """What may follow what; and, before any decision but the withdrawals themselves, that nobody is shown unwilling."""
    if not isinstance(step.commande, RetirerVisibilite):
        _willing(lives, step)
    last = lives.last(thing(fact))
    match fact:
        case PublicationFaite():
            assert last is None, f"publiée deux fois : {step}"
            closed = [c for c in fact.canaux if not isinstance(lives.last(f"canal:{c}"), CanalDeclare)]
            assert not closed, f"publiée par un canal retiré : {step}"
            assert all(_consents(lives, who) for who in fact.montre), f"montrée sans y consentir : {step}"
        case PersonneRetiree():
            assert set(fact.montre) == set(last.montre) - {fact.personne}, f"d'autres sont partis : {step}"
            assert fact.a_reprendre == last.canaux, f"rien ne dit de la reprendre : {step}"
        case PublicationRetiree():
            assert not _gone(lives, last), f"retirée deux fois : {step}"
        case CanalRepris():
            assert fact.canal in last.a_reprendre, f"reprise sans qu'il le faille : {step}"
            assert (fact.etat == "retirée") == _gone(lives, last), f"revenue : {step}"
        case ActionPrevue() | ActionFaite() | ActionNonFaite():
            assert not isinstance(last, ActionFaite), f"déjà faite : {step}"
        case _:
            pass


def _consents(lives: Lives, who: str) -> bool:
    said = lives.last(f"consent:{who}")
    return said is not None and VISIBILITE in {a.finalite for a in said.accords}


def _gone(lives: Lives, last: Any) -> bool:
    return any(isinstance(f, PublicationRetiree) for f in lives.of[thing(last)])


def _willing(lives: Lives, step: Step) -> None:
    for one in lives.lasts().values():
        if isinstance(one, SHOWN) and not _gone(lives, one):
            unwilling = [who for who in one.montre if not _consents(lives, who)]
            assert not unwilling, f"encore montrés, sans y consentir : {unwilling}, {step}"
