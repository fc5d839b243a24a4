"""The vault in its file: durable, shared, silent about those it forgot, and clear about what is wrong with it."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tierslieu_adapters.sqlite import cle_maitresse, fichier_coffre
from tierslieu_adapters.sqlite.coffre import MagasinSqlite, ouvrir_coffre
from tierslieu_core.integrite.coffre import CleMaitresseRefusee, Coffre, PersonneOubliee
from tierslieu_core.integrite.magasin import DETRUITE, CoffreIllisible, MagasinMemoire, Oubli
from tierslieu_core.kernel.errors import CoffreAbsent, VersionFuture
from tierslieu_core.kernel.personal import Efface, Scelle

CAMILLE, SACHA = "p-camille", "p-sacha"


@pytest.fixture(autouse=True)
def _sans_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cle_maitresse.VARIABLE, raising=False)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "quai.db"


@contextlib.contextmanager
def ouvert(journal: Path, *, creer: bool = True) -> Iterator[Coffre]:
    coffre = ouvrir_coffre(journal, creer=creer)
    with contextlib.closing(coffre):
        yield coffre


def sceller(coffre: Coffre, texte: str, personne: str = CAMILLE, conservation: str = "adhesion") -> Scelle:
    return coffre.seal(texte, person=personne, retention=conservation, key="8f1c", field="nom")


def octets(journal: Path) -> bytes:
    """Every byte that the vault has on the disk: its file, and whatever SQLite keeps beside it."""
    return b"".join(f.read_bytes() for f in journal.parent.glob("quai.coffre*"))


# --- keeping ---------------------------------------------------------------------------------------------------


def test_ce_qui_est_scelle_se_relit_apres_reouverture(journal: Path):
    with ouvert(journal) as coffre:
        scelle, empreinte = sceller(coffre, "Camille"), coffre.digest(b"demande")
        coffre.index(CAMILLE, "Camille")
    with ouvert(journal, creer=False) as coffre:
        assert coffre.open(scelle) == "Camille"
        assert coffre.digest(b"demande") == empreinte
        assert coffre.search("cam") == [CAMILLE]


def test_sans_journal_le_coffre_vit_en_memoire():
    un, autre = ouvrir_coffre(None, creer=False), ouvrir_coffre(None, creer=True)
    scelle = sceller(un, "Camille")
    assert un.open(scelle) == "Camille"
    assert autre.open(scelle) is scelle
    un.close()
    autre.close()


def test_une_cle_est_sur_le_disque_des_que_la_valeur_est_scellee(journal: Path):
    """The process dies at once, without closing anything."""
    code = """
