"""Every Python block of the README and of the documents runs, in the order of its page: a page is one story."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

RACINE = Path(__file__).parents[2]
SYBIL = Sybil(parsers=[PythonCodeBlockParser(), SkipParser()])
PAGES = sorted(p for p in [RACINE / "README.md", *RACINE.glob("docs/**/*.md")] if "```python" in p.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(RACINE)))
def test_les_blocs_de_la_page_tournent(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    module = ModuleType("page")  # classes declared on a page need a module, since their annotations are read from it
    monkeypatch.setitem(sys.modules, "page", module)
    document = SYBIL.parse(page)
    document.namespace = module.__dict__
    examples = list(document)
    assert examples
    for example in examples:
        document.namespace["__builtins__"] = __builtins__
        example.evaluate()


def test_le_readme_et_les_pages_pour_developpeurs_ont_des_blocs():
    assert {p.name for p in PAGES} >= {"README.md", "tutoriel.md", "ecrire-un-domaine.md", "ecrire-un-journal.md"}


def test_le_glossaire_dit_chaque_mot_une_fois():
    text = (RACINE / "docs" / "glossaire.md").read_text("utf-8")
    mots = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]
    assert [mot for mot in sorted(set(mots) - {"mot"}) if mots.count(mot) > 1] == []
