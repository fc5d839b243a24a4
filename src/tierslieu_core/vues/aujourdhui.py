"""Aujourd'hui: what the concierge must know this morning; from the other views, and never recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs
from whenever import Date

from tierslieu_core.vocabulaire.temps import matin

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vues.a_faire import AFaire
    from tierslieu_core.vues.piste import Trace
    from tierslieu_core.vues.planning import AuPlanning

PROCHES = 7
"""How many days ahead a change of rule or the end of a mandate is told."""
DITS = frozenset({"refusé", "à valider"})
"""What of yesterday is worth knowing this morning: somebody was told no, or waits for an answer."""


@attrs.frozen
class Aujourdhui:
    """``en_retard``, ``a_faire``: what fell due before today, what does today. ``a_lieu``: what takes place today.

    ``hier``: who was refused something, or still waits. ``regles``: those that begin or end these days, with the day
    and the word; ``mandats``: those that end, with their last day.
    """

    le: Date
    en_retard: tuple[AFaire, ...]
    a_faire: tuple[AFaire, ...]
    a_lieu: tuple[AuPlanning, ...]
    hier: tuple[Trace, ...]
    regles: tuple[tuple[Date, str, str], ...]
    mandats: tuple[tuple[Date, str], ...]


def aujourdhui(lieu: Lieu) -> Aujourdhui:
    """What there is to know of this day, and of the week that follows where a change is announced."""
    le, zone = lieu.aujourdhui, lieu.livre.zone or "UTC"
    ce_matin, ce_soir = matin(le, zone), matin(le.next_day(), zone)
    dues = [un for un in lieu.a_faire(ce_soir) if un.quand < ce_soir]
    return Aujourdhui(
        le,
        tuple(un for un in dues if un.quand < ce_matin),
        tuple(un for un in dues if un.quand >= ce_matin),
        tuple(lieu.planning(le, le)),
        tuple(trace for trace in lieu.journal(le.prev_day()) if trace.verdict in DITS),
        tuple(sorted(_regles(lieu, le))),
        tuple(sorted(_mandats(lieu, le))),
    )


def _regles(lieu: Lieu, le: Date) -> Iterable[tuple[Date, str, str]]:
    fin = le.add(days=PROCHES)
    for ligne in lieu.registre("regles"):
        if le <= ligne.du <= fin:
            yield ligne.du, "a effet", ligne.texte or ligne.regle
        if ligne.au is not None and le <= ligne.au <= fin:
            yield ligne.au, "vaut pour la dernière fois", ligne.texte or ligne.regle


def _mandats(lieu: Lieu, le: Date) -> Iterable[tuple[Date, str]]:
    fin, speaker = le.add(days=PROCHES), lieu.speaker()
    for ligne in lieu.registre("mandats"):
        if ligne.au is not None and le <= ligne.au <= fin:
            yield ligne.au, speaker.say("{personne} ({role})", ligne)