import os, sys
from pathlib import Path
from tierslieu_adapters.sqlite.coffre import ouvrir_coffre
coffre = ouvrir_coffre(Path(sys.argv[1]), creer=True)
scelle = coffre.seal("Camille", person="p-camille", retention="adhesion", key="8f1c", field="nom")
coffre.oublier("p-sacha")
print(scelle.boite, flush=True)
os.kill(os.getpid(), 9)
"""
    fini = subprocess.run([sys.executable, "-c", code, str(journal)], capture_output=True, text=True, check=False)
    assert fini.returncode == -9, fini.stderr
    with ouvert(journal, creer=False) as coffre:
        assert coffre.open(Scelle(CAMILLE, "adhesion", 1, "8f1c", "nom", fini.stdout.strip())) == "Camille"
        with pytest.raises(PersonneOubliee):
            sceller(coffre, "Sacha", SACHA)


def test_chaque_reglage_du_fichier_est_relu(journal: Path):
    with ouvert(journal):
        pass
    with contextlib.closing(fichier_coffre.connect(journal.with_suffix(".coffre"), create=False)) as base:
        lus = {
            nom: base.execute(f"PRAGMA {nom}").fetchone()[0] for nom in ("synchronous", "secure_delete", "journal_mode")
        }
    assert lus == {"synchronous": 2, "secure_delete": 1, "journal_mode": "truncate"}


@pytest.mark.parametrize("nom", ["synchronous", "secure_delete", "journal_mode"])
def test_un_sqlite_qui_n_obeit_pas_est_refuse(journal: Path, monkeypatch: pytest.MonkeyPatch, nom: str):
    monkeypatch.setitem(fichier_coffre._SETTINGS, nom, "voulu")  # which SQLite ignores
    with pytest.raises(CoffreIllisible, match=rf"sans risque \({nom} vaut .* au lieu de voulu\).*disque local"):
        ouvrir_coffre(journal, creer=True)


# --- the same as the model, step by step -----------------------------------------------------------------------

personnes = st.sampled_from([CAMILLE, SACHA, "p-alex"])
conservations = st.sampled_from(["adhesion", "contact"])
versions = st.integers(1, 2)
empreintes = st.sets(st.sampled_from([bytes([n]) * 16 for n in range(4)]))


class CommeEnMemoire(RuleBasedStateMachine):
    """Whatever is asked of them, the file and the dictionary answer alike, across reopenings."""

    def __init__(self) -> None:
        super().__init__()
        self.dossier = tempfile.TemporaryDirectory()  # the name of which hypothesis does not choose
        self.chemin = Path(self.dossier.name) / "quai.coffre"
        self.fichier = MagasinSqlite(self.chemin, creer=True)
        self.modele = MagasinMemoire()

    @rule(nom=st.sampled_from(["temoin", "recherche"]), valeur=st.binary())
    def garder(self, nom: str, valeur: bytes) -> None:
        assert self.fichier.garder(nom, valeur) == self.modele.garder(nom, valeur)

    @rule(p=personnes, c=conservations, v=versions, boite=st.binary(min_size=1))
    def ajouter_cle(self, p: str, c: str, v: int, boite: bytes) -> None:
        assert self.fichier.ajouter_cle(p, c, v, boite) == self.modele.ajouter_cle(p, c, v, boite)

    @rule(p=personnes, quelles=empreintes)
    def indexer(self, p: str, quelles: set[bytes]) -> None:
        assert self.fichier.indexer(p, quelles) == self.modele.indexer(p, quelles)

    @rule(p=personnes)
    def oublier(self, p: str) -> None:
        assert self.fichier.oublier(p) == self.modele.oublier(p)

    @rule(quelles=empreintes.filter(bool))
    def chercher(self, quelles: set[bytes]) -> None:
        assert self.fichier.chercher(quelles) == self.modele.chercher(quelles)

    @rule()
    def rouvrir(self) -> None:
        self.fichier.close()
        self.fichier = MagasinSqlite(self.chemin)

    @invariant()
    def memes_cles(self) -> None:
        for p in (CAMILLE, SACHA, "p-alex"):
            assert self.fichier.etats(p) == self.modele.etats(p)
            for c, v in (("adhesion", 1), ("adhesion", 2), ("contact", 1)):
                assert self.fichier.cle(p, c, v) == self.modele.cle(p, c, v)

    def teardown(self) -> None:
        self.fichier.close()
        self.dossier.cleanup()


def test_le_magasin_en_fichier_repond_comme_celui_en_memoire():
    run_state_machine_as_test(CommeEnMemoire)


# --- forgetting ------------------------------------------------------------------------------------------------


def test_aucun_nom_n_est_jamais_en_clair_sur_le_disque(journal: Path):
    with ouvert(journal) as coffre:
        for pas in (
            lambda: sceller(coffre, "Cunégonde Zwingli"),
            lambda: coffre.index(CAMILLE, "Cunégonde Zwingli"),
            lambda: coffre.search("Cunégonde Zwingli"),
            lambda: coffre.digest("Cunégonde Zwingli".encode()),
            lambda: coffre.oublier(CAMILLE),
        ):
            pas()
            lu = octets(journal).lower()
            assert CAMILLE.encode() in lu or not coffre.etats(CAMILLE)
            assert not [mot for mot in (b"cun", "cuné".encode(), b"zwi", b"gonde") if mot in lu]


def test_d_une_personne_oubliee_il_ne_reste_ni_cle_ni_entree_sur_le_disque(journal: Path):
    """Enough people for pages to split: each split leaves copies, that ``secure_delete`` alone does not wipe."""
    hasard = random.Random(7)  # noqa: S311 - a test's own
    magasin, cle = MagasinSqlite(journal.with_suffix(".coffre"), creer=True), bytes(32)
    with contextlib.closing(magasin):
        coffre = Coffre(magasin, cle)
        boites, traces = {}, {}
        gens = [f"p-{hasard.getrandbits(64):016x}" for _ in range(120)]
        base = magasin._connection
        base.execute("PRAGMA synchronous = OFF")  # many writes, and nothing here depends on the disk
        for p in gens:
            sceller(coffre, "x", p)
            coffre.index(p, f"Camille {hasard.getrandbits(64):x}")
            boites[p] = magasin.cle(p, "adhesion", 1)
            traces[p] = {e for (e,) in base.execute("SELECT empreinte FROM entrees WHERE personne = ?", (p,))}
        hasard.shuffle(gens)
        for p in gens[:60]:
            siennes = traces.pop(p)
            autres = set().union(*traces.values())
            coffre.oublier(p)
            lu = octets(journal)
            assert len(siennes - autres) > 5
            assert not [trace for trace in (boites[p], *(siennes - autres)) if trace in lu]
        assert all(boites[p] in octets(journal) for p in gens[60:])


def test_oublie_par_un_autre_programme_oublie_ici_aussitot(journal: Path):
    with ouvert(journal) as un, ouvert(journal, creer=False) as autre:
        scelle = sceller(un, "Camille")
        assert autre.open(scelle) == un.open(scelle) == "Camille"
        assert autre.oublier(CAMILLE) == Oubli(CAMILLE, ("adhesion",), 0)
        assert un.open(scelle) == Efface(CAMILLE, "adhesion")
        with pytest.raises(PersonneOubliee):
            sceller(un, "Camille")
        with pytest.raises(PersonneOubliee):
            un.index(CAMILLE, "Camille")


def test_l_oubli_tient_apres_reouverture(journal: Path):
    with ouvert(journal) as coffre:
        scelle = sceller(coffre, "Camille")
        coffre.oublier(CAMILLE)
    with ouvert(journal, creer=False) as coffre:
        assert coffre.open(scelle) == Efface(CAMILLE, "adhesion")
        assert coffre.oublier(CAMILLE) == Oubli(CAMILLE, (), 0)
        with pytest.raises(PersonneOubliee):
            sceller(coffre, "Camille", conservation="jamais-eue")


# --- several at once -------------------------------------------------------------------------------------------

CONCURRENT = """
import sys
from pathlib import Path
from tierslieu_adapters.sqlite.coffre import ouvrir_coffre
print("pret", flush=True)
sys.stdin.readline()
coffre = ouvrir_coffre(Path(sys.argv[1]), creer=True)
gens = [f"p-{n}" for n in range(8)]
for p in gens if sys.argv[2] == "0" else reversed(gens):
    scelle = coffre.seal(sys.argv[2], person=p, retention="adhesion", key="k", field="f")
    print(p, scelle.boite, coffre.digest(b"demande"), flush=True)
