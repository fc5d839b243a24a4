"""A rulebook as a file, at the command line: adopted, compared, printed, tried on cases."""

# ruff: noqa: E501 - what the program says is one line

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import AUJOURDHUI, Cli

DEMAIN = AUJOURDHUI.next_day()
CLUB = f"""
[reglement]
titre = "Club"
motif = "assemblée de mars"

[faits.joueurs]
type = "nombre"

[regles.quatre]
article = "3"
genre = "seuil"
faits = ["joueurs"]
maximum = 4
effet = {DEMAIN}
pour.actions = ["reserver"]
"""


@pytest.fixture
def club(tmp_path: Path) -> Path:
    """The file of the club's rules."""
    path = tmp_path / "club.toml"
    path.write_text(CLUB, encoding="utf-8")
    return path


def test_un_reglement_s_adopte_une_fois_et_s_imprime(cli: Cli, club: Path):
    essai = cli("regles", "adopter", str(club), "--essai", "--par", "camille")
    assert "+ adopter « quatre »" in essai.out
    assert essai.out.endswith("Essai : rien n'est enregistré.\n")
    assert "« quatre »" in cli("regles", "adopter", str(club), "--par", "camille").out
    assert cli("regles", "adopter", str(club)).out.startswith("Rien à changer")
    dit = cli("regles", "imprimer", "--au", DEMAIN.format_iso()).out
    assert "**quatre.** Joueurs : 4 au plus. S'applique pour réserver." in dit
    toml = cli("regles", "imprimer", "--toml").out
    assert (
        f'[regles.quatre]\ngenre = "seuil"\nfaits = ["joueurs"]\nmaximum = 4\narticle = "3"\neffet = {DEMAIN}' in toml
    )
    club.write_text(toml, encoding="utf-8")
    assert cli("regles", "adopter", str(club), "--complet", "--par", "camille", "--json").json == {
        "essai": False,
        "demandes": [],
    }
    assert cli("rejouer").code == 0


def test_un_reglement_s_adopte_en_entier_ou_pas_du_tout(cli: Cli, club: Path):
    club.write_text(
        CLUB + f'\n[regles.hier]\ngenre = "duree"\nmaximum_minutes = 60\neffet = {AUJOURDHUI.prev_day()}\n',
        encoding="utf-8",
    )
    faux = cli("regles", "adopter", str(club), "--par", "camille")
    assert faux.code == 3
    assert "Une règle ne change pas le passé" in faux.out
    assert "Rien n'est enregistré : un règlement s'adopte en entier." in faux.out
    assert "quatre" not in cli("registre", "regles").out
    assert "joueurs" not in cli("registre", "faits").out


def test_deux_reglements_se_comparent(cli: Cli, club: Path, tmp_path: Path):
    autre = tmp_path / "autre.toml"
    autre.write_text(CLUB.replace("maximum = 4", "maximum = 6"), encoding="utf-8")
    assert cli("regles", "comparer", str(club), str(autre)).out == (
        "~ « quatre »\n    énoncé : joueurs : 4 au plus → joueurs : 6 au plus\n    au plus : 4 → 6\n"
    )
    assert cli("regles", "comparer", str(club), str(club)).out == "Les deux disent la même chose.\n"
    (found,) = cli("regles", "comparer", str(autre), "2020-01-01", "--json").json["differences"]
    assert (found["regle"], found["apres"]) == ("quatre", None)
    assert cli("regles", "comparer", "2020-01-01", str(autre)).out.startswith(
        "+ « quatre » : joueurs : 6 au plus (pour réserver)"
    )
    assert cli("regles", "comparer", str(autre), "2020-01-01").out.startswith("− « quatre »")


def test_des_cas_s_essaient(cli: Cli, club: Path, tmp_path: Path):
    cas = tmp_path / "cas.json"
    clause = {"id": "3", "categorie": "capacite", "cas": [
        {"id": "a", "faits": {"action": "reserver", "joueurs": 4}, "attendu": "accepte"},
        {"id": "b", "faits": {"action": "reserver", "joueurs": 4, "x": 2}, "attendu": "refuse"}]}  # fmt: skip
    cas.write_text(json.dumps({"clauses": [clause]}), encoding="utf-8")
    faux = cli("regles", "couvrir", str(club), str(cas))
    assert faux.code == 1
    dit = faux.out
    assert "✘ b : attendu refuse, trouvé accepte" in dit
    assert "faits que rien ne lit : x" in dit
    assert "Verdicts : accepte 1 sur 1 ; refuse 0 sur 1." in dit
    assert "✔ a" in cli("regles", "couvrir", str(club), str(cas), "--tout").out
    assert cli("regles", "couvrir", str(club), str(cas), "--json").json["bilan"]["clauses"] == {"toutes": [0, 1]}
    clause["cas"].pop()
    cas.write_text(json.dumps({"clauses": [clause]}), encoding="utf-8")
    assert cli("regles", "couvrir", str(club), str(cas)).code == 0


@pytest.mark.parametrize(("mots", "dit"), [
    (("foo",), "« regles foo » n'existe pas"),
    (("adopter", "rien.toml"), "« rien.toml » n'existe pas"), (("adopter", "{dossier}"), "ne se lit pas"),
    (("comparer", "2020-13-01"), "« 2020-13-01 » n'existe pas"), (("imprimer", "--au", "hier"), "« hier » n'est pas un jour"),
    (("couvrir", "{club}", "{club}"), "n'est pas un fichier de cas"),
])  # fmt: skip
def test_ce_qui_ne_va_pas_dit_comment_faire(cli: Cli, club: Path, mots: tuple[str, ...], dit: str):
    faux = cli("regles", *(m.format(club=club, dossier=club.parent) for m in mots))
    assert faux.code == 2
    assert dit in faux.err


def test_adopter_dit_qui_adopte(cli: Cli, club: Path):
    assert "Qui adopte ce règlement ?" in cli("regles", "adopter", str(club), TIERSLIEU_PAR="").err


def test_un_fichier_qui_n_est_pas_de_l_utf_8_le_dit(cli: Cli, club: Path):
    club.write_bytes(b"\xff")
    assert "n'est pas un texte en UTF-8" in cli("regles", "adopter", str(club)).err


def test_regles_dit_ce_qu_on_peut_faire(cli: Cli):
    assert "couvrir" in cli("regles").out
