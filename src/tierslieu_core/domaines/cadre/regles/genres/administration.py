"""Kinds that judge what the place keeps in order: a contract in course, an agreement signed by both sides."""

from __future__ import annotations

from typing import ClassVar

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, vrai
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.mesures import Mesures


@attrs.frozen(kw_only=True)
class ContratEnCours:
    """The place has a contract of this nature, in force on the day of use: an insurance, a rent…"""

    NOM: ClassVar[str] = "contrat_en_cours"
    nature: str = champ("nature du contrat (assurance, loyer, abonnement…)")

    def sur(self) -> str:
        return self.nature

    def mesure(self, m: Mesures) -> Mesuree | None:
        return Mesuree(None if m.contrats is None else self.nature in m.contrats)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return vrai(valeur)

    def limite(self) -> Valeur:
        return self.nature

    def phrase(self) -> str:
        return f"il faut que le lieu ait un contrat « {self.nature} » en cours ce jour-là"

    def refus(self, valeur: Valeur, _: str) -> str:
        dit = "il n'en a pas" if valeur is False else "rien ne le dit ici"
        return f"{self.phrase()} ; {dit}. La conciergerie peut en conclure un, ou renouveler celui qui finit."

    def fautes(self) -> list[tuple[str, str]]:
        return [] if self.nature else [("genre.nature", "la nature d'un contrat, comme « assurance »")]


@attrs.frozen(kw_only=True)
class ConventionSignee:
    """The person, or a collective that they belong to, has such an agreement with the place, signed by both sides."""

    NOM: ClassVar[str] = "convention_signee"
    nature: str = champ("nature de la convention (occupation, usage…)")

    def sur(self) -> str:
        return self.nature

    def mesure(self, m: Mesures) -> Mesuree | None:
        return Mesuree(None if m.conventions is None else self.nature in m.conventions)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return vrai(valeur)

    def limite(self) -> Valeur:
        return self.nature

    def phrase(self) -> str:
        return f"il faut une convention « {self.nature} » signée des deux parties, qui vaille ce jour-là pour cet usage"

    def refus(self, valeur: Valeur, _: str) -> str:
        dit = "il n'y en a pas" if valeur is False else "rien ne le dit ici"
        return f"{self.phrase()} ; {dit}. Demandez à la conciergerie d'en préparer une, puis signez-la."

    def fautes(self) -> list[tuple[str, str]]:
        return [] if self.nature else [("genre.nature", "la nature d'une convention, comme « occupation »")]
