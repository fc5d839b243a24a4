"""Réservations (R4): a space, from such an hour to such an hour; asked, moved, cancelled; never two at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import attrs

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, jour_de
from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.usages.profil import Adhesion, Tenues, adhesion_de, habilitations_de, mesures_de
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.arrets import Arret, Arrets
from tierslieu_core.vocabulaire.francais import periode as en_clair
from tierslieu_core.vocabulaire.identifiants import (
    EspaceId,
    PersonneId,
    ReservationId,
    connu,
    depuis_cle,
    espace,
    jour,
    mois,
    personne,
    reservation,
)  # fmt: skip
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode, jours_entre, mois_entre

# ── événements (chacun dit toute la réservation : le dernier suffit) ────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    """The booking, its space on each local day, its person in each month: of where it was, too, when it moves."""
    periodes = (fait.avant, fait.periode) if isinstance(fait, ReservationDeplacee) else (fait.periode,)
    jours = dict.fromkeys(j for p in periodes for j in p.jours())
    months = dict.fromkeys(j.replace(day=1) for j in jours)
    yield reservation(fait.reservation)
    yield from (jour(fait.espace, j) for j in jours)
    yield from (mois(fait.personne, m) for m in months)


@evenement("reservations.ReservationAcceptee", "{personne} réserve {espace} {periode}")
class ReservationAcceptee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation")

    etiquettes = _etiquettes


@evenement("reservations.ReservationDeplacee", "Réservation déplacée : {espace}, {personne}, {periode}")
class ReservationDeplacee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    avant: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None

    etiquettes = _etiquettes


@evenement("reservations.ReservationAnnulee", "Réservation annulée : {espace}, {personne}, {periode} ({motif})")
class ReservationAnnulee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    participants: int | None
    motif: Personnel = personnel(qui="par", conservation="reservation")

    etiquettes = _etiquettes


Active = ReservationAcceptee | ReservationDeplacee
Fait = Active | ReservationAnnulee

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

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        personne = self.participants is not None and self.participants < 1
        few = [("participants", "une personne au moins")] if personne else []
        return few + Periode(self.debut, self.fin, zone).fautes()


@commande("reservations.DeplacerReservation")
class DeplacerReservation:
    """Déplacer une réservation : d'autres heures, le même espace."""

    reservation: ReservationId
    debut: Moment = champ("nouveau début")
    fin: Moment = champ("nouvelle fin")

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        return Periode(self.debut, self.fin, zone).fautes()


@commande("reservations.AnnulerReservation")
class AnnulerReservation:
    """Annuler une réservation, avec un motif ; elle reste dans l'histoire du lieu."""

    reservation: ReservationId
    motif: Personnel = personnel("motif", qui="par", conservation="reservation")


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


@refus(
    "reservations.DejaPassee",
    "Cette réservation est passée : {espace}, {periode}.",
    "Ce qui a eu lieu ne se change plus.",
)
class DejaPassee(Refus):
    espace: EspaceId
    periode: Periode


@refus("reservations.DejaAnnulee", "Cette réservation est annulée : {espace}, {periode}.", "Réservez à nouveau.")
class DejaAnnulee(Refus):
    espace: EspaceId
    periode: Periode


@refus(
    "reservations.PasLaSienne",
    "Cette réservation est celle de {personne}.",
    "Demandez à cette personne, ou à la conciergerie.",
)
class PasLaSienne(Refus):
    personne: PersonneId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Occupation = dict[ReservationId, Active]


def _occupation(etat: Occupation, fait: Fait) -> Occupation:
    if isinstance(fait, ReservationAnnulee):
        return {r: f for r, f in etat.items() if r != fait.reservation}
    return {**etat, fait.reservation: fait}


