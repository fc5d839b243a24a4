"""What a decision reads: named folds over the facts that carry given tags. The same reading is the append condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints, overload

import attrs

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


@attrs.frozen(eq=False)
class Lue(Generic[S]):
    """A lecture and where to look: what one decision reads."""

    lecture: Lecture[S]
    etiquettes: tuple[str, ...]


Reader = Callable[[Sequence[Lue[Any]]], Sequence[Any]]
"""Gives each lecture's state; all of one call come from one snapshot."""


@attrs.frozen(eq=False)
class Lot(Generic[E]):
    """Several lectures at once; ``puis`` reads on from what they reveal, ``avec`` reads beside."""

    lues: tuple[Lue[Any], ...]
    suite: Callable[[Any], Lot[Any]] | None = None
    forme: Callable[[Any], Any] | None = None

    def puis(self, suite: Callable[[E], Lot[F]]) -> Lot[tuple[E, F]]:
        """Then read what the first states point to; the states become a pair of tuples."""
        avant = self.suite
        if avant is None and self.forme is None:
            return Lot(self.lues, suite)

        def plus_loin(first: Any) -> Lot[Any]:
            return (avant(first) if avant else RIEN).puis(lambda rest: suite(self._formed(first, rest)))

        return Lot(self.lues, plus_loin, lambda read: (self._formed(read[0], read[1][0]), read[1][1]))

    def avec(self, autre: Lot[F]) -> Lot[tuple[E, F]]:
        """Read both at once, step by step; the states become a pair."""
        n, lues = len(self.lues), (*self.lues, *autre.lues)
        if self.suite is None and autre.suite is None:
            return Lot(lues, None, lambda read: (self._formed(read[:n], ()), autre._formed(read[n:], ())))

        def both(first: Any) -> Lot[Any]:
            une = RIEN if self.suite is None else self.suite(first[:n])
            return une.avec(RIEN if autre.suite is None else autre.suite(first[n:]))

        def formed(read: Any) -> tuple[E, F]:
            first, (une, deux) = read
            return self._formed(first[:n], une), autre._formed(first[n:], deux)

        return Lot(lues, both, formed)

    def states(self, read: Reader) -> E:
        """All states, read through ``read``."""
        first: Any = tuple(read(self.lues)) if self.lues else ()
        return self._formed(first, () if self.suite is None else self.suite(first).states(read))

    def _formed(self, first: Any, rest: Any) -> E:
        """The states as they were asked for, from the first ones and what was read on."""
        states: Any = first if self.suite is None else (first, rest)
        return states if self.forme is None else self.forme(states)  # type: ignore[no-any-return]  # made so above


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
