"""What any store must honour, to be run with pytest against a store of yours.

In a test module of yours::

    from tierslieu_core.testing.contracts import NewStore, RecorderContract as TestMyStore


    @pytest.fixture
    def new_store(tmp_path) -> NewStore: ...

``new_store()`` makes an empty store, and gives the function that opens it: called twice, it opens the same store
twice, as two processes would (a store that cannot gives the same recorder again). Recorders with a ``close`` are
closed. For readable failures: ``pytest.register_assert_rewrite("tierslieu_core.testing.contracts")``.
"""

# ruff: noqa: D102, PLR2004, S101 - these are tests: their names are sentences, their figures and asserts the point
from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem, DCBRecorder
from eventsourcing.dcb.popo import InMemoryDCBRecorder
from eventsourcing.persistence import IntegrityError, ProgrammingError
from hypothesis import HealthCheck, given, settings

from tierslieu_core.kernel.ports import Selection, head_of, query_of, scan, select
from tierslieu_core.testing.steps import Step, kernel_steps, steps

Open = Callable[[], DCBRecorder]
NewStore = Callable[[], Open]

_FRESH_EACH_TIME = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


class RecorderContract:
    """The tests themselves; nothing here knows how a store works."""

    @pytest.fixture
    def open_store(self, new_store: NewStore) -> Iterator[Open]:
        opened: list[DCBRecorder] = []
        open_one = new_store()

        def open_and_note() -> DCBRecorder:
            opened.append(open_one())
            return opened[-1]

        yield open_and_note
        _close(*opened)

    @pytest.fixture
    def recorder(self, open_store: Open) -> DCBRecorder:
        return open_store()

    def test_an_empty_store_holds_nothing(self, recorder: DCBRecorder) -> None:
        found = recorder.read()
        assert (list(found), found.head, head_of(recorder)) == ([], None, 0)
        assert select(recorder, [Selection(("T",), ("a",)), Selection(("T",), ("a",), last=True)]) == ([[], []], 0)
        assert list(scan(recorder)) == []

    def test_nothing_to_append_is_a_fault_of_the_caller(self, recorder: DCBRecorder) -> None:
        with pytest.raises(ProgrammingError):
            recorder.append([])
        assert head_of(recorder) == 0

    def test_positions_follow_each_other_whatever_was_refused_in_between(self, recorder: DCBRecorder) -> None:
        assert recorder.append([_event("a")]) == 1
        with pytest.raises(IntegrityError):
            recorder.append([_event("a")] * 3, _unless("a"))
        assert recorder.append([_event("a"), _event("a")]) == 3
        assert [found.position for found in recorder.read()] == [1, 2, 3]

    def test_an_append_whose_condition_fails_records_nothing(self, recorder: DCBRecorder) -> None:
        recorder.append([_event("a", "b")])
        before = list(recorder.read())
        for condition in (_unless("a"), _unless("b"), _unless("c", "b"), DCBAppendCondition()):
            with pytest.raises(IntegrityError):
                recorder.append([_event("c"), _event("a")], condition)
        assert list(recorder.read()) == before
        assert select(recorder, [Selection(("T",), ("a", "c"))])[1] == 1

    def test_a_condition_looks_only_behind_the_position_that_was_read(self, recorder: DCBRecorder) -> None:
        recorder.append([_event("a"), _event("b")])
        assert recorder.append([_event("c")], _unless("a", after=1)) == 3
        with pytest.raises(IntegrityError):
            recorder.append([_event("c")], _unless("b", after=1))
        assert recorder.append([_event("c")], _unless("a", "b", after=2)) == 4

    def test_a_selection_begins_behind_its_own_position(self, recorder: DCBRecorder) -> None:
        recorder.append([_event("a"), _event("a"), _event("b"), _event("a")])
        wanted = [Selection(("T",), ("a",), after=after) for after in (0, 1, 2, 4)]
        assert [[row.position for row in rows] for rows in select(recorder, wanted)[0]] == [[1, 2, 4], [2, 4], [4], []]

    def test_only_the_last_fact_is_given_when_it_says_it_all(self, recorder: DCBRecorder) -> None:
        recorder.append([_event("a", of="T"), _event("a", "b", of="U"), _event("b", of="V")])
        for types, tags, after, expected in (
            (("T", "U"), ("a",), 0, [2]),
            (("T", "V"), ("a", "b"), 0, [3]),
            (("T", "U"), ("a", "b"), 2, []),
        ):
            (rows,), _ = select(recorder, [Selection(types, tags, after, last=True)])
            assert [row.position for row in rows] == expected

    def test_a_repeated_tag_counts_once(self, recorder: DCBRecorder) -> None:
        recorder.append([_event("a", "a")])
        twice = DCBQuery([DCBQueryItem(["T", "T"], ["a", "a"])])
        assert [found.position for found in recorder.read(twice)] == [1]
        with pytest.raises(IntegrityError):
            recorder.append([_event("b")], DCBAppendCondition(twice))
        assert [row.position for row in select(recorder, [Selection(("T",), ("a", "a"))])[0][0]] == [1]

    def test_a_fact_that_carries_several_of_the_tags_comes_once(self, recorder: DCBRecorder) -> None:
        recorder.append([_event("b", "a"), _event("c")])
        assert [row.position for row in select(recorder, [Selection(("T",), ("a", "b", "c"))])[0][0]] == [1, 2]

    def test_an_item_of_several_tags_wants_them_all(self, recorder: DCBRecorder) -> None:
        recorder.append([_event("a"), _event("b", "a"), _event("b")])
        assert [found.position for found in recorder.read(DCBQuery([DCBQueryItem(["T"], ["a", "b"])]))] == [2]

    def test_a_selection_may_want_one_more_tag_beside_any_of_its_own(self, recorder: DCBRecorder) -> None:
        recorder.append([_event("a"), _event("b", "a"), _event("c"), _event("c", "a"), _event("a", "b", of="U")])
        for types, tags, last, expected in (
            (("T",), ("b", "c"), False, [2, 4]),
            (("T", "U"), ("b", "c"), True, [5]),
            (("T",), ("b", "c"), True, [4]),
            (("T",), ("d",), True, []),
        ):
            wanted = Selection(types, tags, last=last, aussi="a")
            assert [row.position for row in select(recorder, [wanted])[0][0]] == expected
            assert [one.position for one in recorder.read(query_of([wanted]))][-1:] == expected[-1:]

    def test_a_limited_read_gives_the_first_and_its_head_is_theirs(self, recorder: DCBRecorder) -> None:
        recorder.append([_event("b"), *[_event("c")] * 6, _event("a"), _event("b")])
        query = query_of([Selection(("T",), ("a",)), Selection(("U", "T"), ("b",))])
        for limit, expected, head in ((1, [1], 1), (2, [1, 8], 8), (5, [1, 8, 9], 9), (0, [], None)):
            found = recorder.read(query, limit=limit)
            assert ([one.position for one in found], found.head) == (expected, head)

    def test_facts_come_back_in_order_as_they_were_given(self, recorder: DCBRecorder) -> None:
        given_events = [
            DCBEvent("prêts.ObjetPrete@2", bytes(range(256)), ["z", "é", 'a "b" \\ \n', "z", "日本", "\U0001f6e0"]),
            DCBEvent("T", b"", []),
            DCBEvent("T", b"x" * 100_000, ["z"]),
        ]
        recorder.append(given_events)
        assert [found.event for found in recorder.read()] == given_events
        assert [row.data for row in scan(recorder)] == [event.data for event in given_events]
        for tag in given_events[0].tags:
            assert select(recorder, [Selection(("prêts.ObjetPrete@2",), (tag,))])[0][0][0].position == 1

    def test_the_days_of_a_year_and_thousands_of_things_are_asked_at_once(self, recorder: DCBRecorder) -> None:
        many = tuple(f"objet:{number}" for number in range(5000))
        recorder.append([_event("autre")])
        condition = DCBAppendCondition(query_of([Selection(("T", "U"), many)]))
        assert recorder.append([_event(*many[-3:])], condition) == 2
        with pytest.raises(IntegrityError):
            recorder.append([_event("autre")], condition)
        assert [row.position for row in select(recorder, [Selection(("T", "U"), many)])[0][0]] == [2]

    def test_a_recorder_sees_at_once_what_another_recorded(self, open_store: Open) -> None:
        one, other = open_store(), open_store()
        for position in range(1, 4):
            assert one.append([_event("a")], _unless("a", after=head_of(other))) == position
            assert head_of(other) == position
        with pytest.raises(IntegrityError):
            other.append([_event("b")], _unless("a", after=2))

    def test_nobody_sees_the_half_of_a_batch(self, open_store: Open) -> None:
        one, other = open_store(), open_store()
        with ThreadPoolExecutor(1) as thread:
            writing = thread.submit(lambda: [one.append([_event("a")] * 7) for _ in range(50)])
            while not writing.done():
                (rows,), head = select(other, [Selection(("T",), ("a",))])
                assert head % 7 == 0
                assert len(rows) == head
        assert writing.result()[-1] == 350

    def test_of_those_who_want_the_same_place_one_gets_it(self, open_store: Open) -> None:
        recorders = [open_store() for _ in range(4)]
        start = threading.Barrier(len(recorders))

        def take_all(recorder: DCBRecorder) -> list[int]:
            start.wait()
            return [place for place in range(20) if _takes(recorder, place)]

        with ThreadPoolExecutor(len(recorders)) as threads:
            taken = list(threads.map(take_all, recorders))
        assert sorted(place for places in taken for place in places) == list(range(20))
        assert head_of(recorders[0]) == 20

    def test_a_follower_receives_what_is_there_then_what_comes(self, open_store: Open) -> None:
        one, other = open_store(), open_store()
        one.append([_event("a"), _event("b"), _event("a")])
        with other.subscribe(query_of([Selection(("T",), ("a",))]), after=1) as following:
            assert next(following).position == 3
            threading.Timer(0.05, one.append, [[_event("b"), _event("a")]]).start()
            assert next(following).position == 5

    @_FRESH_EACH_TIME
    @given(kernel_steps())
    def test_it_answers_as_the_model_does_to_what_the_kernel_asks(self, new_store: NewStore, asked: list[Step]) -> None:
        self._compare(new_store(), asked)

    @_FRESH_EACH_TIME
    @given(steps())
    def test_it_answers_as_the_model_does_to_all_that_can_be_asked(
        self, new_store: NewStore, asked: list[Step]
    ) -> None:
        self._compare(new_store(), asked)

    def _compare(self, open_store: Open, asked: list[Step]) -> None:
        """Step by step: same positions, same conflicts, same facts, same heads."""
        recorder, model = open_store(), InMemoryDCBRecorder()
        try:
            for step in asked:
                assert step.on(recorder) == step.on(model), step
            assert list(recorder.read()) == list(model.read())
        finally:
            _close(recorder)


def _event(*tags: str, of: str = "T") -> DCBEvent:
    return DCBEvent(of, b"{}", list(tags))


def _unless(*tags: str, after: int | None = None) -> DCBAppendCondition:
    return DCBAppendCondition(query_of([Selection(("T",), tags)]), after)


def _takes(recorder: DCBRecorder, place: int) -> bool:
    """As a demand does: read, decide, append if nobody came in between; and again if somebody did."""
    wanted = [Selection(("T",), (f"place:{place}",))]
    while True:
        (taken,), head = select(recorder, wanted)
        if taken:
            return False
        try:
            recorder.append([_event(f"place:{place}")], DCBAppendCondition(query_of(wanted), head))
        except IntegrityError:
            continue
        return True


def _close(*recorders: Any) -> None:
    for recorder in recorders:
        if hasattr(recorder, "close"):
            recorder.close()
