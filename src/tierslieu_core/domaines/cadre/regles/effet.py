"""Effet: from which day on a rule may change; never in the past, and as long after as the place has set itself."""

from __future__ import annotations

from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import jour_de
from tierslieu_core.domaines.cadre.regles.genres.adoption import PreavisDeRegle
from tierslieu_core.kernel.declarations import Contexte, Refus, refus


@refus(
    "regles.EffetRetroactif",
    "Une règle ne change pas le passé : le {du} est avant aujourd'hui, {aujourdhui}.",
    "Donnez-lui effet d'aujourd'hui ou de plus tard.",
)
class EffetRetroactif(Refus):
    du: Date
    aujourdhui: Date


@refus(
    "regles.PreavisNonTenu",
    "Le lieu annonce ses règles avant qu'elles ne prennent effet (préavis, en jours : {jours}) : le {du} est trop tôt.",
    "Donnez-lui effet du {au_plus_tot} ou de plus tard ({urgence}).",
)
class PreavisNonTenu(Refus):
    jours: int
    du: Date
    au_plus_tot: Date
    urgence: str


def trop_tot(du: Date, x: Contexte, *, fin: bool = False) -> Refus | None:
    """Why a rule cannot change from that day on; ``fin``: it ends or pauses, and nothing takes its place.

    A notice binds from the day after it took effect: so a place may set it together with its first rules.
    """
    if du < x.aujourdhui:
        return EffetRetroactif(du=du, aujourdhui=x.aujourdhui)
    preavis = x.livre.reglage(PreavisDeRegle, x.aujourdhui.subtract(days=1))
    if preavis is None or (fin and not preavis.fins) or _presse(preavis, x):
        return None
    au_plus_tot = x.aujourdhui.add(days=preavis.jours)
    if du >= au_plus_tot:
        return None
    return PreavisNonTenu(jours=preavis.jours, du=du, au_plus_tot=au_plus_tot, urgence=preavis.issue())


def _presse(preavis: PreavisDeRegle, x: Contexte) -> bool:
    """Whether who asks holds, today, a mandate that may do without notice."""
    return any(m.role in preavis.sauf and m.court(jour_de(x)) for m in x.livre.mandats.de(x.par))


REFUS = (EffetRetroactif, PreavisNonTenu)
