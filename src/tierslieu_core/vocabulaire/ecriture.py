"""Days and hours as people write them: in full in a sentence, short in a table. What speaks of time rests on it."""

from __future__ import annotations

from whenever import Date, PlainDateTime, Time

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def date(le: Date) -> str:
    """``lundi 23 novembre 2026``; the first of a month is ``1er``."""
    return f"{JOURS[le.day_of_week().value - 1]} {le.day if le.day > 1 else '1er'} {MOIS[le.month - 1]} {le.year}"


def court(le: Date) -> str:
    """``23/11/2026``."""
    return f"{le.day:02d}/{le.month:02d}/{le.year}"


def heure(a: PlainDateTime | Time) -> str:
    """``14 h``, ``14 h 30``."""
    return f"{a.hour} h {a.minute:02d}" if a.minute else f"{a.hour} h"


def date_heure(a: PlainDateTime) -> str:
    """``lundi 23 novembre 2026 à 14 h``."""
    return f"{date(a.date())} à {heure(a)}"
