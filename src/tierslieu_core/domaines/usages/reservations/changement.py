"""Changement: a booking is moved, or cancelled."""

from __future__ import annotations

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, jour_de
from tierslieu_core.domaines.usages.reservations.mesure import mesure
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, Voulu, empechement, lit_lieu
from tierslieu_core.domaines.usages.reservations.reservation import (
    Active,
    Fait,
    ReservationAnnulee,
    ReservationDeplacee,
    reservation_de,
)  # fmt: skip
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, personnel, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, connu, reservation
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.DeplacerReservation")
class DeplacerReservation:
    """Déplacer une réservation : d'autres heures, le même espace."""

    reservation: ReservationId
    debut: Moment = champ("nouveau début")
    fin: Moment = champ("nouvelle fin")

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        return Periode(self.debut, self.fin, zone).fautes()


@commande("reservations.AnnulerReservation")
class AnnulerReservation:
    """Annuler une réservation, avec un motif ; elle reste dans l'histoire du lieu."""

    reservation: ReservationId
    motif: Personnel = personnel("motif", qui="par", conservation="reservation")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.DejaPassee",
    "Cette réservation est passée : {espace}, {periode}.",
    "Ce qui a eu lieu ne se change plus.",
)
class DejaPassee(Refus):
    espace: EspaceId
    periode: Periode


@refus("reservations.DejaAnnulee", "Cette réservation est annulée : {espace}, {periode}.", "Réservez à nouveau.")
class DejaAnnulee(Refus):
    espace: EspaceId
    periode: Periode


@refus(
    "reservations.PasLaSienne",
    "Cette réservation est celle de {personne}.",
    "Demandez à cette personne, ou à la conciergerie.",
)
class PasLaSienne(Refus):
    personne: PersonneId


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Deplacer = tuple[tuple[Fait | None], Lieu]


def _lit_deplacer(c: DeplacerReservation, x: Contexte) -> Lot[Deplacer]:
    return lire(reservation_de(reservation(c.reservation))).puis(
        lambda etats: lit_lieu(_veut_deplacer(connu(etats[0]), c, x), x)
    )


def _veut_deplacer(r: Fait, c: DeplacerReservation, x: Contexte) -> Voulu:
    return Voulu(r.espace, r.personne, Periode(c.debut, c.fin, x.livre.zone), r.participants, r.reservation)


def _deplacer(c: DeplacerReservation, etats: Deplacer, x: Contexte) -> Issue:
    r, lieu = _modifiable(connu(etats[0][0]), x), etats[1]
    if isinstance(r, Refus):
        return r
    v = _veut_deplacer(r, c, x)
    if v.periode.bornes() == r.periode.bornes():
        return ()
    return empechement(v, lieu) or [
        ReservationDeplacee(
            reservation=r.reservation, espace=r.espace, personne=r.personne, periode=v.periode, avant=r.periode,
            categorie=r.categorie, participants=r.participants, configuration=r.configuration, serie=r.serie,
        )
    ]  # fmt: skip


def _modifiable(r: Fait, x: Contexte) -> Active | Refus:
    """The booking, if it can be changed; or why not: another's, cancelled, past."""
    if x.mandat == INSCRIT and r.personne not in x.livre.mandats.qui.parle_pour(x.par, jour_de(x)):
        return PasLaSienne(personne=r.personne)
    if isinstance(r, ReservationAnnulee):
        return DejaAnnulee(espace=r.espace, periode=r.periode)
    return DejaPassee(espace=r.espace, periode=r.periode) if r.periode.bornes()[1] <= x.survenu_le else r


def _lit_annuler(c: AnnulerReservation, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(reservation_de(reservation(c.reservation)))


def _annuler(c: AnnulerReservation, etats: tuple[Fait | None], x: Contexte) -> Issue:
    r = _modifiable(connu(etats[0]), x)
    if isinstance(r, Refus):
        return () if isinstance(r, DejaAnnulee) else r
    return [
        ReservationAnnulee(
            reservation=r.reservation, espace=r.espace, personne=r.personne, periode=r.periode,
            participants=r.participants, motif=c.motif,
        )
    ]  # fmt: skip


def _mesure_deplacer(c: DeplacerReservation, etats: Deplacer, x: Contexte) -> Mesures:
    return mesure(_veut_deplacer(connu(etats[0][0]), c, x), etats[1], x)


QUI = frozenset({"concierge", "coordination", INSCRIT})
DEMANDES = (
    Demande(DeplacerReservation, QUI, _lit_deplacer, _deplacer, _mesure_deplacer),
    Demande(AnnulerReservation, QUI, _lit_annuler, _annuler),
)
REFUS = (DejaPassee, DejaAnnulee, PasLaSienne)
