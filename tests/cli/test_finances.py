"""The finance body's own journal at the command line, and its two doors."""

from __future__ import annotations

import pytest
from tests.cli.conftest import AUJOURDHUI, Cli

CAISSE = ("init", "--nom", "Finances", "--personne", "lea", "--nom-personne", "Léa Costa")
FIN = ("--finances", "--lieu", "finances.db")
DE_LEA = {"TIERSLIEU_PAR": "lea"}
SUIVRE, REMETTRE = (("--lieu", "finances.db", "finances", quoi, "quai.db") for quoi in ("suivre", "remettre"))


@pytest.fixture
def deux(cli: Cli) -> Cli:
    """Le Quai and its finances, which Léa holds on both sides."""
    assert cli("faire", "InscrirePersonne", "--personne", "lea", "--nom", "Léa Costa").code == 0
    donner = ("faire", "DonnerMandat", "--personne", "lea", "--role", "finances", "--du", "2026-01-01")
    assert cli(*donner).code == 0
    assert caisse(cli, *CAISSE).code == 0
    return cli


def caisse(cli: Cli, *argv: str, **env: str):
    return cli(*FIN, *argv, lieu=None, **{**DE_LEA, **env})


def test_le_journal_des_finances_se_fonde_sans_concierge_et_sans_reglement_de_depart(deux: Cli):
    roles = [ligne["role"] for ligne in caisse(deux, "registre", "mandats", "--json").json["lignes"]]
    assert sorted(roles) == ["coordination", "finances"]
    assert caisse(deux, "registre", "regles", "--json").json["lignes"] == []
    for suffixe in ("db", "coffre", "cle"):
        assert (deux.dossier / f"finances.{suffixe}").exists(), "ses propres clés"


def test_le_budget_se_vote_et_se_lit_en_euros(deux: Cli):
    voter = (
        "faire", "VoterBudget", "--exercice", "2027", "--du", "2027-01-01", "--au", "2027-12-31",
        "--lignes", "assurance=1250.50", "--lignes", "loyer=9600",
    )  # fmt: skip
    assert "Budget 2027, assurance : 1 250,50 €." in caisse(deux, *voter).out
    assert "9 600,00 €" in caisse(deux, "registre", "budget").out
    assert caisse(deux, "registre", "budget", "--json").json["lignes"][0]["reste"] == "1250.50"
    aide = caisse(deux, "faire", "VoterBudget", "--help").out
    assert "LIGNE=MONTANT" in aide


def test_les_finances_suivent_le_lieu_et_lui_remettent_des_attestations(deux: Cli):
    assert deux(*SUIVRE, lieu=None, **DE_LEA).code == 0
    declarer = ("--nature", "prets.ObjetPrete", "--libelle", "Prêt", "--du", AUJOURDHUI.format_iso())
    assert caisse(deux, "faire", "DeclarerFacturable", *declarer).code == 0
    recu = deux(*SUIVRE, lieu=None, **DE_LEA)
    assert (recu.code, recu.err) == (0, "")
    assert "À facturer : Prêt, " in recu.out
    assert "(le fait pret/1 du lieu)" in recu.out
    assert deux(*SUIVRE, lieu=None, **DE_LEA).out == "Rien de nouveau à facturer.\n"
    assert "Prêt" in caisse(deux, "aujourdhui").out
    assert caisse(deux, "journal").code == 0
    assert caisse(deux, "faire", "EtablirAttestation", "--tiers", "p-1", "--nature", "caution-deposee").code == 0
    remis = deux(*REMETTRE, lieu=None, **DE_LEA)
    assert "Les finances attestent, pour Zoé Dupont : « caution-deposee », oui." in remis.out
    assert deux(*REMETTRE, lieu=None, **DE_LEA).out == "Aucune attestation à déposer.\n"
    assert "caution-deposee" in deux("registre", "attestations").out
    assert caisse(deux, "rejouer").code == 0


def test_chaque_journal_ne_se_lit_que_de_son_cote(deux: Cli):
    caisse(deux, "faire", "DeclarerFacturable", "--nature", "a.B", "--libelle", "x", "--du", "2026-01-01")
    faux = deux("registre", "espaces", lieu="finances.db")
    assert "C'est le journal des finances, que le lieu ne lit pas : tierslieu --finances" in faux.err
    envers = deux("--finances", "registre", "budget")
    assert "C'est le journal du lieu, et non celui de ses finances" in envers.err
    assert (faux.code, envers.code) == (2, 2)


def test_qui_le_demande_et_ou_est_le_lieu(deux: Cli):
    sans = deux(*SUIVRE, lieu=None, TIERSLIEU_PAR="")
    assert (sans.code, "Dites-le avec --par" in sans.err) == (2, True)
    ailleurs = deux("--lieu", "finances.db", "finances", "suivre", "nulle.db", lieu=None, **DE_LEA)
    assert "Aucun journal à « nulle.db »" in ailleurs.err
    refuse = deux(*SUIVRE, lieu=None, TIERSLIEU_PAR="lea2")
    assert refuse.code == 2
    aide = deux("finances", "--help", lieu=None)
    assert "suivre" in aide.out
    assert "remettre" in aide.out
