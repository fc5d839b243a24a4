"""The words with which an area is declared. All else (stored form, command line, registers…) is read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, Generic, Protocol, TypeVar, dataclass_transform

import attrs
import msgspec
from whenever import Date, Instant, ZonedDateTime

from tierslieu_core.kernel.due import Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lot, event_types
from tierslieu_core.kernel.oracle import Oracle, silent
from tierslieu_core.kernel.planned import Planning

T = TypeVar("T")
C = TypeVar("C")
E = TypeVar("E")
L = TypeVar("L")
Upcast = Callable[[dict[str, Any]], dict[str, Any]]


@attrs.frozen
class Fiche:
    """What a declared class is called, for ever, and how it is said."""

    nom: str
    phrase: str = ""
    issue: str = ""
    version: int = 1
    upcasts: Mapping[int, Upcast] = attrs.Factory(dict)

    def stocke(self, version: int | None = None) -> str:
        """The stored type: ``prets.ObjetPrete``, then ``prets.ObjetPrete@2``…"""
        n = self.version if version is None else version
        return self.nom if n == 1 else f"{self.nom}@{n}"

    def stockes(self) -> tuple[str, ...]:
        """The stored types of every version, the oldest first."""
        return tuple(self.stocke(v) for v in range(1, self.version + 1))


def fiche(thing: object) -> Fiche:
    """The declaration of an event, command or refusal: of the class, or of one of its values."""
    found: Fiche = thing.__fiche__  # type: ignore[attr-defined]  # set by the decorators below
    return found


def champ(libelle: str = "", *, unite: str = "", dit: str | None = None, default: Any = attrs.NOTHING) -> Any:
    """A field with its French label and its unit.

    ``dit``: what a text names to people, though it is no identifier of the demand: ``"personne"``, ``"fait"`` (a fact),
    ``"nature"`` (a stored name), ``"etiquette"`` (a whole tag).
    """
    return attrs.field(default=default, metadata={"libelle": libelle, "unite": unite, "dit": dit})


def nouveau(libelle: str = "", *, default: Any = attrs.NOTHING) -> Any:
    """An identifier that this command brings into being: it need not be known yet."""
    return attrs.field(default=default, metadata={"libelle": libelle, "nouveau": True})


def personnel(libelle: str = "", *, qui: str, conservation: str, default: Any = attrs.NOTHING) -> Any:
    """A personal value about the person that field ``qui`` names (``"par"``: who asks), kept for ``conservation``."""
    said = {"libelle": libelle, "personnel": {"qui": qui, "conservation": conservation}}
    return attrs.field(default=default, metadata=said)


class Evenement(Protocol):
    """A fact of the place's life: a class declared by ``@evenement``."""

    def etiquettes(self) -> Iterable[str]:
        """The things whose decisions this fact can change."""
        ...


class Refus:
    """Why the place says no: what ``@refus`` classes derive from."""

    __fiche__: ClassVar[Fiche]


Issue = Sequence[Evenement] | Refus
"""What ``decide`` gives: facts, none when it is already so, or a refusal."""


def _declared(said: Fiche) -> Callable[[type[T]], type[T]]:
    def declare(cls: type[T]) -> type[T]:
        made: Any = attrs.frozen(cls, kw_only=True, eq=False, repr=False)
        made.__fiche__, made.__valeurs__ = said, attrgetter("__class__", *(a.name for a in attrs.fields(made)))
        # the same for all: attrs would compile three more methods for each, half the time that loading it takes
        made.__eq__, made.__hash__, made.__repr__ = _same, _hashed, _shown
        return made  # type: ignore[no-any-return]  # the same class

    return declare


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one.__valeurs__(one) == one.__valeurs__(other))


def _hashed(one: Any) -> int:
    return hash(one.__valeurs__(one))


def _shown(one: Any) -> str:
    said = (f"{a.name}={getattr(one, a.name)!r}" for a in attrs.fields(type(one)))
    return f"{type(one).__qualname__}({', '.join(said)})"


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(champ, nouveau, personnel))
def evenement(
    nom: str, phrase: str, *, version: int = 1, upcasts: Mapping[int, Upcast] | None = None
) -> Callable[[type[T]], type[T]]:
    """An event: its stored name, chosen by hand and kept for ever, and the journal's sentence.

    A new meaning is a new ``version``; ``upcasts[n]`` makes version n+1's fields from version n's.
    """
    return _declared(Fiche(nom, phrase, version=version, upcasts=upcasts or {}))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(champ, nouveau, personnel))
