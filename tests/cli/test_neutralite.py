"""No adapter that serves every area names one of them; what is found cheaply is what the standard way finds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import tierslieu_adapters
from tierslieu_adapters.cli.options import RESERVED
from tierslieu_core.kernel import plugins
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.testing.spec import installed

ICI = Path(inspect.getfile(tierslieu_adapters)).parent
GENERAUX = [file for part in ("cli", "logs", "exports", "sqlite") for file in sorted((ICI / part).rglob("*.py"))]
DEPART = "tierslieu_core.domaines.cadre.regles.depart"
"""The starter rulebook, which ``init`` offers: the one thing of an area that an adapter may know."""


@pytest.mark.parametrize("file", GENERAUX, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_aucun_adaptateur_ne_nomme_un_domaine(file: Path):
    source = file.read_text(encoding="utf-8")
    assert set(re.findall(r"tierslieu_core\.domaines[\w.]*", source)) <= {DEPART}
    catalogue = installed()
    full = {*catalogue.demandes, *catalogue.evenements, *catalogue.refus} - {"decisions.RegleContraire"}
    words = {word for name in full for word in (name, name.partition(".")[2])}
    assert not words & set(re.findall(r"[\w.-]+", source))


def test_aucune_commande_ne_prend_un_nom_reserve_a_la_demande():
    for nom, demande in installed().demandes.items():
        assert not {f.nom for f in fields_of(demande.commande)} & set(RESERVED), nom


@pytest.mark.parametrize(
    "groupe", ["tierslieu.domaines", "tierslieu.stores", "tierslieu.importers", "tierslieu.genres"]
)
def test_les_greffons_trouves_sont_ceux_de_la_bibliotheque_standard(
    groupe: str, installe: Callable[..., str], monkeypatch: pytest.MonkeyPatch
):
    doors = {
        groupe: "# un commentaire\nun = un.module:CHOSE\n deux=deux:A.b [extra]\n",
        "console_scripts": "trois = trois:main",
    }
    folder = installe("ailleurs", "", doors).split(":")[0]
    monkeypatch.syspath_prepend(folder)
    standard = {e.name: e.value.partition("[")[0].strip() for e in entry_points(group=groupe)}
    ours = {**plugins._others(groupe), **plugins.BUILTIN.get(groupe, {})}
    assert ours["un"] == "un.module:CHOSE"
    assert "trois" not in ours
    assert {name: ours[name] for name in standard} == standard
