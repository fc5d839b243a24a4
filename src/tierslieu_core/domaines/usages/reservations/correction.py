"""Correction: the last fact of a booking was a mistake; what went before is true again, if its place is still free."""

from __future__ import annotations

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.usages.reservations.emprise import Emprise
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, Voulu, lit_lieu, pris
from tierslieu_core.domaines.usages.reservations.reservation import Fait, tient
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Note, Refus, champ, commande, personnel
from tierslieu_core.kernel.lectures import RIEN, Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ReservationId, reservation


@commande("reservations.CorrigerReservation")
class CorrigerReservation:
    """Corriger le dernier fait d'une réservation, enregistré par erreur ; annulée à tort, elle tient à nouveau."""

    reservation: ReservationId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


DeuxDerniers = tuple[Read, ...]


def _deux_derniers(etat: DeuxDerniers, fait: Fait, note: Note) -> DeuxDerniers:
    return (*etat[-1:], (fait, note))


deux_derniers_faits = Lecture[DeuxDerniers]("reservations.deux_derniers", (), _deux_derniers, notes=True)
"""The life of one booking: short, and read whole by a correction only."""

Etats = tuple[tuple[DeuxDerniers], tuple[Lieu | tuple[()], Lieu | tuple[()]]]


def _lit(c: CorrigerReservation, x: Contexte) -> Lot[Etats]:
    return lire(deux_derniers_faits(reservation(c.reservation))).puis(lambda e: _lit_places(e[0], x))


def _lit_places(faits: DeuxDerniers, x: Contexte) -> Lot[tuple[Lieu | tuple[()], Lieu | tuple[()]]]:
    une, deux = (_lit_place(v, x) for v in (*_voulus(faits, x), None, None)[:2])
    return une.avec(deux)


def _lit_place(v: Voulu | None, x: Contexte) -> Lot[Lieu | tuple[()]]:
    return RIEN if v is None else lit_lieu(v, x)  # type: ignore[return-value]  # a Lot is only read from


def _voulus(faits: DeuxDerniers, x: Contexte) -> tuple[Voulu, ...]:
    """What the booking would hold again, without its last fact."""
    avant = faits[0][0] if len(faits) > 1 else None
    if avant is None:
        return ()
    return tuple(_voulu(avant, e) for e in tient(avant, x.survenu_le))


def _voulu(r: Fait, e: Emprise) -> Voulu:
    return Voulu.de(r, e.periode, e.espace)._replace(marges=(e.avant_minutes, e.apres_minutes))


def _corriger(c: CorrigerReservation, etats: Etats, x: Contexte) -> Issue:
    (faits,), lieux = etats
    issue = corriger(c.fait, reservation(c.reservation), c.motif, faits[-1] if faits else None, x)
    if isinstance(issue, Refus) or not issue:
        return issue
    prises = (pris(v, lieu, x) for v, lieu in zip(_voulus(faits, x), lieux, strict=False) if lieu)
    return next((p for p in prises if p is not None), issue)


DEMANDES = (Demande(CorrigerReservation, frozenset({"concierge", "coordination"}), _lit, _corriger),)
