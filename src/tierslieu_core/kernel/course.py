"""The course of a replay: decisions and their facts must follow each other without gap, double or stranger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

import attrs

from tierslieu_core.kernel.deciding import Outcome
from tierslieu_core.kernel.declarations import Note

AUTOUR = ("enregistre_le", "survenu_le", "par", "pour", "mandat", "cause")
"""What the journal says around a decision, and again around each of its facts."""

_around = attrgetter(*AUTOUR)


@attrs.frozen
class Ecart:
    """One difference: where, in which decision, of what (``verdict``, ``motif``, ``clause``, ``mesures``, ``fait``…).

    ``rejeu impossible``: what the journal holds there cannot even be judged again; ``rejoue`` is the error's text.
    """

    position: int
    cle: str
    quoi: str
    enregistre: Any
    rejoue: Any

    def __str__(self) -> str:
        said = f"{self.quoi} enregistré {self.enregistre!r}, rejoué {self.rejoue!r}"
        return f"position {self.position}, demande {self.cle} : {said}"


@attrs.define
class Course:
    """Where a replay is: the last decision that it met, how many facts it announced, and how many came."""

    progress: Callable[[int], None]
    decisions: int = 0
    position: int = 0
    note: Note | None = None
    around: tuple[str | None, ...] = ()
    announced: int = 0
    came: int = 0
    pending: Outcome | None = None
    keys: set[str] = attrs.field(factory=set)

    def decision(self, note: Note, faits: int) -> Iterator[Ecart]:
        """One more decision, with so many facts."""
        yield from self.missing()
        yield from self._placed(note)
        cle = note.cle
        if note.id != f"{cle}/0":
            yield Ecart(note.position, cle, "identifiant de la décision", note.id, f"{cle}/0")
        if cle in self.keys:
            yield Ecart(note.position, cle, "clé déjà employée", cle, None)
        self.keys.add(cle)
        self.note, self.around, self.announced, self.came, self.pending = note, _around(note), faits, 0, None
        self.decisions += 1
        self.progress(self.decisions)

    def fact(self, note: Note, stored: str) -> Iterator[Ecart]:
        """One more fact: the next one of the last decision, and recorded as that decision was."""
        yield from self._placed(note)
        cle = note.cle
        if not self.follows(note):
            yield Ecart(note.position, cle, "fait sans décision", stored, None)
            return
        self.came += 1
        if self.came > self.announced:
            yield Ecart(note.position, cle, "fait de trop", note.id, None)
        elif note.id != f"{cle}/{self.came}":
            yield Ecart(note.position, cle, "identifiant du fait", note.id, f"{cle}/{self.came}")
        around = _around(note)
        if around != self.around:
            for field, was, now in zip(AUTOUR, around, self.around, strict=True):
                if was != now:
                    yield Ecart(note.position, cle, f"{field} du fait", was, now)

    def follows(self, note: Note) -> bool:
        """Whether this fact is of the last decision."""
        return self.note is not None and note.cle == self.note.cle

    def missing(self) -> Iterator[Ecart]:
        """The facts of the last decision that never came."""
        if self.note is not None and self.came < self.announced:
            said = f"il en manque {self.announced - self.came}"
            yield Ecart(self.note.position, self.note.cle, "nombre de faits", "complet", said)

    def _placed(self, note: Note) -> Iterator[Ecart]:
        """The position that was left out, if one was."""
        if note.position != self.position + 1:
            yield Ecart(note.position, note.cle, "position manquante", note.position, self.position + 1)
        self.position = note.position
