"""The setting by which a place announces its own rules before they take effect."""

from __future__ import annotations

from typing import ClassVar

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage, positif
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte, liste


@attrs.frozen(kw_only=True)
class PreavisDeRegle(Reglage):
    """A rule that is adopted or amended takes effect so many days after, at the earliest.

    ``fins``: so does a suspension or a repeal. ``sauf``: the mandates that may do without, when it cannot wait.
    """

    NOM: ClassVar[str] = "preavis_de_regle"
    jours: int = champ("entre la décision et son effet", unite="jours")
    fins: bool = champ("suspendre et abroger s'annoncent aussi", default=False)
    sauf: tuple[str, ...] = champ("mandats qui peuvent s'en passer, en urgence", default=())

    def phrase(self) -> str:
        quoi = "une règle, sa suspension et sa fin s'annoncent" if self.fins else "une règle s'annonce"
        sauf = f", sauf urgence décidée par {liste(self.sauf, 'ou')}" if self.sauf else ""
        return f"{quoi} {compte(self.jours, 'jour')} au moins avant d'avoir effet{sauf}"

    def issue(self) -> str:
        """The way out of what is urgent, in words."""
        return f"en urgence, le mandat {liste(self.sauf, 'ou')} peut s'en passer" if self.sauf else "sans exception"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.jours", self.jours, maximum=AN_JOURS)


AN_JOURS = 366
"""No place can bind itself for longer: with ``fins``, it could neither amend nor repeal this very setting."""
