"""Agreements: drafted with a person or an association, signed side by side, amended, renewed, ended; and corrected."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.administration.conventions import (
    AmenderConvention,
    CorrigerConvention,
    PreparerConvention,
    RenouvelerConvention,
    RetirerProjet,
    SignerConvention,
    SignerPourLeLieu,
    TerminerConvention,
)
from tierslieu_core.testing.machines.commun import ASSO, PEOPLE, SPACES, Living
from tierslieu_core.testing.spec import CAMILLE
from tierslieu_core.vocabulaire.identifiants import ConventionId, PersonneId

AGREEMENTS = [ConventionId("asso"), ConventionId("camille"), ConventionId("tiers")]
WITH = dict(zip(AGREEMENTS, (ASSO, CAMILLE, PEOPLE[1]), strict=True))
"""The concierge signs one with herself: never for both sides."""
AN_AGREEMENT = st.sampled_from([AGREEMENTS[0], AGREEMENTS[0], AGREEMENTS[0], AGREEMENTS[1]])
SIGNER = st.sampled_from([*PEOPLE[:2], CAMILLE])
AHEAD = st.sampled_from([0, 1, 3, 20])


class Agreements(Living):
    """See the module."""

    @initialize(days=AHEAD | st.none())
    def draft_two(self, days: int | None) -> None:
        """One with the association, which signs it; and one of which both sides would be one hand."""
        for which in AGREEMENTS[:2]:
            self.draft(which, days)
        self.sign_both(AGREEMENTS[0])

    @rule(which=st.sampled_from(AGREEMENTS), days=AHEAD | st.none())
    def draft(self, which: ConventionId, days: int | None) -> None:
        """One is drafted, unless it is there already."""
        until = None if days is None else self.today.add(days=days)
        self.ask(
            PreparerConvention(
                convention=which, nom="Titre", nature="occupation", personne=WITH[which], du=self.today, au=until
            )
        )

    @rule(which=AN_AGREEMENT)
    def sign_both(self, which: ConventionId) -> None:
        """Each side signs; or would."""
        self.ask(SignerConvention(convention=which, personne=WITH[which]), PEOPLE[0])
        self.ask(SignerPourLeLieu(convention=which))

    @rule(which=AN_AGREEMENT, par=SIGNER, place=st.booleans(), of=st.sampled_from([None, ASSO]))
    def sign(self, which: ConventionId, par: str, place: bool, of: PersonneId | None) -> None:  # noqa: FBT001 - drawn
        """Somebody signs, for the place or for the other side; sometimes it is not theirs to sign."""
        if place:
            self.ask(SignerPourLeLieu(convention=which), par)
        else:
            self.ask(SignerConvention(convention=which, personne=of or WITH[which]), par)

    @rule(which=AN_AGREEMENT, days=AHEAD, renewed=st.booleans(), room=st.sampled_from([None, (), (SPACES[0],)]))
    def propose(self, which: ConventionId, days: int, renewed: bool, room: tuple[()] | None) -> None:  # noqa: FBT001 - drawn
        """Another version of it, or its renewal."""
        on = self.today.add(days=days)
        if renewed:
            self.ask(RenouvelerConvention(convention=which, au=on))
        else:
            self.ask(AmenderConvention(convention=which, au=on, espaces=room))

    @rule(which=AN_AGREEMENT, days=AHEAD, what=st.integers(0, 3))
    def end(self, which: ConventionId, days: int, what: int) -> None:
        """What waits is withdrawn, or all ends; or the last that was said was a mistake."""
        match what:
            case 0:
                self.ask(TerminerConvention(convention=which, le=self.today.add(days=days), motif="m"))
            case 1:
                self.ask(RetirerProjet(convention=which, motif="m"))
            case _:
                self.ask(CorrigerConvention(convention=which, motif="m"))

    @rule(days=st.sampled_from([1, 3, 21]))
    def days_go_by(self, days: int) -> None:
        """Nobody does anything for some time."""
        self.now = self.now.add(hours=24 * days)
        self.witness.agreements.told(self.lieu.registre("conventions"), self.lieu.aujourdhui)
