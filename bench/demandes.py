"""Whole demands (authorised, read, decoded, folded, judged, decided, recorded) against the bare insert of their rows.

The floor is a copy of the same journal, so it has the same size; both are as durable (WAL, ``synchronous=FULL``).
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import statistics
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from time import perf_counter, process_time

import attrs
from bench.mesure import Figure, quantile
from bench.quai import Quai, put
from eventsourcing.dcb.api import DCBSequencedEvent

from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu

EVENT = "INSERT INTO events (position, type, tags, data) VALUES (?, ?, ?, ?)"
TAG = "INSERT INTO tags (tag, type, position) VALUES (?, ?, ?)"
SUJET = "demande entière"


@attrs.define
class Size:
    """The place at one size, beside its floor, and the seconds that each demand took in both."""

    quai: Quai
    lieu: Lieu
    floor: sqlite3.Connection
    ours: list[float] = attrs.Factory(list)
    raw: list[float] = attrs.Factory(list)

    def block(self, size: int) -> None:
        """So many demands, and their rows in the floor, one by one: what a demand finds on the disk, its floor does."""
        for ask in self.quai.next(size):
            head = head_of(self.lieu.recorder)
            begun = perf_counter()
            put(self.lieu, ask)
            self.ours.append(perf_counter() - begun)
            rows = list(self.lieu.recorder.read(after=head))
            begun = perf_counter()
            insert(self.floor, rows)
            self.raw.append(perf_counter() - begun)

    def figures(self, size: int) -> list[Figure]:
        """The figures; the first block warmed up."""
        ours, raw = self.ours[size:], self.raw[size:]
        ratio = statistics.median(sum(raw[n : n + size]) / sum(ours[n : n + size]) for n in range(0, len(ours), size))
        at = f"à {self.quai.events:_} faits".replace("_", " ")
        return [
            Figure(SUJET, f"débit / insertion nue des mêmes lignes, {at}", ratio, "≥", 0.40, 0.55),
            Figure(SUJET, f"p50, {at}", statistics.median(ours) * 1e6, "≤", unite="µs"),
            Figure(SUJET, f"p99, {at}", quantile(ours, 0.99) * 1e6, "≤", unite="µs"),
            Figure(SUJET, f"p50 de l'insertion nue, {at}", statistics.median(raw) * 1e6, "≤", unite="µs"),
        ]


def measure(quais: Sequence[Quai], folder: Path, blocks: int = 41, size: int = 15) -> list[Figure]:
    """Every size in turn, a block each: the moods of the disk are shared by all."""
    with ExitStack() as opened:
        sizes = []
        for quai in quais:
            floor = Path(shutil.copy(quai.path, folder / f"plancher-{quai.events}.db"))
            sizes.append(Size(quai, opened.enter_context(quai.open()), opened.enter_context(closing(bare(floor)))))
        for _ in range(blocks):
            for one in sizes:
                one.block(size)
        figures = [figure for one in sizes for figure in one.figures(size)]
    for quai in quais:
        at = f"à {quai.events:_} faits".replace("_", " ")
        figures.append(
            Figure(SUJET, f"processeur sans le disque, p50, {at}", processor(quai) * 1e6, "≤", 350, 200, "µs")
        )
    least, most = (statistics.median(one.ours[size:]) for one in (sizes[0], sizes[-1]))
    name = f"p50 à {quais[-1].events:_} faits / à {quais[0].events:_}".replace("_", " ")
    return [*figures, Figure(SUJET, name, most / least, "≤", 1.3, 1.1)]


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
