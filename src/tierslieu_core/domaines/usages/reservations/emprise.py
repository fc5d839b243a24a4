"""Emprise: the hours that a booking takes of a space, with the time around them that getting it ready takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import attrs
from whenever import Date, Instant

from tierslieu_core.vocabulaire.faits import FaitDit
from tierslieu_core.vocabulaire.identifiants import (
    EspaceId,
    PersonneId,
    ReservationId,
    SerieId,
    jour,
    mois,
    reservation,
    serie,
)
from tierslieu_core.vocabulaire.temps import Moment, Periode


@attrs.frozen(kw_only=True)
class Emprise:
    """``periode``: the hours themselves; ``avant_minutes``, ``apres_minutes``: what nobody else can have around."""

    espace: EspaceId
    periode: Periode
    avant_minutes: int = 0
    apres_minutes: int = 0

    def bornes(self) -> tuple[Instant, Instant]:
        """From the first minute to the last, those around included."""
        debut, fin = self.periode.bornes()
        return debut.subtract(minutes=self.avant_minutes), fin.add(minutes=self.apres_minutes)

    def croise(self, autre: Emprise) -> bool:
        """Whether both take one same instant, whatever their spaces."""
        debut, fin = self.bornes()
        la, lb = autre.bornes()
        return debut < lb and la < fin

    def jours(self) -> Iterator[Date]:
        """Each local day that it touches."""
        if not self.avant_minutes and not self.apres_minutes:
            return self.periode.jours()
        debut, fin = self.bornes()
        zone = self.periode.zone
        return Periode(Moment.de(debut, zone), Moment.de(fin, zone), zone).jours()

    def jusqu_a(self, libre: Moment | None) -> Iterator[Emprise]:
        """What is left of it when its hours end at ``libre``; the whole when nothing is freed."""
        if libre is None:
            yield self
        elif self.periode.bornes()[0] < libre.dans(self.periode.zone).to_instant():
            yield attrs.evolve(self, periode=attrs.evolve(self.periode, fin=libre), apres_minutes=0)


@attrs.frozen(kw_only=True)
class Fenetre:
    """When to say that one is there: from so long before the hour to so long after."""

    avant_minutes: int
    apres_minutes: int


@attrs.frozen(kw_only=True)
class Precisions:
    """What else is said of a booking, as the place's settings were when it was made.

    ``inscrits``: those who come; ``usage``: the kind of use; ``priorite``: its rank; ``presence``: when to say on
    the spot that one is there; ``faits``: what the place asks besides.
    """

    avant_minutes: int = 0
    apres_minutes: int = 0
    configuration: str | None = None
    inscrits: tuple[PersonneId, ...] = ()
    usage: str = ""
    priorite: int = 0
    presence: Fenetre | None = None
    faits: tuple[FaitDit, ...] = ()


# ── ce qu'une réservation occupe ────────────────────────────────────────────────────────────────────────────────────


class Dite(Protocol):
    """What every fact of a booking tells."""

    @property
    def reservation(self) -> ReservationId: ...
    @property
    def espace(self) -> EspaceId: ...
    @property
    def personne(self) -> PersonneId: ...
    @property
    def periode(self) -> Periode: ...
    @property
    def precisions(self) -> Precisions: ...
    @property
    def serie(self) -> SerieId | None: ...


def emprise(r: Dite) -> Emprise:
    """The hours that its last fact tells."""
    p = r.precisions
    return Emprise(espace=r.espace, periode=r.periode, avant_minutes=p.avant_minutes, apres_minutes=p.apres_minutes)


def emprises(r: Dite, *, passees: bool = True) -> tuple[Emprise, ...]:
    """All the hours that its last fact speaks of; ``passees``: those that it leaves too."""
    garde = getattr(r, "garde", None)
    autres = (*((garde,) if garde else ()), *(getattr(r, "quitte", ()) if passees else ()))
    return tuple(dict.fromkeys((emprise(r), *autres))) if autres else (emprise(r),)


def etiquettes_de(fait: Dite) -> Iterable[str]:
    """The booking, its space on each local day, its person in each month: where it is, and where it was till then."""
    jours = dict.fromkeys((e.espace, j) for e in emprises(fait) for j in e.jours())
    yield reservation(fait.reservation)
    if fait.serie is not None:
        yield serie(fait.serie)
    yield from (jour(ou, j) for ou, j in jours)
    yield from dict.fromkeys(mois(fait.personne, j) for _, j in jours)
