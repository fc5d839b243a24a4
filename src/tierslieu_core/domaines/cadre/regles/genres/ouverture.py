"""Kinds that judge when the place is open: opening hours, closures."""

from __future__ import annotations

from typing import ClassVar

import attrs
from whenever import Date, PlainDateTime, Time

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import JOURS, date, heure, liste
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import ordre

MINUIT = Time(0)


@attrs.frozen(kw_only=True)
class Plage:
    """Open from ``de`` to ``a`` on these days of the week (Monday is 1); midnight as ``a`` is the end of the day."""

    jours: tuple[int, ...] = champ("jours de la semaine (lundi : 1)")
    de: Time = champ("ouverture")  # noqa: RUF009 - champ() is an attrs field
    a: Time = champ("fermeture (minuit : la fin du jour)")  # noqa: RUF009 - as above

    def phrase(self) -> str:
        return f"{liste([JOURS[j - 1] for j in self.jours])} de {heure(self.de)} à {_heure_de_fin(self.a)}"


@attrs.frozen(kw_only=True)
class Horaires:
    """A use lies within the opening hours, day by day."""

    NOM: ClassVar[str] = "horaires"
    plages: tuple[Plage, ...] = champ("les heures d'ouverture")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        return _heures(m)

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        asked = _par_jour(valeur)
        if asked is None:
            return "indeterminee"
        return "satisfaite" if all(self._ouvert(*part) for part in asked) else "refuse"

    def _ouvert(self, jour: Date, de: Time, a: Time) -> bool:
        end = max(_fin(a), _minutes(de) + 1)  # at least a minute: an October hour begins and ends on one face
        at = _minutes(de)
        for plage in sorted(self.plages, key=lambda p: p.de):
            if jour.day_of_week().value in plage.jours and _minutes(plage.de) <= at:
                at = max(at, _fin(plage.a))
        return at >= end

    def limite(self) -> Valeur:
        return ";".join(f"{''.join(map(str, p.jours))}/{p.de.format_iso()}/{p.a.format_iso()}" for p in self.plages)

    def phrase(self) -> str:
        return "ouvert " + " ; ".join(p.phrase() for p in self.plages)

    def refus(self, valeur: Valeur, _: str) -> str:
        asked = liste([f"le {date(j)} de {heure(de)} à {_heure_de_fin(a)}" for j, de, a in _par_jour(valeur) or ()])
        return f"la demande va {asked} ; {self.phrase()}. Choisissez un créneau dans ces heures."

    def fautes(self) -> list[tuple[str, str]]:
        found = [] if self.plages else [("genre.plages", "au moins une plage")]
        for n, p in enumerate(self.plages):
            if not p.jours or any(not 1 <= j <= len(JOURS) for j in p.jours):
                found.append((f"genre.plages[{n}].jours", "des jours de 1 (lundi) à 7 (dimanche)"))
            if _fin(p.a) <= _minutes(p.de):
                found.append((f"genre.plages[{n}].a", f"doit venir après {heure(p.de)}"))
        return found


@attrs.frozen(kw_only=True)
class Fermeture:
    """Closed from one day to another, both included."""

    NOM: ClassVar[str] = "fermeture"
    du: Date = champ("premier jour")  # noqa: RUF009 - champ() is an attrs field
    au: Date = champ("dernier jour")  # noqa: RUF009 - as above

    def sur(self) -> str:
        return f"{self.du}/{self.au}"

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.renouvellements is not None:
            return None  # a loan is renewed from anywhere
        return _heures(m) or Mesuree(f"{m.jour}T00:00:00/{m.jour}T00:00:01")

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        asked = _par_jour(valeur)
        if asked is None:
            return "indeterminee"
        return "refuse" if any(self.du <= jour <= self.au for jour, _, _ in asked) else "satisfaite"

    def limite(self) -> Valeur:
        return self.sur()

    def phrase(self) -> str:
        return f"fermé du {date(self.du)} au {date(self.au)}" if self.du != self.au else f"fermé le {date(self.du)}"

    def refus(self, _: Valeur, __: str) -> str:
        return f"{self.phrase()}. Choisissez un jour hors de cette fermeture."

    def fautes(self) -> list[tuple[str, str]]:
        return ordre(self.du, self.au, "genre.au")


def _heures(m: Mesures) -> Mesuree | None:
    """The hours asked, on the place's clock; a loan is asked by days and has none."""
    if m.periode is None or m.duree_jours is not None:
        return None
    return Mesuree(f"{m.periode.debut.local.format_iso()}/{m.periode.fin.local.format_iso()}")


def _par_jour(valeur: Valeur) -> list[tuple[Date, Time, Time]] | None:
    """Each local day of ``debut/fin`` with the hours that it covers; midnight as an end is the end of the day."""
    try:  # sorted, since 2 h 15 follows 2 h 45 on an October night
        debut, fin = sorted(PlainDateTime.parse_iso(t) for t in str(valeur).split("/"))
    except ValueError:
        return None
    found, jour = [], debut.date()
    if debut == fin:  # an hour of that night: the clock shows one face at both ends
        return [(jour, debut.time(), debut.time())]
    while jour.at(MINUIT) < fin:
        de = debut.time() if jour == debut.date() else MINUIT
        a = fin.time() if jour == fin.date() else MINUIT
        found.append((jour, de, a))
        jour = jour.next_day()
    return found


def _heure_de_fin(a: Time) -> str:
    return "minuit" if a == MINUIT else heure(a)


def _minutes(t: Time) -> float:
    return t.hour * 60 + t.minute + t.second / 60


def _fin(t: Time) -> float:
    return _minutes(t) or 1440
