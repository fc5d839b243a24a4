"""Changement: a booking is moved, by whom it is for or who looks after the space; and what can be changed at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, REFERENT, jour_de
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.usages.reservations.demande import attente
from tierslieu_core.domaines.usages.reservations.emprise import emprise
from tierslieu_core.domaines.usages.reservations.mesure import mesure, minutes_avant
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, categorie, lit_pour, precisions_ailleurs
from tierslieu_core.domaines.usages.reservations.place import faire_place
from tierslieu_core.domaines.usages.reservations.provisoire import OptionPosee, Provisoire, ReservationEnAttente
from tierslieu_core.domaines.usages.reservations.reservation import (
    AbsenceNotee,
    Active,
    Fait,
    ReservationAnnulee,
    ReservationDeplacee,
    ReservationPrecisee,
    vers,
)
from tierslieu_core.domaines.usages.reservations.tenue import a_deplacer, actuelle, reservation_de
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.declarations import Contexte, Demande, Evenement, Issue, Refus, champ, commande, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit, joints
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, espace, reservation
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.DeplacerReservation")
class DeplacerReservation:
    """Déplacer une réservation : d'autres heures, ou un autre espace ; ou dire mieux ce que le lieu demande."""

    reservation: ReservationId
    debut: Moment = champ("nouveau début")
    fin: Moment = champ("nouvelle fin")
    espace: EspaceId | None = champ("autre espace ; sinon le même", default=None)
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        return Periode(self.debut, self.fin, zone).fautes()


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.DejaPassee",
    "Cette réservation est passée : {espace}, {periode}.",
    "Ce qui a eu lieu ne se change plus.",
)
class DejaPassee(Refus):
    espace: EspaceId
    periode: Periode


@refus(
    "reservations.EnregistreeParErreur",
    "Cette réservation avait été enregistrée par erreur : elle ne compte plus.",
    "Réservez à nouveau.",
)
class EnregistreeParErreur(Refus):
    """It was corrected, whole."""


@refus("reservations.DejaAnnulee", "Cette réservation est annulée : {espace}, {periode}.", "Réservez à nouveau.")
class DejaAnnulee(Refus):
    espace: EspaceId
    periode: Periode


@refus(
    "reservations.PlusTenue",
    "Cette demande n'est plus tenue, refusée ou laissée sans réponse : {espace}, {periode}.",
    "Réservez à nouveau.",
)
class PlusTenue(Refus):
    espace: EspaceId
    periode: Periode


@refus(
    "reservations.DejaLiberee",
    "Personne n'est venu, et le créneau s'est libéré : {espace}, {periode}.",
    "Réservez à nouveau ce qui en reste.",
)
class DejaLiberee(Refus):
    espace: EspaceId
    periode: Periode


@refus(
    "reservations.PasLaSienne",
    "Cette réservation est celle de {personne}.",
    "Demandez à cette personne, au référent de l'espace, ou à la conciergerie.",
)
class PasLaSienne(Refus):
    personne: PersonneId


@refus(
    "reservations.EspaceHorsMandat",
    "{personne} ne s'occupe pas de {espace}, et ne peut pas y déplacer la réservation d'une autre personne.",
    "Demandez à qui s'occupe des deux espaces, à la conciergerie, ou à qui a réservé.",
)
class EspaceHorsMandat(Refus):
    personne: PersonneId
    espace: EspaceId


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Deplacer = tuple[tuple[Fait | None], Lieu]


def _lit_deplacer(c: DeplacerReservation, x: Contexte) -> Lot[Deplacer]:
    return lire(reservation_de(reservation(c.reservation))).puis(
        lambda etats: lit_pour(etats[0], lambda r: _veut_deplacer(r, c, x), x)
    )


def _veut_deplacer(r: Fait, c: DeplacerReservation, x: Contexte) -> Voulu:
    v = Voulu.de(r, Periode(c.debut, c.fin, x.livre.zone), c.espace)
    return v._replace(faits=joints(v.faits, c.faits))


def _deplacer(c: DeplacerReservation, etats: Deplacer, x: Contexte) -> Issue:
    r, lieu = modifiable(etats[0][0], x), etats[1]
    if isinstance(r, Refus):
        return r
    v = _veut_deplacer(r, c, x)
    ici = (v.espace, v.periode.bornes()) == (r.espace, r.periode.bornes()) and not a_deplacer(r)
    if ici and v.faits == r.precisions.faits:
        return ()
    place = _hors_mandat(r, v, x) or faire_place(v, lieu, x)
    if isinstance(place, Refus):
        return place
    if isinstance(r, OptionPosee):
        return [*place, _option(r, v, lieu, x)]
    change = _ailleurs(r, v, lieu, x)
    return [*place, vers(ReservationPrecisee, r, **change) if ici else vers(ReservationDeplacee, r, **change)]


