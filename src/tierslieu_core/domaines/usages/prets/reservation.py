"""Réservation d'un modèle: so many of a model, for some days ahead; the item is chosen when it is handed over.

What happens to one, and what reads it; how it is asked for and given up stands in ``reserver``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from whenever import Date

from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.prets.disponibilite import (
    Offre,
    exemplaires,
    lit_exemplaires,
    remise_de,
    tenue_de,
)
from tierslieu_core.domaines.usages.prets.sorties import sorties_de
from tierslieu_core.kernel.declarations import (
    Contexte,
    Issue,
    Refus,
    champ,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit, joints
from tierslieu_core.vocabulaire.identifiants import (
    ModeleId,
    ObjetId,
    PersonneId,
    ReservationModeleId,
    modele,
    mois_du_modele,
    reservation_modele,
)  # fmt: skip
from tierslieu_core.vocabulaire.temps import mois_entre

# ── événements (chacun dit toute la réservation : le dernier suffit) ────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    yield reservation_modele(fait.reservation)
    yield from (mois_du_modele(fait.modele, m) for m in mois_entre(fait.du, fait.au))


@evenement(
    "prets.ModeleReserve", "{personne} réserve {quantite} × {modele}, du {du} au {au}", version=2, upcasts={1: dict}
)
class ModeleReserve:
    reservation: ReservationModeleId
    modele: ModeleId
    personne: PersonneId
    du: Date
    au: Date
    quantite: int
    restent: int = champ("exemplaires qui restent à remettre")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    etiquettes = _etiquettes


@evenement(
    "prets.ReservationHonoree",
    "Réservation honorée : {modele}, {personne}, du {du} au {au} ({restent} à remettre)",
    version=2,
    upcasts={1: dict},
)
class ReservationHonoree:
    reservation: ReservationModeleId
    modele: ModeleId
    personne: PersonneId
    du: Date
    au: Date
    quantite: int
    restent: int = champ("exemplaires qui restent à remettre")
    objet: ObjetId | None = champ("l'objet remis, s'il est numéroté", default=None)
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    etiquettes = _etiquettes


@evenement(
    "prets.ReservationRetablie",
    "Réservation rétablie : {modele}, {personne}, du {du} au {au} ({restent} à remettre)",
    version=3,
    upcasts={1: lambda champs: champs, 2: dict},
)
class ReservationRetablie:
    """What a mistaken hand-over had taken from a reservation is awaited again."""

    reservation: ReservationModeleId
    modele: ModeleId
    personne: PersonneId
    du: Date
    au: Date
    quantite: int
    restent: int = champ("exemplaires qui restent à remettre")
    objet: ObjetId | None = champ("l'objet qui n'a pas été remis, s'il est numéroté", default=None)
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    etiquettes = _etiquettes


@evenement(
    "prets.ReservationARevoir",
    "La réservation de {modele} par {personne}, du {du} au {au}, est à revoir : {motif}",
    version=2,
    upcasts={1: dict},
)
class ReservationARevoir:
    reservation: ReservationModeleId
    modele: ModeleId
    personne: PersonneId
    du: Date
    au: Date
    quantite: int
    restent: int = champ("exemplaires qui restent à remettre")
    motif: Personnel = personnel(qui="par", conservation="reservation")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    etiquettes = _etiquettes


@evenement("prets.ReservationModeleAnnulee", "Réservation annulée : {modele}, {personne}, du {du} au {au} ({motif})")
class ReservationModeleAnnulee:
    reservation: ReservationModeleId
    modele: ModeleId
    personne: PersonneId
    du: Date
    au: Date
    quantite: int
    motif: Personnel = personnel(qui="par", conservation="reservation")

    etiquettes = _etiquettes


Active = ModeleReserve | ReservationHonoree | ReservationRetablie | ReservationARevoir
Fait = Active | ReservationModeleAnnulee

# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "prets.ReservationClose",
    "Cette réservation n'attend plus rien : {modele}, {personne}, du {du} au {au}.",
    "Elle est annulée, remise en entier, ou l'on n'est pas venu à temps ; réservez à nouveau.",
)
class ReservationClose(Refus):
    modele: ModeleId
    personne: PersonneId
    du: Date
    au: Date


@refus(
    "prets.ReservationParErreur",
    "Cette réservation ({reservation}) fut enregistrée par erreur : elle n'attend rien.",
    "Réservez à nouveau, ou prêtez sans réservation.",
)
class ReservationParErreur(Refus):
    reservation: ReservationModeleId


@refus(
    "prets.ReservationDUnAutre",
    "Cette réservation est celle de {personne}, pour {modele}.",
    "Choisissez la réservation de qui emprunte, et un objet de ce modèle ; ou prêtez sans réservation.",
)
class ReservationDUnAutre(Refus):
    personne: PersonneId
    modele: ModeleId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Reservees = dict[ReservationModeleId, Active]


def _reservees(etat: Reservees, fait: Fait) -> Reservees:
    if isinstance(fait, ReservationModeleAnnulee):
        return {r: f for r, f in etat.items() if r != fait.reservation}
    return {**etat, fait.reservation: fait}


def _derniere(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


reservees_de = Lecture[Reservees]("prets.reservees", {}, _reservees)
reservation_de = Lecture[Fait | None]("prets.reservation", None, _derniere, dernier=True)


def lit_du_modele(lequel: ModeleId, du: Date, au: Date, remise: int, *, tous: bool = False) -> Lot[Any]:
    """What is known of a model, of who reserved it around these days; then each item, if it matters (or ``tous``)."""
    months, tag = mois_entre(du.subtract(days=remise), au.add(days=remise)), modele(lequel)
    reservees = reservees_de(*(mois_du_modele(lequel, m) for m in months))
    premier = lire(materiel.modele_de(tag), materiel.parc_de(tag), reservees, sorties_de(tag))
    return premier.puis(lambda lu: lit_exemplaires(lu[1].objets if lu[1] and (tous or lu[2]) else ()))


def offre_lue(lu: Any, x: Contexte, lieux: tuple[str, ...]) -> tuple[materiel.Modele | None, Offre]:
    """The model, and what it offers, from what ``lit_du_modele`` read."""
    (fiche, parc, reservees, sorties), vus = lu
    objets, remise = (parc.objets if vus else ()), remise_de(x, lieux)
    offre = Offre(
        jour=x.aujourdhui, exemplaires=exemplaires(objets, vus, remise), compte=(fiche.quantite or 0) if fiche else 0,
        sorties=sorties, attendues=tuple(reservees.values()), remise=remise, tenue=tenue_de(x, lieux),
    )  # fmt: skip
    return fiche, offre


def lieux_du_modele(fiche: materiel.Modele) -> tuple[str, ...]:
    """What rules call a model: its category."""
    return (f"categorie:{fiche.categorie}",)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def annulee(r: Active, motif: Personnel) -> ReservationModeleAnnulee:
    """The fact that a reservation is cancelled."""
    return ReservationModeleAnnulee(
        reservation=r.reservation, modele=r.modele, personne=r.personne, du=r.du, au=r.au, quantite=r.quantite,
        motif=motif,
    )  # fmt: skip


def close(r: Fait) -> Refus:
    """Why nothing more can be had of a reservation."""
    return ReservationClose(modele=r.modele, personne=r.personne, du=r.du, au=r.au)


def honoree(  # noqa: PLR0913, PLR0917 - what a hand-over is
    r: Fait | None,
    lequel: ModeleId,
    qui: Collection[PersonneId],
    objet: ObjetId | None,
    offre: Offre,
    quantite: int = 1,
    *,
    laquelle: ReservationModeleId | None,
) -> Issue:
    """The fact that items of a reservation are handed over; none without one; or why they cannot be."""
    if r is None:
        return () if laquelle is None else ReservationParErreur(reservation=laquelle)
    if r.personne not in qui or r.modele != lequel:
        return ReservationDUnAutre(personne=r.personne, modele=r.modele)
    if isinstance(r, ReservationModeleAnnulee) or not offre.tient(r) or quantite > r.restent:
        return close(r)
    return [
        ReservationHonoree(
            reservation=r.reservation, modele=r.modele, personne=r.personne, du=r.du, au=r.au, quantite=r.quantite,
            restent=r.restent - quantite, objet=objet, faits=r.faits,
        )
    ]  # fmt: skip


def dits_de(r: Fait | None, dits: tuple[FaitDit, ...]) -> tuple[FaitDit, ...]:
    """What is said at a hand-over, and what was said of it when it was reserved."""
    return joints(() if r is None or isinstance(r, ReservationModeleAnnulee) else r.faits, dits)


def retablie(r: Fait | None, objet: ObjetId | None = None, quantite: int = 1) -> Iterable[ReservationRetablie]:
    """The fact that items of a reservation were not handed over after all; none once what remained is cancelled."""
    if r is not None and not isinstance(r, ReservationModeleAnnulee):
        yield ReservationRetablie(
            reservation=r.reservation, modele=r.modele, personne=r.personne, du=r.du, au=r.au, quantite=r.quantite,
            restent=r.restent + quantite, objet=objet, faits=r.faits,
        )  # fmt: skip


FAITS = (ModeleReserve, ReservationHonoree, ReservationRetablie, ReservationARevoir, ReservationModeleAnnulee)
