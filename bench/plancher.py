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
from itertools import count
from pathlib import Path
from time import perf_counter

from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent

from tierslieu_adapters.sqlite.journal import SqliteRecorder
from tierslieu_core.kernel.ports import Selection, query_of

DATA = json.dumps(
    {"enregistre_le": "2026-11-23T09:00:00Z", "par": "camille", "objet": "perceuse", "x": "y" * 160}
).encode()
TYPE = "prets.ObjetPrete"
LONG = 20_000
"""Events in the journal that is read from end to end."""

_EVENT = "INSERT INTO events (position, type, tags, data) VALUES (?, ?, ?, ?)"
_TAG = "INSERT INTO tags (tag, type, position) VALUES (?, ?, ?)"


def append(folder: Path, blocks: int = 40, size: int = 50) -> dict[str, float]:
    """One durable fact: raw, by a conditional append, and by one whose condition has something to look at."""
    raw, ours, looked = folder / "raw.db", folder / "ours.db", folder / "looked.db"
    with _raw(raw) as connection, _journal(ours) as recorder, _journal(looked) as other:
        others = count(1)
        other.append([_event(0)])

        def one_raw(number: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_EVENT, (number, TYPE, json.dumps(_tags(number)), DATA))
            connection.executemany(_TAG, [(tag, TYPE, number) for tag in _tags(number)])
            connection.execute("COMMIT")

        rates = _in_turn(
            blocks,
            size,
            one_raw,
            lambda number: recorder.append([_event(number)], _unless(number, number - 1)),
            lambda number: other.append([_event(number)], _unless(number, next(others) - 1)),
        )
    return {
        "raw_per_s": rates[0],
        "append_per_s": rates[1],
        "append_over_raw": rates[1] / rates[0],
        "looking_append_over_raw": rates[2] / rates[0],
    }


def batch(folder: Path, blocks: int = 20, size: int = 1000) -> dict[str, float]:
    """A thousand facts in one commit: ``executemany``, and one append."""
    with _raw(folder / "raw-batch.db") as connection, _journal(folder / "ours-batch.db") as recorder:

        def raw(turn: int) -> None:
            numbers = range((turn - 1) * size + 1, turn * size + 1)
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(_EVENT, [(number, TYPE, json.dumps(_tags(number)), DATA) for number in numbers])
            connection.executemany(_TAG, sorted((tag, TYPE, number) for number in numbers for tag in _tags(number)))
            connection.execute("COMMIT")

        def ours(turn: int) -> None:
            recorder.append([_event(number) for number in range((turn - 1) * size + 1, turn * size + 1)])

        rates = _in_turn(blocks, 1, raw, ours)
    return {"raw_per_s": rates[0] * size, "append_per_s": rates[1] * size, "append_over_raw": rates[1] / rates[0]}


def read(folder: Path, blocks: int = 10) -> dict[str, float]:
    """Everything, from end to end: ``SELECT``, ``scan`` and ``read``; then one selection of a demand, in µs."""
    path = folder / "long.db"
    with _journal(path) as recorder, contextlib.closing(sqlite3.connect(path)) as connection:
        recorder.append([_event(number) for number in range(1, LONG + 1)])

        def raw(_: int) -> None:
            for _row in connection.execute("SELECT position, type, data FROM events ORDER BY position"):
                pass

        rates = _in_turn(blocks, 1, raw, lambda _: _exhaust(recorder.scan()), lambda _: _exhaust(recorder.read()))
        wanted = [
            [
                Selection((TYPE, "prets.ObjetRendu"), (tag,))
                for number in range(turn, turn + 2)
                for tag in _tags(number)[:2]
            ]
            for turn in range(1, LONG, 40)
        ]
        begun = perf_counter()
        for selections in wanted:
            recorder.select(selections)
        selection_us = (perf_counter() - begun) / (len(wanted) * len(wanted[0])) * 1e6
    return {
        "select_per_s": rates[0] * LONG,
        "scan_time_over_select": rates[0] / rates[1],
        "read_time_over_select": rates[0] / rates[2],
        "selection_us": selection_us,
    }


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


def _in_turn(blocks: int, size: int, *works: Callable[[int], object]) -> list[float]:
    """Calls per second of each, in alternating blocks (ABAB), from the median block: the disk has its moods."""
    times: list[list[float]] = [[] for _ in works]
    for block in range(blocks):
        for work, spent in zip(works, times, strict=True):
            begun = perf_counter()
            for number in range(block * size + 1, (block + 1) * size + 1):
                work(number)
            spent.append(perf_counter() - begun)
    return [size / statistics.median(spent[1:]) for spent in times]


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
    return [f"objet:{number % 997}", f"personne:p{number % 499}", f"cle:{number:016x}"]


def _event(number: int) -> DCBEvent:
    return DCBEvent(TYPE, DATA, _tags(number))


def _unless(number: int, after: int) -> DCBAppendCondition:
    return DCBAppendCondition(query_of([Selection((TYPE,), (tag,)) for tag in _tags(number)]), after)


def _exhaust(rows: Iterable[object]) -> None:
    for _ in rows:
        pass


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:  # the disk of the project: /tmp may be memory
        for measure in (append, batch, read, fairness):
            for name, figure in measure(Path(folder)).items():
                print(f"{measure.__name__:10}{name:28}{figure:>12,.2f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _write_for(sys.argv[1], float(sys.argv[2]))
    else:
        main()
