"""``simuler``: what an assembly reads before it votes, and what a program reads."""

from __future__ import annotations

import json

from tests.cli.conftest import AUJOURDHUI, RETOUR, Cli
from tests.cli.terminal import au_terminal

from tierslieu_core.vocabulaire.francais import MOIS, date

TROIS_JOURS = {
    "commande": "AmenderRegle", "par": "camille", "regle": "duree-pret", "du": "2090-01-01", "motif": "à débattre",
    "genre": {"genre": "duree_pret", "maximum_jours": 3}, "portee": {"actions": ["preter"]},
}  # fmt: skip
LIBRE = {"commande": "AbrogerRegle", "regle": "adhesion", "du": "2026-11-01", "motif": "ouvrir à tout le monde"}


def fichier(cli: Cli, *regles: object) -> str:
    (cli.dossier / "regles.jsonl").write_text("\n\n".join(json.dumps(r) for r in regles), encoding="utf-8")
    return "regles.jsonl"


def test_une_assemblee_lit_combien_qui_quand_ou_et_pourquoi(cli: Cli):
    done = cli("simuler", fichier(cli, TROIS_JOURS), "--depuis", "01/01/2020")
    assert done.code == 0
    mois = f"{MOIS[AUJOURDHUI.month - 1]} {AUJOURDHUI.year}"
    assert done.out.startswith(
        "… Sur 15 décisions rendues depuis le mercredi 1er janvier 2020, 1 serait autre.\n"
        "  Quelque chose serait refusé à 1 personne.\n"
    )
    for said in (
        f"\nmois{' ' * (len(mois) - 2)}refusées\n{mois}  1\n", "\npublic    refusées\nadherent  1\n",
        "\nespace ou objet  refusées\nPerceuse bleue   1\n",
        ", Zoé Dupont : Prêter un objet à une personne (Perceuse bleue) — accordé → refusé.\n",
        "\n    Règle proposée « duree-pret » : la demande est de 7 jours ; un prêt dure 3 jours au plus.",
        "\nAu premier ordre : ", "\nAttention : personne n'a vécu sous ces règles.",
    ):  # fmt: skip
        assert said in done.out, done.out
    assert "duree-pret" not in cli("registre", "regles", "--filtre", "motif=à débattre").out


REGLEMENT = """
[reglement]
titre = "Quai"
motif = "à débattre"

[faits.assure]
type = "oui_non"
libelle = "Assurance"

[regles.trois-jours]
genre = "duree_pret"
maximum_jours = 3
pour.actions = ["preter"]
effet = 2090-01-01

[regles.assurance]
genre = "exigence"
faits = ["assure"]
pour.actions = ["reserver"]
"""


def test_un_reglement_en_toml_se_simule_par_ce_qui_y_differe(cli: Cli):
    (cli.dossier / "reglement.toml").write_text(REGLEMENT, encoding="utf-8")
    done = cli("simuler", "reglement.toml", "--depuis", "2020-01-01")
    assert ", 1 serait autre." in done.out, done.err
    assert "Règle proposée « trois-jours »" in done.out
    trente = REGLEMENT.replace("maximum_jours = 3", "maximum_jours = 30")
    (cli.dossier / "large.toml").write_text(trente, encoding="utf-8")
    libre = cli("simuler", "large.toml", "--complet", "--depuis", "2020-01-01", "--cascade").out
    assert "Ali Dupont : Prêter un objet à une personne (Perceuse bleue) — refusé → accordé." in libre
    assert cli("regles", "adopter", "reglement.toml", "--par", "camille").code == 0
    deja = cli("simuler", "reglement.toml", "--depuis", "2020-01-01")
    assert (deja.code, deja.out[:24]) == (0, "= Rien ne changerait, su")
    avec = cli("simuler", "reglement.toml", "--regle", json.dumps(LIBRE), "--depuis", "2020-01-01", "--cascade").out
    assert "refusé → accordé" in avec


def test_en_cascade_ce_qui_est_refuse_laisse_sa_place_et_ce_qui_suivait_n_a_plus_lieu(cli: Cli):
    assert cli("faire", "RendreObjet", "--objet", "perceuse-1", "--personne", "p-1").code == 0
    out = cli("simuler", fichier(cli, TROIS_JOURS, LIBRE), "--depuis", "2020-01-01", "--cascade", "--par", "mois").out
    assert "1 demande n'aurait plus lieu d'être, faute de ce qui précède." in out
    assert "refusées" in out
    assert "\npublic" not in out
    assert "— accordé → sans suite.\n" in out
    assert "En cascade : " in out


