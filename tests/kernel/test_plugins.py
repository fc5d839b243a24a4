"""Plugins: our table is that of the packaging; what is unknown or broken is told."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest

from tierslieu_core.kernel import plugins
from tierslieu_core.kernel.errors import ErreurTiersLieu

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_our_table_is_that_of_the_packaging():
    said = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    assert {group: dict(table) for group, table in plugins.BUILTIN.items()} == said


@pytest.mark.parametrize("group", ["tierslieu.domaines", "tierslieu.genres", "tierslieu.stores"])
def test_all_that_we_bring_is_loaded_without_any_scan(group: str):
    assert plugins.found(group, installed=False).keys() == plugins.BUILTIN[group].keys()
    assert plugins.found(group, installed=False).items() <= plugins.found(group).items()


def test_an_unknown_plugin_is_told_with_those_that_are_known():
    with pytest.raises(ErreurTiersLieu, match=r"Type de journal inconnu : « ftp »\. Connus : memory, sqlite\."):
        plugins.one("tierslieu.stores", "ftp", "Type de journal")
    with pytest.raises(ErreurTiersLieu, match="Connus : "):
        plugins.one("tierslieu.rien", "x", "Rien")


def _installed(folder: Path, package: str, said: str) -> None:
    (folder / f"{package}-1.0.dist-info").mkdir(parents=True)
    (folder / f"{package}-1.0.dist-info" / "entry_points.txt").write_text(said, encoding="utf-8")


def test_entry_points_of_other_packages_are_read_as_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    said = "[console_scripts]\nx = y:z\n\n[tierslieu.essais]\n# a comment\ncsv = math:pi [extra]\nsqrt=math:sqrt\n"
    _installed(tmp_path / "a", "autre", said)
    _installed(tmp_path / "a", "sans_rapport", "[console_scripts]\nx = y:z\n")
    _installed(tmp_path / "b", "autre", "[tierslieu.essais]\ncache = math:e\n")
    (tmp_path / "a" / "vide-1.0.dist-info").mkdir()
    for folder in ("b", "a", "absent"):
        monkeypatch.syspath_prepend(tmp_path / folder)
    assert plugins.found("tierslieu.essais") == {"csv": math.pi, "sqrt": math.sqrt}


def test_a_name_of_ours_cannot_be_taken_by_another_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _installed(tmp_path, "voleur", "[tierslieu.domaines]\nprets = math:pi\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert plugins.found("tierslieu.domaines")["prets"].nom == "prets"
    assert plugins.one("tierslieu.domaines", "prets", "Domaine").nom == "prets"


@pytest.mark.parametrize("where", ["module_absent:X", "math:absent"])
def test_a_plugin_that_does_not_load_is_told(where: str):
    with pytest.raises(ErreurTiersLieu, match="réinstallez"):
        plugins.load(where)
