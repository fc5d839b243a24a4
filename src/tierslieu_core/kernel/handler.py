"""From a demand to its recorded decision: the one place where read → fold → decide → append stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import attrs
import msgspec
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent
from eventsourcing.persistence import IntegrityError
from whenever import Instant

from tierslieu_core.kernel import edge
from tierslieu_core.kernel.clock import Clock, stamp, system_clock, to_millis
from tierslieu_core.kernel.codec import encoder
from tierslieu_core.kernel.deciding import Outcome, outcome
from tierslieu_core.kernel.decisions import DECISION, DecisionRendue, Livre, Motif, Reponse
from tierslieu_core.kernel.declarations import Contexte, Note, fiche
from tierslieu_core.kernel.envelope import Enveloppe, note_of, unwrap, wrap
from tierslieu_core.kernel.errors import CleReutilisee, Conflit, DemandeInvalide, LieuNonFonde, ReferenceInconnue
from tierslieu_core.kernel.fields import subjects
from tierslieu_core.kernel.ports import Row, Selection, Vault, query_of, scan, select
from tierslieu_core.kernel.sentences import Speaker, explained

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.declarations import Demande
    from tierslieu_core.kernel.lectures import Lue

ESSAIS = 20


@attrs.frozen(kw_only=True)
class Asked:
    """One demand, checked and sealed: what the handler decides."""

    demande: Demande[Any, Any]
    commande: Any
    donnees: bytes
    empreinte: str
    par: str
    pour: str | None
    cle: str
    maintenant: Instant
    survenu_le: Instant
    cause: str | None = None
    essai: bool = False


class Handler:
    """Decides demands against one journal. ``observe`` is told each answer, its number of tries and its nanoseconds.

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
        self.observe: Callable[[Reponse, int, int], None] | None = None
        self._livre, self._livre_at, self._lock = livre(), 0, Lock()
        self._livre_types = catalogue.types(self._livre.faits)
        self._types: dict[Any, tuple[str, ...]] = {}
        self._known: set[str] = set()

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
    ) -> Reponse:
        """Decide and record one demand. Refusals are returned; only what cannot be read raises (``DemandeInvalide``)."""
        started = perf_counter_ns()
        asked = self._asked(commande, par, cle or uuid4().hex, pour, survenu_le, maintenant, cause, essai=essai)
        for attempt in range(1, ESSAIS + 1):
            reponse = self._attempt(asked)
            if reponse is not None:
                if self.observe is not None:
                    self.observe(reponse, attempt, perf_counter_ns() - started)
                return reponse if essai else attrs.evolve(reponse, suites=tuple(self._follow(reponse)))
        msg = (
            f"D'autres demandes sont passées avant celle-ci {ESSAIS} fois de suite : rien n'est enregistré, réessayez."
        )
        raise Conflit(msg)

    def _asked(  # noqa: PLR0913 - as above
        self,
        commande: Any,
        par: str,
        cle: str,
        pour: str | None,
        survenu_le: Instant | None,
        maintenant: Instant | None,
        cause: str | None,
        *,
        essai: bool,
    ) -> Asked:
        clear = edge.checked(self.catalogue, commande)
        now = _millis(maintenant or self.clock(), "maintenant")
        since = now if survenu_le is None else _millis(survenu_le, "survenu_le")
        faults = [("cle", fault)] if (fault := edge.key_fault(cle)) else []
        faults += [
            (f, fault)
            for f, who in (("par", par), ("pour", pour))
            if who is not None and (fault := edge.identifier_fault(who))
        ]
        if since > now:
            faults.append(("survenu_le", "est dans l'avenir : un fait ne peut être daté que d'aujourd'hui ou d'avant"))
        if faults:
            raise DemandeInvalide("La demande ne peut pas être enregistrée :", faults)
        nom = fiche(commande).nom
        demande = self.catalogue.demande(nom)
        self._check_in_place(demande, commande, par, pour)
        return Asked(
            demande=demande, commande=commande, donnees=clear, empreinte=edge.digest(self.vault, nom, par, pour, clear), par=par,
            pour=pour, cle=cle, maintenant=now, survenu_le=since, cause=cause, essai=essai,
        )  # fmt: skip

    def _attempt(self, asked: Asked) -> Reponse | None:
        """One try: the answer, or ``None`` when another demand came first."""
        key = Selection((DECISION,), (f"cle:{asked.cle}",))
        livre, (found,), head, seen = self._read_book([key])
        if found:
            return self._answered(found[0], asked, livre)
        asked = asked if asked.essai else self._sealed(asked)

        def read(lues: Sequence[Lue[Any]]) -> list[Any]:
            wanted = [Selection(self._stored(lue), lue.etiquettes, 0, lue.lecture.dernier) for lue in lues]
            seen.extend(wanted)
            rows, _ = select(self.recorder, wanted, head)
            return [lue.lecture.fold([self.catalogue.fact(r) for r in rs]) for lue, rs in zip(lues, rows, strict=True)]

        x = Contexte(asked.maintenant, asked.survenu_le, asked.par, asked.cle, livre, asked.pour)
        decided = outcome(asked.demande, asked.commande, x, read, suite=asked.cause is not None)
        decision, events = self._recorded(asked, decided)
        if asked.essai:
            return self._answer(decision, decided.faits, self._note(asked, decided, 0), livre, essai=True)
        try:
            last = self.recorder.append(events, DCBAppendCondition(query_of(seen), after=head))
        except IntegrityError:
            return None
        return self._answer(decision, decided.faits, self._note(asked, decided, last - len(decided.faits)), livre)

    def _sealed(self, asked: Asked) -> Asked:
        """Its personal fields sealed: only now that its key is new, since a retry outlives the forgetting of a person."""
        kept = edge.sealed(asked.commande, self.vault, asked.par, asked.cle)
        if kept is asked.commande:
            return asked
        return attrs.evolve(asked, commande=kept, donnees=self.catalogue.codec.encode(kept))

    def _recorded(self, asked: Asked, decided: Outcome) -> tuple[DecisionRendue, list[DCBEvent]]:
        motif = None
        if decided.refus is not None:
            motif = Motif(fiche(decided.refus).nom, self.catalogue.codec.stored.unstructure(decided.refus))
        decision = DecisionRendue(
            commande=fiche(asked.commande).nom,
            demande=msgspec.Raw(asked.donnees),
            empreinte=asked.empreinte,
            verdict=decided.verdict,
            motif=motif,
            clauses=decided.clauses,
            mesures=msgspec.Raw(encoder.encode(decided.mesures)),
            faits=len(decided.faits),
        )
        about = [s for thing in (asked.commande, *decided.faits) for s in subjects(thing)]
        tags = dict.fromkeys([f"cle:{asked.cle}", f"par:{asked.par}", *about])
        events = [DCBEvent(DECISION, self._wrapped(asked, decided, 0, encoder.encode(decision)), list(tags))]
        for n, fait in enumerate(decided.faits, 1):
            edge.assert_sealed(fait)
            data = self._wrapped(asked, decided, n, self.catalogue.codec.encode(fait))
            events.append(DCBEvent(fiche(fait).stocke(), data, list(dict.fromkeys(fait.etiquettes()))))
        return decision, events

    def _wrapped(self, asked: Asked, decided: Outcome, n: int, fait: bytes) -> bytes:
        return wrap(
            Enveloppe(
                id=f"{asked.cle}/{n}", enregistre_le=stamp(asked.maintenant), survenu_le=stamp(asked.survenu_le),
                par=asked.par, mandat=decided.mandat, fait=msgspec.Raw(fait), pour=asked.pour, cause=asked.cause,
            )
        )  # fmt: skip

    def _note(self, asked: Asked, decided: Outcome, position: int) -> Note:
        when, since = stamp(asked.maintenant), stamp(asked.survenu_le)
        return Note(position, f"{asked.cle}/0", when, since, asked.par, asked.pour, decided.mandat, asked.cause)

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

    def _follow(self, reponse: Reponse) -> Iterator[Reponse]:
        """What the facts lead to. Asked again on every retry: each suite's key makes it happen once."""
        for n, fait in enumerate(reponse.evenements, 1):
            for suite in self.catalogue.suites.get(type(fait), ()):
                for i, commande in enumerate(suite.demander(fait)):
                    cle = f"{reponse.cle}.{n}.{suite.nom}.{i}"
                    now = Instant.parse_iso(reponse.note.enregistre_le)
                    yield self.execute(
                        commande, par=reponse.note.par, cle=cle, maintenant=now, cause=f"{reponse.cle}/{n}"
                    )

    # ── what is read ────────────────────────────────────────────────────────────────────────────────────────────────

    def book(self) -> Livre:
        """The rulebook and mandates, up to date."""
        return self._read_book([])[0]

    def _read_book(self, more: list[Selection]) -> tuple[Livre, list[list[Row]], int, list[Selection]]:
        """The rulebook brought to the head, with other selections of the same snapshot, and all that was looked at."""
        with self._lock:
            news = Selection(self._livre_types, (self._livre.etiquette,), self._livre_at)
            (rows, *others), head = select(self.recorder, [news, *more])
            for row in rows:
                self._livre.applique(*self.catalogue.read(row))
            self._livre_at = head
        return self._livre, others, head, [news, *more]

    def _stored(self, lue: Lue[Any]) -> tuple[str, ...]:
        types = self._types.get(lue.lecture)
        if types is None:
            types = self._types[lue.lecture] = self.catalogue.types(lue.lecture.faits)
        return types

    def _check_in_place(self, demande: Demande[Any, Any], commande: Any, par: str, pour: str | None) -> None:
        """The place exists, its clock knows these hours, and it has registered all that the demand names."""
        zone = self._livre.zone or self.book().zone
        if not zone and not demande.fondatrice:
            msg = "Ce lieu n'est pas encore fondé : commencez par « tierslieu init »."
            raise LieuNonFonde(msg)
        faults = edge.place_faults(commande, zone or "UTC")
        named = list(edge.references(commande))
        if not demande.fondatrice:
            named += [(f, "personne", who) for f, who in (("par", par), ("pour", pour)) if who is not None]
        unknown = [(f, f"{kind} « {one} » inconnu(e) du lieu") for f, kind, one in named if not self._knows(kind, one)]
        if unknown or faults:
            wrong = ReferenceInconnue if unknown else DemandeInvalide
            raise wrong(f"La demande « {fiche(commande).nom} » ne peut pas être enregistrée :", [*faults, *unknown])

    def _knows(self, kind: str, one: str) -> bool:
        """Whether the place has registered it. Once known, always known: such a thing is never un-registered."""
        tag = f"{kind}:{one}"
        if self.knows_all or tag in self._known or kind not in self.catalogue.identifiants:
            return True
        types = self.catalogue.types((self.catalogue.identifiants[kind].cree,))
        (rows,), _ = select(self.recorder, [Selection(types, (tag,), last=True)])
        if rows:
            self._known.add(tag)
        return bool(rows)


def _millis(instant: Any, field: str) -> Instant:
    if not isinstance(instant, Instant):
        said = f"attend un instant (whenever.Instant), reçu {instant!r} : une heure sans fuseau ne dit pas quand"
        raise DemandeInvalide("La demande ne peut pas être enregistrée :", [(field, said)])
    return to_millis(instant)
