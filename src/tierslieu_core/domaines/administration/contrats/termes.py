"""Termes: from when to when a contract runs, how it goes on by itself, and until when notice is given. Dates alone."""

from __future__ import annotations

import attrs
from whenever import Date

from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.ecriture import court, date
from tierslieu_core.vocabulaire.francais import compte, liste

MOIS_MAX, JOURS_MAX = 1200, 3650


@attrs.frozen(kw_only=True)
class Termes:
    """``echeance``: the last day of its first period, ``None`` when it has no end.

    ``tacite_mois``: the length of the periods by which it goes on, when nobody gave notice in time; 0: it ends.
    """

    du: Date
    echeance: Date | None = None
    preavis_mois: int = champ("préavis", unite="mois", default=0)
    preavis_jours: int = champ("préavis", unite="jours", default=0)
    tacite_mois: int = champ("tacite reconduction", unite="mois", default=0)

    def echeance_au(self, jour: Date) -> Date | None:
        """The last day of the period in course that day; each is counted from the first, so that 31 stays 31."""
        if self.echeance is None or self.tacite_mois == 0 or jour <= self.echeance:
            return self.echeance
        ecoules = 12 * (jour.year - self.echeance.year) + jour.month - self.echeance.month
        n = max(0, ecoules // self.tacite_mois - 1)
        while (une := self.echeance.add(months=n * self.tacite_mois)) < jour:
            n += 1
        return une

    def limite(self, echeance: Date) -> Date:
        """The last day on which notice is given for that due date."""
        return echeance.subtract(months=self.preavis_mois, days=self.preavis_jours)

    def fin(self, preavis: Date, pour: Date) -> Date:
        """The last day of a contract when notice is given that day, for ``pour`` at the earliest."""
        vient = self.echeance_au(pour)
        if vient is None:
            return max(pour, preavis.add(months=self.preavis_mois, days=self.preavis_jours))
        while self.limite(vient) < preavis:
            suivante = self.echeance_au(vient.next_day())
            assert suivante is not None  # noqa: S101 - it has a due date
            vient = suivante
        return vient

    def preavis(self) -> str:
        """``2 mois et 15 jours``; nothing when there is none to give."""
        mois = [f"{self.preavis_mois} mois"] if self.preavis_mois else []
        return liste([*mois, *([compte(self.preavis_jours, "jour")] if self.preavis_jours else [])])

    def reconduction(self) -> str:
        """``12 mois``; nothing when it does not go on by itself."""
        return f"{self.tacite_mois} mois" if self.tacite_mois else ""

    def __str__(self) -> str:
        jours = f"du {court(self.du)} au {court(self.echeance)}" if self.echeance else f"à partir du {court(self.du)}"
        preavis = f"préavis de {self.preavis()}" if self.preavis() else ""
        tacite = f"reconduit par {self.reconduction()}" if self.tacite_mois else ""
        return ", ".join(p for p in (jours, preavis, tacite) if p)

    def fautes(self) -> list[tuple[str, str]]:
        """What is wrong with them."""
        durees = (
            ("preavis_mois", self.preavis_mois, MOIS_MAX), ("preavis_jours", self.preavis_jours, JOURS_MAX),
            ("tacite_mois", self.tacite_mois, MOIS_MAX),
        )  # fmt: skip
        found = [(nom, f"un nombre de 0 à {au}, reçu {n}") for nom, n, au in durees if not 0 <= n <= au]
        if self.echeance is None and self.tacite_mois:
            found.append(("tacite_mois", "ce qui se reconduit a une première échéance"))
        if self.echeance is not None and self.echeance < self.du:
            found.append(("echeance", f"doit venir après le {date(self.du)}"))
        return found
