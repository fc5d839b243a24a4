"""A register as CSV, for a spreadsheet: UTF-8, one header line, ISO dates; no cell can be taken for a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, TextIO

import attrs

from tierslieu_core.kernel.personal import Efface, Scelle

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu

DANGEREUX = ("=", "+", "-", "@", "\t", "\r", "\0")


def exporter(lieu: Lieu, registre: str, sortie: TextIO, *, au: str | None = None, connu_le: str | None = None) -> int:
    """Write a register's rows to ``sortie`` (open it with ``newline=""``); the number of rows written."""
    rows = lieu.registre(registre, au=au, connu_le=connu_le)
    columns = [a.name for a in attrs.fields(lieu.catalogue.registre(registre).ligne)]
    writer = csv.writer(sortie)
    writer.writerow(columns)
    writer.writerows([cellule(getattr(row, name)) for name in columns] for row in rows)
    return len(rows)


def cellule(valeur: Any) -> str | int:
    """A cell: numbers as they are, the rest as text that no spreadsheet runs."""
    if isinstance(valeur, int) and not isinstance(valeur, bool):
        return valeur
    match valeur:
        case None:
            return ""
        case bool():
            return "oui" if valeur else "non"
        case Efface():
            return "[effacé]"
        case Scelle():
            return "[scellé]"
        case tuple():
            text = " ; ".join(str(cellule(v)) for v in valeur)
        case _:
            text = str(valeur)
    return f"'{text}" if text.startswith(DANGEREUX) else text
