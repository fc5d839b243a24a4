"""How long one waits before anything happens: importing the library, one command on a small place.

As once installed: the compiled modules are on the disk (a first run writes them), whatever the environment says.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from time import perf_counter

from bench.mesure import Figure
from bench.quai import Quai

INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
TIMED = "from time import perf_counter as t; a = t(); {}; print(t() - a)"


def measure(quai: Quai, times: int = 9) -> list[Figure]:
    """Each of them in new processes, the median one."""
    env = {**INSTALLED, "PYTHONPYCACHEPREFIX": str(quai.path.parent / "modules")}
    imported, used = (_timed(s, times, env) for s in ("import tierslieu_core", "from tierslieu_core import ouvrir"))
    command = [sys.executable, "-m", "tierslieu_adapters.cli", "--lieu", str(quai.path), "registre", "prets", "--json"]
    whole = []
    for _ in range(times):
        begun = perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)  # noqa: S603 - our own command line
        whole.append(perf_counter() - begun)
    return [
        Figure("démarrage", "import tierslieu_core", imported * 1e3, "≤", 150, 80, "ms"),
        Figure("démarrage", "from tierslieu_core import ouvrir", used * 1e3, "≤", 150, unite="ms"),
        Figure(
            "démarrage",
            f"tierslieu registre prets, {quai.events} faits",
            statistics.median(whole) * 1e3,
            "≤",
            400,
            250,
            "ms",
        ),
    ]


def _timed(statement: str, times: int, env: dict[str, str]) -> float:
    command = [sys.executable, "-c", TIMED.format(statement)]
    return statistics.median(
        float(subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout)  # noqa: S603 - as above
        for _ in range(times)
    )
