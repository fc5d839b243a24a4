"""Kinds that judge who asks: membership current, public, habilitation held."""

from __future__ import annotations

from typing import ClassVar

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, vrai
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import date, liste
from tierslieu_core.vocabulaire.mesures import Mesures


@attrs.frozen(kw_only=True)
class AdhesionAJour:
    """The person's membership is current on the day of use."""

    NOM: ClassVar[str] = "adhesion_a_jour"

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.adhesion is None:
            return Mesuree(valeur=False)
        return Mesuree(m.adhesion >= m.jour, str(m.adhesion))

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return vrai(valeur)

    def limite(self) -> Valeur:
        return True

    def phrase(self) -> str:
        return "réservé aux adhérents à jour"

    def refus(self, _: Valeur, sur: str) -> str:
        held = f"l'adhésion de cette personne va au {date(Date.parse_iso(sur))}" if sur else "aucune adhésion en cours"
        return f"{self.phrase()} ; {held}. Demandez l'adhésion ou son renouvellement."

    def fautes(self) -> list[tuple[str, str]]:
        return []


@attrs.frozen(kw_only=True)
class Public:
    """The person belongs to one of these publics (tiers, groups)."""

    NOM: ClassVar[str] = "public"
    admis: tuple[str, ...] = champ("publics, paliers ou groupes admis")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return Mesuree(",".join(map(_mot, (*m.publics, *m.groupes))))

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        if not isinstance(valeur, str):
            return "indeterminee"
        return "refuse" if set(map(_mot, self.admis)).isdisjoint(valeur.split(",")) else "satisfaite"

    def limite(self) -> Valeur:
        return ",".join(self.admis)

    def phrase(self) -> str:
        return f"réservé à : {liste(self.admis, 'ou')}"

    def refus(self, valeur: Valeur, _: str) -> str:
        being = f"est : {liste(str(valeur).split(','))}" if valeur else "n'est d'aucun d'eux"
        return f"{self.phrase()} ; cette personne {being}. Voyez avec la conciergerie comment en faire partie."

    def fautes(self) -> list[tuple[str, str]]:
        return [] if self.admis and all(self.admis) else [("genre.admis", "au moins un public")]


def _mot(public: str) -> str:
    """A public's name within a list of them: the comma is the list's."""
    return public.replace(",", ";")


@attrs.frozen(kw_only=True)
class Habilitation:
    """The person holds this habilitation, valid on the day of use."""

    NOM: ClassVar[str] = "habilitation"
    requise: str = champ("habilitation requise")

    def sur(self) -> str:
        return self.requise

    def mesure(self, m: Mesures) -> Mesuree | None:
        return Mesuree(self.requise in m.habilitations)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return vrai(valeur)

    def limite(self) -> Valeur:
        return self.requise

    def phrase(self) -> str:
        return f"il faut l'habilitation « {self.requise} »"

    def refus(self, _: Valeur, __: str) -> str:
        return f"{self.phrase()}, en cours de validité. Demandez la formation qui la donne."

    def fautes(self) -> list[tuple[str, str]]:
        return [] if self.requise else [("genre.requise", "le nom d'une habilitation")]
