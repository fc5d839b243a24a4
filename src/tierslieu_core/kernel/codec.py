"""The stored form of values. cattrs is the authority; msgspec a faster way to the same result, held equal by a law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import attrs
import cattrs
import msgspec
from whenever import Date, Instant, PlainDateTime, Time

from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.fields import fields_of, is_personal
from tierslieu_core.kernel.personal import Scelle

TEMPS = {
    Date: ("une date", "2026-11-23"),
    Time: ("une heure", "14:30"),
    Instant: ("un instant avec son décalage", "2026-11-23T14:30:00+01:00"),
    PlainDateTime: ("une date et une heure", "2026-11-23T14:30"),
}
PRIMITIFS = {str: "un texte", int: "un nombre entier", bool: "oui ou non (true, false)"}
INSTANT_MAX = Instant.from_utc(9999, 12, 30)


def _strict(kind: type, said: str) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is kind:
            return value
        msg = f"{said} attendu, reçu {value!r}"
        raise ValueError(msg)

    return structure


def _time(kind: Any, said: str, example: str) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if isinstance(value, str):
            try:
                return parse_time(kind, value)
            except ValueError:
                pass
        msg = f"{said} attendue comme « {example} », reçu {value!r}"
        raise ValueError(msg.replace("un instant avec son décalage attendue", "un instant avec son décalage attendu"))

    return structure


def parse_time(kind: Any, text: str) -> Any:
    """A ``whenever`` value from ISO text; an instant may carry any offset."""
    if kind is Instant:
        from whenever import OffsetDateTime  # noqa: PLC0415 - only instants that people write come this way

        return Instant.parse_iso(text) if text.endswith("Z") else OffsetDateTime.parse_iso(text).to_instant()
    return kind.parse_iso(text)


def _sequence(converter: cattrs.Converter, kind: Any) -> Callable[[Any, Any], Any]:
    element = get_args(kind)[0]

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, list | tuple):
            msg = f"une liste attendue, reçu {value!r}"
            raise ValueError(msg)  # noqa: TRY004 - told with the other bad fields
        return tuple(converter.structure(v, element) for v in value)

    return structure


def _is_literal(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _literal(kind: Any) -> Callable[[Any, Any], Any]:
    allowed = get_args(kind)

    def structure(value: Any, _: Any) -> Any:
        if isinstance(value, str) and value in allowed:
            return value
        msg = f"l'un de : {', '.join(allowed)}, attendu ; reçu {value!r}"
        raise ValueError(msg)

    return structure


def _is_sequence(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _personal(converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    def structure(value: Any, kind: Any) -> Any:
        if value is None and NoneType in get_args(kind):
            return None
        return converter.structure(value, Scelle) if isinstance(value, dict) else converter.structure(value, str)

    return structure


def _text_valued(kind: Any, _: Any = None) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, str):
            msg = f"un texte attendu, reçu {value!r}"
            raise ValueError(msg)  # noqa: TRY004 - told with the other bad fields
        return kind.depuis_texte(value)

    return structure


def _identifier(kind: Any, check: Callable[[str], str | None] | None) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not str:
            msg = f"un identifiant attendu, reçu {value!r}"
            raise ValueError(msg)
        fault = check(value) if check else None
        if fault:
            raise ValueError(fault)
        return kind(value)

    return structure


def make_converter(
    unions: Mapping[type, Mapping[str, type]], *, edge: bool, identifiers: Callable[[str], str | None] | None = None
) -> cattrs.Converter:
    """A converter with strict primitives. ``edge``: unknown fields are refused and identifiers checked."""
    c = cattrs.Converter(forbid_extra_keys=edge)
    c.register_structure_hook_factory(attrs.has, lambda kind: _group(c.gen_structure_attrs_fromdict(kind)))
    for kind, said in PRIMITIFS.items():
        c.register_structure_hook(kind, _strict(kind, said))
    for kind, (said, example) in TEMPS.items():
        c.register_structure_hook(kind, _time(kind, said, example))
        c.register_unstructure_hook(kind, lambda v: v.format_iso())
    c.register_structure_hook_func(is_personal, _personal(c))
    c.register_unstructure_hook_func(is_personal, lambda v: v if isinstance(v, str) or v is None else attrs.asdict(v))
    c.register_structure_hook_func(
        lambda t: hasattr(t, "__supertype__"), lambda v, t: _identifier(t, identifiers if edge else None)(v, t)
    )
    c.register_structure_hook_func(lambda t: hasattr(t, "depuis_texte"), lambda v, t: _text_valued(t)(v, t))
    c.register_unstructure_hook_func(lambda t: hasattr(t, "depuis_texte"), str)
    c.register_structure_hook_factory(_is_literal, _literal)
    c.register_structure_hook_factory(_is_sequence, lambda t: _sequence(c, t))
    for base, kinds in unions.items():
        _register_union(c, base, kinds)
    return c


def _group(read: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Fields are read from a group of fields only: by itself, cattrs finds none in a text, and takes their defaults."""

    def structure(value: Any, kind: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError(GROUPE)  # noqa: TRY004 - told with the other bad fields
        return read(value, kind)

    return structure


GROUPE = "un groupe de champs attendu, comme {…}"


def _register_union(c: cattrs.Converter, base: type, kinds: Mapping[str, type]) -> None:
    names = {cls: name for name, cls in kinds.items()}

    def structure(value: Any, _: Any) -> Any:
        name: Any = value.get("genre") if isinstance(value, dict) else None
        if name not in kinds:
            msg = f"genre inconnu : {name!r} ; genres connus : {', '.join(sorted(kinds))}"
            raise ValueError(msg)
        return c.structure({k: v for k, v in value.items() if k != "genre"}, kinds[name])

    c.register_structure_hook(base, structure)
    c.register_unstructure_hook(base, lambda v: {"genre": names[type(v)], **c.unstructure(v, type(v))})


def enc_hook(value: Any) -> Any:
    """msgspec's way to write what it does not know: as text."""
    return value.format_iso() if type(value) in TEMPS else str(value)


_READ: Mapping[Any, Callable[[str], Any]] = {
    Date: Date.parse_iso,
    Time: Time.parse_iso,
    Instant: partial(parse_time, Instant),
    PlainDateTime: PlainDateTime.parse_iso,
}


def dec_hook(kind: Any, value: Any) -> Any:
    """msgspec's way to read what it does not know."""
    if not isinstance(value, str):
        raise ValueError(value)  # noqa: TRY004 - msgspec turns it into a validation error
    read = _READ.get(kind)
    return kind.depuis_texte(value) if read is None else read(value)


encoder = msgspec.json.Encoder(enc_hook=enc_hook, order="sorted")  # one value, one text: keys are compared by it


@attrs.frozen(eq=False)
class Codec:
    """Between values and JSON bytes, for the classes of one catalogue. ``unions``: base class → name → class."""

    unions: Mapping[type, Mapping[str, type]] = attrs.Factory(dict)
    identifiers: Callable[[str], str | None] | None = None
    stored: cattrs.Converter = attrs.field(init=False)
    edge: cattrs.Converter = attrs.field(init=False)
    _decoders: dict[type, msgspec.json.Decoder[Any] | None] = attrs.field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "stored", make_converter(self.unions, edge=False))
        object.__setattr__(self, "edge", make_converter(self.unions, edge=True, identifiers=self.identifiers))

    def encode(self, value: Any) -> bytes:
        """JSON bytes of a declared value."""
        return encoder.encode(value if self.plain(type(value)) else self.stored.unstructure(value))

    def decode(self, data: bytes | msgspec.Raw, cls: type) -> Any:
        """The value that ``encode`` wrote; a ``DemandeInvalide`` that names every bad field otherwise."""
        decoder = self.plain(cls)
        if decoder is not None:
            try:
                return decoder.decode(data)
            except (msgspec.ValidationError, ValueError):
                pass  # cattrs tells every fault at once, where msgspec stops at the first
        return structured(self.stored, msgspec.json.decode(data), cls)

    def plain(self, cls: type) -> msgspec.json.Decoder[Any] | None:
        """msgspec's decoder of a class that it can read by itself; ``None`` when a field is a union of ours."""
        if cls not in self._decoders:
            plain = not any(f.element in self.unions for f in fields_of(cls))
            self._decoders[cls] = msgspec.json.Decoder(cls, dec_hook=dec_hook) if plain else None
        return self._decoders[cls]


def structured(converter: cattrs.Converter, value: Any, cls: Any, titre: str = "") -> Any:
    """``value`` as ``cls``; every bad field at once, each with its path, as a ``DemandeInvalide``."""
    try:
        return converter.structure(value, cls)
    except Exception as fault:  # noqa: BLE001 - cattrs raises groups of whatever the hooks raised
        raise DemandeInvalide(
            titre or f"« {getattr(cls, '__name__', cls)} » ne se lit pas :", list(faults(fault))
        ) from None


def faults(fault: BaseException) -> Iterable[tuple[str, str]]:
    """Every leaf of a cattrs error, with its path."""
    for line in cattrs.transform_error(fault, path="", format_exception=_said):
        text, _, path = line.rpartition(" @ ")
        yield path.lstrip("."), text


def _said(fault: BaseException, _: type | None) -> str:
    if isinstance(fault, KeyError):
        return "manque"
    if isinstance(fault, cattrs.errors.ForbiddenExtraKeysError):
        return "champ inconnu : " + ", ".join(sorted(fault.extra_fields))
    return str(fault) if isinstance(fault, ValueError) else GROUPE
