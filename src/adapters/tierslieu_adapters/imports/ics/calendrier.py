"""A calendar file (RFC 5545, with the habits of Google, Apple and Outlook), read into its series of events.

``icalendar`` reads the text and the time zones, ``recurring-ical-events`` repeats what recurs; here we only say where
each event stands in the file, and refuse what neither could tell us honestly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs
import icalendar
from whenever import Instant, TimeZoneNotFoundError

from tierslieu_adapters.fichiers import raison
from tierslieu_core.kernel.errors import DemandeInvalide

VEvent = Any
"""An ``icalendar.Event``: for its types, each property may be of thirty kinds."""
LIGNE: Final = "X-TIERSLIEU-LIGNE"
"""The line where an event begins, carried by the event into each of its occurrences."""
FAUTE: Final = "X-TIERSLIEU-FAUTE"
"""Why an event cannot be taken, carried likewise: an override that is refused hides the time that it replaces."""
_TEMPS: Final = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE")
_CONNUS: Final = ("VEVENT", "VTIMEZONE")
_UNE_FOIS: Final = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_TROP_SERRE: Final = ("SECONDLY", "MINUTELY")


@attrs.frozen
class Serie:
    """Events of one UID: an event, or what repeats it and what replaces some of its occurrences.

    ``sans_fin``: a rule repeats it for ever; ``seule``: one event that nothing repeats or replaces; ``calendrier``:
    as the file has it, with these events alone; ``doubles``: other versions of the same event, and where they stand.
    """

    uid: str
    ou: str
    calendrier: icalendar.Calendar
    recurrente: bool
    sans_fin: bool
    seule: bool
    doubles: tuple[str, ...]
    faute: str


@attrs.frozen
class Calendrier:
    """``nom``: as its author calls it, or ``""``; ``fuseau``: its own, or the one that most of its events tell.

    ``autres``: what else it holds, by kind (tasks, notes), and how many.
    """

    nom: str
    fuseau: str
    series: tuple[Serie, ...]
    autres: dict[str, int]


def lire(fichier: Path) -> Calendrier:
    """Every series of a calendar file; ``DemandeInvalide`` when it is not one."""
    try:
        data = fichier.read_bytes()
        trees: list[Any] = icalendar.Calendar.from_ical(_texte(data), multiple=True)
    except OSError as fault:
        raise DemandeInvalide(f"« {fichier} » ne se lit pas ({raison(fault)}).") from None
    except (ValueError, LookupError) as fault:
        raise DemandeInvalide(f"« {fichier} » n'est pas un calendrier (iCalendar, .ics) : {fault}") from None
    calendars = [tree for tree in trees if isinstance(tree, icalendar.Calendar)]
    if not calendars:
        raise DemandeInvalide(f"« {fichier} » n'est pas un calendrier (iCalendar, .ics) : aucun VCALENDAR n'y est.")
    lines, events = _lignes(data), [event for one in calendars for event in one.walk("VEVENT")]
    if len(events) != len(lines):
        said = f"{len(lines)} événements y commencent, {len(events)} s'y lisent en entier"
        raise DemandeInvalide(f"« {fichier} » est incomplet : {said}. Exportez-le à nouveau.")
    for n, event in zip(lines, events, strict=True):
        event[LIGNE] = f"{fichier.name}:{n}"
        event[FAUTE] = _faute(event)
    series = [serie for one in calendars for serie in _series(one)]
    names = [str(one.get("X-WR-CALNAME") or one.get("NAME") or "").strip() for one in calendars]
    others = Counter(str(c.name) for one in calendars for c in one.subcomponents if c.name not in _CONNUS)
    return Calendrier(next(filter(None, names), ""), _fuseau(calendars), tuple(series), dict(others))


def _texte(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _lignes(data: bytes) -> list[int]:
    """Where each event begins, in the order in which a walk meets them: that of the file."""
    return [n for n, line in enumerate(data.splitlines(), 1) if line.strip().upper() == b"BEGIN:VEVENT"]


def _series(calendar: icalendar.Calendar) -> Iterator[Serie]:
    """Events by UID, in the order of the file; an event without one is known by what it says."""
    found: dict[str, list[VEvent]] = defaultdict(list)
    for event in calendar.walk("VEVENT"):
        said = "|".join(ecrit(premier(event, name)) for name in ("DTSTART", "SUMMARY", "LOCATION"))
        uid = str(premier(event, "UID")).strip() or f"sans UID|{said}"
        event["UID"] = icalendar.vText(uid)
        found[uid].append(event)
    for uid, events in found.items():
        alone = icalendar.Calendar()
        alone.update(calendar)
        alone.subcomponents = [*(c for c in calendar.subcomponents if c.name == "VTIMEZONE"), *events]
        told = str(calendar.get("X-WR-TIMEZONE", ""))
        lost = f"fuseau du calendrier inconnu (X-WR-TIMEZONE) : « {told} »" if told and not _existe(told) else ""
        masters = [event for event in events if "RECURRENCE-ID" not in event]
        faults = [str(event[FAUTE]) for event in masters if event[FAUTE]]
        rules = [rule for event in masters for rule in regles(event)]
        recurrente = bool(rules) or any("RDATE" in event for event in masters)
        yield Serie(
            uid=uid, ou=str((masters or events)[0][LIGNE]), calendrier=alone, recurrente=recurrente,
            sans_fin=any(not {"UNTIL", "COUNT"} & rule.keys() for rule in rules),
            seule=len(masters) == len(events) and not recurrente,
            doubles=tuple(str(event[LIGNE]) for event in masters[1:]), faute=lost or "".join(faults[:1]),
        )  # fmt: skip


def _faute(event: VEvent) -> str:
    """Why an event cannot be taken as it is written; ``""`` when it can."""
    broken = [name for name, _ in event.errors if name in _TEMPS]
    if broken:
        return f"{broken[0]} illisible : « {ecrit(premier(event, broken[0]))} »"
    if "DTSTART" not in event:
        return "aucun début (DTSTART)"
    for name in _UNE_FOIS:
        said = event.get(name)
        if isinstance(said, list):
            return f"{name} y est deux fois : « {ecrit(said[0])} », « {ecrit(said[1])} »"
        if said is None:
            continue
        zone = said.params.get("TZID")
        if zone and getattr(said.dt, "tzinfo", None) is None and hasattr(said.dt, "hour"):
            return f"fuseau inconnu ({name}) : « {zone} »"
    for rule in regles(event):
        freq = str((rule.get("FREQ") or [""])[0]).upper()
        if freq in _TROP_SERRE or (rule.get("INTERVAL") or [1])[0] < 1:  # every 0 days never ends
            return f"une réservation ne se répète pas à ce rythme : « {ecrit(rule)} »"
    return _duree(event)


def _duree(event: VEvent) -> str:
    """What is wrong with how long it lasts; without an end, a day lasts a day, and an hour no time at all."""
    begins, ends = ecrit(premier(event, "DTSTART")), ecrit(premier(event, "DTEND"))
    debut: Any
    fin: Any
    debut, fin, duree = (getattr(event.get(name), "dt", None) for name in ("DTSTART", "DTEND", "DURATION"))
    if fin is None:
        lasts = duree.total_seconds() if duree is not None else 0 if hasattr(debut, "hour") else 1
    elif hasattr(debut, "hour") != hasattr(fin, "hour"):
        return f"début « {begins} » et fin « {ends} » de genres différents"
    else:
        if getattr(debut, "tzinfo", None) is None or getattr(fin, "tzinfo", None) is None:
            debut, fin = (one.replace(tzinfo=None) if hasattr(one, "tzinfo") else one for one in (debut, fin))
        lasts = (fin - debut).total_seconds()
    if lasts > 0:
        return ""
    said = ends or ecrit(premier(event, "DURATION")) or "non dite"
    what = "ne dure pas" if lasts == 0 else "finit avant de commencer"
    return f"{what} : début « {begins} », fin « {said} »"


def regles(event: VEvent) -> list[Any]:
    """What repeats an event, as far as it can be read."""
    rules = event.get("RRULE", [])
    return [rule for rule in (rules if isinstance(rules, list) else [rules]) if isinstance(rule, icalendar.vRecur)]


def premier(event: VEvent, name: str) -> Any:
    """A property, or ``""``; the first of those that a file repeats though it should not."""
    said = event.get(name, "")
    return said[0] if isinstance(said, list) else said


def ecrit(said: Any) -> str:
    """A value as a file writes it."""
    written = said.to_ical() if hasattr(said, "to_ical") else said
    return written.decode() if isinstance(written, bytes) else str(written)


def _fuseau(calendars: list[icalendar.Calendar]) -> str:
    told = [str(one["X-WR-TIMEZONE"]) for one in calendars if "X-WR-TIMEZONE" in one]
    starts = [premier(event, "DTSTART") for one in calendars for event in one.walk("VEVENT")]
    often = Counter(str(said.params.get("TZID", "")) for said in starts if hasattr(said, "params"))
    return next(filter(_existe, (*told, *(zone for zone, _ in often.most_common()))), "")


def _existe(zone: str) -> bool:
    try:
        Instant.from_timestamp(0).to_tz(zone)
    except (TimeZoneNotFoundError, ValueError):
        return False
    return True
