"""Réservations (R4): a space, from such an hour to such an hour; asked, moved, cancelled; never two at once."""

from tierslieu_core.domaines.usages.reservations import changement, demande, occupation, registre, reservation, serie
from tierslieu_core.domaines.usages.reservations.changement import (
    AnnulerReservation,
    DejaAnnulee,
    DejaPassee,
    DeplacerReservation,
    PasLaSienne,
)
from tierslieu_core.domaines.usages.reservations.demande import ReserverEspace
from tierslieu_core.domaines.usages.reservations.occupation import EspaceDejaReserve
from tierslieu_core.domaines.usages.reservations.registre import Reservation
from tierslieu_core.domaines.usages.reservations.reservation import (
    ReservationAcceptee,
    ReservationAnnulee,
    ReservationDeplacee,
)
from tierslieu_core.domaines.usages.reservations.serie import ReserverSerie, SerieReservee
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import ReservationId, SerieId

DOMAINE = Domaine(
    "reservations",
    "Réservations",
    faits=(*reservation.FAITS, *serie.FAITS),
    demandes=(
        *demande.DEMANDES,
        *changement.DEMANDES,
        *serie.DEMANDES,
    ),
    refus=(
        *occupation.REFUS,
        *changement.REFUS,
        *serie.REFUS,
    ),
    registres=(*registre.REGISTRES,),
    identifiants=(Identifiant(ReservationId, ReservationAcceptee), Identifiant(SerieId, SerieReservee)),
)

__all__ = [
    "DOMAINE", "AnnulerReservation", "DejaAnnulee", "DejaPassee", "DeplacerReservation", "EspaceDejaReserve",
    "PasLaSienne", "Reservation", "ReservationAcceptee", "ReservationAnnulee", "ReservationDeplacee", "ReserverEspace",
    "ReserverSerie", "SerieReservee",
]  # fmt: skip
