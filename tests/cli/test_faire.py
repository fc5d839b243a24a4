"""One demand, from the options that its fields give."""

from __future__ import annotations

import pytest
from tests.cli.conftest import AUJOURDHUI, RETOUR, TROP_TARD, Cli

PRETER = ("faire", "PreterObjet", "--objet", "perceuse-1")


def test_une_demande_accordee_se_raconte_en_francais(cli: Cli):
    done = cli(
        "faire", "RendreObjet", "--objet", "perceuse-1", "--personne", "p-1", "--constat", "propre", "--cle", "k"
    )
    assert done.code == 0
    assert done.out.splitlines() == [
        "✔ Accordé : Rendre un objet", "  Zoé Dupont rend Perceuse bleue (propre).", "  clé k",
    ]  # fmt: skip


def test_un_refus_dit_pourquoi_et_comment_faire(cli: Cli):
    done = cli(*PRETER, "--personne", "p-2", "--retour", RETOUR)
    assert done.code == 3
    assert "✘ Refusé : Prêter un objet à une personne" in done.out
    assert "Zoé Dupont a déjà Perceuse bleue" in done.out
    assert "→ Demandez cet objet pour plus tard" in done.out


def test_ce_qui_est_deja_ainsi_est_accepte_sans_rien_changer(cli: Cli):
    done = cli(*PRETER, "--personne", "p-1", "--retour", RETOUR)
    assert done.code == 0
    assert done.out.startswith("= Déjà ainsi")


def test_un_essai_montre_chaque_clause_et_n_enregistre_rien(cli: Cli):
    cli("faire", "RendreObjet", "--objet", "perceuse-1", "--personne", "p-1")
    before = cli("rejouer", "--json").json["decisions"]
    done = cli(*PRETER, "--personne", "p-1", "--retour", TROP_TARD, "--essai")
    assert done.code == 3
    assert "essai : rien n'est enregistré" in done.out
    assert "✔ Règle « adhesion »" in done.out
    assert "✘ Règle « duree-pret »" in done.out
    assert "clé" not in done.out.splitlines()[-1]
    assert cli("rejouer", "--json").json["decisions"] == before


def test_la_meme_cle_redonne_la_meme_reponse_et_rien_de_plus(cli: Cli):
    first, again = (
        cli("faire", "RendreObjet", "--objet", "perceuse-1", "--personne", "p-1", "--cle", "r-1", "--json")
        for _ in range(2)
    )
    assert first.json == again.json
    assert first.json["verdict"] == "accord"
    other = cli("faire", "RendreObjet", "--objet", "perceuse-1", "--personne", "p-2", "--cle", "r-1")
    assert other.code == 2
    assert "a déjà répondu à une autre demande" in other.err


def test_la_reponse_json_a_toujours_les_memes_cles(cli: Cli):
    accord = cli("faire", "InscrirePersonne", "--personne", "p-9", "--nom", "Inès", "--json")
    refus = cli("faire", "InscrirePersonne", "--personne", "p-9", "--nom", "Inès", "--json")
    essai = cli("faire", "InscrirePersonne", "--personne", "p-8", "--nom", "Paul", "--json", "--essai")
    assert accord.json.keys() == refus.json.keys() == essai.json.keys()
    assert (accord.code, refus.code, essai.code) == (0, 3, 0)
    assert refus.json["refus"] == "identites.IdentifiantPris"
    assert accord.json["faits"][0]["champs"]["nom"] == "Inès"
    assert essai.json["position"] is None
    assert essai.json["faits"][0]["champs"]["nom"] == "Paul"


def test_le_nom_court_le_nom_entier_et_le_nom_a_tirets_sont_une_meme_commande(cli: Cli):
    for nom in ("prets.RendreObjet", "RendreObjet", "rendre-objet", "prets.rendreobjet"):
        done = cli("faire", nom, "--objet", "perceuse-1", "--personne", "p-1", "--essai")
        assert done.code == 0, nom


def test_une_commande_inconnue_propose_les_plus_proches(cli: Cli):
    done = cli("faire", "PreterObjt")
    assert done.code == 2
    assert "Commande inconnue : « PreterObjt »" in done.err
    assert "PreterObjet" in done.err
    assert "tierslieu faire --help" in done.err


