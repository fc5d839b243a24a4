"""Kinds that judge how uses follow each other: days in a row, time between two, practice kept up, nothing late."""

from __future__ import annotations

from collections.abc import Container
from itertools import chain, takewhile
from typing import ClassVar

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, au_moins, au_plus, entier, positif
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte, date, dates, duree
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Periode, jours_entre

AN = 366
SEUL = ""
"""The measure of a use that has no other around it."""


@attrs.frozen(kw_only=True)
class JoursConsecutifs:
    """A booking touches so many days at most; ``ensemble``: with the person's others that touch, as one."""

    NOM: ClassVar[str] = "jours_consecutifs"
    maximum: int = champ("au plus", unite="jours")
    ensemble: bool = champ("avec les usages de la veille et du lendemain, et ainsi de suite", default=False)

    def sur(self) -> str:
        return "ensemble" if self.ensemble else ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.periode is None or m.duree_jours is not None:
            return None
        jours = list(m.periode.jours())
        pris = {le for u in m.usages or () for le in u.periode.jours()} if self.ensemble else frozenset[Date]()
        du = jours[0].subtract(days=self._suite(jours[0], -1, pris))
        au = jours[-1].add(days=self._suite(jours[-1], 1, pris))
        return Mesuree(jours_entre(du, au) + 1, f"{du}/{au}")

    def _suite(self, le: Date, pas: int, pris: Container[Date]) -> int:
        """How many days taken follow, or come before, without a gap; no more than are needed to tell."""
        return sum(1 for _ in takewhile(lambda n: le.add(days=n * pas) in pris, range(1, self.maximum + 1)))

    def regarde(self, du: Date, au: Date, _: Date) -> tuple[Date, Date]:
        """As many days before and after as could make one row."""
        autour = self.maximum if self.ensemble else 0
        return du.subtract(days=autour), au.add(days=autour)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_plus(valeur, self.maximum)

    def limite(self) -> Valeur:
        return self.maximum

    def phrase(self) -> str:
        suite = "de suite" if self.ensemble else "par réservation"
        return f"{compte(self.maximum, 'jour')} {suite} au plus"

    def refus(self, valeur: Valeur, sur: str) -> str:
        quand = f", {dates(*map(Date.parse_iso, sur.split('/')))}" if sur else ""
        return f"cela ferait {compte(entier(valeur), 'jour')}{quand} ; {self.phrase()}. Choisissez moins de jours."

    def fautes(self) -> list[tuple[str, str]]:
        trop = [("genre.maximum", f"{AN} jours au plus")] if self.maximum > AN else []
        return [*positif("genre.maximum", self.maximum), *trop]


