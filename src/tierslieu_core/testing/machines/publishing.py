"""Publishing: channels open and close, people are shown while they consent, things are withdrawn and taken down."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.personnes.consentements import PARTAGE, VISIBILITE, Consentir, RetirerConsentement
from tierslieu_core.domaines.projets.communication import (
    CorrigerAction,
    CorrigerPublication,
    DeclarerCanal,
    FaireAction,
    PrevoirAction,
    Publier,
    RecevoirPlan,
    RenoncerAction,
    ReprendreCanal,
    RetirerCanal,
    RetirerPublication,
    RetirerVisibilite,
)
from tierslieu_core.testing.checks.missions import MISSIONS, Mission
from tierslieu_core.testing.checks.story import Story
from tierslieu_core.testing.machines.commun import ONE_OF_US, PEOPLE, SPACES, Living
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import ActionId, CanalId, PersonneId, PlanId, PublicationId

CHANNELS = [CanalId("site"), CanalId("hall")]
PLAN, POSTER = PlanId("plan"), ActionId("affiche")
A_CHANNEL = st.sampled_from(CHANNELS)
WHERE = st.lists(A_CHANNEL, min_size=1, unique=True).map(tuple)
WHO = st.lists(ONE_OF_US, unique=True, max_size=2).map(tuple)
WHAT_FOR = st.sampled_from([VISIBILITE, VISIBILITE, PARTAGE])


class Publishing(Living):
    """See the module."""

    def __init__(self) -> None:
        self.check, self.told = Mission(*MISSIONS["communication"]), Story()
        super().__init__()

    @initialize()
    def begin(self) -> None:
        """A plan and its action; two channels; two people to be seen, who are."""
        self.ask(RecevoirPlan(plan=PLAN, nom="Plan", cellule="Cellule", du=self.today))
        self.act("prevoir")
        for channel in CHANNELS:
            self.open_a_channel(channel, again=True)
        for who in PEOPLE[:2]:
            self.consent(who, VISIBILITE, more=True)
        self.publish(tuple(CHANNELS), tuple(PEOPLE[:2]))

    @rule(how=st.sampled_from(["prevoir", "faire", "renoncer", "corriger"]))
    def act(self, how: str) -> None:
        """The action of the plan is planned, done, given up, or was a mistake."""
        ways: dict[str, Any] = {
            "prevoir": PrevoirAction(action=POSTER, plan=PLAN, nom="Affiche", echeance=self.today),
            "faire": FaireAction(action=POSTER, le=self.today),
            "renoncer": RenoncerAction(action=POSTER, motif="m"),
            "corriger": CorrigerAction(action=POSTER, motif="m"),
        }
        self.ask(ways[how])

    @rule(which=A_CHANNEL, again=st.booleans())
    def open_a_channel(self, which: CanalId, again: bool) -> None:  # noqa: FBT001 - drawn
        """The place speaks by it, or no more."""
        self.ask(DeclarerCanal(canal=which, nom="Canal") if again else RetirerCanal(canal=which, motif="m"))

    @rule(who=ONE_OF_US, what=WHAT_FOR, more=st.booleans())
    def consent(self, who: PersonneId, what: str, more: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody consents, or does not any more."""
        self.ask((Consentir if more else RetirerConsentement)(personne=who, finalite=what), par=who)

    @rule(where=WHERE, who=WHO)
    def publish(self, where: tuple[CanalId, ...], who: tuple[PersonneId, ...]) -> None:
        """A space is made known, with people in it."""
        self.ask(Publier(nom="Portraits", canaux=where, cite=(Chose("espace", SPACES[0]),), montre=who))

    @rule(who=ONE_OF_US, data=st.data(), everywhere=st.booleans())
    def hide(self, who: PersonneId, data: st.DataObject, everywhere: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody is shown no more, in one of them or in all; the concierge would like to undo that."""
        which = self._one(data)
        if everywhere:
            self.ask(RetirerConsentement(personne=who, finalite=VISIBILITE), par=who)
        self.ask(RetirerVisibilite(personne=who, publication=None if everywhere else which), par=who)
        if which is not None:
            self.ask(CorrigerPublication(publication=which, motif="m"))
            self.act("faire")

    @rule(data=st.data(), how=st.sampled_from(["retirer", "reprendre", "reprendre", "corriger"]), channel=A_CHANNEL)
    def undo(self, data: st.DataObject, how: str, channel: CanalId) -> None:
        """It is withdrawn, taken down somewhere, or was a mistake."""
        if which := self._one(data):
            ways: dict[str, Any] = {
                "retirer": RetirerPublication(publication=which, motif="m"),
                "reprendre": ReprendreCanal(publication=which, canal=channel),
                "corriger": CorrigerPublication(publication=which, motif="m"),
            }
            self.ask(ways[how])

    def look(self) -> None:
        """The witness of the whole place, then that of what is published."""
        super().look()
        self.sound = False
        for step in self.told.steps(self.lieu):
            self.check.see(step)
        self.sound = True

    def _one(self, data: st.DataObject) -> PublicationId | None:
        made = [r.publication for r in self.lieu.registre("publications")]
        return data.draw(st.sampled_from(made[-3:])) if made else None
