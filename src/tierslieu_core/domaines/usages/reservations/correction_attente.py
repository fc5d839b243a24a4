"""Correction d'une attente: its last fact was a mistake; left or served by mistake, its person waits again, in turn."""

from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.usages.reservations.attente import (
    AttenteServie,
    CreneauLibre,
    CreneauPropose,
    FaitAttente,
)
from tierslieu_core.domaines.usages.reservations.occupation import lit_lieu
from tierslieu_core.domaines.usages.reservations.place import faire_place
from tierslieu_core.domaines.usages.reservations.tenue import actuelle, reservation_de
from tierslieu_core.domaines.usages.reservations.tour import voulu_de
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import RIEN, Lecture, Lot, Lue, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import AttenteId, PersonneId, ReservationId, reservation
from tierslieu_core.vocabulaire.identifiants import attente as etiquette


@commande("reservations.CorrigerAttente")
class CorrigerAttente:
    """Corriger le dernier fait d'une attente, enregistré par erreur ; quittée à tort, elle reprend son rang."""

    attente: AttenteId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


@refus(
    "reservations.AttenteDejaServie",
    "Ce créneau est allé à {personne} : la réservation {reservation} tient.",
    "Corrigez d'abord cette réservation (« tierslieu faire reservations.CorrigerReservation »).",
)
class AttenteDejaServie(Refus):
    personne: PersonneId
    reservation: ReservationId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Vie = tuple[Read, ...]


def _vie(etat: Vie, fait: FaitAttente, note: Note) -> Vie:
    return (*etat, (fait, note))


vie_de = Lecture[Vie]("reservations.vie_de_l_attente", (), _vie, notes=True)
"""The life of one place in the list: asked, then left or served; read whole by a correction only."""


def _lit(c: CorrigerAttente, x: Contexte) -> Lot[Any]:
    return lire(vie_de(etiquette(c.attente))).puis(lambda e: _lit_autour(e[0], x))


def _lit_autour(vie: Vie, x: Contexte) -> Lot[Any]:
    """The hours that were waited for, and the booking that they became, if who left or was served waits again."""
    if len(vie) < 2:  # noqa: PLR2004 - asked, and what came of it
        return RIEN
    (demandee, _), *_, (dernier, _) = vie
    elue: tuple[Lue[Any], ...] = ()
    if isinstance(dernier, AttenteServie | CreneauPropose):
        elue = (reservation_de(reservation(dernier.reservation)),)
    return lit_lieu(voulu_de(demandee), x).avec(Lot(elue))


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _corriger(c: CorrigerAttente, etats: Any, x: Contexte) -> Issue:
    (vie,), autour = etats
    issue = corriger(c.fait, etiquette(c.attente), c.motif, vie[-1] if vie else None, x)
    if isinstance(issue, Refus) or not issue or not autour:
        return issue
    (demandee, _), *_, (dernier, _) = vie
    lieu, elue = autour
    if any(r is not None and actuelle(r, x.survenu_le) is not None for r in elue):
        return AttenteDejaServie(personne=dernier.personne, reservation=dernier.reservation)
    v = voulu_de(demandee)
    if v.periode.bornes()[0] > x.survenu_le and not isinstance(faire_place(v, lieu, x), Refus):
        return CreneauLibre(espace=v.espace, periode=v.periode)
    return issue


DEMANDES = (Demande(CorrigerAttente, frozenset({"concierge", "coordination"}), _lit, _corriger),)
REFUS = (AttenteDejaServie,)
