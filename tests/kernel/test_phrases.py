"""Sentences: what they cut short, what they leave unsaid, and what a field is called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tierslieu_core
from tierslieu_adapters.cli.values import bare as nu
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.labels import label
from tierslieu_core.kernel.sentences import VIDE, filled
from tierslieu_core.testing.spec import installed

SOURCES = Path(tierslieu_core.__file__).parent


@pytest.mark.parametrize(
    ("phrase", "nom", "dit"),
    [
        ("celle de {x}", "Idriss", "celle d'Idriss"),
        ("celle de {x}", "Élise", "celle d'Élise"),
        ("celle de {x}", "Yvon", "celle d'Yvon"),
        ("celle de {x}", "Yanis", "celle de Yanis"),
        ("celle de {x}", "Hugo", "celle de Hugo"),
        ("De {x}, rien", "Ana", "D'Ana, rien"),
        ("mieux que {x}", "Ana", "mieux qu'Ana"),
        ("le monde {x}", "ouvert", "le monde ouvert"),
        ("de {x}", "amis de Ana {y}", "d'amis de Ana {y}"),
    ],
)
def test_de_et_que_se_coupent_devant_une_voyelle_dans_nos_mots_seulement(phrase: str, nom: str, dit: str):
    assert filled(phrase, {"x": nom}) == dit


@pytest.mark.parametrize(
    ("phrase", "dit"),
    [
        ("c'est son tour (avant : {x})", "c'est son tour"),
        ("{y} ferme : {x}", "salle ferme"),
        ("{y} ferme : {x}.", "salle ferme."),
        ("{y} ({y})[, sans {x}]", "salle (salle)"),
        ("publics : [{x}|tous]", "publics : tous"),
        ("publics : [{y}|tous]", "publics : salle"),
    ],
)
def test_ce_qui_manque_ne_se_dit_pas(phrase: str, dit: str):
    for rien in ("", VIDE):
        assert filled(phrase, {"x": rien, "y": "salle"}) == dit


@pytest.mark.parametrize(
    ("nom", "dit"),
    [("jusqu_au", "jusqu'au"), ("capacite", "capacité"), ("retard_jours", "retard (jours)"), ("jours", "jours")],
)
def test_un_nom_de_champ_retrouve_ses_accents(nom: str, dit: str):
    assert label(nom) == dit


def test_aucun_titre_de_colonne_n_oublie_un_accent():
    """A word of a heading that our own sentences write with an accent, and never without."""
    words = {w for f in SOURCES.rglob("*.py") for w in re.findall(r"[a-zà-ÿœ]+", " ".join(_texts(f)))}
    accented = {nu(w): w for w in words if nu(w) != w}
    headings = {w for r in installed().registres.values() for f in fields_of(r.ligne) for w in f.libelle.split()}
    assert {w: accented[w] for w in headings if w in accented and w not in words} == {}


def _texts(source: Path) -> list[str]:
    """The French texts of a source file: those that hold a space."""
    return [t for t in re.findall(r'"([^"\n]* [^"\n]*)"', source.read_text(encoding="utf-8")) if "é" in t or "à" in t]
