"""``indicateurs``: how much was asked of each area, period by period."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter

from tierslieu_adapters.cli.reading import Ici, Json, day_of
from tierslieu_core.vocabulaire.francais import compte, date
from tierslieu_core.vues.indicateurs import Pas

if TYPE_CHECKING:
    from tierslieu_core.vues.indicateurs import Indicateur

COLONNES = 12
"""The periods that fit on a screen; beyond them, only the sums."""


def indicateurs(
    *,
    du: Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="premier jour ; sans lui, il y a un an")] = None,
    au: Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="dernier jour ; sans lui, aujourd'hui")] = None,
    par: Annotated[Pas, Parameter(help="semaine, mois ou annee")] = "mois",
    en_json: Json = False,
    session: Ici,
) -> None:
    """Compter ce qui fut demandé et décidé, domaine par domaine, période par période."""
    lieu = session.founded()
    last = day_of("--au", au) or lieu.aujourdhui
    first = day_of("--du", du) or last.subtract(years=1).next_day()
    found = lieu.indicateurs(first, last, par)
    screen = session.screen
    if en_json:
        lines = [attrs.asdict(un) for un in found]
        screen.json({"du": first.format_iso(), "au": last.format_iso(), "par": par, "indicateurs": lines})
        return
    when = f"du {date(first)} au {date(last)}"
    if not found:
        screen.say(f"Rien ne fut demandé {when}.")
        return
    screen.title(f"Ce qui fut demandé {when} : {compte(sum(un.accords for un in found), 'fois oui', 'fois oui')}")
    areas = defaultdict[str, list["Indicateur"]](list)
    for un in found:
        areas[un.domaine].append(un)
    periods = sorted({un.periode for un in found})
    shown = periods if len(periods) <= COLONNES else []
    for area, those in areas.items():
        screen.say()
        screen.title(area)
        screen.table(("", "oui", "non", *map(_court, shown)), _rows(those, shown))


def _court(period: str) -> str:
    """``09/25``, ``28/09``, ``2025``."""
    return "/".join(part[-2:] for part in reversed(period.split("-")[-2:])) if "-" in period else period


def _rows(those: list[Indicateur], periods: list[str]) -> list[tuple[str, ...]]:
    """One row a command: yes, no, then the yes of each period."""
    rows = []
    for action in dict.fromkeys(un.action for un in those):
        of = [un for un in those if un.action == action]
        by = {un.periode: un.accords for un in of}
        counts = (sum(un.accords for un in of), sum(un.refus for un in of), *(by.get(p, 0) for p in periods))
        rows.append((action, *(str(n or "") for n in counts)))
    return rows
