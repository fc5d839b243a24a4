"""Each time that a calendar takes a space: its series repeated up to a day, exceptions and overrides applied."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Any, Final

import attrs
import recurring_ical_events  # type: ignore[import-untyped]  # it carries no types
from icalendar.prop import vBroken
from whenever import Date, Instant, PlainDateTime

from tierslieu_adapters.imports.ics.calendrier import FAUTE, LIGNE, Serie, VEvent, ecrit, premier, regles
from tierslieu_core.vocabulaire.francais import date

MAXIMUM: Final = 5_000
_TOUJOURS: Final = (dt.datetime(1900, 1, 1), dt.datetime(3000, 1, 1))  # noqa: DTZ001 - every zone's clock
_PERSONNE: Final = ("@group.calendar.google.com", "@resource.calendar.google.com")
"""Addresses of calendars and rooms, which organise events though they are nobody."""


@attrs.frozen
class Occurrence:
    """From ``debut`` to ``fin`` (excluded). ``nom``: what tells it from others of its UID, the same in a later export.

    ``lieu``, ``sujet``: as written; ``qui``: the address and the name of who asked; ``demandee_le``, ``changee_le``:
    when, if told. ``sans``: why it takes no space after all; ``faute``: why it cannot be taken.
    """

    uid: str
    nom: str
    ou: str
    debut: Instant
    fin: Instant
    lieu: str
    sujet: str
    qui: tuple[str, str] | None
    demandee_le: Instant | None
    changee_le: Instant | None
    sans: str
    faute: str


class Illisible(Exception):
    """A series that cannot be told, and why."""


def occurrences(serie: Serie, jusqu_au: Date, zone: str) -> list[Occurrence]:
    """Those of one series, by start; of what recurs, those that begin on ``jusqu_au`` at the latest."""
    if serie.faute:
        raise Illisible(serie.faute)
    debut, fin = _TOUJOURS
    if serie.recurrente:
        fin = min(fin, dt.datetime.combine(jusqu_au.to_stdlib(), dt.time()) + dt.timedelta(days=3))
    try:
        found = recurring_ical_events.of(serie.calendrier).between(debut, fin)
        dates = sorted(((_instant(one.decoded("DTSTART"), zone), one) for one in found), key=lambda pair: pair[0])
    except Exception as fault:  # noqa: BLE001 - whatever the libraries raise on a calendar that makes no sense
        raise Illisible(_pourquoi(serie, fault)) from None
    if serie.recurrente:
        dates = [(quand, one) for quand, one in dates if quand.to_tz(zone).date() <= jusqu_au]
    if len(dates) > MAXIMUM:
        raise Illisible(f"plus de {MAXIMUM} occurrences d'ici le {date(jusqu_au)} : choisissez un jour plus proche")
    seen: set[str] = set()
    return [_occurrence(serie, quand, event, zone, seen) for quand, event in dates]


def continue_apres(serie: Serie, jusqu_au: Date, zone: str) -> bool:
    """Whether a series that ends goes on after that day."""
    night = dt.datetime.combine(jusqu_au.to_stdlib(), dt.time())
    later = recurring_ical_events.of(serie.calendrier).after(night)
    return any(_instant(one.decoded("DTSTART"), zone).to_tz(zone).date() > jusqu_au for one in islice(later, MAXIMUM))


def _occurrence(serie: Serie, debut: Instant, event: VEvent, zone: str, seen: set[str]) -> Occurrence:
    sans = ""
    if str(premier(event, "STATUS")).upper() == "CANCELLED":
        sans = "annulée dans le calendrier"
    elif str(premier(event, "TRANSP")).upper() == "TRANSPARENT":
        sans = "notée « libre » dans le calendrier (TRANSP) : ne prend pas l'espace"
    return Occurrence(
        uid=serie.uid, nom=_nom(serie, event, seen), ou=str(event[LIGNE]), debut=debut,
        fin=_instant(event["DTEND"].dt, zone), lieu=" ".join(str(premier(event, "LOCATION")).split()),
        sujet=str(premier(event, "SUMMARY")).strip(), qui=_qui(event), demandee_le=_date(event, "CREATED", zone),
        changee_le=_date(event, "LAST-MODIFIED", zone), sans=sans, faute=str(event[FAUTE]),
    )  # fmt: skip


def _nom(serie: Serie, event: VEvent, seen: set[str]) -> str:
    """Of a series, the time that the rule gave it, which an override keeps when it moves; nothing of a single event."""
    if serie.seule:
        return ""
    prevue = event["RECURRENCE-ID"].dt
    if isinstance(prevue, dt.datetime) and prevue.tzinfo is not None:
        prevue = prevue.astimezone(dt.UTC)
    nom = str(prevue.isoformat())
    if nom in seen:  # one of those that an override replaces with all that follow it
        nom = f"{nom}|{event['DTSTART'].dt.isoformat()}"
    seen.add(nom)
    return nom


def _instant(quand: Any, zone: str) -> Instant:
    """A date is that day's midnight, an hour without zone an hour, on the place's own clock."""
    if not isinstance(quand, dt.datetime):
        quand = dt.datetime.combine(quand, dt.time())
    if quand.tzinfo is None:
        return PlainDateTime(quand).assume_tz(zone, disambiguation="compatible").to_instant()
    return Instant(quand.astimezone(dt.UTC))


def _qui(event: VEvent) -> tuple[str, str] | None:
    """Who asked for it: who organises it, or the only person who attends."""
    found = premier(event, "ORGANIZER") or None
    if found is None:
        invited = event.get("ATTENDEE", [])
        people = [one for one in (invited if isinstance(invited, list) else [invited]) if _est_une_personne(one)]
        found = people[0] if len(people) == 1 else None
    if found is None or not _est_une_personne(found):
        return None
    address = str(found.params.get("EMAIL", found)).lower().removeprefix("mailto:")
    return address, str(found.params.get("CN", "")).strip()


def _est_une_personne(one: Any) -> bool:
    kind = str(getattr(one, "params", {}).get("CUTYPE", "INDIVIDUAL")).upper()
    return hasattr(one, "params") and kind == "INDIVIDUAL" and not str(one).lower().endswith(_PERSONNE)


def _date(event: VEvent, name: str, zone: str) -> Instant | None:
    """When it was asked (CREATED) or changed; not DTSTAMP, which many calendars rewrite at each export."""
    said = premier(event, name)
    quand = None if isinstance(said, vBroken) else getattr(said, "dt", None)
    return _instant(quand, zone) if isinstance(quand, dt.datetime) else None


def _pourquoi(serie: Serie, fault: Exception) -> str:
    rules = [rule for event in serie.calendrier.walk("VEVENT") for rule in regles(event)]
    said = f"règle de répétition illisible : « {ecrit(rules[0])} »" if rules else "événement illisible"
    return f"{said} ({fault})"