coffre.close()
"""


def test_plusieurs_programmes_a_la_fois_font_le_meme_coffre_et_les_memes_cles(journal: Path):
    programmes = [
        subprocess.Popen(
            [sys.executable, "-c", CONCURRENT, str(journal), str(n)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(4)
    ]
    with contextlib.ExitStack() as fin:
        for programme in programmes:
            fin.enter_context(programme)
        for programme in programmes:
            assert programme.stdout is not None
            assert programme.stdout.readline() == "pret\n"
        for programme in programmes:  # all are waiting at the same line
            assert programme.stdin is not None
            programme.stdin.write("\n")
            programme.stdin.flush()
        sorties = [programme.communicate() for programme in programmes]
    assert [erreurs for _, erreurs in sorties] == [""] * 4
    with ouvert(journal, creer=False) as coffre:
        for n, (sortie, _) in enumerate(sorties):
            lignes = [ligne.split() for ligne in sortie.splitlines()]
            assert len(lignes) == 8
            for personne, boite, empreinte in lignes:
                assert coffre.open(Scelle(personne, "adhesion", 1, "k", "f", boite)) == str(n)
                assert empreinte == coffre.digest(b"demande")
    assert sorted(f.name for f in journal.parent.iterdir()) == ["quai.cle", "quai.coffre", "quai.coffre-journal"]


def test_un_autre_programme_cree_la_cle_juste_avant_nous(journal: Path):
    with ouvert(journal) as un, ouvert(journal, creer=False) as autre:
        assert un._store.cle(CAMILLE, "adhesion", 1) is None  # both looked, and saw none
        premier = sceller(autre, "le premier")
        boite = autre._store.cle(CAMILLE, "adhesion", 1)
        assert un._store.ajouter_cle(CAMILLE, "adhesion", 1, b"trop tard") == boite
        assert un.open(premier) == "le premier"


def test_un_autre_programme_garde_son_secret_juste_avant_nous(journal: Path, monkeypatch: pytest.MonkeyPatch):
    with ouvert(journal) as un, ouvert(journal, creer=False) as autre:
        empreinte = autre.digest(b"demande")
        monkeypatch.setattr(un._store, "_read", lambda *_: [])  # we looked before it was there
        assert un.digest(b"demande") == empreinte


def test_un_autre_programme_oublie_la_personne_juste_avant_nous(journal: Path):
    with ouvert(journal) as un, ouvert(journal, creer=False) as autre:
        assert un._store.cle(CAMILLE, "adhesion", 1) is None
        autre.oublier(CAMILLE)
        assert un._store.ajouter_cle(CAMILLE, "adhesion", 1, b"trop tard") == DETRUITE
        assert un.etats(CAMILLE) == {}


def test_plusieurs_fils_se_partagent_un_coffre(journal: Path):
    scelles: list[Scelle] = []
    with ouvert(journal) as coffre:
        fils = [
            threading.Thread(
                target=lambda n=n: scelles.extend(sceller(coffre, "x", f"p-{(n + m) % 5}") for m in range(5))
            )
            for n in range(4)
        ]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join()
        assert [coffre.open(s) for s in scelles] == ["x"] * 20


# --- what can be wrong with the file ---------------------------------------------------------------------------


def test_un_coffre_manquant_a_cote_du_journal_est_dit_et_n_est_pas_refait(journal: Path):
    with ouvert(journal):
        pass
    journal.write_bytes(b"un journal")
    journal.with_suffix(".coffre").unlink()
    for creer in (False, True):
        with pytest.raises(CoffreAbsent, match=r"quai\.coffre manque à côté du journal quai\.db.*sauvegarde"):
            ouvrir_coffre(journal, creer=creer)
    assert not journal.with_suffix(".coffre").exists()


def test_une_cle_maitresse_manquante_est_dite_et_n_est_pas_refaite(journal: Path):
    with ouvert(journal):
        pass
    journal.with_suffix(".cle").unlink()
    for creer in (False, True):
        with pytest.raises(CoffreAbsent, match=r"quai\.cle manque.*copie imprimée.*TIERSLIEU_CLE"):
            ouvrir_coffre(journal, creer=creer)
    assert not journal.with_suffix(".cle").exists()


def test_rien_n_est_cree_sans_qu_on_le_demande(journal: Path):
    with pytest.raises(CoffreAbsent):
        ouvrir_coffre(journal, creer=False)
    assert list(journal.parent.iterdir()) == []


def test_une_creation_interrompue_se_reprend_avec_la_meme_cle(journal: Path):
    cle = cle_maitresse.creer(journal.with_suffix(".cle"))
    journal.with_suffix(".coffre").touch()
    with ouvert(journal) as coffre:
        sceller(coffre, "Camille")
    assert cle_maitresse.lire(journal.with_suffix(".cle")) == cle


def test_un_coffre_d_une_version_plus_recente_est_refuse(journal: Path):
    with ouvert(journal):
        pass
    with contextlib.closing(sqlite3.connect(journal.with_suffix(".coffre"))) as base:
        base.execute("PRAGMA user_version = 2")
    with pytest.raises(VersionFuture, match=r"version plus récente.*mettez la bibliothèque à jour"):
        ouvrir_coffre(journal, creer=False)


@pytest.mark.parametrize("creer", [False, True])
def test_un_fichier_qui_n_est_pas_un_coffre_est_refuse_et_laisse_tel_quel(journal: Path, creer: bool):  # noqa: FBT001 - a case
    coffre = journal.with_suffix(".coffre")
    cle_maitresse.creer(journal.with_suffix(".cle"))
    with contextlib.closing(sqlite3.connect(coffre)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("CREATE TABLE recettes (nom)")
    for contenu in (coffre.read_bytes(), b"ceci n'est pas un coffre" * 100):
        coffre.write_bytes(contenu)
        with pytest.raises(CoffreIllisible, match=r"n'est pas un coffre de tiers-lieu : remettez"):
            ouvrir_coffre(journal, creer=creer)
        assert coffre.read_bytes() == contenu


def test_un_dossier_absent_est_dit(tmp_path: Path):
    with pytest.raises(CoffreIllisible, match=r"ne peut pas être écrite.*Vérifiez que ce dossier existe"):
        ouvrir_coffre(tmp_path / "absent" / "quai.db", creer=True)
    with pytest.raises(CoffreIllisible, match=r"ne s'ouvre pas : vérifiez que son dossier existe"):
        MagasinSqlite(tmp_path / "absent" / "quai.coffre", creer=True)


def test_un_disque_plein_est_dit_et_le_coffre_resert_ensuite(journal: Path):
    with ouvert(journal) as coffre:
        scelle = sceller(coffre, "Camille")
        base = coffre._store._connection  # type: ignore[attr-defined] # the store of this test is the one with a file
        base.execute(f"PRAGMA max_page_count = {base.execute('PRAGMA page_count').fetchone()[0]}")
        with pytest.raises(CoffreIllisible, match=r"est plein : libérez de la place"):
            sceller(coffre, "x", "p-au-nom-plus-grand-que-toute-la-place-qui-reste" * 1_000)
        assert coffre.open(scelle) == "Camille"
        base.execute("PRAGMA max_page_count = 1000000")
        assert coffre.open(sceller(coffre, "Sacha", SACHA)) == "Sacha"


def test_un_coffre_occupe_est_dit_et_resert_ensuite(journal: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fichier_coffre, "_WAIT_S", 0)
    with ouvert(journal) as coffre, contextlib.closing(sqlite3.connect(journal.with_suffix(".coffre"))) as autre:
        scelle = sceller(coffre, "Camille")
        autre.execute("BEGIN EXCLUSIVE")
        for demande in (lambda: coffre.open(scelle), lambda: coffre.oublier(CAMILLE)):
            with pytest.raises(CoffreIllisible, match=r"occupé par un autre programme"):
                demande()
        autre.rollback()
        assert coffre.open(scelle) == "Camille"


def test_un_lecteur_trop_lent_ne_laisse_rien_d_a_moitie_ecrit(journal: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fichier_coffre, "_WAIT_S", 0)
    with ouvert(journal) as coffre, contextlib.closing(sqlite3.connect(journal.with_suffix(".coffre"))) as lecteur:
        lecteur.execute("BEGIN")
        lecteur.execute("SELECT * FROM cles").fetchall()
        with pytest.raises(CoffreIllisible, match=r"occupé par un autre programme"):
            sceller(coffre, "Camille")
        lecteur.rollback()
        assert coffre.etats(CAMILLE) == {}
        assert coffre.open(sceller(coffre, "Camille")) == "Camille"


# --- the master key --------------------------------------------------------------------------------------------


def test_la_cle_maitresse_s_ecrit_pour_des_gens_et_pour_eux_seuls(journal: Path):
    with ouvert(journal):
        pass
    chemin = journal.with_suffix(".cle")
    texte = chemin.read_text(encoding="utf-8")
    assert stat.S_IMODE(chemin.stat().st_mode) == 0o600
    for dit in (
        "Clé maîtresse du coffre",
        "« quai.coffre »",
        "« quai.cle »",
        "Imprimez-la",
        "deux copies",
        "pour toujours",
    ):
        assert dit in texte
    assert max(len(ligne) for ligne in texte.splitlines()) <= 120
    assert "\ncontrôle : " in texte
    assert "Imprimez-la" in cle_maitresse.AVERTISSEMENT


def test_une_cle_maitresse_n_est_faite_qu_une_fois(tmp_path: Path):
    chemin = tmp_path / "quai.cle"
    cle = cle_maitresse.creer(chemin)
    assert len(cle) == 32
    assert cle == cle_maitresse.creer(chemin) == cle_maitresse.lire(chemin)
    cle_maitresse._ecrire(chemin, "un autre programme est passé devant")
    assert cle_maitresse.lire(chemin) == cle
    assert [f.name for f in tmp_path.iterdir()] == ["quai.cle"]
    assert cle != cle_maitresse.creer(tmp_path / "autre.cle")


def lettres(texte: str) -> str:
    return "".join(ligne.rpartition(":")[2] + " " for ligne in texte.splitlines() if not ligne.startswith("#"))


@given(st.binary(min_size=32, max_size=32), st.data())
def test_toute_lettre_changee_ou_perdue_est_dite(cle: bytes, data: st.DataObject):
    ecrites = lettres(cle_maitresse._texte(cle, Path("quai.cle")))
    assert cle_maitresse._cle(ecrites, "") == cle
    rang = data.draw(st.sampled_from([n for n, c in enumerate(ecrites) if c.isalnum()]))
    autre = data.draw(st.sampled_from(["", "9", "é", "AA", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"]))
    abimee = ecrites[:rang] + autre + ecrites[rang + 1 :]
    if abimee != ecrites:
        with pytest.raises(CleMaitresseRefusee, match=r"est abîmée : son contrôle ne correspond pas"):
            cle_maitresse._cle(abimee, "du fichier quai.cle")


@given(st.binary(min_size=32, max_size=32))
def test_une_cle_recopiee_a_la_main_est_acceptee(cle: bytes):
    ecrites = lettres(cle_maitresse._texte(cle, Path("quai.cle")))
    for recopiee in (
        ecrites.lower(),
        ecrites.replace("-", " "),
        ecrites.replace("-", "").replace(" ", ""),
        ecrites.replace("O", "0").replace("I", "1").replace("B", "8"),
        ecrites.replace("-", "\n"),
    ):
        assert cle_maitresse._cle(recopiee, "") == cle


@pytest.mark.parametrize("contenu", [b"", b"# rien\n", b"\xff\xfe\x00", b"contr\xc3\xb4le : ABCD-EFGH\n"])
def test_un_fichier_de_cle_abime_est_dit(journal: Path, contenu: bytes):
    with ouvert(journal):
        pass
    journal.with_suffix(".cle").write_bytes(contenu)
    with pytest.raises(CleMaitresseRefusee, match=r"du fichier .*quai\.cle est abîmée.*copie imprimée"):
        ouvrir_coffre(journal, creer=False)


def test_une_cle_maitresse_qui_ne_se_lit_pas_est_dite(journal: Path):
    with ouvert(journal):
        pass
    journal.with_suffix(".cle").unlink()
    journal.with_suffix(".cle").mkdir()
    with pytest.raises(CoffreIllisible, match=r"ne peut pas être lue"):
        ouvrir_coffre(journal, creer=False)


def test_la_cle_d_un_autre_coffre_est_refusee_a_l_ouverture(journal: Path):
    with ouvert(journal):
        pass
    journal.with_suffix(".cle").unlink()
    cle_maitresse.creer(journal.with_suffix(".cle"))
    with pytest.raises(CleMaitresseRefusee, match=r"n'est pas celle de ce coffre"):
        ouvrir_coffre(journal, creer=False)


def test_la_variable_remplace_le_fichier(journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cle_maitresse.creer(tmp_path / "ailleurs.cle")
    imprimee = (tmp_path / "ailleurs.cle").read_text(encoding="utf-8")
    monkeypatch.setenv(cle_maitresse.VARIABLE, imprimee)
    with ouvert(journal) as coffre:
        scelle = sceller(coffre, "Camille")
    assert not journal.with_suffix(".cle").exists()
    monkeypatch.setenv(cle_maitresse.VARIABLE, lettres(imprimee))
    with ouvert(journal, creer=False) as coffre:
        assert coffre.open(scelle) == "Camille"
    monkeypatch.setenv(cle_maitresse.VARIABLE, "AAAA")
    with pytest.raises(CleMaitresseRefusee, match=r"de la variable TIERSLIEU_CLE est abîmée"):
        ouvrir_coffre(journal, creer=False)
    monkeypatch.setenv(cle_maitresse.VARIABLE, " ")
    with pytest.raises(CoffreAbsent):
        ouvrir_coffre(journal, creer=False)
