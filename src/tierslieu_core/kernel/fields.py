"""What a declared class's fields are: the one place where adapters, codec and strategies read a declaration."""

from __future__ import annotations

from collections.abc import Callable
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from tierslieu_core.kernel.labels import label
from tierslieu_core.kernel.personal import Scelle

T = TypeVar("T")


@attrs.frozen
class Champ:
    """One field. ``type`` is without ``None``; ``element``: the type inside a tuple, else ``type`` itself.

    ``sujet``: ``"objet"`` for an ``ObjetId``, the prefix of its tags; ``None`` when the field names nothing.
    ``dit``: the kind of thing whose name is shown in its place: ``sujet``, or what the declaration says.
    """

    nom: str
    type: Any
    element: Any
    facultatif: bool
    plusieurs: bool
    libelle: str
    unite: str
    nouveau: bool
    qui: str | None
    conservation: str | None
    defaut: Any
    sujet: str | None
    dit: str | None

    @property
    def obligatoire(self) -> bool:
        """Whether a demand must give it."""
        return self.defaut is attrs.NOTHING


def subject_of(kind: Any) -> str | None:
    """The tag prefix of an identifier type (a ``NewType`` of ``str`` whose name ends in ``Id``)."""
    name = getattr(kind, "__name__", "")
    return name.removesuffix("Id").lower() if hasattr(kind, "__supertype__") and name.endswith("Id") else None


def is_personal(kind: Any) -> bool:
    """Whether a type is ``Personnel`` (or ``Personnel | None``)."""
    return get_origin(kind) in (Union, UnionType) and Scelle in get_args(kind)


def once(function: Callable[[type], T]) -> Callable[[type], T]:
    """What a function says of a class, asked once: declarations do not change."""
    known: dict[type, T] = {}

    def remembered(cls: type) -> T:
        if cls not in known:
            known[cls] = function(cls)
        return known[cls]

    return remembered


@once
def fields_of(cls: type) -> tuple[Champ, ...]:
    """The fields of a declared class, in the order of declaration."""
    hints = get_type_hints(cls)
    return tuple(_field(a, hints[a.name]) for a in attrs.fields(cls))


def subjects(value: object) -> list[str]:
    """The tags of all that a command or fact names: ``["objet:perceuse", "personne:p-7"]``."""
    found: list[str] = []
    for field in _naming(type(value)):
        given = getattr(value, field.nom)
        for one in given or () if field.plusieurs else (given,):
            if one is not None:
                found.append(f"{field.sujet}:{one}" if field.sujet else str(one))  # noqa: PERF401 - two loops read better than one comprehension
    return found


def concerned(value: object, kind: str) -> list[str]:
    """What a command is about, of one kind: the fields that name one thing, not those that name some beside it."""
    fields = (f for f in _naming(type(value)) if f.sujet == kind and not f.plusieurs)
    return [getattr(value, f.nom) for f in fields]


@once
def _naming(cls: type) -> tuple[Champ, ...]:
    return tuple(f for f in fields_of(cls) if f.sujet or pointing(f))


def pointing(field: Champ) -> bool:
    """Whether a field's values are whole tags, of things of any kind (their ``reference``)."""
    return hasattr(field.element, "reference")


def _field(attribute: Any, hint: Any) -> Champ:
    kind, optional = _without_none(hint)
    many = get_origin(kind) is tuple
    said = attribute.metadata
    sealed = said.get("personnel") or {}
    sujet = subject_of(get_args(kind)[0] if many else kind)
    return Champ(
        nom=attribute.name,
        type=kind,
        element=get_args(kind)[0] if many else kind,
        facultatif=optional,
        plusieurs=many,
        libelle=said.get("libelle") or label(attribute.name),
        unite=said.get("unite", ""),
        nouveau=said.get("nouveau", False),
        qui=sealed.get("qui"),
        conservation=sealed.get("conservation"),
        defaut=attribute.default,
        sujet=sujet,
        dit=said.get("dit") or sujet,
    )


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    args = get_args(hint)
    rest = tuple(a for a in args if a is not NoneType)
    if len(rest) == len(args):
        return hint, False
    return (rest[0] if len(rest) == 1 else Union[rest]), True  # noqa: UP007 - built from a tuple at run time
