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
        "constats": [],
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
    clause["cas"][0]["faits"]["demandes"] = ["A", "B"]
    cas.write_text(json.dumps({"clauses": [clause]}), encoding="utf-8")
    assert "n'est pas un fichier de cas" in cli("regles", "couvrir", str(club), str(cas)).err


@pytest.mark.parametrize(("mots", "dit"), [
    (("foo",), "« regles foo » n'existe pas"),
    (("adopter", "rien.toml"), "« rien.toml » ne se lit pas"), (("adopter", "{dossier}"), "ne se lit pas"),
    (("comparer", "2020-13-01"), "« 2020-13-01 » ne se lit pas (un fichier, ou un jour"), (("imprimer", "--au", "hier"), "« hier » n'est pas un jour"),
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


DOUBLE = (
    CLUB
    + f'\n[regles.cinq]\ngenre = "seuil"\nfaits = ["joueurs"]\nminimum = 5\neffet = {DEMAIN}\npour.actions = ["reserver"]\n'
)
QUATRE = (
    CLUB
    + f'\n[regles.deux]\ngenre = "seuil"\nfaits = ["joueurs"]\nmaximum = 2\neffet = {DEMAIN}\npour.groupes = ["a"]\n\n[regles.trois]\ngenre = "seuil"\nfaits = ["joueurs"]\nmaximum = 3\neffet = {DEMAIN}\npour.groupes = ["b"]\n'
)


def test_ce_qui_cloche_se_cherche_dans_un_fichier_ou_dans_le_reglement_du_lieu(cli: Cli, club: Path):
    assert cli("regles", "verifier").out == "Rien ne cloche, dans les demandes essayées.\n"
    assert cli("regles", "verifier", str(club)).code == 0
    club.write_text(DOUBLE, encoding="utf-8")
    faux = cli("regles", "verifier", str(club))
    assert faux.code == 1
    assert faux.out.startswith("Attention : « quatre » ne joue jamais : « cinq », du même genre sur la même mesure,")
    assert "    demande témoin : réserver, le " in faux.out
    adopte = cli("regles", "adopter", str(club), "--par", "camille")
    assert adopte.code == 0
    assert "Attention : « quatre » ne joue jamais" in adopte.out
    assert cli("regles", "verifier").out == faux.out
    (found,) = cli("regles", "verifier", "--json").json["constats"]
    assert (found["nature"], found["regles"], found["remarque"]) == ("masquee", ["quatre", "cinq"], False)
    assert found["temoin"].startswith("réserver, le ")


def test_un_fichier_se_verifie_avec_ce_que_le_lieu_dit_deja(cli: Cli, club: Path):
    cli("regles", "adopter", str(club), "--par", "camille")
    club.write_text(
        DOUBLE.replace("regles.quatre", "regles.sept")
        .replace("pour.actions", 'leve = ["quatre"]\npour.actions', 1)
        .replace('["reserver"]', '["reservr"]', 1),
        encoding="utf-8",
    )
    faux = cli("regles", "verifier", str(club))
    assert (
        "« sept » est pour « reservr », que le lieu ne connaît pas (actions). Vouliez-vous dire « reserver » ?"
        in faux.out
    )
    assert "« quatre » ne joue jamais : « cinq »" in faux.out
    complet = cli("regles", "adopter", str(club), "--complet", "--essai", "--par", "camille").out
    assert "L'exception « sept » ne lève rien de « quatre » : elle n'est pas en vigueur." in complet


def test_sans_lieu_un_fichier_se_verifie_seul_et_une_remarque_n_est_pas_une_faute(cli: Cli, club: Path, tmp_path: Path):
    club.write_text(QUATRE, encoding="utf-8")
    seul = cli("--lieu", str(tmp_path / "rien.db"), "regles", "verifier", str(club))
    assert seul.out.startswith("Remarque : « trois » l'emporte sur « deux » par sa seule date")
    assert seul.code == 0
