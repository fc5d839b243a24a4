"""Many demands, as JSON lines on standard input: one answer each."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.cli.conftest import RETOUR, Cli

RENDRE = {"commande": "prets.RendreObjet", "cle": "r-1", "objet": "perceuse-1", "personne": "p-1"}
REFUSE = {"commande": "prets.PreterObjet", "objet": "perceuse-1", "personne": "p-2", "retour": RETOUR}


def lines(*demands: object) -> str:
    return "".join(f"{d if isinstance(d, str) else json.dumps(d)}\n" for d in demands)


def test_tout_accepte_finit_par_zero(cli: Cli):
    done = cli("faire", entree=lines(RENDRE, "", RENDRE))
    assert done.code == 0
    assert not done.err
    first, again = done.lignes
    assert (first["ligne"], again["ligne"]) == (1, 3)
    assert {**first, "ligne": 3} == again


def test_un_nom_court_suffit(cli: Cli):
    done = cli("faire", entree=lines({**RENDRE, "commande": "RendreObjet"}))
    assert (done.code, done.lignes[0]["commande"]) == (0, "prets.RendreObjet")


def test_un_refus_finit_par_trois(cli: Cli):
    done = cli("faire", entree=lines(REFUSE, RENDRE))
    assert [line["verdict"] for line in done.lignes] == ["refus", "accord"]
    assert done.code == 3


def test_les_lignes_illisibles_sont_dites_avec_leur_numero_et_les_autres_passent(cli: Cli):
    bad = (
        "pas du json", "[1]", '{"par": "camille"}', {"commande": "prets.Rien"},
        {**RENDRE, "objet": 3, "truc": 1}, {**RENDRE, "par": 12, "cle": 4}, {**RENDRE, "survenu_le": 20},
    )  # fmt: skip
    done = cli("faire", entree=lines(*bad, RENDRE, REFUSE))
    assert done.code == 2
    answers = done.lignes
    assert [line["ligne"] for line in answers] == list(range(1, 10))
    assert [line.get("erreur") for line in answers[:4]] == ["DemandeInvalide"] * 3 + ["CommandeInconnue"]
    assert {e["champ"] for e in answers[4]["erreurs"]} >= {"objet"}
    assert {e["champ"] for e in answers[5]["erreurs"]} == {"par", "cle"}
    assert answers[6]["erreurs"][0]["champ"] == "survenu_le"
    assert [line.get("verdict") for line in answers[7:]] == ["accord", "refus"]
    for n in range(1, 8):
        assert f"Ligne {n} : " in done.err


def test_des_octets_qui_ne_sont_pas_du_texte_sont_dits(cli: Cli):
    done = cli("faire", entree=b"\xff\xfe\n" + b"\xef\xbb\xbf" + json.dumps(RENDRE).encode())
    assert done.code == 2
    assert done.lignes[0]["erreur"] == "DemandeInvalide"
    assert done.lignes[1]["verdict"] == "accord"


def test_un_essai_vaut_pour_toutes_les_lignes_ou_pour_une_seule(cli: Cli):
    before = cli.lit("quai.db")
    done = cli("faire", "--essai", entree=lines(RENDRE))
    assert done.lignes[0]["essai"] is True
    assert cli("faire", entree=lines({**RENDRE, "essai": True})).lignes[0]["essai"] is True
    assert cli.lit("quai.db") == before


def test_qui_demande_se_dit_par_ligne_par_option_ou_par_l_environnement(cli: Cli):
    nobody = cli.avec(TIERSLIEU_PAR="")
    assert nobody("faire", entree=lines(RENDRE)).code == 2
    assert nobody("faire", "--par", "camille", entree=lines(RENDRE)).code == 0
    done = nobody("faire", "--par", "camille", entree=lines({**RENDRE, "cle": "r-2", "par": "p-2"}))
    assert done.lignes[0]["par"] == "p-2"


def test_rien_a_lire_ne_fait_rien(cli: Cli):
    done = cli("faire")
    assert (done.code, done.out) == (0, "")


PERDANT = '''
from eventsourcing.persistence import IntegrityError
from tierslieu_adapters import sqlite

def ouvrir(url, *, creer=True):
    """A store where others always come first."""
    recorder, vault = sqlite.ouvrir(url.removeprefix("perdant:"), creer=creer)

    def append(*_):
        raise IntegrityError

    recorder.append = append
    return recorder, vault
'''


def test_quand_d_autres_passent_toujours_avant_on_le_dit_et_l_on_finit_par_quatre(
    cli: Cli, installe: Callable[..., str]
):
    path = installe("perdant", PERDANT, {"tierslieu.stores": "perdant = perdant:ouvrir"})
    loser = cli.avec(PYTHONPATH=path)
    done = loser("faire", entree=lines(RENDRE), lieu="perdant:quai.db")
    assert done.code == 4
    assert done.lignes[0]["erreur"] == "Conflit"
    one = loser("faire", "RendreObjet", "--objet", "perceuse-1", "--personne", "p-1", lieu="perdant:quai.db")
    assert one.code == 4
    assert "rien n'est enregistré, réessayez" in one.err
    both = loser("faire", entree=lines(RENDRE, "illisible"), lieu="perdant:quai.db")
    assert both.code == 2
