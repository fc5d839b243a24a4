"""Every action that an area lets rules judge, or remind of, is one that a rulebook knows, and says in words."""

from __future__ import annotations

import ast
from pathlib import Path

from tierslieu_core.domaines.cadre.regles.portee import ACTIONS, DITES

DOMAINES = Path(__file__).parents[3] / "src" / "tierslieu_core" / "domaines"


def named(path: Path):
    """The actions that a module gives its measures and its reminders."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for given in (k.value for k in call.keywords if k.arg == "action"):
            if isinstance(given, ast.Constant):
                yield given.value
            elif isinstance(given, ast.Name) and given.id in constants:
                yield constants[given.id]


def test_les_regles_connaissent_chaque_action_que_les_domaines_leur_donnent():
    found = {action for path in DOMAINES.rglob("*.py") for action in named(path)} - {""}
    assert found >= {"lire_document", "conclure_contrat", "signer_convention", "preavis_contrat"}
    assert sorted(found - set(DITES)) == [], "dites-les aussi dans DITES (domaines/cadre/regles/portee.py)"
    assert set(ACTIONS) < set(DITES)
