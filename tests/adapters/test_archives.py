"""An archive opens and verifies by itself: whatever byte of it changes is seen, by this library and without it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import attrs
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_adapters.archives import archiver, composer, fautes, verifier
from tierslieu_core.domaines.cadre.archives import JourArchive, PeriodeEnCours
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.memoire.documentation import NoterEntree, RetirerEntree
from tierslieu_core.kernel.envelope import frame
from tierslieu_core.kernel.sentences import refusal
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import EntreeId, PersonneId

CAMILLE, ANA = PersonneId("camille"), PersonneId("ana")
AOUT, SEPTEMBRE = Date(2026, 8, 31), Date(2026, 9, 1)


@attrs.define
class Horloge:
    """A clock that is set by hand."""

    il_est: Instant = attrs.field(factory=lambda: Instant.from_utc(2026, 3, 2, 9))

    def __call__(self) -> Instant:
        return self.il_est


def faire(lieu: Lieu, commande: Any, par: str = CAMILLE, **autour: Any) -> None:
    assert lieu.executer(commande, par=par, **autour).acceptee


@pytest.fixture
def horloge() -> Horloge:
    return Horloge()


@pytest.fixture
def lieu(horloge: Horloge) -> Any:
    """A place that lived from March to September."""
    with tl.ouvrir("memory:", horloge=horloge) as lieu:
        faire(lieu, FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille Martin"))
        faire(lieu, InscrirePersonne(personne=ANA, nom="Ana Diop"))
        faire(lieu, NoterEntree(texte="La fresque est finie."), ANA, cle="fresque")
        horloge.il_est = Instant.from_utc(2026, 9, 2, 9)
        faire(lieu, NoterEntree(texte="C'est la rentrée.", jour=SEPTEMBRE), ANA, cle="rentree")
        yield lieu


@pytest.fixture
def fichier(lieu: Lieu, tmp_path: Path) -> Path:
    chemin = tmp_path / "quai.zip"
    assert archiver(lieu, chemin, AOUT, par=CAMILLE).acceptee
    return chemin


def documents(octets: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(octets)) as zip_:
        return {nom: zip_.read(nom) for nom in zip_.namelist()}


def test_une_archive_porte_les_faits_de_sa_periode_et_le_journal_en_garde_l_empreinte(lieu: Lieu, fichier: Path):
    (ligne,) = lieu.registre("archives")
    assert (ligne.du, ligne.au, ligne.empreinte) == (
        Date(2026, 3, 2), AOUT, Empreinte.de(fichier.read_bytes()),
    )  # fmt: skip
    lus = documents(fichier.read_bytes())
    faits = [json.loads(dite) for dite in lus["faits.jsonl"].splitlines()]
    assert ligne.nombre == len(faits)
    assert "documentation.EntreeNotee" in {fait["type"] for fait in faits}
    assert all(fait["donnees"]["survenu_le"] < "2026-09-01" for fait in faits)
    assert sorted(nom for nom in lus if nom.startswith("journal/")) == ["journal/2026-03.md"]
    assert lus["registres/personnes.csv"].decode().count("\n") == 3


def test_les_faits_y_sont_tels_que_le_journal_les_garde_et_chaines_sur_son_propre_cadre(lieu: Lieu, fichier: Path):
    chaine = bytes(32)
    lignes = documents(fichier.read_bytes())["faits.jsonl"].splitlines()
    stockes = list(lieu.recorder.read())[: len(lignes)]
    for dite, stocke in zip(lignes, stockes, strict=True):
        event = stocke.event
        assert dite.endswith(b',"donnees":' + event.data + b"}")
        chaine = sha256(chaine + frame(stocke.position, event.type, event.tags, event.data)).digest()
    assert lieu.registre("archives")[0].chaine == Empreinte(chaine.hex())


def test_ce_qui_est_personnel_y_reste_scelle_sauf_si_on_le_demande(lieu: Lieu):
    scellee = composer(lieu, Date(2026, 3, 2), AOUT).octets
    assert b"Ana Diop" not in scellee
    assert b"fresque est finie" not in scellee
    assert "[scellé]".encode() in documents(scellee)["journal/2026-03.md"]
    claire = documents(composer(lieu, Date(2026, 3, 2), AOUT, en_clair=True).octets)
    assert "Ana Diop note : La fresque est finie." in claire["journal/2026-03.md"].decode()
    assert b"fresque est finie" not in claire["faits.jsonl"]


def test_une_note_retiree_n_est_plus_dans_le_journal_de_l_archive(lieu: Lieu):
    faire(lieu, RetirerEntree(entree=EntreeId("fresque"), motif="en double"), ANA)
    assert (
        b"fresque" not in documents(composer(lieu, Date(2026, 3, 2), AOUT, en_clair=True).octets)["journal/2026-03.md"]
    )


def test_plus_rien_ne_se_date_ni_ne_se_note_dans_ce_qui_est_archive(lieu: Lieu, fichier: Path):
    del fichier
    note = lieu.executer(NoterEntree(texte="Au fait, en août…", jour=AOUT), par=ANA)
    assert isinstance(refusal(lieu.catalogue, note.decision), JourArchive)
    tard = lieu.executer(NoterEntree(texte="x"), par=CAMILLE, survenu_le=Instant.from_utc(2026, 8, 31, 12))
    assert isinstance(refusal(lieu.catalogue, tard.decision), JourArchive)
    assert lieu.rejouer().fidele


def test_deux_archives_se_suivent_et_se_chainent(lieu: Lieu, horloge: Horloge, fichier: Path, tmp_path: Path):
    horloge.il_est = Instant.from_utc(2026, 10, 3, 9)
    suivante = tmp_path / "suivante.zip"
    assert archiver(lieu, suivante, Date(2026, 9, 30), par=CAMILLE).acceptee
    une, deux = (json.loads(documents(f.read_bytes())["manifeste.json"]) for f in (fichier, suivante))
    assert (deux["du"], deux["chaine_avant"]) == ("2026-09-01", une["chaine"])
    assert fautes(suivante.read_bytes()) == []


def test_ce_que_le_lieu_refuse_n_est_ni_ecrit_ni_clos(lieu: Lieu, tmp_path: Path):
    trop_tot = archiver(lieu, tmp_path / "non.zip", Date(2026, 9, 2), par=CAMILLE)
    assert isinstance(refusal(lieu.catalogue, trop_tot.decision), PeriodeEnCours)
    assert archiver(lieu, tmp_path / "non.zip", AOUT, par=ANA).verdict == "refus"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotFoundError):
        archiver(lieu, tmp_path / "absent" / "non.zip", AOUT, par=CAMILLE)
    assert lieu.registre("archives") == []


def test_ce_qui_entre_pendant_qu_on_archive_y_est_aussi(lieu: Lieu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    tarde: list[Callable[[], None]] = [
        lambda: faire(lieu, NoterEntree(texte="du cahier"), survenu_le=Instant.from_utc(2026, 8, 30, 9))
    ]

    def en_chemin(*args: Any, **autour: Any) -> Any:
        faite = composer(*args, **autour)
        while tarde:
            tarde.pop()()
        return faite

    monkeypatch.setattr("tierslieu_adapters.archives.composer", en_chemin)
    assert archiver(lieu, tmp_path / "quai.zip", AOUT, par=CAMILLE).acceptee
    faits = documents((tmp_path / "quai.zip").read_bytes())["faits.jsonl"]
    assert faits.count(b'"documentation.EntreeNotee"') == 2


# ── altérée, elle se dénonce ────────────────────────────────────────────────────────────────────────────────────────


def test_intacte_elle_ne_dit_rien_de_faux(fichier: Path):
    assert fautes(fichier.read_bytes()) == []


def test_tout_octet_change_se_voit(fichier: Path):
    octets = fichier.read_bytes()

    @settings(max_examples=200, deadline=None)
    @drawn(st.integers(0, len(octets) - 1), st.integers(1, 255))
    def change(place: int, bits: int) -> None:
        assert fautes(octets[:place] + bytes([octets[place] ^ bits]) + octets[place + 1 :])

    change()


def test_chaque_octet_de_la_table_du_fichier_compte(fichier: Path):
    """The whole table at the end, that no document's digest covers, and the first header."""
    octets = fichier.read_bytes()
    table = octets.index(b"PK\x01\x02")
    for place in (*range(60), *range(table, len(octets))):
        assert fautes(octets[:place] + bytes([octets[place] ^ 1]) + octets[place + 1 :]), place