def _deplacer_attend(
    c: DeplacerReservation, etats: Deplacer, x: Contexte, par: tuple[Validation, ...]
) -> Sequence[Evenement]:
    """While a body has yet to answer, the booking keeps what it had, and the hours asked are held too."""
    r, lieu = modifiable(etats[0][0], x), etats[1]
    assert not isinstance(r, Refus), "la demande vient d'être décidée"  # noqa: S101 - so
    v = _veut_deplacer(r, c, x)
    place = faire_place(v, lieu, x)
    assert not isinstance(place, Refus), "la demande vient d'être décidée"  # noqa: S101 - so
    if isinstance(r, OptionPosee):
        return [*place, _option(r, v, lieu, x)]  # its own confirmation will be judged
    garde = None if a_deplacer(r) else getattr(r, "garde", None) if isinstance(r, Provisoire) else emprise(r)
    demande = vers(ReservationEnAttente, r, **_ailleurs(r, v, lieu, x), **attente(par, v, x), garde=garde)
    return [*place, demande]


def _option(r: OptionPosee, v: Voulu, lieu: Lieu, x: Contexte) -> OptionPosee:
    """Moved, it is still to be confirmed before its hours begin."""
    return vers(OptionPosee, r, **_ailleurs(r, v, lieu, x), jusqu_au=min(r.jusqu_au, v.periode.debut))


def _ailleurs(r: Fait, v: Voulu, lieu: Lieu, x: Contexte) -> dict[str, Any]:
    """What changes in a booking that moves there."""
    ou, quand = {"espace": v.espace, "categorie": categorie(lieu[0])}, {"periode": v.periode}
    return {**ou, **quand, "precisions": precisions_ailleurs(r, v, lieu, x)}


def modifiable(r: Fait | None, x: Contexte) -> Active | Refus:
    """The booking, if it can be changed; or why not: a mistake, another's, cancelled, lapsed, past."""
    if r is None:
        return EnregistreeParErreur()
    if x.mandat == INSCRIT and not (la_sienne(r, x) or referent(r, x)):
        return PasLaSienne(personne=r.personne)
    if isinstance(r, ReservationAnnulee):
        return DejaAnnulee(espace=r.espace, periode=r.periode)
    tenue = actuelle(r, x.survenu_le)
    if tenue is None:
        return PlusTenue(espace=r.espace, periode=r.periode)
    if tenue.periode.bornes()[1] <= x.survenu_le:
        return DejaPassee(espace=tenue.espace, periode=tenue.periode)
    return DejaLiberee(espace=r.espace, periode=r.periode) if isinstance(tenue, AbsenceNotee) else tenue


def _hors_mandat(r: Fait, v: Voulu, x: Contexte) -> Refus | None:
    """Whoever moves another's booking to another space looks after both."""
    if v.espace == r.espace or la_sienne(r, x):
        return None
    tenu = x.livre.mandats.mandats.get(x.mandat)
    if tenu is not None and tenu.sur is None:
        return None
    role = REFERENT if tenu is None else tenu.role
    tient = x.livre.mandats.tient
    ailleurs = (e for e in (r.espace, v.espace) if not tient(x.par, role, espace(e), jour_de(x)))
    return next((EspaceHorsMandat(personne=PersonneId(x.par), espace=e) for e in ailleurs), None)


def la_sienne(r: Fait, x: Contexte) -> bool:
    """Whether who asks speaks for whom it is for."""
    return r.personne in x.livre.mandats.qui.parle_pour(x.par, jour_de(x))


def referent(r: Fait, x: Contexte) -> bool:
    """Whether who asks looks after its space."""
    tenu: bool = x.livre.mandats.tient(x.par, REFERENT, espace(r.espace), jour_de(x))
    return tenu


# ── mesures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _mesure_deplacer(c: DeplacerReservation, etats: Deplacer, x: Contexte) -> Mesures:
    r = etats[0][0]
    if r is None:
        return rien_a_mesurer(x)
    reste = None if a_deplacer(r) else minutes_avant(r.periode, x)
    return mesure(_veut_deplacer(r, c, x), etats[1], x, modification_minutes=reste)


def rien_a_mesurer(x: Contexte) -> Mesures:
    """Of a booking that was recorded by mistake, no rule has anything to say."""
    return Mesures(action="annuler", personne=PersonneId(x.par), lieux=(), jour=x.aujourdhui)


QUI = frozenset({"concierge", "coordination", INSCRIT})
DEMANDES = (Demande(DeplacerReservation, QUI, _lit_deplacer, _deplacer, _mesure_deplacer, attend=_deplacer_attend),)
REFUS = (
    EnregistreeParErreur, DejaPassee, DejaAnnulee, PlusTenue, DejaLiberee, PasLaSienne,
    EspaceHorsMandat,
)  # fmt: skip
