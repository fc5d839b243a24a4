"""Créneaux: the hours of one occurrence, as a series asks for several."""

from __future__ import annotations

import attrs
from whenever import PlainDateTime

from tierslieu_core.vocabulaire.temps import Moment, Periode


@attrs.frozen
class Creneau:
    """From ``debut`` (included) to ``fin`` (excluded), on the place's clock."""

    debut: Moment
    fin: Moment

    @classmethod
    def a_l_horloge(cls, debut: PlainDateTime, fin: PlainDateTime, zone: str) -> Creneau:
        """These hours as the clock of ``zone`` shows them: of an hour that comes twice, the first time.

        An hour that the clock skips slides past the gap; the length is kept where nothing of it would be left.
        """
        a, b = (h.assume_tz(zone, disambiguation="compatible").to_instant() for h in (debut, fin))
        if b <= a:
            b = a + (fin.assume_utc() - debut.assume_utc())
        return cls(Moment.de(a, zone), Moment.de(b, zone))

    def periode(self, zone: str) -> Periode:
        """On the clock of ``zone``."""
        return Periode(self.debut, self.fin, zone)

    def faute_dans(self, zone: str) -> str | None:
        """Why it cannot be had on the clock of ``zone``, with the way out; ``None`` when it can."""
        heures = self.debut.faute_dans(zone) or self.fin.faute_dans(zone)
        if heures is not None:
            return heures
        fautes = self.periode(zone).fautes()
        return f"{self} : {fautes[0][0]} : {fautes[0][1]}" if fautes else None

    def __str__(self) -> str:
        return f"{self.debut} – {self.fin}"
