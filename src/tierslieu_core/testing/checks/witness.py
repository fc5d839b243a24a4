"""A witness of a place's life: every check at once, after each demand."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from tierslieu_core.testing.checks.agreements import Agreements
from tierslieu_core.testing.checks.bookings import Bookings
from tierslieu_core.testing.checks.chores import CHORES, Chores
from tierslieu_core.testing.checks.contracts import Contracts
from tierslieu_core.testing.checks.equipment import Equipment
from tierslieu_core.testing.checks.loans import Loans
from tierslieu_core.testing.checks.members import Members
from tierslieu_core.testing.checks.memory import Memory
from tierslieu_core.testing.checks.papers import Papers
from tierslieu_core.testing.checks.quotas import Quotas
from tierslieu_core.testing.checks.registers import Registers
from tierslieu_core.testing.checks.story import Story
from tierslieu_core.testing.checks.supplies import Supplies
from tierslieu_core.testing.checks.upkeep import UPKEPT, Upkeep
from tierslieu_core.testing.checks.waiting import Waiting, freed_by

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu


@attrs.define
class Witness:
    """See the module; ``look`` follows the place from where it stopped."""

    story: Story = attrs.Factory(Story)
    agreements: Agreements = attrs.Factory(Agreements)
    bookings: Bookings = attrs.Factory(Bookings)
    chores: Chores = attrs.Factory(Chores)
    contracts: Contracts = attrs.Factory(Contracts)
    equipment: Equipment = attrs.Factory(Equipment)
    loans: Loans = attrs.Factory(Loans)
    members: Members = attrs.Factory(Members)
    memory: Memory = attrs.Factory(Memory)
    papers: Papers = attrs.Factory(Papers)
    registers: Registers = attrs.Factory(Registers)
    supplies: Supplies = attrs.Factory(Supplies)
    upkeep: Upkeep = attrs.Factory(Upkeep)
    quotas: Quotas = attrs.field(init=False)
    waiting: Waiting = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.quotas, self.waiting = Quotas(self.bookings), Waiting(self.bookings)

    def look(self, lieu: Lieu) -> None:
        """All that was decided since, one decision after the other; then what must be so once all is done."""
        freed = []
        for step in self.story.steps(lieu):
            self.quotas.judged(step)
            self.bookings.see(step)
            self.quotas.given(step)
            self.agreements.see(step)
            self.contracts.see(step)
            self.equipment.see(step)
            self.loans.see(step)
            self.members.see(step)
            self.memory.see(step)
            self.papers.see(step)
            self.supplies.see(step)
            self.upkeep.see(step)
            self.chores.see(step)
            self.waiting.see(step, lieu)
            freed += list(freed_by(step))
        now = lieu.horloge()
        self.bookings.settled(now)
        if freed:
            self.waiting.nobody_is_left_out(freed, now, lieu)

    def tells(self, lieu: Lieu) -> None:
        """What the registers tell today is what the facts do."""
        out = {r.objet: (r.personne, r.retour) for r in lieu.registre("prets") if not r.perdu}
        assert out == self.loans.in_hand()
        self.members.told(lieu.registre("adhesions"), lieu.aujourdhui)
        self.agreements.told(lieu.registre("conventions"), lieu.aujourdhui)
        self.contracts.told(lieu.registre("contrats"), lieu.aujourdhui)
        self.memory.told(lieu.registre("entrees"), lieu.registre("passations"))
        self.papers.told(lieu.registre("documents-du-lieu"), lieu.registre("pieces-jointes"))
        self.equipment.told(lieu.registre("materiel"), lieu.registre("modeles"), lieu.aujourdhui)
        self.upkeep.told({nom: lieu.registre(nom) for nom in UPKEPT}, lieu.aujourdhui)
        self.supplies.told(lieu.registre("stocks"), lieu.registre("consommation"))
        self.chores.told({nom: lieu.registre(nom) for nom in CHORES})
