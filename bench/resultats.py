"""The page of results: what was measured, on what, and whether it is what was asked."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bench.mesure import Figure

PAGE = Path(__file__).with_name("RESULTS.md")
NOTES = Path(__file__).with_name("NOTES.md")


def page(figures: Sequence[Figure], command: str) -> str:
    """The page, in Markdown."""
    notes = NOTES.read_text() if NOTES.exists() else ""
    return "\n".join(
        [
            "# Mesures",
            "",
            f"Faites par `{command}`, en un seul passage. Seuls les rapports se comparent d’une machine à l’autre ;",
            "les durées ne valent qu’à côté de leur plancher, mesuré en alternance avec ce qu’il juge.",
            "",
            machine(),
            "",
            table(figures),
            "",
            notes,
        ]
    )


def machine() -> str:
    """What matters of the machine, and nothing that names it."""
    return (
        f"Machine : {os.cpu_count()} cœurs, {platform.system()}, {platform.python_implementation()} "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}, msgspec {version('msgspec')}, "
        f"eventsourcing {version('eventsourcing')}."
    )


def table(figures: Sequence[Figure]) -> str:
    """One line for each figure."""
    lines = ["| sujet | chiffre | mesuré | requis | visé | |", "|---|---|---:|---:|---:|---|"]
    for f in figures:
        asked = [f"{f.sens} {_said(limit, f.unite)}" if limit is not None else "" for limit in (f.requis, f.vise)]
        lines.append(f"| {f.sujet} | {f.nom} | {_said(f.valeur, f.unite)} | {asked[0]} | {asked[1]} | {judged(f)} |")
    return "\n".join(lines)


def judged(f: Figure) -> str:
    """In one word."""
    if f.requis is None and f.vise is None:
        return ""
    if not f.atteint(f.requis):
        return "**non atteint**"
    return "visé atteint" if f.vise is not None and f.atteint(f.vise) else "requis atteint"


def _said(value: float, unit: str) -> str:
    digits = 0 if value >= 100 or value == int(value) > 1 else 2 if value >= 1 or round(value, 2) == value else 3
    text = f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")
    return f"{text} {unit}".strip()


def write(figures: Sequence[Figure], command: str) -> None:
    """Replace the page."""
    PAGE.write_text(page(figures, command))
    sys.stdout.write(f"\nÉcrit : {PAGE.name}\n")
