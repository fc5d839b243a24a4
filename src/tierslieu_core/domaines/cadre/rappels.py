"""Rappels: when something that falls due on a day is told ahead, as the place has set or as its area supposes."""

from __future__ import annotations

from whenever import Date, Instant

from tierslieu_core.domaines.cadre.regles.genres.reglages import RappelEcheance
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.vocabulaire.temps import matin


def rappel(le: Date, x: Contexte, *, action: str, jours: int) -> Instant:
    """The morning on which what falls due is told: ``jours`` before its day, unless a rule for this ``action`` says."""
    fixe = x.livre.reglage(RappelEcheance, x.aujourdhui, action=action)
    return matin(le.subtract(days=jours if fixe is None else fixe.jours_avant), x.livre.zone)
