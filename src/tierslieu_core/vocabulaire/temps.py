"""Time as a place lives it: hours on its own clock, kept as such since law may change the clock; exact durations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import attrs
from whenever import Date, Instant, OffsetDateTime, PlainDateTime, RepeatedTime, SkippedTime, ZonedDateTime

from tierslieu_core.kernel.clock import ANNEES
from tierslieu_core.vocabulaire.ecriture import date, date_heure

DECALAGE = re.compile(r"[+-]\d\d:\d\d\Z")


class Moment:
    """An hour of the place's clock: ``2026-11-23T14:00``; with its offset for the hour that comes twice in October."""

    __slots__ = ("decalage", "local")
    local: PlainDateTime
    decalage: str

    def __init__(self, local: PlainDateTime, decalage: str = "") -> None:
        self.local = local
        self.decalage = decalage

    @classmethod
    def depuis_texte(cls, texte: str) -> Moment:
        """From ISO text; ``ValueError`` with the way out when it is not one."""
        decalage = texte[-6:] if texte[-6:-5] in {"+", "-"} and DECALAGE.search(texte) else ""  # 0.4 µs in most facts
        try:
            return cls(PlainDateTime.parse_iso(texte.removesuffix(decalage)), decalage)
        except ValueError:
            msg = f"une heure du lieu attendue, comme « 2026-11-23T14:00 », reçu « {texte} »"
            raise ValueError(msg) from None

    @classmethod
    def de(cls, instant: Instant, zone: str) -> Moment:
        """The hour that the clock of ``zone`` shows at an instant; its offset is kept only if that hour comes twice."""
        ici = instant.to_tz(zone)
        return cls(ici.to_plain(), _decalage(ici) if ici.is_repeated() else "")

    def dans(self, zone: str) -> ZonedDateTime:
        """That hour in a zone; an hour that no longer exists there slides past the gap."""
        if self.decalage:
            exact = OffsetDateTime.parse_iso(f"{self.local.format_iso()}{self.decalage}").to_tz(zone)
            if exact.to_plain() == self.local:
                return exact
        return self.local.assume_tz(zone, disambiguation="compatible")

    def faute_dans(self, zone: str) -> str | None:
        """Why that hour cannot be told on the clock of ``zone``, with the way out; ``None`` when it can."""
        heure = date_heure(self.local)
        if self.local.year not in ANNEES:
            return f"le {heure} : une année de {ANNEES[0]} à {ANNEES[-1]} attendue"
        try:
            decalages = [_decalage(self.local.assume_tz(zone, disambiguation="raise"))]
        except SkippedTime:
            return f"le {heure} n'existe pas dans ce fuseau ({zone}) : on passe ce jour-là à l'heure d'été"
        except RepeatedTime:
            decalages = [_decalage(self.local.assume_tz(zone, disambiguation=d)) for d in ("earlier", "later")]
            if not self.decalage:
                return f"le {heure} a lieu deux fois ce jour-là : ajoutez le décalage ({' ou '.join(decalages)})"
        if self.decalage in ("", *decalages):
            return None
        return f"le décalage {self.decalage} n'est pas celui du lieu à cette heure ({' ou '.join(decalages)})"

    def __str__(self) -> str:
        return f"{self.local.format_iso()}{self.decalage}"

    def __repr__(self) -> str:
        return f"Moment({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and (self.local, self.decalage) == (other.local, other.decalage)

    def __hash__(self) -> int:
        return hash((self.local, self.decalage))

    def __lt__(self, other: Moment) -> bool:
        """By the clock's face; of the hour that comes twice, the greater offset comes first."""
        return (self.local, -_minutes(self.decalage)) < (other.local, -_minutes(other.decalage))

    def rang(self) -> str:
        """A text by which moments sort in the same order."""
        local = self.local.format_iso()
        return f"{local} {1440 - _minutes(self.decalage):04}" if self.decalage else f"{local} 1440"


@attrs.frozen
class Periode:
    """From ``debut`` (included) to ``fin`` (excluded), on the clock of ``zone``: touching is not overlapping."""

    debut: Moment
    fin: Moment
    zone: str

    @classmethod
    def de_jours(cls, du: Date, au: Date, zone: str) -> Periode:
        """Whole days, both included: from the first one's morning to the last one's night."""
        return cls(Moment(du.at(MINUIT)), Moment(au.next_day().at(MINUIT)), zone)

    def bornes(self) -> tuple[Instant, Instant]:
        """The exact instants."""
        return self.debut.dans(self.zone).to_instant(), self.fin.dans(self.zone).to_instant()

    def minutes(self) -> int:
        """The exact length, in minutes begun, across both changes of the clock."""
        debut, fin = self.bornes()
        return -(-(fin.timestamp(unit="nanosecond") - debut.timestamp(unit="nanosecond")) // MINUTE)

    def jours(self) -> Iterator[Date]:
        """Each local day that it touches: ending at midnight, it does not take the day that begins."""
        le, fin = self.debut.local.date(), self.fin.dans(self.zone).to_instant()
        while le.at(MINUIT).assume_tz(self.zone, disambiguation="compatible").to_instant() < fin:
            yield le
            le = le.next_day()

    def croise(self, autre: Periode) -> bool:
        """Whether both hold at one same instant."""
        debut, fin = self.bornes()
        la, lb = autre.bornes()
        return debut < lb and la < fin

    def fautes(self) -> list[tuple[str, str]]:
        """End before start; more days than a booking may span (a longer use is a convention)."""
        debut, fin = self.bornes()
        if fin <= debut:
            return [("fin", f"doit venir après le début ({date_heure(self.debut.local)})")]
        if len(list(islice(self.jours(), JOURS_MAX + 1))) > JOURS_MAX:
            return [("fin", f"une réservation tient en {JOURS_MAX} jours au plus ; au-delà, c'est une convention")]
        return []


MINUIT = PlainDateTime(2000, 1, 1).time()
JOURS_MAX = 62
MINUTE = 60_000_000_000


def ordre(du: Date, au: Date | None, champ: str = "au") -> list[tuple[str, str]]:
    """The fault of a last day that comes before the first; none when there is no last day."""
    return [(champ, f"doit venir après le {date(du)}")] if au is not None and au < du else []


def matin(le: Date, zone: str) -> Instant:
    """The first instant of a day there."""
    return le.at(MINUIT).assume_tz(zone, disambiguation="compatible").to_instant()


def jours_entre(debut: Date, fin: Date) -> int:
    """Days from one date to another, negative backwards."""
    return fin.to_stdlib().toordinal() - debut.to_stdlib().toordinal()  # ``until`` fails near the calendar's end


def debut_de_semaine(le: Date) -> Date:
    """The Monday of that week."""
    return le.subtract(days=le.day_of_week().value - 1)


def mois_entre(debut: Date, fin: Date) -> Iterator[Date]:
    """The first day of each month from one date's to another's."""
    le = debut.replace(day=1)
    while le <= fin:
        yield le
        le = le.add(months=1)


def _decalage(ici: ZonedDateTime) -> str:
    return str(ici.to_fixed_offset())[-6:]


def _minutes(decalage: str) -> int:
    """An offset in minutes: ``+01:00`` is 60, none is 0."""
    return int(f"{decalage[0]}1") * (int(decalage[1:3]) * 60 + int(decalage[4:])) if decalage else 0
