"""Registre: one row a booking, and what has become of it."""

from __future__ import annotations

import attrs

from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.usages.reservations.reservation import Fait, ReservationAnnulee
from tierslieu_core.kernel.declarations import Note, Registre
from tierslieu_core.vocabulaire.arrets import Arret
from tierslieu_core.vocabulaire.francais import periode as en_clair
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId
from tierslieu_core.vocabulaire.temps import Moment


@attrs.frozen
class Reservation:
    """``etat``: acceptée, annulée, à déplacer (the space has closed on those days); ``quand``: the period in words."""

    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    debut: Moment
    fin: Moment
    participants: int | None
    etat: str
    quand: str


def _tenir(
    lignes: dict[ReservationId, Reservation], fait: Fait | espaces.EspaceFerme | espaces.EspaceRetire, _: Note
) -> None:
    if isinstance(fait, espaces.EspaceFerme | espaces.EspaceRetire):
        for un, ligne in lignes.items():
            if ligne.espace == fait.espace and ligne.etat == "acceptée" and _touchee(ligne, fait.arrets[-1]):
                lignes[un] = attrs.evolve(ligne, etat="à déplacer")
        return
    p, etat = fait.periode, "annulée" if isinstance(fait, ReservationAnnulee) else "acceptée"
    lignes[fait.reservation] = Reservation(
        fait.reservation, fait.espace, fait.personne, p.debut, p.fin, fait.participants, etat, en_clair(p)
    )


def _touchee(ligne: Reservation, arret: Arret) -> bool:
    """Whether it takes a day of a closing; ending at midnight, it does not take the day that begins."""
    dernier = ligne.fin.local.subtract(seconds=1, naive_arithmetic_ok=True).date()
    return arret.touche(ligne.debut.local.date(), dernier)


REGISTRES = (Registre("reservations", Reservation, _tenir, titre="Registre des réservations"),)
