"""Which days are holidays: the public ones by ``holidays``, the school ones by ``vacances-scolaires-france``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

SUBDIVISIONS: Mapping[str, str | None] = {
    "metropole": None, "alsace-moselle": "57", "guadeloupe": "971", "martinique": "972", "guyane": "973",
    "la-reunion": "974", "mayotte": "976", "saint-barthelemy": "BL", "saint-martin": "MF",
    "saint-pierre-et-miquelon": "PM", "nouvelle-caledonie": "NC", "polynesie-francaise": "PF",
    "wallis-et-futuna": "WF",
}  # fmt: skip
"""The zones as https://calendrier.api.gouv.fr/jours-feries names them, and as the library does."""


def ferie(zone: str, le: str) -> str | None:
    """The name of the public holiday on that day, nothing when it is none; ``None`` in a zone that is not known."""
    if zone not in SUBDIVISIONS:
        return None
    found: str | None = _feries(zone, int(le[:4])).get(date.fromisoformat(le))
    return found or ""


def vacances(zone: str, le: str) -> str | None:
    """The name of the school holidays on that day, nothing outside them; ``None`` beyond what the library knows.

    Its table ends with the last holidays that are decided: what follows is not a school day, it is not known.
    """
    known = _vacances()
    day = date.fromisoformat(le)
    if zone not in ("A", "B", "C") or not min(known) <= day <= max(known):
        return None
    row = known.get(day)
    return str(row["nom_vacances"]) if row and row[f"vacances_zone_{zone.lower()}"] else ""


@cache
def _feries(zone: str, annee: int) -> Mapping[date, str]:
    from holidays import country_holidays  # noqa: PLC0415 - the extra is loaded only where it is asked something

    return dict(country_holidays("FR", subdiv=SUBDIVISIONS[zone], years=annee, language="fr", expand=False))


@cache
def _vacances() -> Mapping[date, Mapping[str, Any]]:
    from vacances_scolaires_france import SchoolHolidayDates  # type: ignore[import-untyped]  # noqa: PLC0415 - untyped; the extra

    found: Mapping[date, Mapping[str, Any]] = SchoolHolidayDates().data
    return found
