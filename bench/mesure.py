"""What a figure is, and how two works are compared fairly on a disk that has its moods."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Literal

import attrs


@attrs.frozen
class Figure:
    """One figure, with what is required of it and what is aimed at; ``None``: for information.

    ``sens``: whether more or less is better.
    """

    sujet: str
    nom: str
    valeur: float
    sens: Literal["≥", "≤"] = "≥"
    requis: float | None = None
    vise: float | None = None
    unite: str = ""

    def atteint(self, limite: float | None) -> bool:
        """Whether it is at least as good as that."""
        return limite is None or (self.valeur >= limite if self.sens == "≥" else self.valeur <= limite)


def in_turn(blocks: int, *works: Callable[[], object], clock: Callable[[], float] = perf_counter) -> list[float]:
    """Seconds of each work, in alternating blocks (ABAB), the median one; the first block warms up."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(blocks + 1):
        for work, spent in zip(works, times, strict=True):
            begun = clock()
            work()
            spent.append(clock() - begun)
    return [statistics.median(spent[1:]) for spent in times]


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
