"""An area that another package brings is found everywhere, with no adapter touched: the guest book of the guide."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Cli

GUIDE = Path(__file__).parents[2] / "docs" / "ecrire-un-domaine.md"


@pytest.fixture
def livre_d_or(cli: Cli, installe: Callable[..., str]) -> Cli:
    """Le Quai, with the guest book installed."""
    source = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert source is not None
    path = installe("livredor", source[1], {"tierslieu.domaines": "livre-dor = livredor:DOMAINE"})
    return cli.avec(PYTHONPATH=path)


def test_ses_commandes_ont_leur_aide_et_leurs_options(livre_d_or: Cli):
    everything = livre_d_or("faire", "--help").out
    assert "Livre d'or" in everything
    assert "livre_dor.LaisserMot" in everything
    assert "Laisser un mot dans le livre d'or." in everything
    one = livre_d_or("faire", "LaisserMot", "--help").out
    assert "--mot TEXTE" in one
    assert "obligatoire · mot" in one


def test_elles_se_demandent_par_options_et_par_lignes_json(livre_d_or: Cli):
    done = livre_d_or("faire", "LaisserMot", "--personne", "p-1", "--mot", "Merci !")
    assert done.code == 0
    assert "Zoé Dupont laisse un mot : Merci !." in done.out
    line = '{"commande": "livre_dor.LaisserMot", "personne": "p-1", "mot": "encore", "cle": "encore"}'
    refused = livre_d_or("faire", entree=line)
    assert refused.code == 3
    assert refused.lignes[0]["refus"] == "livre_dor.DejaUnMot"
    assert livre_d_or("faire", "laisser-mot", "--personne", "p-1").code == 2


def test_son_registre_sa_piste_et_ses_phrases_se_lisent(livre_d_or: Cli):
    livre_d_or("faire", "LaisserMot", "--personne", "p-1", "--mot", "Merci !", "--cle", "mot")
    assert "livre_dor" in livre_d_or("registre").out
    (row,) = livre_d_or("registre", "livre_dor", "--json").json["lignes"]
    assert (row["personne"], row["mot"]) == ("p-1", "Merci !")
    assert "Merci !" in livre_d_or("registre", "livre_dor").out
    assert "Zoé Dupont laisse un mot : Merci !." in livre_d_or("audit", "zoe").out
    assert "mot : Merci !" in livre_d_or("expliquer", "mot").out
    assert livre_d_or("rejouer").code == 0


def test_sans_lui_le_journal_dit_ce_qui_lui_manque(livre_d_or: Cli, cli: Cli):
    livre_d_or("faire", "LaisserMot", "--personne", "p-1", "--mot", "Merci !")
    done = cli("rejouer")
    assert done.code == 2
    assert "livre_dor" in done.err
    assert cli("registre", "prets").code == 0
