"""The journal with its notes, and the archive, as a terminal shows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import AUJOURDHUI, Cli

HIER = AUJOURDHUI.prev_day().format_iso()
AVANT_HIER = AUJOURDHUI.subtract(days=2).format_iso()


@pytest.fixture
def notes(cli: Cli) -> Cli:
    """Zoé wrote two notes, one of them for yesterday."""
    lignes = (
        {"commande": "documentation.DeclarerMot", "mot": "fuite", "cle": "mot"},
        {"commande": "documentation.NoterEntree", "texte": "Le radiateur goutte", "mots": ["fuite"], "cle": "goutte"},
        {"commande": "documentation.NoterEntree", "texte": "Belle fête des voisins", "jour": HIER, "cle": "fete"},
    )
    done = cli("faire", entree="\n".join(map(json.dumps, lignes)))
    assert done.code == 0, done.err
    return cli


def test_le_journal_dit_les_notes_parmi_ce_qui_fut_decide(notes: Cli):
    out = notes("journal").out
    assert " décisions, 1 note\n" in out
    assert "✎ Note (fuite)\n  Le radiateur goutte\n  note goutte\n" in out
    assert "Noter dans le journal" not in out, "une note se dit une fois"
    hier = notes("journal", HIER).out
    assert "1 note\n" in hier.splitlines(keepends=True)[0]
    assert "Belle fête des voisins" in hier


def test_les_notes_se_retrouvent_par_leur_mot(notes: Cli):
    out = notes("journal", "--mot", "fuite").out
    assert out.startswith("Sous le mot « fuite » : 1 note\n")
    assert "Le radiateur goutte" in out
    assert notes("journal", "--mot", "eau").out == (
        "Aucune note sous le mot « eau ». Les mots du journal : tierslieu registre mots\n"
    )
    (une,) = notes("journal", "--mot", "fuite", "--json").json["notes"]
    assert (une["texte"], une["jour"]) == ("Le radiateur goutte", AUJOURDHUI.format_iso())
    assert [n["entree"] for n in notes("journal", "--json").json["notes"]] == ["goutte"]


def test_une_periode_s_archive_et_l_archive_se_verifie(cli: Cli):
    out = cli("archiver", "quai.zip", "--du", AVANT_HIER, "--au", HIER).out
    assert "est close : plus rien ne s'y date" in out
    assert "L'archive est dans quai.zip" in out
    out = cli("archive", "verifier", "quai.zip").out
    assert out.startswith("✔ Pas un octet n'a changé.\n")
    assert "C'est l'archive de ce lieu" in out
    assert cli("--lieu", "ailleurs.db", "archive", "verifier", "quai.zip").out.endswith(
        "Ce journal-ci ne la connaît pas : comparez l'empreinte à celle que vous avez notée.\n"
    )
    assert cli("archive", "verifier", "quai.zip", "--json").json["du_lieu"] is True


def test_une_archive_abimee_se_denonce(cli: Cli):
    cli("archiver", "quai.zip", "--du", AVANT_HIER, "--au", HIER)
    fichier = Path(cli.dossier) / "quai.zip"
    octets = fichier.read_bytes()
    fichier.write_bytes(octets[:500] + b"?" + octets[501:])
    done = cli("archive", "verifier", "quai.zip")
    assert (done.code, "n'est plus sûre" in done.out) == (1, True)
    assert cli("archive", "verifier", "quai.zip", "--json").code == 1


def test_ce_qui_empeche_d_archiver_se_dit(cli: Cli):
    done = cli("archiver", "quai.zip", "--du", HIER, "--au", AUJOURDHUI.format_iso())
    assert (done.code, "n'est pas finie" in done.out) == (3, True)
    assert "existe déjà" in cli("archiver", "quai.db", "--au", HIER).err
    done = cli("archiver", "nulle/part.zip", "--du", HIER, "--au", HIER)
    assert (done.code, "ne peut pas être écrit" in done.err) == (2, True)
    assert "ne se lit pas" in cli("archive", "verifier", "rien.zip").err
    assert "Rien" not in cli("registre", "archives", "--json").out


def test_le_lieu_se_transmet_par_un_document_que_l_on_signe(cli: Cli):
    assert cli("passation").out.startswith("# Passation : Le Quai\n")
    out = cli("passation", "seule.md").out
    assert "Pour l'ouvrir à signer : --a PERSONNE" in out
    out = cli("passation", "p.md", "--a", "Zoé Dupont").out
    assert "Passation de Camille Martin à Zoé Dupont" in out
    assert "À signer tous deux : tierslieu signer p.md" in out
    assert "est signée par Camille Martin" in cli("signer", "p.md").out
    assert "est signée par Camille Martin et Zoé Dupont" in cli("signer", "p.md", "--par", "p-1").out
    (une,) = cli("registre", "passations", "--json").json["lignes"]
    assert une["etat"] == "conclue"
    refuse = cli("signer", "p.md", "--par", "p-2")
    assert (refuse.code, "n'est ni qui part" in refuse.out) == (3, True)


def test_un_document_retouche_ne_se_signe_pas(cli: Cli):
    cli("passation", "p.md", "--a", "p-1", "--de", "camille", "--le", AUJOURDHUI.format_iso())
    fichier = Path(cli.dossier) / "p.md"
    fichier.write_text(fichier.read_text("utf-8") + "et les clés ?\n", "utf-8")
    refuse = cli("signer", "p.md")
    assert (refuse.code, "n'est pas celui qui est à signer" in refuse.out) == (3, True)
    assert "existe déjà" in cli("passation", "p.md").err


def test_ce_qui_empeche_une_passation_se_dit(cli: Cli):
    assert "dites où l'écrire" in cli("passation", "--a", "p-1").err
    assert "ne peut pas être écrit" in cli("passation", "nulle/part.md").err
    assert "ne se lit pas" in cli("signer", "rien.md").err
    (Path(cli.dossier) / "p.md").write_text("# Passation")
    assert "Aucune passation n'est à signer" in cli("signer", "p.md").err
    refuse = cli("passation", "soi.md", "--a", "camille")
    assert (refuse.code, "à soi-même" in refuse.out) == (3, True)
