"""Tenue: which hours a booking holds at a moment, and what makes room for another."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Instant

from tierslieu_core.domaines.usages.reservations.emprise import Emprise, emprise
from tierslieu_core.domaines.usages.reservations.provisoire import Provisoire
from tierslieu_core.domaines.usages.reservations.reservation import (
    AbsenceNotee,
    Active,
    Evincee,
    Fait,
    ReservationAnnulee,
    ReservationDeplacee,
    ReservationRefusee,
    ReservationRevue,
    vers,
)
from tierslieu_core.kernel.lectures import Lecture


def caduque(r: Fait, quand: Instant) -> bool:
    """Whether it lapsed before anybody said yes; silence that means yes lets it stand."""
    if not isinstance(r, Provisoire) or getattr(r, "silence", "refus") == "accord":
        return False
    return r.jusqu_au.dans(r.periode.zone).to_instant() <= quand


def tient(r: Fait, quand: Instant) -> Iterator[Emprise]:
    """The hours that nobody else can have, as things stand at ``quand``: those it has or asks, those it keeps."""
    perdue = isinstance(r, ReservationAnnulee | ReservationRefusee) or caduque(r, quand)
    if isinstance(r, AbsenceNotee):
        yield from emprise(r).jusqu_a(r.libre_des)
    elif not perdue and not a_deplacer(r):
        yield emprise(r)
    garde: Emprise | None = getattr(r, "garde", None)
    if garde is not None:
        yield garde


def a_deplacer(r: Fait) -> bool:
    """Whether it has lost its place, and waits for another."""
    return isinstance(r, ReservationRevue) and r.sort == "à déplacer"


def a_revoir(r: Fait) -> bool:
    """Whether somebody has to say what becomes of it."""
    return isinstance(r, ReservationRevue) and r.sort == "à revoir"


def actuelle(r: Fait, quand: Instant) -> Active | None:
    """The booking as it stands at ``quand``; ``None`` when it was cancelled, refused, or lapsed."""
    if isinstance(r, ReservationAnnulee):
        return None
    if not isinstance(r, ReservationRefusee) and not caduque(r, quand):
        return r
    garde: Emprise | None = getattr(r, "garde", None)
    return None if garde is None else _revenue(r, garde)


def _revenue(r: Fait, garde: Emprise) -> ReservationDeplacee:
    """Back to the hours that it kept while it asked for others."""
    precisions = attrs.evolve(r.precisions, avant_minutes=garde.avant_minutes, apres_minutes=garde.apres_minutes)
    return vers(ReservationDeplacee, r, espace=garde.espace, periode=garde.periode, precisions=precisions)


def evincee(r: Active, ou: Emprise, cause: str) -> Evincee:
    """What becomes of a booking that can no longer have these hours: what it kept while it asked for them, if any."""
    garde: Emprise | None = getattr(r, "garde", None)
    if garde is not None and ou != garde:
        return _revenue(r, garde)
    place = {} if garde is None else {"espace": garde.espace, "periode": garde.periode}
    return vers(ReservationRevue, r, **place, sort="à déplacer", cause=cause)


def _derniere(
    _: Fait | None,
    fait: Fait,
) -> Fait | None:
    return fait


reservation_de = Lecture[Fait | None]("reservations.reservation", None, _derniere, dernier=True)
