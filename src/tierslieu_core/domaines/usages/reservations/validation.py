"""Validation: a booking that a rule sends to a body waits for its answer; silence means what the rule says."""

from __future__ import annotations

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
from tierslieu_core.domaines.usages import reponse
from tierslieu_core.domaines.usages.reservations.changement import PlusTenue, rien_a_mesurer
from tierslieu_core.domaines.usages.reservations.mesure import mesure_encore
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, lit_pour, precisions
from tierslieu_core.domaines.usages.reservations.place import faire_place
from tierslieu_core.domaines.usages.reservations.provisoire import ReservationEnAttente
from tierslieu_core.domaines.usages.reservations.reservation import Fait, ReservationAcceptee, ReservationRefusee, vers
from tierslieu_core.domaines.usages.reservations.tenue import caduque, reservation_de
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, personnel, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ReservationId, espace, reservation
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.ConfirmerReservation")
class ConfirmerReservation:
    """Dire oui à une réservation qui attend une réponse."""

    reservation: ReservationId


@commande("reservations.RefuserReservation")
class RefuserReservation:
    """Dire non à une réservation qui attend une réponse, avec un motif."""

    reservation: ReservationId
    motif: Personnel = personnel("motif", qui="par", conservation="reservation")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.PasASoiDeRepondre",
    "C'est à {aupres_de} de répondre à cette demande, jusqu'au {jusqu_au}.",
    "Demandez à qui tient ce mandat.",
)
class PasASoiDeRepondre(Refus):
    aupres_de: tuple[str, ...] = champ(dit="personne")
    jusqu_au: Moment


@refus(
    "reservations.PlusEnAttente",
    "Cette réservation n'attend pas, ou plus, de réponse ({reservation}).",
    "Voyez ce qu'elle est devenue : tierslieu audit reservation:{reservation}",
)
class PlusEnAttente(Refus):
    reservation: ReservationId


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Confirmer = tuple[tuple[Fait | None], Lieu]


def _lit_confirmer(c: ConfirmerReservation, x: Contexte) -> Lot[Confirmer]:
    return lire(reservation_de(reservation(c.reservation))).puis(lambda e: lit_pour(e[0], Voulu.de, x))


def _confirmer(c: ConfirmerReservation, etats: Confirmer, x: Contexte) -> Issue:
    r = etats[0][0]
    if isinstance(r, ReservationAcceptee):
        return ()
    if not isinstance(r, ReservationEnAttente):
        return PlusEnAttente(reservation=c.reservation)
    if caduque(r, x.survenu_le):
        return PlusTenue(espace=r.espace, periode=r.periode)
    reste = reponse.restent(r, r.periode.zone, espace(r.espace), x)
    if reste == r.aupres_de:
        return PasASoiDeRepondre(aupres_de=r.aupres_de, jusqu_au=r.jusqu_au)
    if reste:
        return [vers(ReservationEnAttente, r, aupres_de=reste)]
    v, lieu = Voulu.de(r), etats[1]
    place = faire_place(v, lieu, x)
    if isinstance(place, Refus):
        return place
    return [*place, vers(ReservationAcceptee, r, precisions=precisions(v, lieu, x))]


def _lit_refuser(c: RefuserReservation, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(reservation_de(reservation(c.reservation)))


def _refuser(c: RefuserReservation, etats: tuple[Fait | None], x: Contexte) -> Issue:
    r = etats[0]
    if isinstance(r, ReservationRefusee):
        return ()
    if not isinstance(r, ReservationEnAttente):
        return PlusEnAttente(reservation=c.reservation)
    if caduque(r, x.survenu_le):
        return ()
    if not reponse.repondent(r, espace(r.espace), x):
        return PasASoiDeRepondre(aupres_de=r.aupres_de, jusqu_au=r.jusqu_au)
    return [vers(ReservationRefusee, r, motif=c.motif)]


def _mesure_confirmer(_: ConfirmerReservation, etats: Confirmer, x: Contexte) -> Mesures:
    r = etats[0][0]
    return rien_a_mesurer(x) if r is None else mesure_encore(Voulu.de(r), etats[1], x)


QUI = frozenset({"concierge", "coordination", INSCRIT})
DEMANDES = (
    Demande(ConfirmerReservation, QUI, _lit_confirmer, _confirmer, _mesure_confirmer),
    Demande(RefuserReservation, QUI, _lit_refuser, _refuser),
)
REFUS = (PasASoiDeRepondre, PlusEnAttente)
