"""The morning, the planning, the indicators, and one person's file, as a terminal shows them."""

from __future__ import annotations

import json

import pytest
from tests.cli.conftest import AUJOURDHUI, FONDER, Cli

from tierslieu_core.vocabulaire.francais import date

JOUR, DEMAIN = AUJOURDHUI.format_iso(), AUJOURDHUI.next_day().format_iso()


@pytest.fixture
def salle(cli: Cli) -> Cli:
    """A green room that Zoé has this evening, late."""
    lignes = (
        {"commande": "espaces.OuvrirEspace", "espace": "verte", "nom": "Salle verte"},
        {"commande": "reservations.ReserverEspace", "espace": "verte", "personne": "p-1", "cle": "soir",
         "debut": f"{JOUR}T23:00", "fin": f"{DEMAIN}T01:00"},
    )  # fmt: skip
    done = cli("faire", entree="\n".join(map(json.dumps, lignes)))
    assert done.code == 0, done.err
    return cli


def test_le_planning_dit_chaque_jour_ce_qui_y_a_lieu(salle: Cli):
    out = salle("planning", "--semaine", JOUR, "--jours", "14").out
    assert f"\n{date(AUJOURDHUI).capitalize()}\nheures " in out
    assert "Salle verte : Zoé Dupont (acceptée)  réservation" in out
    assert out.count("Salle verte") == 2, "une nuit se lit sur ses deux jours"


def test_le_planning_vide_dit_ou_chercher(salle: Cli):
    said = salle("planning", "camille", "--semaine", JOUR).out
    assert said.startswith("Rien au planning du ")
    assert said.endswith("(Camille Martin). Ce qui est libre : tierslieu libre\n")


def test_le_planning_en_json_dit_de_qui_et_de_quoi(salle: Cli):
    (une,) = salle("planning", "verte", "--semaine", JOUR, "--jours", "14", "--json").json["planning"]
    assert (une["chose"], une["avec"]) == ("reservation:soir", ["espace:verte", "personne:p-1"])


def test_ce_matin_dit_ce_qui_a_lieu(salle: Cli):
    out = salle("aujourdhui").out
    assert out.startswith(f"{date(AUJOURDHUI).capitalize()}, ")
    assert "\nCe qui a lieu : 1 chose\n" in out
    assert [un["chose"] for un in salle("aujourdhui", "--json").json["a_lieu"]] == ["reservation:soir"]


def test_ce_matin_dit_les_regles_qui_prennent_effet(cli: Cli):
    assert "Ce qui change bientôt : 7 choses" in cli("aujourdhui").out


def test_un_matin_sans_rien_le_dit(cli: Cli):
    assert cli("--lieu", "neuf.db", *FONDER, "--sans-reglement").code == 0
    assert cli("--lieu", "neuf.db", "aujourdhui").out == (
        f"{date(AUJOURDHUI).capitalize()}, Le Quai\nRien aujourd'hui. Le planning de la semaine : tierslieu planning\n"
    )


def test_les_indicateurs_se_lisent_domaine_par_domaine(salle: Cli):
    out = salle("indicateurs").out
    assert "\nRéservations\n" in out
    assert f"oui  non  {AUJOURDHUI.month:02}/{AUJOURDHUI.year % 100}" in out
    assert "Réserver un espace  1         1" in out
    un = next(one for one in salle("indicateurs", "--par", "annee", "--json").json["indicateurs"]
              if one["commande"] == "reservations.ReserverEspace")  # fmt: skip
    assert (un["periode"], un["accords"], un["personnes"]) == (str(AUJOURDHUI.year), 1, 1)
    assert salle("indicateurs", "--du", "2020-01-01", "--au", "2020-12-31").out == (
        "Rien ne fut demandé du mercredi 1er janvier 2020 au jeudi 31 décembre 2020.\n"
    )


def test_le_dossier_d_une_personne_se_lit_registre_par_registre(salle: Cli):
    out = salle("dossier", "Zoé Dupont").out
    assert out.startswith("Zoé Dupont : ce que le lieu sait\n")
    assert "\nRegistre des réservations : 1 ligne\n" in out
    assert "décisions : tierslieu decisions --personne p-1" in out
    value = salle("dossier", "p-1", "--json").json
    assert [r["reservation"] for r in value["registres"]["reservations"]] == ["soir"]
    assert value["identifiants"] == ["p-1"]


def test_le_dossier_de_personne_le_dit(salle: Cli):
    done = salle("dossier", "personne")
    assert (done.code, "Personne" in done.err) == (2, True)
