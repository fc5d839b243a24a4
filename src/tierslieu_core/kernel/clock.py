"""The clock is given, never read inside a decision."""

from __future__ import annotations

from collections.abc import Callable

from whenever import Instant

Clock = Callable[[], Instant]
ANNEES = range(1900, 3000)
"""The years that a demand may speak of: a date of another is a slip, and arithmetic on it could fail."""


def system_clock() -> Instant:
    """Now."""
    return Instant.now()  # noqa: TID251 - this is the injected clock


def stamp(instant: Instant) -> str:
    """ISO 8601 in UTC with exactly three decimals, so that text order is time order: ``2026-11-23T10:00:00.123Z``."""
    return instant.format_iso(unit="millisecond")


def instant(text: str) -> Instant:
    """The instant that ``stamp`` wrote."""
    return Instant.parse_iso(text)


def to_millis(instant: Instant) -> Instant:
    """The same instant as the journal can say it."""
    return Instant.from_timestamp(instant.timestamp(unit="millisecond"), unit="millisecond")
