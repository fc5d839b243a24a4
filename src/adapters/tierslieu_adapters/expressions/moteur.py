"""CEL behind a guard: the engine is ``cel-expr-python``, an extra, loaded when something is first asked of it.

What it may do is a list (``permis``), and nothing else exists for an expression: no conversion, no text or list made
longer, no clock, no regular expression, no ``dyn``. An error is a *value* there: only one that is of the wanted type,
both as compiled and as found, is ever read; anything else is ``NonDecidable``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from importlib import import_module
from typing import Any, Protocol

from tierslieu_adapters.expressions.fonctions import FONCTIONS
from tierslieu_adapters.expressions.permis import configuration
from tierslieu_adapters.expressions.texte import autre_type, lexicales, traduites
from tierslieu_adapters.expressions.variables import GENRES_DE_FAIT, lu
from tierslieu_core.kernel.errors import ErreurTiersLieu

Types = tuple[tuple[str, str], ...]
"""The names that an expression may read, each with its type among ``GENRES_DE_FAIT``."""
RENDS = {"oui_non": "BOOL", "nombre": "INT", "mot": "STRING"}
"""What an expression may give, and what CEL calls it."""


class ExtraAbsent(ErreurTiersLieu):
    """An expression has to be worked out, and the extra that does so is not installed."""


class NonDecidable(ErreurTiersLieu):
    """An expression cannot be worked out: a fact is not told, or it fails, or it takes too much."""


class Compilee(Protocol):
    """What the engine made of a source."""

    def return_type(self) -> Any:
        """The type that it gives."""
        ...

    def eval(self, *, data: Mapping[str, Any]) -> Any:
        """What it gives on these values: a value with its ``type()``, which may be that of an error."""
        ...


@cache
def cel() -> Any:
    """The engine."""
    try:
        return import_module("cel_expr_python.cel")
    except ImportError as fault:
        raise ExtraAbsent(
            "Une règle d'expression demande cel-expr-python : pip install 'tierslieu-core[cel]'."
        ) from fault


def fautes(source: str, types: Types, rend: str) -> list[str]:
    """What is wrong with a source, each fault with its place; nothing when it gives what it must."""
    try:
        made = compilee(source, types, "UTC")
    except ValueError as fault:
        return [str(one) for one in fault.args]
    given = made.return_type()
    return [] if given == getattr(cel().Type, RENDS[rend]) else [autre_type(given.name(), GENRES_DE_FAIT[rend].libelle)]


def valeur(source: str, types: Types, rend: str, valeurs: Mapping[str, Any], zone: str) -> int | str | bool:
    """What a source gives; ``valeurs`` as JSON, those that are not of their type being left out."""
    known = {nom: one for nom, genre in types if nom in valeurs and (one := lu(genre, valeurs[nom], zone)) is not None}
    wanted = getattr(cel().Type, RENDS[rend])
    try:
        made = compilee(source, types, zone)
        given = made.eval(data=known)
    except (ValueError, RuntimeError, MemoryError) as fault:
        raise NonDecidable(f"« {source} » ne peut pas être évaluée ({fault}).") from fault
    if made.return_type() != wanted or given.type() != wanted:
        raise NonDecidable(f"« {source} » n'est pas décidable avec ce qui est dit.")
    found: int | str | bool = given.value()
    return found


# ── the engine ──────────────────────────────────────────────────────────────────────────────────────────────────────

CONNUES = 512
INCONNU = re.compile(r"undeclared reference to '\.?(\w+)")


@lru_cache(CONNUES)
def compilee(source: str, types: Types, zone: str) -> Compilee:
    """A source as compiled with these types; ``ValueError`` with its faults otherwise."""
    if found := lexicales(source):
        raise ValueError(*found)
    try:
        made: Compilee = _environnement(types, zone).compile(source)
    except RuntimeError as fault:
        raise ValueError(*traduites(str(fault), source, types)) from None
    return made


@lru_cache(CONNUES)
def lus(source: str, types: Types) -> frozenset[str]:
    """The names that a source reads: those that it cannot be compiled without (the engine tells twenty at a time)."""
    known: dict[str, str] = {}
    while True:
        try:
            _environnement(tuple(sorted(known.items())), "UTC").compile(source)
        except RuntimeError as fault:
            found = {nom: genre for nom, genre in types if nom in INCONNU.findall(str(fault)) and nom not in known}
            if found:
                known |= found
                continue
        return frozenset(known)


@lru_cache(CONNUES)
def _environnement(types: Types, zone: str) -> Any:
    engine = cel()
    named = {g.cel: getattr(engine.Type, g.cel, None) for g in GENRES_DE_FAIT.values()}
    named |= {"MOTS": engine.Type.List(engine.Type.STRING), "DURATION": engine.Type.DURATION}
    return engine.NewEnv(
        config=engine.NewEnvConfigFromYaml(configuration()),
        variables={nom: named[GENRES_DE_FAIT[genre].cel] for nom, genre in types},
        functions=[
            engine.FunctionDecl(
                nom,
                [engine.Overload(nom, named[f.rend], [named[un] for un in f.prend], impl=_sure(partial(f.fait, zone)))],
            )
            for nom, f in FONCTIONS.items()
        ],
    )


def _sure(fait: Callable[..., Any]) -> Callable[..., Any]:
    """Whatever fails in a function is told to the engine in one way: as an error, which it then carries."""

    def made(*args: Any) -> Any:
        try:
            return fait(*args)
        except Exception as fault:  # noqa: BLE001 - of whatever kind, it decides nothing
            raise ValueError(str(fault)) from None

    return made
