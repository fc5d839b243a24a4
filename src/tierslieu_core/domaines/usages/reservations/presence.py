"""Présence: who has booked says that they are there; else, after a while, the rest of the hours goes to others."""

from __future__ import annotations

from typing import Any

import attrs

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
from tierslieu_core.domaines.usages import pratique
from tierslieu_core.domaines.usages.reservations.changement import (
    DejaPassee,
    EnregistreeParErreur,
    PasLaSienne,
    modifiable,
    referent,
)
from tierslieu_core.domaines.usages.reservations.occupation import lieux
from tierslieu_core.domaines.usages.reservations.provisoire import Provisoire
from tierslieu_core.domaines.usages.reservations.reservation import AbsenceNotee, Active, Fait, PresenceSignalee, vers
from tierslieu_core.domaines.usages.reservations.tenue import a_deplacer, actuelle, reservation_de
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, commande, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.identifiants import EspaceId, ReservationId, reservation
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.SignalerPresence")
class SignalerPresence:
    """Dire que l'on est là, à l'heure de sa réservation."""

    reservation: ReservationId


@commande("reservations.NoterAbsence")
class NoterAbsence:
    """Noter que personne n'est venu ; ce qui reste des heures réservées se libère."""

    reservation: ReservationId


@commande("reservations.LibererReservation")
class LibererReservation:
    """Libérer une réservation où personne n'a signalé sa présence à temps."""

    reservation: ReservationId


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.PresenceTropTot",
    "La présence ({espace}, {periode}) se signale à partir du {des}.",
    "Revenez à cette heure-là.",
)
class PresenceTropTot(Refus):
    espace: EspaceId
    periode: Periode
    des: Moment


@refus(
    "reservations.AbsenceTropTot",
    "Rien ne dit encore que personne ne viendra : {espace}, {periode}.",
    "L'absence se constate à partir du {des}.",
)
class AbsenceTropTot(Refus):
    espace: EspaceId
    periode: Periode
    des: Moment


@refus(
    "reservations.PresenceDejaSignalee",
    "{periode}, quelqu'un est venu : la présence a été signalée ({espace}).",
    "Si c'est une erreur, corrigez ce fait : CorrigerReservation.",
)
class PresenceDejaSignalee(Refus):
    espace: EspaceId
    periode: Periode


@refus(
    "reservations.PasConfirmee",
    "Cette réservation n'est pas, ou plus, confirmée : {espace}, {periode}.",
    "Confirmez-la ou déplacez-la d'abord.",
)
class PasConfirmee(Refus):
    espace: EspaceId
    periode: Periode


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: SignalerPresence | NoterAbsence | LibererReservation, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(reservation_de(reservation(c.reservation)))


def _lit_signaler(c: SignalerPresence, x: Contexte) -> Lot[Any]:
    return _lit(c, x).puis(lambda etats: lire() if etats[0] is None else pratique.tenues_de(etats[0].personne, x))


def _signaler(_: SignalerPresence, etats: Any, x: Contexte) -> Issue:
    (r,), tenues = etats
    if isinstance(r, PresenceSignalee):
        return ()
    if r is None:
        return EnregistreeParErreur()
    permis = r if x.par in r.precisions.inscrits else modifiable(r, x)
    if isinstance(permis, Refus):
        return permis
    tenue = _confirmee(r, x)
    if isinstance(tenue, Refus):
        return tenue
    if tenue.periode.bornes()[1] <= x.survenu_le:
        return DejaPassee(espace=tenue.espace, periode=tenue.periode)
    avant = tenue.precisions.presence.avant_minutes if tenue.precisions.presence else 0
    des = tenue.periode.bornes()[0].subtract(minutes=avant)
    if x.survenu_le < des:
        return PresenceTropTot(espace=tenue.espace, periode=tenue.periode, des=Moment.de(des, tenue.periode.zone))
    la = vers(PresenceSignalee, tenue, precisions=attrs.evolve(tenue.precisions, presence=None))
    ou = lieux(la.espace, la.categorie, la.precisions.usage)
    m = Mesures(action="reserver", personne=la.personne, lieux=ou, jour=x.aujourdhui)
    return [la, *pratique.pratiquees(m, tenues, x)]


def _noter(_: NoterAbsence, etats: tuple[Fait | None], x: Contexte) -> Issue:
    r = etats[0]
    if r is None:
        return EnregistreeParErreur()
    if x.mandat == INSCRIT and not referent(r, x):
        return PasLaSienne(personne=r.personne)
    return _absence(r, x, 0)


def _liberer(_: LibererReservation, etats: tuple[Fait | None], x: Contexte) -> Issue:
    r = etats[0]
    attendue = r.precisions.presence if r else None
    return () if r is None or attendue is None else _absence(r, x, attendue.apres_minutes)


def _absence(r: Fait, x: Contexte, apres_minutes: int) -> Issue:
    """Nobody came, so long after the beginning: what is left of the hours is free from now on."""
    if isinstance(r, AbsenceNotee):
        return ()
    if isinstance(r, PresenceSignalee):
        return PresenceDejaSignalee(espace=r.espace, periode=r.periode)
    tenue = _confirmee(r, x)
    if isinstance(tenue, Refus):
        return tenue
    debut, fin = tenue.periode.bornes()
    des = debut.add(minutes=apres_minutes)
    if x.survenu_le < des:
        return AbsenceTropTot(espace=tenue.espace, periode=tenue.periode, des=Moment.de(des, tenue.periode.zone))
    libre = Moment.de(x.survenu_le, tenue.periode.zone) if x.survenu_le < fin else None
    return [vers(AbsenceNotee, tenue, libre_des=libre)]


def _confirmee(r: Fait, x: Contexte) -> Active | Refus:
    """The booking, if it stands and waits for nobody's answer."""
    tenue = actuelle(r, x.survenu_le)
    if tenue is None or isinstance(tenue, Provisoire | AbsenceNotee) or a_deplacer(tenue):
        return PasConfirmee(espace=r.espace, periode=r.periode)
    return tenue


CONCIERGE = frozenset({"concierge", "coordination"})
DEMANDES = (
    Demande(SignalerPresence, CONCIERGE | {INSCRIT}, _lit_signaler, _signaler),
    Demande(NoterAbsence, CONCIERGE | {INSCRIT}, _lit, _noter),
    Demande(LibererReservation, CONCIERGE, _lit, _liberer),
)
REFUS = (PresenceTropTot, AbsenceTropTot, PresenceDejaSignalee, PasConfirmee)
