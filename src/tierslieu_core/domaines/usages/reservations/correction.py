"""Correction: the last fact of a booking was a mistake; what went before is true again, if its place is still free."""

from __future__ import annotations

from collections.abc import Iterator

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.cadre.recours import EffetsAnnules
from tierslieu_core.domaines.usages.reservations.emprise import Emprise
from tierslieu_core.domaines.usages.reservations.mesure import mesure_encore
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, lit_lieu
from tierslieu_core.domaines.usages.reservations.place import pris, refus_du_lieu
from tierslieu_core.domaines.usages.reservations.reservation import CreneauLibere, Fait
from tierslieu_core.domaines.usages.reservations.tenue import tient
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Note, Refus, Suite, champ, commande, personnel
from tierslieu_core.kernel.lectures import RIEN, Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ReservationId, reservation
from tierslieu_core.vocabulaire.mesures import Mesures


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
    une, deux = (_lit_place(v, x) for v in (*voulus(faits, x), None, None)[:2])
    return une.avec(deux)


def _lit_place(v: Voulu | None, x: Contexte) -> Lot[Lieu | tuple[()]]:
    return RIEN if v is None else lit_lieu(v, x)  # type: ignore[return-value]  # a Lot is only read from


def voulus(faits: DeuxDerniers, x: Contexte) -> tuple[Voulu, ...]:
    """What the booking would hold again, without its last fact, and does not hold with it."""
    if len(faits) < 2:  # noqa: PLR2004 - the one that is corrected, and what was before it
        return ()
    (avant, _), (dernier, _) = faits
    tenues = tuple(tient(dernier, x.survenu_le))
    return tuple(_voulu(avant, e) for e in tient(avant, x.survenu_le) if e not in tenues)


def _voulu(r: Fait, e: Emprise) -> Voulu:
    return Voulu.de(r, e.periode, e.espace)._replace(marges=(e.avant_minutes, e.apres_minutes))


def _corriger(c: CorrigerReservation, etats: Etats, x: Contexte) -> Issue:
    (faits,), lieux = etats
    issue = corriger(c.fait, reservation(c.reservation), c.motif, faits[-1] if faits else None, x)
    if isinstance(issue, Refus) or not issue:
        return issue
    refus = (refus_du_lieu(v, lieu, x) or pris(v, lieu, x) for v, lieu in _reprises(faits, lieux, x))
    return next((r for r in refus if r is not None), [*issue, *liberees(faits, x)])


def liberees(faits: DeuxDerniers, x: Contexte) -> Iterator[CreneauLibere]:
    """The hours that its last fact had it hold, and that it does not hold without it."""
    *avant, (dernier, _) = faits
    gardees = [e for r, _ in avant for e in tient(r, x.survenu_le)]
    for e in tient(dernier, x.survenu_le):
        if e not in gardees and e.periode.bornes()[1] > x.survenu_le:
            yield CreneauLibere(reservation=dernier.reservation, espace=e.espace, periode=e.periode)


def _mesures(_: CorrigerReservation, etats: Etats, x: Contexte) -> tuple[Mesures, ...]:
    (faits,), lieux = etats
    return tuple(mesure_encore(v, lieu, x) for v, lieu in _reprises(faits, lieux, x))


def _reprises(
    faits: DeuxDerniers, lieux: tuple[Lieu | tuple[()], Lieu | tuple[()]], x: Contexte
) -> Iterator[tuple[Voulu, Lieu]]:
    return ((v, lieu) for v, lieu in zip(voulus(faits, x), lieux, strict=False) if lieu)


ANNULABLES = frozenset(
    {"reservations.AnnulerReservation", "reservations.NoterAbsence", "reservations.RefuserReservation"}
)


def _annuler(fait: EffetsAnnules) -> Iterator[CorrigerReservation]:
    """What an appeal or a revision undid does not count any more, if its place is still free."""
    if fait.commande in ANNULABLES and fait.reservation is not None:
        yield CorrigerReservation(reservation=fait.reservation, motif=fait.motif, fait=f"{fait.decision}/1")


SUITES = (Suite("reservation_retablie", EffetsAnnules, _annuler),)
DEMANDES = (Demande(CorrigerReservation, frozenset({"concierge", "coordination"}), _lit, _corriger, _mesures),)
