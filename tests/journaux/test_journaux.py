"""Journals as earlier versions of the library wrote them: each still replays without a difference, at both levels.

``DATE.jsonl`` holds several, event by event, with the very bytes that were stored that day. None is ever changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from eventsourcing.dcb.api import DCBEvent

from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import memory_place

JOURNAUX = sorted(Path(__file__).parent.glob("*.jsonl"))
Lives = list[list[dict[str, object]]]
Change = Callable[[str], str]


def lives(path: Path) -> Lives:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [list(life) for _, life in groupby(lines, key=lambda line: line["journal"])]


def place(life: list[dict[str, object]], change: Change = str) -> Lieu:
    lieu = memory_place()
    lieu.recorder.append(
        [DCBEvent(str(e["type"]), change(str(e["donnees"])).encode(), list(e["etiquettes"])) for e in life]  # type: ignore[call-overload]
    )
    return lieu


@pytest.mark.parametrize("path", JOURNAUX, ids=lambda p: p.stem)
def test_a_journal_of_an_earlier_version_replays_without_a_difference(path: Path):
    found = lives(path)
    assert len(found) > 1
    for life in found:
        lieu = place(life)
        for niveau in (1, 2):
            assert [str(e) for e in lieu.rejouer(niveau=niveau).ecarts] == []
        for cascade in (False, True):
            assert lieu.simuler((), "2020-01-01", cascade=cascade).differences == ()
        for nom in lieu.catalogue.registres:
            lieu.registre(nom)


def test_what_an_old_fact_said_is_still_compared_with_what_is_said_again():
    life = lives(JOURNAUX[0])[0]
    menti = place(
        life, lambda d: d.replace('"depuis":"2026-03-03"', '"depuis":"2026-03-04"') if "pret-zoe/1" in d else d
    )
    assert "fait prets.ObjetPrete" in {e.quoi for e in menti.rejouer().ecarts}


@pytest.mark.parametrize(
    ("fait", "quoi"),
    [("quai.pret-zoe/1", "étiquettes de prets.ObjetPrete"), ("quai.pret-zoe/0", "étiquettes de la décision")],
)
def test_a_tag_that_an_old_event_should_not_bear_is_a_difference(fait: str, quoi: str):
    life = lives(JOURNAUX[0])[0]
    for event in life:
        if f'"id":"{fait}"' in str(event["donnees"]):
            event["etiquettes"] = [*event["etiquettes"], "objet:scie"]  # type: ignore[misc]
    assert quoi in {e.quoi for e in place(life).rejouer().ecarts}
