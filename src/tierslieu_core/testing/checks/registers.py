"""Registers: kept beside the journal, followed, folded from empty and read in batches, they say the same."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from tierslieu_core.kernel.declarations import Registre
from tierslieu_core.kernel.ports import head_of, scan
from tierslieu_core.kernel.projections import Incremental, derived, rows_of

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu


@attrs.define
class Registers:
    """The registers that follow the journal from the start."""

    followed: dict[str, Incremental] = attrs.Factory(dict)

    def agree(self, lieu: Lieu, names: list[str] | None = None) -> None:
        """Each of them (all, unless told) says the same, however it is read."""
        for registre in (r for area in lieu.catalogue.domaines for r in area.registres):
            if names is None or registre.nom in names:
                self._agree(lieu, registre)

    def _agree(self, lieu: Lieu, registre: Registre[Any]) -> None:
        rows = scan(lieu.recorder, lieu.catalogue.types(registre.faits))
        folded = rows_of(lieu.catalogue, registre, rows, corriges=lieu.livre.corriges)
        mine = self.followed.setdefault(registre.nom, Incremental(lieu.recorder, lieu.catalogue, registre))
        mine.recorder = lieu.recorder
        assert list(mine.catch_up().items()) == list(folded.items()), registre.nom
        batches, head = Incremental(lieu.recorder, lieu.catalogue, registre), head_of(lieu.recorder)
        for third in (head // 3, 2 * head // 3, head):
            batches.catch_up(third)
        assert list(batches.lignes.items()) == list(folded.items()), registre.nom
        here = lieu.horloge().to_tz(lieu.livre.zone or "UTC")
        read = derived(registre, folded.values(), here)
        assert lieu.registre(registre.nom) == [lieu._open(row) for row in read], registre.nom  # noqa: SLF001 - as read
