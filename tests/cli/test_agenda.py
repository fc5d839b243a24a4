"""Who has which space when: a week, day by day."""

from __future__ import annotations

import json

import pytest
from tests.cli.conftest import AUJOURDHUI, Cli

from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.temps import debut_de_semaine

LUNDI = debut_de_semaine(AUJOURDHUI).add(days=7)


@pytest.fixture
def salle(cli: Cli) -> Cli:
    """A green room that Zoé has next Monday and, through a night, from Wednesday; and a booking that she cancelled."""
    mardi, mercredi, jeudi = (LUNDI.add(days=n).format_iso() for n in (1, 2, 3))
    lundi = LUNDI.format_iso()
    reserver = {"commande": "reservations.ReserverEspace", "espace": "verte", "personne": "p-1"}
    lignes = (
        {"commande": "espaces.OuvrirEspace", "espace": "verte", "nom": "Salle verte"},
        {**reserver, "cle": "lundi", "debut": f"{lundi}T09:00", "fin": f"{lundi}T10:30"},
        {**reserver, "cle": "mardi", "debut": f"{mardi}T09:00", "fin": f"{mardi}T10:00"},
        {**reserver, "cle": "nuit", "debut": f"{mercredi}T20:00", "fin": f"{jeudi}T00:00"},
        {"commande": "reservations.AnnulerReservation", "reservation": "mardi", "motif": "grippe"},
    )
    done = cli("faire", entree="\n".join(map(json.dumps, lignes)))
    assert done.code == 0, done.err
    return cli


def test_l_agenda_d_une_semaine_se_lit_jour_par_jour_sans_ce_qui_est_annule(salle: Cli):
    out = salle("agenda", "--semaine", LUNDI.add(days=4).format_iso()).out
    assert out.startswith(f"Agenda du {date(LUNDI)} au {date(LUNDI.add(days=6))} : 2 réservations\n")
    assert f"\n{date(LUNDI).capitalize()}\nheures " in out
    assert "9 h – 10 h 30  Salle verte  Zoé Dupont  acceptée" in out
    assert date(LUNDI.add(days=1)).capitalize() not in out
    assert "20 h – minuit" in out


def test_l_agenda_d_un_espace_ou_d_une_personne(salle: Cli):
    for sujet in ("Salle verte", "salle VERTE", "verte", "espace:verte", "zoe", "p-1"):
        value = salle("agenda", sujet, "--semaine", LUNDI.format_iso(), "--json").json
        assert [r["reservation"] for r in value["reservations"]] == ["lundi", "nuit"], sujet
    assert "(Salle verte)" in salle("agenda", "verte", "--semaine", LUNDI.format_iso()).out
    rien = salle("agenda", "camille", "--semaine", f"{LUNDI.day}/{LUNDI.month}/{LUNDI.year}").out
    assert (
        rien == f"Rien à l'agenda du {date(LUNDI)} au {date(LUNDI.add(days=6))} (Camille Martin). "
        "Ce qui est libre : tierslieu libre\n"
    )
    un_jour = salle("agenda", "--semaine", LUNDI.format_iso(), "--jours", "1", "--json").json
    assert [r["reservation"] for r in un_jour["reservations"]] == ["lundi"]
    for ask, said in ((["salle bleue"], "Personne ni rien ne répond"), (["--semaine", "demain"], "reçu « demain »")):
        done = salle("agenda", *ask)
        assert (done.code, said in done.err) == (2, True)


def test_un_usage_qui_finit_a_minuit_ne_prend_pas_le_jour_qui_commence(salle: Cli):
    dimanche = LUNDI.subtract(days=1)
    ligne = {"commande": "reservations.ReserverEspace", "espace": "verte", "personne": "p-1", "cle": "veille",
             "debut": f"{dimanche.format_iso()}T22:00", "fin": f"{LUNDI.format_iso()}T00:00"}  # fmt: skip
    assert salle("faire", entree=json.dumps(ligne)).code == 0
    value = salle("agenda", "--semaine", LUNDI.format_iso(), "--json").json
    assert [r["reservation"] for r in value["reservations"]] == ["lundi", "nuit"]


