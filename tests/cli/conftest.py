"""The real command, as its own process, on real files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from whenever import Date

AUJOURDHUI = Date.today("Europe/Paris")
RETOUR = AUJOURDHUI.add(days=7).format_iso()
TROP_TARD = AUJOURDHUI.add(days=40).format_iso()
COMPILE = {
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "tierslieu-cli-tests"),
}
"""A program that people start is compiled once, not at each start."""
SEME = (
    {"commande": "identites.InscrirePersonne", "cle": "zoe", "personne": "p-1", "nom": "Zoé Dupont",
     "contact": "06 12 34 56 78"},
    {"commande": "identites.InscrirePersonne", "cle": "ali", "personne": "p-2", "nom": "Ali Dupont"},
    {"commande": "materiel.CreerModele", "modele": "perceuse", "nom": "Perceuse"},
    {"commande": "materiel.AjouterObjet", "objet": "perceuse-1", "modele": "perceuse", "nom": "Perceuse bleue"},
    {"commande": "adhesions.AdmettreAdherent", "personne": "p-1", "du": "2020-01-01", "au": "2090-12-31"},
    {"commande": "prets.PreterObjet", "cle": "refusee", "objet": "perceuse-1", "personne": "p-2", "retour": RETOUR},
    {"commande": "prets.PreterObjet", "cle": "pret", "objet": "perceuse-1", "personne": "p-1", "retour": RETOUR,
     "constat": "rayée par le chat de Zoé"},
)  # fmt: skip


@attrs.frozen
class Resultat:
    """What a command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one JSON value."""
        return json.loads(self.out)

    @property
    def lignes(self) -> list[Any]:
        """Its JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@attrs.frozen
class Cli:
    """``cli("registre", "prets")``: the command ``tierslieu --lieu quai.db registre prets``, in a folder of its own."""

    dossier: Path
    env: dict[str, str] = attrs.Factory(dict)

    def __call__(self, *argv: str, entree: str | bytes = "", lieu: str | None = "quai.db", **env: str) -> Resultat:
        where = ["--lieu", lieu] if lieu else []
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("TIERSLIEU_", "FORCE_COLOR", "NO_COLOR"))}
        done = subprocess.run(
            [sys.executable, "-m", "tierslieu_adapters.cli", *where, *argv],
            cwd=self.dossier,
            env={**kept, "COLUMNS": "100", **COMPILE, **self.env, **env},
            input=entree if isinstance(entree, bytes) else entree.encode(),
            capture_output=True,
            check=False,
        )
        result = Resultat(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.err, result.err
        assert result.code != 70, result.err
        return result

    def avec(self, **env: str) -> Cli:
        """The same, with these environment variables."""
        return Cli(self.dossier, {**self.env, **env})

    def lit(self, nom: str) -> bytes:
        """A file of the folder."""
        return (self.dossier / nom).read_bytes()


FONDER = ("init", "--nom", "Le Quai", "--personne", "camille", "--nom-personne", "Camille Martin")


@pytest.fixture
def vide(tmp_path: Path) -> Cli:
    """A folder where nothing is yet."""
    return Cli(tmp_path)


@pytest.fixture(scope="session")
def _modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cli = Cli(tmp_path_factory.mktemp("quai"))
    assert cli(*FONDER, "--reglement-de-depart").code == 0
    lines = "\n".join(json.dumps({"par": "camille", **one}) for one in SEME)
    done = cli("faire", entree=lines)
    assert [line["verdict"] for line in done.lignes] == ["accord"] * 5 + ["refus", "accord"], done.out + done.err
    assert done.code == 3
    return cli.dossier


@pytest.fixture
def cli(_modele: Path, tmp_path: Path) -> Cli:
    """Le Quai, with its starter rulebook: Zoé (p-1) has the blue drill; Ali (p-2), no member, was refused it."""
    for file in _modele.glob("quai.*"):
        shutil.copy(file, tmp_path)
    return Cli(tmp_path, {"TIERSLIEU_PAR": "camille"})


@pytest.fixture
def installe(tmp_path: Path) -> Callable[..., str]:
    """``installe("jouet", source, {"tierslieu.domaines": "…"})``: someone else's package; what PYTHONPATH must be."""

    def installe(nom: str, source: str, portes: dict[str, str]) -> str:
        folder = tmp_path / "ailleurs"
        declared = folder / f"{nom}-1.0.dist-info"
        declared.mkdir(parents=True)
        (folder / f"{nom}.py").write_text(source, encoding="utf-8")
        (declared / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {nom}\nVersion: 1.0\n", encoding="utf-8")
        text = "".join(f"[{groupe}]\n{ou}\n" for groupe, ou in portes.items())
        (declared / "entry_points.txt").write_text(text, encoding="utf-8")
        return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))

    return installe
