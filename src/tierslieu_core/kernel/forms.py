"""How the rows of a register are written where it is kept, and what tells that they are to be folded again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import attrs
import msgspec
from whenever import Date

from tierslieu_core.kernel.codec import dec_hook, encoder
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.fields import fields_of, is_personal
from tierslieu_core.kernel.shelves import Line, Plan, Scalar, Unshelved

if TYPE_CHECKING:
    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.declarations import Registre

FORME = 1
"""To be raised when registers are kept otherwise: those kept before are then folded again."""


@attrs.frozen(eq=False)
class Form:
    """How the keys and rows of one register are written, and read again."""

    text: Callable[[Any], str]
    key: Callable[[str], Any]
    row: Callable[[bytes], Any]
    _write: Callable[[Any], bytes]
    _values: Callable[[Any], tuple[Any, ...]]
    _varies: str | None

    @classmethod
    def of(cls, catalogue: Catalogue, registre: Registre[Any], plan: Plan) -> Form:
        """``Unshelved`` for a register whose keys cannot be read again, or that would be found by what is sealed."""
        kind, sealed = _key(registre), {f.nom for f in fields_of(registre.ligne) if is_personal(f.type)}
        if kind is None or sealed.intersection(plan.columns):
            raise Unshelved
        decoder, codec, ligne = msgspec.json.Decoder(kind, dec_hook=dec_hook), catalogue.codec, registre.ligne

        def row(kept: bytes) -> Any:
            try:
                return codec.decode(kept, ligne)
            except (DemandeInvalide, msgspec.DecodeError) as fault:
                raise Unshelved from fault

        return cls(
            lambda cle: encoder.encode(cle).decode(),
            decoder.decode,
            row,
            codec.encode,
            _getter(plan.columns),
            plan.varies,
        )

    def line(self, cle: Any, ligne: Any) -> Line:
        """A row as it is kept."""
        values = [v if type(v) is str else scalar(v) for v in self._values(ligne)]
        varies = self._varies is not None and getattr(ligne, self._varies) is not None
        return Line(self.text(cle), self._write(ligne), tuple(values), varies)


def _getter(columns: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """The values of these columns; ``attrgetter`` gives no tuple for one, and cannot be made for none."""
    get: Callable[[Any], Any] = attrgetter(*columns) if columns else lambda _: ()
    return (lambda ligne: (get(ligne),)) if len(columns) == 1 else get


def plan_of(registre: Registre[Any]) -> Plan:
    """A register's name and indexes."""
    return Plan(registre.nom, tuple((i,) if isinstance(i, str) else i for i in registre.index), registre.varie)


def scalar(value: Any) -> Scalar:
    """A column's value as a store can find and sort it: its ``rang()`` where it has one."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, int):
        return int(value)
    return value.rang() if hasattr(value, "rang") else str(value)


def declaration(catalogue: Catalogue, registre: Registre[Any]) -> str:
    """A digest of all that decides what a register's rows are: its code, and the names that this code imports."""
    code = registre.tenir.__globals__
    names = {registre.ligne.__module__, *(cls.__module__ for cls in registre.faits)}
    names |= {getattr(thing, "__module__", None) or "" for thing in code.values()}
    ours = {__name__.partition(".")[0], code["__name__"].partition(".")[0]}
    said = sha256(repr((FORME, plan_of(registre), catalogue.types(registre.faits))).encode())
    for name in sorted(n for n in names if n.partition(".")[0] in ours):
        said.update(_source(name))
    return said.hexdigest()


def _source(module: str) -> bytes:
    file = getattr(sys.modules.get(module), "__file__", None)
    try:
        return Path(file or "").read_bytes()
    except OSError:  # an area in an archive, or typed by hand, is known by its name alone
        return module.encode()


def _key(registre: Registre[Any]) -> Any:
    """The type of a register's keys, when they are texts, numbers or dates, or several of these."""
    function = registre.tenir
    args = get_args(get_type_hints(function)[function.__code__.co_varnames[0]])
    kinds = get_args(args[0]) or args[:1] if args else ()
    plain = kinds and all(getattr(kind, "__supertype__", kind) in (str, int, Date) for kind in kinds)
    return args[0] if plain else None
