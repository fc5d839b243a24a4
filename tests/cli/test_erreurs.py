"""Whatever goes wrong is one French message and a documented exit code; never a traceback (each run checks it)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from tests.cli.conftest import FONDER, Cli

import tierslieu_adapters.cli as cli_module
import tierslieu_core as tl
from tierslieu_adapters.cli.program import COMMANDS
from tierslieu_core.testing.spec import installed

LECTURES = (
    ("registre", "prets"), ("audit", "personne:p-1"), ("journal",), ("expliquer", "x"), ("rejouer",), ("chercher", "x"),
    ("oublier", "p-1"),
)  # fmt: skip


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda argv: argv[0])
def test_lire_un_journal_absent_dit_comment_en_creer_un_et_ne_cree_rien(vide: Cli, lecture: tuple[str, ...]):
    done = vide(*lecture)
    assert done.code == 2
    assert not done.out
    assert "Aucun journal à « quai.db »" in done.err
    assert "tierslieu --lieu quai.db init" in done.err
    assert not list(vide.dossier.iterdir())


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["registr"], "Commande inconnue : « registr ». Vouliez-vous dire : registre, regles ?"),
        (["tout-refaire"], "Commande inconnue : « tout-refaire »"),
        (["registre", "prets", "--filtr", "x"], "Option inconnue : --filtr. Vouliez-vous dire : --filtre"),
        (["registre", "prets", "encore"], "Que faire de « encore » ?"),
        (["registre", "prets", "--au"], "--au attend une valeur."),
        (["audit"], "Il manque SUJET."),
        (["registre", "prets", "--au", "2026-01-01", "--au", "2026-01-02"], "--au est donnée deux fois."),
        (["rejouer", "--niveau", "deux"], "--niveau ne peut pas se lire : « deux »"),
        (["faire", "PreterObjet", "--truc", "1"], "Option inconnue : --truc"),
        (["importer", "librebooking"], "Il manque DOSSIER."),
        (["importer", "autre", "."], "Format inconnu : « autre ». Connus : ics, "),
        (["importer", "ics"], "Il manque FICHIER."),
        (["importer", "ics", "."], "« . » n'est pas un fichier"),
        (["importer", "librebooking", "absent"], "« absent » n'est pas un dossier"),
        (["importer", "librebooking", "."], "« . » n'est pas un export de LibreBooking"),
    ],
)
def test_une_ligne_de_commande_mal_dite_est_expliquee_avec_l_issue(vide: Cli, argv: list[str], said: str):
    done = vide(*argv)
    assert done.code == 2
    assert said in done.err
    assert not done.out
    assert not list(vide.dossier.iterdir())


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["agenda", "--semaine", "9999-12-31"], "--semaine : une date comme « 2026-11-23 », de 1900 à 2999"),
        (["agenda", "--jours", "999999999"], "--jours : de 0 à 3660"),
        (["a-faire", "--jours", "99999999"], "--jours : de 0 à 3660"),
        (["a-faire", "--jours=-1"], "--jours : de 0 à 3660"),
        (["libre", "--du", "9999-12-31"], "--du : une date comme"),
        (["libre", "--jours", "1000000"], "--jours : de 0 à 3660"),
        (["echeances", "--essai", "--jusqu-au", "9999-12-31"], "--jusqu-au : une heure du lieu"),
        (["exporter", "csv", "prets", "--au", "31/02/2026"], "--au : une date comme"),
        (["exporter", "csv", "prets", "absent/x.csv"], "ne peut pas être écrit : fichier ou dossier absent."),
    ],
)
def test_ce_que_nul_calendrier_ne_connait_est_explique(cli: Cli, argv: list[str], said: str):
    done = cli(*argv)
    assert done.code == 2, done.err
    assert said in done.err


def test_s_interrompre_pendant_que_le_programme_se_charge_n_est_pas_une_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_module, "_answered", interrupted)
    assert cli_module.main([]) == 130
    assert capsys.readouterr().err.startswith("Interrompu.")


@pytest.mark.parametrize("registre", sorted(installed().registres))
def test_un_registre_vide_dit_ou_se_demande_ce_qui_le_remplit(vide: Cli, registre: str):
    assert vide(*FONDER).code == 0
    said = vide("registre", registre).out
    assert said.strip()
    assert "vide" not in said or "tierslieu faire --help, sous « " in said


def test_lieu_sans_adresse_est_explique(vide: Cli):
    for argv in (("--lieu",), ("--lieu=",)):
        done = vide(*argv, lieu=None)
        assert done.code == 2
        assert "--lieu attend l'adresse d'un journal" in done.err


def test_un_fichier_qui_n_est_pas_un_journal_n_est_pas_touche(vide: Cli):
    (vide.dossier / "quai.db").write_text("bonjour")
    done = vide("registre", "prets")
    assert done.code == 2
    assert "n'est pas un journal de tiers-lieu" in done.err
    assert vide.lit("quai.db") == b"bonjour"


@pytest.mark.parametrize("argv", [("registre", "prets"), FONDER, ("importer", "librebooking", "."), ("demo",)])
def test_un_dossier_n_est_pas_un_journal(vide: Cli, argv: tuple[str, ...]):
    done = vide(*argv, lieu=".")
    assert done.code == 2
    assert "« . » est un dossier" in done.err
    assert not list(vide.dossier.iterdir())


def test_un_coffre_ou_une_cle_absents_sont_dits(cli: Cli):
    (cli.dossier / "quai.cle").rename(cli.dossier / "ailleurs.cle")
    done = cli("registre", "personnes")
    assert done.code == 2
    assert "quai.cle" in done.err
    (cli.dossier / "quai.coffre").unlink()
    assert cli("registre", "personnes").code == 2


def test_un_journal_vide_dit_qu_il_faut_fonder(cli: Cli, vide: Cli):
    tl.ouvrir(str(vide.dossier / "neuf.db")).fermer()
    for argv in (("registre", "prets"), ("rejouer",)):
        done = vide(*argv, lieu="neuf.db")
        assert done.code == 2
        assert "Le journal « neuf.db » est vide" in done.err
    ask = cli("faire", "RendreObjet", "--objet", "o", "--personne", "p", lieu="neuf.db")
    assert ask.code == 2
    assert "pas encore fondé" in ask.err


def test_un_type_de_journal_inconnu_dit_ceux_qui_existent(vide: Cli):
    done = vide("registre", "prets", lieu="oracle://ailleurs")
    assert done.code == 2
    assert "Type de journal inconnu : « oracle »" in done.err


def test_un_greffon_qui_ne_se_charge_pas_est_nomme(vide: Cli, installe: Callable[..., str]):
    path = installe(
        "casse", "raise ImportError('il manque quelque chose')", {"tierslieu.domaines": "casse = casse:DOMAINE"}
    )
    done = vide.avec(PYTHONPATH=path)("registre")
    assert done.code == 2
    assert "« casse:DOMAINE » ne se charge pas (il manque quelque chose)" in done.err


def test_une_faute_du_programme_est_dite_sans_trace_sauf_a_qui_la_veut(vide: Cli, installe: Callable[..., str]):
    source = "def importer(*_, progres, **__):\n    progres(1, 1)\n    raise RuntimeError('oups')\n"
    path = installe("fautif", source, {"tierslieu.importers": "fautif = fautif:importer"})

    def run(**env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tierslieu_adapters.cli", "--lieu", "quai.db", "importer", "fautif", "."],
            cwd=vide.dossier, env={**os.environ, "PYTHONPATH": path, **env}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    said, shown = run(), run(TIERSLIEU_TRACE="1")
    assert said.returncode == 70
    assert "Ce n'est pas votre faute" in said.stderr
    assert "Traceback" not in said.stderr
    assert "quai.cle" in said.stderr  # what was made is told even so: it must be kept
    assert "Traceback" in shown.stderr


def test_un_lecteur_qui_s_en_va_n_est_pas_une_erreur(cli: Cli):
    command = f"{sys.executable} -m tierslieu_adapters.cli --lieu quai.db journal | head -n 1"
    done = subprocess.run(["bash", "-c", command], cwd=cli.dossier, capture_output=True, text=True, check=False)  # noqa: S607 - any bash
    assert not done.stderr


@pytest.mark.parametrize("argv", [[], ["--help"], ["-h"]])
def test_l_aide_presente_chaque_commande_en_francais(vide: Cli, argv: list[str]):
    done = vide(*argv, lieu=None)
    assert done.code == 0
    for name in ("init", "faire", "registre", "audit", "journal", "rejouer", "expliquer", "importer", "demo", "oublier",
                 "chercher", "simuler"):  # fmt: skip
        assert f"\n  {name}" in done.out
    assert "--lieu ADRESSE" in done.out
    for english in ("Commands", "Parameters", "Usage:", "[required]", "[default", "Display this"):
        assert english not in done.out


def test_l_aide_de_chaque_commande_est_en_francais_et_a_sa_place(vide: Cli):
    for name in COMMANDS:
        done = vide(name, "--help", lieu=None)
        assert done.code == 0, name
        assert done.out.startswith("Usage : tierslieu"), name
        for english in ("Commands", "Parameters", "Usage:", "[required]", "[default", "CHOICE", "[choices", "[ARGS]"):
            assert english not in done.out, name


def test_la_version_se_dit(vide: Cli):
    done = vide("--version", lieu=None)
    assert done.code == 0
    assert done.out.strip()
