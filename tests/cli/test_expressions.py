"""A rule that the place writes itself, from the command line: proposed, adopted, judged, explained, replayed."""

from __future__ import annotations

import json

import pytest
from tests.cli.conftest import AUJOURDHUI, FONDER, Cli

pytest.importorskip("cel_expr_python", reason="l'extra « cel » n'est pas installé")

LUNDI = AUJOURDHUI.add(days=8 - AUJOURDHUI.day_of_week().value).format_iso()
DOUZE = {"id": "douze", "libelle": "douze personnes au plus le soir", "cel": "heure(fin) <= 18 || participants <= 12"}


def adopter(cli: Cli, *clauses: object, regle: str = "soir", **autres: str):
    said = [word for clause in clauses for word in ("--genre.clauses", json.dumps(clause))]
    more = [word for nom, valeur in autres.items() for word in (f"--genre.{nom}", valeur)]
    return cli(
        "faire", "AdopterRegle", "--regle", regle, "--du", AUJOURDHUI.format_iso(), "--motif", "assemblée",
        "--portee.actions", "reserver", "--genre.genre", "expression", *said, *more,
    )  # fmt: skip


def reserver(cli: Cli, participants: str, cle: str, *options: str):
    return cli(
        "faire", "ReserverEspace", "--espace", "verte", "--personne", "camille", "--debut", f"{LUNDI}T17:00",
        "--fin", f"{LUNDI}T19:00", "--participants", participants, "--cle", cle, *options,
    )  # fmt: skip


@pytest.fixture
def quai(vide: Cli) -> Cli:
    cli = vide.avec(TIERSLIEU_PAR="camille")
    assert cli(*FONDER).code == 0
    assert cli("faire", "OuvrirEspace", "--espace", "verte", "--nom", "Salle verte").code == 0
    return cli


def test_une_regle_ecrite_par_le_lieu_refuse_s_explique_et_se_rejoue(quai: Cli):
    assert adopter(quai, DOUZE).code == 0
    refus = reserver(quai, "13", "treize")
    assert refus.code == 3
    assert "« douze personnes au plus le soir » n'est pas respecté (fin : lundi " in refus.out
    assert "19 h ; participants : 13). Changez ce qui peut l'être dans la demande." in refus.out
    assert reserver(quai, "12", "douze").code == 0
    assert "« douze personnes au plus le soir » n'est pas respecté" in quai("expliquer", "treize").out
    assert "douze personnes au plus le soir" in quai("registre", "regles").out
    for niveau in ("1", "2"):
        assert quai("rejouer", "--niveau", niveau).code == 0


def test_une_mauvaise_clause_est_refusee_en_disant_ou(quai: Cli):
    done = adopter(quai, DOUZE, {"id": "p", "libelle": "personne d'autre", "cel": "mineur ||\n personne == 'ana'"})
    assert done.code == 2
    assert "genre.clauses[1].cel : ligne 2, colonne 2 : « personne » ne se lit pas" in done.err
    assert reserver(quai, "13", "treize").code == 0


def test_les_faits_que_les_clauses_lisent_se_donnent_avec_leur_type(quai: Cli):
    ecole = {"id": "ecole", "libelle": "réservé aux écoles", "cel": "statut == 'ecole'"}
    assert "« statut » n'est ni mesuré ni demandé par le lieu" in adopter(quai, ecole, faits='{"statut": "mot"}').err
    declarer = ("--fait", "statut", "--type", "mot", "--libelle", "Qui demande ?", "--valeurs", "ecole,association")
    assert quai("faire", "DeclarerFait", *declarer).code == 0
    assert adopter(quai, ecole, faits='{"statut": "mot"}').code == 0
    attend = reserver(quai, "3", "inconnu")
    assert "statut : pas dit" in attend.out
    assert "à juger par une personne" in attend.out


def test_un_essai_montre_la_clause_sans_rien_enregistrer(quai: Cli):
    assert adopter(quai, DOUZE).code == 0
    done = reserver(quai, "12", "essai", "--essai")
    assert "✔ Règle « soir »" in done.out
    assert "essai : rien n'est enregistré" in done.out
