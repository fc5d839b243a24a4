"""What must hold of each mission of the conciergerie, told from its facts alone; ``MISSIONS``: what judges each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.checks.missions import (
    access,
    awareness,
    ecosystem,
    introductions,
    needs,
    partnerships,
    programme,
    publishing,
    services,
    trainings,
    welcomes,
)
from tierslieu_core.testing.checks.story import Lives, Step

Thing = Callable[[Any], str]
"""Which thing's life a fact belongs to; ``""``: none that is looked at."""
May = Callable[[Lives, Any, Step], None]
"""Asserts that a fact may come after those before it (``lives``), in a decision."""


@attrs.define
class Mission:
    """The facts of one area, one after the other; what was corrected was never said."""

    thing: Thing
    may: May
    lives: Lives = attrs.Factory(Lives)

    def see(self, step: Step) -> None:
        """One more decision."""
        for fact, note in step.facts:
            if isinstance(fact, FaitCorrige):
                self.lives.correct(fact)
            elif thing := self.thing(fact):
                self.may(self.lives, fact, step)
                self.lives.add(thing, fact, note)


MISSIONS: Mapping[str, tuple[Thing, May]] = {
    "acces": (access.thing, access.may),
    "accueil": (welcomes.thing, welcomes.may),
    "communication": (publishing.thing, publishing.may),
    "besoins": (needs.thing, needs.may),
    "ecosysteme": (ecosystem.thing, ecosystem.may),
    "formations": (trainings.thing, trainings.may),
    "partenariats": (partnerships.thing, partnerships.may),
    "programmation": (programme.thing, programme.may),
    "rencontres": (introductions.thing, introductions.may),
    "sensibilisation": (awareness.thing, awareness.may),
    "services": (services.thing, services.may),
}  # fmt: skip
"""The areas whose life is drawn from their declarations (``machines.drawn``), each with what judges its facts."""

__all__ = ["MISSIONS", "May", "Mission", "Thing"]
