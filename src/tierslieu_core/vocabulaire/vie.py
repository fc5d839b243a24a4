"""A life that goes by steps: each fact tells the thing whole, so that the last one says where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

F = TypeVar("F")
DEBUT = None
"""What comes before the first fact of a thing."""


@attrs.frozen
class Cycle:
    """What may follow what. ``mots``: what each fact makes of the thing, in a word (``"proposée"``).

    ``apres``: for each fact, those after which it may come; ``DEBUT`` among them: it may be the first.
    """

    mots: Mapping[type, str]
    apres: Mapping[type, tuple[type | None, ...]]

    def permet(self, nature: type, dernier: object | None) -> bool:
        """Whether such a fact may come now."""
        return (DEBUT if dernier is None else type(dernier)) in self.apres[nature]

    def mot(self, dernier: object) -> str:
        """Where the thing stands."""
        return self.mots[type(dernier)]


def vers(nature: type[F], fait: Any, **change: Any) -> F:
    """The same thing told by another fact: every field that both have, and what changes."""
    communs = {a.name: getattr(fait, a.name) for a in attrs.fields(nature) if hasattr(fait, a.name)}  # type: ignore[arg-type]  # every event is an attrs class
    return nature(**{**communs, **change})
