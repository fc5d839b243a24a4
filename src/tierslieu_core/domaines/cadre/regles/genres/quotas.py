"""The kind that counts over time: so many uses, or hours, by day, week, month, year, or any days in a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal

import attrs
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, au_plus, entier, positif
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import MOIS, compte, date, duree
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import MINUIT, Periode, debut_de_semaine

AN = 366
PeriodeDeQuota = Literal["jour", "semaine", "mois", "annee", "glissante"]


@attrs.frozen(kw_only=True)
class Quota:
    """So many uses, or hours of use, at most, by day, week, month, year or any ``jours`` days in a row (rolling).

    A use counts in the period of its start; its hours count in each period that they fall in, exactly.
    """

    NOM: ClassVar[str] = "quota"
    maximum: int = champ("au plus")
    unite: Literal["usages", "heures"] = champ("ce que l'on compte", default="usages")
    periode: PeriodeDeQuota = champ("par période", default="semaine")  # noqa: RUF009 - champ() is an attrs field
    jours: int = champ("longueur d'une période glissante", unite="jours", default=0)

    def sur(self) -> str:
        return f"{self.unite}/{self.periode}/{self.jours}"

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.usages is None or m.periode is None:
            return None
        jours = par_jour([*(u.periode for u in m.usages), m.periode], self.unite)
        worst, du, au = max(
            ((somme(jours, du, au), du, au) for du, au in self._periodes(m.periode, jours)), key=lambda w: w[0]
        )
        return Mesuree(worst, f"{du}/{au.prev_day()}")

    def regarde(self, du: Date, au: Date, _: Date) -> tuple[Date, Date]:
        """The days whose other uses it must know, for a use from ``du`` to ``au``."""
        if self.periode == "glissante":
            return du.subtract(days=self.jours), au.add(days=self.jours)
        return _bornes(self.periode, du)[0], _bornes(self.periode, au)[1].prev_day()

    def _periodes(self, demandee: Periode, jours: Iterable[Date]) -> Iterable[tuple[Date, Date]]:
        """The periods, first day included and last excluded, in which this use counts.

        Of all rolling ones, those that begin on a day that counts: to begin on another day never counts more.
        """
        days = comptes(demandee, self.unite)
        if self.periode != "glissante":
            return dict.fromkeys(_bornes(self.periode, le) for le in days)
        first, last = days[0].subtract(days=self.jours - 1), days[-1]
        return [(le, le.add(days=self.jours)) for le in sorted(jours) if first <= le <= last]

    def _limite(self) -> int:
        return self.maximum * 60 if self.unite == "heures" else self.maximum

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_plus(valeur, self._limite())

    def limite(self) -> Valeur:
        return self._limite()

    def phrase(self) -> str:
        what = compte(self.maximum, "heure") if self.unite == "heures" else compte(self.maximum, "usage")
        rolling = f"{compte(self.jours, 'jour')} {'glissant' if self.jours == 1 else 'glissants'}"
        when = rolling if self.periode == "glissante" else "an" if self.periode == "annee" else self.periode
        return f"{what} au plus par {when}"

    def refus(self, valeur: Valeur, sur: str) -> str:
        n = entier(valeur)
        count = duree(n) if self.unite == "heures" else compte(n, "usage")
        way_out = "Annulez un autre usage de la période, ou choisissez-en une autre."
        return f"cela ferait {count} ({self._nom(*map(Date.parse_iso, sur.split('/')))}) ; {self.phrase()}. {way_out}"

    def _nom(self, du: Date, au: Date) -> str:
        match self.periode:
            case "jour":
                return date(du)
            case "semaine":
                return f"semaine du {date(du)}"
            case "mois":
                return f"{MOIS[du.month - 1]} {du.year}"
            case "annee":
                return f"année {du.year}"
        return f"du {date(du)} au {date(au)}"

    def fautes(self) -> list[tuple[str, str]]:
        found = positif("genre.maximum", self.maximum, 0)
        rolling = self.periode == "glissante"
        if rolling != bool(self.jours) or not 0 <= self.jours <= AN:
            said = f"une période glissante, et elle seule, dit combien de jours elle compte ({AN} au plus)"
            found.append(("genre.jours", said))
        return found


def _bornes(periode: str, le: Date) -> tuple[Date, Date]:
    match periode:
        case "jour":
            return le, le.next_day()
        case "semaine":
            lundi = debut_de_semaine(le)
            return lundi, lundi.add(days=7)
        case "mois":
            first = le.replace(day=1)
            return first, first.add(months=1)
        case _:
            first = le.replace(month=1, day=1)
            return first, first.add(years=1)


def par_jour(uses: Iterable[Periode], unite: str) -> Counter[Date]:
    """What counts on each local day."""
    found = Counter[Date]()
    for use in uses:
        for le in comptes(use, unite):
            found[le] += _minutes_le(use, le) if unite == "heures" else 1
    return found


def comptes(use: Periode, unite: str) -> list[Date]:
    """The days on which a use counts."""
    return list(use.jours()) if unite == "heures" else [use.debut.local.date()]


def somme(jours: Mapping[Date, int], du: Date, au: Date) -> int:
    """What counts from a day (included) to another (excluded)."""
    return sum(n for le, n in jours.items() if du <= le < au)


def _minutes_le(p: Periode, le: Date) -> int:
    """Exact minutes, begun, of a use on a local day."""
    debut, fin = p.bornes()
    a, b = max(debut, _minuit(le, p.zone)), min(fin, _minuit(le.next_day(), p.zone))
    return -(-(b.timestamp() - a.timestamp()) // 60)


def _minuit(le: Date, zone: str) -> Instant:
    return le.at(MINUIT).assume_tz(zone, disambiguation="compatible").to_instant()
