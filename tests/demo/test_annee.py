"""The year of the demonstration: the same for one seed, small when asked, and every decision of it replays."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import tierslieu_core as tl
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.ports import scan

SANS = frozenset({"demarches", "recours", "sanctions", "archives"})
"""The areas that this year does without: nobody contested, and what breaks a rule is told in ``tests``."""
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
        "prend la suite : la passation de l'année",
        "là où le lieu prend part : 1",
    ):
        assert phrase in said
    assert int(re.findall(r"(\d+) décisions rejouées, 0 différence", said)[0]) > 300
    assert (tmp_path / "annee-demo.db").exists()
    passation = (tmp_path / "annee-demo.passation.md").read_text("utf-8")
    for titre in (
        "# Passation : La Halle",
        "### Les contrats (3)",
        "### Les services (2)",
        "## Les règles, et pourquoi",
    ):
        assert titre in passation


def test_l_annee_vit_toutes_les_missions(tmp_path: Path):
    """Every line of the missions is granted: what the demo promises of each area does happen."""
    vivre(tmp_path)
    with tl.ouvrir(str(tmp_path / "annee-demo.db")) as lieu:
        lignes = [json.loads(line) for line in (ANNEE / "missions.jsonl").read_text("utf-8").splitlines()]
        vecues = Counter(
            decision.commande
            for row in scan(lieu.recorder, (DECISION,))
            if (decision := lieu.catalogue.decision(row)).verdict == "accord"
        )
        voulues = Counter(une["commande"] for une in lignes)
        assert {nom: n for nom, n in voulues.items() if vecues[nom] < n} == {}
        areas = {nom.partition(".")[0] for nom in vecues}
        assert {d.nom for d in lieu.catalogue.domaines if d.demandes} - areas <= SANS


def test_une_meme_graine_fait_une_meme_annee_et_une_autre_une_autre(tmp_path: Path):
    une, encore, autre = (vivre(tmp_path, "--graine", graine) for graine in ("1", "1", "2"))
    assert une == encore
    assert une != autre
