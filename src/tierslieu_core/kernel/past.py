"""The journal before some decision, in memory: facts by tag and type, and the rulebook as it then stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

import msgspec

from tierslieu_core.kernel.clock import instant
from tierslieu_core.kernel.corrections import standing
from tierslieu_core.kernel.deciding import Outcome, outcome
from tierslieu_core.kernel.decisions import DECISION, DecisionRendue, Livre
from tierslieu_core.kernel.declarations import Contexte, Note, fiche
from tierslieu_core.kernel.oracle import GARDE, Oracle, recorded
from tierslieu_core.kernel.ports import Selection, select

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.lectures import Lue

Placed = tuple[Any, Note]
"""A fact, and what the journal says around it."""


class Past:
    """What was recorded so far; ``again`` decides on it, and on nothing else.

    ``journal``: where earlier decisions themselves are found, by the few demands that are about one.
    """

    def __init__(self, catalogue: Catalogue, livre: Livre, journal: DCBRecorder) -> None:
        self.catalogue, self.livre = catalogue, livre
        self._journal, self._at = journal, 0
        self._found: dict[str, dict[type, list[Placed]]] = {}

    def learn(self, tags: Iterable[str], fait: Any, note: Note) -> None:
        """Take in one more fact of the journal."""
        kind, one = type(fait), (fait, note)
        for tag in tags:
            self._found.setdefault(tag, {}).setdefault(kind, []).append(one)
            if tag == self.livre.etiquette and kind in self.livre.faits:
                self.livre.applique(fait, note)

    def again(self, decision: DecisionRendue, note: Note) -> tuple[Any, Outcome]:
        """The command of that decision, and its outcome on what was recorded so far."""
        commande = self.asked(decision)
        return commande, self.decide(commande, note, recorded(answers_of(decision)))

    def asked(self, decision: DecisionRendue) -> Any:
        """The command that was decided."""
        return self.catalogue.codec.decode(decision.demande, self.catalogue.demande(decision.commande).commande)

    def decide(
        self,
        commande: Any,
        note: Note,
        oracle: Oracle,
        *,
        livre: Livre | None = None,
        sans: AbstractSet[str] = frozenset(),
    ) -> Outcome:
        """The outcome of a command, asked as ``note`` says. ``livre``: by another rulebook; ``sans``: these facts."""
        self._at = note.position
        x = Contexte(
            instant(note.enregistre_le), instant(note.survenu_le), note.par, note.cle, livre or self.livre, note.pour,
            oracle=oracle,
        )  # fmt: skip
        read = (lambda lues: [self._state(lue, sans) for lue in lues]) if sans else self.read
        return outcome(self.catalogue.demande(fiche(commande).nom), commande, x, read, suite=note.cause is not None)

    def read(self, lues: Sequence[Lue[Any]]) -> list[Any]:
        """Each lecture's state."""
        return [self._state(lue) for lue in lues]

    def _state(self, lue: Lue[Any], sans: AbstractSet[str] = frozenset()) -> Any:
        lecture, corriges = lue.lecture, self.livre.corriges
        if not (lecture.notes or corriges or sans):
            return lecture.fold([fait for fait, _ in self._facts(lue, last=lecture.dernier)])
        found = standing(self._facts(lue, last=lecture.dernier and not (corriges or sans)), corriges)
        return lecture.fold_read(standing(found, sans) if sans else found)

    def _facts(self, lue: Lue[Any], *, last: bool) -> list[Placed]:
        if lue.lecture.faits == (DecisionRendue,):
            return self._decisions(lue)
        found, wanted, lists = self._found, lue.lecture.faits, list[list[Placed]]()
        for tag in lue.etiquettes:
            if (kinds := found.get(tag)) is not None:
                lists += [kinds[kind] for kind in wanted if kind in kinds]
        if lue.aussi:
            also = {_position(placed) for those in found.get(lue.aussi, {}).values() for placed in those}
            lists = [kept for one in lists if (kept := [placed for placed in one if _position(placed) in also])]
        if not lists:
            return []
        if last:
            return [max((one[-1] for one in lists), key=_position)]
        if len(lists) == 1:
            return lists[0]
        merged = {_position(placed): placed for one in lists for placed in one}
        return [merged[position] for position in sorted(merged)]

    def _decisions(self, lue: Lue[Any]) -> list[Placed]:
        """Earlier decisions: read again, since nearly nothing is decided on one, and all of them would fill memory."""
        wanted = Selection((DECISION,), lue.etiquettes, 0, lue.lecture.dernier, lue.aussi)
        (rows,), _ = select(self._journal, [wanted], self._at - 1)
        return [self.catalogue.read(row) for row in rows]


def answers_of(decision: DecisionRendue) -> dict[str, str]:
    """What was known outside the journal when it was decided."""
    if GARDE.encode() not in bytes(decision.mesures):  # so for most: nothing is decoded
        return {}
    found: dict[str, str] = msgspec.json.decode(decision.mesures).get(GARDE, {})
    return found


def _position(placed: Placed) -> int:
    return placed[1].position
