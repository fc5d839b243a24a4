"""Une réservation: what happens to it. Each fact tells it whole, so that the last one suffices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypeVar

import attrs

from tierslieu_core.domaines.usages.reservations.emprise import Emprise, Precisions, emprises, etiquettes_de
from tierslieu_core.domaines.usages.reservations.provisoire import OptionPosee, Provisoire, ReservationEnAttente
from tierslieu_core.kernel.declarations import champ, evenement, personnel
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, SerieId, reservation
from tierslieu_core.vocabulaire.temps import Moment, Periode

F = TypeVar("F")

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _la_quitte(champs: dict[str, Any]) -> dict[str, Any]:
    """Before, a booking only moved within its space, and left nothing around its hours."""
    avant = champs.pop("avant")
    return {**champs, "quitte": [{"espace": champs["espace"], "periode": avant}]}


@evenement(
    "reservations.ReservationAcceptee", "{personne} réserve {espace} {periode}", version=3, upcasts={1: dict, 2: dict}
)
class ReservationAcceptee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation")
    precisions: Precisions = Precisions()
    serie: SerieId | None = None
    quitte: tuple[Emprise, ...] = champ("ce qu'elle occupait jusque-là", default=())

    etiquettes = etiquettes_de


@evenement(
    "reservations.ReservationDeplacee",
    "Réservation déplacée : {espace}, {personne}, {periode}",
    version=3,
    upcasts={1: _la_quitte, 2: dict},
)
class ReservationDeplacee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation", default=None)
    precisions: Precisions = Precisions()
    serie: SerieId | None = None
    quitte: tuple[Emprise, ...] = champ("ce qu'elle occupait jusque-là", default=())

    etiquettes = etiquettes_de


@evenement(
    "reservations.ReservationPrecisee",
    "{personne} précise sa réservation : {espace}, {periode}",
    version=2,
    upcasts={1: dict},
)
class ReservationPrecisee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation")
    precisions: Precisions = Precisions()
    serie: SerieId | None = None

    etiquettes = etiquettes_de


@evenement(
    "reservations.ReservationRaccourcie",
    "{personne} libère {espace} plus tôt : {periode}",
    version=2,
    upcasts={1: dict},
)
class ReservationRaccourcie:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation", default=None)
    precisions: Precisions = Precisions()
    serie: SerieId | None = None
    quitte: tuple[Emprise, ...] = champ("ce qu'elle occupait jusque-là", default=())

    etiquettes = etiquettes_de


@evenement(
    "reservations.ReservationAnnulee",
    "Réservation annulée : {espace}, {personne}, {periode} ({motif})",
    version=3,
    upcasts={1: dict, 2: dict},
)
class ReservationAnnulee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    participants: int | None
    motif: Personnel = personnel(qui="par", conservation="reservation")
    precisions: Precisions = Precisions()
    serie: SerieId | None = None
    quitte: tuple[Emprise, ...] = champ("ce qu'elle occupait jusque-là", default=())

    etiquettes = etiquettes_de


@evenement(
    "reservations.ReservationRefusee",
    "Réservation refusée : {espace}, {personne}, {periode} ({motif})",
    version=2,
    upcasts={1: dict},
)
class ReservationRefusee:
    """``garde``: the hours that it had and keeps, when others were asked."""

    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation", default=None)
    motif: Personnel = personnel(qui="par", conservation="reservation")
    precisions: Precisions = Precisions()
    serie: SerieId | None = None
    garde: Emprise | None = champ("ce qu'elle garde", default=None)
    quitte: tuple[Emprise, ...] = champ("ce qu'elle occupait jusque-là", default=())

    etiquettes = etiquettes_de


@evenement(
    "reservations.ReservationRevue",
    "Réservation {sort} : {espace}, {personne}, {periode} ({cause})",
    version=3,
    upcasts={1: dict, 2: dict},
)
class ReservationRevue:
    """``sort``: kept where it is; or to be moved, and its hours are no longer its own.

    ``à revoir``: still where it is, until somebody says what becomes of it.
    """

    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation", default=None)
    sort: Literal["à déplacer", "maintenue", "à revoir"]
    cause: str
    precisions: Precisions = Precisions()
    serie: SerieId | None = None
    quitte: tuple[Emprise, ...] = champ("ce qu'elle occupait jusque-là", default=())

    etiquettes = etiquettes_de


@evenement("reservations.PresenceSignalee", "{personne} est là : {espace}, {periode}", version=2, upcasts={1: dict})
class PresenceSignalee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation", default=None)
    precisions: Precisions = Precisions()
    serie: SerieId | None = None

    etiquettes = etiquettes_de


@evenement(
    "reservations.AbsenceNotee",
    "Personne n'est venu : {espace}, {periode}, au nom de {personne}",
    version=2,
    upcasts={1: dict},
)
class AbsenceNotee:
    """``libre_des``: from when others may have the rest of its hours; ``None`` when nothing is left of them."""

    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    libre_des: Moment | None = champ("libre dès", default=None)
    precisions: Precisions = Precisions()
    serie: SerieId | None = None

    etiquettes = etiquettes_de


@evenement("reservations.CreneauLibere", "{espace} est libre {periode} : c'était une erreur")
class CreneauLibere:
    """What a correction leaves to others."""

    reservation: ReservationId
    espace: EspaceId
    periode: Periode

    def etiquettes(self) -> Iterable[str]:
        return (reservation(self.reservation),)


Active = (
    ReservationAcceptee | ReservationDeplacee | ReservationPrecisee | ReservationRaccourcie | ReservationRevue
    | PresenceSignalee | AbsenceNotee | Provisoire
)  # fmt: skip
Fait = Active | ReservationAnnulee | ReservationRefusee
Evincee = ReservationRevue | ReservationDeplacee
FAITS = (
    ReservationAcceptee, ReservationEnAttente, OptionPosee, ReservationDeplacee, ReservationPrecisee,
    ReservationRaccourcie, ReservationAnnulee, ReservationRefusee, ReservationRevue, PresenceSignalee, AbsenceNotee,
    CreneauLibere,
)  # fmt: skip


def vers(nature: type[F], r: Fait, **change: Any) -> F:
    """The same booking told by another fact: every field that both have, and what changes."""
    communs = {a.name: getattr(r, a.name) for a in attrs.fields(nature) if hasattr(r, a.name)}  # type: ignore[arg-type]  # every event is an attrs class
    dit: Any = nature(**{**communs, **change})
    complet: F = attrs.evolve(dit, quitte=_quittees(r, dit)) if hasattr(dit, "quitte") else dit
    return complet


def _quittees(r: Fait, dit: Fait) -> tuple[Emprise, ...]:
    """The hours that a fact spoke of, and the next one does not."""
    return tuple(e for e in emprises(r, passees=False) if e not in emprises(dit, passees=False))
