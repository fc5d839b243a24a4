"""What a declared class's fields are: the one place where adapters, codec and strategies read a declaration."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from tierslieu_core.kernel.personal import Scelle


@attrs.frozen
class Champ:
    """One field. ``type`` is without ``None``; ``element``: the type inside a tuple, else ``type`` itself."""

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

    @property
    def sujet(self) -> str | None:
        """``"objet"`` for an ``ObjetId``: the prefix of its tags; ``None`` when the field names nothing."""
        return subject_of(self.element)

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


_known: dict[Any, tuple[Champ, ...]] = {}
_known_naming: dict[Any, tuple[Champ, ...]] = {}


def fields_of(cls: type) -> tuple[Champ, ...]:
    """The fields of a declared class, in the order of declaration."""
    found = _known.get(cls)
    if found is None:
        hints = get_type_hints(cls)
        found = _known[cls] = tuple(_field(a, hints[a.name]) for a in attrs.fields(cls))
    return found


def subjects(value: object) -> list[str]:
    """The tags of all that a command or fact names: ``["objet:perceuse", "personne:p-7"]``."""
    found: list[str] = []
    for field in _naming(type(value)):
        given = getattr(value, field.nom)
        for one in given if field.plusieurs else (given,):
            if one is not None:
                found.append(f"{field.sujet}:{one}")  # noqa: PERF401 - two loops read better than one comprehension
    return found


def _naming(cls: type) -> tuple[Champ, ...]:
    found = _known_naming.get(cls)
    if found is None:
        found = _known_naming[cls] = tuple(f for f in fields_of(cls) if f.sujet)
    return found


def _field(attribute: Any, hint: Any) -> Champ:
    kind, optional = _without_none(hint)
    many = get_origin(kind) is tuple
    said = attribute.metadata
    sealed = said.get("personnel") or {}
    return Champ(
        nom=attribute.name,
        type=kind,
        element=get_args(kind)[0] if many else kind,
        facultatif=optional,
        plusieurs=many,
        libelle=said.get("libelle") or attribute.name.replace("_", " "),
        unite=said.get("unite", ""),
        nouveau=said.get("nouveau", False),
        qui=sealed.get("qui"),
        conservation=sealed.get("conservation"),
        defaut=attribute.default,
    )


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    args = get_args(hint)
    rest = tuple(a for a in args if a is not NoneType)
    if len(rest) == len(args):
        return hint, False
    return (rest[0] if len(rest) == 1 else Union[rest]), True  # noqa: UP007 - built from a tuple at run time
