"""Le planning: all that takes place some days, over every area; read from the registers, and never recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from whenever import Date, Instant

from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.oracle import Oracle
from tierslieu_core.kernel.sentences import filled
from tierslieu_core.vocabulaire.temps import matin

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu


@attrs.frozen
class AuPlanning:
    """One thing that takes place. ``chose``: its tag; ``avec``: the tags of who and what it takes.

    ``journee``: it is said by its days; ``fin`` is then the morning after the last one.
    """

    debut: Instant
    fin: Instant
    phrase: str
    planning: str
    titre: str
    chose: str
    avec: tuple[str, ...]
    journee: bool


def planning(lieu: Lieu, du: Date, au: Date, sujet: str | None = None) -> list[AuPlanning]:
    """What takes place on these days, both included, in order; ``sujet``: of one thing or person, by tag."""
    livre = lieu.livre
    if not livre.zone:
        return []
    debut, fin, now = matin(du, livre.zone), matin(au.next_day(), livre.zone), lieu.horloge()
    x = Contexte(now, now, par="", cle="", livre=livre, oracle=Oracle(lieu.handler.source))
    speaker = lieu.speaker()
    found = [
        AuPlanning(
            un.debut, un.fin, filled(un.phrase, speaker.fields(ligne)), declare.nom, declare.titre, un.chose, un.avec,
            un.journee,
        )
        for domaine in lieu.catalogue.domaines
        for declare in domaine.plannings
        for ligne in lieu.registre(declare.registre)
        for un in declare.prevus(ligne, x)
        if un.debut < fin and debut < un.fin and sujet in (None, un.chose, *un.avec)
    ]  # fmt: skip
    return sorted(found, key=lambda un: (un.debut, un.fin, un.titre, un.phrase))
