"""Les règles levées: which rules dérogations bend most, and what part of the decisions under each they lift."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs
import msgspec

from tierslieu_core.domaines.cadre.regles.derogations import Par, Pour
from tierslieu_core.kernel.decisions import DECISION, Clause
from tierslieu_core.kernel.envelope import decoder_of
from tierslieu_core.kernel.ports import scan
from tierslieu_core.vocabulaire.identifiants import RegleId

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu


@attrs.frozen
class RegleLevee:
    """One rule that was lifted at least once.

    ``jugees``: the decisions that it bore upon; ``levees``: those that a dérogation let pass in spite of it.
    """

    regle: RegleId
    derogations: int
    par_motif: tuple[Pour, ...]
    par_qui: tuple[Par, ...]
    levees: int
    jugees: int

    @property
    def part(self) -> float:
        """What part of the decisions under it were lifted, from 0 to 1."""
        return self.levees / self.jugees if self.jugees else 0.0


class Jugee(msgspec.Struct, frozen=True):
    """What this reads of a decision, and no more."""

    clauses: tuple[Clause, ...] = ()


_jugee = decoder_of(Jugee)


def regles_levees(lieu: Lieu) -> list[RegleLevee]:
    """The most often lifted first; of two alike, the one whose decisions are lifted the most."""
    lignes = {ligne.regle: ligne for ligne in lieu.registre("assouplissements")}
    if not lignes:
        return []
    jugees, levees = Counter[str](), Counter[str]()
    for row in scan(lieu.recorder, (DECISION,)):
        clauses = _jugee.decode(row.data).fait.clauses
        jugees.update({c.regle for c in clauses if c.regle in lignes})
        levees.update({c.regle for c in clauses if c.verdict == "derogee"})
    found = [
        RegleLevee(n, ligne.derogations, ligne.par_motif, ligne.par_qui, levees[n], jugees[n])
        for n, ligne in lignes.items()
    ]
    return sorted(found, key=lambda one: (-one.derogations, -one.part, one.regle))
