"""The kind that judges the time between two moments: days, months to the day, exact hours, working days."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs
from whenever import Date, OffsetDateTime

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, positif
from tierslieu_core.domaines.cadre.regles.genres.conditions import en_mots, noms
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.francais import compte, date, duree, heure, liste
from tierslieu_core.vocabulaire.mesures import Mesures, lue
from tierslieu_core.vocabulaire.temps import jours_entre

Unite = Literal["minutes", "heures", "jours", "jours_ouvres", "semaines", "mois"]
DEMI_MOIS = 15
OUVRES_MAX = 400
VENDREDI = 5


@attrs.frozen(kw_only=True)
class Delai:
    """From one moment to another: at least so long, at most so long.

    In days, weeks and months, by the local dates: a month after 12 March is 12 April, a month and a half 15 days more.
    In minutes and hours, exactly. Working days: neither Saturdays, Sundays nor public holidays; the first day is not
    counted, the last one is.
    """

    NOM: ClassVar[str] = "delai"
    de: str = champ("depuis (un fait, debut, fin, jour, demande_le)")
    a: str = champ("jusqu'à (de même)")
    unite: Unite = champ("en", default="jours")  # noqa: RUF009 - champ() is an attrs field
    minimum: int | None = champ("au moins", default=None)
    maximum: int | None = champ("au plus", default=None)
    demi: bool = champ("et demi (15 jours de plus, en mois)", default=False)

    def lit(self) -> tuple[str, ...]:
        """The facts that it reads."""
        return self.de, self.a

    def sur(self) -> str:
        return f"{self.de}/{self.a}/{self.unite}"

    def mesure(self, m: Mesures) -> Mesuree | None:
        de, a = lue(m, self.de), lue(m, self.a)
        if not isinstance(de, str) or not isinstance(a, str):
            return Mesuree(None)
        if self.unite != "jours_ouvres":
            return Mesuree(f"{de}/{a}")
        n = _ouvres(m.calendrier, _jour(de), _jour(a))
        return Mesuree(None if n is None else f"{de}/{a}/{n}")

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        try:
            de, a, *ouvres = str(valeur).split("/")
            trop_tot = self.minimum is not None and self._avant(de, a, self.minimum, ouvres)
            trop_tard = self.maximum is not None and self._apres(de, a, self.maximum, ouvres)
        except ValueError:
            return "indeterminee"
        return "refuse" if trop_tot or trop_tard else "satisfaite"

    def _avant(self, de: str, a: str, n: int, ouvres: list[str]) -> bool:
        """Whether less than ``n`` went by."""
        match self.unite:
            case "minutes" | "heures":
                return _secondes(de, a) < n * self._secondes()
            case "jours_ouvres":
                return int(ouvres[0]) < n
            case _:
                return _jour(a) < self._plus(_jour(de), n)

    def _apres(self, de: str, a: str, n: int, ouvres: list[str]) -> bool:
        """Whether more than ``n`` went by."""
        match self.unite:
            case "minutes" | "heures":
                return _secondes(de, a) > n * self._secondes()
            case "jours_ouvres":
                return int(ouvres[0]) > n
            case _:
                return _jour(a) > self._plus(_jour(de), n)

    def _secondes(self) -> int:
        return 60 if self.unite == "minutes" else 3600

    def _plus(self, le: Date, n: int) -> Date:
        match self.unite:
            case "mois":
                return le.add(months=n, days=DEMI_MOIS if self.demi else 0)
            case "semaines":
                return le.add(weeks=n)
            case _:
                return le.add(days=n)

    def limite(self) -> Valeur:
        return f"{'' if self.minimum is None else self.minimum}/{'' if self.maximum is None else self.maximum}"

    def phrase(self) -> str:
        cotes = ((self.minimum, "au moins"), (self.maximum, "au plus"))
        bornes = [f"{self._dit(n)} {quand}" for n, quand in cotes if n is not None]
        return f"de « {en_mots(self.de)} » à « {en_mots(self.a)} » : {liste(bornes)}"

    def _dit(self, n: int) -> str:
        match self.unite:
            case "minutes":
                return duree(n)
            case "jours_ouvres":
                return f"{compte(n, 'jour')} {'ouvré' if n < 2 else 'ouvrés'}"  # noqa: PLR2004 - French plural
            case "mois":
                return f"{n} mois{' et demi' if self.demi else ''}"
            case _:
                return compte(n, self.unite[:-1])

    def refus(self, valeur: Valeur, _: str) -> str:
        try:
            de, a, *_reste = str(valeur).split("/")
            dit = f"ici, du {_en_mots(de)} au {_en_mots(a)}"
        except ValueError:
            dit = "l'une de ces dates n'est pas dite, ou n'est pas connue"
        return f"{self.phrase()} ; {dit}. Choisissez une autre date."

    def fautes(self) -> list[tuple[str, str]]:
        found = noms((self.de, self.a), "genre.de")
        if self.minimum is None and self.maximum is None:
            found.append(("genre.maximum", "un minimum, un maximum, ou les deux"))
        found += [f for c in ("minimum", "maximum") for f in positif(f"genre.{c}", getattr(self, c) or 0, 0)]
        if self.demi and self.unite != "mois":
            found.append(("genre.demi", "ne se dit qu'en mois"))
        return found


def _jour(iso: str) -> Date:
    """The local date of a date or of an instant with its offset."""
    return Date.parse_iso(iso[:10])


def _secondes(de: str, a: str) -> int:
    """Exact seconds; dates alone do not tell hours (``ValueError``)."""
    return OffsetDateTime.parse_iso(a).timestamp() - OffsetDateTime.parse_iso(de).timestamp()


def _ouvres(calendrier: Calendrier | None, de: Date, a: Date) -> int | None:
    """Working days after ``de`` and up to ``a``; ``None`` when the calendar of one of them is not known."""
    if calendrier is None or jours_entre(de, a) > OUVRES_MAX:
        return None
    n, le = 0, de
    while le < a:
        le = le.next_day()
        if le.day_of_week().value <= VENDREDI:
            ferie = calendrier.ferie(le)
            if ferie is None:
                return None
            n += not ferie
    return n


def _en_mots(iso: str) -> str:
    dit = date(_jour(iso))
    return dit if len(iso) == 10 else f"{dit} à {heure(OffsetDateTime.parse_iso(iso).to_plain())}"  # noqa: PLR2004 - a date's length
