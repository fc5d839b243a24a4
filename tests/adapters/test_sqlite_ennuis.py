"""The SQLite journal refuses what it could not hold safely, and survives trouble: each time one clear sentence."""

import contextlib
import errno
import fcntl
import os
import re
import resource
import signal
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from eventsourcing.dcb.api import DCBEvent
from eventsourcing.persistence import ProgrammingError

from tierslieu_adapters.sqlite import lock, opening
from tierslieu_adapters.sqlite.journal import SqliteRecorder
from tierslieu_core.kernel.errors import JournalIllisible, VersionFuture
from tierslieu_core.kernel.ports import Selection

EVENT = DCBEvent("T", b"{}", ["a", "b"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "quai.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteRecorder]:
    with contextlib.closing(SqliteRecorder(path)) as recorder:
        yield recorder


# --- what may be opened --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "level"), [({}, 2), ({"synchronous": "NORMAL"}, 1)])
def test_what_is_confirmed_is_on_the_disk_unless_a_bench_asks_less(
    asked: dict[str, Any], level: int, path: Path
) -> None:
    with contextlib.closing(SqliteRecorder(path, **asked)) as journal:
        for link in (journal._main, journal._spare):
            with link.taken() as connection:
                assert connection.execute("PRAGMA synchronous").fetchone() == (level,)
                assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_sqlite_that_does_not_obey_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Deaf(sqlite3.Connection):
        def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
            return super().execute(sql.replace("synchronous = FULL", "synchronous = NORMAL"), parameters)

    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **options: real(*args, factory=Deaf, **options))
    with pytest.raises(JournalIllisible, match=r"synchronous=FULL.*utilisez un autre Python"):
        SqliteRecorder(path)


def test_it_bears_the_mark_of_our_journals(journal: SqliteRecorder, path: Path) -> None:
    journal.append([EVENT])
    with contextlib.closing(sqlite3.connect(path)) as stranger:
        assert stranger.execute("PRAGMA application_id").fetchone() == (opening.APPLICATION_ID,)
        assert stranger.execute("PRAGMA user_version").fetchone() == (1,)
        assert stranger.execute("SELECT * FROM events").fetchall() == [(1, "T", '["a","b"]', b"{}")]
        assert stranger.execute("SELECT * FROM tags").fetchall() == [("a", "T", 1), ("b", "T", 1)]


def test_it_opens_again_with_all_that_it_held(journal: SqliteRecorder, path: Path) -> None:
    journal.append([EVENT])
    journal.close()
    with contextlib.closing(SqliteRecorder(path, create=False)) as again:
        assert [found.event for found in again.read()] == [EVENT]
        assert again.append([EVENT]) == 2
    with pytest.raises(JournalIllisible, match="ne peut pas être utilisé"):
        journal.append([EVENT])


def test_an_empty_file_becomes_a_journal(path: Path) -> None:
    path.touch()
    with contextlib.closing(SqliteRecorder(path)) as recorder:
        assert recorder.append([EVENT]) == 1


def test_many_may_make_the_same_new_journal_at_once(path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        recorders = list(threads.map(lambda _: SqliteRecorder(path), range(8)))
    assert [recorder.append([EVENT]) for recorder in recorders] == list(range(1, 9))
    for recorder in recorders:
        recorder.close()


def a_photo(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0 JFIF" * 1000)


def a_stranger(path: Path) -> None:
    _sqlite(path, "CREATE TABLE clients (nom TEXT)")


def a_marked_stranger(path: Path) -> None:
    _sqlite(path, "PRAGMA application_id = 42")


def a_folder(path: Path) -> None:
    path.mkdir()


def nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (a_photo, "n'est pas un journal de tiers-lieu : vérifiez le chemin"),
        (a_stranger, "n'est pas un journal de tiers-lieu : vérifiez le chemin"),
        (a_marked_stranger, "n'est pas un journal de tiers-lieu : vérifiez le chemin"),
        (a_folder, "est un dossier : donnez le chemin du fichier"),
        (nothing, "Aucun journal à .* : corrigez le chemin, ou fondez d'abord le lieu"),
    ],
)
def test_what_is_not_a_journal_is_refused_and_left_as_it_was(
    made: Callable[[Path], None], said: str, path: Path
) -> None:
    made(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(JournalIllisible, match=said) as refused:
        SqliteRecorder(path, create=False)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [found.name for found in path.parent.iterdir()] == ([path.name] if path.exists() else [])


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(JournalIllisible, match=re.escape(f"Le dossier « {tmp_path / 'absent'} » n'existe pas : créez")):
        SqliteRecorder(tmp_path / "absent" / "quai.db")


def test_a_journal_from_the_future_is_refused(journal: SqliteRecorder, path: Path) -> None:
    journal.close()
    _sqlite(path, "PRAGMA user_version = 2")
    with pytest.raises(VersionFuture, match=r"format 2.*mettez la bibliothèque à jour"):
        SqliteRecorder(path)


FORKS = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # the child answers and leaves at once


@FORKS
@pytest.mark.parametrize("closed", ["file", "folder"])
def test_a_journal_that_cannot_be_written_is_refused(closed: str) -> None:
    """In a child process that is nobody, since the administrator may write everywhere."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quai.db"
        SqliteRecorder(path).close()
        Path(folder).chmod(0o755 if closed == "folder" else 0o777)
        path.chmod(0o444 if closed == "file" else 0o666)
        if not (child := os.fork()):
            _answer_as_nobody(path)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        Path(folder).chmod(0o755)


def _answer_as_nobody(path: Path) -> None:
    with contextlib.suppress(PermissionError):  # not the administrator: the rights apply as they are
        os.setuid(65534)
    try:
        SqliteRecorder(path)
    except JournalIllisible as refused:
        os._exit(0 if "est en lecture seule : rendez le fichier et son dossier inscriptibles" in str(refused) else 2)
    os._exit(1)


@FORKS
def test_a_journal_opened_before_a_fork_is_refused_after_it(journal: SqliteRecorder) -> None:
    if not (child := os.fork()):
        try:
            journal.append([EVENT])
        except JournalIllisible as refused:
            os._exit(0 if "ouvert par un autre processus" in str(refused) else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert journal.append([EVENT]) == 1


# --- trouble while it runs -----------------------------------------------------------------------------------


def test_a_journal_locked_too_long_is_said_to_be_busy(path: Path) -> None:
    with (
        contextlib.closing(SqliteRecorder(path, wait_s=0.05)) as journal,
        contextlib.closing(sqlite3.connect(path, isolation_level=None)) as stranger,
    ):
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(
            JournalIllisible, match=r"occupé depuis plus de 0[.]05 s.*Rien n'a été enregistré"
        ) as refused:
            journal.append([EVENT])
        assert isinstance(refused.value.__cause__, sqlite3.OperationalError)
        assert journal.select(()) == ([], 0)  # it still reads
        stranger.execute("ROLLBACK")
        assert journal.append([EVENT]) == 1


def test_a_turn_that_never_comes_stops_nobody_and_is_given_back(path: Path) -> None:
    with (
        contextlib.closing(SqliteRecorder(path, wait_s=0.05)) as journal,
        contextlib.closing(SqliteRecorder(path)) as other,
    ):
        with other._queue:  # as a process would that was suspended after it had written
            assert [journal.append([EVENT]) for _ in range(3)] == [1, 2, 3]
        _both_locks_come_back(path)
        assert other.append([EVENT]) == 4


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A process started in the background of a shell ignores SIGINT: here it does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupted_writer_leaves_the_queue(path: Path) -> None:
    main = threading.main_thread().ident
    assert main is not None
    with contextlib.closing(SqliteRecorder(path)) as journal, contextlib.closing(SqliteRecorder(path)) as other:
        with other._queue:
            threading.Timer(0.1, signal.pthread_kill, [main, signal.SIGINT]).start()
            with pytest.raises(KeyboardInterrupt):
                journal.append([EVENT])
        _both_locks_come_back(path)
        assert journal.append([EVENT]) == 1


def test_a_disk_without_locks_has_no_queue_and_writers_still_follow_each_other(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_flock(*_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    def write(recorder: SqliteRecorder) -> list[int]:
        return [recorder.append([EVENT]) for _ in range(100)]

    monkeypatch.setattr(lock, "flock", no_flock)
    with (
        contextlib.closing(SqliteRecorder(path)) as one,
        contextlib.closing(SqliteRecorder(path)) as other,
        ThreadPoolExecutor(2) as threads,
    ):
        positions = [position for written in threads.map(write, [one, other]) for position in written]
    assert sorted(positions) == list(range(1, 201))


def test_a_full_disk_is_said_and_nothing_is_half_recorded(journal: SqliteRecorder) -> None:
    journal.append([EVENT])
    _set_most_pages(journal, 10)
    with pytest.raises(JournalIllisible, match="est plein : libérez de la place"):
        journal.append([DCBEvent("T", b"x" * 1000, ["a"])] * 200)
    assert journal.select([Selection(("T",), ("a",))])[1] == 1
    _set_most_pages(journal, 2**31 - 2)
    assert journal.append([DCBEvent("T", b"x" * 1000, ["a"])] * 200) == 201


def test_a_disk_that_refuses_to_write_is_said_and_nothing_is_half_recorded(journal: SqliteRecorder, path: Path) -> None:
    journal.append([EVENT])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.with_name("quai.db-wal").stat().st_size + 100, hard))
    try:
        with pytest.raises(JournalIllisible, match=r"plein|a refusé"):
            journal.append([EVENT])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [found.position for found in journal.read()] == [1]
    assert journal.append([EVENT]) == 2
    journal.close()
    with contextlib.closing(SqliteRecorder(path)) as again:
        assert [found.position for found in again.read()] == [1, 2]


@pytest.mark.parametrize("spoilt", [["a\0b"], [3], ["\ud800"]])
def test_a_fact_that_cannot_be_stored_takes_its_whole_batch_with_it(spoilt: list[str], journal: SqliteRecorder) -> None:
    with pytest.raises((JournalIllisible, ProgrammingError, TypeError, UnicodeEncodeError)):
        journal.append([EVENT, DCBEvent("T", b"{}", spoilt)])
    assert journal.select(())[1] == 0
    assert journal.append([EVENT]) == 1


def test_a_spoilt_file_is_said_to_be_damaged(journal: SqliteRecorder, path: Path) -> None:
    journal.append([DCBEvent("T", b"x" * 3000, ["a"])] * 50)
    journal.close()
    path.write_bytes(path.read_bytes()[:4096] + b"\x99" * 200_000)
    with pytest.raises(JournalIllisible, match="est abîmé"), contextlib.closing(SqliteRecorder(path)) as damaged:
        list(damaged.read())


# --- helpers -------------------------------------------------------------------------------------------------


def _both_locks_come_back(path: Path) -> None:
    """Or wait for ever."""
    for ending in (".porte", ".verrou"):
        with Path(f"{path}{ending}").open() as file:
            fcntl.flock(file, fcntl.LOCK_EX)


def _set_most_pages(journal: SqliteRecorder, most: int) -> None:
    with journal._main.taken() as connection:
        connection.execute(f"PRAGMA max_page_count = {most}")


def _sqlite(path: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
