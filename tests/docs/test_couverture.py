"""Each line of the seed has its commands, facts, refusals, registers, rules, law and example, or a reason not to."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from tests.docs.couverture import EXEMPLES, LIGNES, RAISONS, Ligne, cellules, complet, page

from tierslieu_core.domaines.cadre.regles.genres import GENRES

PAGE = Path(__file__).parents[2] / "docs" / "couverture.md"


def test_la_page_est_celle_que_dit_le_code():
    assert PAGE.read_text("utf-8") == f"{page()}\n", "python -m tests.docs.couverture > docs/couverture.md"


@pytest.mark.parametrize("ligne", LIGNES, ids=lambda ligne: ligne.id)
def test_aucune_case_n_est_vide_sans_raison(ligne: Ligne):
    vides = {colonne for colonne, found in cellules(ligne, complet()).items() if not found}
    assert vides == set(ligne.vides), "une case vide dit pourquoi, et une case pleine ne s'excuse pas"
    assert set(ligne.vides.values()) <= set(RAISONS)


@pytest.mark.parametrize("ligne", LIGNES, ids=lambda ligne: ligne.id)
def test_chaque_mot_d_une_ligne_dit_quelque_chose(ligne: Ligne):
    noms = {*complet().demandes, *complet().evenements, *complet().refus}
    assert [mot for mot in ligne.mots if not any(fnmatchcase(nom, mot) for nom in noms)] == []
    assert set(ligne.regles) <= set(GENRES)


@pytest.mark.parametrize("ligne", LIGNES, ids=lambda ligne: ligne.id)
def test_l_exemple_d_une_ligne_demande_ce_qu_elle_dit(ligne: Ligne):
    commandes = {nom.partition(".")[2] for nom in cellules(ligne, complet())["commandes"]}
    lus = [f.read_text("utf-8") for f in EXEMPLES.glob(ligne.exemple)]
    assert any(commandes & set(re.findall(r"\w+", lu)) for lu in lus)


def test_aucune_demande_n_echappe_a_la_graine():
    dites = {nom for ligne in LIGNES for nom in cellules(ligne, complet())["commandes"]}
    assert sorted(set(complet().demandes) - dites) == []


def test_les_lignes_de_la_graine_y_sont_toutes():
    nombres = {
        "D": 6,
        "C": 2,
        "A": 2,
        "P": 4,
        "S": 4,
        "PA": 2,
        "CO": 4,
        "E": 2,
        "F": 2,
        "R": 4,
        "G": 5,
        "DOC": 3,
        "SE": 2,
    }
    assert {ligne.id for ligne in LIGNES} == {f"{un}{n}" for un, fin in nombres.items() for n in range(1, fin + 1)}