def test_toutes_les_fautes_sont_dites_ensemble_et_rien_n_est_enregistre(cli: Cli):
    before = cli.lit("quai.db")
    done = cli.avec(TIERSLIEU_PAR="")("faire", "PreterObjet", "--objet", "Perceuse", "--retour", "2026-13-01",
                                      "--survenu-le", "hier")  # fmt: skip
    assert done.code == 2
    assert not done.out
    for said in ("objet : « Perceuse » n'est pas un identifiant", "--personne : manque", "retour : une date",
                 "par : manque", "--survenu-le : une heure du lieu"):  # fmt: skip
        assert said in done.err
    assert cli.lit("quai.db") == before


def test_une_personne_que_le_lieu_ne_connait_pas_est_dite_inconnue(cli: Cli):
    done = cli(*PRETER, "--personne", "p-77", "--retour", RETOUR, "--par", "quelqu-un")
    assert done.code == 2
    assert "identifiant inconnu du lieu (personne) : « p-77 »" in done.err
    assert "identifiant inconnu du lieu (personne) : « quelqu-un »" in done.err


def test_un_nom_donne_pour_un_identifiant_dit_qui_ou_ce_qui_le_porte(cli: Cli):
    assert cli("faire", "InscrirePersonne", "--personne", "p-8", "--nom", "Ana Costa").code == 0
    assert cli("faire", "InscrirePersonne", "--personne", "p-9", "--nom", "Ana Costa").code == 0
    done = cli("faire", "PreterObjet", "--objet", "Perceuse bleue", "--personne", "ana costa", "--retour", "x")
    assert done.code == 2
    assert "; c'est le nom de perceuse-1" in done.err
    assert "; c'est le nom de plusieurs : p-8, p-9" in done.err
    assert "--retour" in done.err
    alone = cli(*PRETER, "--personne", "p-77", "--retour", RETOUR, "--par", "Camille Martin").err
    assert "--par : « Camille Martin » n'est pas un identifiant" in alone
    assert "; c'est le nom de camille" in alone
    unknown = cli(*PRETER, "--personne", "p-77", "--retour", RETOUR).err
    assert "« p-77 » ; les identifiants connus : tierslieu registre personnes --identifiants" in unknown
    new = cli("faire", "InscrirePersonne", "--personne", "Ana Costa", "--nom", "x").err
    assert "c'est le nom" not in new, "an identifier to be"


def test_une_date_s_ecrit_aussi_comme_les_registres_la_montrent(cli: Cli):
    day, month, year = RETOUR[8:], RETOUR[5:7], RETOUR[:4]
    ecrite = f"{day}/{month}/{year}"
    done = cli("faire", "AdmettreAdherent", "--personne", "p-2", "--du", ecrite, "--au", ecrite, "--json")
    assert done.json["faits"][0]["champs"]["du"] == RETOUR
    assert cli("registre", "prets", "--au", f"{day}/{month}/{year}").code == 0


def test_un_pret_de_papier_se_saisit_a_son_heure_avec_ou_sans_decalage(cli: Cli):
    yesterday = AUJOURDHUI.subtract(days=1).format_iso()
    for since, key in ((f"{yesterday}T10:00", "a"), (f"{yesterday}T10:00:00+01:00", "b")):
        done = cli("faire", "InscrirePersonne", "--personne", f"p-{key}", "--nom", "x", "--survenu-le", since, "--json")
        assert done.code == 0, done.err
        assert done.json["survenu_le"].startswith(yesterday)
    future = cli("faire", "InscrirePersonne", "--personne", "p-c", "--nom", "x", "--survenu-le", "2090-01-01T10:00")
    assert future.code == 2
    assert "dans l'avenir" in future.err


def test_une_heure_qui_n_existe_pas_est_dite(cli: Cli):
    done = cli("faire", "InscrirePersonne", "--personne", "p-a", "--nom", "x", "--survenu-le", "2026-03-29T02:30")
    assert done.code == 2
    assert "n'existe pas dans ce fuseau" in done.err


