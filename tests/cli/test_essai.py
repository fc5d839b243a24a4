"""May I? What a demand would be answered, each rule with its measure, and what it would change."""

from __future__ import annotations

from tests.cli.conftest import AUJOURDHUI, RETOUR, TROP_TARD, Cli
from tests.cli.terminal import en_couleurs

DEMAIN = AUJOURDHUI.add(days=8).format_iso()
PERCEUSE = ("--objet", "perceuse-1", "--personne", "p-1")


def jour(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def test_un_essai_montre_ce_que_chaque_ligne_des_registres_deviendrait(cli: Cli):
    before = cli.lit("quai.db")
    garde = cli("faire", "RenouvelerPret", *PERCEUSE, "--retour", DEMAIN, "--essai").out
    assert "\nCe que cela changerait\n" in garde
    ligne = "~ Registre des prêts en cours, Perceuse bleue : "
    assert f"{ligne}retour {jour(RETOUR)} → {jour(DEMAIN)} ; renouvellements 0 → 1\n" in garde
    rend = cli("faire", "RendreObjet", *PERCEUSE, "--essai").out
    assert "− Registre des prêts en cours, Perceuse bleue : personne Zoé Dupont ; depuis " in rend
    assert "perdu" not in rend, "ce qui ne dit rien ne se dit pas"
    assert cli.lit("quai.db") == before


def test_une_correction_montre_d_abord_ce_qu_elle_change(cli: Cli):
    corrige = ("faire", "CorrigerPret", "--objet", "perceuse-1", "--motif", "c'était Ali")
    out = cli(*corrige, "--essai").out
    assert "− Registre des prêts en cours, Perceuse bleue : personne Zoé Dupont" in out
    assert "+ Registre des corrections, pret/1 : " in out
    assert "c'était Ali" in out
    assert "Perceuse bleue" in cli("registre", "prets").out
    assert cli(*corrige).code == 0
    assert cli("registre", "prets").out.startswith("Le registre « prets » est vide")


def test_un_refus_ne_change_rien_et_dit_sa_mesure_et_sa_limite(cli: Cli):
    cli("faire", "RendreObjet", *PERCEUSE)
    out = cli("puis-je", "preter-objet", *PERCEUSE, "--retour", TROP_TARD).out
    assert "Ce que cela changerait" not in out
    assert "✘ Règle « duree-pret »" in out
    assert "la demande est de 40 jours ; un prêt dure 14 jours au plus" in out


def test_une_regle_respectee_dit_aussi_sa_mesure(cli: Cli):
    cli("faire", "RendreObjet", *PERCEUSE)
    out = cli("puis-je", "PreterObjet", *PERCEUSE, "--retour", DEMAIN).out
    assert "14 jours au plus. Respectée. Ici, la demande est de 8 jours." in out
    assert "en vigueur depuis le " in out
    assert AUJOURDHUI.format_iso() not in out, "une phrase n'a pas de date de machine"


def test_puis_je_est_faire_a_l_essai(cli: Cli):
    ask = ("RenouvelerPret", *PERCEUSE, "--retour", DEMAIN)
    assert cli("puis-je", *ask).out == cli("faire", *ask, "--essai").out == cli("puis-je", *ask, "--essai").out
    assert cli("puis-je", *ask, "--json").json["essai"] is True
    assert "--retour AAAA-MM-JJ" in cli("puis-je", "RenouvelerPret", "--help").out
    nothing = cli("puis-je")
    assert (nothing.code, "tierslieu puis-je COMMANDE" in nothing.err) == (2, True)


def test_les_changements_se_lisent_en_json(cli: Cli):
    value = cli("puis-je", "RenouvelerPret", *PERCEUSE, "--retour", DEMAIN, "--json").json
    (change,) = value["changements"]
    assert (change["registre"], change["avant"]["retour"], change["apres"]["retour"]) == ("prets", RETOUR, DEMAIN)
    assert cli("faire", "RendreObjet", *PERCEUSE, "--json").json["changements"] is None


def test_au_terminal_ce_qui_vient_ce_qui_part_et_ce_qui_change_ont_leur_couleur(cli: Cli):
    _, screen = en_couleurs(cli, "puis-je", "CorrigerPret", "--objet", "perceuse-1", "--motif", "x")
    assert "\x1b[31m− Registre des prêts" in screen
    assert "\x1b[32m+ Registre des corrections" in screen


def test_une_cle_qui_a_deja_repondu_le_dit(cli: Cli):
    ask = ("faire", "RendreObjet", *PERCEUSE, "--cle", "r-1")
    assert "déjà eu sa réponse" not in cli(*ask).out
    again = cli(*ask).out
    assert again.startswith("Cette clé a déjà eu sa réponse, que voici ; rien n'est enregistré de plus.\n✔ Accordé")


def test_exporter_un_registre(cli: Cli):
    done = cli("exporter", "csv", "personnes", "personnes.csv")
    assert (done.code, done.out) == (0, "✔ 3 lignes du registre « personnes » dans personnes.csv.\n")
    written = cli.lit("personnes.csv").decode()
    assert cli("exporter", "csv", "personnes").out == written.replace("\r\n", "\r\n")
    assert "Zoé Dupont" in written
    assert cli("exporter", "csv", "personnes", "personnes.csv").code == 2
    assert cli("exporter", "csv", "prets", "personnes.csv", "--remplacer", "--au", "2020-01-01").code == 0
    assert cli.lit("personnes.csv").decode().count("\n") == 1
    for ask, said in (
        (("tableau", "personnes"), "Connus : csv"),
        (("csv", "prest"), "Vouliez-vous dire : prets"),
        (("csv", "prets", "/nulle/part.csv"), "ne peut pas être écrit"),
    ):
        wrong = cli("exporter", *ask)
        assert (wrong.code, said in wrong.err) == (2, True), wrong.err


def test_l_aide_ne_coupe_aucun_nom_a_quatre_vingts_colonnes(cli: Cli):
    lignes = cli("faire", "--help", COLUMNS="80").out.splitlines()
    names = [
        line.split()[0] for line in lignes if line.startswith("  ") and line[2:3].islower() and "." in line.split()[0]
    ]
    assert "formations.AccorderHabilitation" in names
    regle = cli("faire", "AdopterRegle", "--help", COLUMNS="50").out
    assert "\n    IDENTIFIANT,…" in regle, "la valeur passe à la ligne plutôt que d'être coupée"


def test_une_commande_peut_avoir_un_champ_que_le_programme_nomme_aussi():
    """``session``: the program hands its own under that name."""
    from tierslieu_adapters.cli.commands import app_for  # noqa: PLC0415 - what this sentence is about
    from tierslieu_core.testing.spec import installed  # noqa: PLC0415 - the same

    catalogue = installed()
    _, bound, _ = app_for(catalogue, catalogue.demandes["formations.RendrePlace"]).parse_args(
        ["--session", "mars", "--personne", "jo"], print_error=False, exit_on_error=False
    )
    assert list(bound.arguments.values()) == ["mars", "jo"]
