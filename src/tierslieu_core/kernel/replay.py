"""Every decision taken again, from the journal before it: the audit that anyone can run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs
import msgspec

from tierslieu_core.kernel.codec import encoder
from tierslieu_core.kernel.deciding import Outcome
from tierslieu_core.kernel.decisions import DECISION, Clause, DecisionRendue, Livre, Verdict, verdict_of
from tierslieu_core.kernel.declarations import Note, fiche
from tierslieu_core.kernel.envelope import Enveloppe, decoder_of, note_of, unwrap
from tierslieu_core.kernel.errors import ErreurTiersLieu, FormeInconnue
from tierslieu_core.kernel.fields import subjects
from tierslieu_core.kernel.past import Past
from tierslieu_core.kernel.ports import Row, scan

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue

AUTOUR = ("enregistre_le", "survenu_le", "par", "pour", "mandat", "cause")
"""What the journal says around a decision, and again around each of its facts."""

_around = attrgetter(*AUTOUR)
_faults = (
    ErreurTiersLieu, msgspec.MsgspecError, ArithmeticError, AssertionError, AttributeError, LookupError, TypeError,
    ValueError,
)  # fmt: skip


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
    course = _Course(progress or (lambda _: None))
    level = _deep if deep else _first
    ecarts = [*level(recorder, catalogue, livre, course), *course.missing()]
    return Rejeu(course.decisions, tuple(ecarts))


@attrs.define
class _Course:
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


def _first(recorder: DCBRecorder, catalogue: Catalogue, livre: Livre, course: _Course) -> Iterator[Ecart]:
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


def _deep(recorder: DCBRecorder, catalogue: Catalogue, livre: Livre, course: _Course) -> Iterator[Ecart]:
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


def _again(past: Past, course: _Course, decision: DecisionRendue, note: Note, tags: list[str]) -> Iterator[Ecart]:
    again = course.pending = past.again(decision, note)
    if again.clauses != decision.clauses:  # else the same rules judged the same measures alike just now
        yield from _named(note, clauses_differ(past.livre, decision, note))
    yield from _differs(past.catalogue, decision, note, again)
    codec, demande = past.catalogue.codec, past.catalogue.demande(decision.commande)
    things = (codec.decode(decision.demande, demande.commande), *again.faits)
    carried = {f"cle:{note.cle}", f"par:{note.par}", *(s for thing in things for s in subjects(thing))}
    if carried != set(tags):
        yield Ecart(note.position, note.cle, "étiquettes de la décision", tags, sorted(carried))


def _learnt(past: Past, course: _Course, fait: Any, note: Note, tags: list[str]) -> Iterator[Ecart]:
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
