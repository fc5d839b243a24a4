"""Arrêts: the days on which a space or an item cannot be used. The last fact of a thing says all of them."""

from __future__ import annotations

from typing import Literal

import attrs
from whenever import Date

from tierslieu_core.vocabulaire.ecriture import court
from tierslieu_core.vocabulaire.temps import JOURS_MAX


@attrs.frozen(kw_only=True)
class Arret:
    """Days without use, both included; ``au`` is ``None`` when the thing leaves the place for good."""

    du: Date
    au: Date | None
    motif: str

    def touche(self, du: Date, au: Date) -> bool:
        """Whether it takes a day of these, both included."""
        return self.du <= au and (self.au is None or du <= self.au)

    def __str__(self) -> str:
        return f"{court(self.du)} – {court(self.au) if self.au else '…'} ({self.motif})"


Arrets = tuple[Arret, ...]
"""All the stops of one thing."""
Sort = Literal["revoir", "garder", "annuler"]
"""What becomes of what was reserved on those days: for a person to look at, left as it is, or cancelled."""


def arret_entre(arrets: Arrets, du: Date, au: Date) -> Arret | None:
    """What takes a day of these, both included: the departure for good before any other."""
    return next((a for a in sorted(arrets, key=lambda a: a.au is not None) if a.touche(du, au)), None)


def depart(arrets: Arrets) -> Arret | None:
    """When the thing leaves the place for good."""
    return next((a for a in arrets if a.au is None), None)


def arrets_avec(arrets: Arrets, nouveau: Arret, jour: Date) -> Arrets:
    """These and one more, the last; those over for two months on that day are left out, so that facts stay short."""
    garde = jour.subtract(days=JOURS_MAX)
    return (*(a for a in arrets if a.au is None or a.au >= garde), nouveau)


def arrets_sans(arrets: Arrets, jour: Date) -> Arrets:
    """These, but for what would still stop it on that day: such a stop ends the day before. A departure stays."""
    ecourtes = (attrs.evolve(a, au=jour.prev_day()) if _court(a, jour) else a for a in arrets)
    return tuple(a for a in ecourtes if a.au is None or a.du <= a.au)


def _court(a: Arret, jour: Date) -> bool:
    return a.au is not None and a.touche(jour, jour)
