"""Floors: what SQLite itself does on this machine, and what our journal makes of it, measured in turn in one run.

Disks and processors vary from run to run: only the ratios mean anything. Run as a script, it prints a table.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent

from tierslieu_adapters.sqlite.journal import SqliteRecorder
from tierslieu_core.kernel.ports import Selection, Unless

DATA = json.dumps(
    {"enregistre_le": "2026-11-23T09:00:00Z", "par": "camille", "objet": "perceuse", "x": "y" * 160}
).encode()
TYPE = "prets.ObjetPrete"
LONG = 20_000
"""Events in the journal that is read from end to end."""

_Row = tuple[object, ...]
_EVENT = "INSERT INTO events (position, type, tags, data) VALUES (?, ?, ?, ?)"
_TAG = "INSERT INTO tags (tag, type, position) VALUES (?, ?, ?)"


def append(folder: Path, facts: int = 2000) -> dict[str, float]:
    """One durable fact: raw, by a conditional append, and by one whose condition has something to look at."""
    with (
        _raw(folder / "raw.db") as connection,
        _journal(folder / "ours.db") as recorder,
        _journal(folder / "looked.db") as other,
    ):
        other.append([_event(0)])
        rates = _in_turn(
            10,
            (lambda row: _insert(connection, *row), [_rows([number]) for number in range(1, facts + 1)]),
            (lambda asked: recorder.append(*asked), [_demand(number) for number in range(1, facts + 1)]),
            (lambda asked: other.append(*asked), [_demand(number) for number in range(1, facts + 1)]),
        )
    return {
        "raw_per_s": rates[0],
        "append_over_raw": rates[1] / rates[0],
        "looking_append_over_raw": rates[2] / rates[0],
    }


def batch(folder: Path, batches: int = 20, size: int = 1000) -> dict[str, float]:
    """A thousand facts in one commit: ``executemany``, and one append."""
    numbers = [range(first, first + size) for first in range(1, batches * size, size)]
    with _raw(folder / "raw-batch.db") as connection, _journal(folder / "ours-batch.db") as recorder:
        rates = _in_turn(
            1,
            (lambda rows: _insert(connection, *rows), [_rows(some) for some in numbers]),
            (recorder.append, [[_event(number) for number in some] for some in numbers]),
        )
    return {"raw_per_s": rates[0] * size, "append_over_raw": rates[1] / rates[0]}


def read(folder: Path, times: int = 10) -> dict[str, float]:
    """Everything, from end to end: ``SELECT``, ``scan`` and ``read``."""
    path = folder / "long.db"
    with _journal(path) as recorder, contextlib.closing(sqlite3.connect(path)) as connection:
        recorder.append([_event(number) for number in range(1, LONG + 1)])
        rates = _in_turn(
            1,
            (_exhaust, (connection.execute("SELECT position, type, data FROM events") for _ in range(times))),
            (_exhaust, (recorder.scan() for _ in range(times))),
            (_exhaust, (recorder.read() for _ in range(times))),
        )
    return {
        "select_per_s": rates[0] * LONG,
        "scan_time_over_select": rates[0] / rates[1],
        "read_time_over_select": rates[0] / rates[2],
    }


def selecting(folder: Path, times: int = 500) -> dict[str, float]:
    """What a demand reads, in µs a selection: five of them in one snapshot, two types and four facts each."""
    with _journal(folder / "selected.db") as recorder:
        recorder.append([_event(number) for number in range(1, LONG + 1)])
        selections = [Selection((TYPE, "prets.ObjetRendu"), (f"objet:{number}",)) for number in range(times * 5)]
        (rate,) = _in_turn(50, (recorder.select, [selections[turn * 5 :][:5] for turn in range(times)]))
    return {"selection_us": 1e6 / rate / 5}


def fairness(folder: Path, writers: int = 8, seconds: float = 3.0) -> dict[str, float]:
    """Processes that write as fast as they can: the least served over the most served, and how long one waits."""
    path = folder / "fair.db"
    SqliteRecorder(path).close()
    command = [sys.executable, __file__, str(path), str(seconds)]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this file
        for _ in range(writers)
    ]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()  # ready
    waits = [json.loads(answer) for answer in _all_at_once(processes)]
    served = [len(waited) for waited in waits]
    together = sorted(wait for waited in waits for wait in waited)
    return {
        "least_over_most_served": min(served) / max(served),
        "per_s": sum(served) / seconds,
        "p50_ms": together[len(together) // 2] * 1e3,
        "p99_ms": together[len(together) * 99 // 100] * 1e3,
        "worst_ms": together[-1] * 1e3,
    }


def _in_turn(size: int, *works: tuple[Callable[[Any], object], Iterable[Any]]) -> list[float]:
    """Calls per second of each, in alternating blocks (ABAB), from the median block: the disk has its moods."""
    waiting = [iter(arguments) for _, arguments in works]
    times: list[list[float]] = [[] for _ in works]
    while blocks := [block for arguments in waiting if (block := list(islice(arguments, size)))]:
        for (work, _), block, spent in zip(works, blocks, times, strict=True):
            begun = perf_counter()
            for argument in block:
                work(argument)
            spent.append(perf_counter() - begun)
    return [size / statistics.median(spent[1:]) for spent in times]


def _insert(connection: sqlite3.Connection, events: list[_Row], tags: list[_Row]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if len(events) == 1:
        connection.execute(_EVENT, events[0])
    else:
        connection.executemany(_EVENT, events)
    connection.executemany(_TAG, tags)
    connection.execute("COMMIT")


def _rows(numbers: Iterable[int]) -> tuple[list[_Row], list[_Row]]:
    """The rows of these facts, as SQLite takes them."""
    events: list[_Row] = [(number, TYPE, json.dumps(_tags(number)), DATA) for number in numbers]
    tags: list[_Row] = sorted((tag, TYPE, number) for number in numbers for tag in _tags(number))
    return events, tags


def _all_at_once(processes: list[subprocess.Popen[str]]) -> list[str]:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate()[0] for process in processes]


def _write_for(path: str, seconds: float) -> None:
    """Be one of the writers of ``fairness``."""
    with _journal(Path(path)) as recorder:
        print("ready", flush=True)
        sys.stdin.readline()
        waits: list[float] = []
        end = perf_counter() + seconds
        while (begun := perf_counter()) < end:
            recorder.append([_event(len(waits))])
            waits.append(perf_counter() - begun)
    print(json.dumps(waits))


def _raw(path: Path) -> contextlib.closing[sqlite3.Connection]:
    """The same tables, the same promise, and nothing else."""
    SqliteRecorder(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    return contextlib.closing(connection)


def _journal(path: Path) -> contextlib.closing[SqliteRecorder]:
    return contextlib.closing(SqliteRecorder(path))


def _tags(number: int) -> list[str]:
    return [f"objet:{number % 4999}", f"personne:p{number % 499}", f"cle:{number:016x}"]


def _event(number: int) -> DCBEvent:
    return DCBEvent(TYPE, DATA, _tags(number))


def _demand(number: int) -> tuple[list[DCBEvent], DCBAppendCondition]:
    """A fact, unless something else has come for its three tags."""
    return [_event(number)], DCBAppendCondition(
        Unless([Selection((TYPE,), (tag,)) for tag in _tags(number)]), number - 1
    )


def _exhaust(rows: Iterable[object]) -> None:
    for _ in rows:
        pass


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:  # the disk of the project: /tmp may be memory
        for measure in (append, batch, read, selecting, fairness):
            for name, figure in measure(Path(folder)).items():
                print(f"{measure.__name__:10}{name:28}{figure:>12,.2f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _write_for(sys.argv[1], float(sys.argv[2]))
    else:
        main()