@attrs.frozen(kw_only=True)
class Intervalle:
    """So long goes by between two uses of the same person, whichever was asked first; none at the same time."""

    NOM: ClassVar[str] = "intervalle"
    minimum_minutes: int = champ("au moins", unite="minutes")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.usages is None or m.periode is None or m.renouvellements is not None:
            return None
        if not m.usages:
            return Mesuree(SEUL)
        demandee = m.periode
        ecart, jour = min((_ecart(demandee, u.periode), u.periode.debut.local.date()) for u in m.usages)
        return Mesuree(ecart, str(jour))

    def regarde(self, du: Date, au: Date, _: Date) -> tuple[Date, Date]:
        """The days around, as far as an other use would be too near."""
        autour = -(-self.minimum_minutes // 1440) + 1
        return du.subtract(days=autour), au.add(days=autour)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return "satisfaite" if valeur == SEUL else au_moins(valeur, self.minimum_minutes)

    def limite(self) -> Valeur:
        return self.minimum_minutes

    def phrase(self) -> str:
        return f"{duree(self.minimum_minutes)} au moins entre deux usages"

    def refus(self, valeur: Valeur, sur: str) -> str:
        n = entier(valeur)
        autre = f" (celui du {date(Date.parse_iso(sur))})" if sur else ""
        ecart = f"un autre usage{autre} est {f'à {duree(n)} de celui-ci' if n else 'au même moment, ou le touche'}"
        return f"{ecart} ; {self.phrase()}. Choisissez un autre moment."

    def fautes(self) -> list[tuple[str, str]]:
        long = [("genre.minimum_minutes", f"{AN} jours au plus")] if self.minimum_minutes > AN * 1440 else []
        return [*positif("genre.minimum_minutes", self.minimum_minutes), *long]


def _ecart(une: Periode, autre: Periode) -> int:
    """Whole minutes from the end of the first to the start of the other; 0 when they overlap or touch."""
    (debut, fin), (la, lb) = une.bornes(), autre.bornes()
    return max(0, debut.timestamp() - lb.timestamp(), la.timestamp() - fin.timestamp()) // 60


@attrs.frozen(kw_only=True)
class Pratique:
    """So many uses, that took place, in the days before: what one learnt lapses when it goes unused."""

    NOM: ClassVar[str] = "pratique"
    jours: int = champ("dans les jours d'avant", unite="jours")
    minimum: int = champ("au moins", unite="usages", default=1)

    def sur(self) -> str:
        return str(self.jours)

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.usages is None:
            return None
        depuis = m.jour.subtract(days=self.jours)
        faits = (u for u in m.usages if not u.absence and not u.en_cours)
        return Mesuree(sum(depuis <= u.periode.debut.local.date() < m.jour for u in faits))

    def regarde(self, du: Date, au: Date, _: Date) -> tuple[Date, Date]:
        """The days before."""
        return du.subtract(days=self.jours), au

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_moins(valeur, self.minimum)

    def limite(self) -> Valeur:
        return self.minimum

    def phrase(self) -> str:
        return f"{compte(self.minimum, 'usage')} au moins dans les {self.jours} jours d'avant"

    def refus(self, valeur: Valeur, _: str) -> str:
        n = entier(valeur)
        dit = compte(n, "usage") if n else "aucun usage"
        return f"{dit} dans ces jours ; {self.phrase()}. Reprenez avec une personne qui pratique, sur dérogation."

    def fautes(self) -> list[tuple[str, str]]:
        deux = range(2, AN + 1)
        trop = [] if self.jours in deux else [("genre.jours", f"de 2 à {AN} jours, reçu {self.jours}")]
        return [*trop, *positif("genre.minimum", self.minimum)]


@attrs.frozen(kw_only=True)
class SansRetard:
    """Nothing, or no more than so much, is kept past its day of return, when something else is borrowed."""

    NOM: ClassVar[str] = "sans_retard"
    maximum: int = champ("au plus, en retard", default=0)
    grace_jours: int = champ("jours de grâce", unite="jours", default=0)

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.usages is None or m.duree_jours is None or m.demande_le is None:
            return None
        jours = (_retard(u, m.demande_le.to_tz(u.periode.zone).date()) for u in m.usages if u.en_cours)
        return Mesuree(sum(n > self.grace_jours for n in jours))

    def regarde(self, _: Date, au: Date, aujourdhui: Date) -> tuple[Date, Date]:
        """From last month's loans, which may still run."""
        return aujourdhui.subtract(months=2), max(au, aujourdhui)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_plus(valeur, self.maximum)

    def limite(self) -> Valeur:
        return self.maximum

    def phrase(self) -> str:
        combien = f"{compte(self.maximum, 'prêt')} en retard au plus" if self.maximum else "aucun prêt en retard"
        grace = f" (de plus de {compte(self.grace_jours, 'jour')})" if self.grace_jours else ""
        return f"{combien}{grace}, pour emprunter"

    def refus(self, valeur: Valeur, _: str) -> str:
        return f"{self.phrase()} ; {compte(entier(valeur), 'prêt')} en retard. Rendez d'abord ce qui est dû."

    def fautes(self) -> list[tuple[str, str]]:
        cotes = (("genre.maximum", self.maximum), ("genre.grace_jours", self.grace_jours))
        return list(chain.from_iterable(positif(nom, n, 0) for nom, n in cotes))


def _retard(u: Usage, aujourdhui: Date) -> int:
    """Days past the day of return."""
    return jours_entre(u.periode.fin.local.date().prev_day(), aujourdhui)
