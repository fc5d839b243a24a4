"""The SQLite journal honours the contract of stores; it is read while it is written, always through an index."""

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem, DCBRecorder
from eventsourcing.dcb.popo import InMemoryDCBRecorder
from eventsourcing.dcb.tests import DCBRecorderTestCase
from eventsourcing.persistence import IntegrityError

from tierslieu_adapters.sqlite import conditions, following, queries
from tierslieu_adapters.sqlite.journal import SqliteRecorder
from tierslieu_core.kernel.ports import Selecting, Selection, query_of
from tierslieu_core.testing.contracts import NewStore
from tierslieu_core.testing.contracts import RecorderContract as TestContract  # noqa: F401 - pytest collects it

EVENT = DCBEvent("T", b"{}", ["a", "b"])


@pytest.fixture(params=["file", "memory", "model"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> NewStore:
    """Ours on a file and in memory; the library's own passes too, so the contract asks nothing peculiar to ours."""
    numbers = count()

    def same(recorder: DCBRecorder) -> Callable[[], DCBRecorder]:
        return lambda: recorder

    def on_file() -> Callable[[], DCBRecorder]:
        path = tmp_path / f"{next(numbers)}.db"
        return lambda: SqliteRecorder(path)

    return {
        "file": on_file,
        "memory": lambda: same(SqliteRecorder()),
        "model": lambda: same(InMemoryDCBRecorder()),
    }[request.param]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "quai.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteRecorder]:
    with contextlib.closing(SqliteRecorder(path)) as recorder:
        yield recorder


@pytest.mark.parametrize("where", ["file", "memory"])
@pytest.mark.parametrize("what", ["_test_append_read", "_test_append_subscribe"])
def test_it_passes_the_tests_of_the_library_itself(where: str, what: str, path: Path) -> None:
    with contextlib.closing(SqliteRecorder(path if where == "file" else "memory:")) as recorder:
        getattr(DCBRecorderTestCase(), what)(recorder)


def test_it_is_a_store_that_selects(journal: SqliteRecorder) -> None:
    assert isinstance(journal, Selecting)


# --- readers and writers -------------------------------------------------------------------------------------


def test_it_is_read_while_it_is_written(journal: SqliteRecorder) -> None:
    journal.append([EVENT] * 3)
    with journal._main.taken() as connection:
        connection.execute("BEGIN IMMEDIATE")
        queries.insert(connection, [EVENT], 3)
        assert journal.select([Selection(("T",), ("a",))])[1] == 3
        assert [found.position for found in journal.read()] == [1, 2, 3]
        assert [row.position for row in journal.scan()] == [1, 2, 3]
        connection.execute("ROLLBACK")


def test_threads_share_it(journal: SqliteRecorder) -> None:
    def work(number: int) -> bool:
        mine = [Selection(("T",), (f"fil:{number}",))]
        for turn in range(30):
            (rows,), head = journal.select(mine)
            journal.append([DCBEvent("T", b"{}", [f"fil:{number}"])], DCBAppendCondition(query_of(mine), head))
            if len(rows) != turn or len(list(journal.scan())) < head:
                return False
        return True

    with ThreadPoolExecutor(6) as threads:
        assert all(threads.map(work, range(6)))
    assert journal.select(())[1] == 180


def test_a_long_read_is_a_snapshot_and_holds_nobody(journal: SqliteRecorder) -> None:
    journal.append([EVENT] * 2500)
    reading, scanning = journal.read(), journal.scan()
    assert (next(reading).position, next(scanning).position) == (1, 1)
    journal.append([EVENT])
    assert (len(list(reading)), len(list(scanning)), reading.head) == (2499, 2499, 2500)


def test_a_register_reads_its_own_types_by_pages(journal: SqliteRecorder) -> None:
    journal.append([DCBEvent("T" if n % 700 == 0 else "U", b"", ["a"]) for n in range(1, 2501)])
    assert [row.position for row in journal.scan(["T", "absent"], after=700, up_to=2400)] == [1400, 2100]
    assert [found.position for found in journal.read(DCBQuery([DCBQueryItem(["T"])]))] == [700, 1400, 2100]


def test_a_follower_of_this_process_does_not_wait_to_look(
    journal: SqliteRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_PERIOD_S", 3600)
    with ThreadPoolExecutor(1) as thread, journal.subscribe() as follower:
        received = thread.submit(next, follower)
        time.sleep(0.05)  # it has looked, and waits
        journal.append([EVENT])
        assert received.result(timeout=20).position == 1
        ended = thread.submit(next, follower, None)
        time.sleep(0.05)
        follower.stop()
        assert ended.result(timeout=20) is None
    assert not journal.listeners


def test_a_follower_receives_more_than_one_page(journal: SqliteRecorder) -> None:
    journal.append([DCBEvent("T", b"", ["a" if n % 2 else "b"]) for n in range(1300)])
    with journal.subscribe(query_of([Selection(("T",), ("a",))])) as follower:
        assert [next(follower).position for _ in range(650)] == list(range(2, 1301, 2))
        journal.append([DCBEvent("T", b"", ["a"])])
        assert next(follower).position == 1301


# --- the plans -----------------------------------------------------------------------------------------------


def test_every_search_goes_through_an_index(journal: SqliteRecorder) -> None:
    """Whatever is asked: one or many tags and types, last or not, conditions of several tags."""
    asked: list[str] = []
    with journal._main.taken() as connection:
        connection.set_trace_callback(asked.append)
    for types in ((), ("T",), ("T", "U")):
        for tags in (("a",), ("a", "b")):
            journal.select([Selection(types, tags), Selection(types, tags, last=True)])
            item = DCBQueryItem(list(types), list(tags))
            list(journal.read(DCBQuery([item])))
            with pytest.raises(IntegrityError):
                journal.append([EVENT], _after_another(journal, DCBQuery([item, DCBQueryItem(["T"], ["b"])])))
    list(journal.scan(["T"]))
    with journal._main.taken() as connection:
        connection.set_trace_callback(None)
        searches = {sql for sql in asked if sql.startswith("SELECT") and "WHERE" in sql}
        plans = [row[3] for sql in searches for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(searches) > 12
    assert not [step for step in plans if re.match(r"SCAN (events|tags|[etu])\b", step)]
    assert any("SEARCH t USING PRIMARY KEY (tag=? AND type=? AND position>? AND position<?)" in step for step in plans)


def test_an_item_of_several_tags_is_driven_from_its_first(journal: SqliteRecorder) -> None:
    """The second tag is everywhere: the work must not grow with it."""
    journal.append([DCBEvent("T", b"", ["partout", f"objet:{n}"]) for n in range(5000)])
    ticks = count()
    with journal._main.taken() as connection:
        connection.set_progress_handler(lambda: next(ticks) and 0, 100)
        condition = DCBAppendCondition(DCBQuery([DCBQueryItem(["T"], ["objet:absent", "partout"])]))
        assert not conditions.conflicts(connection, condition, 5000)
        connection.set_progress_handler(None, 0)
    assert next(ticks) < 10


def _after_another(journal: SqliteRecorder, query: DCBQuery) -> DCBAppendCondition:
    """A condition that fails, for the events that it forbids are being recorded just before."""
    return DCBAppendCondition(query, journal.append([EVENT, DCBEvent("U", b"", ["a", "b"])]) - 2)


def test_the_last_fact_is_found_among_any_number_of_tags_and_selections():
    with contextlib.closing(SqliteRecorder()) as recorder:
        recorder.append([DCBEvent("T" if n % 2 else "U", b"%d" % n, [f"t{n}"]) for n in range(350)])
        every = tuple(f"t{n}" for n in range(350))
        asked = [Selection((kind,), tags, last=True) for kind in ("T", "U", "V") for tags in (every, every[:101], ())]
        asked += [Selection((), every, after=349, last=True), Selection(("U", "T"), every, after=350, last=True)]
        found, head = recorder.select(asked)
        assert head == 350
        assert [[row.position for row in rows] for rows in found] == [
            [350], [100], [], [349], [101], [], [], [], [], [350], []
        ]  # fmt: skip
        assert [[row.position for row in rows] for rows in recorder.select(asked, 7)[0]][:4] == [[6], [6], [], [7]]
