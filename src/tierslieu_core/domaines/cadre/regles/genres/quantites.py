"""Kinds that count one thing: simultaneous uses, capacity, length of loans, renewals."""

from __future__ import annotations

from typing import ClassVar

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, au_plus, entier, positif
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte
from tierslieu_core.vocabulaire.mesures import Mesures


@attrs.frozen(kw_only=True)
class Simultanes:
    """So many uses at once (bookings to come, or items in hand), this one included."""

    NOM: ClassVar[str] = "simultanes"
    maximum: int = champ("au plus")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return None if m.usages is None else Mesuree(1 + sum(u.en_cours for u in m.usages))

    def regarde(self, _: Date, au: Date, aujourdhui: Date) -> tuple[Date, Date]:
        """From last month's uses, which may still run, to two years ahead."""
        return aujourdhui.subtract(months=2), max(au, aujourdhui.add(months=24))

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_plus(valeur, self.maximum)

    def limite(self) -> Valeur:
        return self.maximum

    def phrase(self) -> str:
        return f"{self.maximum} au plus à la fois"

    def refus(self, valeur: Valeur, _: str) -> str:
        return f"cela en ferait {valeur} en même temps ; {self.phrase()}. Rendez ou annulez-en d'abord."

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.maximum", self.maximum, 0)


@attrs.frozen(kw_only=True)
class Capacite:
    """So many people at most in a space."""

    NOM: ClassVar[str] = "capacite"
    maximum: int = champ("au plus", unite="personnes")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return Mesuree(m.participants) if m.action == "reserver" else None

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_plus(valeur, self.maximum)

    def limite(self) -> Valeur:
        return self.maximum

    def phrase(self) -> str:
        return f"{compte(self.maximum, 'personne')} au plus"

    def refus(self, valeur: Valeur, _: str) -> str:
        if valeur is None:
            return f"{self.phrase()} ; le nombre de participants n'est pas dit. Dites combien de personnes viendront."
        return f"{compte(entier(valeur), 'personne')} viendraient ; {self.phrase()}. Choisissez un espace plus grand."

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.maximum", self.maximum)


@attrs.frozen(kw_only=True)
class DureePret:
    """A loan lasts so many days at most, from hand-over to the day of return."""

    NOM: ClassVar[str] = "duree_pret"
    maximum_jours: int = champ("au plus", unite="jours")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return None if m.duree_jours is None else Mesuree(m.duree_jours)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_plus(valeur, self.maximum_jours)

    def limite(self) -> Valeur:
        return self.maximum_jours

    def phrase(self) -> str:
        return f"un prêt dure {compte(self.maximum_jours, 'jour')} au plus"

    def refus(self, valeur: Valeur, _: str) -> str:
        return (
            f"la demande est de {compte(entier(valeur), 'jour')} ; {self.phrase()}. Choisissez un retour plus proche."
        )

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.maximum_jours", self.maximum_jours)


@attrs.frozen(kw_only=True)
class Renouvellements:
    """A loan is renewed so many times at most."""

    NOM: ClassVar[str] = "renouvellements"
    maximum: int = champ("au plus", unite="renouvellements")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return None if m.renouvellements is None else Mesuree(m.renouvellements)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_plus(valeur, self.maximum)

    def limite(self) -> Valeur:
        return self.maximum

    def phrase(self) -> str:
        return f"{compte(self.maximum, 'renouvellement')} au plus"

    def refus(self, valeur: Valeur, _: str) -> str:
        return f"ce serait le renouvellement n° {valeur} ; {self.phrase()}. Rendez l'objet ; il se redemande ensuite."

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.maximum", self.maximum, 0)
