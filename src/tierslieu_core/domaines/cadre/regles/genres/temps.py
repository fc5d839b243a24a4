"""Kinds that judge when and for how long: duration, notice, horizon, opening hours, closures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs
from whenever import Date, PlainDateTime, Time

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, au_moins, au_plus, positif
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import JOURS, compte, date, duree, heure, liste
from tierslieu_core.vocabulaire.mesures import Mesures

MINUIT = Time(0)


@attrs.frozen(kw_only=True)
class Duree:
    """A use lasts at most so long (and at least so long). Example: MRBS ``max_duration``, LibreBooking ``max_duration``."""

    NOM: ClassVar[str] = "duree"
    maximum_minutes: int = champ("durée maximale", unite="minutes")
    minimum_minutes: int = champ("durée minimale", unite="minutes", default=0)

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return Mesuree(m.periode.minutes()) if m.periode and m.duree_jours is None else None

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        if isinstance(valeur, int) and valeur < self.minimum_minutes:
            return "refuse"
        return au_plus(valeur, self.maximum_minutes)

    def limite(self) -> Valeur:
        return self.maximum_minutes

    def phrase(self) -> str:
        least = f", et {duree(self.minimum_minutes)} au moins" if self.minimum_minutes else ""
        return f"{duree(self.maximum_minutes)} au plus par réservation{least}"

    def refus(self, valeur: Valeur, _: str) -> str:
        asked = duree(valeur) if isinstance(valeur, int) else "?"
        return f"la demande dure {asked} ; {self.phrase()}. Choisissez une durée dans ces limites."

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.maximum_minutes", self.maximum_minutes, max(1, self.minimum_minutes))


@attrs.frozen(kw_only=True)
class Preavis:
    """A use is asked at least so long before it begins."""

    NOM: ClassVar[str] = "preavis"
    minimum_minutes: int = champ("préavis", unite="minutes")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return None if m.preavis_minutes is None else Mesuree(m.preavis_minutes)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_moins(valeur, self.minimum_minutes)

    def limite(self) -> Valeur:
        return self.minimum_minutes

    def phrase(self) -> str:
        return f"une demande se fait au moins {duree(self.minimum_minutes)} avant"

    def refus(self, valeur: Valeur, _: str) -> str:
        left = valeur if isinstance(valeur, int) else 0
        when = f"commence dans {duree(left)}" if left > 0 else "a déjà commencé"
        return f"l'usage demandé {when} ; {self.phrase()}. Choisissez un créneau plus tard."

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.minimum_minutes", self.minimum_minutes)


@attrs.frozen(kw_only=True)
class Horizon:
    """A use is asked at most so many days ahead, measured to its start (or, against gaming, to its end: MRBS)."""

    NOM: ClassVar[str] = "horizon"
    maximum_jours: int = champ("horizon", unite="jours")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return None if m.horizon_jours is None else Mesuree(m.horizon_jours)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_plus(valeur, self.maximum_jours)

    def limite(self) -> Valeur:
        return self.maximum_jours

    def phrase(self) -> str:
        return f"on demande au plus {compte(self.maximum_jours, 'jour')} à l'avance"

    def refus(self, valeur: Valeur, _: str) -> str:
        extra = int(valeur or 0) - self.maximum_jours
        return (
            f"c'est dans {compte(int(valeur or 0), 'jour')} ; {self.phrase()}. Redemandez dans {compte(extra, 'jour')}."
        )

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.maximum_jours", self.maximum_jours, 0)


@attrs.frozen(kw_only=True)
class Plage:
    """Open from ``de`` to ``a`` on these days of the week (Monday is 1); midnight as ``a`` is the end of the day."""

    jours: tuple[int, ...]
    de: Time
    a: Time

    def phrase(self) -> str:
        end = heure(self.a) if self.a != MINUIT else "minuit"
        return f"{liste([JOURS[j - 1] for j in self.jours])} de {heure(self.de)} à {end}"


@attrs.frozen(kw_only=True)
class Horaires:
    """A use lies within the opening hours, day by day."""

    NOM: ClassVar[str] = "horaires"
    plages: tuple[Plage, ...]

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return _heures(m)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        if not isinstance(valeur, str):
            return "indeterminee"
        return "satisfaite" if all(self._ouvert(*part) for part in _par_jour(valeur)) else "refuse"

    def _ouvert(self, jour: Date, de: Time, a: Time) -> bool:
        end = _fin(a)
        at = _minutes(de)
        for plage in sorted(self.plages, key=lambda p: p.de):
            if jour.day_of_week().value in plage.jours and _minutes(plage.de) <= at:
                at = max(at, _fin(plage.a))
        return at >= end

    def limite(self) -> Valeur:
        return self.phrase()

    def phrase(self) -> str:
        return "ouvert " + " ; ".join(p.phrase() for p in self.plages)

    def refus(self, valeur: Valeur, _: str) -> str:
        asked = liste([f"le {date(j)} de {heure(de)} à {heure(a)}" for j, de, a in _par_jour(str(valeur))])
        return f"la demande va {asked} ; {self.phrase()}. Choisissez un créneau dans ces heures."

    def fautes(self) -> list[tuple[str, str]]:
        found = [] if self.plages else [("genre.plages", "au moins une plage")]
        for n, p in enumerate(self.plages):
            if not p.jours or any(not 1 <= j <= 7 for j in p.jours):  # noqa: PLR2004 - days of a week
                found.append((f"genre.plages[{n}].jours", "des jours de 1 (lundi) à 7 (dimanche)"))
            if _fin(p.a) <= _minutes(p.de):
                found.append((f"genre.plages[{n}].a", f"doit venir après {heure(p.de)}"))
        return found


@attrs.frozen(kw_only=True)
class Fermeture:
    """Closed from one day to another, both included."""

    NOM: ClassVar[str] = "fermeture"
    du: Date
    au: Date

    def sur(self) -> str:
        return f"{self.du}/{self.au}"

    def mesure(self, m: Mesures) -> Mesuree | None:
        return _heures(m) or Mesuree(f"{m.jour}T00:00:00/{m.jour}T00:00:01")

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        if not isinstance(valeur, str):
            return "indeterminee"
        return "refuse" if any(self.du <= jour <= self.au for jour, _, _ in _par_jour(valeur)) else "satisfaite"

    def limite(self) -> Valeur:
        return self.sur()

    def phrase(self) -> str:
        return f"fermé du {date(self.du)} au {date(self.au)}" if self.du != self.au else f"fermé le {date(self.du)}"

    def refus(self, _: Valeur, __: str) -> str:
        return f"{self.phrase()}. Choisissez un jour hors de cette fermeture."

    def fautes(self) -> list[tuple[str, str]]:
        return [("genre.au", f"doit venir après le {self.du}")] if self.au < self.du else []


def _heures(m: Mesures) -> Mesuree | None:
    """The hours asked, on the place's clock; a loan is asked by days and has none."""
    if m.periode is None or m.duree_jours is not None:
        return None
    return Mesuree(f"{m.periode.debut.local.format_iso()}/{m.periode.fin.local.format_iso()}")


def _par_jour(valeur: str) -> Iterator[tuple[Date, Time, Time]]:
    """Each local day of ``debut/fin`` with the hours that it covers; midnight as an end is the end of the day."""
    debut, fin = (PlainDateTime.parse_iso(t) for t in valeur.split("/"))
    jour = debut.date()
    while jour.at(MINUIT) < fin or jour == debut.date():
        de = debut.time() if jour == debut.date() else MINUIT
        a = fin.time() if jour == fin.date() else MINUIT
        yield jour, de, a
        jour = jour.next_day()


def _minutes(t: Time) -> float:
    return t.hour * 60 + t.minute + t.second / 60


def _fin(t: Time) -> float:
    return _minutes(t) or 1440
