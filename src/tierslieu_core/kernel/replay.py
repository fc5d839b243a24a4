"""Every decision taken again, from the journal before it: the audit that anyone can run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import attrs
import msgspec

from tierslieu_core.kernel.codec import encoder
from tierslieu_core.kernel.course import Course, Ecart
from tierslieu_core.kernel.deciding import Outcome
from tierslieu_core.kernel.decisions import DECISION, Clause, DecisionRendue, Livre, Verdict, tags_of, verdict_of
from tierslieu_core.kernel.declarations import Note, fiche
from tierslieu_core.kernel.envelope import Enveloppe, decoder_of, note_of, unwrap
from tierslieu_core.kernel.errors import ErreurTiersLieu, FormeInconnue
from tierslieu_core.kernel.past import Past
from tierslieu_core.kernel.ports import Row, scan

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue

_faults = (
    ErreurTiersLieu, msgspec.MsgspecError, ArithmeticError, AssertionError, AttributeError, LookupError, TypeError,
    ValueError,
)  # fmt: skip


@attrs.frozen
class Rejeu:
    """What a replay found: how many decisions, and every difference in order."""

    decisions: int
    ecarts: tuple[Ecart, ...]

    @property
    def fidele(self) -> bool:
        """Whether every decision was taken again alike."""
        return not self.ecarts


def replay(
    recorder: DCBRecorder,
    catalogue: Catalogue,
    livre: Livre,
    *,
    progress: Callable[[int], None] | None = None,
    deep: bool = True,
) -> Rejeu:
    """Every decision again; ``deep``: from the journal before it, else each clause from its recorded measure alone."""
    course = Course(progress or (lambda _: None))
    level = _deep if deep else _first
    ecarts = [*level(recorder, catalogue, livre, course), *course.missing()]
    return Rejeu(course.decisions, tuple(ecarts))


def _named(note: Note, found: Iterator[Ecart]) -> Iterator[Ecart]:
    """These differences; what breaks while they are looked for is one more."""
    try:
        yield from found
    except _faults as fault:
        yield Ecart(note.position, note.cle, "rejeu impossible", None, f"{type(fault).__name__} : {fault}")


# ── first level: each rule version judges its recorded measure again ────────────────────────────────────────────────


class Evidence(msgspec.Struct, frozen=True):
    """What the first level reads of a decision, and no more: the rest is skipped undecoded."""

    verdict: Verdict
    clauses: tuple[Clause, ...] = ()
    faits: int = 0


_evidence = decoder_of(Evidence)


def _evidence_of(row: Row) -> Enveloppe[Evidence]:
    try:
        return _evidence.decode(row.data)
    except msgspec.DecodeError as fault:
        raise FormeInconnue(f"La décision n° {row.position} du journal ne se lit pas : {fault}") from None


def _first(recorder: DCBRecorder, catalogue: Catalogue, livre: Livre, course: Course) -> Iterator[Ecart]:
    of_the_book = frozenset(catalogue.types(livre.faits))
    for row in scan(recorder):
        if row.type == DECISION:
            e = _evidence_of(row)
            note = note_of(row.position, e)
            yield from course.decision(note, e.fait.faits)
            yield from _named(note, clauses_differ(livre, e.fait, note))
        elif row.type in of_the_book or row.type not in catalogue.evenements:
            fait, note = catalogue.read(row)
            yield from course.fact(note, row.type)
            yield from _named(note, _applied(livre, fait, note))
        else:
            yield from course.fact(note_of(row.position, unwrap(row)), row.type)


def _applied(livre: Livre, fait: Any, note: Note) -> Iterator[Ecart]:
    if livre.etiquette in fait.etiquettes():
        livre.applique(fait, note)
    yield from ()


def clauses_differ(livre: Livre, decision: DecisionRendue | Evidence, note: Note) -> Iterator[Ecart]:
    """Each clause whose rule version now says otherwise of the same measure, and the verdict that clauses give."""
    for clause in decision.clauses:
        again = livre.rejuge(clause)
        if again != clause:
            yield Ecart(note.position, note.cle, f"clause {clause.regle}", _short(clause), _short(again))
    if decision.verdict in ("accord", "a_valider"):
        verdict = verdict_of((decision,), decision.clauses)
        if verdict != decision.verdict:
            yield Ecart(note.position, note.cle, "verdict", decision.verdict, verdict)


# ── second level: everything, from the journal before ───────────────────────────────────────────────────────────────


def _deep(recorder: DCBRecorder, catalogue: Catalogue, livre: Livre, course: Course) -> Iterator[Ecart]:
    past = Past(catalogue, livre)
    for found in recorder.read():
        event = found.event
        thing, note = catalogue.read(Row(found.position, event.type, event.data))
        if isinstance(thing, DecisionRendue):
            yield from course.decision(note, thing.faits)
            yield from _named(note, _again(past, course, thing, note, event.tags))
        else:
            yield from course.fact(note, event.type)
            yield from _named(note, _learnt(past, course, thing, note, event.tags))


def _again(past: Past, course: Course, decision: DecisionRendue, note: Note, tags: list[str]) -> Iterator[Ecart]:
    commande, again = past.again(decision, note)
    course.pending = again
    if again.clauses != decision.clauses:  # else the same rules judged the same measures alike just now
        yield from _named(note, clauses_differ(past.livre, decision, note))
    yield from _differs(past.catalogue, decision, note, again)
    carried = tags_of(note.cle, note.par, commande, again.faits)
    if carried != tags and sorted(carried) != sorted(set(tags)):
        yield Ecart(note.position, note.cle, "étiquettes de la décision", tags, carried)


def _learnt(past: Past, course: Course, fait: Any, note: Note, tags: list[str]) -> Iterator[Ecart]:
    past.learn(tags, fait, note)
    if course.pending is not None and course.follows(note):  # else its decision is unknown, or cannot be taken again
        faits, n = course.pending.faits, course.came
        yield from _fact_differs(past.catalogue, note, fait, tags, faits[n - 1] if n <= len(faits) else None)


def _differs(catalogue: Catalogue, decision: DecisionRendue, note: Note, again: Outcome) -> Iterator[Ecart]:
    motif = None if decision.motif is None else (decision.motif.refus, decision.motif.champs)
    redone = None if again.refus is None else (fiche(again.refus).nom, catalogue.codec.stored.unstructure(again.refus))
    pairs = [
        ("verdict", decision.verdict, again.verdict),
        ("mandat", note.mandat, again.mandat),
        ("motif", motif, redone),
        ("nombre de faits", decision.faits, len(again.faits)),
    ]
    measured = encoder.encode(again.mesures)
    if measured != bytes(decision.mesures):  # the same text most often, and then nothing is decoded
        pairs.append(("mesures", msgspec.json.decode(decision.mesures), msgspec.json.decode(measured)))
    yield from (Ecart(note.position, note.cle, what, was, now) for what, was, now in pairs if was != now)
    if decision.clauses == again.clauses:
        return
    for was, now in zip(decision.clauses, again.clauses, strict=False):
        if was != now:
            yield Ecart(note.position, note.cle, f"clause {was.regle}", _short(was), _short(now))
    if len(decision.clauses) != len(again.clauses):
        yield Ecart(note.position, note.cle, "nombre de clauses", len(decision.clauses), len(again.clauses))


def _fact_differs(catalogue: Catalogue, about: Note, fait: Any, tags: list[str], again: Any) -> Iterator[Ecart]:
    nom = fiche(fait).nom
    if again != fait:
        was, now = (None if one is None else catalogue.codec.encode(one).decode() for one in (fait, again))
        yield Ecart(about.position, about.cle, f"fait {nom}", was, now)
        return
    carried = list(dict.fromkeys(again.etiquettes()))
    if carried != tags and sorted(carried) != sorted(set(tags)):
        yield Ecart(about.position, about.cle, f"étiquettes de {nom}", tags, carried)


def _short(clause: Clause) -> str:
    return f"{clause.verdict} (mesuré {clause.valeur!r}, limite {clause.limite!r})"
