"""The programme: nothing is held that was not programmed; no more come than there are places, and in order."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.projets.programmation import (
    ActiviteAnnulee,
    ActiviteEvaluee,
    ActivitePortee,
    ActiviteProgrammee,
    ActiviteProposee,
    ActiviteSoutenue,
    ActiviteTenue,
    ParticipantEnAttente,
    ParticipantInscrit,
    ParticipantParti,
    SeanceAnnulee,
    SeanceTenue,
)
from tierslieu_core.testing.checks.story import Lives, Step

LIFE = (
    ActiviteProposee | ActivitePortee | ActiviteSoutenue | ActiviteProgrammee | ActiviteTenue | ActiviteEvaluee
    | ActiviteAnnulee
)  # fmt: skip
OVER = ActiviteTenue | ActiviteEvaluee | ActiviteAnnulee
TOLD = SeanceTenue | SeanceAnnulee
COMING = ParticipantInscrit | ParticipantEnAttente | ParticipantParti


def thing(fact: Any) -> str:
    """An activity; who comes to it."""
    if isinstance(fact, LIFE):
        return f"activite:{fact.activite}"
    if isinstance(fact, TOLD):
        return f"seance:{fact.activite}:{fact.reservation}"
    return f"participants:{fact.activite}" if isinstance(fact, COMING) else ""


def may(lives: Lives, fact: Any, step: Step) -> None:
    """What may follow what."""
    if isinstance(fact, COMING):
        _comes(lives, fact, step)
        return
    if isinstance(fact, TOLD):
        _is_told(lives, fact, step)
        return
    said = lives.of.get(thing(fact), [])
    last = lives.last(thing(fact))
    since = [f for f in said if not isinstance(f, ActiviteEvaluee)]
    match fact:
        case ActiviteProposee():
            assert last is None or isinstance(last, ActiviteAnnulee), f"proposée deux fois : {step}"
        case ActiviteTenue():
            begun = max((n for n, f in enumerate(since) if isinstance(f, ActiviteProposee)), default=0)
            assert any(isinstance(f, ActiviteProgrammee) for f in since[begun:]), f"tenue sans être programmée : {step}"
            assert not isinstance(last, ActiviteTenue | ActiviteEvaluee | ActiviteAnnulee), (
                f"tenue, mais finie : {step}"
            )
        case ActiviteEvaluee():
            assert isinstance(last, ActiviteTenue | ActiviteEvaluee), f"évaluée sans avoir eu lieu : {step}"
        case ActiviteSoutenue():
            mine = [f for f in said if isinstance(f, ActiviteSoutenue) and f.personne == fact.personne]
            assert not mine, f"soutenue deux fois par la même personne : {step}"
        case _:
            assert last is not None, f"de rien : {step}"
            assert not isinstance(last, OVER), f"c'était fini : {step}"


def _is_told(lives: Lives, fact: Any, step: Step) -> None:
    """Once only, of what was programmed; and nothing has taken place before it began."""
    assert lives.last(thing(fact)) is None, f"dite deux fois : {step}"
    programmed = [f for f in lives.of.get(f"activite:{fact.activite}", []) if isinstance(f, ActiviteProgrammee)]
    assert any(f.seances[-1].reservation == fact.reservation for f in programmed), (
        f"dite sans être au programme : {step}"
    )
    if isinstance(fact, SeanceTenue):
        assert fact.periode.bornes()[0] <= step.at, f"tenue avant de commencer : {step}"


def _comes(lives: Lives, fact: Any, step: Step) -> None:
    """Nobody twice; no more than there are places; and nobody passes before who waited first."""
    places = lives.last(f"activite:{fact.activite}").projet.places
    coming: dict[str, bool] = {}
    for one in lives.of.get(thing(fact), []):
        coming.pop(one.personne, None) if isinstance(one, ParticipantParti) else coming.update(
            {one.personne: isinstance(one, ParticipantInscrit)}
        )
    waiting = [who for who, has in coming.items() if not has]
    match fact:
        case ParticipantParti():
            assert fact.personne in coming, f"parti sans être venu : {step}"
        case ParticipantInscrit():
            assert not coming.get(fact.personne), f"inscrit deux fois : {step}"
            assert places is None or sum(coming.values()) < places, f"plus de monde que de places : {step}"
            assert not waiting or waiting[0] == fact.personne, f"avant qui attendait : {step}"
        case _:
            assert fact.personne not in coming, f"deux places dans la file : {step}"
            assert places is not None, f"en attente, et sans limite : {step}"
            assert sum(coming.values()) >= places, f"en attente, et il reste des places : {step}"
