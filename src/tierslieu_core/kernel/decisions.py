"""A decision keeps its evidence: who asked what, each clause that was judged, the verdict and its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal, Protocol

import attrs
import msgspec

from tierslieu_core.kernel.declarations import Contexte, Demande, Fiche, Note, Refus, refus
from tierslieu_core.kernel.fields import subjects
from tierslieu_core.kernel.lectures import Lot

Verdict = Literal["accord", "refus", "sans_objet", "a_valider"]
VerdictDeClause = Literal[
    "satisfaite", "refuse", "a_valider", "indeterminee", "derogee", "levee", "sans_effet", "sanction", "caduque"
]
"""``levee``: by an exception; ``sans_effet``: an exception that does not hold; ``sanction``: it goes on, and something
follows; ``caduque``: what was held is lost."""
Valeur = int | str | bool | None
DECISION = "decisions.DecisionRendue"
CADRE = "cadre"
"""The tag of all that every decision reads: the place, its mandates, its rules, what was corrected."""


class Clause(msgspec.Struct, frozen=True, omit_defaults=True):
    """One rule version that applied: what it measured, its limit, and its own verdict.

    ``sur``: on what it was measured, when that needs saying (``2026-11-23/2026-11-29``); ``derogation``: what lifts it,
    a dérogation or, of a clause that is ``levee``, the rule that makes the exception.
    """

    regle: str
    version: int
    valeur: Valeur
    limite: Valeur
    verdict: VerdictDeClause
    sur: str = ""
    derogation: str | None = None


class Motif(msgspec.Struct, frozen=True):
    """A refusal as the journal keeps it: its stored name and its fields."""

    refus: str
    champs: dict[str, Any]


class DecisionRendue(msgspec.Struct, frozen=True, omit_defaults=True):
    """The decision of one demand. ``demande``: the command as JSON, sealed; ``empreinte``: keyed HMAC of the clear one.

    ``mesures``: what the rules could judge; ``faits``: how many facts follow it in the journal.
    """

    __fiche__: ClassVar[Fiche] = Fiche(DECISION, "{par} demande : {commande}")
    commande: str
    demande: msgspec.Raw
    empreinte: str
    verdict: Verdict
    motif: Motif | None = None
    clauses: tuple[Clause, ...] = ()
    mesures: msgspec.Raw = msgspec.Raw(b"{}")
    faits: int = 0


class Livre(Protocol):
    """The rulebook with the mandates: a fold over the facts under one tag, kept from one demand to the next."""

    faits: ClassVar[tuple[type, ...]]
    etiquette: ClassVar[str]
    zone: str
    corriges: dict[str, int]
    """Identifier of each fact that was corrected, and where its correction stands."""

    def applique(self, fait: Any, note: Note, /) -> None:
        """Take one more fact into account."""
        ...

    def autorise(self, demande: Demande[Any, Any], commande: Any, x: Contexte, /) -> str | Refus:
        """The mandate by which ``x.par`` may ask this, or why not."""
        ...

    def fautes(self, commande: Any, /) -> list[tuple[str, str]]:
        """What this place cannot take of a command: what it says besides, in words that the place does not know."""
        ...

    def touche(self, decision: DecisionRendue, /) -> bool:
        """Whether this rulebook, held up against a past that is not its own, may decide otherwise than it was."""
        ...

    def juge(self, commande: str, mesures: Any, x: Contexte, /) -> tuple[Clause, ...]:
        """Every clause in force for this demand, with its verdict."""
        ...

    def rejuge(self, clause: Clause, /) -> Clause:
        """The same rule version on the measure that was recorded."""
        ...

    def leve(self, clauses: Sequence[Clause], mesures: Any, x: Contexte, /) -> Lot[Any] | None:
        """Where the dérogations that could lift these clauses lie; ``None`` when no clause blocks."""
        ...

    def deroge(self, clauses: Sequence[Clause], etats: Any, mesures: Any, x: Contexte, /) -> tuple[Clause, ...]:
        """The clauses, those that a dérogation lifts marked so."""
        ...

    def validations(self, clauses: Sequence[Clause], /) -> tuple[Any, ...]:
        """The kinds of the rules that send a demand to somebody: to whom, within what delay, what silence means."""
        ...

    def ecarts(self, clauses: Sequence[Clause], mesures: Sequence[Any], x: Contexte, /) -> Sequence[Any]:
        """The facts that rules were not respected by what is granted, so that what they say follows."""
        ...

    def phrase(self, clause: Clause, /) -> str:
        """The clause in words: rule, measure, limit, way out."""
        ...

    def en_tant_que(self, mandat: str, /) -> str:
        """As what somebody asked, in words, from the mandate that was recorded."""
        ...


@refus(
    "decisions.RegleContraire",
    "Une règle du lieu s'y oppose.",
    "Une dérogation motivée peut être accordée par qui en a le mandat.",
)
class RegleContraire(Refus):
    """At least one clause refuses; each says its own reason."""


def tags_of(cle: str, par: str, commande: Any, faits: Iterable[Any]) -> list[str]:
    """The tags of a decision: its key, who asked, and all that the command and its facts name; each once."""
    about = [s for thing in (commande, *faits) for s in subjects(thing)]
    return list(dict.fromkeys([f"cle:{cle}", f"par:{par}", *about]))


def verdict_of(issue: Sequence[object] | Refus, clauses: Iterable[Clause]) -> Verdict:
    """The verdict: what is already so asks nothing of the rules; a refusal wins over a validation."""
    if isinstance(issue, Refus):
        return "refus"
    if not issue:
        return "sans_objet"
    kinds = {c.verdict for c in clauses}
    if kinds & {"refuse", "caduque"}:
        return "refus"
    return "a_valider" if kinds & {"a_valider", "indeterminee"} else "accord"


@attrs.frozen
class Reponse:
    """What ``executer`` returns, refusals included. ``position`` is ``None`` when nothing was recorded (``essai``)."""

    verdict: Verdict
    cle: str
    decision: DecisionRendue
    note: Note
    evenements: tuple[Any, ...] = ()
    explication: tuple[str, ...] = ()
    essai: bool = False
    suites: tuple[Reponse, ...] = ()

    @property
    def acceptee(self) -> bool:
        """Accepted, or already so."""
        return self.verdict in ("accord", "sans_objet")

    @property
    def position(self) -> int | None:
        """Where the decision stands in the journal."""
        return None if self.essai else self.note.position
