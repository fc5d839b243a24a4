"""Areas, stores, importers, exporters and rule kinds, found by name: ours through the same door as anyone's.

Our own are also in a static table, since scanning entry points takes 80 ms; a test holds it equal to ``pyproject.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from tierslieu_core.kernel.errors import ErreurTiersLieu

BUILTIN: Mapping[str, Mapping[str, str]] = {
    "tierslieu.stores": {
        "memory": "tierslieu_adapters.sqlite:ouvrir",
        "sqlite": "tierslieu_adapters.sqlite:ouvrir",
    },
    "tierslieu.importers": {"librebooking": "tierslieu_adapters.imports.librebooking:importer"},
    "tierslieu.domaines": {
        "adhesions": "tierslieu_core.domaines.personnes.adhesions:DOMAINE",
        "espaces": "tierslieu_core.domaines.moyens.espaces:DOMAINE",
        "formations": "tierslieu_core.domaines.personnes.formations:DOMAINE",
        "gouvernance": "tierslieu_core.domaines.cadre.gouvernance:DOMAINE",
        "identites": "tierslieu_core.domaines.cadre.identites:DOMAINE",
        "materiel": "tierslieu_core.domaines.moyens.materiel:DOMAINE",
        "prets": "tierslieu_core.domaines.usages.prets:DOMAINE",
        "regles": "tierslieu_core.domaines.cadre.regles:DOMAINE",
        "reservations": "tierslieu_core.domaines.usages.reservations:DOMAINE",
    },
    "tierslieu.genres": {"base": "tierslieu_core.domaines.cadre.regles.genres:GENRES"},
}


def found(group: str, *, installed: bool = True) -> dict[str, Any]:
    """Every plugin of a group by name; ``installed``: those of other packages too."""
    known = {name: load(where) for name, where in BUILTIN.get(group, {}).items()}
    return {**known, **{e.name: e.load() for e in _others(group)}} if installed else known


def one(group: str, name: str, said: str) -> Any:
    """The plugin of that name; ours without any scan. ``said``: what it is, for the error message."""
    where = BUILTIN.get(group, {}).get(name)
    if where is not None:
        return load(where)
    others = {e.name: e for e in _others(group)}
    if name in others:
        return others[name].load()
    msg = f"{said} inconnu : « {name} ». Connus : {', '.join(sorted({*BUILTIN.get(group, {}), *others}))}."
    raise ErreurTiersLieu(msg)


def load(where: str) -> Any:
    """The object that ``module:name`` says."""
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)


def _others(group: str) -> list[Any]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - costs 80 ms, so only when asked

    ours = BUILTIN.get(group, {})
    return [e for e in entry_points(group=group) if e.name not in ours]