def test_une_archive_tronquee_allongee_ou_vide_se_voit(fichier: Path):
    octets = fichier.read_bytes()
    for autre in (b"", octets[:-1], octets[:1000], octets + b"\0", b"x" + octets):
        assert fautes(autre)


def refaite(octets: bytes, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> bytes:
    """The archive that somebody makes anew after having changed it, with digests that fit."""
    lus = documents(octets)
    manifeste = json.loads(lus[verifier.MANIFESTE])
    change(lus, manifeste)
    autres = {nom: sha256(c).hexdigest() for nom, c in lus.items() if nom != verifier.MANIFESTE}
    manifeste.setdefault("fichiers", {}).update({n: e for n, e in autres.items() if n in manifeste["fichiers"]})
    lus[verifier.MANIFESTE] = json.dumps(manifeste).encode()
    return verifier.ecrite(lus)


def test_refaite_a_la_main_elle_se_denonce_encore(fichier: Path):
    octets = fichier.read_bytes()

    def sans_un_fait(lus: dict[str, bytes], _: dict[str, Any]) -> None:
        lus["faits.jsonl"] = b"\n".join(lus["faits.jsonl"].splitlines()[1:]) + b"\n"

    def a_l_envers(lus: dict[str, bytes], _: dict[str, Any]) -> None:
        lus["faits.jsonl"] = b"\n".join(reversed(lus["faits.jsonl"].splitlines())) + b"\n"

    def autre_periode(_: dict[str, bytes], manifeste: dict[str, Any]) -> None:
        manifeste["debut"] = "2026-08-01T00:00:00.000Z"

    def autre_format(_: dict[str, bytes], manifeste: dict[str, Any]) -> None:
        manifeste["format"] = "autre/1"

    def document_en_plus(lus: dict[str, bytes], _: dict[str, Any]) -> None:
        lus["journal/2027-01.md"] = b"rien"

    def document_en_moins(lus: dict[str, bytes], _: dict[str, Any]) -> None:
        del lus["LISEZ-MOI.txt"]

    dites = {
        sans_un_fait: "chaîne est rompue", a_l_envers: "pas à sa place", autre_periode: "pas de la période",
        autre_format: "format inconnu", document_en_plus: "n'est pas de l'archive", document_en_moins: "manque",
    }  # fmt: skip
    for change, dite in dites.items():
        assert dite in " ".join(fautes(refaite(octets, change))), change.__name__


def test_un_inconnu_la_verifie_avec_python_seul(fichier: Path, tmp_path: Path):
    (tmp_path / "verifier.py").write_bytes(documents(fichier.read_bytes())["verifier.py"])

    def seul(*mots: str) -> tuple[int, str]:
        lance = [sys.executable, "-I", "-S", "verifier.py", *mots]
        done = subprocess.run(lance, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=60)
        return done.returncode, done.stdout

    code, dit = seul("quai.zip")
    assert code == 0
    assert dit.startswith("✔ Le Quai, du 2026-03-02 au 2026-08-31 : ")
    assert sha256(fichier.read_bytes()).hexdigest() in dit
    octets = fichier.read_bytes()
    fichier.write_bytes(octets.replace(b"camille", b"camilla", 1))
    code, dit = seul("quai.zip")
    assert (code, "Cette archive n'est plus sûre" in dit) == (1, True)
    assert seul() == (2, "python3 verifier.py ARCHIVE.zip\n")


def test_une_archive_trop_grande_le_dit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verifier, "TROP", 3)
    with pytest.raises(ValueError, match="période plus courte"):
        verifier.ecrite({"a": b"1234"})
