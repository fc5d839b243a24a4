"""Registers kept beside the journal: at a thousand facts as at a million, and never other than what a fold gives."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.quai import ANA, BEN, PERCEUSE, SCIE, asked, preter, rendre
from whenever import Date

from tierslieu_adapters.sqlite import ouvrir
from tierslieu_adapters.sqlite.registres import Registres
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.usages.prets import CorrigerPret, RenouvelerPret
from tierslieu_core.kernel.kept import Kept
from tierslieu_core.kernel.shelves import Line, Place, Plan, Unshelved
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.laws import Scope
from tierslieu_core.testing.laws.scope import founded
from tierslieu_core.testing.shelf import MemoryShelves
from tierslieu_core.testing.spec import MAINTENANT, installed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A place with the drill lent to Ana, and the saw to Ben."""
    path = tmp_path / "quai.db"
    with founded(Scope(installed(), lambda catalogue: Lieu(*ouvrir(str(path)), catalogue, lambda: MAINTENANT))) as lieu:
        asked(lieu, preter(), "k1")
        asked(lieu, preter(objet=SCIE, personne=BEN, retour=Date(2026, 11, 24)), "k2")
    return path


@pytest.fixture
def lieu(path: Path) -> Iterator[Lieu]:
    with opened(path) as lieu:
        yield lieu


def opened(path: Path) -> Lieu:
    return Lieu(*ouvrir(str(path), creer=False), installed(), lambda: MAINTENANT)


def beside(path: Path) -> Path:
    return Path(f"{path}.registres")


def out(lieu: Lieu, **how: Any) -> list[str]:
    return [ligne.objet for ligne in lieu.registre("prets", **how)]


