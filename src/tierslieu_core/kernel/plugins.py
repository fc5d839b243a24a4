"""Areas, stores, importers, exporters and rule kinds, found by name: ours through the same door as anyone's.

Our own are also in a static table, so that opening a place scans nothing; a test holds it equal to ``pyproject.toml``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import reduce
from importlib import import_module
from os import scandir
from typing import Any

from tierslieu_core.kernel.errors import ErreurTiersLieu

BUILTIN: Mapping[str, Mapping[str, str]] = {
    "tierslieu.stores": {
        "memory": "tierslieu_adapters.sqlite:ouvrir",
        "sqlite": "tierslieu_adapters.sqlite:ouvrir",
    },
    "tierslieu.importers": {
        "ics": "tierslieu_adapters.imports.ics:importer",
        "leihs": "tierslieu_adapters.imports.leihs:importer",
        "librebooking": "tierslieu_adapters.imports.librebooking:importer",
        "snipe-it": "tierslieu_adapters.imports.snipe_it:importer",
    },
    "tierslieu.exporters": {
        "csv": "tierslieu_adapters.exports.tableur:exporter",
        "ics": "tierslieu_adapters.exports.agenda:exporter",
    },
    "tierslieu.domaines": {
        "acces": "tierslieu_core.domaines.usages.acces:DOMAINE",
        "accueil": "tierslieu_core.domaines.personnes.accueil:DOMAINE",
        "adhesions": "tierslieu_core.domaines.personnes.adhesions:DOMAINE",
        "archives": "tierslieu_core.domaines.cadre.archives:DOMAINE",
        "attestations": "tierslieu_core.domaines.personnes.attestations:DOMAINE",
        "besoins": "tierslieu_core.domaines.personnes.besoins:DOMAINE",
        "communication": "tierslieu_core.domaines.projets.communication:DOMAINE",
        "consentements": "tierslieu_core.domaines.personnes.consentements:DOMAINE",
        "contrats": "tierslieu_core.domaines.administration.contrats:DOMAINE",
        "conventions": "tierslieu_core.domaines.administration.conventions:DOMAINE",
        "corrections": "tierslieu_core.domaines.cadre.corrections:DOMAINE",
        "demarches": "tierslieu_core.domaines.usages.demarches:DOMAINE",
        "documentation": "tierslieu_core.domaines.memoire.documentation:DOMAINE",
        "documents": "tierslieu_core.domaines.administration.documents:DOMAINE",
        "ecosysteme": "tierslieu_core.domaines.projets.ecosysteme:DOMAINE",
        "entretien": "tierslieu_core.domaines.moyens.entretien:DOMAINE",
        "espaces": "tierslieu_core.domaines.moyens.espaces:DOMAINE",
        "formations": "tierslieu_core.domaines.personnes.formations:DOMAINE",
        "gouvernance": "tierslieu_core.domaines.cadre.gouvernance:DOMAINE",
        "identites": "tierslieu_core.domaines.cadre.identites:DOMAINE",
        "logistique": "tierslieu_core.domaines.moyens.logistique:DOMAINE",
        "materiel": "tierslieu_core.domaines.moyens.materiel:DOMAINE",
        "partenariats": "tierslieu_core.domaines.projets.partenariats:DOMAINE",
        "prets": "tierslieu_core.domaines.usages.prets:DOMAINE",
        "programmation": "tierslieu_core.domaines.projets.programmation:DOMAINE",
        "publics": "tierslieu_core.domaines.cadre.publics:DOMAINE",
        "recours": "tierslieu_core.domaines.cadre.recours:DOMAINE",
        "regles": "tierslieu_core.domaines.cadre.regles:DOMAINE",
        "rencontres": "tierslieu_core.domaines.personnes.rencontres:DOMAINE",
        "reservations": "tierslieu_core.domaines.usages.reservations:DOMAINE",
        "sanctions": "tierslieu_core.domaines.personnes.sanctions:DOMAINE",
        "sensibilisation": "tierslieu_core.domaines.personnes.sensibilisation:DOMAINE",
        "services": "tierslieu_core.domaines.projets.services:DOMAINE",
        "stocks": "tierslieu_core.domaines.moyens.stocks:DOMAINE",
    },
    "tierslieu.finances": {"finances": "tierslieu_core.domaines.finances:DOMAINE"},
    "tierslieu.recurrences": {"rrule": "tierslieu_adapters.calendrier.recurrence:occurrences"},
    "tierslieu.genres": {
        "base": "tierslieu_core.domaines.cadre.regles.genres:GENRES",
        "expressions": "tierslieu_adapters.expressions:GENRES",
    },
    "tierslieu.oracles": {
        "calendrier": "tierslieu_adapters.calendrier:oracle",
        "expressions": "tierslieu_adapters.expressions.oracle:oracle",
    },
}


def found(group: str, *, installed: bool = True) -> dict[str, Any]:
    """Every plugin of a group by name; ``installed``: those of other packages too."""
    known = {name: load(where) for name, where in BUILTIN.get(group, {}).items()}
    return {**known, **{name: load(where) for name, where in _others(group).items()}} if installed else known


def one(group: str, name: str, said: str) -> Any:
    """The plugin of that name; ours without any scan. ``said``: what it is, for the error message."""
    ours = BUILTIN.get(group, {})
    known = ours if name in ours else {**_others(group), **ours}
    if name in known:
        return load(known[name])
    raise ErreurTiersLieu(f"{said} inconnu : « {name} ». Connus : {', '.join(sorted(known))}.")


def load(where: str) -> Any:
    """The object that ``module:name`` says."""
    module, _, name = where.partition(":")
    try:
        return reduce(getattr, name.split("."), import_module(module))
    except (ImportError, AttributeError) as fault:
        raise ErreurTiersLieu(
            f"« {where} » ne se charge pas ({fault}) : réinstallez le paquet qui l'apporte, ou enlevez-le."
        ) from fault


def _others(group: str) -> dict[str, str]:
    """The entry points of other packages: ``importlib.metadata`` says the same, but reads every package: 80 ms."""
    ours, others = BUILTIN.get(group, {}), dict[str, str]()
    for text in _declared():
        inside = False
        for line in map(str.strip, text.splitlines()):
            if line.startswith("["):
                inside = line == f"[{group}]"
            elif inside and line and not line.startswith("#"):
                name, _, where = line.partition("=")
                if name.strip() not in ours:
                    others.setdefault(name.strip(), where.partition("[")[0].strip())
    return others


def _declared() -> Iterator[str]:
    """What the installed packages declare, of those that declare anything to us; the first of a name hides the rest."""
    seen: set[str] = set()
    for folder in sys.path:
        try:
            names = sorted(e.name for e in scandir(folder or ".") if e.name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue  # a zip, or a folder that is not there
        for name in names:
            package = name.partition("-")[0].lower()
            if package in seen:
                continue
            seen.add(package)
            try:
                with open(f"{folder or '.'}/{name}/entry_points.txt", encoding="utf-8") as file:  # noqa: PTH123 - pathlib is slower to load than this is to run
                    text = file.read()
            except OSError:
                continue
            if "[tierslieu." in text:
                yield text
