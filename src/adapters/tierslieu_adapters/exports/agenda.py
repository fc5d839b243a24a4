"""What takes place, as iCalendar: what an area says of a register, for a telephone, a website or a shared calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, TextIO

from icalendar import Calendar, Event
from whenever import Instant

from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vues.planning import AuPlanning, du_registre, registres_prevus

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu


def exporter(lieu: Lieu, registre: str, sortie: TextIO, *, au: str | None = None, connu_le: str | None = None) -> int:
    """Write what takes place of a register's rows to ``sortie`` (open it with ``newline=""``); how many things.

    Each keeps its UID from one export to the next, so that a calendar which has it changes it. Hours are in UTC, which
    every calendar shows on its own clock; what is said by its days is.
    """
    admis = registres_prevus(lieu)
    if registre not in admis:
        raise DemandeInvalide(f"« {registre} » ne dit pas d'heures ; ces registres en disent : {liste(admis)}.")
    prevus = du_registre(lieu, registre, au=au, connu_le=connu_le)
    calendar = Calendar()
    calendar.add("prodid", "-//tierslieu//FR")
    calendar.add("version", "2.0")
    stamp = lieu.horloge()
    for un in prevus:
        calendar.add_component(_event(un, lieu, stamp))
    sortie.write(calendar.to_ical().decode())
    return len(prevus)


def _event(un: AuPlanning, lieu: Lieu, stamp: Instant) -> Event:
    event = Event()
    event.add("uid", f"{un.chose}@tierslieu")
    event.add("dtstamp", stamp.to_stdlib())
    event.add("dtstart", _when(un, un.debut, lieu))
    event.add("dtend", _when(un, un.fin, lieu))
    event.add("summary", un.phrase)
    event.add("categories", [un.titre])
    return event


def _when(un: AuPlanning, quand: Instant, lieu: Lieu) -> date | datetime:
    return quand.to_tz(lieu.livre.zone).date().to_stdlib() if un.journee else quand.to_stdlib()
