"""Le planning: all that takes place some days, over every area; read from the registers, and never recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs
from whenever import Date, Instant

from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.oracle import Oracle
from tierslieu_core.kernel.planned import Planning
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
    debut, fin = matin(du, livre.zone), matin(au.next_day(), livre.zone)
    found = (
        un
        for registre in dict.fromkeys(p.registre for p in _plannings(lieu))
        for un in du_registre(lieu, registre)
        if un.debut < fin and debut < un.fin and sujet in (None, un.chose, *un.avec)
    )
    return sorted(found, key=_ordre)


def du_registre(lieu: Lieu, registre: str, au: str | None = None, connu_le: str | None = None) -> list[AuPlanning]:
    """All that takes place of one register's rows, in order; nothing, of a register that tells no hours."""
    declares = [un for un in _plannings(lieu) if un.registre == registre]
    if not declares:
        return []
    now = lieu.horloge()
    x = Contexte(now, now, par="", cle="", livre=lieu.livre, oracle=Oracle(lieu.handler.source))
    speaker = lieu.speaker()
    found = [
        AuPlanning(
            un.debut, un.fin, filled(un.phrase, speaker.fields(ligne)), declare.nom, declare.titre, un.chose, un.avec,
            un.journee,
        )
        for ligne in lieu.registre(registre, au=au, connu_le=connu_le)
        for declare in declares
        for un in declare.prevus(ligne, x)
    ]  # fmt: skip
    return sorted(found, key=_ordre)


def registres_prevus(lieu: Lieu) -> tuple[str, ...]:
    """The registers that tell when things take place."""
    return tuple(sorted({un.registre for un in _plannings(lieu)}))


def _plannings(lieu: Lieu) -> Iterator[Planning]:
    return (un for domaine in lieu.catalogue.domaines for un in domaine.plannings)


def _ordre(un: AuPlanning) -> tuple[Instant, Instant, str, str]:
    return un.debut, un.fin, un.titre, un.phrase
