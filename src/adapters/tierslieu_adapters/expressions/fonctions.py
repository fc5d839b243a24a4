"""The functions that expressions have for time, all on the place's own clock. ``whenever`` is what reckons.

CEL hands over an instant of UTC and takes one back; what fails here is an error there, so that nothing is decided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from whenever import Date, Instant, ZonedDateTime

from tierslieu_core.kernel.clock import ANNEES
from tierslieu_core.vocabulaire.temps import MINUIT, Moment, jours_entre

Temps = dt.datetime


class Fonction(NamedTuple):
    """One function: what it takes and gives (as CEL names types), what it says, how it is reckoned in a zone."""

    prend: tuple[str, ...]
    rend: str
    libelle: str
    fait: Callable[..., Any]


def _ici(t: Temps, zone: str) -> ZonedDateTime:
    if not zone:
        msg = "the place's clock is not known"
        raise ValueError(msg)
    return Instant(t).to_tz(zone)


def _la(z: ZonedDateTime) -> Temps:
    if z.year not in ANNEES:
        msg = "beyond the years that a place may date"
        raise ValueError(msg)
    return z.to_instant().to_stdlib()


def _date(zone: str, texte: str) -> Temps:
    return _la(Date.parse_iso(texte).at(MINUIT).assume_tz(zone, disambiguation="compatible"))


def _mois_entre(zone: str, a: Temps, b: Temps) -> int:
    """Whole months: from 31 January, February is one month away on its last day, as ``mois_apres`` counts."""
    du, au = _ici(a, zone), _ici(b, zone)
    if au < du:
        return -_mois_entre(zone, b, a)
    n = (au.year - du.year) * 12 + au.month - du.month
    return n if du.add(months=n) <= au else n - 1


def _apres(zone: str, t: Temps, *, mois: int = 0, jours: int = 0) -> Temps:
    """So much later on the clock of the place; an hour that a change of the clock removes slides past it."""
    return _la(_ici(t, zone).add(months=mois, days=jours))


def _jour_de(zone: str, t: Temps) -> Temps:
    return _la(_ici(t, zone).start_of("day"))


def _de_semaine(zone: str, a: Temps, b: Temps) -> int:
    """Mondays to Fridays from one day, left out, to another, counted in: whole weeks, then the days that are left."""
    du, au = _ici(a, zone).date(), _ici(b, zone).date()
    if au < du:
        return -_de_semaine(zone, b, a)
    semaines, reste = divmod(jours_entre(du, au), 7)
    premier = du.day_of_week().value
    return semaines * 5 + sum((premier + n - 1) % 7 < 5 for n in range(1, reste + 1))  # noqa: PLR2004 - five days in seven


def _minutes_entre(_: str, a: Temps, b: Temps) -> int:
    minutes, reste = divmod(b - a, dt.timedelta(minutes=1))
    return minutes + (minutes < 0 and bool(reste))


def _partie(quoi: Callable[[ZonedDateTime], int]) -> Callable[[str, Temps], int]:
    return lambda zone, t: quoi(_ici(t, zone))


INSTANT, ENTIER, TEXTE, DUREE = "TIMESTAMP", "INT", "STRING", "DURATION"
FONCTIONS: Mapping[str, Fonction] = {
    "date": Fonction((TEXTE,), INSTANT, "un jour dit, à minuit : date('2026-09-01')", _date),
    "instant": Fonction(
        (TEXTE,), INSTANT, "une heure dite, sur l'horloge du lieu : instant('2026-09-01T14:00')",
        lambda zone, texte: _la(Moment.depuis_texte(texte).dans(zone)),
    ),
    "jour_de": Fonction((INSTANT,), INSTANT, "minuit, ce jour-là", _jour_de),
    "annee": Fonction((INSTANT,), ENTIER, "l'année", _partie(lambda z: z.year)),
    "mois": Fonction((INSTANT,), ENTIER, "le mois, de 1 à 12", _partie(lambda z: z.month)),
    "jour_du_mois": Fonction((INSTANT,), ENTIER, "le quantième, de 1 à 31", _partie(lambda z: z.day)),
    "jour_semaine": Fonction(
        (INSTANT,), ENTIER, "de 1 (lundi) à 7 (dimanche)", _partie(lambda z: z.date().day_of_week().value)
    ),
    "heure": Fonction((INSTANT,), ENTIER, "l'heure, de 0 à 23", _partie(lambda z: z.hour)),
    "minute": Fonction((INSTANT,), ENTIER, "la minute, de 0 à 59", _partie(lambda z: z.minute)),
    "rang_du_jour_dans_le_mois": Fonction(
        (INSTANT,), ENTIER, "1 pour le premier lundi (mardi, …) du mois, 2 pour le deuxième",
        _partie(lambda z: (z.day - 1) // 7 + 1),
    ),
    "rang_depuis_la_fin_du_mois": Fonction(
        (INSTANT,), ENTIER, "1 pour le dernier lundi (mardi, …) du mois",
        _partie(lambda z: (z.days_in_month() - z.day) // 7 + 1),
    ),
    "jours_apres": Fonction(
        (INSTANT, ENTIER), INSTANT, "tant de jours plus tard, à la même heure",
        lambda zone, t, n: _apres(zone, t, jours=n),
    ),
    "mois_apres": Fonction(
        (INSTANT, ENTIER), INSTANT, "tant de mois plus tard (le 31 janvier et un mois : le 28 février)",
        lambda zone, t, n: _apres(zone, t, mois=n),
    ),
    "annees_apres": Fonction(
        (INSTANT, ENTIER), INSTANT, "tant d'années plus tard", lambda zone, t, n: _apres(zone, t, mois=12 * n)
    ),
    "minutes_entre": Fonction((INSTANT, INSTANT), ENTIER, "minutes entières de l'un à l'autre", _minutes_entre),
    "jours_entre": Fonction(
        (INSTANT, INSTANT), ENTIER, "jours de l'un à l'autre, sur le calendrier du lieu",
        lambda zone, a, b: jours_entre(_ici(a, zone).date(), _ici(b, zone).date()),
    ),
    "jours_de_semaine_entre": Fonction(
        (INSTANT, INSTANT), ENTIER, "de ces jours, ceux du lundi au vendredi, fériés compris", _de_semaine
    ),
    "mois_entre": Fonction((INSTANT, INSTANT), ENTIER, "mois entiers de l'un à l'autre", _mois_entre),
    "minutes": Fonction((ENTIER,), DUREE, "une durée exacte", lambda _, n: dt.timedelta(minutes=n)),
    "heures": Fonction((ENTIER,), DUREE, "une durée exacte", lambda _, n: dt.timedelta(hours=n)),
}  # fmt: skip
"""By name. ``fait(zone, …)``; a number of steps may be negative: before."""
