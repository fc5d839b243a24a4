"""What takes place: derived from a register when it is read; people come, a room is used, a machine is out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs
from whenever import Instant


@attrs.frozen
class Prevu:
    """One thing that takes place. ``chose``: the tag of what it is; ``avec``: the tags of who and what it takes.

    ``phrase`` names the row's fields as an event's sentence does (``"{personne} a {espace}"``). ``journee``: it is said
    by its days, not by its hours; ``fin`` is then the morning after the last one.
    """

    debut: Instant
    fin: Instant
    chose: str
    phrase: str
    avec: tuple[str, ...] = ()
    journee: bool = False


@attrs.frozen
class Planning:
    """A kind of things that take place, which an area declares. ``prevus(ligne, x)``: those of one row of ``registre``.

    ``x`` (a ``Contexte``) brings the instant and the rulebook. What was cancelled or refused does not take place.
    """

    nom: str
    titre: str
    registre: str
    prevus: Callable[[Any, Any], Iterable[Prevu]]
