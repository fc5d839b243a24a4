"""Tables that fit the terminal: what all rows share is said once, and what is too wide becomes cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

SHORT = 18
"""A column whose cells are this short, in characters, is never folded: dates, numbers, most identifiers."""
LEAST = 14
"""The least width of a column of text."""
GAP = 2


def show(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print them in the best way that this width allows."""
    wide = list(range(len(columns)))
    if _natural(columns, rows, wide) > console.width and len(rows) > 1:
        shared = [n for n in wide if n and len({row[n] for row in rows}) == 1]
        wide = [n for n in wide if n not in shared]
        said = " · ".join(f"{columns[n]} : {rows[0][n]}" for n in shared)
        if said:
            console.print(Text(f"Sur toutes les lignes — {said}", style="dim"))
    if sum(_least(columns, rows, n) + GAP for n in wide) > console.width:
        _cards(console, columns, rows, wide)
    else:
        console.print(_table(columns, rows, wide))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], which: Sequence[int]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold cyan", pad_edge=False, padding=(0, 1, 0, 0))
    for n in which:
        fixed = _largest(rows, n) <= SHORT or n == 0
        table.add_column(columns[n], style="bold" if n == 0 else "", no_wrap=fixed, min_width=_least(columns, rows, n))
    for row in rows:
        table.add_row(*(Text(row[n]) for n in which))
    return table


def _cards(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]], which: Sequence[int]) -> None:
    for row in rows:
        console.print()
        console.print(Text(row[which[0]], style="bold"))
        for n in which[1:]:
            if row[n]:
                console.print(Text.assemble(("  " + columns[n] + " : ", "cyan"), row[n]))


def _largest(rows: Sequence[Sequence[str]], n: int) -> int:
    return max((len(row[n]) for row in rows), default=0)


def _least(columns: Sequence[str], rows: Sequence[Sequence[str]], n: int) -> int:
    largest = _largest(rows, n)
    folded = largest if n == 0 or largest <= SHORT else LEAST
    words = max(map(len, columns[n].split()), default=0)
    return max(folded, words)


def _natural(columns: Sequence[str], rows: Sequence[Sequence[str]], which: Sequence[int]) -> int:
    return sum(max(_largest(rows, n), len(columns[n])) + GAP for n in which)
