"""Without the extra: a journal with an expression opens, reads and prints; to decide under it says what to install."""

# ruff: noqa: ARG001 - a fixture that takes the extra away is asked by its name, after the journal was written

from __future__ import annotations

import sys

import attrs
import pytest
from tests.expressions.regles import adopter, demande, quai, regle, reservation

from tierslieu_adapters.expressions import ExtraAbsent, essai, formule, moteur
from tierslieu_core.lieu import ouvrir

DIT = r"pip install 'tierslieu-core\[cel\]'"


@pytest.fixture
def sans_extra(monkeypatch: pytest.MonkeyPatch):
    """As where it is not installed: what was worked out before is forgotten too."""
    for kept in (moteur.cel, moteur.compilee, moteur.lus, moteur._environnement, essai.essayer):
        kept.cache_clear()
    monkeypatch.setitem(sys.modules, "cel_expr_python.cel", None)


@pytest.fixture
def journal(tmp_path):
    """A journal that was written where the extra is; it holds a rule, a refusal, an agreement."""
    pytest.importorskip("cel_expr_python", reason="l'extra « cel » n'est pas installé")
    lieu = quai(tmp_path / "quai.db")
    assert demande(lieu, reservation(participants=13), "treize").verdict == "refus"
    assert demande(lieu, reservation(participants=12), "douze").verdict == "accord"
    return tmp_path / "quai.db"


def test_un_journal_s_ouvre_se_lit_et_s_imprime(journal, sans_extra):
    lieu = ouvrir(str(journal))
    (regle_,) = lieu.registre("regles")
    assert "douze personnes au plus le soir ; du lundi au vendredi" in regle_.texte
    assert len(lieu.registre("reservations")) == 1
    assert any("douze personnes au plus le soir" in str(trace) for trace in lieu.audit("regle:salle"))


def test_expliquer_un_refus_dit_les_clauses_et_ce_qu_il_faut_pour_savoir_laquelle(journal, sans_extra):
    recit = ouvrir(str(journal)).expliquer("treize")
    said = " ".join(map(str, attrs.astuple(recit, recurse=False)))
    assert "Pour savoir laquelle de ces clauses ne tient pas" in said
    assert "pip install 'tierslieu-core[cel]'" in said
    assert str(recit.aujourdhui) == "Ce qui serait décidé aujourd'hui ne peut pas être dit ici."


def test_decider_sous_elle_dit_quoi_installer_et_n_enregistre_rien(journal, sans_extra):
    lieu = ouvrir(str(journal))
    before = len(list(lieu.recorder.read()))
    for commande in (
        reservation(participants=2, debut="2026-11-24T10:00", fin="2026-11-24T11:00"),
        adopter(nom="autre"),
    ):
        with pytest.raises(ExtraAbsent, match=DIT):
            demande(lieu, commande, "non")
    assert len(list(lieu.recorder.read())) == before


def test_rejouer_le_dit_a_chaque_decision_qu_elle_a_jugee(journal, sans_extra):
    for niveau in (1, 2):
        ecarts = ouvrir(str(journal)).rejouer(niveau=niveau).ecarts
        assert {e.cle for e in ecarts} == {"treize", "douze"}
        assert all("pip install" in str(e.rejoue) for e in ecarts if e.quoi == "rejeu impossible")


def test_une_formule_et_un_essai_le_disent_aussi(sans_extra):
    with pytest.raises(ExtraAbsent, match=DIT):
        formule("retard * 7", {"retard": 3}, {"retard": "nombre"})
    with pytest.raises(ExtraAbsent, match=DIT):
        regle("participants <= 12").fautes()
