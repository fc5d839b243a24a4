"""Réservations (R4): a space, from such an hour to such an hour; asked, confirmed, moved, kept or given up."""

from tierslieu_core.domaines.usages.reservations import (
    annulation,
    annulation_serie,
    attente,
    changement,
    changement_serie,
    correction,
    correction_attente,
    correction_serie,
    demande,
    demande_serie,
    liberation,
    option,
    place,
    presence,
    registre,
    reservation,
    selon_regle,
    serie,
    sort,
    tour,
    validation,
)
from tierslieu_core.domaines.usages.reservations.annulation import (
    AnnulerReservation,
    FinImpossible,
    RaccourcirReservation,
)
from tierslieu_core.domaines.usages.reservations.annulation_serie import AnnulerSerie
from tierslieu_core.domaines.usages.reservations.attente import AttendreCreneau, AttenteDemandee, QuitterAttente
from tierslieu_core.domaines.usages.reservations.changement import (
    DejaAnnulee,
    DejaLiberee,
    DejaPassee,
    DeplacerReservation,
    EnregistreeParErreur,
    EspaceHorsMandat,
    PasLaSienne,
    PlusTenue,
)
from tierslieu_core.domaines.usages.reservations.changement_serie import ModifierSerie
from tierslieu_core.domaines.usages.reservations.correction import CorrigerReservation
from tierslieu_core.domaines.usages.reservations.correction_attente import AttenteDejaServie, CorrigerAttente
from tierslieu_core.domaines.usages.reservations.correction_serie import CorrigerSerie
from tierslieu_core.domaines.usages.reservations.demande import (
    CreneauPasse,
    MotifManquant,
    ReserverEspace,
    UsageNonAdmis,
)
from tierslieu_core.domaines.usages.reservations.demande_serie import ReserverSerie
from tierslieu_core.domaines.usages.reservations.emprise import Emprise, Fenetre, Precisions
from tierslieu_core.domaines.usages.reservations.option import ConfirmerOption, PasDOption, PasUneOption, PoserOption
from tierslieu_core.domaines.usages.reservations.place import (
    BattementManquant,
    EspaceDejaReserve,
    EspaceGene,
    ReservationTropLoin,
)
from tierslieu_core.domaines.usages.reservations.presence import (
    AbsenceTropTot,
    LibererReservation,
    NoterAbsence,
    PasConfirmee,
    PresenceDejaSignalee,
    PresenceTropTot,
    SignalerPresence,
)
from tierslieu_core.domaines.usages.reservations.provisoire import OptionPosee, ReservationEnAttente
from tierslieu_core.domaines.usages.reservations.registre import Reservation
from tierslieu_core.domaines.usages.reservations.reservation import (
    AbsenceNotee,
    Active,
    Fait,
    PresenceSignalee,
    ReservationAcceptee,
    ReservationAnnulee,
    ReservationDeplacee,
    ReservationRaccourcie,
    ReservationRefusee,
    ReservationRevue,
)
from tierslieu_core.domaines.usages.reservations.selon_regle import RevoirSelonRegle
from tierslieu_core.domaines.usages.reservations.serie import SerieReservee
from tierslieu_core.domaines.usages.reservations.sort import RevoirReservations
from tierslieu_core.domaines.usages.reservations.tenue import a_deplacer, actuelle, reservation_de
from tierslieu_core.domaines.usages.reservations.tour import ServirAttente
from tierslieu_core.domaines.usages.reservations.validation import (
    ConfirmerReservation,
    PasASoiDeRepondre,
    PlusEnAttente,
    RefuserReservation,
)
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import AttenteId, ReservationId, SerieId

DOMAINE = Domaine(
    "reservations",
    "Réservations",
    faits=(*reservation.FAITS, *serie.FAITS, *attente.FAITS),
    demandes=(
        *demande.DEMANDES,
        *changement.DEMANDES,
        *annulation.DEMANDES,
        *validation.DEMANDES,
        *option.DEMANDES,
        *presence.DEMANDES,
        *sort.DEMANDES,
        *selon_regle.DEMANDES,
        *correction.DEMANDES,
        *demande_serie.DEMANDES,
        *changement_serie.DEMANDES,
        *annulation_serie.DEMANDES,
        *correction_serie.DEMANDES,
        *attente.DEMANDES,
        *correction_attente.DEMANDES,
        *tour.DEMANDES,
    ),
    refus=(
        *place.REFUS,
        *demande.REFUS,
        *changement.REFUS,
        *annulation.REFUS,
        *validation.REFUS,
        *option.REFUS,
        *presence.REFUS,
        *serie.REFUS,
        *demande_serie.REFUS,
        *changement_serie.REFUS,
        *attente.REFUS,
        *correction_attente.REFUS,
        *tour.REFUS,
    ),
    registres=(*registre.REGISTRES, *serie.REGISTRES, *attente.REGISTRES),
    identifiants=(
        Identifiant(ReservationId, ReservationAcceptee, aussi=(ReservationEnAttente, OptionPosee)),
        Identifiant(SerieId, SerieReservee),
        Identifiant(AttenteId, AttenteDemandee),
    ),
    suites=(*sort.SUITES, *selon_regle.SUITES, *liberation.SUITES, *correction.SUITES),
    echeances=(*registre.ECHEANCES,),
    plannings=registre.PLANNINGS,
    transmissions=serie.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "AbsenceNotee", "AbsenceTropTot", "Active", "AnnulerReservation", "AnnulerSerie", "AttendreCreneau",
    "AttenteDejaServie", "BattementManquant", "ConfirmerOption", "ConfirmerReservation", "CorrigerAttente",
    "CorrigerReservation", "CorrigerSerie", "CreneauPasse", "DejaAnnulee", "DejaLiberee", "DejaPassee",
    "DeplacerReservation", "Emprise", "EnregistreeParErreur", "EspaceDejaReserve", "EspaceGene", "EspaceHorsMandat",
    "Fait", "Fenetre", "FinImpossible", "LibererReservation", "ModifierSerie", "MotifManquant", "NoterAbsence",
    "OptionPosee", "PasASoiDeRepondre", "PasConfirmee", "PasDOption", "PasLaSienne", "PasUneOption",
    "PlusEnAttente", "PlusTenue", "PoserOption", "Precisions", "PresenceDejaSignalee", "PresenceSignalee",
    "PresenceTropTot", "QuitterAttente", "RaccourcirReservation", "RefuserReservation", "Reservation",
    "ReservationAcceptee", "ReservationAnnulee", "ReservationDeplacee", "ReservationEnAttente",
    "ReservationRaccourcie", "ReservationRefusee", "ReservationRevue", "ReservationTropLoin", "ReserverEspace",
    "ReserverSerie", "RevoirReservations", "RevoirSelonRegle", "SerieReservee", "ServirAttente", "SignalerPresence",
    "UsageNonAdmis", "a_deplacer", "actuelle", "reservation_de",
]  # fmt: skip
