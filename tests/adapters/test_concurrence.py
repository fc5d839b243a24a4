"""Several processes, and some that are killed: one winner a place, and nothing confirmed is lost.

Run as a script, this file is one of these processes.
"""

# ruff: noqa: T201 - a process of these tests speaks to the one that started it through its standard output
import contextlib
import json
import subprocess
import sys
from pathlib import Path

from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem
from eventsourcing.persistence import IntegrityError

from tierslieu_adapters.sqlite.journal import SqliteRecorder
from tierslieu_core.kernel.ports import Selection

PLACES = 20
COMPETITORS = 8
KILLS = 15


def test_of_eight_who_want_twenty_places_each_place_has_one_winner(tmp_path: Path) -> None:
    path = tmp_path / "quai.db"
    competitors = [_start("compete", path, str(number)) for number in range(COMPETITORS)]
    for competitor in competitors:
        assert _line(competitor) == "ready"
    for competitor in competitors:
        _tell(competitor, "go")
    won = [json.loads(competitor.communicate()[0]) for competitor in competitors]
    assert [competitor.returncode for competitor in competitors] == [0] * COMPETITORS
    assert sorted(place for places in won for place in places) == list(range(PLACES))
    with contextlib.closing(SqliteRecorder(path)) as recorder:
        kept = {found.event.tags[0]: int(found.event.data) for found in recorder.read()}
        assert kept == {_place(place): number for number, places in enumerate(won) for place in places}
        assert recorder.select(())[1] == PLACES


def test_what_was_confirmed_before_a_kill_is_there_and_nothing_is_half_done(tmp_path: Path) -> None:
    path = tmp_path / "quai.db"
    confirmed: list[int] = []
    unconfirmed = 0
    for kill in range(KILLS):
        writer = _start("write", path, str(kill * 1000))
        confirmed += [int(_line(writer)) for _ in range(1 + kill % 4)]
        writer.kill()  # SIGKILL, somewhere in the batches that follow
        confirmed += [int(line) for line in _rest(writer)]
        with contextlib.closing(SqliteRecorder(path)) as recorder:
            batches = [int(found.event.data) for found in recorder.read()]
            assert batches[::3] == batches[1::3] == batches[2::3]  # whole batches of three
            assert set(confirmed) <= set(batches[::3])
            assert len(set(batches)) == len(batches[::3])
            (rows,), head = recorder.select([Selection(("T",), ("lot",))])
            assert [row.position for row in rows] == list(range(1, head + 1))  # the index knows them all
            unconfirmed = head // 3 - len(confirmed)
    assert 0 <= unconfirmed <= KILLS  # at most the one batch that each was writing: why a demand has a key


def compete(path: str, number: str) -> None:
    """Want every place, each competitor beginning with another one."""
    recorder = SqliteRecorder(path)
    print("ready", flush=True)
    sys.stdin.readline()
    won = []
    for turn in range(PLACES):
        place = (turn + int(number)) % PLACES
        condition = DCBAppendCondition(DCBQuery([DCBQueryItem(["T"], [_place(place)])]))
        with contextlib.suppress(IntegrityError):
            recorder.append([DCBEvent("T", number.encode(), [_place(place)])], condition)
            won.append(place)
    print(json.dumps(won), flush=True)


def write(path: str, first: str) -> None:
    """Append batches of three for ever, saying the number of each once it is recorded."""
    recorder = SqliteRecorder(path)
    number = int(first)
    while True:
        recorder.append([DCBEvent("T", str(number).encode(), ["lot", f"lot:{number}"])] * 3)
        print(number, flush=True)
        number += 1


def _place(place: int) -> str:
    return f"place:{place}"


def _start(what: str, path: Path, argument: str) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, what, str(path), argument]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _rest(process: subprocess.Popen[str]) -> list[str]:
    """What was said since: ``communicate`` would forget the lines that came along with those already read."""
    with process:
        assert process.stdout is not None
        return process.stdout.read().splitlines()


def _tell(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


if __name__ == "__main__":
    {"compete": compete, "write": write}[sys.argv[1]](*sys.argv[2:])
