"""Correction d'une réservation: its last fact was a mistake; what went before is true again, if enough is free."""

from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.prets import reservation
from tierslieu_core.domaines.usages.prets.disponibilite import modele_attendu, remise_de
from tierslieu_core.domaines.usages.prets.reservation import (
    Fait,
    ReservationHonoree,
    ReservationModeleAnnulee,
    ReservationRetablie,
    lieux_du_modele,
)
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Note, Refus, champ, commande, personnel, refus
from tierslieu_core.kernel.lectures import RIEN, Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ModeleId, PersonneId, ReservationModeleId, connu, modele
from tierslieu_core.vocabulaire.identifiants import reservation_modele as etiquette


@commande("prets.CorrigerReservationModele")
class CorrigerReservationModele:
    """Corriger le dernier fait d'une réservation de matériel, enregistré par erreur ; annulée à tort, elle tient."""

    reservation: ReservationModeleId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


@refus(
    "prets.RemiseParUnPret",
    "Ce que {personne} a reçu de cette réservation ({modele}) l'a été par un prêt.",
    "Corrigez ce prêt (« tierslieu faire prets.CorrigerPret », ou CorrigerQuantite) : la réservation s'en rétablit.",
)
class RemiseParUnPret(Refus):
    modele: ModeleId
    personne: PersonneId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

DeuxDerniers = tuple[Read, ...]


def _deux_derniers(etat: DeuxDerniers, fait: Fait, note: Note) -> DeuxDerniers:
    return (*etat[-1:], (fait, note))


deux_derniers_faits = Lecture[DeuxDerniers]("prets.deux_derniers", (), _deux_derniers, notes=True)
"""The life of one reservation: short, and read whole by a correction only."""


def _lit(c: CorrigerReservationModele, x: Contexte) -> Lot[Any]:
    return lire(deux_derniers_faits(etiquette(c.reservation))).puis(lambda e: _lit_offre(e[0], x))


def _lit_offre(faits: DeuxDerniers, x: Contexte) -> Lot[Any]:
    """What is free of the model, if something is to be taken back."""
    if not faits or not isinstance(faits[-1][0], ReservationModeleAnnulee):
        return RIEN
    r = faits[-1][0]
    return lire(materiel.modele_de(modele(r.modele))).puis(
        lambda lu: reservation.lit_du_modele(
            r.modele, r.du, r.au, remise_de(x, lieux_du_modele(connu(lu[0]))), tous=True
        )
    )


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _corriger(c: CorrigerReservationModele, etats: Any, x: Contexte) -> Issue:
    (faits,), lu = etats
    dernier = faits[-1] if faits else None
    issue = corriger(c.fait, etiquette(c.reservation), c.motif, dernier, x)
    if isinstance(issue, Refus) or not issue or dernier is None:
        return issue
    if isinstance(dernier[0], ReservationHonoree | ReservationRetablie):
        return RemiseParUnPret(modele=dernier[0].modele, personne=dernier[0].personne)
    return (_plus_assez(faits[0][0], lu, x) if lu else None) or issue


def _plus_assez(r: Any, lu: Any, x: Contexte) -> Refus | None:
    """Why what a cancellation freed cannot be had again; a reservation that would have lapsed since takes nothing."""
    (fiche,), autour = lu
    _, offre = reservation.offre_lue(autour, x, lieux_du_modele(fiche))
    tient = offre.tient(r)
    return modele_attendu(r.modele, offre.manque(max(r.du, x.aujourdhui), r.au, r.restent)) if tient else None


DEMANDES = (Demande(CorrigerReservationModele, frozenset({"concierge", "coordination"}), _lit, _corriger),)
REFUS = (RemiseParUnPret,)
