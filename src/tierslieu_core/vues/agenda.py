"""L'agenda: who has which space when, some days; what was cancelled, refused or given back is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whenever import Date

from tierslieu_core.domaines.usages.reservations.registre import SANS_USAGE
from tierslieu_core.vocabulaire.temps import MINUIT

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu


def agenda(lieu: Lieu, du: Date, au: Date, sujet: str | None = None) -> list[Any]:
    """The bookings that touch these days, both included, in order of time: rows of their register.

    ``sujet``: those of one space or of one person, by tag (``espace:salle-verte``, ``personne:p-7``).
    """
    kind, _, one = (sujet or "").partition(":")

    def touche(ligne: Any) -> bool:
        mine = sujet is None or getattr(ligne, kind, None) == one
        return mine and ligne.etat not in SANS_USAGE and ligne.debut.local.date() <= au and du <= _dernier(ligne)

    return sorted(lieu.registre("reservations", filtre=touche), key=lambda r: (r.debut, r.espace))


def _dernier(ligne: Any) -> Date:
    """The last day that a booking touches: ending at midnight, it does not take the day that begins."""
    fin: Date = ligne.fin.local.date()
    return fin.prev_day() if ligne.fin.local.time() == MINUIT else fin
