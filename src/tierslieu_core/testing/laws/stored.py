"""Laws of the stored form: what is written can be read again, whole, for ever, by the fast way as by the sure one."""

# ruff: noqa: S101 - a law is made of assertions
from __future__ import annotations

import json
from typing import Any

import attrs
import msgspec
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from tierslieu_core.kernel.codec import encoder, structured
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.edge import command_from
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.testing.laws.scope import Scope, patient

WRONG = st.sampled_from(
    [
        None, True, 0, 1, -1, 1.0, 1.5, 10**30, "", "x", "1", "2026-11-23", "2026-13-01",
        [], ["x"], [None], {}, {"genre": "x"},
    ]
)  # fmt: skip


def stored_form_round_trips(scope: Scope) -> None:
    """Every fact, command and refusal is read again equal from its bytes, and writes the same bytes again."""
    codec = scope.catalogue.codec

    @patient()
    @given(scope.values())
    def law(value: Any) -> None:
        data = codec.encode(value)
        again = codec.decode(data, type(value))
        assert again == value
        assert codec.encode(again) == data

    law()


def fast_way_equals_the_sure_one(scope: Scope) -> None:
    """msgspec writes the bytes that cattrs does, and reads what cattrs reads, on valid and on invalid input alike."""
    codec = scope.catalogue.codec

    @patient()
    @given(scope.values(), st.data())
    def law(value: Any, data: DataObject) -> None:
        cls, valid = type(value), codec.encode(value)
        assert valid == encoder.encode(codec.stored.unstructure(value))
        broken = data.draw(damaged(json.loads(valid)))
        text = json.dumps(broken).encode()
        sure = _told(lambda: structured(codec.stored, json.loads(text), cls))
        assert _told(lambda: codec.decode(text, cls)) == sure
        quick = codec.plain(cls)
        assert quick is None or _reads(quick, text) == isinstance(sure, tuple), "what one refuses, the other does"

    law()


def damaged(value: Any) -> st.SearchStrategy[Any]:
    """JSON with one thing changed: a field dropped, added, or put in place of another, at any depth."""
    if isinstance(value, dict):
        names = sorted(value)
        ways = [st.just({**value, "inconnu": 1})]
        if names:
            which = st.sampled_from(names)
            ways += [
                which.map(lambda n: {k: v for k, v in value.items() if k != n}),
                which.flatmap(lambda n: (WRONG | damaged(value[n])).map(lambda v: {**value, n: v})),
            ]
        return st.one_of(ways)
    if isinstance(value, list) and value:
        return damaged(value[0]).map(lambda v: [v, *value[1:]]) | WRONG.map(lambda v: [*value, v])
    return WRONG


def _reads(decoder: msgspec.json.Decoder[Any], text: bytes) -> bool:
    try:
        decoder.decode(text)
    except (msgspec.MsgspecError, ValueError):
        return False
    return True


def _told(read: Any) -> Any:
    """The value, or every fault that was told."""
    try:
        found = read()
    except DemandeInvalide as fault:
        return sorted(fault.erreurs)
    return found, repr(found)


def every_fault_is_told_at_once(scope: Scope) -> None:
    """A command with several bad fields is turned away with each of them named, by its path."""
    if not any(area.demandes for area in scope.domaines):
        return  # an area that others' commands write to

    @patient()
    @given(scope.drawn.commands(scope.areas), st.data())
    def law(commande: Any, data: DataObject) -> None:
        raw: dict[str, Any] = json.loads(scope.catalogue.codec.encode(commande))
        wrong = data.draw(st.sets(st.sampled_from(sorted(raw)), min_size=1))
        champs: dict[str, Any] = {**raw, **dict.fromkeys(wrong, 1.5), "inconnu": 0}
        told = _told(lambda: command_from(scope.catalogue, fiche(commande).nom, champs))
        assert {path.partition(".")[0].partition("[")[0] for path, _ in told} == {*wrong, ""}, told
        assert all(text for _, text in told)

    law()


def nothing_stored_is_converted(scope: Scope) -> None:
    """No stored class has a converter, and none has a mutable default: what is read is what was written."""
    declared = (c for area in scope.domaines for c in (*area.faits, *area.refus, *(d.commande for d in area.demandes)))
    for cls in declared:
        assert all(a.converter is None for a in attrs.fields(cls)), fiche(cls).nom
        assert all(not isinstance(f.defaut, list | dict | set) for f in fields_of(cls)), fiche(cls).nom
