"""The demonstration: the story is what its table says, it harms nobody's journal, and it reads alike every time."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from rich.console import Console

import tierslieu_core as tl
from tierslieu_adapters import demo
from tierslieu_adapters.demo import montrer
from tierslieu_adapters.demo.recit import CHAPITRES, RECIT
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.kernel.errors import JournalIllisible
from tierslieu_core.vocabulaire.identifiants import PersonneId

REFUSEES = [
    "quai.pret-omar-trop-tot", "quai.chorale-sans-adhesion", "quai.conseil-trop-tot", "quai.pret-omar-trop-long",
    "quai.repair-trop-long",
]  # fmt: skip


def jouer(url: str, donnees: Path | None = None, *, couleurs: bool = False, largeur: int = 100) -> tuple[int, str]:
    out = io.StringIO()
    code = demo.jouer(Console(file=out, width=largeur, force_terminal=couleurs), url, donnees)
    return code, out.getvalue()


def test_le_mois_se_raconte_et_se_rejoue(tmp_path: Path):
    code, said = jouer(str(tmp_path / "quai.db"))
    assert code == 0
    for sentence in (
        "✔ Zoé emprunte le perforateur pour la semaine.",
        "✘ Jeudi, Omar voudrait le même.",
        "jeudi 12 mars 2026 à 20 h",
        "Levée par la dérogation",
        "↻ Le réseau a coupé",
        "deux heures vraies",
        "en retard",
        "Samedi 28 mars, étaient dehors : Le perforateur et Le vidéoprojecteur.",
        "Le soir même, le journal ne connaissait que : Le perforateur.",
        "… et 1 autre",
        "La démonstration recommence ce journal à chaque fois",
        "36 décisions rejouées, 0 différence",
    ):
        assert sentence in " ".join(said.split())
    assert len(said.splitlines()) <= 100, "deux écrans"


def test_le_recit_et_la_table_des_demandes_vont_ensemble():
    keys = [d["cle"] for d in demo.demandes()]
    assert RECIT.keys() | CHAPITRES.keys() <= set(keys)
    assert [k for k in dict.fromkeys(keys) if keys.count(k) > 1] == ["quai.repair"]


def test_seules_les_demandes_que_l_histoire_dit_refusees_le_sont(tmp_path: Path):
    url = str(tmp_path / "quai.db")
    jouer(url)
    with tl.ouvrir(url, creer=False) as lieu:
        told = {k: lieu.expliquer(k).trace.verdict for k in dict.fromkeys(d["cle"] for d in demo.demandes())}
        assert [k for k, v in told.items() if v == "refusé"] == REFUSEES
        assert set(told.values()) == {"accordé", "refusé"}
        recorded = [t.enregistre_le for t in lieu.audit("personne:camille")]
        assert {when[:7] for when in recorded} == {"2026-03"}
        assert recorded == sorted(recorded), "l'horloge de l'histoire ne recule pas"


def test_deux_fois_la_meme_histoire_avec_ou_sans_couleurs(tmp_path: Path):
    url = str(tmp_path / "quai.db")
    first = jouer(url)
    assert jouer(url) == first
    assert "\x1b[" in jouer(url, couleurs=True)[1]
    assert "\x1b[" not in first[1]
    assert jouer("memory:")[0] == jouer(url, largeur=40)[0] == 0


def test_le_journal_de_quelqu_un_n_est_jamais_remplace(tmp_path: Path):
    url = str(tmp_path / "vrai.db")
    with tl.ouvrir(url) as lieu:
        lieu.executer(FonderLieu(nom="Le vrai", personne=PersonneId("ana"), nom_personne="Ana"), par="ana")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.suffix in (".db", ".cle", ".coffre")}
    with pytest.raises(JournalIllisible, match="le journal de quelqu'un"):
        jouer(url)
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_un_dossier_sans_export_n_efface_pas_la_demonstration_d_avant(tmp_path: Path):
    url = str(tmp_path / "quai.db")
    jouer(url)
    for wrong in (tmp_path, tmp_path / "nulle"):
        with pytest.raises(tl.ErreurTiersLieu, match="n'est pas un export"):
            jouer(url, wrong)
    with tl.ouvrir(url, creer=False) as lieu:
        assert lieu.livre.lieu is not None


def test_ni_un_coffre_seul_ni_un_autre_fichier(tmp_path: Path):
    (tmp_path / "quai.coffre").write_bytes(b"des noms")
    with pytest.raises(JournalIllisible, match="sans journal"):
        jouer(str(tmp_path / "quai.db"))
    assert (tmp_path / "quai.coffre").read_bytes() == b"des noms"
    (tmp_path / "lettre.txt").write_text("Chère Zoé", encoding="utf-8")
    with pytest.raises(tl.ErreurTiersLieu):
        jouer(str(tmp_path / "lettre.txt"))
    assert (tmp_path / "lettre.txt").read_text(encoding="utf-8") == "Chère Zoé"


def test_la_table_est_aussi_une_entree_de_tierslieu_faire(tmp_path: Path):
    url = str(tmp_path / "quai.db")
    tl.ouvrir(url).fermer()
    lines = resources.files("tierslieu_adapters.demo").joinpath("un_mois_au_quai.jsonl").read_bytes()
    lines = re.sub(rb'"par": "p-\d"', b'"par": "camille"', lines)  # as paper: only a mandate may date a demand back
    done = subprocess.run(
        [sys.executable, "-m", "tierslieu_adapters.cli", "--lieu", url, "faire"],
        input=lines, capture_output=True, check=False,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, len(answers)) == (3, len(lines.splitlines())), done.stderr.decode()
    assert [a["cle"] for a in answers if a["verdict"] == "refus"] == REFUSEES


def test_un_vrai_export_a_la_place_de_l_histoire(tmp_path: Path):
    tables = {
        "schedules": "schedule_id,name\n1,La Grange\n",
        "resources": "resource_id,name\n1,Atelier\n",
        "users": "user_id,fname,lname\n1,Zoé,Dupont\n2,Omar,Benali\n",
        "reservation_series": "series_id,date_created,owner_id\n1,2024-02-01 10:00:00,1\n2,2024-02-01 11:00:00,2\n",
        "reservation_resources": "series_id,resource_id\n1,1\n2,1\n",
        "reservation_users": "reservation_instance_id,user_id\n",
        "reservation_instances": "reservation_instance_id,start_date,end_date,series_id\n"
        + "".join(f"{n},2024-03-0{n} 09:00:00,2024-03-0{n} 10:00:00,{1 + (n > 8)}\n" for n in range(1, 10))
        + "".join(f"{n},2024-03-01 09:30:00,2024-03-01 10:00:00,{2 if n == 10 else 7}\n" for n in range(10, 15)),
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    for _ in range(2):
        code, said = jouer(str(tmp_path / "grange.db"), tmp_path)
        assert code == 0
        assert "10 demandes décidées : 9 accordées et 1 refusée." in said
        assert "reservation_instances.csv:12 : série inconnue : « 7 »" in said
        assert "… et 1 autre ligne de ce genre" in said
        assert "le vendredi 1er mars 2024 de 10 h à 11 h" in " ".join(said.split())
        assert "décisions rejouées, 0 différence" in said


def test_un_rejeu_qui_differe_se_voit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    url = str(tmp_path / "quai.db")
    jouer(url)
    monkeypatch.setattr(Duree, "juge", lambda _, __: "satisfaite")
    out = io.StringIO()
    with tl.ouvrir(url) as lieu:
        assert montrer.rejeu(Console(file=out, width=200), lieu, url, ()) == 1
    assert " 0 différence" not in out.getvalue()
    assert "clause duree-reservation enregistré 'refuse" in out.getvalue()
