"""What happens in any place: time passes, an answer is lost, another process opens the journal, registers are read."""

# ruff: noqa: S101 - it is made of assertions
from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import rule
from whenever import Instant

from tierslieu_core.echeancier import SansMandat, passer
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.machines.commun import Living
from tierslieu_core.testing.spec import CAMILLE

LANDMARKS = [
    Instant.from_utc(2026, 10, 24, 18),  # the clock goes back in the night, and the week ends the next day
    Instant.from_utc(2026, 10, 31, 17),  # the month ends in the night
    Instant.from_utc(2026, 12, 31, 15),  # the year
    Instant.from_utc(2027, 3, 27, 18),  # the clock goes forward in the night
]


class Passing(Living):
    """See the module."""

    reopened: ClassVar[Callable[[Lieu], Lieu]] = staticmethod(
        lambda lieu: Lieu(lieu.recorder, lieu.vault, lieu.catalogue)
    )

    @rule(minutes=st.sampled_from([20, 60, 60, 300, 1500]))
    def time_passes(self, minutes: int) -> None:
        """The clock goes on, and what falls due is asked for."""
        self.now = self.now.add(minutes=minutes)
        self._fall_due()

    @rule(chance=st.integers(0, 1))
    def jump(self, chance: int) -> None:
        """The next border of a week, a month or a year, or the next night in which the clock changes."""
        ahead = [at for at in LANDMARKS if at > self.now]
        if ahead and not chance:
            self.now = ahead[0]
            self._fall_due()

    def _fall_due(self) -> None:
        passage = passer(self.lieu, CAMILLE)
        assert not passage.inacheve
        assert [fault for _, fault in passage.empechees if not isinstance(fault, SansMandat)] == []
        self.look()
        self.witness.tells(self.lieu)

    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        """An acknowledgement was lost: the same key again gets the same answer, and leaves nothing."""
        commande, par, cle, when, before = data.draw(st.sampled_from(self.asked), label="asked")
        head = head_of(self.lieu.recorder)
        again = self.lieu.executer(commande, par=par, cle=cle, maintenant=when)
        assert (again.verdict, again.decision, again.note) == (before.verdict, before.decision, before.note)
        assert again.evenements == before.evenements
        assert head_of(self.lieu.recorder) == head

    @rule()
    def open_again(self) -> None:
        """The process stops, and another one opens the same journal."""
        head = head_of(self.lieu.recorder)
        self.open(type(self).reopened(self.lieu))
        assert self.lieu.reprendre() == []
        assert head_of(self.lieu.recorder) == head

    @rule(data=st.data())
    def read_registers(self, data: st.DataObject) -> None:
        """Some registers are looked at."""
        known = sorted(r.nom for area in self.lieu.catalogue.domaines for r in area.registres)
        self.witness.registers.agree(self.lieu, data.draw(st.lists(st.sampled_from(known), max_size=3), label="read"))

    def teardown(self) -> None:
        """All registers agree, and the whole life replays without a difference, at both levels."""
        try:
            if not self.sound:
                return  # what was found already says more
            self.witness.registers.agree(self.lieu)
            self.witness.tells(self.lieu)
            for niveau in (1, 2):
                rejeu = self.lieu.rejouer(niveau=niveau)
                assert rejeu.fidele, "\n".join(map(str, rejeu.ecarts))
        finally:
            self.lieu.fermer()
