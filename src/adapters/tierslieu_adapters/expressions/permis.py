"""All that an expression may do, of what CEL can: a list of its functions, and for which types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

MACROS = ("all", "exists", "exists_one")
_ORDRE = ("int64", "timestamp", "duration")
PERMIS: Mapping[str, tuple[str, ...]] = {
    "_&&_": ("logical_and",), "_||_": ("logical_or",), "!_": ("logical_not",), "_?_:_": ("conditional",),
    "_==_": ("equals",), "_!=_": ("not_equals",), "@in": ("in_list",), "_[_]": ("index_list",),
    "@not_strictly_false": ("not_strictly_false",),
    "_<_": tuple(f"less_{t}" for t in _ORDRE), "_<=_": tuple(f"less_equals_{t}" for t in _ORDRE),
    "_>_": tuple(f"greater_{t}" for t in _ORDRE), "_>=_": tuple(f"greater_equals_{t}" for t in _ORDRE),
    "_+_": ("add_int64", "add_timestamp_duration", "add_duration_timestamp", "add_duration_duration"),
    "_-_": ("subtract_int64", "subtract_timestamp_timestamp", "subtract_timestamp_duration",
            "subtract_duration_duration"),
    "-_": ("negate_int64",), "_*_": ("multiply_int64",), "_/_": ("divide_int64",), "_%_": ("modulo_int64",),
    "size": ("size_list", "list_size", "size_string", "string_size"),
    "startsWith": ("starts_with_string",), "endsWith": ("ends_with_string",), "contains": ("contains_string",),
}  # fmt: skip
"""The functions of CEL that exist for an expression, and for which types; all others do not."""


@cache
def configuration() -> str:
    """``PERMIS`` as the engine reads it."""
    said = [
        f'    - name: "{nom}"\n      overloads: [{", ".join(f"{{id: {un}}}" for un in ids)}]'
        for nom, ids in PERMIS.items()
    ]
    lines = ["name: tierslieu", "stdlib:", f"  include_macros: [{', '.join(MACROS)}]", "  include_functions:", *said]
    return "\n".join(lines)
