"""Annulation: a booking is cancelled, or ends sooner than it was to; it stays in the place's history."""

from __future__ import annotations

from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.usages.reservations.changement import (
    QUI,
    DejaAnnulee,
    EnregistreeParErreur,
    PlusTenue,
    modifiable,
)
from tierslieu_core.domaines.usages.reservations.mesure import minutes_avant
from tierslieu_core.domaines.usages.reservations.occupation import lieux
from tierslieu_core.domaines.usages.reservations.provisoire import Provisoire
from tierslieu_core.domaines.usages.reservations.reservation import (
    Fait,
    ReservationAnnulee,
    ReservationRaccourcie,
    vers,
)
from tierslieu_core.domaines.usages.reservations.tenue import a_deplacer, reservation_de
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, personnel, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit, joints
from tierslieu_core.vocabulaire.identifiants import ReservationId, connu, reservation
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.RaccourcirReservation")
class RaccourcirReservation:
    """Finir une réservation plus tôt, même en cours ; sans heure de fin, dès maintenant."""

    reservation: ReservationId
    fin: Moment | None = champ("nouvelle fin ; sinon maintenant", default=None)


@commande("reservations.AnnulerReservation")
class AnnulerReservation:
    """Annuler une réservation, avec un motif ; elle reste dans l'histoire du lieu."""

    reservation: ReservationId
    motif: Personnel = personnel("motif", qui="par", conservation="reservation")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.FinImpossible",
    "Cette réservation, {periode}, ne peut pas finir plus tôt à cette heure : {fin}.",
    "Choisissez une fin entre son début et sa fin ; pour la prolonger, déplacez-la ; pour y renoncer, annulez-la.",
)
class FinImpossible(Refus):
    periode: Periode
    fin: Moment


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit_une(c: AnnulerReservation | RaccourcirReservation, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(reservation_de(reservation(c.reservation)))


def _raccourcir(c: RaccourcirReservation, etats: tuple[Fait | None], x: Contexte) -> Issue:
    r = modifiable(etats[0], x)
    if isinstance(r, Refus):
        return r
    debut, avant = r.periode.bornes()
    fin = c.fin or Moment.de(x.survenu_le, r.periode.zone)
    quand = fin.dans(r.periode.zone).to_instant()
    if quand == avant:
        return ()
    if not debut < quand < avant or isinstance(r, Provisoire) or a_deplacer(r):
        return FinImpossible(periode=r.periode, fin=fin)
    return [vers(ReservationRaccourcie, r, periode=Periode(r.periode.debut, fin, r.periode.zone))]


def _annuler(c: AnnulerReservation, etats: tuple[Fait | None], x: Contexte) -> Issue:
    r = modifiable(etats[0], x)
    if isinstance(r, EnregistreeParErreur | DejaAnnulee | PlusTenue):
        return ()
    return r if isinstance(r, Refus) else [vers(ReservationAnnulee, r, motif=c.motif)]


# ── mesures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _mesure_annuler(c: AnnulerReservation, etats: tuple[Fait | None], x: Contexte) -> Mesures:
    return mesure_annuler(connu(etats[0]), x, c.faits)


def mesure_annuler(r: Fait, x: Contexte, dits: tuple[FaitDit, ...] = ()) -> Mesures:
    """What rules may judge of a cancellation."""
    reste = None if a_deplacer(r) or isinstance(r, Provisoire) else minutes_avant(r.periode, x)
    return Mesures(
        personne=r.personne,
        jour=r.periode.debut.local.date(),
        action="annuler",
        lieux=lieux(r.espace, getattr(r, "categorie", ""), r.precisions.usage),
        demande_le=x.survenu_le,
        zone=x.livre.zone,
        annulation_minutes=reste,
        periode=r.periode,
        participants=r.participants,
        faits=faits_de(joints(r.precisions.faits, dits), x),
        calendrier=Calendrier.de(x),
    )


DEMANDES = (
    Demande(RaccourcirReservation, QUI, _lit_une, _raccourcir),
    Demande(AnnulerReservation, QUI, _lit_une, _annuler, _mesure_annuler),
)
REFUS = (FinImpossible,)
