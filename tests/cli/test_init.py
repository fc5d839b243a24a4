"""A place is founded from the command line."""

from __future__ import annotations

from tests.cli.conftest import FONDER, Cli
from tests.cli.terminal import FIN, au_terminal


def test_un_lieu_se_fonde_en_une_commande_qui_dit_ce_qu_elle_a_cree_et_la_suite(vide: Cli):
    done = vide(*FONDER)
    assert done.code == 0
    assert "Le lieu « Le Quai » est fondé." in done.out
    assert "Camille Martin reçoit le mandat « coordination »" in done.out
    for file in ("quai.db", "quai.coffre", "quai.cle"):
        assert (vide.dossier / file).exists()
        assert file in done.out
    assert "Si elle est perdue, toutes ces données deviennent illisibles" in done.out
    assert "Aucune règle n'est adoptée" in done.out
    assert "tierslieu --lieu quai.db faire --help" in done.out
    assert vide("registre", "regles").out.startswith("Le registre « regles » est vide")


def test_le_reglement_de_depart_s_adopte_a_la_fondation(vide: Cli):
    done = vide(*FONDER, "--reglement-de-depart", "--json")
    assert done.code == 0
    (answer,) = done.lignes
    assert answer["verdict"] == "accord"
    assert answer["regles"] == len(vide("registre", "regles", "--json").json["lignes"]) == 7
    assert answer["fichiers"] == {"journal": "quai.db", "coffre": "quai.coffre", "cle": "quai.cle"}


def test_ce_qui_manque_est_dit_en_entier_et_rien_n_est_cree(vide: Cli):
    done = vide("init", "--personne", "Camille M")
    assert done.code == 2
    assert "--nom : manque" in done.err
    assert "--nom-personne : manque" in done.err
    assert done.err.count("tierslieu init --help") == 1
    assert "« Camille M » n'est pas un identifiant" in done.err
    assert not list(vide.dossier.iterdir())


def test_un_fuseau_inconnu_ne_cree_rien(vide: Cli):
    done = vide(*FONDER, "--fuseau", "Europe/Metz")
    assert done.code == 2
    assert "fuseau inconnu : « Europe/Metz »" in done.err
    assert not list(vide.dossier.iterdir())


def test_un_lieu_ne_se_fonde_pas_deux_fois(cli: Cli):
    before = cli.lit("quai.db")
    done = cli(*FONDER)
    assert done.code == 2
    assert "est déjà le journal du lieu « Le Quai »" in done.err
    assert cli.lit("quai.db") == before


def test_au_terminal_ce_qui_n_est_pas_dit_est_demande_et_redemande(vide: Cli):
    answers = ("Le Quai", "", "Camille", "camille", "Camille Martin", "", "", "o")
    code, screen = au_terminal(vide, "init", reponses=answers)
    assert code == 0
    assert "Nom du lieu :" in screen
    assert "Il faut une réponse." in screen
    assert "« Camille » n'est pas un identifiant" in screen
    assert "un identifiant qui ne dit rien de la personne : p-1" in screen
    assert "Fuseau horaire [Europe/Paris]" in screen
    assert "un prêt dure 14 jours au plus" in screen
    assert "Le règlement de départ est adopté : 7 règles." in screen
    assert vide("registre", "lieu", "--json").json["lignes"][0]["fuseau"] == "Europe/Paris"


def test_au_terminal_le_reglement_se_refuse_et_l_abandon_ne_laisse_rien(vide: Cli):
    code, screen = au_terminal(vide, *FONDER, reponses=("", "", "n"))
    assert code == 0
    assert "Aucune règle n'est adoptée" in screen
    code, screen = au_terminal(vide, "init", reponses=(FIN,), lieu="autre.db")
    assert code == 130
    assert "Interrompu" in screen
    assert not (vide.dossier / "autre.db").exists()


def test_un_journal_perdu_a_cote_de_son_coffre_n_est_pas_refait(cli: Cli):
    for file in cli.dossier.glob("quai.db*"):
        file.unlink()
    for argv in (FONDER, ("importer", "librebooking", ".")):
        done = cli(*argv)
        assert done.code == 2
        assert "un coffre existe déjà : remettez le journal à sa place, ou choisissez un autre nom" in done.err
        assert not (cli.dossier / "quai.db").exists()


def test_un_fichier_vide_devient_le_journal_d_un_lieu(vide: Cli):
    (vide.dossier / "quai.db").touch()
    assert "est un fichier vide" in vide("registre", "prets").err
    assert vide(*FONDER).code == 0
