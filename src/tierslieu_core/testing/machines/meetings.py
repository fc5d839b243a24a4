"""Meetings: people consent, share, take it back; they are introduced, accept, decline, or let it lapse."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.personnes.consentements import PARTAGE, VISIBILITE, Consentir, RetirerConsentement
from tierslieu_core.domaines.personnes.rencontres import (
    AccepterMise,
    ClasserMise,
    CorrigerMise,
    DeclarerTheme,
    DeclinerMise,
    Partager,
    ProposerMise,
    RetirerPartages,
    SuivreMise,
)
from tierslieu_core.testing.checks.missions import MISSIONS, Mission
from tierslieu_core.testing.checks.story import Story
from tierslieu_core.testing.machines.commun import ONE_OF_US, PEOPLE, Living
from tierslieu_core.vocabulaire.identifiants import MiseEnRelationId, PersonneId, ThemeId

THEMES = [ThemeId("soudure"), ThemeId("anglais")]
A_THEME: Any = st.sampled_from(THEMES)
A_WAY: Any = st.sampled_from(["offre", "savoir", "recherche"])
AN_ANSWER = st.sampled_from([AccepterMise, AccepterMise, AccepterMise, DeclinerMise])
WHAT_FOR = st.sampled_from([PARTAGE, PARTAGE, VISIBILITE])


class Meetings(Living):
    """See the module."""

    def __init__(self) -> None:
        self.check, self.told = Mission(*MISSIONS["rencontres"]), Story()
        super().__init__()

    @initialize()
    def begin(self) -> None:
        """What may be offered, known and looked for; two who share it, and are told of each other."""
        for theme in THEMES:
            self.ask(DeclarerTheme(theme=theme, nom="Thème"))
        for who in PEOPLE[:2]:
            self.consent(who, PARTAGE, more=True)
            self.share(who, "savoir", THEMES[0])
        self.introduce(PEOPLE, THEMES[0])

    def look(self) -> None:
        """The witness of the whole place, then that of the meetings."""
        super().look()
        self.sound = False
        for step in self.told.steps(self.lieu):
            self.check.see(step)
        self.sound = True

    @rule(who=ONE_OF_US, what=WHAT_FOR, more=st.booleans())
    def consent(self, who: PersonneId, what: str, more: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody consents, or does not any more."""
        self.ask((Consentir if more else RetirerConsentement)(personne=who, finalite=what), par=who)

    @rule(who=ONE_OF_US, way=A_WAY, theme=A_THEME)
    def share(self, who: PersonneId, way: Any, theme: ThemeId) -> None:
        """Somebody says what they offer, know or look for."""
        self.ask(Partager(personne=who, sens=way, theme=theme), par=who)

    @rule(who=ONE_OF_US, theme=A_THEME | st.none())
    def share_no_more(self, who: PersonneId, theme: ThemeId | None) -> None:
        """Of one thing, or of all."""
        self.ask(RetirerPartages(personne=who, theme=theme), par=who)

    @rule(pair=st.permutations(PEOPLE), theme=A_THEME | st.none())
    def introduce(self, pair: list[PersonneId], theme: ThemeId | None) -> None:
        """Two people are told of each other, if they want to."""
        self.ask(ProposerMise(personne=pair[0], avec=pair[1], theme=theme))

    @rule(data=st.data(), who=ONE_OF_US, how=AN_ANSWER)
    def answer(self, data: st.DataObject, who: PersonneId, how: type) -> None:
        """One of them answers; or somebody else tries to."""
        if which := self._one(data):
            self.ask(how(mise=which, personne=who), par=who)

    @rule(data=st.data(), what=st.sampled_from(["rencontre", "rien", None, "corriger"]))
    def what_came_of_it(self, data: st.DataObject, what: Any) -> None:
        """It is told, set aside, or was a mistake."""
        if which := self._one(data):
            if what == "corriger":
                self.ask(CorrigerMise(mise=which, motif="m"))
            else:
                self.ask(ClasserMise(mise=which) if what is None else SuivreMise(mise=which, issue=what))

    def _one(self, data: st.DataObject) -> MiseEnRelationId | None:
        made = [r.mise for r in self.lieu.registre("mises")]
        return data.draw(st.sampled_from(made[-3:])) if made else None
