"""What falls due: derived from a register when it is read, answered by an ordinary demand or by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs
from whenever import Instant


@attrs.frozen
class Due:
    """One thing that falls due at an instant. ``chose``: the tag of what it is about; ``phrase``: in French, why.

    ``phrase`` names the row's fields as an event's sentence does (``"{objet} est à rendre par {personne}"``): names and
    dates are then said as people read them. ``commande``: the demand that answers it, if the place lets the runner ask
    it; ``None``: only a person can tell. ``avant``: who may act before it is due, in the same way.
    """

    quand: Instant
    chose: str
    phrase: str
    commande: object | None = None
    avant: str = ""


@attrs.frozen
class Echeance:
    """A kind of due dates that an area declares. ``dues(ligne, x)``: those of one row of ``registre``, past or to come.

    ``x`` (a ``Contexte``) brings the instant, which may lie ahead, and the rulebook: what depends on the day is worked
    out from it, not from what the row reads today. What was answered is no longer due: once the demand is
    accepted, the row says so.
    """

    nom: str
    titre: str
    registre: str
    dues: Callable[[Any, Any], Iterable[Due]]
