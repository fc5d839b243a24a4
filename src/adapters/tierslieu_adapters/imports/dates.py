"""Dates as databases write them: instants in UTC without saying so, days alone."""

from __future__ import annotations

import re

from whenever import Date, Instant, Time

_QUAND = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|\+00(?::?00)?)?", re.ASCII)
ANNEES = range(1970, 3000)
"""Years that a demand may speak of."""


def instant(texte: str) -> Instant | None:
    """``2012-02-11 23:30:00``, in UTC, or ``None``: the database writes no zone, and its zeros are no date."""
    found = _QUAND.fullmatch(texte)
    if found is None or int(found[1]) not in ANNEES:
        return None
    try:
        return Instant.from_utc(*(int(n or 0) for n in found.groups()))
    except ValueError:
        return None


def jour(texte: str) -> Date | None:
    """``2012-02-11``, alone or with an hour that does not count; or ``None``."""
    try:
        le = Date.parse_iso(texte[:10])
    except ValueError:
        return None
    return le if le.year in ANNEES else None


def midi(le: Date, zone: str) -> Instant:
    """The middle of a day at the place: for what the source dates by the day alone."""
    return le.at(Time(12)).assume_tz(zone, disambiguation="compatible").to_instant()
