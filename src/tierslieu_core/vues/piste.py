"""La piste d'audit et le journal du jour: decisions as people read them, with who, as what, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs
from whenever import Date

from tierslieu_core.kernel.clock import instant
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.decisions import DECISION, DecisionRendue, Livre
from tierslieu_core.kernel.declarations import Note, fiche
from tierslieu_core.kernel.envelope import note_of, unwrap
from tierslieu_core.kernel.ports import Row, Selection, scan, select
from tierslieu_core.kernel.projections import end_of
from tierslieu_core.kernel.sentences import explained
from tierslieu_core.vocabulaire.francais import moment
from tierslieu_core.vocabulaire.temps import Moment

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.sentences import Speaker

VERDICTS = {"accord": "accordé", "refus": "refusé", "sans_objet": "déjà ainsi", "a_valider": "à valider"}


@attrs.frozen
class Trace:
    """One decision of the trail. ``quand``: when it took effect, on the place's clock; ``phrases``: facts, or reasons.

    ``commande``: what was asked, in words; ``demande``: its stored name.

    ``survenu_le``, ``enregistre_le``: instants, as the journal writes them.
    """

    position: int
    cle: str
    quand: str
    survenu_le: str
    enregistre_le: str
    par: str
    en_tant_que: str
    pour: str | None
    commande: str
    verdict: str
    phrases: tuple[str, ...]
    demande: str

    def __str__(self) -> str:
        who = f"{self.par} ({self.en_tant_que})" if self.en_tant_que else self.par
        for_whom = f", pour {self.pour}" if self.pour else ""
        return f"{self.quand} — {who}{for_whom} : {self.commande}, {self.verdict}. " + " ".join(self.phrases)


@attrs.frozen
class Reader:
    """What it takes to say the journal: store, declarations, rulebook, and who knows the names."""

    recorder: DCBRecorder
    catalogue: Catalogue
    livre: Livre
    speaker: Speaker

    def piste(self, sujet: str) -> list[Trace]:
        """Every decision about a person, space, item, rule, demand (``objet:scie``, ``personne:p-7``, ``cle:…``)."""
        tags = (sujet, f"par:{sujet.removeprefix('personne:')}") if sujet.startswith("personne:") else (sujet,)
        (rows,), _ = select(self.recorder, [Selection((DECISION,), tags)])
        return [self.trace(row) for row in rows]

    def journal(self, jour: Date) -> list[Trace]:
        """Every decision that took effect on a local day, in order of the hour, then of the journal."""
        since, until = end_of(jour.prev_day(), self.livre.zone), end_of(jour, self.livre.zone)
        rows = [
            (e.survenu_le, row)
            for row in scan(self.recorder, (DECISION,))
            if since <= (e := unwrap(row)).survenu_le < until
        ]
        return [self.trace(row) for _, row in sorted(rows, key=lambda r: (r[0], r[1].position))]

    def trace(self, row: Row) -> Trace:
        """One decision, said."""
        e = unwrap(row)
        decision, note = self.catalogue.decision(row, e.fait), note_of(row.position, e)
        return Trace(
            position=row.position,
            cle=note.cle,
            quand=moment(Moment.de(instant(note.survenu_le), self.livre.zone)),
            survenu_le=note.survenu_le,
            enregistre_le=note.enregistre_le,
            par=self.speaker.nommer("personne", note.par),
            en_tant_que=self._as_what(note),
            pour=self.speaker.nommer("personne", note.pour) if note.pour else None,
            commande=titre(self.catalogue.demande(decision.commande).commande),
            verdict=VERDICTS[decision.verdict],
            phrases=tuple(self._phrases(row, decision)),
            demande=decision.commande,
        )

    def _phrases(self, row: Row, decision: DecisionRendue) -> Iterator[str]:
        for fait, note in facts_of(self.recorder, self.catalogue, row.position, decision):
            corrige = " (corrigé depuis : ne compte plus)" if note.id in self.livre.corriges else ""
            yield f"{self.speaker.phrase(fait)}{corrige}."
        yield from explained(self.catalogue, self.livre, decision, self.speaker)

    def _as_what(self, note: Note) -> str:
        return self.livre.en_tant_que(note.mandat)


def facts_of(recorder: DCBRecorder, catalogue: Catalogue, position: int, decision: DecisionRendue) -> Iterable[Read]:
    """The facts that a decision recorded, with their notes: those that follow it."""
    return [catalogue.read(r) for r in scan(recorder, None, position, position + decision.faits)]


def titre(commande: type) -> str:
    """What a command is called: the first clause of its docstring, else its name."""
    said = (commande.__doc__ or fiche(commande).nom).strip().splitlines()[0]
    return said.split(" (")[0].split(" : ")[0].split(" ; ")[0].split(", ")[0].rstrip(".").strip()
