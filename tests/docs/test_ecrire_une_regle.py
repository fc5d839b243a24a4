"""The page for those who write a rulebook: what it builds, block after block, is read; every command of it runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest
from whenever import Date

from tierslieu_adapters.cli import main
from tierslieu_adapters.reglement.cas import DEMANDES, PAR, SUITE
from tierslieu_adapters.reglement.lecture import DE_LA_REGLE, MEMES, SECTIONS, TETE, lire
from tierslieu_adapters.reglement.mesurer import DU_LIEU
from tierslieu_core import ouvrir
from tierslieu_core.domaines.cadre.regles import DeclarerFait, Marche, Portee, Sinon, Source
from tierslieu_core.domaines.cadre.regles.portee import ACTIONS, Condition
from tierslieu_core.domaines.cadre.regles.sinon import Effet, PeriodeDEcarts
from tierslieu_core.domaines.cadre.regles.source import Deja
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.testing.spec import installed
from tierslieu_core.vocabulaire.faits import TypeDeFait

PAGE = (Path(__file__).parents[2] / "docs" / "ecrire-une-regle.md").read_text("utf-8")
BLOCS = [(m[1], m[2]) for m in re.finditer(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)]
REGLEMENT = "\n".join(text for kind, text in BLOCS if kind == "toml")


def dits(titre: str) -> set[str]:
    """The words in code of the first column of the table whose header begins so."""
    lines = iter(PAGE.splitlines())
    table = next(line for line in lines if line.startswith(f"| {titre} |"))
    rows = [line.split("|")[1] for line in iter(lambda: next(lines, ""), "")]
    assert table
    return {mot for row in rows[1:] for mot in re.findall(r"`([^`]+)`", row)}


def test_chaque_bloc_ajoute_a_un_reglement_qui_se_lit():
    text = ""
    for kind, block in BLOCS:
        if kind == "toml":
            text += block + "\n"
            assert lire(text, installed(), Date(2026, 11, 23))


@pytest.fixture
def atelier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A founded place, with the files of the page."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIERSLIEU_LIEU", "atelier.db")
    monkeypatch.setenv("COLUMNS", "200")
    for kind, nom in (("json", "cas.json"), ("jsonl", "propositions.jsonl")):
        (tmp_path / nom).write_text(next(text for k, text in BLOCS if k == kind), "utf-8")
    (tmp_path / "reglement.toml").write_text(REGLEMENT, "utf-8")
    with ouvrir("atelier.db") as lieu:
        fonder = {"nom": "L'atelier", "personne": "camille", "nom_personne": "Camille Martin"}
        assert lieu.demander("gouvernance.FonderLieu", fonder, par="camille").acceptee


@pytest.mark.usefixtures("atelier")
def test_chaque_commande_de_la_page_reussit_et_dit_ce_qui_est_ecrit(capsys: pytest.CaptureFixture[str]):
    said, ran = "", 0
    for kind, block in BLOCS:
        if kind == "sh":
            for line in block.splitlines():
                ran += 1
                assert main(shlex.split(line)[1:]) == 0, capsys.readouterr()
                said = capsys.readouterr().out
        elif kind == "text":
            assert said == block
    assert ran > 7
    assert main(["regles", "adopter", "reglement.toml", "--complet"]) == 0
    assert capsys.readouterr().out.startswith("Rien à changer")


def test_chaque_mot_du_lieu_est_dans_la_table():
    assert dits("mot") - {"espace:verte"} == set(DU_LIEU)


@pytest.mark.parametrize(("titre", "mots"), [
    ("clé de `[reglement]`", set(TETE)), ("clé d'un fait", {"type", "libelle", "valeurs", "unite"}),
    ("clé de `pour`", {f"pour.{f.name}" for f in attrs.fields(Portee)}),
    ("clé de `sinon`", {f"sinon.{f.name}" for f in attrs.fields(Sinon)}),
    ("clé d'un échelon", {f.name for f in attrs.fields(Marche)}),
    ("clé d'une règle", {*MEMES, *DE_LA_REGLE}),
    ("`attendu`", {*SUITE.values(), "accepte", "aucune_sanction", "priorite"}),
])  # fmt: skip
def test_chaque_cle_du_format_est_dans_sa_table(titre: str, mots: set[str]):
    assert dits(titre) == mots


def test_la_page_nomme_tout_ce_que_le_format_admet():
    values: list[Any] = [Effet, PeriodeDEcarts, Deja, TypeDeFait]
    mots = {mot for kind in values for mot in get_args(kind)}
    mots |= {*ACTIONS, *(f.name for f in attrs.fields(Condition)), *(f.name for f in attrs.fields(Source)), DEMANDES}
    mots |= {f.nom for f in fields_of(DeclarerFait)}
    assert [mot for mot in sorted(mots - {"fait"}) if not re.search(rf"\b{mot}\b", PAGE)] == []
    assert set(SECTIONS) == set(re.findall(r"^\[(\w+)", REGLEMENT, re.MULTILINE))
    assert f"[correspondance.{PAR}]" in PAGE
