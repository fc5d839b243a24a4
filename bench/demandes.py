"""Whole demands (authorised, read, decoded, folded, judged, decided, recorded) against the bare insert of their rows.

The floor is a copy of the same journal, so it has the same size; both are as durable (WAL, ``synchronous=FULL``).
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import statistics
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time

from bench.mesure import Figure, quantile
from bench.quai import Quai, put
from eventsourcing.dcb.api import DCBSequencedEvent

from tierslieu_core.kernel.ports import head_of

EVENT = "INSERT INTO events (position, type, tags, data) VALUES (?, ?, ?, ?)"
TAG = "INSERT INTO tags (tag, type, position) VALUES (?, ?, ?)"
SUJET = "demande entière"


def measure(quai: Quai, folder: Path, blocks: int = 41, size: int = 15) -> tuple[list[Figure], float]:
    """The figures at this size, and the median demand in seconds."""
    floor = folder / "plancher.db"
    shutil.copy(quai.path, floor)
    ours: list[float] = []
    raw: list[float] = []
    with quai.open() as lieu, closing(bare(floor)) as connection:
        for ask in quai.next(blocks * size):  # one by one: the disk and the processor are then as they are for a demand
            head = head_of(lieu.recorder)
            begun = perf_counter()
            put(lieu, ask)
            ours.append(perf_counter() - begun)
            rows = list(lieu.recorder.read(after=head))
            begun = perf_counter()
            insert(connection, rows)
            raw.append(perf_counter() - begun)
    floor.unlink()
    p50, at = statistics.median(ours), f"à {quai.events:_} faits".replace("_", " ")
    several = range(size, len(ours), size)  # the first block warms up
    ratio = statistics.median(sum(raw[n : n + size]) / sum(ours[n : n + size]) for n in several)
    return [
        Figure(SUJET, f"débit / insertion nue des mêmes lignes, {at}", ratio, "≥", 0.40, 0.55),
        Figure(SUJET, f"p50, {at}", p50 * 1e6, "≤", unite="µs"),
        Figure(SUJET, f"p99, {at}", quantile(ours, 0.99) * 1e6, "≤", unite="µs"),
        Figure(SUJET, f"p50 de l'insertion nue, {at}", statistics.median(raw) * 1e6, "≤", unite="µs"),
        Figure(SUJET, f"processeur sans le disque, p50, {at}", processor(quai) * 1e6, "≤", 350, 200, "µs"),
    ], p50


def processor(quai: Quai, demands: int = 600) -> float:
    """Seconds of processor of the median demand, with ``synchronous=OFF``."""
    spent = []
    with quai.open("OFF") as lieu:
        for ask in quai.next(demands):
            begun = process_time()
            put(lieu, ask)
            spent.append(process_time() - begun)
    return statistics.median(spent)


def batches(quai: Quai, folder: Path, blocks: int = 5, size: int = 1000) -> list[Figure]:
    """So many demands in one durable batch, against ``executemany`` of their rows and one commit."""
    floor = folder / "plancher.db"
    shutil.copy(quai.path, floor)
    with quai.open() as lieu, closing(bare(floor)) as connection:
        asks, rows = [], []

        def ours() -> None:
            with lieu.lot():
                for ask in asks[-1]:
                    put(lieu, ask)

        def raw() -> None:
            insert(connection, rows[-1])

        times = []
        for _ in range(blocks):
            asks.append(quai.next(size))
            head = head_of(lieu.recorder)
            begun = perf_counter()
            ours()
            spent = perf_counter() - begun
            rows.append(list(lieu.recorder.read(after=head)))
            begun = perf_counter()
            raw()
            times.append((perf_counter() - begun) / spent)
    floor.unlink()
    name = f"{size} demandes en un lot / plancher executemany"
    return [Figure("import", name, statistics.median(times), "≥", 0.10, 0.25)]


def bare(path: Path) -> sqlite3.Connection:
    """The same tables, the same promise, and nothing else."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -16384")
    return connection


def insert(connection: sqlite3.Connection, rows: Sequence[DCBSequencedEvent]) -> None:
    """Write them durably."""
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(EVENT, [(r.position, r.event.type, json.dumps(r.event.tags), r.event.data) for r in rows])
    connection.executemany(TAG, sorted((tag, r.event.type, r.position) for r in rows for tag in r.event.tags))
    connection.execute("COMMIT")
