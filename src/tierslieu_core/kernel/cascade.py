"""The same in cascade: what comes out is what the next demands find, and what facts lead to is asked anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import attrs
from msgspec.structs import replace

from tierslieu_core.kernel import edge
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.deciding import SUITE, Outcome
from tierslieu_core.kernel.decisions import DECISION, DecisionRendue, RegleContraire
from tierslieu_core.kernel.declarations import Note, fiche
from tierslieu_core.kernel.envelope import unwrap
from tierslieu_core.kernel.fields import concerned, subjects
from tierslieu_core.kernel.oracle import recorded
from tierslieu_core.kernel.past import answers_of
from tierslieu_core.kernel.ports import scan
from tierslieu_core.kernel.simulation import Contraste, Group, World
from tierslieu_core.kernel.suites import following

RIEN = Outcome("sans_objet", "")
"""What becomes of a demand about a thing that never came to be."""
ACQUIS = frozenset({"accord", "a_valider"})


@attrs.define(eq=False)
class Cascade:
    """A past in which what came out stands in for what happened, from the first decision that is looked at.

    ``autres``: the identifiers of facts of decisions that end otherwise, gone or new; ``ajoutes``: of the new ones.
    ``attendues``: by key, what such facts ask where history asked something too. ``perdus``: what each fact that is
    gone was about, by each of its tags. ``jamais``: the tags of things that never came to be.
    """

    world: World
    suites: frozenset[str]
    begun: bool = False
    position: int = 0
    autres: set[str] = attrs.Factory(set)
    ajoutes: set[str] = attrs.Factory(set)
    attendues: dict[str, Any] = attrs.Factory(dict)
    perdus: dict[str, list[frozenset[str]]] = attrs.Factory(dict)
    jamais: set[str] = attrs.Factory(set)

    def run(self) -> Iterator[Contraste]:
        """Each decision that ends otherwise, in order."""
        for group in self.world.groups():
            decision, note = group.decision, group.note
            seen = decision is not None and self.world.looks_at(note)
            self.begun = self.begun or seen
            if decision is None or not self.begun:
                self._as_it_was(group)
                continue
            for found in self._again(group, decision):
                if seen:
                    yield found

    def _as_it_was(self, group: Group) -> None:
        self.position += group.decision is not None
        for fait, note, tags in group.faits:
            self._learn(fait, note, tags)

    def _again(self, group: Group, decision: DecisionRendue) -> Iterator[Contraste]:
        """One decision of history, with what it leads to."""
        commande = self.world.past.asked(decision)
        if group.note.cause in self.autres and group.note.cle not in self.attendues:
            yield from self._never(group, decision, commande, None)
            return
        commande = self.attendues.pop(group.note.cle, commande)
        if self._of_what_never_was(commande):
            yield from self._never(group, decision, commande, RIEN)
            return
        again = self.world.decide(commande, group.note, decision)
        if group.same(again):
            self._as_it_was(group)
            return
        yield Contraste(group.note, decision, commande, again, self._sans_suite(commande, group, decision, again))
        yield from self._follow(self._replaced(group, again))

    def _never(
        self, group: Group, decision: DecisionRendue, commande: Any, again: Outcome | None
    ) -> Iterator[Contraste]:
        """Nobody would have asked it, or for nothing: only what had been granted is worth telling."""
        self._replaced(group, RIEN)
        if decision.verdict in ACQUIS:
            yield Contraste(group.note, decision, commande, again, sans_suite=True)

    def _replaced(self, group: Group, again: Outcome) -> list[Read]:
        """Learn what came out in the place of what happened, with its notes; other demands rest on both."""
        self.position += 1
        gone, new = [(fait, note) for fait, note, _ in group.faits], list[Read]()
        for n, fait in enumerate(again.faits, 1):
            note = replace(group.note, id=f"{group.note.cle}/{n}", mandat=again.mandat)
            new.append((fait, self._learn(fait, note, list(dict.fromkeys(fait.etiquettes())))))
        self.ajoutes |= {note.id for _, note in new}
        self.autres |= {note.id for _, note in (*new, *gone)}
        for fait, _ in gone:
            about = frozenset(subjects(fait))
            for tag in about:
                self.perdus.setdefault(tag, []).append(about)
        were, are = self._births(gone), self._births(new)
        self.jamais |= {tag for tag, about in were.items() if are.get(tag) != about}
        self.jamais -= are.keys() - were.keys()
        return new

    def _births(self, faits: list[Read]) -> dict[str, frozenset[str]]:
        """What these facts bring into being, with all that each is about."""
        return {
            f"{kind}:{one}": frozenset(subjects(fait))
            for kind, declared in self.world.catalogue.identifiants.items()
            for fait, _ in faits
            if isinstance(fait, declared.naissances)
            for one in concerned(fait, kind)
        }

    def _follow(self, new: list[Read]) -> Iterator[Contraste]:
        """What the new facts lead to: where history asks it too, or at once."""
        for fait, note in new:
            for cle, commande in following(self.world.catalogue, fait, note):
                if cle in self.suites:
                    self.attendues[cle] = commande
                else:
                    yield from self._newly_asked(commande, cle, note)

    def _newly_asked(self, commande: Any, cle: str, cause: Note) -> Iterator[Contraste]:
        """A suite that history never asked; as in life, one that fails never takes back the fact that led to it."""
        when = cause.enregistre_le
        note = Note(self.position + 1, f"{cle}/0", when, when, cause.par, None, SUITE, cause.id)
        again, zone = RIEN, self.world.autre.zone
        with suppress(Exception):
            vain = self._of_what_never_was(commande) or edge.place_faults(commande, zone, suite=True)
            again = RIEN if vain else self.world.decide(commande, note, None)
        if again.verdict in ACQUIS:
            yield Contraste(note, None, commande, again)
        yield from self._follow(self._replaced(Group(None, note), again))

    def _learn(self, fait: Any, note: Note, tags: list[str]) -> Note:
        """Take a fact in, at the place where the simulation is."""
        self.position += 1
        placed = note if note.position == self.position else replace(note, position=self.position)
        self.world.learn(fait, placed, tags)
        return placed

    # ── ce qui n'a plus lieu d'être ─────────────────────────────────────────────────────────────────────────────────

    def _of_what_never_was(self, commande: Any) -> bool:
        """Whether a demand names a thing that never came to be."""
        return bool(self.jamais) and any(f"{kind}:{one}" in self.jamais for _, kind, one in edge.references(commande))

    def _sans_suite(self, commande: Any, group: Group, decision: DecisionRendue, again: Outcome) -> bool:
        """Whether what was granted ends for want of what came before it, rather than by a rule or for somebody else.

        It is about just what a fact that is gone was about, and would end so even without what is new.
        """
        if decision.verdict not in ACQUIS or again.verdict in ACQUIS or isinstance(again.refus, RegleContraire):
            return False
        if again.verdict == "sans_objet" or self.world.catalogue.demande(fiche(commande).nom).mesure is None:
            return True
        about = frozenset(subjects(commande))
        if not any(about <= lost for tag in list(about)[:1] for lost in self.perdus.get(tag, ())):
            return False
        known = recorded(answers_of(decision))
        return self.world.past.decide(commande, group.note, known, sans=self.ajoutes).verdict not in ACQUIS


def cascade(world: World) -> Iterator[Contraste]:
    """Each decision that ends otherwise, and what would have been asked besides, when each rests on those before it."""
    decisions = (unwrap(row) for row in scan(world.recorder, (DECISION,)))
    suites = frozenset(e.id.rpartition("/")[0] for e in decisions if e.cause is not None)
    return Cascade(world, suites).run()
