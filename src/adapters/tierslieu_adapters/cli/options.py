"""A command's options, read from its fields; and its fields, read back from the options that were given."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

import attrs
import msgspec
from cyclopts import Group, Parameter
from whenever import Date, Instant, PlainDateTime, Time

from tierslieu_adapters.cli.help import REQUIRED
from tierslieu_adapters.cli.values import iso
from tierslieu_core.kernel.errors import DemandeInvalide, ErreurTiersLieu
from tierslieu_core.kernel.fields import Champ, fields_of
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.faits import FaitDit
from tierslieu_core.vocabulaire.francais import lisible
from tierslieu_core.vocabulaire.montant import Montant, Poste
from tierslieu_core.vocabulaire.temps import Moment

if TYPE_CHECKING:
    from tierslieu_core.kernel.catalogue import Catalogue

RESERVED = ("par", "cle", "pour", "survenu_le", "essai", "json", "lieu", "commande", "help")
"""What a command line says around a demand: no field of a command may bear these names."""
SHAPES = {
    Date: "AAAA-MM-JJ",
    Moment: "AAAA-MM-JJTHH:MM",
    PlainDateTime: "AAAA-MM-JJTHH:MM",
    Instant: "AAAA-MM-JJTHH:MM+01:00",
    Time: "HH:MM",
    int: "NOMBRE",
    Chose: "GENRE:IDENTIFIANT",
    Empreinte: "SHA256",
    FaitDit: "NOM=VALEUR",
    Montant: "MONTANT",
    Poste: "LIGNE=MONTANT",
}
NUMBER = re.compile(r"[+-]?\d+\Z")


@attrs.frozen
class Option:
    """One option: the path of the field that it fills, and the field. ``whole``: a nested value given as JSON."""

    path: tuple[str, ...]
    field: Champ
    whole: bool = False
    kinds: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """As a Python parameter, that is none of those of the command line itself (``session``)."""
        return "__".join(("champ", *self.path))

    @property
    def name(self) -> str:
        """As people type it: ``--nom-personne``, ``--genre.maximum-minutes``."""
        return "--" + ".".join(self.path).replace("_", "-")


def options_of(catalogue: Catalogue, cls: type) -> list[Option]:
    """Every option of a command, nested values included."""
    taken = [f.nom for f in fields_of(cls) if f.nom in RESERVED]
    if taken:
        raise ErreurTiersLieu(f"{cls.__name__} déclare des champs aux noms réservés : {', '.join(taken)}.")
    return list(_options(catalogue, cls, ()))


def _options(catalogue: Catalogue, cls: type, path: tuple[str, ...]) -> Iterator[Option]:
    for f in fields_of(cls):
        here = (*path, f.nom)
        kinds = catalogue.codec.unions.get(f.element)
        yield Option(here, f, whole=_grouped(catalogue, f))
        if f.plusieurs:
            continue
        if kinds is not None:
            yield from _kinds(catalogue, kinds, here, f)
        elif _grouped(catalogue, f):
            yield from _options(catalogue, f.element, here)


def _grouped(catalogue: Catalogue, field: Champ) -> bool:
    """Whether a field's value, or each of them, is a group of fields."""
    kind = field.element
    return kind in catalogue.codec.unions or (attrs.has(kind) and not hasattr(kind, "depuis_texte"))


def _kinds(catalogue: Catalogue, kinds: Mapping[str, type], path: tuple[str, ...], field: Champ) -> Iterator[Option]:
    """The options of every kind of a union; a name that several kinds share is one option."""
    tag = attrs.evolve(field, nom="genre", type=str, element=str, libelle=f"parmi : {', '.join(sorted(kinds))}")
    yield Option((*path, "genre"), tag)
    found: dict[str, list[tuple[str, Champ]]] = {}
    for name, cls in kinds.items():
        for f in fields_of(cls):
            found.setdefault(f.nom, []).append((name, f))
    for nom, uses in found.items():
        labels = list(dict.fromkeys(f.libelle for _, f in uses))
        shared = attrs.evolve(uses[0][1], libelle=" ou ".join(labels), defaut=None)
        yield Option((*path, nom), shared, _grouped(catalogue, shared), tuple(name for name, _ in uses))


def function_of(options: list[Option], more: list[inspect.Parameter], do: Callable[..., Any]) -> Callable[..., Any]:
    """A function with these options as parameters, which gives ``do`` the fields and the rest."""
    named = [p for p in more if p.kind is p.KEYWORD_ONLY]

    def command(*words: Any, **given: Any) -> Any:
        champs = fields_from(options, given)
        rest = {p.name: given.get(p.name, p.default) for p in named if p.name in given or p.default is not p.empty}
        return do(champs, *words, **rest)

    own = [
        inspect.Parameter(o.variable, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=_hint(o))
        for o in options
    ]
    ordered = sorted([*own, *more], key=lambda p: p.kind)  # words come before options
    command.__signature__ = inspect.Signature(ordered)  # type: ignore[attr-defined]  # what inspect reads
    command.__annotations__ = {p.name: p.annotation for p in [*own, *more]}
    return command


