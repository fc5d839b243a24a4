"""Occupation: what a space must be for a use to take place, and what stands in its way."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.usages.profil import Profil, mois_de, profil_de
from tierslieu_core.domaines.usages.reservations.reservation import Active, Fait, ReservationAnnulee
from tierslieu_core.kernel.declarations import Contexte, Refus, refus
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.arrets import Arrets
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, espace, jour
from tierslieu_core.vocabulaire.temps import Moment, Periode

# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.EspaceDejaReserve",
    "{espace} n'est pas libre : il y a déjà une réservation {periode}.",
    "L'espace se libère au plus tôt {libre} ; ou choisissez-en un autre.",
)
class EspaceDejaReserve(Refus):
    espace: EspaceId
    periode: Periode
    libre: Moment


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Occupation = dict[ReservationId, Active]


def _occupation(etat: Occupation, fait: Fait) -> Occupation:
    if isinstance(fait, ReservationAnnulee):
        return {r: f for r, f in etat.items() if r != fait.reservation}
    return {**etat, fait.reservation: fait}


occupation_de = Lecture[Occupation]("reservations.occupation", {}, _occupation)
usages_de = Lecture[Occupation]("reservations.usages", {}, _occupation)


class Voulu(NamedTuple):
    """A space, for a person, then; ``sauf``: the booking that moves there, and so is not in its own way."""

    espace: EspaceId
    personne: PersonneId
    periode: Periode
    participants: int | None
    sauf: ReservationId | None = None


Lieu = tuple[tuple[Occupation, Arrets, espaces.Fait | None, Occupation], Profil]


def lit_lieu(v: Voulu, x: Contexte, encore: Iterable[Periode] = ()) -> Lot[Lieu]:
    """All that deciding on a use must know; ``encore``: on others of that person, in that space, at once."""
    jours = sorted({j for p in (v.periode, *encore) for j in p.jours()})
    premier, dernier = x.livre.mois_a_lire(jours[0], jours[-1], x.aujourdhui, "reserver")
    return lire(
        occupation_de(*(jour(v.espace, j) for j in jours)),
        espaces.arrets_de(espace(v.espace)),
        espaces.espace_de(espace(v.espace)),
        usages_de(*mois_de(v.personne, premier, dernier, x)),
    ).avec(profil_de(v.personne, x))


def avec(lieu: Lieu, faits: Iterable[Active], sans: Container[ReservationId] = ()) -> Lieu:
    """The same, once these bookings are made too, and those named in ``sans`` are out of the way."""
    (occupation, arrets, fiche, usages), profil = lieu
    faits = tuple(faits)
    apres, comptes = (
        {r.reservation: r for r in (*avant.values(), *faits) if r.reservation not in sans}
        for avant in (occupation, usages)
    )
    return (apres, arrets, fiche, comptes), profil


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def empechement(v: Voulu, lieu: Lieu) -> Refus | None:
    """Why the space cannot be had then; ``None`` when it can."""
    (occupation, arrets, *_), _ = lieu
    jours = list(v.periode.jours())
    ferme = espaces.empechement(v.espace, arrets, jours[0], jours[-1])
    if ferme is not None:
        return ferme
    autres = sorted((r.periode for i, r in occupation.items() if i != v.sauf), key=Periode.bornes)
    gene = next((p for p in autres if p.croise(v.periode)), None)
    if gene is None:
        return None
    libre = gene.bornes()[1]
    for debut, fin in (p.bornes() for p in autres):
        libre = fin if debut <= libre < fin else libre
    return EspaceDejaReserve(espace=v.espace, periode=gene, libre=Moment.de(libre, v.periode.zone))


def categorie(lieu: Lieu) -> str:
    """The category of the space, that day."""
    (_, _, fiche, _), _ = lieu
    return fiche.categorie if fiche else ""


REFUS = (EspaceDejaReserve,)