def test_ce_qui_serait_accorde_dit_ce_qui_s_y_opposait(cli: Cli):
    out = cli("simuler", "--regle", json.dumps(LIBRE), "--depuis", "2020-01-01", "--cascade").out
    assert "2 seraient autres." in out
    assert "Ali Dupont : Prêter un objet à une personne (Perceuse bleue) — refusé → accordé.\n    Alors : " in out


def test_un_programme_lit_tout_sans_aucun_nom(cli: Cli):
    done = cli("simuler", "--regle", json.dumps(TROIS_JOURS), "--depuis", "2020-01-01", "--json")
    value = done.json
    assert (value["ordre"], value["decisions"], value["autres"]) == ("premier ordre", 15, 1)
    assert value["personnes_refusees"] == ["p-1"]
    assert value["par_espace"] == {"objet:perceuse-1": {"refus": 1}}
    (pret,) = value["differences"]
    assert (pret["cle"], pret["etait"], pret["serait"], pret["devient"]) == ("pret", "accord", "refus", "refus")
    assert not [name for name in ("Zoé", "Dupont", "Camille", "Perceuse") if name in done.out]


def test_quand_rien_ne_changerait_on_le_dit(cli: Cli):
    large = {**TROIS_JOURS, "genre": {"genre": "duree_pret", "maximum_jours": 30}}
    jour = AUJOURDHUI.format_iso()
    out = cli("simuler", fichier(cli, large), "--depuis", jour, "--jusqu-a", jour).out
    assert out.startswith(
        f"= Rien ne changerait, sur 15 décisions rendues du {date(AUJOURDHUI)} au {date(AUJOURDHUI)}.\n"
    )
    assert "refusées" not in out
    apres = cli("simuler", fichier(cli, large), "--depuis", RETOUR).out
    assert apres.startswith("= Rien ne changerait, sur 0 décisions rendues")


def test_plus_de_differences_qu_il_n_en_faut_se_disent_en_nombre(cli: Cli):
    lines = [
        {"commande": "prets.PreterObjet", "cle": f"p-{n}", "objet": "perceuse-1", "personne": "p-2", "retour": RETOUR}
        for n in range(11)
    ]
    cli("faire", "RendreObjet", "--objet", "perceuse-1", "--personne", "p-1")
    cli("faire", entree="\n".join(map(json.dumps, lines)))
    out = cli("simuler", "--regle", json.dumps(LIBRE), "--depuis", "2020-01-01").out
    assert out.count("Alors : ") == 10
    assert "… et 2 autres (toutes avec --json)" in out


def test_au_terminal_une_barre_avance(cli: Cli):
    code, screen = au_terminal(cli, "simuler", fichier(cli, TROIS_JOURS), "--depuis", "2020-01-01")
    assert code == 0
    assert "Décisions simulées" in screen
    assert "15/15" in screen


def test_ce_qui_ne_se_lit_pas_dit_ou(cli: Cli):
    (cli.dossier / "regles.jsonl").write_text('{"commande": "AbrogerRegle", "motif": "m"}\n', encoding="utf-8")
    (cli.dossier / "reglement.toml").write_text("\n[regles.x]\n", encoding="utf-8")
    for argv, said in (
        (["regles.jsonl"], "regles.jsonl, ligne 1 : La demande « regles.AbrogerRegle » ne peut pas être lue :"),
        ([], "Simuler quoi ?"),
        (["regles.jsonl", "--complet"], "--complet va avec un règlement en TOML"),
        (["reglement.toml"], "ligne 2, regles.x : de quel genre ?"),
        (["absent.jsonl"], "« absent.jsonl » ne se lit pas"),
        (["--regle", "{"], "--regle : ce n'est pas du JSON"),
        (["--regle", json.dumps({**LIBRE, "regle": "adhesions"})], "regle « adhesions » inconnu(e) du lieu"),
        (["--regle", '{"commande": "AnnulerReservation", "reservation": "r", "motif": "m"}'], "une proposition est"),
    ):
        done = cli("simuler", *argv, "--depuis", "2020-01-01")
        assert done.code == 2
        assert said in done.err, done.err
    assert "--depuis" in cli("simuler", "regles.jsonl").err
