"""Expressions in the life of a place: adopted, judged, explained, replayed; what harms is not let in."""

from __future__ import annotations

import attrs
import pytest
from tests.expressions.regles import SALLE, adopter, demande, quai, regle, reservation

from tierslieu_core.domaines.cadre.regles import DeclarerFait
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.lieu import ouvrir
from tierslieu_core.testing.spec import memory_place

pytest.importorskip("cel_expr_python", reason="l'extra « cel » n'est pas installé")

LE_SOIR = (
    "Règle « salle » (version 1, en vigueur depuis le vendredi 20 novembre 2026) : « douze personnes au plus le soir » "
    "n'est pas respecté (fin : lundi 23 novembre 2026 à 19 h ; participants : 13). "
    "Changez ce qui peut l'être dans la demande."
)


def test_une_regle_ecrite_par_le_lieu_juge_s_explique_et_se_rejoue(tmp_path):
    lieu = quai(tmp_path / "quai.db")
    refus = demande(lieu, reservation(participants=13), "treize")
    assert refus.verdict == "refus"
    assert LE_SOIR in refus.explication
    assert demande(lieu, reservation(participants=12), "douze").verdict == "accord"
    attend = demande(lieu, reservation("2026-11-24T17:00", "2026-11-24T19:00"), "inconnu")
    assert attend.verdict == "a_valider"
    assert any("à juger par une personne" in dit and "participants : pas dit" in dit for dit in attend.explication)
    samedi = demande(lieu, reservation("2026-11-28T10:00", "2026-11-28T12:00", participants=2), "samedi")
    assert samedi.verdict == "refus"
    (clause,) = refus.decision.clauses
    assert clause.valeur == (
        '{"debut":"2026-11-23T17:00:00+01:00","fin":"2026-11-23T19:00:00+01:00","participants":13,"zone":"Europe/Paris"}'
    )
    for niveau in (1, 2):
        rejeu = ouvrir(str(tmp_path / "quai.db")).rejouer(niveau=niveau)
        assert (rejeu.fidele, rejeu.ecarts) == (True, ())
        assert rejeu.decisions == 7


def test_une_regle_amendee_laisse_les_decisions_d_avant_comme_elles_etaient(tmp_path):
    lieu = quai(tmp_path / "quai.db")
    demande(lieu, reservation(participants=13), "treize")
    autre = attrs.evolve(SALLE, clauses=(attrs.evolve(SALLE.clauses[0], cel="participants <= 20"),))
    demande(lieu, adopter(autre, "grande"), "grande")
    assert demande(lieu, reservation(participants=13), "encore").verdict == "refus"
    assert all(lieu.rejouer(niveau=niveau).fidele for niveau in (1, 2))


def test_une_regle_hostile_n_entre_pas_et_le_lieu_continue(tmp_path):
    lieu = quai(tmp_path / "quai.db")
    before = lieu.rejouer().decisions
    for n, cel in enumerate(
        ("personne == 'ana'", "participants <", "(" * 90 + "mineur" + ")" * 90, "participants / 0 > 1")
    ):
        with pytest.raises(DemandeInvalide, match=r"genre\.clauses\[0\]\.cel : ligne 1, colonne \d+ : "):
            demande(lieu, adopter(regle(cel), f"mauvaise-{n}"), f"mauvaise-{n}")
    assert lieu.rejouer().decisions == before
    assert demande(lieu, reservation(participants=12), "douze").verdict == "accord"


def test_une_regle_ne_lit_que_des_faits_que_le_lieu_demande(tmp_path):
    lieu = quai(tmp_path / "quai.db")
    genre = regle("statut == 'ecole' || age >= 18", statut="mot", age="nombre")
    with pytest.raises(DemandeInvalide, match="« statut » n'est ni mesuré ni demandé par le lieu"):
        demande(lieu, adopter(genre, "statut"), "non")
    statut = DeclarerFait(fait="statut", type="mot", libelle="Qui demande ?", valeurs=("association", "ecole"))
    demande(lieu, statut, "statut")
    demande(lieu, DeclarerFait(fait="age", type="nombre", libelle="Âge"), "age")
    assert demande(lieu, adopter(genre, "statut"), "oui").verdict == "accord"


def test_le_lieu_en_memoire_la_connait_aussi():
    assert "expression" in memory_place().catalogue.codec.unions[next(iter(memory_place().catalogue.codec.unions))]
