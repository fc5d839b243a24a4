"""Kinds that judge by the calendar: public holidays, school holidays, as those of the place's zones are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.francais import date, liste
from tierslieu_core.vocabulaire.mesures import Mesures


@attrs.frozen(kw_only=True)
class Feries:
    """Closed on public holidays (or open on them, where a wider rule closes)."""

    NOM: ClassVar[str] = "feries"
    ouvert: bool = champ("ouvert les jours fériés", default=False)

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.renouvellements is not None:
            return None  # a loan is renewed from anywhere
        noms = _noms(m, Calendrier.ferie)
        if noms is None:
            return Mesuree(None)
        return Mesuree(";".join(f"{le.format_iso()} {nom}" for le, nom in noms if nom))

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        if not isinstance(valeur, str):
            return "indeterminee"
        return "refuse" if valeur and not self.ouvert else "satisfaite"

    def limite(self) -> Valeur:
        return self.ouvert

    def phrase(self) -> str:
        return "ouvert les jours fériés" if self.ouvert else "fermé les jours fériés"

    def refus(self, valeur: Valeur, _: str) -> str:
        jours = [jour.partition(" ") for jour in str(valeur).split(";") if jour and valeur is not None]
        dits = [f"le {date(Date.parse_iso(le))} est férié ({nom})" for le, _, nom in jours]
        return f"{liste(dits) or INCONNU} ; {self.phrase()}. Choisissez un autre jour."

    def fautes(self) -> list[tuple[str, str]]:
        return []


@attrs.frozen(kw_only=True)
class VacancesScolaires:
    """Only during school holidays, or never during them: those of the place's zone."""

    NOM: ClassVar[str] = "vacances_scolaires"
    quand: Literal["seulement", "jamais"] = champ("pendant les vacances scolaires")

    def sur(self) -> str:
        return ""

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.renouvellements is not None:
            return None
        noms = _noms(m, Calendrier.vacance)
        if noms is None:
            return Mesuree(None)
        pendant = [nom for _, nom in noms if nom]
        return Mesuree(f"{len(pendant)}/{len(noms)}", liste(list(dict.fromkeys(pendant))))

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        if not isinstance(valeur, str):
            return "indeterminee"
        pendant, _, tous = valeur.partition("/")
        return "satisfaite" if pendant == (tous if self.quand == "seulement" else "0") else "refuse"

    def limite(self) -> Valeur:
        return self.quand

    def phrase(self) -> str:
        return f"{self.quand} pendant les vacances scolaires"

    def refus(self, valeur: Valeur, sur: str) -> str:
        if valeur is None:
            dit = INCONNU
        elif self.quand == "jamais":
            dit = f"la demande tombe pendant les vacances scolaires ({sur})"
        else:
            dit = "la demande tombe hors des vacances scolaires"
        return f"{dit} ; {self.phrase()}. Choisissez un autre jour."

    def fautes(self) -> list[tuple[str, str]]:
        return []


INCONNU = "le calendrier de ces jours n'est pas connu ici"


def _noms(m: Mesures, nom: Callable[[Calendrier, Date], str | None]) -> list[tuple[Date, str]] | None:
    """Each day of use and its name; ``None`` when one of them is not known."""
    if m.calendrier is None:
        return None
    found = [(le, nom(m.calendrier, le)) for le in _jours(m)]
    known = [(le, dit) for le, dit in found if dit is not None]
    return known if len(known) == len(found) else None


def _jours(m: Mesures) -> Iterator[Date]:
    """The days of use: all those of a booking, the first one of a loan, which then goes home."""
    if m.periode is None or m.duree_jours is not None:
        yield m.jour
    else:
        yield from m.periode.jours()
