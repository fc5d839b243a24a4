"""Sort: a space closes, leaves, or is linked to another; each booking that this touches gets its fate."""

from __future__ import annotations

from collections.abc import Iterator

from whenever import Date

from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.usages.reservations.emprise import Emprise
from tierslieu_core.domaines.usages.reservations.ensemble import ALENTOUR
from tierslieu_core.domaines.usages.reservations.occupation import HORIZON_MOIS, Occupation, occupation_de
from tierslieu_core.domaines.usages.reservations.provisoire import Provisoire
from tierslieu_core.domaines.usages.reservations.reservation import (
    AbsenceNotee,
    Active,
    ReservationAnnulee,
    ReservationRevue,
    vers,
)
from tierslieu_core.domaines.usages.reservations.tenue import actuelle, evincee, tient
from tierslieu_core.kernel.deciding import SUITE
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Note, Suite, champ, commande, personnel
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, espace, jour
from tierslieu_core.vocabulaire.temps import JOURS_MAX, jours_entre, ordre


@commande("reservations.RevoirReservations")
class RevoirReservations:
    """Décider du sort des réservations d'un espace, de tel jour à tel jour : à déplacer, gardées, ou annulées.

    Avec ``avec`` : seulement celles de l'un qui gênent désormais une réservation plus ancienne de l'autre.
    """

    espace: EspaceId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    sort: espaces.Sort = champ("sort des réservations (revoir, garder, annuler)", default="revoir")
    avec: EspaceId | None = champ("seulement ce qui se gêne, entre cet espace et celui-ci", default=None)
    motif: Personnel = personnel("motif", qui="par", conservation="reservation", default="l'espace n'est plus libre")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        if jours_entre(self.du, self.au) >= JOURS_MAX:
            return [("au", f"{JOURS_MAX} jours au plus à la fois")]
        return ordre(self.du, self.au)


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[espaces.Genes], tuple[Occupation]]


def _lit(c: RevoirReservations, _: Contexte) -> Lot[Etats]:
    return lire(espaces.genes_de(espace(c.espace))).puis(
        lambda lus: lire(occupation_de(*(jour(ou, j) for ou in _ou(c, lus[0]) for j in _jours(c.du, c.au))))
    )


def _ou(c: RevoirReservations, genes: espaces.Genes) -> tuple[EspaceId, ...]:
    """The space and those that it contains, which close with it; or both that are now linked."""
    return (c.espace, *espaces.contenus(c.espace, genes, c.du, c.au)) if c.avec is None else (c.espace, c.avec)


def _jours(du: Date, au: Date) -> Iterator[Date]:
    yield from (du.add(days=n) for n in range(jours_entre(du, au) + 1))


def _revoir(c: RevoirReservations, etats: Etats, x: Contexte) -> Issue:
    (genes,), (occupation,) = etats
    tenues = [r for f in occupation.values() if (r := actuelle(f, x.survenu_le))]
    prises = [(r, e) for r in tenues for e in _prises(r, c, x) if e.espace in _ou(c, genes)]
    genees = prises if c.avec is None else _se_genent(prises, genes, x)
    touchees = {r.reservation: (r, e) for r, e in genees}.values()
    cause = "fermeture" if c.avec is None else "lien"
    match c.sort:
        case "annuler":
            return [vers(ReservationAnnulee, r, motif=c.motif) for r, _ in touchees]
        case "garder":
            return [vers(ReservationRevue, r, sort="maintenue", cause=cause) for r, _ in touchees if _a_garder(r)]
    return [evincee(r, e, cause) for r, e in touchees]


def _prises(r: Active, c: RevoirReservations, x: Contexte) -> Iterator[Emprise]:
    """The hours that it takes on these days, and that are not over."""
    for e in tient(r, x.survenu_le) if not isinstance(r, AbsenceNotee) else ():
        if e.periode.bornes()[1] > x.survenu_le and any(c.du <= j <= c.au for j in e.periode.jours()):
            yield e


def _se_genent(
    prises: list[tuple[Active, Emprise]], genes: espaces.Genes, x: Contexte
) -> Iterator[tuple[Active, Emprise]]:
    """Those that are in the way of one made before, on the other space, to which theirs is linked that day.

    Of a link that has just led here, and may be on trial, that is known.
    """
    for n, (r, e) in enumerate(prises):
        lies = {ou for j in e.jours() for ou in espaces.genantes(e.espace, genes, j, j)}
        avant = [autre.espace for _, autre in prises[:n] if autre.espace != e.espace and autre.croise(e)]
        if avant and (x.mandat == SUITE or not lies.isdisjoint(avant)):
            yield r, e


def _a_garder(r: Active) -> bool:
    """Whether to keep it is to say something: not already kept, nor waiting for an answer, which will tell."""
    return not isinstance(r, Provisoire) and not (isinstance(r, ReservationRevue) and r.sort == "maintenue")


# ── suites : ce que l'on fait d'un espace décide du sort de ses réservations ────────────────────────────────────────


def _a_la_fermeture(fait: espaces.EspaceFerme, note: Note) -> Iterator[RevoirReservations]:
    yield from _par_morceaux(RevoirReservations(espace=fait.espace, du=fait.du, au=fait.au, sort=fait.sort), note)


def _au_depart(fait: espaces.EspaceRetire, note: Note) -> Iterator[RevoirReservations]:
    yield from _par_morceaux(RevoirReservations(espace=fait.espace, du=fait.le, au=Date.MAX, sort=fait.sort), note)


def _au_lien(fait: espaces.EspacesLies, note: Note) -> Iterator[RevoirReservations]:
    """Each pair of spaces that the new link brings in each other's way."""
    dehors: tuple[EspaceId, ...] = (fait.espace,)
    dedans: tuple[EspaceId, ...] = (fait.avec,)
    if fait.nature == "contient":
        dehors = espaces.enveloppe(fait.espace, fait.liens, fait.du, Date.MAX)
        dedans = (fait.avec, *espaces.contenus(fait.avec, fait.liens, fait.du, Date.MAX))
    for un in dehors:
        for autre in dedans:
            entre = RevoirReservations(espace=un, avec=autre, du=fait.du, au=Date.MAX, sort=fait.sort)
            yield from _par_morceaux(entre, note)


def _par_morceaux(c: RevoirReservations, note: Note) -> Iterator[RevoirReservations]:
    """A few demands of two months at most, over all the days, from when it is asked, that a booking can reach.

    Between two spaces, each begins a little before the last one's end: time to tidy up is in the way across days.
    """
    demande = Date.parse_iso(note.enregistre_le[:10])  # in UTC: the day it is in the place may be the one before
    du, fin = max(c.du, demande.prev_day()), min(c.au, demande.add(months=HORIZON_MOIS, days=JOURS_MAX + 1))
    while du <= fin:
        au = min(fin, du.add(days=JOURS_MAX - 1))
        yield RevoirReservations(espace=c.espace, avec=c.avec, du=du, au=au, sort=c.sort)
        du = au.next_day() if c.avec is None or au == fin else au.subtract(days=ALENTOUR)


DEMANDES = (Demande(RevoirReservations, frozenset({"concierge", "coordination", "regie", "referent"}), _lit, _revoir),)
SUITES = (
    Suite("sort", espaces.EspaceFerme, _a_la_fermeture, notes=True),
    Suite("sort", espaces.EspaceRetire, _au_depart, notes=True),
    Suite("sort", espaces.EspacesLies, _au_lien, notes=True),
)
