"""Importing the library costs almost nothing: no adapter, no extra, not even its own dependencies."""

from __future__ import annotations

import subprocess
import sys

import tierslieu_core as tl

CHARGES = """
import sys
before = set(sys.modules)
import tierslieu_core
print(*sorted({m.partition(".")[0] for m in set(sys.modules) - before}))
"""


def test_importer_la_bibliotheque_ne_charge_ni_adaptateur_ni_extra():
    done = subprocess.run([sys.executable, "-c", CHARGES], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "tierslieu_core" in loaded
    heavy = {
        "tierslieu_adapters",
        "eventsourcing",
        "attrs",
        "cattrs",
        "msgspec",
        "structlog",
        "cryptography",
        "whenever",
    }
    assert not loaded & {*heavy, "cyclopts", "rich", "hypothesis", "pytest", "sqlite3"}


def test_de_quoi_ouvrir_un_lieu_ne_charge_aucun_domaine():
    code = CHARGES.replace("import tierslieu_core", "from tierslieu_core import ouvrir").replace(
        '.partition(".")[0]', ""
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "tierslieu_core.lieu" in loaded
    lourds = ("tierslieu_core.domaines", "tierslieu_core.vues", "tierslieu_adapters", "cryptography", "structlog")
    assert [m for m in loaded if m.startswith(lourds)] == []


def test_la_face_publique_se_lit_par_ses_noms():
    for name in tl.__all__:
        assert getattr(tl, name).__name__ == name
