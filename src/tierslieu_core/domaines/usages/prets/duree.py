"""Durée: how many days a loan lasts, as the place counts them."""

from __future__ import annotations

from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.prets import JoursDePret
from tierslieu_core.domaines.usages.prets.disponibilite import jours
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.temps import jours_entre


def duree_de(x: Contexte, du: Date, au: Date, lieux: tuple[str, ...]) -> int:
    """The days from hand-over to return, those that do not count left out; where nobody knows, a day counts."""
    reglage = x.livre.reglage(JoursDePret, x.aujourdhui, action="preter", lieux=lieux)
    if reglage is None or not du < au <= du.add(years=1):
        return jours_entre(du, au)
    comptes = [le for le in jours(du.next_day(), au) if le.day_of_week().value in reglage.jours]
    if reglage.feries:
        return len(comptes)
    calendrier = Calendrier.de(x)
    return sum(not calendrier.ferie(le) for le in comptes)
