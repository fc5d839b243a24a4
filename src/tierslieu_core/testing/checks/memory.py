"""Notes are their authors', a closed period stays closed, and a handover is signed by its two people, of one text."""

# ruff: noqa: S101 - a check is made of assertions
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from tierslieu_core.domaines.cadre.archives import JourArchive, PeriodeClose
from tierslieu_core.domaines.memoire.documentation import (
    EntreeAmendee,
    EntreeNotee,
    EntreeRetiree,
    MotDeclare,
    PassationAbandonnee,
    PassationOuverte,
    PassationReprise,
    PassationSignee,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.testing.checks.story import Lives, Step

Note = EntreeNotee | EntreeAmendee | EntreeRetiree
Handover = PassationOuverte | PassationReprise | PassationSignee | PassationAbandonnee
PERIODS = "periodes"


@attrs.define
class Memory:
    """The life of each note, of each handover, and of the periods that were closed; the words of the journal."""

    lives: Lives = attrs.Factory(Lives)
    words: dict[str, MotDeclare] = attrs.Factory(dict)

    def see(self, step: Step) -> None:
        """One more decision: nothing of it is dated into what is closed; then its own facts."""
        close = self.lives.last(PERIODS)
        assert not step.facts or close is None or step.today > close.au, f"daté dans ce qui est archivé : {step}"
        if step.decision.motif is not None and step.decision.motif.refus == fiche(JourArchive).nom:
            asked = getattr(step.commande, "jour", None) or step.today
            assert close is not None, f"rien n'est archivé : {step}"
            assert min(asked, step.today) <= close.au, f"ce jour n'est pas archivé : {step}"
        for fact, note in step.facts:
            match fact:
                case FaitCorrige():
                    self.lives.correct(fact)
                case MotDeclare():
                    self.words[fact.mot] = fact
                case PeriodeClose():
                    assert close is None or fact.du == close.au.next_day(), f"un trou, ou deux fois : {step}"
                    assert fact.du <= fact.au < step.today, f"close avant d'être finie : {step}"
                    self.lives.add(PERIODS, fact, note)
                case _ if isinstance(fact, Note):
                    self._noted(fact, step)
                    self.lives.add(f"entree:{fact.entree}", fact, note)
                case _ if isinstance(fact, Handover):
                    self._handed(fact, step)
                    self.lives.add(f"passation:{fact.passation}", fact, note)

    def told(self, notes: Iterable[Any], handovers: Iterable[Any]) -> None:
        """The rows of both registers."""
        for row in notes:
            last = self.lives.last(f"entree:{row.entree}")
            gone = isinstance(last, EntreeRetiree)
            assert (row.texte is None, row.auteur, row.jour) == (gone, last.auteur, last.jour), row
            assert gone or (row.mots, row.transmettre) == (last.mots, last.transmettre), row
        for row in handovers:
            last = self.lives.last(f"passation:{row.passation}")
            assert row.signataires == getattr(last, "signataires", ()), row
            assert (row.etat == "conclue") == (set(row.signataires) == {row.sortant, row.entrant}), row

    def _noted(self, fact: Note, step: Step) -> None:
        last, close = self.lives.last(f"entree:{fact.entree}"), self.lives.last(PERIODS)
        if isinstance(fact, EntreeNotee):
            assert last is None, f"notée deux fois : {step}"
            assert fact.jour <= step.today, f"notée d'avance : {step}"
            assert close is None or fact.jour > close.au, f"notée pour un jour archivé : {step}"
        else:
            assert isinstance(last, EntreeNotee | EntreeAmendee), f"retirée, et l'on y revient : {step}"
            assert (fact.auteur, fact.jour) == (last.auteur, last.jour), f"elle change d'auteur : {step}"
        if isinstance(fact, EntreeRetiree):
            assert step.note.par == fact.auteur or step.note.mandat != "inscrit", f"retirée par un autre : {step}"
        else:
            assert step.note.par == fact.auteur, f"des mots d'un autre : {step}"
            assert set(fact.mots) <= set(self.words), f"sous un mot inconnu : {step}"
            assert fact.transmettre >= any(self.words[mot].transmettre for mot in fact.mots), step

    def _handed(self, fact: Handover, step: Step) -> None:
        last = self.lives.last(f"passation:{fact.passation}")
        if isinstance(fact, PassationOuverte):
            others = [f for f in self.lives.lasts().values() if isinstance(f, Handover) and f.sortant == fact.sortant]
            assert not any(map(_open, others)), f"il part deux fois à la fois : {step}"
            assert fact.sortant != fact.entrant, f"à soi-même : {step}"
            return
        assert _open(last), f"close, et elle bouge encore : {step}"
        if isinstance(fact, PassationSignee):
            assert fact.empreinte == last.empreinte == step.commande.empreinte, f"un autre texte est signé : {step}"
            assert set(fact.signataires) - set(getattr(last, "signataires", ())) == {step.note.par}, (
                f"pour lui : {step}"
            )
            assert set(fact.signataires) <= {fact.sortant, fact.entrant}, f"d'un tiers : {step}"


def _open(fact: Any) -> bool:
    """Whether a handover may still move."""
    both = isinstance(fact, PassationSignee) and {*fact.signataires} == {fact.sortant, fact.entrant}
    return fact is not None and not both and not isinstance(fact, PassationAbandonnee)
