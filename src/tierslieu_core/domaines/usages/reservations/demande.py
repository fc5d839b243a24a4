"""Demande: a space is asked, from such an hour to such an hour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from tierslieu_core.domaines.cadre.gouvernance.mandats import SOI
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.genres.reglages import MOTS, MotifExige
from tierslieu_core.domaines.usages import reponse
from tierslieu_core.domaines.usages.reservations.mesure import mesure
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, categorie, lit_lieu, precisions, reglage
from tierslieu_core.domaines.usages.reservations.place import faire_place
from tierslieu_core.domaines.usages.reservations.provisoire import ReservationEnAttente
from tierslieu_core.domaines.usages.reservations.reservation import Active, ReservationAcceptee
from tierslieu_core.domaines.usages.reservations.tenue import tient
from tierslieu_core.domaines.usages.reservations.voulu import Voulu, fautes_du_creneau, veut
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Evenement,
    Issue,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, depuis_cle
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode

A = TypeVar("A", bound=Active)

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.ReserverEspace")
class ReserverEspace:
    """Réserver un espace, de telle heure à telle heure du lieu, plusieurs jours et la nuit compris."""

    espace: EspaceId
    personne: PersonneId = champ("personne pour qui l'on réserve")
    debut: Moment = champ("début")
    fin: Moment
    participants: int | None = champ("nombre de participants", unite="personnes", default=None)
    sujet: Personnel | None = personnel("objet", qui="personne", conservation="reservation", default=None)
    configuration: str | None = champ("configuration de l'espace", default=None)
    inscrits: tuple[PersonneId, ...] = champ("qui y participe", default=())
    usage: str = champ("genre d'usage, comme « formation »", default="")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    fautes = fautes_du_creneau


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.MotifManquant",
    "Pour réserver {espace}, il faut dire aussi {manque}.",
    "Complétez la demande.",
)
class MotifManquant(Refus):
    espace: EspaceId
    manque: str


@refus(
    "reservations.CreneauPasse",
    "Ce créneau est déjà passé, ou commencé ({espace}, {periode}).",
    "Choisissez une heure à venir ; la conciergerie peut noter un usage qui a déjà eu lieu.",
)
class CreneauPasse(Refus):
    espace: EspaceId
    periode: Periode


@refus(
    "reservations.UsageNonAdmis",
    "{espace} ne se réserve pas pour cet usage ({usage}).",
    "Usages admis : {admis} ; ou choisissez un autre espace.",
)
class UsageNonAdmis(Refus):
    espace: EspaceId
    usage: str
    admis: tuple[str, ...]


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit_reserver(c: ReserverEspace, x: Contexte) -> Lot[Lieu]:
    return lit_lieu(veut(c, x), x)


def _reserver(c: ReserverEspace, lieu: Lieu, x: Contexte) -> Issue:
    v = veut(c, x)
    if deja(v, lieu, x):
        return ()
    place = _passe(v, x) or motif_exige(v, c.sujet, lieu, x) or faire_place(v, lieu, x)
    return place if isinstance(place, Refus) else [*place, retenue(ReservationAcceptee, v, c.sujet, lieu, x)]


def _passe(v: Voulu, x: Contexte) -> Refus | None:
    """To record a use that has begun is for whoever keeps the place's records: by a mandate, as to date from before."""
    passe = x.mandat == SOI and v.periode.bornes()[0] < x.survenu_le
    return CreneauPasse(espace=v.espace, periode=v.periode) if passe else None


def _reserver_attend(c: ReserverEspace, lieu: Lieu, x: Contexte, par: tuple[Validation, ...]) -> Sequence[Evenement]:
    v = veut(c, x)
    place = faire_place(v, lieu, x)
    assert not isinstance(place, Refus), "la demande vient d'être décidée"  # noqa: S101 - so
    return [*place, retenue(ReservationEnAttente, v, c.sujet, lieu, x, **attente(par, v, x))]


def deja(v: Voulu, lieu: Lieu, x: Contexte) -> bool:
    """Whether this person already has, or has asked, this very use."""
    voulu = (v.espace, v.personne, v.periode.bornes(), v.participants)
    return any(
        (e.espace, r.personne, e.periode.bornes(), r.participants) == voulu
        for r in lieu[1][0].values()
        for e in tient(r, x.survenu_le)
    )


def motif_exige(v: Voulu, sujet: Personnel | None, lieu: Lieu, x: Contexte) -> Refus | None:
    """What the place wants to know of such a use and was not told."""
    exige = reglage(MotifExige, v, lieu[0], x)
    if exige is None:
        return None
    dit = {"sujet": sujet is not None, "usage": bool(v.usage), "participants": v.participants is not None,
           "inscrits": bool(v.inscrits)}  # fmt: skip
    manque = [MOTS[p] for p in exige.precisions if not dit[p]]
    if manque:
        return MotifManquant(espace=v.espace, manque=liste(manque))
    admis = not exige.usages or v.usage in exige.usages
    return None if admis else UsageNonAdmis(espace=v.espace, usage=v.usage or "non dit", admis=exige.usages)


def retenue(nature: type[A], v: Voulu, sujet: Personnel | None, lieu: Lieu, x: Contexte, **autres: Any) -> A:
    """A new booking of what is wanted; ``nature``: accepted, waiting for somebody, or an option."""
    return nature(
        **{
            "reservation": ReservationId(depuis_cle(x.cle)), "espace": v.espace, "personne": v.personne,
            "periode": v.periode, "categorie": categorie(lieu[0]), "participants": v.participants, "sujet": sujet,
            "precisions": precisions(v, lieu, x), "serie": v.serie, **autres,
        }
    )  # fmt: skip


def attente(par: tuple[Validation, ...], v: Voulu, x: Contexte) -> dict[str, Any]:
    """From whom an answer is awaited, until when (the use itself at the latest), and what silence means."""
    return reponse.attendue(par, x, v.periode.bornes()[0])


def jusqu_au(heures: int, periode: Periode, x: Contexte) -> Moment:
    """So many hours from now, and when the use begins at the latest."""
    return reponse.jusqu_au(heures, x, periode.bornes()[0])


def _mesure_reserver(c: ReserverEspace, lieu: Lieu, x: Contexte) -> Mesures:
    return mesure(veut(c, x), lieu, x)


QUI = frozenset({"concierge", "coordination", "referent", "soi"})
DEMANDES = (Demande(ReserverEspace, QUI, _lit_reserver, _reserver, _mesure_reserver, attend=_reserver_attend),)
REFUS = (CreneauPasse, MotifManquant, UsageNonAdmis)
