"""People: admitted, paused, covered by a collective, heard and excluded; and what was mistaken corrected."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.personnes.adhesions import (
    AdmettreAdherent,
    DemanderAdhesion,
    EnregistrerDepart,
    RenouvelerAdhesion,
)
from tierslieu_core.domaines.personnes.adhesions.collectifs import DetacherMembre, RattacherMembre
from tierslieu_core.domaines.personnes.adhesions.correction import CorrigerAdhesion, CorrigerRattachement
from tierslieu_core.domaines.personnes.adhesions.exclusion import (
    AuditionConstatee,
    AuditionConvoquee,
    ClasserProcedure,
    ConstaterAudition,
    ConvoquerAudition,
    ExclureAdherent,
    LeverExclusion,
)
from tierslieu_core.domaines.personnes.adhesions.pauses import GelerAdhesion, ReprendreAdhesion, SuspendreAdhesion
from tierslieu_core.testing.machines.commun import ANYONE, ASSO, ONE_OF_US, PEOPLE, Living
from tierslieu_core.vocabulaire.identifiants import PersonneId

ANY_MEMBER = st.sampled_from([*PEOPLE, ASSO])
WORDS: dict[str, Any] = {"motif": "m"}


class People(Living):
    """See the module."""

    @initialize(who=st.sets(ANY_MEMBER), covered=st.booleans())
    def welcome(self, who: set[PersonneId], covered: bool) -> None:  # noqa: FBT001 - drawn
        """Some are members from the start, some belong to the association."""
        for person in sorted(who):
            self.admit(person, 365)
        if covered:
            self.ask(RattacherMembre(collectif=ASSO, membre=PEOPLE[0], du=self.today))

    @rule(person=ANY_MEMBER, days=st.sampled_from([0, 2, 30, 365]))
    def admit(self, person: PersonneId, days: int) -> None:
        """Admitted or renewed, from today."""
        until = self.today.add(days=days)
        if self.witness.members.held.last(person) is None or days == 0:
            self.ask(AdmettreAdherent(personne=person, du=self.today, au=until))
        else:
            self.ask(RenouvelerAdhesion(personne=person, au=until))
            self.ask(AdmettreAdherent(personne=person, du=self.today, au=until))

    @rule(person=ANY_MEMBER, wait=st.integers(0, 3), days=st.integers(0, 5), what=st.integers(0, 4), par=ANYONE)
    def pause(self, person: PersonneId, wait: int, days: int, what: int, par: str) -> None:
        """Frozen, suspended, resumed, gone, or asking to be admitted."""
        first, last = self.today.add(days=wait), self.today.add(days=wait + days)
        match what:
            case 0:
                self.ask(GelerAdhesion(personne=person, du=first, au=last, rendre=bool(days % 2)), par)
            case 1:
                self.ask(SuspendreAdhesion(personne=person, du=first, au=last, **WORDS))
            case 2:
                self.ask(ReprendreAdhesion(personne=person), par)
            case 3:
                self.ask(EnregistrerDepart(personne=person, le=first), par)
            case _:
                self.ask(DemanderAdhesion(personne=person), par)

    @rule(person=ONE_OF_US, days=st.integers(-1, 5), joins=st.sampled_from([True, True, False]))
    def collective(self, person: PersonneId, days: int, joins: bool) -> None:  # noqa: FBT001 - drawn
        """Joins the association, for some days or for good, or leaves it."""
        if joins:
            until = None if days < 0 else self.today.add(days=days)
            self.ask(RattacherMembre(collectif=ASSO, membre=person, du=self.today, au=until))
        else:
            self.ask(DetacherMembre(collectif=ASSO, membre=person, le=self.today.add(days=max(0, days))))

    @rule(person=ONE_OF_US, what=st.integers(0, 9), days=st.sampled_from([0, 0, 1, 4]))
    def procedure(self, person: PersonneId, what: int, days: int) -> None:
        """Called to a hearing, heard, then excluded; sometimes too early, or all of it is dropped or lifted."""
        last = self.witness.members.heard.last(person)
        if what == 0:
            self.ask(ClasserProcedure(personne=person, **WORDS))
        elif what == 1:
            self.ask(LeverExclusion(personne=person, **WORDS))
        elif isinstance(last, AuditionConvoquee) and what > 5:  # noqa: PLR2004 - sometimes too early
            self.ask(ConstaterAudition(personne=person, presence=bool(days)))
        elif isinstance(last, AuditionConvoquee | AuditionConstatee):
            self.ask(ExclureAdherent(personne=person, au=self.today.add(days=days) if days else None, **WORDS))
        else:
            self.ask(ConvoquerAudition(personne=person, le=self.today.add(days=days), **WORDS))

    @rule(person=ANY_MEMBER, own=st.booleans())
    def correct_a_membership(self, person: PersonneId, own: bool) -> None:  # noqa: FBT001 - drawn
        """The last that was said of a membership, or of who belongs to the association, was a mistake."""
        if own:
            self.ask(CorrigerAdhesion(personne=person, **WORDS))
        elif person != ASSO:
            self.ask(CorrigerRattachement(collectif=ASSO, membre=person, **WORDS))
