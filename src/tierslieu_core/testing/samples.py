"""Fixed values of any declared class, the same on every machine and for ever: what golden files are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

import attrs
from whenever import Date, Instant, PlainDateTime, Time

from tierslieu_core.kernel.fields import Champ, fields_of, subject_of
from tierslieu_core.kernel.personal import Scelle
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.faits import FaitDit
from tierslieu_core.vocabulaire.montant import Montant, Poste
from tierslieu_core.vocabulaire.temps import Moment, Periode

Unions = Mapping[type, Mapping[str, type]]
TWICE = Moment.depuis_texte("2026-10-25T02:30+01:00")
"""The hour that comes twice."""
SCELLE = Scelle("personne-1", "pret", 1, "cle-1", "prets.PreterObjet.constat", "AAECAwQFBgcICQoL")


def samples(cls: type, unions: Unions) -> Iterator[tuple[str, Any]]:
    """Name and value of each case: minimal, full, unicode and nulls; and one for each class of a union in it."""
    yield "minimal", _made(cls, unions, lambda f, n: _value(f, n, unions), only_required=True)
    yield "complet", _made(cls, unions, lambda f, n: _many(f, _value(f, n, unions)))
    yield "unicode et vides", _made(cls, unions, lambda f, n: _strange(f, n, unions))
    for field in fields_of(cls):
        for name, kind in unions.get(field.element, {}).items():
            one = _made(kind, unions, lambda f, n: _many(f, _value(f, n, unions)))
            minimal = _made(cls, unions, lambda f, n: _value(f, n, unions), only_required=True)
            yield f"{field.nom} {name}", attrs.evolve(minimal, **{field.nom: one})


def _made(cls: type, unions: Unions, value: Callable[[Champ, int], Any], *, only_required: bool = False) -> Any:
    fields = [f for f in fields_of(cls) if f.obligatoire or not only_required]
    given = {f.nom: value(f, n) for n, f in enumerate(fields)}
    return cls(**{nom: _least(cls, nom, unions) if v is _LEAST else v for nom, v in given.items()})


_LEAST = object()


def _least(cls: type, nom: str, unions: Unions) -> Any:
    """The smallest value of a class inside another."""
    kind = next(f.element for f in fields_of(cls) if f.nom == nom)
    kind = next(iter(unions[kind].values())) if kind in unions else kind
    return _made(kind, unions, lambda f, n: _value(f, n, unions), only_required=True)


def _value(field: Champ, n: int, unions: Unions) -> Any:
    """A plain value for the n-th field: dates follow each other, so that an end comes after its beginning."""
    kind = field.element
    if field.plusieurs:
        return ()
    if field.qui is not None:
        return SCELLE
    if subject_of(kind):
        return kind(f"{subject_of(kind)}-1")
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if kind in unions or (attrs.has(kind) and kind not in _PLAIN):
        return _LEAST
    return _PLAIN[kind](n)


def _many(field: Champ, value: Any) -> Any:
    """Two of those that there may be several of."""
    if not field.plusieurs:
        return value
    if attrs.has(field.element):
        one = _made(field.element, {}, lambda f, n: _many(f, _value(f, n, {})))
        return (one, one)
    return tuple(_value(attrs.evolve(field, plusieurs=False), n, {}) for n in (1, 2))


def _strange(field: Champ, n: int, unions: Unions) -> Any:
    """What is most easily got wrong: nothing at all, other scripts, quotes, the hour that comes twice."""
    if field.facultatif:
        return None
    if field.plusieurs:
        return (UNICODE,) if field.element is str else ()
    odd: Mapping[Any, Any] = {str: UNICODE, Moment: TWICE, int: 2**53, Date: Date(2028, 2, 29).add(days=n)}
    return odd[field.element] if field.qui is None and field.element in odd else _value(field, n, unions)


UNICODE = '« l’œil » "à" \\ 🛠️ \u0000 e\u0301 ﷽'
_PLAIN: Mapping[Any, Callable[[int], Any]] = {
    str: lambda n: f"texte {n}",
    int: lambda n: n + 1,
    bool: lambda _: True,
    Mapping[str, str]: lambda n: {"texte": f"texte {n}"},
    Date: lambda n: Date(2026, 11, 23).add(days=n),
    Time: lambda n: Time(8 + n, 30),
    PlainDateTime: lambda n: PlainDateTime(2026, 11, 23, 8 + n),
    Instant: lambda n: Instant.from_utc(2026, 11, 23, 8 + n),
    Moment: lambda n: Moment(PlainDateTime(2026, 11, 23, 8 + n)),
    FaitDit: lambda n: FaitDit("statut", f"mot-{n}"),
    Chose: lambda n: Chose("espace", f"espace-{n}"),
    Empreinte: lambda n: Empreinte.de(f"contenu {n}".encode()),
    Montant: lambda n: Montant(125050 + n),
    Poste: lambda n: Poste(f"ligne-{n}", Montant(125050 + n)),
    Periode: lambda n: Periode(Moment(PlainDateTime(2026, 11, 23, 8 + n)), Moment(PlainDateTime(2026, 11, 24)), ZONE),
}
ZONE = "Europe/Paris"
