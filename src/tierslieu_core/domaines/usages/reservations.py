"""Réservations (R4): a space, from such an hour to such an hour; asked, moved, cancelled; never two at once."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.personnes.adhesions import Fait as Adhesion
from tierslieu_core.domaines.personnes.adhesions import adhesion_de
from tierslieu_core.domaines.personnes.formations import Tenue, habilitations_de
from tierslieu_core.domaines.usages.profil import mesures_de
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
from tierslieu_core.vocabulaire.francais import periode as en_clair
from tierslieu_core.vocabulaire.identifiants import (
    EspaceId,
    PersonneId,
    ReservationId,
    espace,
    jour,
    mois,
    personne,
    reservation,
)
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode, jours_entre, mois_entre

# ── événements (chacun dit toute la réservation : le dernier suffit) ────────────────────────────────────────────────


def _etiquettes(r: ReservationAcceptee | ReservationDeplacee | ReservationAnnulee, *periodes: Periode) -> Iterable[str]:
    """Each space and local day, each person and month, and the booking itself."""
    days = dict.fromkeys(d for p in periodes for d in p.jours())
    months = dict.fromkeys(d.replace(day=1) for d in days)
    return [reservation(r.reservation), *(jour(r.espace, d) for d in days), *(mois(r.personne, m) for m in months)]


@evenement("reservations.ReservationAcceptee", "{espace} est réservé par {personne} {periode}")
class ReservationAcceptee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None
    sujet: Personnel | None = personnel(qui="personne", conservation="reservation")

    def etiquettes(self) -> Iterable[str]:
        return _etiquettes(self, self.periode)


@evenement("reservations.ReservationDeplacee", "La réservation de {espace} par {personne} est déplacée {periode}")
class ReservationDeplacee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    avant: Periode
    categorie: str = champ("catégorie de l'espace, ce jour-là")
    participants: int | None

    def etiquettes(self) -> Iterable[str]:
        return _etiquettes(self, self.avant, self.periode)


@evenement(
    "reservations.ReservationAnnulee", "La réservation de {espace} par {personne} {periode} est annulée : {motif}"
)
class ReservationAnnulee:
    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    motif: Personnel = personnel(qui="par", conservation="reservation")

    def etiquettes(self) -> Iterable[str]:
        return _etiquettes(self, self.periode)


Active = ReservationAcceptee | ReservationDeplacee

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
        few = (
            [("participants", "une personne au moins")]
            if self.participants is not None and self.participants < 1
            else []
        )
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
    "{espace} est déjà réservé {periode}.",
    "Le prochain moment libre commence {libre} ; ou choisissez un autre espace.",
)
class EspaceDejaReserve(Refus):
    espace: EspaceId
    periode: Periode
    libre: Moment


@refus(
    "reservations.EspaceEnFermeture",
    "{espace} est fermé du {du} au {au} : {motif}.",
    "Choisissez un jour hors de cette fermeture, ou un autre espace.",
)
class EspaceEnFermeture(Refus):
    espace: EspaceId
    du: Date
    au: Date
    motif: str


@refus(
    "reservations.DejaPassee",
    "Cette réservation de {espace} est passée ({periode}).",
    "Ce qui a eu lieu ne se change plus.",
)
class DejaPassee(Refus):
    espace: EspaceId
    periode: Periode


@refus("reservations.DejaAnnulee", "Cette réservation de {espace} {periode} est annulée.", "Réservez à nouveau.")
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
Derniere = ReservationAcceptee | ReservationDeplacee | ReservationAnnulee | None


def _occupation(etat: Occupation, fait: ReservationAcceptee | ReservationDeplacee | ReservationAnnulee) -> Occupation:
    if isinstance(fait, ReservationAnnulee):
        return {r: f for r, f in etat.items() if r != fait.reservation}
    return {**etat, fait.reservation: fait}


def _derniere(_: Derniere, fait: ReservationAcceptee | ReservationDeplacee | ReservationAnnulee) -> Derniere:
    return fait


occupation_de = Lecture[Occupation]("reservations.occupation", {}, _occupation)
usages_de = Lecture[Occupation]("reservations.usages", {}, _occupation)
reservation_de = Lecture[Derniere]("reservations.reservation", None, _derniere, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

EtatsLieu = tuple[Occupation, tuple[espaces.EspaceFerme, ...], espaces.Fait | None, espaces.EspaceRetire | None, Adhesion | None, tuple[Tenue, ...], Occupation]  # fmt: skip


def _lit_lieu(ou: EspaceId, qui: PersonneId, p: Periode, x: Contexte) -> Lot[EtatsLieu]:
    days = list(p.jours())
    first, last = x.livre.mois_a_lire(days[0], days[-1], x.aujourdhui)
    return lire(
        occupation_de(*(jour(ou, d) for d in days)),
        espaces.fermetures_de(*(jour(ou, d) for d in days)),
        espaces.espace_de(espace(ou)),
        espaces.retrait_de(espace(ou)),
        adhesion_de(personne(qui)),
        habilitations_de(personne(qui)),
        usages_de(*(mois(qui, m) for m in mois_entre(first, last))),
    )


def _lit_reserver(c: ReserverEspace, x: Contexte) -> Lot[EtatsLieu]:
    return _lit_lieu(c.espace, c.personne, Periode(c.debut, c.fin, x.livre.zone), x)


def _libre(ou: EspaceId, p: Periode, lieu: EtatsLieu, sauf: ReservationId | None = None) -> Refus | None:
    """Why the space cannot be had then; ``None`` when it can."""
    occupation, fermetures, _, retrait, *_ = lieu
    if retrait is not None and retrait.le <= max(p.jours()):
        return espaces.EspaceAbsent(espace=ou, le=retrait.le)
    touched = set(p.jours())
    for f in fermetures:
        if any(f.du <= d <= f.au for d in touched):
            return EspaceEnFermeture(espace=ou, du=f.du, au=f.au, motif=f.motif)
    others = sorted((r.periode for i, r in occupation.items() if i != sauf), key=lambda o: o.bornes())
    blocking = next((o for o in others if o.croise(p)), None)
    if blocking is None:
        return None
    free = blocking.bornes()[1]
    for o in others:
        if o.bornes()[0] <= free < o.bornes()[1]:
            free = o.bornes()[1]
    return EspaceDejaReserve(espace=ou, periode=blocking, libre=Moment.de(free, p.zone))


def _reserver(c: ReserverEspace, lieu: EtatsLieu, x: Contexte) -> Issue:
    p = Periode(c.debut, c.fin, x.livre.zone)
    non = _libre(c.espace, p, lieu)
    if isinstance(non, EspaceDejaReserve) and any((r.personne, r.periode) == (c.personne, p) for r in lieu[0].values()):
        return ()
    return non or [
        ReservationAcceptee(
            reservation=ReservationId(x.cle.lower()), espace=c.espace, personne=c.personne, periode=p,
            categorie=_categorie(lieu), participants=c.participants, sujet=c.sujet,
        )
    ]  # fmt: skip


EtatsDeplacer = tuple[tuple[Derniere], "EtatsLieu | tuple[()]"]


def _lit_deplacer(c: DeplacerReservation, x: Contexte) -> Lot[EtatsDeplacer]:
    def puis(etats: tuple[Derniere]) -> Lot[EtatsLieu | tuple[()]]:
        r = etats[0]
        if r is None or isinstance(r, ReservationAnnulee):
            return Lot(())
        return _lit_lieu(r.espace, r.personne, Periode(c.debut, c.fin, x.livre.zone), x)  # type: ignore[return-value]  # Lot is read-only, so a Lot[EtatsLieu] is a Lot of more

    return lire(reservation_de(reservation(c.reservation))).puis(puis)


def _deplacer(c: DeplacerReservation, etats: EtatsDeplacer, x: Contexte) -> Issue:
    (r,), lieu = etats
    non = _modifiable(r, x)
    if non is not None or r is None or isinstance(r, ReservationAnnulee):
        return non or ()
    p = Periode(c.debut, c.fin, x.livre.zone)
    if p == r.periode:
        return ()
    return _libre(r.espace, p, lieu, r.reservation) or [  # type: ignore[arg-type]  # read whenever r is active
        ReservationDeplacee(
            reservation=r.reservation, espace=r.espace, personne=r.personne, periode=p, avant=r.periode,
            categorie=r.categorie, participants=r.participants,
        )
    ]  # fmt: skip


def _modifiable(r: Derniere, x: Contexte) -> Refus | None:
    """Why a booking cannot be changed: cancelled, past, or another's."""
    assert r is not None, "la réservation existe : le bord l'a vérifié"
    if x.mandat == "inscrit" and r.personne != x.par:
        return PasLaSienne(personne=r.personne)
    if isinstance(r, ReservationAnnulee):
        return DejaAnnulee(espace=r.espace, periode=r.periode)
    if r.periode.bornes()[1] <= x.survenu_le:
        return DejaPassee(espace=r.espace, periode=r.periode)
    return None


