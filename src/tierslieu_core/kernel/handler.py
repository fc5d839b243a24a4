"""From a demand to its recorded decision: the one place where read → fold → decide → append stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import attrs
from eventsourcing.dcb.api import DCBAppendCondition
from eventsourcing.persistence import IntegrityError
from msgspec.structs import replace
from whenever import Instant

from tierslieu_core.kernel import edge
from tierslieu_core.kernel.asked import Asked, decision_of
from tierslieu_core.kernel.book import Book, Opened
from tierslieu_core.kernel.clock import Clock, system_clock
from tierslieu_core.kernel.corrections import standing
from tierslieu_core.kernel.deciding import outcome
from tierslieu_core.kernel.decisions import DECISION, DecisionRendue, Livre, Reponse
from tierslieu_core.kernel.declarations import Contexte, Note, fiche
from tierslieu_core.kernel.envelope import note_of, unwrap
from tierslieu_core.kernel.errors import CleReutilisee, Conflit, DemandeInvalide, LieuNonFonde, ReferenceInconnue
from tierslieu_core.kernel.oracle import Oracle, Source, silent
from tierslieu_core.kernel.past import Placed
from tierslieu_core.kernel.ports import Row, Selection, Unless, Vault, scan, select
from tierslieu_core.kernel.sentences import Speaker, explained
from tierslieu_core.kernel.suites import following, reserved

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.lectures import Lue, Reader

ESSAIS = 20
PATIENCE = 5
"""Tries beside the others; then, where the store can, the others are made to wait."""


class Handler:
    """Decides demands against one journal. ``observe`` is told each answer, its number of tries and its nanoseconds.

    ``source``: who answers what the journal does not know (is it a holiday?).
    ``unfinished``: by key, why a suite could not be asked: what caused it stands, and it will be tried again.

    ``knows_all``: do not check that what a demand names is registered (for specifications).
    """

    def __init__(
        self,
        recorder: DCBRecorder,
        vault: Vault,
        catalogue: Catalogue,
        livre: Callable[[], Livre],
        clock: Clock = system_clock,
    ) -> None:
        self.recorder, self.vault, self.catalogue, self.clock = recorder, vault, catalogue, clock
        self.knows_all = False
        self.speaker: Callable[[], Speaker] = Speaker
        self.source: Source = silent
        self.observe: Callable[[Reponse, int, int], None] | None = None
        self.book = Book(recorder, catalogue, livre)
        self._types: dict[Any, tuple[str, ...]] = {}
        self._known: set[tuple[str, ...]] = set()
        self.unfinished: dict[str, Exception] = {}

    # ── the way of a demand ─────────────────────────────────────────────────────────────────────────────────────────

    def execute(  # noqa: PLR0913 - the parameters of a demand are what they are
        self,
        commande: Any,
        *,
        par: str,
        cle: str | None = None,
        pour: str | None = None,
        survenu_le: Instant | None = None,
        maintenant: Instant | None = None,
        essai: bool = False,
        cause: str | None = None,
        derivee: bool = False,
        suppose: Sequence[Placed] = (),
    ) -> Reponse:
        """Decide and record one demand. Refusals are returned; what cannot be read raises (``DemandeInvalide``).

        ``cause``: the fact that it follows; ``derivee``: its key is one that the place derives from what falls due.
        ``suppose``: what a trial led to so far, that its suites are decided on as if it had been recorded.
        """
        started = perf_counter_ns()
        clear = edge.checked(self.catalogue, commande)
        now = edge.millis(maintenant or self.clock(), "maintenant")
        since = now if survenu_le is None else edge.millis(survenu_le, "survenu_le")
        proof = edge.digest(self.vault, fiche(commande).nom, par, pour, clear)
        asked = Asked(
            commande=commande, donnees=clear, empreinte=proof, par=par, cle=cle or uuid4().hex, maintenant=now,
            survenu_le=since, pour=pour, cause=cause, essai=essai,
        )  # fmt: skip
        asked.check()
        if cause is None and not derivee and reserved(self.catalogue, asked.cle):
            said = "est de celles que le lieu donne lui-même à ce qui suit ou échoit : prenez-en une autre"
            raise DemandeInvalide("La demande ne peut pas être enregistrée :", [("cle", f"« {asked.cle} » {said}")])
        for attempt in range(1, ESSAIS + 1):
            with nullcontext() if attempt <= PATIENCE else self.alone():
                reponse = self._attempt(asked, suppose)
            if reponse is not None:
                if self.observe is not None:
                    self.observe(reponse, attempt, perf_counter_ns() - started)
                suites = tuple(self._follow(reponse, suppose))
                return attrs.evolve(reponse, suites=suites) if suites else reponse
        msg = (
            f"D'autres demandes sont passées avant celle-ci {ESSAIS} fois de suite : rien n'est enregistré, réessayez."
        )
        raise Conflit(msg)

    def _attempt(self, asked: Asked, suppose: Sequence[Placed]) -> Reponse | None:
        """One try: the answer, or ``None`` when another demand came first."""
        unmet = [] if self.knows_all else self._unmet(asked)
        births = [Selection(self._births(kind), (f"{kind}:{one}",), last=True) for _, kind, one in unmet]
        opened = self.book.open([Selection((DECISION,), (f"cle:{asked.cle}",)), *births])
        found, *met = opened.rows
        self._check_in_place(asked, opened.livre.zone, [one for one, rows in zip(unmet, met, strict=True) if not rows])
        self._known.update(one[1:] for one in unmet)  # such a thing is never un-registered
        if found:
            return self._answered(found[0], asked, opened.livre)
        asked.check_time()
        asked.check_words(opened.livre)
        if not asked.essai:
            asked.seal(self.vault, self.catalogue.codec)
        demande = self.catalogue.demande(fiche(asked.commande).nom)
        seen, read = opened.seen, self._reader(opened, suppose)
        x = asked.context(opened.livre, Oracle(self.source))
        decided = outcome(demande, asked.commande, x, read, suite=asked.cause is not None)
        decision = decision_of(asked, decided, self.catalogue.codec)
        if asked.essai:
            return self._answer(decision, decided.faits, asked.note(decided.mandat, 0), opened.livre, essai=True)
        events = asked.events(self.catalogue.codec, decision, decided)
        try:
            last = self.recorder.append(events, DCBAppendCondition(Unless(seen), after=opened.head))
        except IntegrityError:
            return None
        self.book.wrote(opened, events, last)
        return self._answer(
            decision, decided.faits, asked.note(decided.mandat, last - len(decided.faits)), opened.livre
        )

    def look(self) -> tuple[Reader, Contexte]:
        """What a demand that nobody asks would be decided on, at this moment and in one snapshot."""
        opened, now = self.book.open(), self.clock()
        return self._reader(opened), Contexte(now, now, "", "", opened.livre, oracle=Oracle(self.source))

    def _reader(self, opened: Opened, suppose: Sequence[Placed] = ()) -> Reader:
        """Reads lectures as of a snapshot, and keeps in ``opened.seen`` all that it looked at."""

        def read(lues: Sequence[Lue[Any]]) -> list[Any]:
            wanted = [Selection(self._stored(lue), lue.etiquettes, 0, lue.lecture.dernier, lue.aussi) for lue in lues]
            opened.seen.extend(wanted)
            rows, _ = select(self.recorder, wanted, opened.head)
            return [self._folded(lue, rs, w, opened, suppose) for lue, rs, w in zip(lues, rows, wanted, strict=True)]

        return read

    def _folded(
        self, lue: Lue[Any], rows: list[Row], wanted: Selection, opened: Opened, suppose: Sequence[Placed]
    ) -> Any:
        """The state of one lecture; a fact that was corrected is left out, and then the last one is sought again."""
        lecture, corriges = lue.lecture, opened.livre.corriges
        more = _concerning(lue, suppose) if suppose else ()
        if not (rows or more):
            return lecture.depart
        if not (lecture.notes or corriges or more):
            fact = self.catalogue.fact
            return lecture.fold([fact(r) for r in rows])
        read = list(standing(map(self.catalogue.read, rows), corriges))
        while rows and not read and wanted.last:  # as many steps back as facts were corrected in a row
            (rows,), _ = select(self.recorder, [wanted], rows[0].position - 1)
            read = list(standing(map(self.catalogue.read, rows), corriges))
        return lecture.fold_read([*read, *more])

    def _stored(self, lue: Lue[Any]) -> tuple[str, ...]:
        types = self._types.get(lue.lecture)
        if types is None:
            types = self._types[lue.lecture] = self.catalogue.types(lue.lecture.faits)
        return types

    # ── answers ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _answered(self, row: Row, asked: Asked, livre: Livre) -> Reponse:
        """The answer that this key already had; another demand under the same key is refused."""
        decision = self.catalogue.decision(row)
        if decision.empreinte != asked.empreinte:
            msg = f"La clé « {asked.cle} » a déjà répondu à une autre demande : prenez une autre clé."
            raise CleReutilisee(msg)
        rows = scan(self.recorder, None, row.position, row.position + decision.faits)
        faits = tuple(self.catalogue.fact(r) for r in rows)
        return self._answer(decision, faits, note_of(row.position, unwrap(row)), livre)

    def _answer(
        self, decision: DecisionRendue, faits: tuple[Any, ...], note: Note, livre: Livre, *, essai: bool = False
    ) -> Reponse:
        said = tuple(explained(self.catalogue, livre, decision, self.speaker()))
        return Reponse(decision.verdict, note.cle, decision, note, faits, said, essai)

    def _follow(self, reponse: Reponse, suppose: Sequence[Placed]) -> Iterator[Reponse]:
        """What the facts lead to. Asked again on every retry: each suite's key makes it happen once."""
        supposed = [*suppose, *_placed(reponse)] if reponse.essai else []
        for n, fait in enumerate(reponse.evenements, 1):
            if type(fait) not in self.catalogue.suites:
                continue
            note = replace(reponse.note, id=f"{reponse.cle}/{n}")
            with self._set_aside(note.id, essai=reponse.essai):
                for cle, commande in following(self.catalogue, fait, note):
                    with self._set_aside(cle, essai=reponse.essai):
                        answer = self._suite(commande, cle, note, essai=reponse.essai, suppose=supposed)
                        supposed += _placed(answer) if reponse.essai else ()
                        yield answer

    @contextmanager
    def _set_aside(self, cle: str, *, essai: bool = False) -> Iterator[None]:
        """What a fact leads to never takes back the fact, nor keeps others from being asked: it waits, and is told.

        A trial's suites may name what is not there yet: that is no fault.
        """
        try:
            yield
        except Exception as fault:  # noqa: BLE001 - whatever it is, the fact that caused it is recorded
            if not essai:
                self.unfinished[cle] = fault
        else:
            self.unfinished.pop(cle, None)

    def _suite(
        self, commande: Any, cle: str, note: Note, *, essai: bool = False, suppose: Sequence[Placed] = ()
    ) -> Reponse:
        now = Instant.parse_iso(note.enregistre_le)
        return self.execute(
            commande, par=note.par, cle=cle, maintenant=now, cause=note.id, essai=essai, suppose=suppose
        )

    def _late(self, commande: Any, cle: str, note: Note) -> Reponse:
        """A suite that its own process did not live to ask: recorded now, in effect from then."""
        since = Instant.parse_iso(note.enregistre_le)
        now = max(since, self.clock())
        return self.execute(commande, par=note.par, cle=cle, maintenant=now, survenu_le=since, cause=note.id)

    def resume(self, after: int = 0) -> Iterator[Reponse]:
        """What facts after a position led to, and no process lived to ask."""
        corriges = self.book.open().livre.corriges
        for row in list(scan(self.recorder, self.catalogue.types(self.catalogue.suites), after)):
            fait, note = self.catalogue.read(row)
            if note.id in corriges:
                continue
            with self._set_aside(note.id):
                for cle, commande in following(self.catalogue, fait, note):
                    (found,), _ = select(self.recorder, [Selection((DECISION,), (f"cle:{cle}",), last=True)])
                    if not found:
                        with self._set_aside(cle):
                            yield self._late(commande, cle, note)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else writes, where the store offers batches; what is recorded is confirmed at the end, or not at all.

        Other threads' demands wait: those decided meanwhile rest on facts that they cannot see yet.
        """
        batch = getattr(self.recorder, "batch", nullcontext)
        with self.book.held():
            try:
                with batch():
                    yield
            except BaseException:
                self.book.forget()  # it may have learnt what the journal never kept
                self._known.clear()
                raise

    # ── what the place knows ────────────────────────────────────────────────────────────────────────────────────────

    def _check_in_place(self, asked: Asked, zone: str, unknown: Sequence[tuple[str, str, str]]) -> None:
        """The place exists, its clock knows these hours, and it has registered all that the demand names."""
        nom = fiche(asked.commande).nom
        if not zone and not self.catalogue.demande(nom).fondatrice:
            msg = "Ce lieu n'est pas encore fondé : commencez par « tierslieu init »."
            raise LieuNonFonde(msg)
        faults = edge.place_faults(asked.commande, zone or "UTC", suite=asked.cause is not None)
        faults += [(f, f"identifiant inconnu du lieu ({kind}) : « {one} »") for f, kind, one in unknown]
        if faults:
            wrong = ReferenceInconnue if unknown else DemandeInvalide
            raise wrong(f"La demande « {nom} » ne peut pas être enregistrée :", faults)

    def _unmet(self, asked: Asked) -> list[tuple[str, str, str]]:
        """What it names that is not known to be registered: path, tag prefix, value."""
        named = list(edge.references(asked.commande))
        if not self.catalogue.demande(fiche(asked.commande).nom).fondatrice:
            named += [(f, "personne", who) for f, who in asked.people()]
        named = [one for one in named if one[1] in self.catalogue.identifiants]
        return [one for one in (*named, *edge.pointed(asked.commande)) if one[1:] not in self._known]

    def _births(self, kind: str) -> tuple[str, ...]:
        """The stored types of what brings one of that kind into being; a decision is there for whatever it named."""
        known = self.catalogue.identifiants.get(kind)
        return (DECISION,) if known is None else self.catalogue.types(known.naissances)


def _concerning(lue: Lue[Any], suppose: Sequence[Placed]) -> list[Placed]:
    """What a trial supposes of the facts that a lecture reads."""
    tags, also, kinds = set(lue.etiquettes), {lue.aussi} - {""}, lue.lecture.faits
    carried = ((one, set(one[0].etiquettes())) for one in suppose if type(one[0]) in kinds)
    return [one for one, its in carried if tags & its and also <= its]


def _placed(reponse: Reponse) -> Iterator[Placed]:
    """The facts of a trial and of its suites, as if they had been recorded."""
    note = reponse.note
    for n, fait in enumerate(reponse.evenements, 1):
        yield fait, replace(note, id=f"{reponse.cle}/{n}", position=note.position + n)
    for suite in reponse.suites:
        yield from _placed(suite)
