"""Reading CSV as other software really writes it: any order of columns, BOM, empty cells, torn rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import attrs

from tierslieu_adapters.fichiers import raison

Signaler = Callable[[str, str], None]
"""Told what could not be taken: where (``fichier.csv:12``), and why, in French."""

_NULL = frozenset({"", "null", "\\n", "(null)"})


@attrs.frozen
class Ligne:
    """One row, by lower-case column name. ``ou`` says where it begins, as ``fichier.csv:12``."""

    ou: str
    champs: dict[str, str]

    def texte(self, colonne: str) -> str:
        """The cell without its margins; ``""`` when the column is absent, or the database said NULL."""
        said = self.champs.get(colonne, "").strip()
        return "" if said.lower() in _NULL else said

    def entier(self, colonne: str) -> int | None:
        """The cell as a whole number, 0 or more; ``None`` when it is not one."""
        said = self.texte(colonne)
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else None  # noqa: PLR2004 - 64 bits


def lire_table(dossier: Path, nom: str, requises: Sequence[str], signaler: Signaler) -> list[Ligne]:
    """The rows of one table. Whatever cannot be read is told and left out, and the rest is kept.

    An absent or unreadable file, and a column of ``requises`` that is missing, leave the table empty.
    """
    try:
        data = (dossier / nom).read_bytes()
    except OSError as fault:
        absent = isinstance(fault, FileNotFoundError)
        signaler(nom, "fichier absent de l'export" if absent else f"fichier illisible ({raison(fault)})")
        return []
    text = _decoded(data, nom, signaler)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = _entete(rows, nom, signaler)
    missing = [name for name in requises if name not in header]
    if missing:
        signaler(f"{nom}:1", f"colonne(s) absente(s) : {', '.join(missing)} ; rien de ce fichier n'est repris")
        return []
    return list(_rows(rows, nom, header, signaler))


def par_id(lignes: list[Ligne], colonne: str, signaler: Signaler) -> Iterator[tuple[int, Ligne]]:
    """Rows in order of their id, a number; a row without one, or whose id was already taken, is told."""
    return iter(sorted(_uniques(lignes, colonne, signaler, Ligne.entier).items()))


def par_cle(lignes: list[Ligne], colonne: str, signaler: Signaler) -> dict[str, Ligne]:
    """The same by an id that is a text (a UUID, a label stuck on an item), in the order of the file."""
    return _uniques(lignes, colonne, signaler, lambda ligne, colonne: ligne.texte(colonne) or None)


Id = TypeVar("Id", int, str)


def _uniques(
    lignes: list[Ligne], colonne: str, signaler: Signaler, lire: Callable[[Ligne, str], Id | None]
) -> dict[Id, Ligne]:
    found: dict[Id, Ligne] = {}
    for ligne in lignes:
        un = lire(ligne, colonne)
        if un is None:
            signaler(ligne.ou, f"{colonne} illisible : « {ligne.texte(colonne)} »")
        elif un in found:
            signaler(ligne.ou, f"{colonne} {un} déjà lu ({found[un].ou}) : cette ligne-ci n'est pas reprise")
        else:
            found[un] = ligne
    return found


def entete(dossier: Path, nom: str) -> set[str]:
    """The columns of a table, in lower case; none of a file that cannot be read."""
    try:
        text = _decoded((dossier / nom).read_bytes(), nom, _sans_rien_dire)
    except OSError:
        return set()
    return set(_entete(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), nom, _sans_rien_dire))


def _sans_rien_dire(_ou: str, _pourquoi: str) -> None:
    """What is wrong is told when the table itself is read."""


def _entete(rows: Iterator[list[str]], nom: str, signaler: Signaler) -> list[str]:
    return [name.strip().lower() for name in next(_numbered(rows, nom, signaler), ("", []))[1]]


def _rows(rows: Iterator[list[str]], nom: str, header: list[str], signaler: Signaler) -> Iterator[Ligne]:
    for ou, cells in _numbered(rows, nom, signaler):
        if len(cells) == len(header):
            yield Ligne(ou, dict(zip(header, cells, strict=True)))
        elif any(cell.strip() for cell in cells):
            signaler(ou, f"ligne abîmée : {len(cells)} cellules, l'en-tête en annonce {len(header)}")


def _numbered(rows: Iterator[list[str]], nom: str, signaler: Signaler) -> Iterator[tuple[str, list[str]]]:
    """Each row with the line where it begins, not the one where a quoted newline makes it end."""
    while True:
        start: int = rows.line_num + 1  # type: ignore[attr-defined]  # csv.reader counts the lines that it read
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as fault:
            signaler(f"{nom}:{start}", f"ligne illisible ({fault})")
            continue
        yield f"{nom}:{start}", cells


def _decoded(data: bytes, nom: str, signaler: Signaler) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        signaler(nom, "le fichier n'est pas en UTF-8 : il est lu comme du Windows-1252, vérifiez les accents")
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The separator that the header uses: a spreadsheet in French writes semicolons."""
    first = text[: text.find("\n")] if "\n" in text else text
    return max(",;\t", key=first.count)
