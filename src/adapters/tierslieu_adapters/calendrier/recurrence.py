"""What repeats, occurrence by occurrence, from a recurrence rule (RFC 5545, RRULE) and the dates to leave out.

A rule repeats what the place's clock shows: « every Tuesday at 14 h » stays at 14 h when the clock changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from whenever import Date, PlainDateTime

from tierslieu_core.kernel.errors import DemandeInvalide, ErreurTiersLieu
from tierslieu_core.vocabulaire.creneaux import Creneau

try:
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped, unused-ignore]  # no types of its own
    from icalendar import vRecur
except ImportError as fault:  # pragma: no cover - the tests have them
    raise ErreurTiersLieu("Répéter une réservation demande icalendar : pip install 'tierslieu-core[ics]'.") from fault

MAXIMUM: Final = 366
"""As many occurrences as one demand may carry."""
_PAR: Final = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}


def occurrences(regle: str, premiere: Creneau, sauf: Collection[Date], zone: str) -> tuple[Creneau, ...]:
    """Each occurrence from the first one on, those of the days ``sauf`` left out, on the clock of ``zone``.

    ``DemandeInvalide`` says what is wrong with the rule: unreadable, endless, too long, or not begun by its first.
    """
    debut, fin = premiere.debut.local, premiere.fin.local
    lasts = fin.to_stdlib() - debut.to_stdlib()
    starts = _starts(_rule(regle, zone), debut.to_stdlib())
    if starts[:1] != [debut.to_stdlib()]:
        raise _wrong(f"sa première occurrence n'est pas le {debut} : commencez un jour que la règle désigne")
    wanted = [d for d in starts if Date(d.date()) not in sauf]
    return tuple(
        premiere if d == starts[0] else Creneau.a_l_horloge(PlainDateTime(d), PlainDateTime(d + lasts), zone)
        for d in wanted
    )


def _rule(regle: str, zone: str) -> vRecur:
    """The rule, its end on the place's clock."""
    try:
        rule: vRecur = vRecur.from_ical(regle.strip().upper().removeprefix("RRULE:"))
    except ValueError as fault:
        raise _wrong(f"« {regle} » ne se lit pas ({fault}) : par exemple FREQ=WEEKLY;BYDAY=TU;COUNT=10") from None
    if not _PAR & {str(f) for f in rule.get("FREQ", ())}:
        raise _wrong("FREQ dit ce qui se répète : DAILY, WEEKLY, MONTHLY ou YEARLY")
    if any(n < 1 for nom in ("COUNT", "INTERVAL") for n in rule.get(nom, ())):
        raise _wrong("COUNT et INTERVAL comptent à partir de 1")
    if not {"COUNT", "UNTIL"} & set(rule):
        raise _wrong("elle n'a pas de fin : ajoutez COUNT=10 ou UNTIL=20270630")
    for until in rule.get("UNTIL", ())[:1]:
        rule["UNTIL"] = [_local(until, zone)]
    return rule


def _local(until: dt.date, zone: str) -> dt.datetime:
    """The last instant that a rule allows, as the place's clock shows it; of a day, its end."""
    if not isinstance(until, dt.datetime):
        return dt.datetime.combine(until, dt.time.max)
    return until if until.tzinfo is None else until.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _starts(rule: vRecur, debut: dt.datetime) -> list[dt.datetime]:
    try:
        text = rule.to_ical().decode()  # type: ignore[no-untyped-call]  # icalendar leaves it so
        found = list(islice(rrulestr(text, dtstart=debut), MAXIMUM + 1))
    except ValueError as fault:
        raise _wrong(f"elle ne désigne aucun jour ({fault})") from None
    if len(found) > MAXIMUM:
        raise _wrong(f"elle donne plus de {MAXIMUM} occurrences : faites-en plusieurs séries")
    return found


def _wrong(said: str) -> DemandeInvalide:
    return DemandeInvalide("La règle de récurrence ne peut pas être suivie :", [("regle", said)])