def commande(nom: str) -> Callable[[type[T]], type[T]]:
    """A command; the first line of its docstring says in French what it does for the place."""
    return _declared(Fiche(nom))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(champ, nouveau, personnel))
def refus(nom: str, phrase: str, issue: str) -> Callable[[type[T]], type[T]]:
    """A refusal: the blocking fact as a sentence, and the way out as another."""
    return _declared(Fiche(nom, phrase, issue))


@attrs.frozen
class Contexte:
    """What a decision knows besides the facts: who asks, when, the rulebook with its mandates, and the calendar."""

    maintenant: Instant
    survenu_le: Instant
    par: str
    cle: str
    livre: Any
    pour: str | None = None
    mandat: str = ""
    oracle: Oracle = attrs.field(factory=lambda: Oracle(silent), eq=False)

    @property
    def ici(self) -> ZonedDateTime:
        """When it takes effect, on the place's clock."""
        return self.survenu_le.to_tz(self.livre.zone)

    @cached_property
    def aujourdhui(self) -> Date:
        """The local day on which it takes effect."""
        return self.ici.date()


class Note(msgspec.Struct, frozen=True):
    """What the journal says around a fact. Instants are ISO 8601 text in UTC, to the millisecond: they sort as text."""

    position: int
    id: str
    enregistre_le: str
    survenu_le: str
    par: str
    pour: str | None
    mandat: str
    cause: str | None

    @property
    def cle(self) -> str:
        """The key of the demand that caused this fact."""
        return self.id.rpartition("/")[0]


@attrs.frozen
class Demande(Generic[C, E]):
    """How one command is decided. ``qui``: the mandates that may ask it, ``"soi"`` being the person concerned.

    ``mesure`` gives what the rules judge; of several uses at once (a series), a tuple of those that it accepts.
    ``fondatrice``: it may be asked of an empty journal, by someone not yet registered. ``attend``: the facts recorded
    while somebody has yet to say yes (a slot held, say), from the kinds of the rules that sent the demand to them.
    """

    commande: type[C]
    qui: frozenset[str]
    lit: Callable[[C, Contexte], Lot[E]]
    decide: Callable[[C, E, Contexte], Issue]
    mesure: Callable[[C, E, Contexte], Any] | None = None
    fondatrice: bool = False
    attend: Callable[[C, E, Contexte, tuple[Any, ...]], Sequence[Evenement]] | None = None


@attrs.frozen
class Registre(Generic[L]):
    """A register: rows kept by folding facts; ``derive`` adds to each row what depends on the day it is read.

    ``index``: the columns by which rows are found fast, alone (``"personne"``) or the second sorted within the first
    (``("espace", "debut")``). Such a column is neither personal nor changed by ``derive``, but for the few rows whose
    column ``varie`` is not empty. ``heure``: ``derive`` is told the hour too (a ``ZonedDateTime``), not the day alone.
    """

    nom: str
    ligne: type[L]
    tenir: Callable[[dict[Any, L], Any, Note], None]
    derive: Callable[[L, Any], L] | None = None
    titre: str = ""
    index: tuple[str | tuple[str, ...], ...] = ()
    varie: str | None = None
    heure: bool = False
    faits: tuple[type, ...] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "faits", event_types(self.tenir, 1))


@attrs.frozen
class Identifiant:
    """An identifier type, the event that brings one into being, and the events that name it (their field ``nom``).

    ``aussi``: other events that may bring one into being (a booking asked may be accepted at once, or wait).
    """

    type: Any
    cree: type
    nomme: tuple[type, ...] = ()
    aussi: tuple[type, ...] = ()

    @property
    def naissances(self) -> tuple[type, ...]:
        """Every event that may bring one into being."""
        return (self.cree, *self.aussi)


@attrs.frozen
class Suite:
    """What a fact leads to: further demands, each with a key derived from the fact's, so exactly once.

    ``notes``: ``demander`` also takes what the journal says around the fact (when it was recorded).
    """

    nom: str
    fait: type
    demander: Callable[..., Iterable[object]]
    notes: bool = False


@attrs.frozen
class Domaine:
    """An area of the place's life, whole."""

    nom: str
    titre: str
    faits: tuple[type, ...]
    demandes: tuple[Demande[Any, Any], ...]
    refus: tuple[type[Refus], ...] = ()
    registres: tuple[Registre[Any], ...] = ()
    identifiants: tuple[Identifiant, ...] = ()
    suites: tuple[Suite, ...] = ()
    echeances: tuple[Echeance, ...] = ()
    plannings: tuple[Planning, ...] = ()
    transmissions: tuple[Transmission, ...] = ()
