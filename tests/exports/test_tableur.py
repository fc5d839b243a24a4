"""Exports: what leaves for a spreadsheet says the register, and can do no harm there."""

from __future__ import annotations

import csv
import io

import pytest
from whenever import Date

from tierslieu_adapters.exports.tableur import cellule, exporter
from tierslieu_core.domaines.moyens.espaces import EspaceOuvert
from tierslieu_core.kernel import plugins
from tierslieu_core.kernel.personal import Efface, Scelle
from tierslieu_core.testing.spec import FONDATION, memory_place, record


def test_un_registre_part_en_colonnes_avec_ses_dates_et_ses_noms():
    lieu = memory_place()
    record(lieu, [*FONDATION, EspaceOuvert(espace="verte", nom="=1+1", categorie="salle", capacite=12, description="")])
    out = io.StringIO(newline="")
    assert plugins.one("tierslieu.exporters", "csv", "Format d'export") is exporter
    assert exporter(lieu, "espaces", out, au="2026-12-01") == 1
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert row["espace"] == "verte"
    assert row["nom"] == "'=1+1"
    assert row["capacite"] == "12"
    assert exporter(lieu, "prets", io.StringIO()) == 0


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_aucune_cellule_ne_peut_passer_pour_une_formule(debut: str):
    assert cellule(f"{debut}cmd") == f"'{debut}cmd"


def test_chaque_valeur_a_sa_cellule():
    scelle = Scelle("p", "identite", 1, "k", "f", "boite")
    values = [-3, True, False, None, Date(2026, 11, 3), ("a", "b"), scelle, Efface("p", "identite"), "-3"]
    assert [cellule(v) for v in values] == [-3, "oui", "non", "", "2026-11-03", "a ; b", "[scellé]", "[effacé]", "'-3"]