def test_une_valeur_imbriquee_se_donne_champ_par_champ_ou_en_json(cli: Cli):
    fields = cli(
        "faire", "AdopterRegle", "--regle", "r-1", "--genre.genre", "duree", "--genre.maximum-minutes", "120",
        "--portee.actions", "reserver,preter", "--portee.jours", "1", "--portee.jours", "2", "--motif", "essai",
        "--du", RETOUR, "--json",
    )  # fmt: skip
    whole = cli(
        "faire", "AdopterRegle", "--regle", "r-2", "--genre", '{"genre": "duree", "maximum_minutes": 120}',
        "--portee", '{"actions": ["reserver", "preter"], "jours": [1, 2]}', "--motif", "essai", "--du", RETOUR,
        "--json",
    )  # fmt: skip
    assert fields.code == whole.code == 0, fields.err + whole.err
    one, other = (done.json["faits"][0]["champs"] for done in (fields, whole))
    assert one["genre"]["genre"] == "duree"
    assert one["portee"]["jours"] == [1, 2]
    assert (one["genre"], one["portee"]) == (other["genre"], other["portee"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--genre.genre", "durée"], "genre inconnu : 'durée'"),
        (["--genre.genre", "duree", "--genre.maximum-minutes", "x"], "--genre.maximum-minutes : un nombre entier"),
        (["--genre", "duree"], "attend du JSON"),
        (["--genre", '{"genre": "duree"}', "--genre.genre", "quota"], "maximum"),  # the part wins over the whole
        (["--genre", "3", "--genre.genre", "quota"], "est déjà donné en entier"),
    ],
)  # fmt: skip
def test_une_valeur_imbriquee_mal_dite_est_expliquee(cli: Cli, options: list[str], said: str):
    done = cli("faire", "AdopterRegle", "--regle", "r-1", "--motif", "x", "--du", "2026-01-01", *options)
    assert done.code == 2
    assert said in done.err


def test_l_aide_d_une_commande_vient_de_sa_declaration(cli: Cli):
    done = cli("faire", "PreterObjet", "--help")
    assert done.code == 0
    assert "Prêter un objet à une personne, jusqu'à une date, en notant son état." in done.out
    assert "--retour AAAA-MM-JJ" in done.out
    assert "obligatoire · à rendre le" in done.out
    assert "état au départ · sinon : en bon état" in done.out


def test_l_aide_de_faire_dit_toutes_les_commandes_par_domaine(cli: Cli):
    done = cli("faire", "--help")
    assert done.code == 0
    assert "Prêts de matériel" in done.out
    assert "prets.PreterObjet" in done.out


def test_le_lieu_se_dit_aussi_apres_la_commande_ou_par_l_environnement(cli: Cli):
    ask = ("faire", "RendreObjet", "--objet", "perceuse-1", "--personne", "p-1", "--essai")
    assert cli(*ask, "--lieu", "quai.db", lieu=None).code == 0
    assert cli(*ask, lieu=None, TIERSLIEU_LIEU="quai.db").code == 0
    missing = cli(*ask, lieu=None)
    assert missing.code == 2
    assert "Aucun journal à « lieu.db »" in missing.err
    assert "tierslieu --lieu lieu.db init" in missing.err


def test_une_regle_a_etapes_s_adopte_en_ligne(cli: Cli):
    """What the help shows is what can be typed."""
    etapes = ('{"jours": 1, "mesure": "rappel"}', '{"jours": 7, "mesure": "suspension", "duree_jours": 14}')
    voulu = ("faire", "AdopterRegle", "--regle", "r-retards", "--du", RETOUR, "--motif", "réunion du 3")
    voulu = (*voulu, "--genre.genre", "retards", "--essai", "--json")
    repetee = cli(*voulu, "--genre.etapes", etapes[0], "--genre.etapes", etapes[1])
    entiere = cli(*voulu, "--genre.etapes", f"[{', '.join(etapes)}]")
    assert repetee.json["verdict"] == entiere.json["verdict"] == "accord"
    assert repetee.json["faits"] == entiere.json["faits"]
    aide = " ".join(cli("faire", "AdopterRegle", "--help").out.split())
    assert """'{"jours": 1, "mesure": "rappel", "duree_jours": 0}'""" in aide
