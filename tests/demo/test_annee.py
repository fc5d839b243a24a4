"""The year of the demonstration: the same for one seed, small when asked, and every decision of it replays."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ANNEE = Path(__file__).parents[2] / "examples" / "annee"


def vivre(tmp_path: Path, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", ANNEE, "--echelle", "0.04", *options],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return " ".join(done.stdout.split())


def test_une_annee_se_raconte_et_se_rejoue(tmp_path: Path):
    said = vivre(tmp_path)
    for phrase in (
        "La Halle ouvre ses portes",
        "26 octobre. On regarde les étoiles de 1 h à 4 h",
        "Cette nuit-là, il n'est jamais 2 h 30",
        "L'année, mois par mois",
        "Une demande refusée, expliquée",
        "corrigé depuis : ne compte plus",
        "au soir du 31 décembre",
        "Ce qu'il y a à faire",
    ):
        assert phrase in said
    assert int(re.findall(r"(\d+) décisions rejouées, 0 différence", said)[0]) > 300
    assert (tmp_path / "annee-demo.db").exists()


def test_une_meme_graine_fait_une_meme_annee_et_une_autre_une_autre(tmp_path: Path):
    une, encore, autre = (vivre(tmp_path, "--graine", graine) for graine in ("1", "1", "2"))
    assert une == encore
    assert une != autre
