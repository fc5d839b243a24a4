"""Kinds about keeping one's word: notice to change or cancel a use, and how often nobody came."""

from __future__ import annotations

from typing import ClassVar

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, au_moins, au_plus, entier, positif
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte, date, duree
from tierslieu_core.vocabulaire.mesures import Mesures

AN = 366


@attrs.frozen(kw_only=True)
class PreavisAnnulation:
    """A use is cancelled at least so long before it begins."""

    NOM: ClassVar[str] = "preavis_annulation"
    ACTION: ClassVar[str] = "annuler"
    minimum_minutes: int = champ("préavis", unite="minutes")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return None if m.annulation_minutes is None else Mesuree(m.annulation_minutes)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_moins(valeur, self.minimum_minutes)

    def limite(self) -> Valeur:
        return self.minimum_minutes

    def phrase(self) -> str:
        return f"une réservation s'annule au moins {duree(self.minimum_minutes)} avant"

    def refus(self, valeur: Valeur, _: str) -> str:
        return f"{_commence(valeur)} ; {self.phrase()}. La conciergerie peut noter une absence."

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.minimum_minutes", self.minimum_minutes)


@attrs.frozen(kw_only=True)
class PreavisModification:
    """A use is moved at least so long before it was to begin."""

    NOM: ClassVar[str] = "preavis_modification"
    minimum_minutes: int = champ("préavis", unite="minutes")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return None if m.modification_minutes is None else Mesuree(m.modification_minutes)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_moins(valeur, self.minimum_minutes)

    def limite(self) -> Valeur:
        return self.minimum_minutes

    def phrase(self) -> str:
        return f"une réservation se déplace au moins {duree(self.minimum_minutes)} avant"

    def refus(self, valeur: Valeur, _: str) -> str:
        return f"{_commence(valeur)} ; {self.phrase()}. Gardez-la, ou raccourcissez-la."

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.minimum_minutes", self.minimum_minutes)


def _commence(valeur: Valeur) -> str:
    reste = entier(valeur)
    return f"elle commence dans {duree(reste)}" if reste > 0 else "elle a déjà commencé"


@attrs.frozen(kw_only=True)
class Absences:
    """Whoever booked and did not come more than so often, in the last days, books no more for a while."""

    NOM: ClassVar[str] = "absences"
    maximum: int = champ("au plus", unite="absences")
    jours: int = champ("dans les derniers jours", unite="jours", default=30)

    def sur(self) -> str:
        return str(self.jours)

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.usages is None or m.horizon_jours is None:
            return None
        depuis = m.jour.subtract(days=m.horizon_jours + self.jours)
        dernieres = [d for u in m.usages if u.absence and (d := u.periode.debut.local.date()) >= depuis]
        libre = str(min(dernieres).add(days=self.jours + 1)) if dernieres else ""
        return Mesuree(len(dernieres), libre)

    def regarde(self, _: Date, au: Date, aujourdhui: Date) -> tuple[Date, Date]:
        """The last days, as of today."""
        return aujourdhui.subtract(days=self.jours), max(au, aujourdhui)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_plus(valeur, self.maximum)

    def limite(self) -> Valeur:
        return self.maximum

    def phrase(self) -> str:
        return f"{compte(self.maximum, 'absence')} au plus en {compte(self.jours, 'jour')}"

    def refus(self, valeur: Valeur, sur: str) -> str:
        n, derniers = compte(entier(valeur), "absence"), f"{self.jours} derniers jours"
        suite = f" La prochaine fois possible : le {date(Date.parse_iso(sur))}." if sur else ""
        return f"{n} dans les {derniers} ; {self.phrase()}.{suite}"

    def fautes(self) -> list[tuple[str, str]]:
        trop = [("genre.jours", f"{AN} jours au plus")] if self.jours > AN else []
        return [*positif("genre.maximum", self.maximum, 0), *positif("genre.jours", self.jours), *trop]
