"""Opening hours as OpenStreetMap writes them, read by ``opening-hours-py``; holidays are told to it, day by day.

The library knows the public holidays of a whole country only: an hour of Strasbourg would be wrong on Good Friday.
So ``PH`` is read as the weekday of the holiday that is told, on the only two days that matter: that one and its eve.

It is an extra, loaded only where it is asked something; its types forget that it has a ``ParserError``.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

SEMAINE = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
COMMENTAIRE = re.compile(r'("[^"]*")')
FERIES = re.compile(r"\bPH\b")
PLAGE = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
PIEGES = (
    (re.compile(r"\bPH *[+-]"), "un jour férié se dit « PH » tout court, sans « +1 day » ni « - »"),
    (
        re.compile(rf"\bPH +({'|'.join(SEMAINE)})\b|\b({'|'.join(SEMAINE)}) +PH\b"),
        "entre un jour et « PH », une virgule, comme « PH,Su »",
    ),
    (
        re.compile(r"\b(sunrise|sunset|dawn|dusk)\b"),
        "les heures du soleil changent chaque jour : donnez une heure, comme « 18:00 »",
    ),
)


def faute(horaires: str) -> str:
    """What is wrong with them, and where; nothing when they can be read."""
    clair = COMMENTAIRE.sub(lambda m: "·" * len(m[0]), horaires)
    for piege, raison in PIEGES:
        if found := piege.search(clair):
            return f"Au caractère {found.start() + 1} : {raison}."
    from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # noqa: PLC0415 - see above

    try:
        OpeningHours(horaires)
    except ParserError as fault:
        where = re.search(r"1:(\d+)", str(fault))
        at = int(where[1]) if where else 1
        reste = horaires[at - 1 :]
        dit = f"« {reste} » ne se comprend pas à cet endroit" if reste else "il manque la suite"
        return f"Au caractère {at} : {dit}."
    return ""


def ouvert(horaires: str, le: str, veille: str, ferie: str) -> str | None:
    """The hours of that day, ``08:00-12:00,14:00-18:00``; those that are to be confirmed end with ``?``.

    ``veille``, ``ferie``: whether its eve, and that day, are public holidays (``oui``, ``non``). A night that goes on
    past midnight is not known then: the library opens the night that a holiday closes, and cuts that of its eve.
    """
    from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # noqa: PLC0415 - see above

    debut = datetime.fromisoformat(le)
    deux = ((debut.weekday() - 1) % 7, veille), (debut.weekday(), ferie)
    feries = ",".join(SEMAINE[jour] for jour, est in deux if est == "oui")
    if feries and any(a <= de or a > "24:00" for de, a in PLAGE.findall(horaires)):
        return None
    try:
        found = OpeningHours(_dites(horaires, feries)).intervals(debut, debut + timedelta(days=1))
        return ",".join(
            f"{_heure(de - debut)}-{_heure(a - debut)}{'?' if etat == State.UNKNOWN else ''}"
            for de, a, etat, _ in found
            if etat != State.CLOSED
        )
    except (ParserError, OverflowError):
        return None


def _dites(horaires: str, feries: str) -> str:
    """With ``PH`` as these weekdays, but in comments; when there are none, ``PH`` is never."""
    parts = COMMENTAIRE.split(horaires)
    return "".join(part if n % 2 or not feries else FERIES.sub(feries, part) for n, part in enumerate(parts))


def _heure(depuis_minuit: timedelta) -> str:
    minutes = depuis_minuit // timedelta(minutes=1)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
