"""What is to be done, and what the program does of it: with the garden of ``paquet_jouet``, which is to be watered."""

from __future__ import annotations

import json
import os

import pytest
from tests.cli.conftest import AUJOURDHUI, Cli
from tests.cli.terminal import au_terminal
from tests.jouet import PAQUET

from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.lieu import ouvrir
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId


def il_y_a(jours: int) -> str:
    return f"{AUJOURDHUI.subtract(days=jours).format_iso()}T10:00"


@pytest.fixture
def jardin(cli: Cli) -> Cli:
    """Two rows: one sown 30 days ago and watered 10 days ago; one sown and watered today."""
    jardin = cli.avec(PYTHONPATH=os.pathsep.join(filter(None, (str(PAQUET), os.environ.get("PYTHONPATH")))))
    lignes = (
        {
            "commande": "potager.SemerRang",
            "rang": "r-1",
            "graine": "fèves",
            "personne": "p-1",
            "survenu_le": il_y_a(30),
        },
        {"commande": "potager.ArroserRang", "rang": "r-1", "survenu_le": il_y_a(10)},
        {"commande": "potager.SemerRang", "rang": "r-2", "graine": "pois", "personne": "p-1"},
    )
    assert jardin("faire", entree="\n".join(map(json.dumps, lignes))).code == 0
    return jardin


def test_ce_qui_est_a_faire_se_range_par_urgence_et_dit_qui_agit(jardin: Cli):
    out = jardin("a-faire").out
    late = out[out.index("En retard : 2 choses") :]
    assert late.splitlines()[1].split() == ["échéance", "quoi", "qui", "agit"]
    assert "Le rang r-1 (fèves) est à récolter  une personne" in late
    assert "Le rang r-1 (fèves) a soif          l'échéancier" in late
    assert "Le rang r-2 (pois) a soif" in out
    assert "1 chose échue se fait toute seule : tierslieu echeances" in out
    value = jardin("a-faire", "--json").json
    assert value["jusqu_au"] == AUJOURDHUI.add(days=30).format_iso()
    first = value["a_faire"][0]
    assert (first["echeance"], first["groupe"], first["qui"], first["commande"]) == (
        "potager.recolter", "En retard", "personne", None,
    )  # fmt: skip


def test_on_regarde_aussi_loin_que_l_on_veut(jardin: Cli, cli: Cli):
    assert "r-2" not in jardin("a-faire", "--jours", "0").out
    assert "est à récolter" in jardin("a-faire", "--jours", "400").out.partition("Plus tard")[2]
    assert cli("a-faire", "--jours", "0").out == "Rien à faire aujourd'hui.\n"
    assert cli("a-faire", "--jours", "1").out == f"Rien à faire d'ici le {date(AUJOURDHUI.add(days=1))}.\n"
    wrong = cli("a-faire", "--jours=-1")
    assert (wrong.code, "de 0 à 3660, reçu -1" in wrong.err) == (2, True)


def test_ce_qui_est_echu_se_demande_une_fois(jardin: Cli):
    done = jardin("echeances")
    assert done.code == 0
    assert "1 chose échue" in done.out
    assert f"✔ accordé : Le rang r-1 est arrosé le {date(AUJOURDHUI)}." in done.out
    assert "\n\nReste à des personnes : 1 chose" in done.out
    again = jardin("echeances")
    assert (again.code, again.out, again.err) == (0, "", ""), "dans un tuyau, rien de nouveau ne se dit pas"
    code, screen = au_terminal(jardin, "echeances")
    assert (code, "Rien d'échu que le programme puisse demander." in screen) == (0, True)
    assert "est à récolter" in screen
    assert jardin("rejouer").code == 0


def test_les_echeances_se_lisent_en_json(jardin: Cli):
    value = jardin("echeances", "--json").json
    assert value.keys() == {"essai", "reprises", "faites", "empechees", "restent", "inacheve"}
    (fait,) = value["faites"]
    assert (fait["commande"], fait["reponse"]["verdict"], fait["reponse"]["par"]) == (
        "potager.ArroserRang", "accord", "camille",
    )  # fmt: skip
    assert fait["reponse"]["cle"] == fait["cle"]


def test_un_essai_des_echeances_n_enregistre_rien_meme_pour_plus_tard(jardin: Cli):
    before = jardin.lit("quai.db")
    later = AUJOURDHUI.add(days=5).format_iso()
    assert "essai : rien n'est enregistré" in jardin("echeances", "--essai").out
    assert len(jardin("echeances", "--essai", "--jusqu-au", later, "--json").json["faites"]) == 2
    assert len(jardin("echeances", "--essai", "--jusqu-au", f"{later}T10:00", "--json").json["faites"]) == 2
    assert jardin.lit("quai.db") == before
    for wrong, said in (
        (["--jusqu-au", later], "ne peut qu'être essayé"),
        (["--jusqu-au", "demain"], "Cet instant ne se lit pas"),
        (["--par", "martine"], "Personne ni rien ne répond à « martine »"),
    ):
        done = jardin("echeances", *wrong)
        assert (done.code, said in done.err) == (2, True), done.err


def test_qui_n_en_a_pas_le_mandat_ne_demande_rien(jardin: Cli):
    before = jardin.lit("quai.db")
    done = jardin("echeances", "--par", "zoe")
    assert done.code == 3
    assert "✘ pas demandé : " in done.out
    assert "Zoé Dupont" in done.out
    assert jardin.lit("quai.db") == before
    (left,) = jardin("echeances", "--par", "p-1", "--json").json["empechees"]
    assert left["erreur"] == "SansMandat"
    assert jardin.avec(TIERSLIEU_PAR="")("echeances").code == 0, "Camille est seule concierge"


def test_ce_qui_fut_refuse_attend_une_personne(jardin: Cli):
    (due,) = (
        one
        for one in jardin("a-faire", "--json").json["a_faire"]
        if one["qui"] == "echeancier" and "r-1" in one["phrase"]
    )
    # The runner asked already, and was refused: here, by another demand under this very key, which only it may take.
    with ouvrir(f"sqlite:///{jardin.dossier}/quai.db") as lieu:
        preter = PreterObjet(objet=ObjetId("perceuse-1"), personne=PersonneId("p-2"), retour=AUJOURDHUI.add(days=7))
        assert lieu.handler.execute(preter, par="camille", cle=due["cle"], derivee=True).verdict == "refus"
    assert "une personne (refusé)" in jardin("a-faire").out
    assert jardin("echeances", "--json").json["faites"] == []


def test_qui_peut_agir_d_ici_l_heure_est_dit_avant_l_echeancier(cli: Cli):
    lignes: list[dict[str, object]] = [
        {"commande": "espaces.OuvrirEspace", "espace": "cour", "nom": "Cour"},
        {
            "commande": "regles.AdopterRegle", "regle": "cour", "genre": {"genre": "validation"},
            "du": AUJOURDHUI.format_iso(), "motif": "essai",
        },
        {
            "commande": "reservations.ReserverEspace", "espace": "cour", "personne": "p-1",
            "debut": f"{AUJOURDHUI.add(days=9)}T10:00", "fin": f"{AUJOURDHUI.add(days=9)}T12:00",
        },
    ]  # fmt: skip
    cli("faire", entree="\n".join(json.dumps({**ligne, "par": "camille"}) for ligne in lignes))
    assert (
        "réponse attendue de coordination ; sans réponse, elle tombe  coordination, sinon l'échéancier"
        in cli("a-faire").out
    )
