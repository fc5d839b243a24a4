"""Libération: whatever frees hours, or makes them free again, calls those who wait for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whenever import Date, Time

from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.usages.reservations.occupation import HORIZON_MOIS
from tierslieu_core.domaines.usages.reservations.provisoire import OptionPosee, ReservationEnAttente
from tierslieu_core.domaines.usages.reservations.reservation import (
    AbsenceNotee,
    CreneauLibere,
    ReservationAnnulee,
    ReservationDeplacee,
    ReservationRaccourcie,
    ReservationRefusee,
    ReservationRevue,
)
from tierslieu_core.domaines.usages.reservations.tenue import a_deplacer
from tierslieu_core.domaines.usages.reservations.tour import ServirAttente
from tierslieu_core.kernel.declarations import Note, Suite
from tierslieu_core.vocabulaire.identifiants import EspaceId
from tierslieu_core.vocabulaire.temps import JOURS_MAX, Moment, Periode


def _liberees(fait: Any) -> Iterator[ServirAttente]:
    """What a fact frees: the hours that it leaves, and its own when nobody has them any more."""
    if isinstance(fait, ReservationAnnulee | ReservationRefusee) or a_deplacer(fait):
        yield _de(fait.espace, fait.periode)
    yield from (_de(e.espace, e.periode) for e in fait.quitte)


def _libere(fait: CreneauLibere) -> Iterator[ServirAttente]:
    yield _de(fait.espace, fait.periode)


def _absente(fait: AbsenceNotee) -> Iterator[ServirAttente]:
    if fait.libre_des is not None:
        yield ServirAttente(espace=fait.espace, debut=fait.libre_des, fin=fait.periode.fin)


def _au_delier(fait: espaces.EspacesDelies, note: Note) -> Iterator[ServirAttente]:
    for ou in (fait.espace, fait.avec):
        yield from _des(ou, fait.le, note)


def _a_la_reouverture(fait: espaces.EspaceRouvert | espaces.EspaceLibere, note: Note) -> Iterator[ServirAttente]:
    yield from _des(fait.espace, fait.le, note)


def _des(ou: EspaceId, le: Date, note: Note) -> Iterator[ServirAttente]:
    """A few demands of two months at most, over all the days, from when it is asked, that somebody may wait for."""
    demande = Date.parse_iso(note.enregistre_le[:10])
    du, fin = max(le, demande).prev_day(), demande.add(months=HORIZON_MOIS, days=JOURS_MAX)
    while du < fin:
        au = min(fin, du.add(days=JOURS_MAX - 1))
        yield ServirAttente(espace=ou, debut=Moment(du.at(MIDI)), fin=Moment(au.at(MIDI)))
        du = au


def _de(ou: EspaceId, p: Periode) -> ServirAttente:
    return ServirAttente(espace=ou, debut=p.debut, fin=p.fin)


MIDI = Time(12)  # midnight does not exist every day everywhere
LIBERENT = (
    ReservationAnnulee, ReservationRefusee, ReservationDeplacee, ReservationRaccourcie, ReservationRevue, OptionPosee,
    ReservationEnAttente,
)  # fmt: skip
SUITES = (
    *(Suite("attente", fait, _liberees) for fait in LIBERENT),
    Suite("attente", AbsenceNotee, _absente),
    Suite("attente", CreneauLibere, _libere),
    Suite("attente", espaces.EspacesDelies, _au_delier, notes=True),
    Suite("attente", espaces.EspaceRouvert, _a_la_reouverture, notes=True),
    Suite("attente", espaces.EspaceLibere, _a_la_reouverture, notes=True),
)