def _annuler(c: AnnulerReservation, etats: tuple[Derniere], x: Contexte) -> Issue:
    (r,) = etats
    non = _modifiable(r, x)
    if isinstance(non, DejaAnnulee):
        return ()
    if non is not None or r is None:
        return non or ()
    return [
        ReservationAnnulee(
            reservation=r.reservation, espace=r.espace, personne=r.personne, periode=r.periode, motif=c.motif
        )
    ]


# ── mesures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _mesure(ou: EspaceId, qui: PersonneId, p: Periode, n: int | None, lieu: EtatsLieu, x: Contexte, sauf: ReservationId | None = None) -> Mesures:  # fmt: skip
    _, _, _, _, adhesion, tenues, occupation = lieu
    debut, _ = p.bornes()
    autres = [r for i, r in occupation.items() if i != sauf]
    return mesures_de(
        qui, adhesion, tenues, p.debut.local.date(),
        action="reserver",
        lieux=(espace(ou), f"categorie:{_categorie(lieu)}"),
        periode=p,
        preavis_minutes=(debut.timestamp() - x.survenu_le.timestamp()) // 60,
        horizon_jours=jours_entre(x.aujourdhui, p.debut.local.date()),
        participants=n,
        usages=tuple(_usage(r, x) for r in autres),
    )  # fmt: skip


