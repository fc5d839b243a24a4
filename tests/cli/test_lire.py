"""Registers, trails, journals, explanations, replay: on a terminal, in a pipe, as JSON."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable

import pytest
from tests.cli.conftest import AUJOURDHUI, RETOUR, Cli
from tests.cli.terminal import au_terminal, en_couleurs
from whenever import Date

from tierslieu_core.vocabulaire.francais import date

ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?\Z")


def test_un_registre_se_lit_avec_les_noms_et_non_les_identifiants(cli: Cli):
    out = cli("registre", "prets").out
    assert "Perceuse bleue" in out
    assert "Zoé Dupont" in out
    assert f"{AUJOURDHUI.day:02d}/{AUJOURDHUI.month:02d}/{AUJOURDHUI.year}" in out
    assert "p-1" not in out
    ids = cli("registre", "prets", "--identifiants").out
    assert "perceuse-1" in ids
    assert "Zoé" not in ids


def test_dans_un_tuyau_les_colonnes_sont_alignees_et_sans_couleur(cli: Cli):
    header, *rows = cli("registre", "personnes").out.splitlines()
    assert [row[: header.index("nom")].strip() for row in rows] == ["camille", "p-1", "p-2"]
    assert all(row[header.index("nom") :].startswith(("Camille", "Zoé", "Ali")) for row in rows)
    assert "\x1b" not in header


def test_au_terminal_un_registre_est_un_tableau_en_couleurs_qui_tient_dans_sa_largeur(cli: Cli):
    code, screen = en_couleurs(cli, "registre", "regles")
    assert code == 0
    assert "\x1b[" in screen
    code, screen = au_terminal(cli, "registre", "regles")
    assert "Registre des règles" in screen
    assert "7 lignes" in screen
    assert max(map(len, screen.splitlines())) <= 100
    assert "duree-reservation" in screen  # a name is never cut
    shared = screen[screen.index("Sur toutes les lignes") :]
    assert "motif : règlement de départ" in shared


def test_ce_qui_est_trop_large_pour_un_tableau_devient_des_fiches(cli: Cli):
    cli("faire", "AmenderRegle", "--regle", "duree-pret", "--genre.genre", "duree_pret", "--genre.maximum-jours", "20",
        "--motif", "quatorze jours ne suffisent pas à un chantier, on l'a bien vu cet hiver", "--du", RETOUR,
        "--decision", "réunion du printemps, où presque tout le monde est venu")  # fmt: skip
    _, screen = au_terminal(cli, "registre", "regles")
    assert "  motif : quatorze jours ne suffisent pas" in screen


def test_ce_que_quelqu_un_a_tape_ne_commande_pas_le_terminal(cli: Cli):
    cli("faire", "InscrirePersonne", "--personne", "p-3", "--nom", "Bobby\x1b[2J\x07\nTables")
    for out in (cli("registre", "personnes").out, en_couleurs(cli, "registre", "personnes")[1], cli("journal").out):
        assert "\x1b[2J" not in out
        assert "\x07" not in out
        assert "Bobby" in out


def test_le_json_d_un_registre_a_des_dates_iso_et_les_valeurs_personnelles_ouvertes(cli: Cli):
    value = cli("registre", "personnes", "--json").json
    assert list(value) == ["registre", "au", "connu_le", "lignes"]
    zoe = next(line for line in value["lignes"] if line["personne"] == "p-1")
    assert (zoe["nom"], zoe["contact"]) == ("Zoé Dupont", "06 12 34 56 78")
    assert ISO.match(zoe["inscrite_le"])
    (pret,) = cli("registre", "prets", "--json").json["lignes"]
    assert (pret["objet"], pret["retour"], pret["perdu"]) == ("perceuse-1", RETOUR, False)


def test_un_registre_se_filtre_et_se_range(cli: Cli):
    def noms(*options: str) -> list[str]:
        return [line["nom"] for line in cli("registre", "personnes", "--json", *options).json["lignes"]]

    assert noms("--tri", "nom") == ["Ali Dupont", "Camille Martin", "Zoé Dupont"]
    assert noms("--tri=-nom") == ["Zoé Dupont", "Camille Martin", "Ali Dupont"]
    assert noms("--filtre", "personne=p-1") == ["Zoé Dupont"]
    assert noms("--filtre", "nom=Ali Dupont", "--filtre", "contact=") == ["Ali Dupont"]
    assert cli("registre", "prets", "--filtre", "perdu=non", "--filtre", f"retour={RETOUR}", "--json").json["lignes"]
    assert cli("registre", "prets", "--filtre", "perdu=oui").out.startswith("Aucune ligne du registre « prets »")


def test_un_registre_se_filtre_aussi_par_ce_qu_il_montre(cli: Cli):
    def trouve(*filtres: str) -> bool:
        return bool(cli("registre", "prets", *(w for f in filtres for w in ("--filtre", f)), "--json").json["lignes"])

    assert trouve("personne=zoe dupont", "objet=PERCEUSE BLEUE")
    assert trouve("personne=p-1", "etat=En cours")
    assert trouve(f"depuis={AUJOURDHUI.day}/{AUJOURDHUI.month}/{AUJOURDHUI.year}")
    assert not trouve("personne=Ali Dupont")
    assert not trouve("depuis=1/1/2020")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--filtre", "x=1"], "x : n'est pas une colonne ; colonnes : objet"),
        (["--filtre", "perdu"], "écrivez champ=valeur"),
        (["--filtre", "perdu=peut-être"], "perdu : oui ou non"),
        (["--filtre", "retour=demain"], "retour : une date attendue"),
        (["--tri", "x"], "n'est pas une colonne"),
        (["--au", "hier"], "une date comme « 2026-11-23 »"),
        (["--connu-le", "2026-02-30"], "une date comme « 2026-11-23 »"),
    ],
)
def test_une_lecture_mal_demandee_est_expliquee(cli: Cli, options: list[str], said: str):
    done = cli("registre", "prets", *options)
    assert done.code == 2
    assert said in done.err


def test_un_registre_se_lit_a_une_date_et_tel_qu_on_le_connaissait(cli: Cli):
    yesterday = AUJOURDHUI.subtract(days=1).format_iso()
    cli("faire", "InscrirePersonne", "--personne", "p-3", "--nom", "Inès", "--survenu-le", f"{yesterday}T10:00")
    au = cli("registre", "personnes", "--au", yesterday, "--json").json
    assert (au["au"], [line["nom"] for line in au["lignes"]]) == (yesterday, ["Inès"])
    known = cli("registre", "personnes", "--connu-le", yesterday)
    assert known.out.startswith(
        f"Le registre « personnes » est vide, tel qu'on le connaissait le {date(Date.parse_iso(yesterday))}"
    )


def test_sans_nom_on_lit_la_liste_des_registres_meme_sans_lieu(cli: Cli, vide: Cli):
    assert {one["nom"] for one in vide("registre", "--json").json} >= {"personnes", "prets", "regles"}
    assert "Registre des prêts en cours" in cli("registre").out


def test_un_registre_inconnu_propose_le_plus_proche(cli: Cli):
    done = cli("registre", "prest")
    assert done.code == 2
    assert "Vouliez-vous dire : prets" in done.err


def test_la_piste_d_une_chose_se_suit_par_son_sujet_son_identifiant_ou_le_nom_d_une_personne(cli: Cli):
    assert [d["cle"] for d in cli("audit", "objet:perceuse-1", "--json").json["decisions"]][-2:] == ["refusee", "pret"]
    assert cli("audit", "perceuse-1", "--json").json["sujet"] == "objet:perceuse-1"
    for who in ("personne:p-1", "p-1", "zoe", "Zoé Dupont"):
        assert cli("audit", who, "--json").json["sujet"] == "personne:p-1", who
    out = cli("audit", "zoe").out
    assert out.startswith("Zoé Dupont (personne:p-1) : 3 décisions")
    assert "Camille Martin (concierge)" in out
    assert "Zoé Dupont emprunte Perceuse bleue" in out
    (one,) = cli("audit", "cle:pret", "--json").json["decisions"]
    assert ISO.match(one["survenu_le"])


def test_un_nom_que_plusieurs_portent_ou_personne_est_dit(cli: Cli):
    both = cli("audit", "dupont")
    assert both.code == 2
    assert "personne:p-1  Zoé Dupont" in both.err
    assert "personne:p-2  Ali Dupont" in both.err
    nobody = cli("audit", "martine")
    assert nobody.code == 2
    assert "Personne ni rien ne répond à « martine »" in nobody.err
    nothing = cli("audit", "objet:jamais-vu")
    assert nothing.code == 0
    assert nothing.out == "Rien dans le journal au sujet de objet:jamais-vu.\n"


def test_le_journal_du_jour_se_lit_et_celui_d_un_jour_vide_le_dit(cli: Cli):
    today = cli("journal")
    assert "Journal du " in today.out
    assert "✘ Prêter un objet à une personne : refusé" in today.out
    assert "clé refusee" in today.out
    value = cli("journal", AUJOURDHUI.format_iso(), "--json").json
    assert value["jour"] == AUJOURDHUI.format_iso()
    assert len(value["decisions"]) == 15
    assert cli("journal", "2020-02-01").out == (
        "Rien dans le journal du samedi 1er février 2020. Un autre jour : tierslieu journal AAAA-MM-JJ\n"
    )
    wrong = cli("journal", "hier")
    assert wrong.code == 2
    assert "reçu « hier »" in wrong.err


def test_chacun_lit_ce_qui_fut_decide_a_son_sujet(cli: Cli):
    out = cli("decisions", "--personne", "zoé").out
    assert out.startswith("Zoé Dupont : ")
    assert "✔ Prêter un objet à une personne : accordé" in out
    assert "clé pret" in out
    refus = cli("decisions", "--personne", "p-2", "--json").json
    derniere = refus["decisions"][-1]
    assert (refus["personne"], derniere["verdict"], derniere["suites"]) == ("p-2", "refusé", [])
    regle = '{"genre": "recours", "organe": "comite", "delai_jours": 9}'
    adopter = ("--regle", "recours", "--genre", regle, "--du", AUJOURDHUI.format_iso(), "--motif", "assemblée")
    assert cli("faire", "regles.AdopterRegle", *adopter, "--par", "camille").code == 0
    former = ("faire", "recours.FormerRecours", "--decision", "refusee", "--personne", "p-2", "--motif", "j'ai adhéré")
    assert cli(*former, "--par", "p-2").code == 0
    assert "auprès de comite : attend la réponse." in cli("decisions", "--personne", "p-2").out
    assert "Recours d'Ali Dupont" in cli("a-faire").out


def test_les_regles_les_plus_levees_se_lisent(cli: Cli):
    assert cli("derogations").out == "Aucune règle n'a été levée par une dérogation.\n"
    accorder = ("--regle", "adhesion", "--personne", "p-2", "--du", AUJOURDHUI.format_iso(), "--au", RETOUR)
    motif = ("--motif", "dépannage", "--categorie", "urgence", "--par", "camille")
    assert cli("faire", "regles.AccorderDerogation", *accorder, *motif).code == 0
    rendre = ("--objet", "perceuse-1", "--personne", "p-1", "--constat", "bon", "--par", "camille")
    assert cli("faire", "prets.RendreObjet", *rendre).code == 0
    preter = ("faire", "prets.PreterObjet", "--objet", "perceuse-1", "--personne", "p-2", "--retour", RETOUR)
    assert cli(*preter, "--par", "camille").code == 0
    (ligne,) = cli("derogations", "--json").json
    assert (ligne["regle"], ligne["derogations"], ligne["levees"], ligne["jugees"]) == ("adhesion", 1, 1, 3)
    out = cli("derogations").out
    assert "urgence : 1" in out
    assert "Camille Martin : 1" in out
    assert "1 sur 3 (33 %)" in out


def test_une_decision_s_explique_toute_entiere(cli: Cli):
    accord, refus = cli("expliquer", "pret").out, cli("expliquer", "cle:refusee").out
    assert "à rendre le : " in accord
    assert "état au départ : rayée par le chat de Zoé" in accord
    assert accord.count("✔ Règle « ") == 3
    assert "Ce qui a été décidé\n  Zoé Dupont emprunte Perceuse bleue" in accord
    assert "✘ Règle « adhesion »" in refus
    assert "→ " in refus
    value = cli("expliquer", "refusee", "--json").json
    assert value["refus"] == "decisions.RegleContraire"
    assert value["demande"]["personne"] == "p-2"
    assert cli("expliquer", "pret", "--json").json["demande"]["constat"] == "rayée par le chat de Zoé"
    assert {c["regle"]: c["verdict"] for c in value["clauses"]}["adhesion"] == "refuse"
    assert value["aujourdhui"]["verdict"] == "refus"
    assert [c["provenance"]["par"] for c in value["clauses"] if c["regle"] == "adhesion"] == ["Camille Martin"]
    assert "durée du prêt : 7 jours" in accord
    assert "lieux et catégories" not in accord
    assert "lieux et catégories : Perceuse bleue" in cli("expliquer", "pret", "--tout").out
    for how in (("pret/1",), ("--personne", "zoé"), ("personne:p-1",)):
        assert cli("expliquer", *how).out == accord, how
    for how in ((), ("pret", "--personne", "zoé")):
        assert "Donnez une décision (sa clé), ou quelqu'un : --personne QUI" in cli("expliquer", *how).err
    unknown = cli("expliquer", "jamais")
    assert unknown.code == 2
    assert "Aucune demande n'a la clé « jamais »" in unknown.err


def test_les_genres_de_regles_se_lisent_ceux_d_un_autre_paquet_aussi(vide: Cli, installe: Callable[..., str]):
    source = (
        "import attrs\n"
        "from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage\n"
        "from tierslieu_core.domaines.cadre.regles.genres.notices import Notice\n"
        "@attrs.frozen(kw_only=True)\n"
        "class Lune(Reglage):\n"
        '    """Only under a full moon."""\n'
        "    NOM = 'lune'\n"
        "    phase: str = 'pleine'\n"
        "    def phrase(self):\n"
        "        return f'à la {self.phase} lune'\n"
        "class Maree(Lune):\n"
        "    NOM = 'maree'\n"
        "Maree.NOTICE = Notice('On navigue à marée haute.', Maree(phase='nouvelle'))\n"
        "GENRES = {'lune': Lune, 'maree': Maree}\n"
    )
    cli = vide.avec(PYTHONPATH=installe("lunes", source, {"tierslieu.genres": "lunes = lunes:GENRES"}))
    tous = cli("genres", lieu=None).out
    assert "quota " in tous
    assert re.search("^lune +Only under a full moon.$", tous, re.MULTILINE)
    assert "On navigue à marée haute." in tous
    (maree,) = cli("genres", "maree", "--json", lieu=None).json
    assert maree["ecrite"] == '[regles.ma-regle]\ngenre = "maree"\nphase = "nouvelle"'
    duree = cli("genres", "duree", lieu=None).out
    assert "maximum_minutes = 120" in duree
    assert "✘ la demande dure 3 h ; 2 h au plus par réservation." in duree
    assert "### lune" in cli("genres", "--markdown", lieu=None).out
    assert "Vouliez-vous dire : duree" in cli("genres", "durée", lieu=None).err


@pytest.mark.parametrize("niveau", ["1", "2"])
def test_rejouer_ne_trouve_aucune_difference(cli: Cli, niveau: str):
    done = cli("rejouer", "--niveau", niveau)
    assert done.code == 0
    assert done.out == "✔ 15 décisions rejouées, 0 différence\n"
    assert cli("rejouer", "--niveau", niveau, "--json").json == {
        "niveau": int(niveau), "decisions": 15, "differences": [],
    }  # fmt: skip


def test_rejouer_montre_son_avancement_au_terminal(cli: Cli):
    code, screen = au_terminal(cli, "rejouer")
    assert code == 0
    assert "Décisions rejouées" in screen
    assert "15/15" in screen
    assert "✔ 15 décisions rejouées, 0 différence" in screen


def test_rejouer_nomme_le_fait_qu_une_main_a_change(cli: Cli):
    with sqlite3.connect(cli.dossier / "quai.db") as db:
        (changed,) = db.execute(
            "UPDATE events SET data = replace(data, ?, ?) WHERE type LIKE 'prets.ObjetPrete@%' RETURNING position",
            (RETOUR, "2099-01-01"),
        ).fetchone()
    db.close()
    done = cli("rejouer")
    assert done.code == 1
    assert "✘ 15 décisions rejouées, 1 différence" in done.out
    assert f"position {changed}, demande pret : fait prets.ObjetPrete" in done.out
    value = cli("rejouer", "--json")
    assert value.code == 1
    assert [d["position"] for d in value.json["differences"]] == [changed]
    assert cli("rejouer", "--niveau", "3").code == 2


def test_une_personne_se_trouve_par_le_debut_de_son_nom(cli: Cli):
    assert cli("chercher", "dup", "--json").json == [
        {"personne": "p-1", "nom": "Zoé Dupont"}, {"personne": "p-2", "nom": "Ali Dupont"},
    ]  # fmt: skip
    assert "p-1" in cli("chercher", "zoe").out
    assert cli("chercher", "martine").out == (
        "Personne, dans ce lieu, ne répond à « martine ». Tout le monde : tierslieu registre personnes\n"
    )


def test_oublier_quelqu_un_demande_confirmation_puis_rend_illisible_pour_toujours(cli: Cli):
    asked = cli("oublier", "p-1")
    assert asked.code == 2
    assert "ajoutez --oui" in asked.err
    assert "mandat" not in asked.err
    assert "qui tient les mandats « concierge » et « coordination »" in cli("oublier", "camille").err
    code, screen = au_terminal(cli, "oublier", "zoe", reponses=["non"])
    assert (code, "Rien n'a été effacé." in screen) == (0, True)
    assert "Zoé Dupont" in cli("registre", "personnes").out
    code, screen = au_terminal(cli, "oublier", "zoe", reponses=["oui"])
    assert code == 0
    assert "C'est fait : p-1" in screen
    assert "[effacé]" in cli("registre", "personnes").out
    forgotten = cli("registre", "personnes", "--filtre", "personne=p-1", "--json").json["lignes"][0]
    assert forgotten["nom"] == forgotten["contact"] == {"etat": "efface"}
    assert "état au départ : [effacé]" in cli("expliquer", "pret").out
    assert cli("chercher", "zoe").out.startswith("Personne")
    assert cli("rejouer").code == 0
    assert cli("oublier", "p-1", "--oui", "--json").json == {"personne": "p-1", "conservations": []}
    back = cli("faire", "RenommerPersonne", "--personne", "p-1", "--nom", "Zoé")
    assert "s'appelle désormais [effacé]" in back.out  # what is said of someone forgotten is forgotten at once
    assert "Zoé" not in cli("registre", "personnes").out


def test_les_suites_qui_ne_changent_rien_ne_se_montrent_pas(cli: Cli):
    """Cancelling looks at the waiting list each time: nobody is told that nobody waits, but for whoever asks."""
    demain = AUJOURDHUI.add(days=1).format_iso()
    heures = {"debut": f"{demain}T10:00", "fin": f"{demain}T12:00"}
    seme = (
        {"commande": "espaces.OuvrirEspace", "espace": "salle", "nom": "Salle", "capacite": 9},
        {"commande": "reservations.ReserverEspace", "cle": "r", "espace": "salle", "personne": "p-1", **heures},
    )
    assert cli("faire", entree="\n".join(map(json.dumps, seme))).code == 0
    annulee = cli("faire", "AnnulerReservation", "--reservation", "r", "--motif", "grippe", "--cle", "a")
    assert (annulee.code, "Suite" in annulee.out) == (0, False)
    annuler = ("faire", "AnnulerReservation", "--reservation", "r", "--motif", "grippe", "--cle", "a")
    (suite,) = cli(*annuler, "--json").json["suites"]
    assert suite["verdict"] == "sans_objet"
    for lire in (("journal",), ("audit", "salle")):
        assert "liste d'attente" not in cli(*lire).out
        assert "Et 1 suite qui n'a rien changé (avec --tout)" in cli(*lire).out
        assert "Servir la liste d'attente : déjà ainsi" in cli(*lire, "--tout").out
        assert suite["cle"] in [one["cle"] for one in cli(*lire, "--json").json["decisions"]]
    assert "déjà ainsi" in cli("audit", f"cle:{suite['cle']}").out
