"""The rulebook of a day, written as the file that ``lire`` reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

import attrs
import tomlkit
from whenever import Date, Time

from tierslieu_core.domaines.cadre.regles.faits import FaitDeclare
from tierslieu_core.domaines.cadre.regles.genres import GenreDeRegle
from tierslieu_core.domaines.cadre.regles.portee import Condition
from tierslieu_core.domaines.cadre.regles.versions import Version
from tierslieu_core.kernel.codec import Codec


def ecrire(titre: str, faits: Iterable[FaitDeclare], regles: Iterable[Version], codec: Codec) -> str:
    """TOML; what a rule leaves to its defaults is not written."""
    doc = tomlkit.document()
    doc["reglement"] = {"titre": titre}
    if declares := list(faits):
        doc["faits"] = tomlkit.table(is_super_table=True)
        for d in declares:
            doc["faits"][d.fait] = _table(
                _sans({"type": d.type, "libelle": d.libelle, "valeurs": d.valeurs, "unite": d.unite})
            )
    doc["regles"] = tomlkit.table(is_super_table=True)
    for v in sorted(regles, key=lambda v: v.regle):
        doc["regles"][v.regle] = _table(_regle(v, codec))
    return tomlkit.dumps(doc)


def _regle(v: Version, codec: Codec) -> dict[str, Any]:
    portee = _ecarts(v.portee, codec)
    if v.portee.quand:
        portee["quand"] = {c.fait: _condition(c) for c in v.portee.quand}
    source = _ecarts(v.source, codec)
    articles = source.pop("articles", [])
    said = {
        "article": articles[0] if len(articles) == 1 else articles,
        "enonce": "" if v.texte == v.genre.phrase() else v.texte,
        "effet": date.fromisoformat(v.du.format_iso()), "motif": v.motif, "decision": v.decision, "leve": list(v.leve),
        "deja": "" if v.deja == "gardees" else v.deja, "pour": portee, "sinon": _ecarts(v.sinon, codec),
        "source": source,
    }  # fmt: skip
    return {"genre": _nom(v, codec), **_ecarts(v.genre, codec), **_sans(said)}


def _nom(v: Version, codec: Codec) -> str:
    stored: dict[str, Any] = codec.stored.unstructure(v.genre, GenreDeRegle)
    return str(stored["genre"])


def _ecarts(value: Any, codec: Codec) -> dict[str, Any]:
    """The fields of a value that are not at their default, as TOML."""
    found = {}
    for f in attrs.fields(type(value)):
        held = getattr(value, f.name)
        if f.name != "quand" and held != f.default:
            found[f.name] = _toml(codec.stored.unstructure(held), held)
    return found


def _condition(c: Condition) -> Any:
    """As short as ``lire`` takes it."""
    said = _sans({f.name: getattr(c, f.name) for f in attrs.fields(Condition) if f.name != "fait"}, garde=(int, bool))
    match said:
        case {"vaut": bool() as vaut} if len(said) == 1:
            return vaut
        case {"parmi": mots} if len(said) == 1:
            return mots[0] if len(mots) == 1 else list(mots)
    return {k: list(v) if isinstance(v, tuple) else v for k, v in said.items()}


def _sans(champs: Mapping[str, Any], garde: tuple[type, ...] = ()) -> dict[str, Any]:
    """Without what says nothing."""
    return {k: v for k, v in champs.items() if v or (v is not None and garde and isinstance(v, garde))}


def _toml(stored: Any, value: Any) -> Any:
    """Dates and hours as TOML's own, so that people write them without quotes; nothing for nothing."""
    if isinstance(value, Date):
        return date.fromisoformat(value.format_iso())
    if isinstance(value, Time):
        return time.fromisoformat(value.format_iso())
    if isinstance(stored, dict):
        return {k: _toml(v, getattr(value, k, None)) for k, v in stored.items() if v not in (None, [], "", {})}
    if isinstance(stored, list | tuple):
        values = value if isinstance(value, list | tuple) else stored
        return [_toml(s, v) for s, v in zip(stored, values, strict=True)]
    return stored


def _table(champs: Mapping[str, Any]) -> Any:
    """A table whose inner groups are written with dots (``pour.actions = …``), lists of groups inline."""
    table = tomlkit.table()
    for k, v in champs.items():
        for path, leaf in _feuilles((k,), v):
            table.append(tomlkit.key(list(path)), _item(leaf))
    return table


def _feuilles(path: tuple[str, ...], value: Any) -> Iterable[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict) and value:
        for k, v in value.items():
            yield from _feuilles((*path, k), v)
    else:
        yield path, value


def _item(value: Any) -> Any:
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        for one in value:
            array.append(_item(one))
        return array.multiline(multiline=len(value) > 1 and isinstance(value[0], dict))
    if isinstance(value, dict):
        inline = tomlkit.inline_table()
        for k, v in value.items():
            inline[k] = _item(v)
        return inline
    return value
