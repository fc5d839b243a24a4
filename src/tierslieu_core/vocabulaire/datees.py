"""Values that change from a day on: each says since when, and holds until the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from whenever import Date

from tierslieu_core.vocabulaire.temps import JOURS_MAX


class Datee(Protocol):
    """A value and the first day on which it holds."""

    @property
    def du(self) -> Date:
        """The first day."""
        ...


D = TypeVar("D", bound=Datee)


def en_vigueur(suite: Sequence[D], le: Date) -> D | None:
    """The one that holds on a day; ``None`` before the first."""
    return max((d for d in suite if d.du <= le), key=lambda d: d.du, default=None)


def avec(suite: Sequence[D], neuve: D, jour: Date) -> tuple[D, ...]:
    """These and one more, which takes the place of one of the same day; those replaced two months before go."""
    garde = en_vigueur(suite, jour.subtract(days=JOURS_MAX))
    gardees = (d for d in suite if d.du != neuve.du and (garde is None or d.du >= garde.du))
    return tuple(sorted((*gardees, neuve), key=lambda d: d.du))
