"""The place's own history under another rulebook, at first order: each demand as it was, on the past as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from tierslieu_core.kernel.decisions import Clause, DecisionRendue, Livre
from tierslieu_core.kernel.oracle import Oracle, Source, asked
from tierslieu_core.kernel.past import Past, answers_of
from tierslieu_core.kernel.ports import Row

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.deciding import Outcome
    from tierslieu_core.kernel.declarations import Note


@attrs.frozen(eq=False)
class Contraste:
    """One demand that ends otherwise. ``decision``: as it was recorded, ``None`` if only the simulation asks it.

    ``again``: ``None`` when nobody would have asked it. ``sans_suite``: it went on from what never took place.
    """

    note: Note
    decision: DecisionRendue | None
    commande: Any
    again: Outcome | None
    sans_suite: bool = False


@attrs.define(eq=False)
class Group:
    """A decision with the facts that follow it, and their tags; facts that no decision announces come without.

    ``old``: some were stored by an older version, and what later versions add could not be in them.
    """

    decision: DecisionRendue | None
    note: Note
    faits: list[tuple[Any, Note, list[str]]] = attrs.Factory(list)
    old: bool = False

    def same(self, again: Outcome) -> bool:
        """Whether another outcome is what was recorded: its verdict, its facts, and what it leads to by the rules."""
        now, were = again.faits, [fait for fait, _, _ in self.faits]
        if self.decision is None or again.verdict != self.decision.verdict or len(now) != len(were):
            return False
        alike = list(map(type, now)) == list(map(type, were)) if self.old else list(now) == were
        return alike and sanctions(again.clauses) == sanctions(self.decision.clauses)


def sanctions(clauses: Iterable[Clause]) -> set[str]:
    """The rules that let it happen, with a consequence."""
    return {clause.regle for clause in clauses if clause.verdict == "sanction"}


@attrs.define(eq=False)
class World:
    """What a simulation goes by: the journal, and two blank rulebooks, the place's and another. ``source``: of days.

    ``since``, ``until``: the instants, as the journal writes them, between which decisions are looked at; ``looked``:
    how many were. ``progress`` is told how many were met.
    """

    recorder: DCBRecorder
    catalogue: Catalogue
    livre: Livre
    autre: Livre
    since: str
    until: str
    source: Source
    progress: Callable[[int], None]
    looked: int = 0
    past: Past = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.past = Past(self.catalogue, self.autre, self.recorder)

    def groups(self) -> Iterator[Group]:
        """All of the journal, each decision with its facts."""
        catalogue, met = self.catalogue, 0
        group: Group | None = None
        for found in self.recorder.read():
            event = found.event
            thing, note = catalogue.read(Row(found.position, event.type, event.data))
            decision = thing if isinstance(thing, DecisionRendue) else None
            if group is None or decision is not None or group.note.cle != note.cle:
                if group is not None:
                    yield group
                group = Group(decision, note)
            if decision is None:
                group.faits.append((thing, note, event.tags))
                group.old = group.old or catalogue.old(event.type)
            else:
                met += 1
                self.progress(met)
        if group is not None:
            yield group

    def looks_at(self, note: Note) -> bool:
        """Whether a decision is among those that are looked at; if so, it is counted."""
        seen = self.since <= note.survenu_le < self.until
        self.looked += seen
        return seen

    def learn(self, fait: Any, note: Note, tags: list[str]) -> None:
        """Take one more fact into the past, and into both rulebooks."""
        self.past.learn(tags, fait, note)
        if self.livre.etiquette in tags and type(fait) in self.livre.faits:
            self.livre.applique(fait, note)

    def decide(self, commande: Any, note: Note, decision: DecisionRendue | None) -> Outcome:
        """The outcome by the other rulebook; of days, what nobody could tell then stays unknown: the rest is asked."""
        if decision is None:
            return self.past.decide(commande, note, Oracle(self.source))
        known = answers_of(decision)
        again, missed = self._from(known, commande, note, self.autre)
        if not missed:
            return again
        unknown = self._from(known, commande, note, self.livre)[1]
        if missed <= unknown:
            return again

        def ask(quoi: str, mots: tuple[str, ...]) -> str | None:
            question = asked(quoi, mots)
            return known.get(question) or (None if question in unknown else self.source(quoi, mots))

        return self.past.decide(commande, note, Oracle(ask))

    def _from(self, known: dict[str, str], commande: Any, note: Note, livre: Livre) -> tuple[Outcome, set[str]]:
        """The outcome from what was answered then, by a rulebook; and all that it asked besides."""
        missed = set[str]()

        def ask(quoi: str, mots: tuple[str, ...]) -> str | None:
            question = asked(quoi, mots)
            if question not in known:
                missed.add(question)
            return known.get(question)

        return self.past.decide(commande, note, Oracle(ask), livre=livre), missed


def first_order(world: World) -> Iterator[Contraste]:
    """Each decision that ends otherwise when it is taken again on what was recorded before it.

    What comes out is never learnt: the next one rests on what happened.
    """
    for group in world.groups():
        decision = group.decision
        if decision is not None and world.looks_at(group.note) and world.autre.touche(decision):
            commande = world.past.asked(decision)
            again = world.decide(commande, group.note, decision)
            if not group.same(again):
                yield Contraste(group.note, decision, commande, again)
        for taken in group.faits:
            world.learn(*taken)
