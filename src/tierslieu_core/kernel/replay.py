"""Every decision taken again, from the journal before it: the audit that anyone can run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import msgspec
from eventsourcing.dcb.api import DCBSequencedEvent

from tierslieu_core.kernel.clock import instant
from tierslieu_core.kernel.codec import encoder
from tierslieu_core.kernel.deciding import Outcome, outcome
from tierslieu_core.kernel.decisions import DECISION, Clause, DecisionRendue, Livre, verdict_of
from tierslieu_core.kernel.declarations import Contexte, Note, fiche
from tierslieu_core.kernel.envelope import note_of, unwrap
from tierslieu_core.kernel.ports import Row

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.lectures import Lue


@attrs.frozen
class Ecart:
    """One difference: where, in which decision, of what (``verdict``, ``motif``, ``clause``, ``mesures``, ``fait``…)."""

    position: int
    cle: str
    quoi: str
    enregistre: Any
    rejoue: Any

    def __str__(self) -> str:
        return f"position {self.position}, demande {self.cle} : {self.quoi} enregistré {self.enregistre!r}, rejoué {self.rejoue!r}"


@attrs.frozen
class Rejeu:
    """What a replay found: how many decisions, and every difference in order."""

    decisions: int
    ecarts: tuple[Ecart, ...]

    @property
    def fidele(self) -> bool:
        """Whether every decision was taken again alike."""
        return not self.ecarts


class Replayer:
    """The journal before each decision, kept as it is read: facts by tag and type, and the rulebook as it stood."""

    def __init__(self, catalogue: Catalogue, livre: Livre) -> None:
        self.catalogue, self.livre = catalogue, livre
        self._by_tag: dict[str, list[tuple[int, type, Any]]] = defaultdict(list)

    def learn(self, found: DCBSequencedEvent, fait: Any, note: Note) -> None:
        """Take in one more fact of the journal."""
        for tag in found.event.tags:
            self._by_tag[tag].append((found.position, type(fait), fait))
        if self.livre.etiquette in found.event.tags and isinstance(fait, self.livre.faits):
            self.livre.applique(fait, note)

    def read(self, lues: Sequence[Lue[Any]]) -> list[Any]:
        """Each lecture's state, on what was learnt so far."""
        return [lue.lecture.fold(self._facts(lue)) for lue in lues]

    def _facts(self, lue: Lue[Any]) -> list[Any]:
        kinds = lue.lecture.faits
        if lue.lecture.dernier:
            last: tuple[int, type, Any] | None = None
            for tag in lue.etiquettes:
                for one in reversed(self._by_tag.get(tag, ())):
                    if one[1] in kinds:
                        last = one if last is None or one[0] > last[0] else last
                        break
            return [last[2]] if last else []
        seen = {one[0]: one[2] for tag in lue.etiquettes for one in self._by_tag.get(tag, ()) if one[1] in kinds}
        return [seen[p] for p in sorted(seen)] if len(lue.etiquettes) > 1 else list(seen.values())

    def again(self, decision: DecisionRendue, note: Note) -> Outcome:
        """The same demand, decided on the journal before it."""
        demande = self.catalogue.demande(decision.commande)
        commande = self.catalogue.codec.decode(decision.demande, demande.commande)
        x = Contexte(instant(note.enregistre_le), instant(note.survenu_le), note.par, note.cle, self.livre, note.pour)
        return outcome(demande, commande, x, self.read, suite=note.cause is not None)


