"""Contracts: concluded, amended, renewed, given notice of in time or too late, ended; and corrected."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.administration.contrats import (
    AmenderContrat,
    ConclureContrat,
    CorrigerContrat,
    DonnerPreavis,
    RenouvelerContrat,
    TerminerContrat,
)
from tierslieu_core.testing.machines.commun import Living
from tierslieu_core.vocabulaire.identifiants import ContratId

CONTRACTS = [ContratId("multirisque"), ContratId("local"), ContratId("telephone")]
A_CONTRACT = st.sampled_from([*CONTRACTS[:2], *CONTRACTS])
AHEAD = st.sampled_from([0, 1, 30, 31, 45, 90])
NOTICE = st.sampled_from([0, 15, 31])
TACIT = st.sampled_from([0, 1, 1, 2])


class Contracts(Living):
    """See the module."""

    @initialize(days=AHEAD, notice=NOTICE, tacit=TACIT)
    def insure(self, days: int, notice: int, tacit: int) -> None:
        """One goes on by itself, one ends."""
        self.conclude(CONTRACTS[0], days, notice, max(1, tacit))
        self.conclude(CONTRACTS[1], days, notice, 0)

    @rule(which=st.sampled_from([CONTRACTS[2], *CONTRACTS]), days=AHEAD | st.none(), notice=NOTICE, tacit=TACIT)
    def conclude(self, which: ContratId, days: int | None, notice: int, tacit: int) -> None:
        """A contract is concluded, for some days or without end; or it is there already."""
        first = self.today.subtract(days=notice)
        until = None if days is None else self.today.add(days=days)
        self.ask(
            ConclureContrat(
                contrat=which, nom="Contrat", nature="assurance", du=first, echeance=until, preavis_jours=notice,
                tacite_mois=tacit if until else 0,
            )
        )  # fmt: skip

    @rule(which=A_CONTRACT, days=AHEAD | st.none(), notice=NOTICE | st.none(), tacit=TACIT | st.none())
    def amend(self, which: ContratId, days: int | None, notice: int | None, tacit: int | None) -> None:
        """Both sides agree on something else."""
        until = None if days is None else self.today.add(days=days)
        self.ask(AmenderContrat(contrat=which, echeance=until, preavis_jours=notice, tacite_mois=tacit))

    @rule(which=A_CONTRACT, days=AHEAD | st.none())
    def give_notice(self, which: ContratId, days: int | None) -> None:
        """For the first due date that can be, or for a day."""
        self.ask(DonnerPreavis(contrat=which, echeance=None if days is None else self.today.add(days=days)))

    @rule(which=A_CONTRACT, days=AHEAD, renewed=st.booleans())
    def end(self, which: ContratId, days: int, renewed: bool) -> None:  # noqa: FBT001 - drawn
        """It is renewed until a day, or ends on it."""
        on = self.today.add(days=days)
        if renewed:
            self.ask(RenouvelerContrat(contrat=which, jusqu_au=on))
        else:
            self.ask(TerminerContrat(contrat=which, le=on, motif="m"))

    @rule(which=A_CONTRACT)
    def correct_a_contract(self, which: ContratId) -> None:
        """The last that was said of it was a mistake."""
        self.ask(CorrigerContrat(contrat=which, motif="m"))

    @rule(days=st.sampled_from([1, 15, 31, 40]))
    def weeks_go_by(self, days: int) -> None:
        """Nobody does anything for some time."""
        self.now = self.now.add(hours=24 * days)
        self.witness.contracts.told(self.lieu.registre("contrats"), self.lieu.aujourdhui)
