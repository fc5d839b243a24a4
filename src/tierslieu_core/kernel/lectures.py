"""What a decision reads: named folds over the facts that carry given tags. The same reading is the append condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints, overload

import attrs
import msgspec

S = TypeVar("S")
E = TypeVar("E")
F = TypeVar("F")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
G = TypeVar("G")
H = TypeVar("H")
J = TypeVar("J")


def event_types(function: Callable[..., Any], position: int) -> tuple[type, ...]:
    """The event classes that a parameter's annotation names: ``ObjetPrete | ObjetRendu``."""
    names = function.__code__.co_varnames
    hint = get_type_hints(function)[names[position]]
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


@attrs.frozen(eq=False)
class Lecture(Generic[S]):
    """A named fold. ``dernier``: the last fact says it all, so only that one is read.

    ``depart`` is the state when nothing happened; ``evolve`` never refuses: the past happened. ``notes``: it is also
    given what the journal says around each fact.
    """

    nom: str
    depart: S
    evolve: Callable[..., S]
    dernier: bool = False
    notes: bool = False
    faits: tuple[type, ...] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "faits", event_types(self.evolve, 1))

    def __call__(self, *etiquettes: str) -> Lue[S]:
        """This lecture, over the facts that carry any of these tags."""
        return Lue(self, etiquettes)

    def fold(self, faits: Sequence[object]) -> S:
        """The state after these facts, in order."""
        etat, evolve = self.depart, self.evolve
        for fait in faits:
            etat = evolve(etat, fait)
        return etat

    def fold_read(self, read: Iterable[tuple[Any, Any]]) -> S:
        """The same, from facts with their notes; of a ``dernier``, the last one."""
        found = list(read)[-1:] if self.dernier else read
        etat, evolve = self.depart, self.evolve
        for fait, note in found:
            etat = evolve(etat, fait, note) if self.notes else evolve(etat, fait)
        return etat


class Lue(msgspec.Struct, Generic[S], frozen=True, eq=False):
    """A lecture and where to look: what one decision reads. ``aussi``: one more tag, that each fact carries as well."""

    lecture: Lecture[S]
    etiquettes: tuple[str, ...]
    aussi: str = ""

    def et(self, etiquette: str) -> Lue[S]:
        """Only those facts that carry this tag as well."""
        return Lue(self.lecture, self.etiquettes, etiquette)


Reader = Callable[[Sequence[Lue[Any]]], Sequence[Any]]
"""Gives each lecture's state; all of one call come from one snapshot."""


class Lot(msgspec.Struct, Generic[E], frozen=True, eq=False):
    """Several lectures at once; ``puis`` reads on from what they reveal, ``avec`` reads beside.

    ``suite``: from the states of ``lues``, what was asked for, or what is still to be read for it.
    """

    lues: tuple[Lue[Any], ...]
    suite: Callable[[Any], Any] | None = None

    def puis(self, suite: Callable[[E], Lot[F]]) -> Lot[tuple[E, F]]:
        """Then read what the first states point to; the states become a pair of tuples."""

        def on(first: Any) -> Any:
            known = self.known_from(first)
            if isinstance(known, Lot):
                return known.puis(suite)
            return suite(known).shaped(lambda rest: (known, rest))

        return Lot(self.lues, on)

    def avec(self, autre: Lot[F]) -> Lot[tuple[E, F]]:
        """Read both at once, step by step; the states become a pair."""
        n = len(self.lues)

        def on(first: Any) -> Any:
            une, deux = self.known_from(first[:n]), autre.known_from(first[n:])
            if isinstance(une, Lot):
                return une.avec(deux) if isinstance(deux, Lot) else une.shaped(lambda rest: (rest, deux))
            return deux.shaped(lambda rest: (une, rest)) if isinstance(deux, Lot) else (une, deux)

        return Lot((*self.lues, *autre.lues), on)

    def states(self, read: Reader) -> E:
        """All states, read through ``read``."""
        known: Any = self
        while isinstance(known, Lot):
            known = known.known_from(tuple(read(known.lues)) if known.lues else ())
        return known  # type: ignore[no-any-return]  # made so above

    def known_from(self, first: Any) -> Any:
        """What was asked for, or what is still to be read for it, once the first states are known."""
        return first if self.suite is None else self.suite(first)

    def shaped(self, form: Callable[[Any], Any]) -> Lot[Any]:
        """The same, what was asked for being put otherwise."""

        def on(first: Any) -> Any:
            known = self.known_from(first)
            return known.shaped(form) if isinstance(known, Lot) else form(known)

        return Lot(self.lues, on)


@overload
def lire() -> Lot[tuple[()]]: ...
@overload
def lire(a: Lue[A], /) -> Lot[tuple[A]]: ...
@overload
def lire(a: Lue[A], b: Lue[B], /) -> Lot[tuple[A, B]]: ...
@overload
def lire(a: Lue[A], b: Lue[B], c: Lue[C], /) -> Lot[tuple[A, B, C]]: ...
@overload
def lire(a: Lue[A], b: Lue[B], c: Lue[C], d: Lue[D], /) -> Lot[tuple[A, B, C, D]]: ...
@overload
def lire(a: Lue[A], b: Lue[B], c: Lue[C], d: Lue[D], e: Lue[G], /) -> Lot[tuple[A, B, C, D, G]]: ...
@overload
def lire(a: Lue[A], b: Lue[B], c: Lue[C], d: Lue[D], e: Lue[G], f: Lue[H], /) -> Lot[tuple[A, B, C, D, G, H]]: ...
@overload
def lire(
    a: Lue[A], b: Lue[B], c: Lue[C], d: Lue[D], e: Lue[G], f: Lue[H], g: Lue[J], /
) -> Lot[tuple[A, B, C, D, G, H, J]]: ...
def lire(*lues: Lue[Any]) -> Lot[Any]:
    """What a decision reads: one state for each lecture, in this order."""
    return Lot(lues)


RIEN: Lot[tuple[()]] = Lot(())