def replay(
    recorder: DCBRecorder,
    catalogue: Catalogue,
    livre: Livre,
    *,
    progress: Callable[[int], None] | None = None,
    deep: bool = True,
) -> Rejeu:
    """Every decision again; ``deep``: from the journal before it, else each clause from its recorded measure alone."""
    replayer = Replayer(catalogue, livre)
    ecarts: list[Ecart] = []
    total, expected, pending = 0, 0, Outcome("refus", "")
    decision, note = None, None
    for found in recorder.read():
        row = Row(found.position, found.event.type, found.event.data)
        if row.type != DECISION:
            fait, about = catalogue.read(row)
            if deep:
                n = int(about.id.rpartition("/")[2])
                ecarts.extend(_fact_differs(catalogue, about, n, fait, found, pending, note))
            replayer.learn(found, fait, about)
            expected -= 1
            continue
        ecarts.extend(_missing(note, expected))
        e = unwrap(row)
        decision, note = catalogue.decision(row, e.fait), note_of(row.position, e)
        ecarts.extend(clauses_differ(livre, decision, note))
        if deep:
            pending = replayer.again(decision, note)
            ecarts.extend(_differs(catalogue, decision, note, pending))
        total, expected = total + 1, decision.faits
        if progress is not None:
            progress(total)
    return Rejeu(total, (*ecarts, *_missing(note, expected)))


def _missing(note: Note | None, expected: int) -> Iterator[Ecart]:
    if note is not None and expected > 0:
        yield Ecart(note.position, note.cle, "nombre de faits", "complet", f"il en manque {expected}")


def clauses_differ(livre: Livre, decision: DecisionRendue, note: Note) -> Iterator[Ecart]:
    """First level: each rule version judges its recorded measure again."""
    for clause in decision.clauses:
        again = livre.rejuge(clause)
        if again != clause:
            yield Ecart(note.position, note.cle, f"clause {clause.regle}", _short(clause), _short(again))
    if decision.verdict in ("accord", "a_valider"):
        verdict = verdict_of((decision,), decision.clauses)
        if verdict != decision.verdict:
            yield Ecart(note.position, note.cle, "verdict", decision.verdict, verdict)


def _differs(catalogue: Catalogue, decision: DecisionRendue, note: Note, again: Outcome) -> Iterator[Ecart]:
    motif = None if decision.motif is None else (decision.motif.refus, decision.motif.champs)
    redone = None if again.refus is None else (fiche(again.refus).nom, catalogue.codec.stored.unstructure(again.refus))
    pairs = (
        ("verdict", decision.verdict, again.verdict),
        ("mandat", note.mandat, again.mandat),
        ("motif", motif, redone),
        ("nombre de faits", decision.faits, len(again.faits)),
        ("mesures", msgspec.json.decode(decision.mesures), msgspec.json.decode(encoder.encode(again.mesures))),
    )
    yield from (Ecart(note.position, note.cle, what, was, now) for what, was, now in pairs if was != now)
    for was, now in zip(decision.clauses, again.clauses, strict=False):
        if was != now:
            yield Ecart(note.position, note.cle, f"clause {was.regle}", _short(was), _short(now))
    if len(decision.clauses) != len(again.clauses):
        yield Ecart(note.position, note.cle, "nombre de clauses", len(decision.clauses), len(again.clauses))


def _fact_differs(
    catalogue: Catalogue, about: Note, n: int, fait: Any, found: DCBSequencedEvent, pending: Outcome, note: Note | None
) -> Iterator[Ecart]:
    if note is None or about.cle != note.cle:
        yield Ecart(about.position, about.cle, "fait sans décision", fiche(fait).nom, None)
        return
    again = pending.faits[n - 1] if 0 < n <= len(pending.faits) else None
    if again != fait:
        was, now = (
            catalogue.codec.encode(fait).decode(),
            None if again is None else catalogue.codec.encode(again).decode(),
        )
        yield Ecart(about.position, about.cle, f"fait {fiche(fait).nom}", was, now)
    elif again is not None and sorted(set(found.event.tags)) != sorted(set(again.etiquettes())):
        yield Ecart(
            about.position, about.cle, f"étiquettes de {fiche(fait).nom}", found.event.tags, list(again.etiquettes())
        )


def _short(clause: Clause) -> str:
    return f"{clause.verdict} (mesuré {clause.valeur!r}, limite {clause.limite!r})"
