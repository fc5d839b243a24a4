"""The page of expressions lists every name, type and function, each as it is."""

from __future__ import annotations

from pathlib import Path

from tierslieu_adapters.expressions.fonctions import FONCTIONS
from tierslieu_adapters.expressions.genre import CLAUSES_MAX
from tierslieu_adapters.expressions.texte import EMBOITEMENT_MAX, SOURCE_MAX
from tierslieu_adapters.expressions.variables import GENRES_DE_FAIT, LISTE_MAX, TEXTE_MAX, VARIABLES

PAGE = (Path(__file__).parents[2] / "docs" / "expressions.md").read_text("utf-8")
LIGNES = [line for line in PAGE.splitlines() if line.startswith("| `")]
TYPES = {"TIMESTAMP": "instant", "INT": "nombre", "STRING": "texte", "DURATION": "durée"}


def test_la_page_dit_chaque_nom_chaque_type_et_chaque_fonction_et_eux_seuls():
    variables = [f"| `{nom}` | {v.genre} | {v.libelle} |" for nom, v in VARIABLES.items()]
    fonctions = [
        f"| `{nom}({', '.join(TYPES[t] for t in f.prend)})` | {TYPES[f.rend]} | {f.libelle} |"
        for nom, f in FONCTIONS.items()
    ]
    types = [line for line in LIGNES if line.split("`")[1] in GENRES_DE_FAIT]
    assert [line.split("`")[1] for line in types] == list(GENRES_DE_FAIT)
    assert [*variables, *types, *fonctions] == LIGNES


def test_la_page_dit_les_bornes_comme_elles_sont():
    assert f"{CLAUSES_MAX} clauses, {SOURCE_MAX:_} caractères".replace("_", " ") in PAGE.replace("\u202f", " ")
    assert f"{EMBOITEMENT_MAX} parenthèses" in PAGE
    said = " ".join(PAGE.split())
    assert f"{TEXTE_MAX:_} octets ou une liste de plus de {LISTE_MAX} mots".replace("_", " ") in said