def _usage(r: Active, x: Contexte) -> Usage:
    return Usage(
        r.periode, (espace(r.espace), f"categorie:{r.categorie}"), en_cours=r.periode.bornes()[1] > x.survenu_le
    )


def _categorie(lieu: EtatsLieu) -> str:
    return lieu[2].categorie if lieu[2] else ""


def _mesure_reserver(c: ReserverEspace, lieu: EtatsLieu, x: Contexte) -> Mesures:
    return _mesure(c.espace, c.personne, Periode(c.debut, c.fin, x.livre.zone), c.participants, lieu, x)


def _mesure_deplacer(c: DeplacerReservation, etats: EtatsDeplacer, x: Contexte) -> Mesures | None:
    (r,), lieu = etats
    if r is None or not lieu or isinstance(r, ReservationAnnulee):
        return None
    p = Periode(c.debut, c.fin, x.livre.zone)
    return _mesure(r.espace, r.personne, p, r.participants, lieu, x, r.reservation)


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Reservation:
    """``etat``: acceptée, annulée; ``quand``: the period in words."""

    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    debut: Moment
    fin: Moment
    participants: int | None
    etat: str = "acceptée"
    quand: str = ""


def _tenir(
    lignes: dict[ReservationId, Reservation],
    fait: ReservationAcceptee | ReservationDeplacee | ReservationAnnulee,
    _: Note,
) -> None:
    match fait:
        case ReservationAcceptee() | ReservationDeplacee():
            p = fait.periode
            lignes[fait.reservation] = Reservation(
                fait.reservation, fait.espace, fait.personne, p.debut, p.fin, fait.participants, quand=en_clair(p)
            )
        case ReservationAnnulee():
            lignes[fait.reservation] = attrs.evolve(lignes[fait.reservation], etat="annulée")


CONCIERGE = frozenset({"concierge", "coordination", "referent"})
DOMAINE = Domaine(
    "reservations",
    "Réservations",
    faits=(ReservationAcceptee, ReservationDeplacee, ReservationAnnulee),
    demandes=(
        Demande(ReserverEspace, CONCIERGE | {"soi"}, _lit_reserver, _reserver, _mesure_reserver),
        Demande(DeplacerReservation, CONCIERGE | {"inscrit"}, _lit_deplacer, _deplacer, _mesure_deplacer),
        Demande(
            AnnulerReservation,
            CONCIERGE | {"inscrit"},
            lambda c, _: lire(reservation_de(reservation(c.reservation))),
            _annuler,
        ),
    ),
    refus=(EspaceDejaReserve, EspaceEnFermeture, DejaPassee, DejaAnnulee, PasLaSienne),
    registres=(Registre("reservations", Reservation, _tenir, titre="Registre des réservations"),),
    identifiants=(Identifiant(ReservationId, ReservationAcceptee),),
)