def _derniere(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


occupation_de = Lecture[Occupation]("reservations.occupation", {}, _occupation)
usages_de = Lecture[Occupation]("reservations.usages", {}, _occupation)
reservation_de = Lecture[Fait | None]("reservations.reservation", None, _derniere, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Voulu(NamedTuple):
    """A space, for a person, then; ``sauf``: the booking that moves there, and so is not in its own way."""

    espace: EspaceId
    personne: PersonneId
    periode: Periode
    participants: int | None
    sauf: ReservationId | None = None


Lieu = tuple[Occupation, Arrets, espaces.Fait | None, Adhesion, Tenues, Occupation]


def _lit_lieu(v: Voulu, x: Contexte) -> Lot[Lieu]:
    jours = list(v.periode.jours())
    premier, dernier = x.livre.mois_a_lire(jours[0], jours[-1], x.aujourdhui, "reserver")
    return lire(
        occupation_de(*(jour(v.espace, j) for j in jours)),
        espaces.arrets_de(espace(v.espace)),
        espaces.espace_de(espace(v.espace)),
        adhesion_de(personne(v.personne)),
        habilitations_de(personne(v.personne)),
        usages_de(*(mois(v.personne, m) for m in mois_entre(premier, dernier))),
    )


def _lit_reserver(c: ReserverEspace, x: Contexte) -> Lot[Lieu]:
    return _lit_lieu(_veut(c, x), x)


def _empechement(v: Voulu, lieu: Lieu) -> Refus | None:
    """Why the space cannot be had then; ``None`` when it can."""
    occupation, arrets, *_ = lieu
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


def _veut(c: ReserverEspace, x: Contexte) -> Voulu:
    return Voulu(c.espace, c.personne, Periode(c.debut, c.fin, x.livre.zone), c.participants)


def _reserver(c: ReserverEspace, lieu: Lieu, x: Contexte) -> Issue:
    v = _veut(c, x)
    voulu = (v.personne, v.periode.bornes(), v.participants)
    if any((r.personne, r.periode.bornes(), r.participants) == voulu for r in lieu[0].values()):
        return ()
    return _empechement(v, lieu) or [
        ReservationAcceptee(
            reservation=ReservationId(depuis_cle(x.cle)), espace=v.espace, personne=v.personne, periode=v.periode,
            categorie=_categorie(lieu), participants=v.participants, sujet=c.sujet,
        )
    ]  # fmt: skip


Deplacer = tuple[tuple[Fait | None], Lieu]


def _lit_deplacer(c: DeplacerReservation, x: Contexte) -> Lot[Deplacer]:
    return lire(reservation_de(reservation(c.reservation))).puis(
        lambda etats: _lit_lieu(_veut_deplacer(connu(etats[0]), c, x), x)
    )


def _veut_deplacer(r: Fait, c: DeplacerReservation, x: Contexte) -> Voulu:
    return Voulu(r.espace, r.personne, Periode(c.debut, c.fin, x.livre.zone), r.participants, r.reservation)


def _deplacer(c: DeplacerReservation, etats: Deplacer, x: Contexte) -> Issue:
    r, lieu = _modifiable(connu(etats[0][0]), x), etats[1]
    if isinstance(r, Refus):
        return r
    v = _veut_deplacer(r, c, x)
    if v.periode.bornes() == r.periode.bornes():
        return ()
    return _empechement(v, lieu) or [
        ReservationDeplacee(
            reservation=r.reservation, espace=r.espace, personne=r.personne, periode=v.periode, avant=r.periode,
            categorie=r.categorie, participants=r.participants,
        )
    ]  # fmt: skip


def _modifiable(r: Fait, x: Contexte) -> Active | Refus:
    """The booking, if it can be changed; or why not: another's, cancelled, past."""
    if x.mandat == INSCRIT and r.personne not in x.livre.mandats.qui.parle_pour(x.par, jour_de(x)):
        return PasLaSienne(personne=r.personne)
    if isinstance(r, ReservationAnnulee):
        return DejaAnnulee(espace=r.espace, periode=r.periode)
    return DejaPassee(espace=r.espace, periode=r.periode) if r.periode.bornes()[1] <= x.survenu_le else r


def _lit_annuler(c: AnnulerReservation, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(reservation_de(reservation(c.reservation)))


def _annuler(c: AnnulerReservation, etats: tuple[Fait | None], x: Contexte) -> Issue:
    r = _modifiable(connu(etats[0]), x)
    if isinstance(r, Refus):
        return () if isinstance(r, DejaAnnulee) else r
    return [
        ReservationAnnulee(
            reservation=r.reservation, espace=r.espace, personne=r.personne, periode=r.periode,
            participants=r.participants, motif=c.motif,
        )
    ]  # fmt: skip


# ── mesures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _mesure_reserver(c: ReserverEspace, lieu: Lieu, x: Contexte) -> Mesures:
    return _mesure(_veut(c, x), lieu, x)


def _mesure_deplacer(c: DeplacerReservation, etats: Deplacer, x: Contexte) -> Mesures:
    return _mesure(_veut_deplacer(connu(etats[0][0]), c, x), etats[1], x)


def _mesure(v: Voulu, lieu: Lieu, x: Contexte) -> Mesures:
    _, _, _, adhesion, tenues, occupation = lieu
    autres = _dans_les_mois_lus(v, occupation, x)
    debut, (instant, _) = v.periode.debut.local.date(), v.periode.bornes()
    return mesures_de(
        v.personne, adhesion, tenues, debut,
        action="reserver",
        lieux=_lieux(v.espace, _categorie(lieu)),
        periode=v.periode,
        preavis_minutes=(instant.timestamp() - x.survenu_le.timestamp()) // 60,
        horizon_jours=jours_entre(x.aujourdhui, debut),
        participants=v.participants,
        usages=tuple(
            Usage(r.periode, _lieux(r.espace, r.categorie), en_cours=r.periode.bornes()[1] > x.survenu_le)
            for r in autres
            if r.reservation != v.sauf
        ),
    )  # fmt: skip


def _dans_les_mois_lus(v: Voulu, occupation: Occupation, x: Contexte) -> list[Active]:
    """The uses that lie in the months read: of one moved out of them, what became of it since is told elsewhere."""
    if not occupation:
        return []
    jours = list(v.periode.jours())
    premier, dernier = x.livre.mois_a_lire(jours[0], jours[-1], x.aujourdhui, "reserver")
    du, avant = premier.replace(day=1), dernier.replace(day=1).add(months=1)
    return [r for r in occupation.values() if r.periode.debut.local.date() < avant and r.periode.fin.local.date() >= du]


def _lieux(ou: EspaceId, categorie: str) -> tuple[str, ...]:
    return espace(ou), f"categorie:{categorie}"


def _categorie(lieu: Lieu) -> str:
    return lieu[2].categorie if lieu[2] else ""


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


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


CONCIERGE = frozenset({"concierge", "coordination"})
DOMAINE = Domaine(
    "reservations",
    "Réservations",
    faits=(ReservationAcceptee, ReservationDeplacee, ReservationAnnulee),
    demandes=(
        Demande(ReserverEspace, CONCIERGE | {"referent", "soi"}, _lit_reserver, _reserver, _mesure_reserver),
        Demande(DeplacerReservation, CONCIERGE | {INSCRIT}, _lit_deplacer, _deplacer, _mesure_deplacer),
        Demande(AnnulerReservation, CONCIERGE | {INSCRIT}, _lit_annuler, _annuler),
    ),
    refus=(EspaceDejaReserve, DejaPassee, DejaAnnulee, PasLaSienne),
    registres=(Registre("reservations", Reservation, _tenir, titre="Registre des réservations"),),
    identifiants=(Identifiant(ReservationId, ReservationAcceptee),),
)
