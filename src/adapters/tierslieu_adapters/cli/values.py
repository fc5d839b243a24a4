"""Declared values, for eyes in a table and for programs as JSON."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import attrs
from whenever import Date, Instant, PlainDateTime

from tierslieu_core.kernel.fields import Champ, fields_of
from tierslieu_core.kernel.personal import Efface, Scelle
from tierslieu_core.vocabulaire.ecriture import court
from tierslieu_core.vocabulaire.francais import heure, lisible
from tierslieu_core.vocabulaire.temps import Moment, Periode

if TYPE_CHECKING:
    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.sentences import Speaker

FRANCAISE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}\Z")
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\Z")
"""How the journal writes an instant."""


def columns_of(row: type) -> list[Champ]:
    """A register's columns that people read: all but the facts that it keeps whole for itself."""
    return [f for f in fields_of(row) if not _is_fact(f.type)]


def cell(speaker: Speaker, zone: str, field: Champ, value: Any) -> str:
    """One value, short: names for identifiers, ``23/11/2026``, nothing for nothing."""
    if value is None or value in ("", ()):
        return ""
    if field.plusieurs:
        one = attrs.evolve(field, plusieurs=False)
        return ", ".join(cell(speaker, zone, one, v) for v in value)
    if field.qui is not None or isinstance(value, Scelle | Efface):
        return speaker.personal(value)
    if field.dit:
        return speaker.nommer(field.dit, value)
    return _composed(speaker, zone, value)


def _composed(speaker: Speaker, zone: str, value: Any) -> str:
    """A value that holds others: as it says itself, with the names of things, or field by field."""
    if hasattr(value, "nomme"):
        return str(value.nomme(speaker.nommer))
    if attrs.has(type(value)) and not _says_itself(value) and not isinstance(value, Periode):
        told = [(f.libelle, cell(speaker, zone, f, getattr(value, f.nom))) for f in fields_of(type(value))]
        return ", ".join(f"{libelle} : {said}" for libelle, said in told if said)
    return short(zone, value)


def short(zone: str, value: Any) -> str:  # noqa: PLR0911 - one line for each type
    """A value that nobody names, short."""
    match value:
        case Date():
            return court(value)
        case Moment():
            return short(zone, value.local)
        case PlainDateTime():
            return f"{short(zone, value.date())} {heure(value)}"
        case Periode():
            same_day = value.debut.local.date() == value.fin.local.date()
            fin = heure(value.fin.local) if same_day else short(zone, value.fin)
            return f"{short(zone, value.debut)} – {fin}"
        case str() if STAMP.match(value):
            return short(zone, Instant.parse_iso(value).to_tz(zone).to_plain())
        case list() | tuple():
            return " – ".join("…" if v is None else short(zone, v) for v in value)
        case _ if attrs.has(type(value)) and not _says_itself(value):
            return ", ".join(short(zone, getattr(value, a.name)) for a in attrs.fields(type(value)))
        case _:
            return lisible(value)


def plain(catalogue: Catalogue, speaker: Speaker, value: Any) -> Any:  # noqa: PLR0911 - one line for each type
    """The same as JSON: ISO dates, identifiers as they are, personal values open or said to be sealed or erased."""
    match value:
        case None | bool() | int() | str():
            return value
        case Scelle():
            found = speaker.ouvrir(value)
            return {"etat": "scelle"} if isinstance(found, Scelle) else plain(catalogue, speaker, found)
        case Efface():
            return {"etat": "efface"}
        case list() | tuple():
            return [plain(catalogue, speaker, v) for v in value]
        case dict():
            return {k: plain(catalogue, speaker, v) for k, v in value.items()}
        case _ if attrs.has(type(value)):
            kinds = {cls: name for table in catalogue.codec.unions.values() for name, cls in table.items()}
            named = {"genre": kinds[type(value)]} if type(value) in kinds else {}
            fields = {a.name: getattr(value, a.name) for a in attrs.fields(type(value))}
            return named | {k: plain(catalogue, speaker, v) for k, v in fields.items()}
        case _:
            return value.format_iso() if hasattr(value, "format_iso") else str(value)


def iso(text: str) -> str:
    """A date that is written as registers show it (``23/11/2026``), as machines do; any other text as it is."""
    return "-".join(f"{int(n):02d}" for n in reversed(text.split("/"))) if FRANCAISE.match(text) else text


def bare(text: str) -> str:
    """A text as people compare it: case and accents do not count."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _is_fact(kind: Any) -> bool:
    return any(hasattr(one, "__fiche__") for one in getattr(kind, "__args__", (kind,)))


def _says_itself(value: Any) -> bool:
    return "__str__" in vars(type(value))