def fields_from(options: list[Option], given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as JSON values, from the texts that were given."""
    champs: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    for option in options:
        text = given.get(option.variable)
        if text is None:
            continue
        try:
            value = _value(option, text)
        except msgspec.DecodeError:
            faults.append((option.name, f"attend du JSON, par exemple {example(option.field)}"))
            continue
        *above, last = option.path
        inside = champs
        for step in above:
            inside = inside.setdefault(step, {})
            if not isinstance(inside, dict):
                faults.append((option.name, f"« {step} » est déjà donné en entier"))
                inside = {}
        inside[last] = value
    if faults:
        raise DemandeInvalide("Ces options ne se lisent pas :", faults)
    return champs


def _value(option: Option, text: Any) -> Any:
    field = option.field
    if option.whole:
        return _groups(text) if field.plusieurs else msgspec.json.decode(text)
    if _is_table(text):
        return msgspec.json.decode(text if isinstance(text, str) else text[0])
    if field.plusieurs:
        return [_one(field.element, word.strip()) for t in text for word in t.split(",") if word.strip()]
    return _one(field.element, text)


def _is_table(text: Any) -> bool:
    """Whether a table is given as JSON: what one kind of rule wants where another has a list of words."""
    one = text[0] if isinstance(text, list) and len(text) == 1 else text
    return isinstance(one, str) and one.startswith("{")


def _groups(texts: list[str]) -> list[Any]:
    """One group in each text, or a whole list of them: the option may be given again."""
    given = [msgspec.json.decode(text) for text in texts]
    return [one for it in given for one in (it if isinstance(it, list) else [it])]


def example(field: Champ) -> str:
    """A group as people may type it: the names of its fields, each with its default or the shape of its value."""
    if not attrs.has(field.element):
        return '{"genre": "…", …}'
    said = {f.nom: _shape(f) for f in fields_of(field.element) if not f.facultatif}
    return json.dumps(said, ensure_ascii=False)


def _shape(field: Champ) -> Any:
    kind = field.element
    if type(field.defaut) in (int, bool):
        return field.defaut
    one = get_args(kind)[0] if get_origin(kind) is Literal else {int: 1, bool: True}.get(kind) or SHAPES.get(kind, "…")
    return [one] if field.plusieurs else one


def _one(kind: Any, text: Any) -> Any:
    if kind is Date:
        return iso(text)
    return int(text) if kind is int and NUMBER.match(text) else text


def _hint(option: Option) -> Any:
    field = option.field
    kind: Any = bool if field.element is bool and not field.plusieurs else list[str] if field.plusieurs else str
    names = dict.fromkeys((option.name, "--" + ".".join(option.path)))
    negative = (f"--non-{'.'.join(option.path).replace('_', '-')}",) if kind is bool else ()
    said = Parameter(
        name=tuple(names), help=_help(option), negative=negative, metavar=_metavar(option), show_default=False,
        group=_group(option),
    )  # fmt: skip
    return Annotated[kind | None, said]


def _group(option: Option) -> Group:
    if option.whole or len(option.path) > 1:
        return Group(f"« {option.path[0]} », en entier ou champ par champ", sort_key=1)
    return Group("Champs", sort_key=0)


def _metavar(option: Option) -> str:
    kind = option.field.element
    if option.whole:
        return "JSON"
    if get_origin(kind) is Literal:
        return "CHOIX"
    one = SHAPES.get(kind) or ("IDENTIFIANT" if option.field.sujet else "TEXTE")
    return f"{one},…" if option.field.plusieurs else one


def _help(option: Option) -> str:
    field = option.field
    said = f"{', '.join(option.kinds)} : {field.libelle}" if option.kinds else field.libelle
    said += f" (en {field.unite})" if field.unite else ""
    said += f", par exemple '{example(field)}' (l'option se répète)" if option.whole and field.plusieurs else ""
    if get_origin(field.element) is Literal:
        said += f", parmi : {', '.join(map(str, get_args(field.element)))}"
    if field.obligatoire and len(option.path) == 1:
        return f"{REQUIRED} · {said}"
    silent = field.defaut in (attrs.NOTHING, None, "", ()) or option.whole or isinstance(field.defaut, attrs.Factory)  # type: ignore[arg-type]  # it is a class
    return said if silent else f"{said} · sinon : {lisible(field.defaut)}"
