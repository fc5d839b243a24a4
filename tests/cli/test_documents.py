"""Files of the place: their contents in a folder, their fingerprints in the journal."""

from __future__ import annotations

from hashlib import sha256

import pytest
from tests.cli.conftest import Cli

CLASSE = ("faire", "DeclarerClasse", "--classe", "bail", "--nom", "Baux", "--lecteurs", "coordination")


@pytest.fixture
def range_(cli: Cli) -> Cli:
    """A class of documents, and a file to deposit."""
    assert cli(*CLASSE).code == 0
    (cli.dossier / "bail.pdf").write_bytes(b"bail")
    return cli


def deposer(cli: Cli, *more: str, fichier: str = "bail.pdf"):
    return cli("documents", "deposer", fichier, "--document", "bail", *more)


def chemin(cli: Cli, contenu: bytes):
    digits = sha256(contenu).hexdigest()
    return cli.dossier / "quai.documents" / digits[:2] / digits


def test_a_file_is_deposited_then_has_a_new_version(range_: Cli):
    done = deposer(range_, "--classe", "bail", "--nom", "Le bail", "--joint-a", "objet:perceuse-1")
    assert (done.code, done.err) == (0, "")
    assert "Document déposé : « Le bail », classe « bail », joint à Perceuse bleue." in done.out
    assert chemin(range_, b"bail").read_bytes() == b"bail"
    (range_.dossier / "bail.pdf").write_bytes(b"bail et avenant")
    assert "« Le bail » a une nouvelle version : n° 2" in deposer(range_).out
    (row,) = range_("registre", "documents-du-lieu", "--json").json["lignes"]
    assert (row["version"]["media"], row["version"]["taille"]) == ("application/pdf", 15)
    assert "2 contenus dans quai.documents : tout y est." in range_("documents", "verifier").out


def test_what_the_journal_does_not_take_is_not_kept(range_: Cli):
    done = deposer(range_, "--classe", "inconnue")
    assert done.code == 3
    assert "Classes connues : bail" in done.out
    assert not chemin(range_, b"bail").exists()
    assert deposer(range_, "--classe", "bail", "--joint-a", "espace:nulle-part").code == 2
    assert not chemin(range_, b"bail").exists()


def test_a_file_that_is_not_there_is_told(range_: Cli):
    done = deposer(range_, "--classe", "bail", fichier="absent.pdf")
    assert (done.code, "« absent.pdf » ne peut pas être déposé : fichier ou dossier absent." in done.err) == (2, True)


def test_reading_is_asked_and_gives_the_file_or_says_why_not(range_: Cli):
    deposer(range_, "--classe", "bail")
    assert range_(
        "documents", "lire", "bail"
    ).out.strip() == f"quai.documents/{chemin(range_, b'bail').parent.name}/" + (sha256(b"bail").hexdigest())
    assert "dans copie.pdf" in range_("documents", "lire", "bail", "copie.pdf").out
    assert range_.lit("copie.pdf") == b"bail"
    assert "existe déjà" in range_("documents", "lire", "bail", "copie.pdf").err
    assert "ne peut pas être écrit" in range_("documents", "lire", "bail", "nulle-part/copie.pdf").err
    done = range_("documents", "lire", "bail", "--par", "p-1")
    assert (done.code, "est lu par : coordination. Zoé Dupont n'en est pas aujourd'hui." in done.out) == (3, True)
    chemin(range_, b"bail").unlink()
    assert "Son contenu n'est pas dans" in range_("documents", "lire", "bail").err


def test_the_folder_is_held_against_the_journal(range_: Cli):
    deposer(range_, "--classe", "bail", "--nom", "Le bail")
    chemin(range_, b"bail").write_bytes(b"autre chose")
    done = range_("documents", "verifier")
    assert (done.code, ": altéré" in done.out) == (1, True)
    chemin(range_, b"bail").unlink()
    intrus = chemin(range_, b"intrus")
    intrus.parent.mkdir(exist_ok=True)
    intrus.write_bytes(b"intrus")
    done = range_("documents", "verifier")
    assert "Le bail, n° 1" in done.out
    assert ": absent" in done.out
    assert "inconnu du journal" in done.out


def test_at_its_term_a_document_is_destroyed_and_its_content_goes(range_: Cli):
    assert range_(*CLASSE, "--garde-mois", "1").code == 0
    assert range_("documents", "detruire", "bail").code == 2
    ligne = (
        '{"commande": "documents.DeposerDocument", "document": "bail", "nom": "Le bail", "classe": "bail", "taille": 4,'
    )
    ligne += f' "empreinte": "{sha256(b"bail").hexdigest()}", "survenu_le": "2026-01-05T10:00:00+01:00"}}'
    assert range_("faire", entree=ligne).lignes[0]["verdict"] == "accord"
    (range_.dossier / "autre.pdf").write_bytes(b"bail")
    assert deposer(range_).code == 0
    chemin(range_, b"bail").parent.mkdir(parents=True, exist_ok=True)
    chemin(range_, b"bail").write_bytes(b"bail")
    done = range_("documents", "detruire", "bail")
    assert (done.code, "1 contenu ôté du dossier quai.documents." in done.out) == (0, True)
    assert not chemin(range_, b"bail").exists()
    chemin(range_, b"bail").write_bytes(b"bail")
    assert "Le bail : détruit, et encore là" in range_("documents", "verifier").out
    assert "0 contenu ôté" not in range_("documents", "detruire", "bail").out
    assert range_("documents", "detruire", "bail").out.endswith("0 contenu ôté du dossier quai.documents.\n")


def test_a_document_that_cannot_wait_is_destroyed_with_a_motive(range_: Cli):
    deposer(range_, "--classe", "bail")
    assert range_("documents", "detruire", "bail").code == 3
    done = range_("documents", "detruire", "bail", "--motif", "mauvais fichier")
    assert (done.code, "sans attendre son terme : mauvais fichier" in done.out) == (0, True)
    assert not chemin(range_, b"bail").exists()


def test_the_folder_may_be_elsewhere_and_must_be_told_when_the_journal_is_no_file(range_: Cli):
    assert deposer(range_, "--classe", "bail", "--dossier", "ailleurs").code == 0
    assert "tout y est" in range_("documents", "verifier", TIERSLIEU_DOCUMENTS="ailleurs").out
    assert range_("documents", "verifier").code == 1
    assert "Où sont les contenus ? Dites-le avec --dossier" in range_("documents", "verifier", lieu="memory:").err


def test_what_it_does_is_told(range_: Cli):
    assert "verifier" in range_("documents").out
    assert "« documents deposr » n'existe pas. Vouliez-vous dire : deposer ?" in range_("documents", "deposr").err