def test_la_piste_d_une_chose_se_suit_aussi_par_son_nom(salle: Cli):
    assert salle("audit", "Perceuse bleue", "--json").json["sujet"] == "objet:perceuse-1"
    assert salle("audit", "salle verte", "--json").json["sujet"] == "espace:verte"


# ── ce qui est libre ────────────────────────────────────────────────────────────────────────────────────────────────


def test_ce_qui_est_libre_se_lit_jour_par_jour(salle: Cli):
    du, au = LUNDI.format_iso(), LUNDI.add(days=1).format_iso()
    out = salle("libre", "Salle verte", "--du", du, "--au", au).out
    assert out.startswith(f"Libre du {date(LUNDI)} au {date(LUNDI.add(days=1))}\n\n{date(LUNDI).capitalize()}\nheures")
    assert "0 h – 9 h         Salle verte  9 h" in out
    assert "10 h 30 – minuit  Salle verte  13 h 30" in out
    assert "toute la journée  Salle verte  1 jour" in out, "ce qui fut annulé mardi est libre"


def test_ce_qui_est_libre_est_assez_long_et_assez_grand(salle: Cli):
    def libres(*options: str) -> list[int]:
        value = salle("libre", "--du", LUNDI.format_iso(), "--au", LUNDI.format_iso(), *options, "--json").json
        return [c["minutes"] for c in value["libres"]]

    assert libres() == [540, 810]
    assert libres("verte", "--duree", "10h") == libres("--duree", "600") == libres("--duree", "10 h 00") == [810]
    assert libres("--duree", "13h31") == []
    rien = salle("libre", "--du", LUNDI.format_iso(), "--au", LUNDI.format_iso(), "--categorie", "atelier").out
    assert rien == f"Rien de libre qui convienne, du {date(LUNDI)} au {date(LUNDI)}.\n"
    for ask, said in (
        (["--duree", "longtemps"], "comme 90, 1h30 ou 2h, reçu « longtemps »"),
        (["perceuse-1"], "« perceuse-1 » n'est ni un espace ni un modèle"),
        (["--du", "demain"], "--du : une date comme"),
        (["--du", LUNDI.format_iso(), "--au", AUJOURDHUI.format_iso()], "du premier au dernier jour"),
    ):
        done = salle("libre", *ask)
        assert (done.code, said in done.err) == (2, True), done.err


def test_le_prochain_objet_libre_d_un_modele(salle: Cli):
    du = AUJOURDHUI.add(days=1).format_iso()
    rendue = AUJOURDHUI.add(days=8)
    assert salle("libre", "Perceuse", "--du", du).out == f"✔ Perceuse bleue : libre le {date(rendue)}.\n"
    deux = salle("libre", "perceuse", "--du", du, "--jours", "2")
    assert deux.out == f"✔ Perceuse bleue : libre du {date(rendue)} au {date(rendue.add(days=1))}.\n"
    assert salle("libre", "perceuse", "--du", du, "--json").json["prochain"]["du"] == rendue.format_iso()
    salle("faire", "RetirerObjet", "--objet", "perceuse-1", "--motif", "cassée", "--le", du)
    assert "Perceuse : rien de libre 1 jour de suite" in salle("libre", "perceuse", "--du", du).out


def test_l_agenda_d_une_chose_qui_n_en_a_pas_le_dit(salle: Cli):
    done = salle("agenda", "modele:perceuse")
    assert (done.code, "« modele:perceuse » n'est ni un espace ni une personne" in done.err) == (2, True)


def test_ce_qui_est_libre_se_regarde_sur_tant_de_jours(salle: Cli):
    value = salle("libre", "verte", "--du", LUNDI.format_iso(), "--jours", "3", "--json").json
    assert value["au"] == LUNDI.add(days=2).format_iso()
