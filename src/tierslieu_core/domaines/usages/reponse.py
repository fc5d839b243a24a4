"""Réponse attendue: what waits for bodies or persons to answer, until when, and what their silence means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol

from whenever import Instant

from tierslieu_core.domaines.cadre.gouvernance.mandats import jour_de
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.vocabulaire.temps import Moment


class Attend(Protocol):
    """What waits for an answer."""

    @property
    def aupres_de(self) -> tuple[str, ...]: ...
    @property
    def jusqu_au(self) -> Moment: ...
    @property
    def silence(self) -> Literal["refus", "accord"]: ...


def attendue(par: Sequence[Validation], x: Contexte, au_plus_tard: Instant | None = None) -> dict[str, Any]:
    """From whom an answer is awaited, until when (``au_plus_tard``: not after), and what silence means."""
    heures = min(validation.delai_heures for validation in par)
    return {
        "aupres_de": tuple(dict.fromkeys(validation.par for validation in par)),
        "jusqu_au": jusqu_au(heures, x, au_plus_tard),
        "silence": "accord" if all(validation.silence == "accord" for validation in par) else "refus",
    }


def jusqu_au(heures: int, x: Contexte, au_plus_tard: Instant | None = None) -> Moment:
    """So many hours from now, and not after an instant, unless that is past."""
    fin = x.survenu_le.add(hours=heures)
    return Moment.de(max(x.survenu_le, fin if au_plus_tard is None else min(fin, au_plus_tard)), x.livre.zone)


def echue(r: Attend, zone: str, quand: Instant) -> bool:
    """Whether the delay to answer is over."""
    return r.jusqu_au.dans(zone).to_instant() <= quand


def repondent(r: Attend, sur: str, x: Contexte) -> tuple[str, ...]:
    """Those whose answer is awaited that ``x.par`` holds; ``sur``: on what."""
    return tuple(role for role in r.aupres_de if x.livre.mandats.tient(x.par, role, sur, jour_de(x)))


def restent(r: Attend, zone: str, sur: str, x: Contexte) -> tuple[str, ...]:
    """Who has yet to say yes, once ``x.par`` has; nobody, once silence means yes."""
    if r.silence == "accord" and echue(r, zone, x.survenu_le):
        return ()
    siens = repondent(r, sur, x)
    return tuple(role for role in r.aupres_de if role not in siens)
