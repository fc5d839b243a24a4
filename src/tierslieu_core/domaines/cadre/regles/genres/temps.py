"""Kinds that judge how long, and how long before: duration, notice, horizon."""

from __future__ import annotations

from typing import ClassVar

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, au_moins, au_plus, entier, positif
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte, duree
from tierslieu_core.vocabulaire.mesures import Mesures


@attrs.frozen(kw_only=True)
class Duree:
    """A use lasts at most so long, and at least so long when that is said (MRBS and LibreBooking: ``max_duration``)."""

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
        return f"{self.minimum_minutes}/{self.maximum_minutes}" if self.minimum_minutes else self.maximum_minutes

    def phrase(self) -> str:
        least = f", et {duree(self.minimum_minutes)} au moins" if self.minimum_minutes else ""
        return f"{duree(self.maximum_minutes)} au plus par réservation{least}"

    def refus(self, valeur: Valeur, _: str) -> str:
        return f"la demande dure {duree(entier(valeur))} ; {self.phrase()}. Choisissez une durée dans ces limites."

    def fautes(self) -> list[tuple[str, str]]:
        least = positif("genre.minimum_minutes", self.minimum_minutes, 0)
        return [*least, *positif("genre.maximum_minutes", self.maximum_minutes, max(1, self.minimum_minutes))]


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
        left = entier(valeur)
        when = f"commence dans {duree(left)}" if left > 0 else "a déjà commencé"
        return f"l'usage demandé {when} ; {self.phrase()}. Choisissez un créneau plus tard."

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.minimum_minutes", self.minimum_minutes)


@attrs.frozen(kw_only=True)
class Horizon:
    """A use is asked at most so many days ahead, from the day it is asked to the day it begins."""

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
        ahead = entier(valeur)
        wait = compte(ahead - self.maximum_jours, "jour")
        return f"c'est dans {compte(ahead, 'jour')} ; {self.phrase()}. Redemandez dans {wait}."

    def possible_le(self, valeur: Valeur, jour: Date) -> Date:
        return jour.add(days=entier(valeur) - self.maximum_jours)

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.maximum_jours", self.maximum_jours, 0)
