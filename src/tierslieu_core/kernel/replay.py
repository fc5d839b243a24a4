"""Every decision taken again, from the journal before it: the audit that anyone can run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
    from eventsourcing.dcb.api import DCBRecorder, DCBSequencedEvent

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
    past = Past(catalogue, livre, recorder)
    for found, following in _with_next(recorder.read()):
        event = found.event
        row = Row(found.position, event.type, event.data)
        thing, note = catalogue.read(row)
        if isinstance(thing, DecisionRendue):
            yield from course.decision(note, thing.faits)
            old = following is not None and catalogue.old(following.event.type)
            yield from _named(note, _again(past, course, thing, note, event.tags, old=old))
        else:
            yield from course.fact(note, event.type)
            yield from _named(note, _learnt(past, course, thing, note, event.tags, row))


def _with_next(events: Iterable[DCBSequencedEvent]) -> Iterator[tuple[DCBSequencedEvent, DCBSequencedEvent | None]]:
    """Each, with the one that follows it."""
    coming = iter(events)
    here = next(coming, None)
    while here is not None:
        after = next(coming, None)
        yield here, after
        here = after


def _again(  # noqa: PLR0913 - a decision, and all that the journal says of it
    past: Past, course: Course, decision: DecisionRendue, note: Note, tags: list[str], *, old: bool
) -> Iterator[Ecart]:
    commande, again = past.again(decision, note)
    course.pending = again
    if again.clauses != decision.clauses:  # else the same rules judged the same measures alike just now
        yield from _named(note, clauses_differ(past.livre, decision, note))
    yield from _differs(past.catalogue, decision, note, again)
    carried = tags_of(note.cle, note.par, commande, again.faits)
    if _tags_differ(tags, carried, grown=old):
        yield Ecart(note.position, note.cle, "étiquettes de la décision", tags, carried)


def _tags_differ(tags: list[str], carried: list[str], *, grown: bool) -> bool:
    """``grown``: a later version may carry more tags than the one that was stored; never fewer."""
    if carried == tags:
        return False
    return not set(tags) <= set(carried) if grown else sorted(carried) != sorted(set(tags))


def _learnt(  # noqa: PLR0913, PLR0917 - a fact, and all that the journal says of it
    past: Past, course: Course, fait: Any, note: Note, tags: list[str], row: Row
) -> Iterator[Ecart]:
    past.learn(tags, fait, note)
    if course.pending is not None and course.follows(note):  # else its decision is unknown, or cannot be taken again
        faits, n = course.pending.faits, course.came
        again = faits[n - 1] if n <= len(faits) else None
        if type(again) is type(fait) and past.catalogue.old(row.type):
            yield from _old_fact_differs(past.catalogue, note, fait, tags, again, row)
        else:
            yield from _fact_differs(past.catalogue, note, fait, tags, again)


def _differs(catalogue: Catalogue, decision: DecisionRendue, note: Note, again: Outcome) -> Iterator[Ecart]:
    motif = None if decision.motif is None else (decision.motif.refus, decision.motif.champs)
    redone = None if again.refus is None else (fiche(again.refus).nom, catalogue.codec.stored.unstructure(again.refus))
    if motif is not None and redone is not None:
        redone = (redone[0], _then(motif[1], redone[1]))
    pairs: list[tuple[str, Any, Any]] = [
        ("verdict", decision.verdict, again.verdict),
        ("mandat", note.mandat, again.mandat),
        ("motif", motif, redone),
        ("nombre de faits", decision.faits, len(again.faits)),
    ]
    measured = encoder.encode(again.mesures)
    if measured != bytes(decision.mesures):  # the same text most often, and then nothing is decoded
        recorded = msgspec.json.decode(decision.mesures)
        pairs.append(("mesures", recorded, _then(recorded, msgspec.json.decode(measured))))
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
    if _tags_differ(tags, carried, grown=False):
        yield Ecart(about.position, about.cle, f"étiquettes de {nom}", tags, carried)


def _old_fact_differs(  # noqa: PLR0913, PLR0917 - as above, with what was stored
    catalogue: Catalogue, about: Note, fait: Any, tags: list[str], again: Any, row: Row
) -> Iterator[Ecart]:
    """A fact of an older version: what it said then must be said again; what later versions add could not be."""
    nom, said = fiche(fait).nom, msgspec.json.decode(unwrap(row).fait)
    was, now = (msgspec.json.decode(catalogue.codec.encode(one)) for one in (fait, again))
    was, now = ({name: fields[name] for name in said if name in fields} for fields in (was, now))
    if was != now:
        yield Ecart(about.position, about.cle, f"fait {nom}", was, now)
    carried = list(dict.fromkeys(again.etiquettes()))
    if _tags_differ(tags, carried, grown=True):
        yield Ecart(about.position, about.cle, f"étiquettes de {nom}", tags, carried)


def _then(was: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What was recorded, as it is said now: a field that the library learnt since is no difference."""
    return {name: now[name] for name in was if name in now}


def _short(clause: Clause) -> str:
    return f"{clause.verdict} (mesuré {clause.valeur!r}, limite {clause.limite!r})"
