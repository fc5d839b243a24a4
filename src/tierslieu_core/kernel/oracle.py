"""What a decision asks outside the journal (is it a holiday, is it open?): answered live, kept, replayed as kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Source = Callable[[str, tuple[str, ...]], str | None]
"""Answers a question with these words; ``None``: not known here."""

GARDE = "calendrier"
"""Under which name the answers are recorded, among the decision's measures."""


class Oracle:
    """Asks ``source`` each question once. ``kept``: every answer, by question: what is recorded with the decision."""

    __slots__ = ("_source", "kept")

    def __init__(self, source: Source) -> None:
        self._source = source
        self.kept: dict[str, str] = {}

    def __call__(self, quoi: str, *mots: str) -> str | None:
        """The answer, as text; ``None`` when nobody knows: a person judges then, never a guess."""
        question = asked(quoi, mots)
        if question not in self.kept:
            answer = self._source(quoi, mots)
            if answer is None:
                return None
            self.kept[question] = answer
        return self.kept[question]


def asked(quoi: str, mots: tuple[str, ...]) -> str:
    """A question in one line, as it is recorded."""
    return " ".join((quoi, *mots))


def silent(_: str, __: tuple[str, ...]) -> str | None:
    """The source that knows nothing."""
    return None


def recorded(kept: Mapping[str, str]) -> Oracle:
    """The oracle of a decision already taken: it knows what was answered then, and nothing else."""
    return Oracle(lambda quoi, mots: kept.get(asked(quoi, mots)))