def folded_facts(lieu: Lieu, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What facts are read from now on."""
    read: list[str] = []
    real = type(lieu.catalogue).read
    monkeypatch.setattr(type(lieu.catalogue), "read", lambda self, row: (read.append(row.type), real(self, row))[1])
    return read


# ── ce qui est tenu ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_register_is_folded_once_then_only_what_is_new(path: Path, lieu: Lieu, monkeypatch: pytest.MonkeyPatch):
    assert out(lieu) == [PERCEUSE, SCIE]
    lieu.fermer()
    with opened(path) as again:
        assert again.livre.zone
        read = folded_facts(again, monkeypatch)
        assert out(again) == [PERCEUSE, SCIE]
        assert read == []
        asked(again, rendre(), "k3")
        read.clear()
        assert out(again) == [SCIE]
        assert read == ["prets.ObjetRendu@2"]


def test_rows_are_found_and_sorted_by_what_the_register_indexes(lieu: Lieu):
    assert out(lieu, filtre={"personne": BEN}) == [SCIE]
    assert out(lieu, filtre={"personne": BEN, "etat": "en cours"}) == [SCIE]
    assert out(lieu, filtre={"personne": BEN, "etat": "perdu"}, limite=3) == []
    assert out(lieu, tri="retour", limite=1) == [SCIE]
    assert out(lieu, tri="-retour", limite=1) == [PERCEUSE]
    lieu.horloge = lambda: MAINTENANT.add(hours=72)
    assert out(lieu, tri="-retard_jours", limite=1) == [SCIE], "ce qui dépend du jour se trie au jour où on lit"
    assert out(lieu, filtre=lambda ligne: ligne.personne == BEN, tri="-retour", limite=1) == [SCIE]
    assert out(lieu, filtre={"depuis": Date(2026, 11, 23), "personne": BEN}, tri="-retour", limite=1) == [SCIE]
    assert out(lieu, filtre={"renouvellements": 1}, tri="-retour", limite=1) == []
    assert out(lieu, limite=1, au="2026-11-23") == [PERCEUSE]
    assert not lieu.recorder._registres._spoilt, "rien n'a été demandé que le fichier ne connaisse"


def test_the_search_of_a_person_s_rows_uses_the_index(path: Path, lieu: Lieu):
    out(lieu)
    every = 'SELECT ordre, cle, ligne FROM "lignes prets" WHERE 1 AND "c personne" = ? ORDER BY ordre LIMIT -1'
    last = every.replace("ORDER BY", 'AND "c retour" IS NOT NULL ORDER BY "c retour" DESC,').replace("-1", "3")
    with closing(sqlite3.connect(beside(path))) as connection:
        for text in (every, last):
            first = connection.execute(f"EXPLAIN QUERY PLAN {text}", ("x",)).fetchone()[3]
            assert first.startswith("SEARCH lignes prets USING INDEX prets par personne, retour (c personne=?"), first


def test_a_correction_leaves_its_fact_out(lieu: Lieu):
    assert out(lieu) == [PERCEUSE, SCIE]
    asked(lieu, CorrigerPret(objet=PERCEUSE, motif="jamais sortie"), "k3")
    assert out(lieu) == [SCIE]
    asked(lieu, preter(personne=BEN), "k4")
    assert out(lieu, filtre={"personne": BEN}) == [SCIE, PERCEUSE]


def test_the_file_is_no_more_readable_than_the_journal_and_holds_nothing_in_clear(path: Path, lieu: Lieu):
    path.chmod(0o640)
    lieu.registre("personnes")
    assert {f.stat().st_mode & 0o777 for f in path.parent.glob("*.registres*")} == {0o640}
    assert lieu.registre("personnes")[1].nom == "Zoe-Canari 1"
    lieu.fermer()
    assert b"Zoe-Canari" not in beside(path).read_bytes()


# ── ce qui ne va pas : on replie, sans rien en dire ─────────────────────────────────────────────────────────────────


def _garbled(file: Path) -> None:
    file.write_bytes(b"\0garbage" * 2000)


def _truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _holed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(bytes(content))


def _without_its_tables(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute('DROP TABLE "lignes prets"')


@pytest.mark.parametrize("spoil", [_garbled, _truncated, _holed, _without_its_tables])
def test_a_spoilt_file_is_made_anew(spoil: Callable[[Path], None], path: Path, lieu: Lieu):
    out(lieu)
    lieu.fermer()
    spoil(beside(path))
    for _ in range(2):
        with opened(path) as again:
            assert out(again) == [PERCEUSE, SCIE]
            asked(again, preter(), "k1")
            assert out(again) == [PERCEUSE, SCIE]
    with closing(sqlite3.connect(beside(path))) as connection:
        assert connection.execute('SELECT cle FROM "lignes prets"').fetchall() == [('"objet-1"',), ('"objet-2"',)]


def test_a_row_that_does_not_read_is_folded(path: Path, lieu: Lieu):
    out(lieu)
    with closing(sqlite3.connect(beside(path))) as connection, connection:
        connection.execute("""UPDATE "lignes prets" SET ligne = '{"objet": 3}'""")
    assert out(lieu) == [PERCEUSE, SCIE]


def _another_program_s(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recettes (tarte)")


def _folder(file: Path) -> None:
    file.mkdir()


def _of_a_later_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA application_id = {int.from_bytes(b'TLre', 'big')}")
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize("make", [_another_program_s, _folder, _of_a_later_version])
def test_what_is_not_ours_is_left_alone(make: Callable[[Path], None], path: Path, lieu: Lieu):
    make(beside(path))
    before = _left(beside(path))
    assert out(lieu) == [PERCEUSE, SCIE]
    asked(lieu, rendre(), "k3")
    assert out(lieu) == [SCIE]
    assert _left(beside(path)) == before


def _left(file: Path) -> object:
    """What is there, and since when; that it was read does not count."""
    return file.stat().st_mtime_ns, sorted(file.iterdir()) if file.is_dir() else file.read_bytes()


def test_a_busy_file_is_not_waited_for_in_vain(path: Path, lieu: Lieu):
    out(lieu)
    lieu.recorder._registres._wait_s = 0.05
    lieu.recorder._registres.close()
    with closing(sqlite3.connect(beside(path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asked(lieu, rendre(), "k3")
        assert out(lieu) == [SCIE]
    assert out(lieu) == [SCIE]


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where nobody may")
def test_a_file_that_cannot_be_written_is_not(path: Path, lieu: Lieu):
    out(lieu)
    lieu.fermer()
    beside(path).chmod(0o400)
    with opened(path) as again:
        asked(again, rendre(), "k3")
        assert out(again) == [SCIE]


def test_a_forked_process_folds_for_itself(lieu: Lieu, monkeypatch: pytest.MonkeyPatch):
    out(lieu)
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(Unshelved), lieu.recorder._registres.reading(Plan("prets")):
        pass


# ── le journal n'est plus celui que l'on avait lu ───────────────────────────────────────────────────────────────────


def test_a_journal_put_back_from_a_copy_is_read_for_what_it_is(path: Path, lieu: Lieu, tmp_path: Path):
    copy = tmp_path / "copie.db"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    asked(lieu, rendre(), "k3")
    assert out(lieu) == [SCIE]
    lieu.fermer()
    shutil.copy(copy, path)
    with opened(path) as earlier:
        assert out(earlier) == [PERCEUSE, SCIE], "le journal s'arrête plus tôt"
        asked(earlier, rendre(objet=SCIE, personne=BEN), "k4")
        assert out(earlier) == [PERCEUSE]
    shutil.copy(copy, path)
    with opened(path) as other:
        asked(other, preter(objet=PERCEUSE, retour=Date(2026, 11, 29)), "k5")
        assert out(other) == [PERCEUSE, SCIE], "le journal est aussi long, et dit autre chose"


def test_another_journal_that_ends_alike_is_read_for_what_it_is(path: Path, lieu: Lieu, tmp_path: Path):
    """Two places that lived the same demands, to the millisecond, still seal each value otherwise."""
    autre, garder = tmp_path / "autre.db", RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=Date(2026, 12, 1))
    with founded(
        Scope(installed(), lambda catalogue: Lieu(*ouvrir(str(autre)), catalogue, lambda: MAINTENANT))
    ) as twin:
        asked(twin, preter(), "k1")
        asked(twin, preter(objet=SCIE, personne=BEN, retour=Date(2026, 11, 24)), "k2")
        asked(twin, garder, "k3")
        names = twin.registre("personnes")
    asked(lieu, garder, "k3")
    lieu.registre("personnes")
    lieu.fermer()
    for end in (".db", ".coffre", ".cle"):
        shutil.copy(autre.with_suffix(end), path.with_suffix(end))
    with opened(path) as other:
        assert other.registre("personnes") == names


def test_what_a_batch_undoes_is_never_kept(lieu: Lieu):
    def lend_then_fail() -> None:
        with lieu.lot():
            asked(lieu, rendre(), "k3")
            assert out(lieu) == [SCIE], "ce fil voit ce qu'il vient d'écrire"
            raise RuntimeError

    for _ in range(2):
        with pytest.raises(RuntimeError):
            lend_then_fail()
        assert out(lieu) == [PERCEUSE, SCIE]


def test_a_register_declared_otherwise_is_folded_again(lieu: Lieu):
    registre = lieu.catalogue.registre("prets")
    shelves = lieu.recorder.shelves()
    assert len(Kept(shelves, lieu.recorder, lieu.catalogue, registre).rows({})) == 2
    autre = attrs.evolve(registre, index=("personne",))
    assert len(Kept(shelves, lieu.recorder, lieu.catalogue, autre).rows({"personne": ANA})) == 1


# ── à plusieurs ─────────────────────────────────────────────────────────────────────────────────────────────────────

READ = """
import sys
from tierslieu_adapters.sqlite import ouvrir
from tierslieu_core.lieu import Lieu, catalogue_of
with Lieu(*ouvrir(sys.argv[1], creer=False), catalogue_of()) as lieu:
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(40):
        rows = lieu.registre("personnes")
        known = [r.personne for r in rows]
        folded = [r.personne for r in lieu.registre("personnes", au="2999-01-01")]
        assert len(set(known)) == len(known) and known == folded[: len(known)], (known, folded)
print("right")
"""


def test_processes_that_read_at_once_while_another_writes_are_all_right(path: Path, lieu: Lieu):
    command = [sys.executable, "-c", READ, str(path)]
    readers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdin is not None
        assert reader.stdout.readline() == "ready\n"
        reader.stdin.write("\n")
        reader.stdin.flush()
    for n in range(60):
        asked(lieu, InscrirePersonne(personne=f"venue-{n}", nom=f"N{n}"), f"v{n}")
        lieu.registre("personnes", limite=1)
    assert [reader.communicate(timeout=60)[0] for reader in readers] == ["right\n"] * 3
    assert len(lieu.registre("personnes")) == 63


# ── pas à pas, comme le modèle ──────────────────────────────────────────────────────────────────────────────────────

PLAN = Plan("essai", (("lieu", "quand"), ("quand",)), "garde")
KEYS = st.sampled_from(["a", "b", "c", "é\0"])
LINES = st.lists(
    st.builds(
        Line, KEYS, st.binary(max_size=3),
        st.tuples(st.sampled_from(["ici", "là", None]), st.none() | st.integers(0, 3)),
        st.sampled_from([False, False, True]),
    ),
    unique_by=lambda line: line.cle,
)  # fmt: skip
STEPS = st.tuples(st.just("replace"), LINES) | st.tuples(st.just("change"), st.lists(KEYS), LINES)


@given(st.lists(STEPS, max_size=6))
def test_the_shelf_does_what_its_model_does(tmp_path_factory: pytest.TempPathFactory, steps: list[Any]):
    journal = tmp_path_factory.mktemp("pas") / "quai.db"
    journal.touch()
    model, ours = MemoryShelves(), Registres(str(journal), 1.0)
    for n, (how, *what) in enumerate([("replace", []), *steps]):
        for shelves in (model, ours):
            with shelves.writing(PLAN) as shelf:
                getattr(shelf, how)(*what, Place("d", n, b"t"))
    with model.reading(PLAN) as wanted, ours.reading(PLAN) as shelf:
        assert shelf.place == wanted.place
        for key in ("a", "b", "c", "é\0"):
            assert shelf.line(key) == wanted.line(key)
        for equal in ({}, {"lieu": "ici"}, {"lieu": None}, {"lieu": "là", "quand": 2}):
            for tri in (None, "quand", "-quand", "lieu", "-lieu"):
                for limite in (None, 0, 2):
                    assert shelf.lines(equal, tri, limite) == wanted.lines(equal, tri, limite)
    ours.close()
