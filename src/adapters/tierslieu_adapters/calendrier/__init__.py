"""The oracle of calendars: French public holidays, school holidays, opening hours, each known by a library.

They are the extra ``calendrier``; without it, nothing is known, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tierslieu_adapters.calendrier import horaires, jours

QUESTIONS: Mapping[tuple[str, int], Callable[..., str | None]] = {
    ("ferie", 2): jours.ferie,
    ("vacances", 2): jours.vacances,
    ("horaires", 1): horaires.faute,
    ("ouvert", 4): horaires.ouvert,
}
"""Those that we answer, with how many words each is asked: another's question may have the same name."""


def oracle(quoi: str, mots: tuple[str, ...]) -> str | None:
    """The answer to a question, or ``None``: not one of ours, its library is not here, or it knows nothing of that."""
    question = QUESTIONS.get((quoi, len(mots)))
    try:
        return None if question is None else question(*mots)
    except ImportError:
        return None
