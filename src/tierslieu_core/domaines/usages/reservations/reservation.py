"""Une réservation: what happens to it, told each time as a whole, so that the last fact suffices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tierslieu_core.kernel.declarations import champ, evenement, personnel
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import (
    EspaceId,
    PersonneId,
    ReservationId,
    SerieId,
    jour,
    mois,
    reservation,
    serie,
)  # fmt: skip
from tierslieu_core.vocabulaire.temps import Periode

# ── événements (chacun dit toute la réservation : le dernier suffit) ────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    """The booking, its space on each local day, its person in each month: of where it was, too, when it moves."""
    periodes = (fait.avant, fait.periode) if isinstance(fait, ReservationDeplacee) else (fait.periode,)
    jours = dict.fromkeys(j for p in periodes for j in p.jours())
    months = dict.fromkeys(j.replace(day=1) for j in jours)
    yield reservation(fait.reservation)
    if not isinstance(fait, ReservationAnnulee) and fait.serie is not None:
        yield serie(fait.serie)
    yield from (jour(fait.espace, j) for j in jours)
    yield from (mois(fait.personne, m) for m in months)


def _seule(champs: dict[str, Any]) -> dict[str, Any]:
    """A booking of version 1: in no series, and in no configuration said."""
    return {**champs, "configuration": None, "serie": None}


def _seule_sans_motif(champs: dict[str, Any]) -> dict[str, Any]:
    return {**_seule(champs), "motif": None}


@evenement(
    "reservations.ReservationAcceptee",
    "{personne} réserve {espace} {periode}",
    version=2,
    upcasts={1: _seule_sans_motif},
)
class ReservationAcceptee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation")
    configuration: str | None = None
    motif: Personnel | None = personnel(qui="personne", conservation="reservation", default=None)
    serie: SerieId | None = None

    etiquettes = _etiquettes


@evenement(
    "reservations.ReservationDeplacee",
    "Réservation déplacée : {espace}, {personne}, {periode}",
    version=2,
    upcasts={1: _seule},
)
class ReservationDeplacee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    avant: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    configuration: str | None = None
    serie: SerieId | None = None

    etiquettes = _etiquettes


@evenement("reservations.ReservationAnnulee", "Réservation annulée : {espace}, {personne}, {periode} ({motif})")
class ReservationAnnulee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    participants: int | None
    motif: Personnel = personnel(qui="par", conservation="reservation")

    etiquettes = _etiquettes


Active = ReservationAcceptee | ReservationDeplacee
Fait = Active | ReservationAnnulee

# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _derniere(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


reservation_de = Lecture[Fait | None]("reservations.reservation", None, _derniere, dernier=True)

FAITS = (ReservationAcceptee, ReservationDeplacee, ReservationAnnulee)
