"""A batch on the SQLite journal: one commit for many appends, seen by its own thread alone until then."""

import contextlib
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent
from eventsourcing.persistence import IntegrityError

from tierslieu_adapters.sqlite.journal import SqliteRecorder
from tierslieu_core.kernel.ports import Selection, head_of, query_of, scan

ONE = [DCBEvent("T", b"{}", ["a"])]
SEEN = [Selection(("T",), ("a",))]


@pytest.fixture(params=["file", "memory"])
def journal(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SqliteRecorder]:
    """An empty journal."""
    with contextlib.closing(SqliteRecorder(tmp_path / "j.db" if request.param == "file" else ":memory:")) as found:
        yield found


def test_its_thread_reads_what_it_appended_by_every_way(journal: SqliteRecorder) -> None:
    with journal.batch():
        assert journal.append(ONE) == 1
        assert journal.append(ONE * 2) == 3
        (rows,), head = journal.select(SEEN)
        assert [row.position for row in rows] == [1, 2, 3]
        assert head == head_of(journal) == 3
        assert len(list(scan(journal))) == len(list(journal.read())) == 3
    assert head_of(journal) == 3


def test_a_condition_holds_inside_it_and_what_it_refuses_leaves_the_rest(journal: SqliteRecorder) -> None:
    with journal.batch():
        journal.append(ONE)
        with pytest.raises(IntegrityError):
            journal.append(ONE, DCBAppendCondition(query_of(SEEN), after=0))
        journal.append(ONE, DCBAppendCondition(query_of(SEEN), after=1))
    assert head_of(journal) == 2


def test_a_batch_in_a_batch_is_the_same_one(journal: SqliteRecorder) -> None:
    with pytest.raises(ZeroDivisionError), journal.batch():  # noqa: PT012 - what comes after the inner one matters
        with journal.batch():
            journal.append(ONE)
        raise ZeroDivisionError
    assert head_of(journal) == 0
    assert journal.append(ONE) == 1


def test_a_failure_of_the_disk_takes_it_all_back(journal: SqliteRecorder) -> None:
    with pytest.raises(Exception, match="ne peut pas être utilisé"), journal.batch() as connection:  # noqa: PT012 - as above
        journal.append(ONE)
        raise sqlite3.OperationalError(str(connection))
    assert head_of(journal) == 0
    assert journal.append(ONE) == 1


def test_other_threads_read_what_was_before_and_write_after(tmp_path: Path) -> None:
    with contextlib.closing(SqliteRecorder(tmp_path / "j.db")) as journal, ThreadPoolExecutor(2) as pool:
        journal.append(ONE)
        with journal.batch():
            journal.append(ONE)
            writing = pool.submit(journal.append, ONE)
            assert pool.submit(journal.select, SEEN).result()[1] == 1
            assert len(pool.submit(lambda: list(scan(journal))).result()) == 1
            journal.append(ONE)
        assert writing.result() == 4
