"""``python -m bench``: every figure against its floor, in one run. ``--court``: without the journal of a million facts.

The long run writes ``bench/RESULTS.md``; a short one only prints.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import demandes, demarrage, expressions, plancher, registres, reglements, relecture, resultats
from bench.mesure import Figure
from bench.quai import Quai

SMALL, MEDIUM, LARGE = 1_000, 100_000, 1_000_000


def run(folder: Path, *, short: bool) -> Iterator[Figure]:
    """Every figure, as it comes."""
    floors = plancher.append(folder)
    yield Figure("journal", "ajout conditionnel / insertion nue", floors["append_over_raw"], "≥", 0.90, 0.95)
    yield Figure("journal", "le même, sa condition ayant à chercher", floors["looking_append_over_raw"], "≥")
    sizes = (SMALL, MEDIUM) if short else (SMALL, MEDIUM, LARGE)
    quais = [Quai(folder / f"quai-{events}.db", events) for events in sizes]
    yield from demandes.measure(quais, folder)
    yield from registres.measure(quais[0], quais[-1])
    yield from demandes.batches(Quai(folder / "lots.db", SMALL * 10), folder)
    yield from relecture.measure(Quai(folder / "relire.db", SMALL * 20))
    yield from expressions.measure()
    yield from reglements.measure(folder)
    fair = plancher.fairness(folder)
    yield Figure("équité", "8 processus, le moins servi / le plus servi", fair["least_over_most_served"], "≥", 0.7, 0.9)
    yield Figure("équité", "p99 d'un ajout, à 8 processus", fair["p99_ms"], "≤", unite="ms")
    yield from demarrage.measure(Quai(folder / "petit.db", 5_000))


def main() -> None:
    """Print each figure as it comes, then all of them."""
    short = "--court" in sys.argv[1:]
    figures = []
    disk = Path("build")  # the project's own: /tmp may be memory
    disk.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=disk.resolve()) as folder:
        for figure in run(Path(folder), short=short):
            figures.append(figure)
            value = f"{figure.valeur:>12,.2f} {figure.unite:2}"
            print(f"{figure.sujet:15} {figure.nom:62} {value} {resultats.judged(figure)}", flush=True)
    if not short:
        resultats.write(figures, "make bench")


if __name__ == "__main__":
    main()
