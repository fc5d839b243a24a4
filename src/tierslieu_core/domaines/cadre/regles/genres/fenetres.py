"""Kinds that judge when one may ask, and for when: absolute windows, the hour when demands open, horizon to the end."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs
from whenever import Date, PlainDateTime, Time

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, au_plus, entier, positif
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte, date, dates, heure
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import jours_entre, ordre


@attrs.frozen(kw_only=True)
class HorizonFin:
    """A use is over at most so many days after it is asked: a long one gains nothing by its start (as in MRBS)."""

    NOM: ClassVar[str] = "horizon_fin"
    maximum_jours: int = champ("horizon", unite="jours")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.horizon_jours is None:
            return None
        return Mesuree(m.horizon_jours + jours_entre(m.jour, _jours(m)[1]))

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return au_plus(valeur, self.maximum_jours)

    def limite(self) -> Valeur:
        return self.maximum_jours

    def phrase(self) -> str:
        return f"un usage finit au plus {compte(self.maximum_jours, 'jour')} après la demande"

    def refus(self, valeur: Valeur, _: str) -> str:
        ahead = entier(valeur)
        wait = compte(ahead - self.maximum_jours, "jour")
        return f"celui-ci finit dans {compte(ahead, 'jour')} ; {self.phrase()}. Redemandez dans {wait}."

    def possible_le(self, valeur: Valeur, jour: Date) -> Date:
        return jour.add(days=entier(valeur) - self.maximum_jours)

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.maximum_jours", self.maximum_jours, 0)


@attrs.frozen(kw_only=True)
class Fenetre:
    """Every day of use, or else the day of asking, lies between two dates, both included; either may be left open."""

    NOM: ClassVar[str] = "fenetre"
    du: Date | None = champ("premier jour", default=None)  # noqa: RUF009 - champ() is an attrs field
    au: Date | None = champ("dernier jour", default=None)  # noqa: RUF009 - champ() is an attrs field
    de: Literal["usage", "demande"] = champ("les jours de l'usage, ou celui de la demande", default="usage")

    def sur(self) -> str:
        return self.de

    def mesure(self, m: Mesures) -> Mesuree | None:
        if self.de == "usage":
            return None if m.renouvellements is not None else Mesuree("/".join(map(str, _jours(m))))
        demande = _demande(m)
        return None if demande is None else Mesuree(f"{demande.date()}/{demande.date()}")

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        try:
            premier, dernier = map(Date.parse_iso, str(valeur).split("/"))
        except ValueError:
            return "indeterminee"
        tot = self.du is not None and premier < self.du
        tard = self.au is not None and self.au < dernier
        return "refuse" if tot or tard else "satisfaite"

    def limite(self) -> Valeur:
        return f"{self.du or ''}/{self.au or ''}"

    def phrase(self) -> str:
        quoi = "usages" if self.de == "usage" else "demandes"
        return f"{quoi} {dates(self.du, self.au)} seulement"

    def refus(self, valeur: Valeur, _: str) -> str:
        premier, dernier = map(Date.parse_iso, str(valeur).split("/"))
        issue = "Choisissez un jour de cette période." if self.de == "usage" else "Redemandez dans cette période."
        quand = f"le {date(premier)}" if premier == dernier else dates(premier, dernier)
        return f"c'est {quand} ; {self.phrase()}. {issue}"

    def fautes(self) -> list[tuple[str, str]]:
        if self.du is None:
            return [("genre.du", "un premier jour, un dernier, ou les deux")] if self.au is None else []
        return ordre(self.du, self.au, "genre.au")


@attrs.frozen(kw_only=True)
class OuvertureDesDemandes:
    """A day may be asked from so many days before on, at an hour: « at J-7, 18 h »; not before."""

    NOM: ClassVar[str] = "ouverture_des_demandes"
    jours: int = champ("tant de jours avant", unite="jours")
    heure: Time = champ("à partir de cette heure")  # noqa: RUF009 - champ() is an attrs field

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        demande = _demande(m)
        return None if demande is None else Mesuree(f"{demande.format_iso()}/{m.jour}")

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        try:
            demande, jour = str(valeur).split("/")
            return "satisfaite" if PlainDateTime.parse_iso(demande) >= self._ouvre(jour) else "refuse"
        except ValueError:
            return "indeterminee"

    def _ouvre(self, jour: str) -> PlainDateTime:
        return Date.parse_iso(jour).subtract(days=self.jours).at(self.heure)

    def limite(self) -> Valeur:
        return f"{self.jours}/{self.heure.format_iso()}"

    def phrase(self) -> str:
        avant = f"{compte(self.jours, 'jour')} avant" if self.jours else "le jour même"
        return f"on demande un jour à partir de {heure(self.heure)}, {avant}"

    def refus(self, valeur: Valeur, _: str) -> str:
        ouvre = self._ouvre(str(valeur).split("/")[1])
        return f"{self.phrase()} ; pour ce jour-là, le {date(ouvre.date())} à {heure(ouvre)}. Redemandez alors."

    def possible_le(self, valeur: Valeur, _: Date) -> Date:
        return self._ouvre(str(valeur).split("/")[1]).date()

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.jours", self.jours, 0)


def _jours(m: Mesures) -> tuple[Date, Date]:
    """The first and the last day of use."""
    if m.periode is None:
        return m.jour, m.jour
    jours = list(m.periode.jours())
    return jours[0], jours[-1]


def _demande(m: Mesures) -> PlainDateTime | None:
    """When it is asked, on the clock of the use."""
    zone = m.periode.zone if m.periode else m.zone
    return m.demande_le.to_tz(zone).to_plain() if m.demande_le and zone else None
