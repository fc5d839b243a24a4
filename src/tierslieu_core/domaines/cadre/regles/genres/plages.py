"""The kind that judges at which hours of which days a moment falls: by rank in the month, on the hour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs
from whenever import Date, OffsetDateTime, PlainDateTime, Time

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, positif
from tierslieu_core.domaines.cadre.regles.genres.conditions import en_mots, noms
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import JOURS, date, heure, liste
from tierslieu_core.vocabulaire.mesures import Mesures, lue

MINUIT = Time(0)
RANGS = {1: "1er", 2: "2e", 3: "3e", 4: "4e", 5: "5e", -1: "dernier"}
TEXTE_DE_DATE = 10


@attrs.frozen(kw_only=True)
class Tranche:
    """Some hours of some days: an end that is not after the beginning is on the day that follows."""

    jours: tuple[int, ...] = champ("jours de la semaine (lundi : 1) ; sinon tous", default=())
    rangs: tuple[int, ...] = champ("rangs de ce jour dans le mois (2 : le 2e, -1 : le dernier)", default=())
    de: Time | None = champ("à partir de ; sinon le matin", default=None)  # noqa: RUF009 - champ() is an attrs field
    a: Time | None = champ("jusqu'à ; sinon la fin du jour", default=None)  # noqa: RUF009 - as above

    def bornes(self, le: Date) -> tuple[PlainDateTime, PlainDateTime]:
        """Its hours, on one of its days."""
        de, a = self.de or MINUIT, self.a or MINUIT
        return le.at(de), (le if a > de else le.next_day()).at(a)

    def du_jour(self, le: Date) -> bool:
        """Whether that day is one of its days."""
        rangs = {(le.day - 1) // 7 + 1, *((-1,) if le.add(days=7).month != le.month else ())}
        semaine = not self.jours or le.day_of_week().value in self.jours
        return semaine and (not self.rangs or not rangs.isdisjoint(self.rangs))

    def phrase(self) -> str:
        """``le 2e et le 4e jeudi du mois de 13 h à 13 h 45``."""
        jours, rangs = [JOURS[j - 1] for j in self.jours], liste([f"le {RANGS[r]}" for r in self.rangs])
        quels = f"{rangs} {liste(jours, 'ou')} du mois" if rangs else liste(jours) or "chaque jour"
        if self.de is None:
            return quels if self.a is None else f"{quels} jusqu'à {heure(self.a)}"
        return (
            f"{quels} à partir de {heure(self.de)}"
            if self.a is None
            else f"{quels} de {heure(self.de)} à {heure(self.a)}"
        )


@attrs.frozen(kw_only=True)
class PlageHoraire:
    """Moments lie together within one opening of some hours, their last minute included; or they are on the hour."""

    NOM: ClassVar[str] = "plage"
    faits: tuple[str, ...] = champ("les moments (debut, fin, demande_le, jour, ou un fait)", default=("debut",))
    tranches: tuple[Tranche, ...] = champ("les heures admises", default=())
    pas_minutes: int = champ("heures rondes : toutes les tant de minutes (0 : peu importe)", unite="minutes", default=0)
    exclue: bool = champ("l'heure de fin n'est pas admise (« avant 17 h 30 »)", default=False)

    def lit(self) -> tuple[str, ...]:
        """The facts that it reads."""
        return self.faits

    def sur(self) -> str:
        return ",".join(self.faits)

    def mesure(self, m: Mesures) -> Mesuree | None:
        dits = [lue(m, nom) for nom in self.faits]
        return Mesuree("/".join(dits) if all(isinstance(d, str) for d in dits) else None)  # type: ignore[arg-type]  # just seen

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        try:
            moments = _moments(valeur)
        except ValueError:
            return "indeterminee"
        dedans = not self.tranches or any(self._dedans(t, moments) for t in self.tranches)
        return "satisfaite" if dedans and all(self._rond(m) for m in moments) else "refuse"

    def _dedans(self, tranche: Tranche, moments: list[PlainDateTime | Date]) -> bool:
        """Whether one opening holds them all: that of the day, or the one that began the day before."""
        premier = _jour(moments[0])
        return any(
            tranche.du_jour(le) and all(self._tient(tranche, m, le) for m in moments)
            for le in (premier, premier.prev_day())
        )

    def _tient(self, tranche: Tranche, moment: PlainDateTime | Date, le: Date) -> bool:
        if isinstance(moment, Date):
            return moment == le
        de, a = tranche.bornes(le)
        exclue = self.exclue or (tranche.a is None and len(self.faits) == 1)  # midnight alone is of the day that begins
        return de <= moment and (moment < a if exclue else moment <= a)

    def _rond(self, moment: PlainDateTime | Date) -> bool:
        if isinstance(moment, Date) or not self.pas_minutes:
            return True
        return (moment.hour * 60 + moment.minute) % self.pas_minutes == 0 and not moment.second

    def limite(self) -> Valeur:
        tranches = ("|".join(_compact(t)) for t in self.tranches)
        return ";".join((*tranches, str(self.pas_minutes), "exclue" if self.exclue else ""))

    def phrase(self) -> str:
        ronde = "à l'heure pile" if self.pas_minutes == HEURE else f"toutes les {self.pas_minutes} min, heures rondes"
        dites = [*(t.phrase() for t in self.tranches), *([ronde] if self.pas_minutes else [])]
        fin = " (l'heure de fin exclue)" if self.exclue else ""
        return f"{liste([en_mots(n) for n in self.faits])} : {' ; '.join(dites)}{fin}"

    def refus(self, valeur: Valeur, _: str) -> str:
        try:
            dits = liste([_en_mots(m) for m in _moments(valeur)])
        except ValueError:
            return f"{self.phrase()} ; ce n'est pas dit. Dites-le, puis redemandez."
        return f"la demande dit : {dits} ; {self.phrase()}. Choisissez une autre heure, ou un autre jour."

    def fautes(self) -> list[tuple[str, str]]:
        found = [*noms(self.faits), *positif("genre.pas_minutes", self.pas_minutes, 0)]
        if not self.tranches and not self.pas_minutes:
            found.append(("genre.tranches", "des heures, ou un pas en minutes"))
        for n, t in enumerate(self.tranches):
            if any(not 1 <= j <= len(JOURS) for j in t.jours):
                found.append((f"genre.tranches[{n}].jours", "des jours de 1 (lundi) à 7 (dimanche)"))
            if any(r not in RANGS for r in t.rangs) or (t.rangs and not t.jours):
                found.append((f"genre.tranches[{n}].rangs", "de 1 à 5, ou -1 pour le dernier, d'un jour de la semaine"))
        return found


HEURE = 60


def _moments(valeur: Valeur) -> list[PlainDateTime | Date]:
    """Local hours and days, from what was recorded."""
    return [
        Date.parse_iso(texte) if len(texte) == TEXTE_DE_DATE else OffsetDateTime.parse_iso(texte).to_plain()
        for texte in str(valeur).split("/")
    ]


def _jour(moment: PlainDateTime | Date) -> Date:
    return moment if isinstance(moment, Date) else moment.date()


def _en_mots(moment: PlainDateTime | Date) -> str:
    return date(moment) if isinstance(moment, Date) else f"{date(moment.date())} à {heure(moment)}"


def _compact(t: Tranche) -> Iterator[str]:
    yield "".join(map(str, t.jours))
    yield ",".join(map(str, t.rangs))
    yield from ("" if h is None else h.format_iso() for h in (t.de, t.a))
