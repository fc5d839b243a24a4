"""The calendar of a place: public holidays, school holidays, opening hours. What nobody knows is ``None``: one judges.

What is asked here is answered by an oracle (``kernel.oracle``), recorded with the decision, and replayed as recorded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from tierslieu_core.vocabulaire.francais import heure, liste
from tierslieu_core.vocabulaire.temps import MINUIT, Periode

if TYPE_CHECKING:
    from whenever import Date, Time

    from tierslieu_core.kernel.declarations import Contexte

ZONES_FERIEES = (
    "metropole", "alsace-moselle", "guadeloupe", "guyane", "la-reunion", "martinique", "mayotte",
    "nouvelle-caledonie", "polynesie-francaise", "saint-barthelemy", "saint-martin", "saint-pierre-et-miquelon",
    "wallis-et-futuna",
)  # fmt: skip
"""Where public holidays differ, named as https://calendrier.api.gouv.fr/jours-feries does."""

JOURNEE = 24 * 60
COMMENTAIRE = re.compile('"[^"]*"')
Plages = tuple[tuple[int, int], ...]
"""Hours of one day, in minutes since midnight on the place's clock: ``((480, 720), (840, 1080))``."""


@attrs.frozen
class Calendrier:
    """Whom to ask, and where the place is: its zones of public holidays and of school holidays."""

    oracle: Callable[..., str | None]
    feries: str
    vacances: str

    @classmethod
    def de(cls, x: Contexte) -> Calendrier:
        """That of the place where a demand is decided."""
        lieu: Any = x.livre.lieu
        return cls(x.oracle, lieu.jours_feries if lieu else "", lieu.vacances if lieu else "")

    def ferie(self, le: Date) -> str | None:
        """The name of that public holiday, nothing when it is none."""
        return self.oracle("ferie", self.feries, le.format_iso()) if self.feries else None

    def vacance(self, le: Date) -> str | None:
        """The name of the school holidays on that day, nothing outside them."""
        return self.oracle("vacances", self.vacances, le.format_iso()) if self.vacances else None

    def faute(self, horaires: str) -> str | None:
        """What is wrong with opening hours written as OpenStreetMap does; nothing when they can be read."""
        return self.oracle("horaires", horaires)

    def ouvert(self, horaires: str, le: Date) -> Plages | None:
        """When these hours are open on that day; a holiday of the eve counts too, since a night may go on."""
        feries = [self.ferie(le.subtract(days=1)), self.ferie(le)] if mentionne("PH", horaires) else ["", ""]
        if None in feries:
            return None
        dits = ["oui" if nom else "non" for nom in feries]
        reponse = self.oracle("ouvert", horaires, le.format_iso(), *dits)
        return None if reponse is None or "?" in reponse else plages(reponse)


def mentionne(mot: str, horaires: str) -> bool:
    """Whether hours speak of that, their comments apart: ``PH`` (public holidays), ``SH`` (school holidays)."""
    return re.search(rf"\b{mot}\b", COMMENTAIRE.sub("", horaires)) is not None


def plages(texte: str) -> Plages:
    """Hours as an oracle says them: ``08:00-12:00,14:00-18:00``."""
    bornes = (plage.split("-") for plage in texte.split(",") if plage)
    return tuple((_minutes(de), _minutes(a)) for de, a in bornes)


def couvre(ouvert: Plages, de: int, a: int) -> bool:
    """Whether hours hold all of that time."""
    for debut, fin in sorted(ouvert):
        if debut <= de:
            de = max(de, fin)
    return de >= a


def en_heures(ouvert: Plages) -> str:
    """``ouvert de 8 h à 12 h et de 14 h à 18 h``, ``fermé``."""
    dites = [f"de {_heure(de)} à {_heure(a)}" for de, a in ouvert]
    return f"ouvert {liste(dites)}" if dites else "fermé"


def parties(p: Periode) -> Iterator[tuple[Date, int, int]]:
    """Each local day that a period touches, with the time that it takes there, in minutes since midnight."""
    debut, fin = p.debut.local, p.fin.local
    for jour in p.jours():
        de = _de_l_heure(debut.time()) if jour == debut.date() else 0
        a = _de_l_heure(fin.time()) if jour == fin.date() and fin.time() != MINUIT else JOURNEE
        yield jour, min(de, a), max(de, a)  # since 2 h 15 follows 2 h 45 on an October night


def _minutes(texte: str) -> int:
    heures, minutes = texte.split(":")
    return int(heures) * 60 + int(minutes)


def _de_l_heure(a: Time) -> int:
    return a.hour * 60 + a.minute


def _heure(minutes: int) -> str:
    return "minuit" if minutes == JOURNEE else heure(MINUIT.replace(hour=minutes // 60, minute=minutes % 60))
