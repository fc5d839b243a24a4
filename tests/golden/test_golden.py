"""What the journal stored once, it reads for ever: golden bytes, and a manifest to which lines are only added."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import attrs
import msgspec
import pytest

from tierslieu_core.domaines.usages import prets
from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.codec import encoder
from tierslieu_core.kernel.decisions import DECISION, DecisionRendue
from tierslieu_core.kernel.declarations import Domaine, Fiche, evenement, fiche
from tierslieu_core.kernel.ports import Row
from tierslieu_core.lieu import catalogue_of
from tierslieu_core.testing.golden import Line, add_missing, faults, main, shapes
from tierslieu_core.testing.samples import samples
from tierslieu_core.testing.spec import all_stored

HERE = Path(__file__).parent
FACTS = sorted(path.name for path in HERE.glob("*.jsonl"))


def _lines(path: Path) -> list[Line]:
    return [msgspec.json.decode(line, type=Line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_every_golden_line_is_as_it_was_and_every_version_has_its_file():
    assert faults(HERE, all_stored()) == []


@pytest.mark.parametrize("file", FACTS)
def test_every_fact_that_was_ever_stored_can_be_read(file: str):
    stored = file.removesuffix(".jsonl")
    for n, line in enumerate(_lines(HERE / file), 1):
        value, note = all_stored().read(Row(n, stored, bytes(line.donnees)))
        assert (note.position, note.cle, note.par) == (n, "cle-1", "camille")
        assert (note.pour, note.cause) == (("personne-1", "cle-0/1") if line.cas == "complet" else (None, None))
        assert line.etiquettes, "un fait porte des étiquettes"
        if isinstance(value, DecisionRendue):
            again = encoder.encode(value)
        elif stored == fiche(value).stocke():
            assert list(dict.fromkeys(value.etiquettes())) == line.etiquettes
            assert dict(samples(type(value), all_stored().codec.unions)).get(line.cas, value) == value
            again = all_stored().codec.encode(value)
        else:
            continue  # an older version, raised by its upcasts
        assert again == json.dumps(_fait(line), ensure_ascii=False, separators=(",", ":")).encode()


def _fait(line: Line) -> object:
    return json.loads(bytes(line.donnees))["fait"]


def _says_all(now: object, then: object) -> bool:
    """Whether what was written is said again, a field that was added since apart."""
    if isinstance(now, dict) and isinstance(then, dict):
        return all(name in now and _says_all(now[name], then[name]) for name in then)
    return now == then


@pytest.mark.parametrize("folder", ["demandes", "refus"])
def test_every_command_and_refusal_that_a_decision_ever_kept_can_be_read(folder: str):
    known = {"demandes": {n: d.commande for n, d in all_stored().demandes.items()}, "refus": all_stored().refus}[folder]
    for path in sorted((HERE / folder).glob("*.jsonl")):
        for line in _lines(path):
            value = all_stored().codec.decode(line.donnees, known[path.stem])
            again = json.loads(all_stored().codec.encode(value))
            assert _says_all(again, json.loads(bytes(line.donnees))), "un champ ajouté a une valeur par défaut"


# ── the guard itself: each fault is planted once, and seen ──────────────────────────────────────────────────────────


@evenement("jouet.Fait", "{texte}")
class Fait:
    texte: str

    def etiquettes(self):
        return ("jouet:1",)


@evenement("jouet.Fait", "{dit}", version=2, upcasts={1: lambda f: {"dit": f["texte"]}})
class Fait2:
    dit: str

    def etiquettes(self):
        return ("jouet:1",)


@evenement("jouet.Fait", "{texte}")
class FaitChange:
    texte: str | None

    def etiquettes(self):
        return ("jouet:1",)


def _toy(cls: type) -> Catalogue:
    ours = all_stored()
    return catalogue_of([*ours.domaines, Domaine("jouet", "Jouet", (cls,), ())])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "golden"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def test_adding_twice_adds_once_and_changes_nothing(copy: Path):
    before = {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()}
    assert add_missing(copy, all_stored()) == []
    assert {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()} == before
    assert add_missing(copy, _toy(Fait)) == [*(f"jouet.Fait.jsonl:{n}" for n in (1, 2, 3)), "forme:jouet.Fait"]
    assert add_missing(copy, _toy(Fait)) == []
    assert faults(copy, _toy(Fait)) == []


def test_a_changed_line_is_seen(copy: Path):
    path = copy / "prets.ObjetPrete.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("texte 4", "texte 5", 1), encoding="utf-8")
    assert [f.split(" : ")[0] for f in faults(copy, all_stored())] == ["prets.ObjetPrete.jsonl:1 a changé"]


def test_a_line_that_went_is_seen(copy: Path):
    path = copy / "prets.ObjetPrete.jsonl"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    assert [f.split(" : ")[0] for f in faults(copy, all_stored())] == ["prets.ObjetPrete.jsonl:3 a disparu"]


def test_a_line_that_the_manifest_does_not_know_is_seen(copy: Path):
    with (copy / "prets.ObjetPrete.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    assert [f.split(" : ")[0] for f in faults(copy, all_stored())] == ["prets.ObjetPrete.jsonl:4 n'est pas au MANIFEST"]


def test_a_row_of_the_manifest_that_went_is_seen(copy: Path):
    path = copy / "MANIFEST"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(rows[:3] + rows[4:]), encoding="utf-8")
    assert faults(copy, all_stored())[0].startswith("MANIFEST, ligne 4 (")


def test_a_changed_shape_without_a_version_is_seen_and_told_what_to_do(copy: Path):
    add_missing(copy, _toy(Fait))
    (said,) = faults(copy, _toy(FaitChange))
    assert "La forme de jouet.Fait a changé" in said
    assert "version=n + 1, upcasts={" in said


def test_a_new_version_needs_its_file_and_keeps_the_old_one(copy: Path):
    add_missing(copy, _toy(Fait))
    catalogue = _toy(Fait2)
    assert [f.split(" ")[0] for f in faults(copy, catalogue)] == ["forme:jouet.Fait@2", "jouet.Fait@2.jsonl:1"]
    add_missing(copy, catalogue)
    assert faults(copy, catalogue) == []
    old = _lines(copy / "jouet.Fait.jsonl")[0]
    assert catalogue.fact(Row(1, "jouet.Fait", bytes(old.donnees))) == Fait2(dit="texte 0")
    (copy / "jouet.Fait.jsonl").unlink()
    assert faults(copy, catalogue) != []


def test_an_event_whose_first_version_has_no_file_is_seen(copy: Path):
    add_missing(copy, _toy(Fait2))
    assert [f.split(" ")[0] for f in faults(copy, _toy(Fait2))] == ["jouet.Fait.jsonl:1"]


def test_the_shape_goes_all_the_way_down():
    assert attrs.fields(prets.ObjetPrete)
    said = shapes(all_stored())
    assert "jours" in said["forme:regles.RegleAdoptee@2"], "celle de Portee y est"
    assert "union GenreDeRegle" in said["forme:regles.RegleAdoptee@2"]
    assert "maximum_minutes" in said["forme:GenreDeRegle/duree"]
    assert "verdict" in said["forme:DecisionRendue"]


def test_the_command_makes_all_anew_before_the_first_release_only_when_told(
    copy: Path, capsys: pytest.CaptureFixture[str]
):
    assert main([str(copy)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 ligne(s) ajoutée(s)."
    path = copy / f"{DECISION}.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    assert main([str(copy)]) == 1
    assert main([str(copy), "--refaire"]) == 0
    assert faults(copy, all_stored()) == []


def test_a_fiche_names_all_its_stored_types():
    assert Fiche("a.B", version=3).stockes() == ("a.B", "a.B@2", "a.B@3")
