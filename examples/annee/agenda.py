"""What is to come in the year: actions at their instant, taken in order; each may put others on the agenda."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count

from whenever import Date, Instant, Time

PARIS = "Europe/Paris"
Action = Callable[[], None]


class Agenda:
    """Actions to come, and the clock, which shows the instant of the one that is being taken."""

    def __init__(self, debut: Instant) -> None:
        self.il_est = debut
        self._a_venir: list[tuple[Instant, int, Action]] = []
        self._rang = count()

    def horloge(self) -> Instant:
        """Now, in the story."""
        return self.il_est

    def noter(self, quand: Instant, action: Action) -> None:
        """Do this then; at once, when that is past."""
        heapq.heappush(self._a_venir, (max(quand, self.il_est), next(self._rang), action))

    def avancer(self, fin: Instant) -> None:
        """Take every action up to an instant."""
        while self._a_venir and self._a_venir[0][0] < fin:
            self.il_est, _, action = heapq.heappop(self._a_venir)
            action()
        self.il_est = max(self.il_est, fin)


def a(jour: Date, heure: int, minute: int = 0) -> Instant:
    """That hour of the place's clock; the first of the two in October, the next after the gap in March."""
    return jour.at(Time(heure, minute)).assume_tz(PARIS, disambiguation="compatible").to_instant()
