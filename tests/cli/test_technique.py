"""``--journal-technique``, the demonstration and the imports, through the real command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Cli

DONNEES = Path(__file__).parents[2].parent / "shared" / "donnees" / "librebooking" / "csv"
RENDRE = ("faire", "RendreObjet", "--objet", "perceuse-1", "--personne", "p-1", "--constat", "chat de Zoé")


def test_le_journal_technique_va_sur_la_sortie_d_erreur_quand_on_le_demande(cli: Cli):
    quiet = cli(*RENDRE, "--essai")
    assert not quiet.err
    asked, by_env = (
        cli("--journal-technique", *RENDRE, "--essai"),
        cli(*RENDRE, "--essai", TIERSLIEU_JOURNAL_TECHNIQUE="1"),
    )
    for done in (asked, by_env):
        line = json.loads(done.err)
        assert (line["commande"], line["verdict"], line["essai"]) == ("prets.RendreObjet", "accord", True)
        assert "chat" not in done.err
        assert done.out == quiet.out


def test_la_demonstration_se_joue_dans_un_journal_a_elle(cli: Cli):
    before = cli.lit("quai.db")
    done = cli("demo", lieu=None, TIERSLIEU_LIEU="quai.db")
    assert done.code == 0, done.err
    assert "0 différence" in done.out
    assert cli.lit("quai.db") == before
    assert (cli.dossier / "quai-demo.db").exists()


@pytest.mark.skipif(not DONNEES.is_dir(), reason="l'export LibreBooking partagé n'est pas là : ../shared/donnees")
def test_un_export_s_importe_deux_fois_sans_rien_changer_la_seconde(vide: Cli):
    trial = vide("importer", "librebooking", str(DONNEES), "--essai", "--json")
    assert trial.code == 0
    assert not list(vide.dossier.iterdir())
    first = vide("importer", "librebooking", str(DONNEES))
    assert first.code == 0
    assert "Fichiers créés" in first.out
    assert "quai.cle" in first.out
    before = vide.lit("quai.db")
    again = vide("importer", "librebooking", str(DONNEES), "--json")
    assert again.json["verdicts"] == trial.json["verdicts"]
    assert len(again.json["lignes"]) == len(trial.json["lignes"])
    assert vide.lit("quai.db") == before
    assert vide("rejouer", "--niveau", "1").code == 0


CALENDRIER = """BEGIN:VCALENDAR
X-WR-CALNAME:La Grange
BEGIN:VEVENT
UID:couture
DTSTART:20261201T090000
DTEND:20261201T110000
RRULE:FREQ=WEEKLY
END:VEVENT
BEGIN:VEVENT
UID:danse
DTSTART:20261201T100000
DTEND:20261201T090000
END:VEVENT
END:VCALENDAR
"""


def test_un_calendrier_s_importe_avec_ses_options_a_lui(vide: Cli):
    (vide.dossier / "grange.ics").write_text(CALENDRIER)
    done = vide("importer", "ics", "grange.ics", "--jusqu-au", "2026-12-20", "--json")
    assert (done.json["verdicts"]["accord"], done.json["ranges"]) == (3, {"espace": 1})
    (line,) = done.json["lignes"]
    assert line["ligne"] == "grange.ics:9"
    assert "finit avant de commencer" in line["message"]
    said = vide("importer", "ics", "grange.ics", "--jusqu-au", "2026-12-20").out
    assert "3 demandes décidées : 3 accordées.\nDont 3 déjà importées auparavant, et 0 nouvelle." in said
    wrong = vide("importer", "ics", "grange.ics", "--jusqu-au", "demain")
    assert wrong.code == 2
    assert "--jusqu-au : une date attendue" in wrong.err
    shown = vide("importer", "ics", "--help").out
    assert "FICHIER" in shown
    assert "--calendrier" in shown
    assert "--essai" in shown


def test_un_dossier_qui_n_est_pas_un_export_est_dit_et_ce_qui_fut_cree_aussi(vide: Cli):
    done = vide("importer", "librebooking", ".")
    assert done.code == 2
    assert "n'est pas un export de LibreBooking" in done.err
    created = {file.name for file in vide.dossier.iterdir() if file.suffix in (".db", ".coffre", ".cle")}
    assert all(name in done.err for name in created)
