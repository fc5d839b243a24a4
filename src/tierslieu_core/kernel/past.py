"""The journal before some decision, in memory: facts by tag and type, and the rulebook as it then stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tierslieu_core.kernel.clock import instant
from tierslieu_core.kernel.deciding import Outcome, outcome
from tierslieu_core.kernel.decisions import DecisionRendue, Livre
from tierslieu_core.kernel.declarations import Contexte, Note

if TYPE_CHECKING:
    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.lectures import Lue

Placed = tuple[int, Any]
"""A fact and its position."""


class Past:
    """What was recorded so far; ``again`` decides on it, and on nothing else."""

    def __init__(self, catalogue: Catalogue, livre: Livre) -> None:
        self.catalogue, self.livre = catalogue, livre
        self._found: dict[str, dict[type, list[Placed]]] = {}

    def learn(self, tags: Iterable[str], fait: Any, note: Note) -> None:
        """Take in one more fact of the journal."""
        kind, one = type(fait), (note.position, fait)
        for tag in tags:
            self._found.setdefault(tag, {}).setdefault(kind, []).append(one)
            if tag == self.livre.etiquette and kind in self.livre.faits:
                self.livre.applique(fait, note)

    def again(self, decision: DecisionRendue, note: Note) -> tuple[Any, Outcome]:
        """The command of that decision, and its outcome on what was recorded so far."""
        demande = self.catalogue.demande(decision.commande)
        commande = self.catalogue.codec.decode(decision.demande, demande.commande)
        x = Contexte(instant(note.enregistre_le), instant(note.survenu_le), note.par, note.cle, self.livre, note.pour)
        return commande, outcome(demande, commande, x, self.read, suite=note.cause is not None)

    def read(self, lues: Sequence[Lue[Any]]) -> list[Any]:
        """Each lecture's state."""
        return [lue.lecture.fold(self._facts(lue)) for lue in lues]

    def _facts(self, lue: Lue[Any]) -> list[Any]:
        found = self._found
        under = [found[tag] for tag in lue.etiquettes if tag in found]
        lists = [kinds[kind] for kinds in under for kind in lue.lecture.faits if kind in kinds]
        if not lists:
            return []
        if lue.lecture.dernier:
            return [max((one[-1] for one in lists), key=_position)[1]]
        if len(lists) == 1:
            return [fait for _, fait in lists[0]]
        merged = {position: fait for one in lists for position, fait in one}
        return [merged[position] for position in sorted(merged)]


def _position(placed: Placed) -> int:
    return placed[0]
