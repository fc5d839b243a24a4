"""Sort: a space closes, leaves, or is linked to another; each booking that this touches gets its fate."""

from __future__ import annotations

from collections.abc import Iterator

from whenever import Date

from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.usages.reservations.occupation import Occupation, occupation_de
from tierslieu_core.domaines.usages.reservations.reservation import (
    AbsenceNotee,
    Fait,
    ReservationAnnulee,
    ReservationRevue,
    tient,
    vers,
)
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Suite, champ, commande, personnel
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, jour
from tierslieu_core.vocabulaire.temps import JOURS_MAX, jours_entre, ordre

HORIZON_MOIS = 24
"""How far ahead a departure looks for bookings: as far as rules that count uses do."""


@commande("reservations.RevoirReservations")
class RevoirReservations:
    """Décider du sort des réservations d'un espace, de tel jour à tel jour : à déplacer, gardées, ou annulées."""

    espace: EspaceId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    sort: espaces.Sort = champ("sort des réservations (revoir, garder, annuler)", default="revoir")
    motif: Personnel = personnel("motif", qui="par", conservation="reservation", default="l'espace ferme")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        if jours_entre(self.du, self.au) >= JOURS_MAX:
            return [("au", f"{JOURS_MAX} jours au plus à la fois")]
        return ordre(self.du, self.au)


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: RevoirReservations, _: Contexte) -> Lot[tuple[Occupation]]:
    return lire(occupation_de(*(jour(c.espace, j) for j in _jours(c.du, c.au))))


def _jours(du: Date, au: Date) -> Iterator[Date]:
    while du <= au:
        yield du
        du = du.next_day()


def _revoir(c: RevoirReservations, etats: tuple[Occupation], x: Contexte) -> Issue:
    touchees = [r for r in etats[0].values() if _touchee(r, c, x)]
    match c.sort:
        case "annuler":
            return [vers(ReservationAnnulee, r, motif=c.motif) for r in touchees]
        case "garder":
            return [vers(ReservationRevue, r, sort="maintenue", cause="fermeture") for r in touchees if not _gardee(r)]
    return [vers(ReservationRevue, r, sort="à déplacer", cause="fermeture") for r in touchees]


def _touchee(r: Fait, c: RevoirReservations, x: Contexte) -> bool:
    """Whether it takes hours of this space on these days, and is not over."""
    return not isinstance(r, AbsenceNotee) and any(
        e.espace == c.espace
        and e.periode.bornes()[1] > x.survenu_le
        and any(c.du <= j <= c.au for j in e.periode.jours())
        for e in tient(r, x.survenu_le)
    )


def _gardee(r: Fait) -> bool:
    return isinstance(r, ReservationRevue) and r.sort == "maintenue"


# ── suites : ce que l'on fait d'un espace décide du sort de ses réservations ────────────────────────────────────────


def _a_la_fermeture(fait: espaces.EspaceFerme) -> Iterator[RevoirReservations]:
    yield from _par_morceaux(fait.espace, fait.du, fait.au, fait.sort)


def _au_depart(fait: espaces.EspaceRetire) -> Iterator[RevoirReservations]:
    yield from _par_morceaux(fait.espace, fait.le, fait.le.add(months=HORIZON_MOIS), fait.sort)


def _par_morceaux(lequel: EspaceId, du: Date, au: Date, sort: espaces.Sort) -> Iterator[RevoirReservations]:
    """A few demands that each read two months at most."""
    while du <= au:
        fin = min(au, du.add(days=JOURS_MAX - 1))
        yield RevoirReservations(espace=lequel, du=du, au=fin, sort=sort)
        du = fin.next_day()


DEMANDES = (Demande(RevoirReservations, frozenset({"concierge", "coordination", "regie", "referent"}), _lit, _revoir),)
SUITES = (
    Suite("sort", espaces.EspaceFerme, _a_la_fermeture),
    Suite("sort", espaces.EspaceRetire, _au_depart),
)
