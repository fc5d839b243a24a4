"""The life of one area, drawn from its declarations: any of its commands, on a few things, by anyone; time passes."""

from __future__ import annotations

from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tierslieu_core.kernel.declarations import Domaine
from tierslieu_core.testing.checks.missions import MISSIONS, Mission
from tierslieu_core.testing.checks.story import Story
from tierslieu_core.testing.machines.commun import A_SPACE, AN_ITEM, ANYONE, ONE_OF_US, Living
from tierslieu_core.testing.spec import CAMILLE, installed
from tierslieu_core.testing.strategies import Strategies
from tierslieu_core.vocabulaire.identifiants import EspaceId, ObjetId, PersonneId, PublicId

RECENT = 6
"""What a demand brought into being is named by its key: one of the last so many is meant."""

AT_ONCE = 8
"""How many demands one step asks at most: what an area does shows when much is asked of few things."""


class Drawn(Living):
    """See the module; ``area``: which one."""

    area: ClassVar[str]

    def __init__(self) -> None:
        self.check = Mission(*MISSIONS[self.area])
        self.told = Story()
        super().__init__()
        self.commands = self._strategies().demands([self._domaine])

    @rule(data=st.data(), par=ANYONE)
    def ask_anything(self, data: st.DataObject, par: str) -> None:
        """Whatever the area may be asked, several times; the concierge asks most of it."""
        for n in range(data.draw(st.integers(1, AT_ONCE))):
            self.ask(data.draw(self.commands, label="demande"), par=CAMILLE if n else par)

    def look(self) -> None:
        """The witness of the whole place, then that of the area."""
        super().look()
        self.sound = False
        for step in self.told.steps(self.lieu):
            self.check.see(step)
        self.sound = True

    @property
    def _domaine(self) -> Domaine:
        return next(d for d in installed().domaines if d.nom == self.area)

    def _strategies(self) -> Strategies:
        """Few things, that meet; what a key named is one of those just asked."""
        catalogue = installed()
        alone = Strategies(catalogue)
        here: dict[Any, Any] = {PersonneId: ONE_OF_US, EspaceId: A_SPACE, ObjetId: AN_ITEM}
        by_key = {i.type for i in catalogue.identifiants.values()} - {PublicId} - alone.created() - set(here)
        recent = st.integers(1, RECENT).map(lambda n: f"k-{max(0, len(self.asked) - n)}")
        return Strategies(catalogue, {**dict.fromkeys(by_key, recent), **here})
