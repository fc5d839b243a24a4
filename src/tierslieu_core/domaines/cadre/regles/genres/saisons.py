"""The kind that counts over the seasons of a place: quarters, halves, from September to August, the summer."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, au_plus, entier, positif
from tierslieu_core.domaines.cadre.regles.genres.quotas import comptes, par_jour, somme
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import MOIS, compte, dates, duree, liste
from tierslieu_core.vocabulaire.mesures import Mesures

TRIMESTRES = (1, 4, 7, 10)


@attrs.frozen(kw_only=True)
class QuotaDeSaison:
    """So many uses, or hours, at most, by season: one begins on the first day of each of these months.

    Counted as a quota is; a season ends where the next one begins.
    """

    NOM: ClassVar[str] = "quota_de_saison"
    maximum: int = champ("au plus")
    unite: Literal["usages", "heures"] = champ("ce que l'on compte", default="usages")
    mois: tuple[int, ...] = champ("mois où commence une saison (janvier : 1)", default=(9,))

    def sur(self) -> str:
        return f"{self.unite}/{','.join(map(str, self.mois))}"

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.usages is None or m.periode is None:
            return None
        jours = par_jour([*(u.periode for u in m.usages), m.periode], self.unite)
        saisons = dict.fromkeys(self._saison(le) for le in comptes(m.periode, self.unite))
        worst, du, au = max(((somme(jours, du, au), du, au) for du, au in saisons), key=lambda w: w[0])
        return Mesuree(worst, f"{du}/{au.prev_day()}")

    def regarde(self, du: Date, au: Date, _: Date) -> tuple[Date, Date]:
        """The whole seasons."""
        return self._saison(du)[0], self._saison(au)[1].prev_day()

    def _saison(self, le: Date) -> tuple[Date, Date]:
        """The first day of its season, and that of the next."""
        debuts = [Date(an, mois, 1) for an in (le.year - 1, le.year, le.year + 1) for mois in sorted(self.mois)]
        return max(d for d in debuts if d <= le), min(d for d in debuts if d > le)

    def _limite(self) -> int:
        return self.maximum * 60 if self.unite == "heures" else self.maximum

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_plus(valeur, self._limite())

    def limite(self) -> Valeur:
        return self._limite()

    def phrase(self) -> str:
        quoi = compte(self.maximum, "heure") if self.unite == "heures" else compte(self.maximum, "usage")
        if self.mois == TRIMESTRES:
            return f"{quoi} au plus par trimestre"
        return f"{quoi} au plus par saison (à partir de {liste([MOIS[n - 1] for n in self.mois])})"

    def refus(self, valeur: Valeur, sur: str) -> str:
        n = entier(valeur)
        fait = duree(n) if self.unite == "heures" else compte(n, "usage")
        quand = f", {dates(*map(Date.parse_iso, sur.split('/')))}" if sur else ""
        return f"cela ferait {fait}{quand} ; {self.phrase()}. Annulez un autre usage, ou choisissez une autre saison."

    def fautes(self) -> list[tuple[str, str]]:
        bien = self.mois and len(set(self.mois)) == len(self.mois) and all(1 <= n <= len(MOIS) for n in self.mois)
        mois = [] if bien else [("genre.mois", "des mois, chacun une fois (janvier : 1 … décembre : 12)")]
        return [*positif("genre.maximum", self.maximum, 0), *mois]
