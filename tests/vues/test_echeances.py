"""What falls due, read from the registers each time; and who asks for it: once, wherever they were stopped."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from tests.vues.reveil import CATALOGUE, CorrigerReveil, ReglerReveil, ReveilSonne, SonnerReveil
from whenever import Instant

from tierslieu_adapters.sqlite import ouvrir
from tierslieu_core import echeancier
from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.kernel.decisions import DECISION, Reponse
from tierslieu_core.kernel.errors import Conflit, DemandeInvalide
from tierslieu_core.kernel.ports import head_of, scan
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, MAINTENANT, memory_place
from tierslieu_core.vocabulaire.identifiants import PersonneId

ANA = PersonneId("ana")
TOT = MAINTENANT.subtract(hours=2)
nightly = pytest.mark.nightly


@pytest.fixture
def lieu() -> Lieu:
    """The place with Ana, who has a clock that rings three times: an hour and two hours ago, and now."""
    return peuple(memory_place(CATALOGUE))


def peuple(lieu: Lieu) -> Lieu:
    for n, demande in enumerate(
        (
            FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille Martin"),
            InscrirePersonne(personne=ANA, nom="Ana Costa"),
        )
    ):
        assert lieu.executer(demande, par=CAMILLE, cle=f"debut-{n}", maintenant=TOT.subtract(hours=24)).acceptee
    regler(lieu, "jaune", 3)
    return lieu


def regler(lieu: Lieu, reveil: str, fois: int, des: Instant = TOT) -> None:
    demande = ReglerReveil(reveil=reveil, fois=fois, personne=ANA, des=des)
    assert lieu.executer(demande, par=CAMILLE, cle=f"regler-{reveil}", maintenant=TOT).acceptee


def etat(lieu: Lieu) -> dict[str, tuple[int, int, int]]:
    """What is left to ring of each clock, how often it rang, how often it was put away."""
    return {r.reveil: (r.reste, r.sonneries, r.range) for r in lieu.registre("reveils")}


def decisions(lieu: Lieu) -> Counter[str]:
    return Counter(lieu.catalogue.read(row)[1].cle for row in scan(lieu.recorder, (DECISION,)))


# ── la vue ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ce_qui_echoit_se_dit_avec_les_noms_du_plus_ancien_au_plus_recent(lieu: Lieu):
    regler(lieu, "demain", 1, MAINTENANT.add(hours=24))
    vus = lieu.a_faire()
    assert [(one.quand, one.chose, one.automatique) for one in vus] == [
        (TOT, "reveil:jaune", True),
        (TOT.add(hours=1), "reveil:jaune", True),
        (TOT.add(hours=2), "reveil:jaune", True),
        (MAINTENANT.add(hours=24), "reveil:demain", True),
        (TOT.add(hours=480), "reveil:jaune", False),
        (MAINTENANT.add(hours=504), "reveil:demain", False),
    ]
    assert vus[0].phrase == "jaune doit sonner pour Ana Costa {là}", (
        "ce qui n'est pas un champ est le texte de quelqu'un"
    )
    assert vus[0].titre == "Réveils qui sonnent"
    assert [one.chose for one in lieu.a_faire(TOT.add(hours=1))] == ["reveil:jaune", "reveil:jaune"]


def test_trente_jours_sont_a_venir_sauf_si_l_on_demande_plus(lieu: Lieu):
    regler(lieu, "loin", 1, MAINTENANT.add(hours=24 * 31))
    assert "reveil:loin" not in {one.chose for one in lieu.a_faire()}
    assert "reveil:loin" in {one.chose for one in lieu.a_faire(MAINTENANT.add(hours=24 * 31))}


def test_lire_ce_qui_est_a_faire_n_enregistre_rien(lieu: Lieu):
    head = head_of(lieu.recorder)
    assert lieu.a_faire() == lieu.a_faire()
    assert head_of(lieu.recorder) == head


def test_un_lieu_qui_n_est_pas_fonde_n_a_rien_a_faire():
    assert memory_place(CATALOGUE).a_faire() == []


# ── l'échéancier ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_tout_ce_qui_est_echu_est_demande_jusqu_a_ce_que_plus_rien_ne_le_soit(lieu: Lieu):
    reponses = lieu.echeances()
    assert [type(f) for r in reponses for f in r.evenements] == [ReveilSonne] * 3
    assert {r.note.par for r in reponses} == {CAMILLE}, "Camille est seule concierge"
    assert all(a.cle < b.cle for a, b in pairwise(reponses)), "du plus ancien au plus récent"
    assert reponses[0].cle.startswith("echeance.reveil.sonner.")
    assert reponses[0].cle.endswith(".2026-11-23T07:00:00Z")
    assert etat(lieu) == {"jaune": (0, 3, 1)}
    assert lieu.rejouer().fidele


def test_repasser_ne_fait_rien_de_plus(lieu: Lieu):
    lieu.echeances()
    head = head_of(lieu.recorder)
    assert lieu.echeances() == []
    assert head_of(lieu.recorder) == head


def test_ce_qui_n_est_pas_encore_echu_attend(lieu: Lieu):
    assert len(lieu.echeances(jusqu_au=TOT.add(hours=1))) == 2
    assert etat(lieu) == {"jaune": (1, 2, 0)}
    with pytest.raises(DemandeInvalide, match=r"(?s)essayé.*jusqu_au : est à venir"):
        lieu.echeances(jusqu_au=MAINTENANT.add(hours=1))


def test_un_essai_montre_ce_qui_serait_demande_meme_plus_tard_et_n_enregistre_rien(lieu: Lieu):
    regler(lieu, "demain", 1, MAINTENANT.add(hours=24))
    head = head_of(lieu.recorder)
    assert [r.essai for r in lieu.echeances(essai=True)] == [True] * 3
    demain = lieu.echeances(essai=True, jusqu_au=MAINTENANT.add(hours=48))
    assert [r.verdict for r in demain] == ["accord"] * 4
    assert [type(s.decision.commande) for r in demain[3:] for s in r.suites] == [str], "avec la suite du dernier"
    assert head_of(lieu.recorder) == head


def test_ce_qui_est_refuse_ne_se_redemande_pas_et_revient_a_une_personne(lieu: Lieu):
    regler(lieu, "casse", 1)
    passage = echeancier.passer(lieu)
    assert [r.verdict for r in passage.reponses] == ["refus", "accord", "accord", "accord"]
    (reste,) = passage.restent
    assert (reste.verdict, reste.automatique) == ("refus", False)
    assert reste.raisons == ("casse est cassé.", "Réparez-le d'abord.")
    assert lieu.echeances() == []
    assert decisions(lieu)[reste.cle] == 1


def test_ce_qui_fut_accepte_est_fait_meme_si_le_registre_le_dit_encore_echu_sauf_si_c_etait_une_erreur(lieu: Lieu):
    regler(lieu, "or", 0)
    assert [one.phrase for one in lieu.a_faire() if one.echeance == "reveil.lustrer"] == ["or est à lustrer"]
    lieu.echeances()
    assert etat(lieu)["or"] == (0, 0, 1)
    assert [one for one in lieu.a_faire() if one.echeance == "reveil.lustrer"] == []
    corriger = CorrigerReveil(reveil="or", motif="rangé sans être lustré")
    assert lieu.executer(corriger, par=CAMILLE, cle="corriger").acceptee
    (revenu,) = (one for one in lieu.a_faire() if one.echeance == "reveil.lustrer")
    assert (revenu.verdict, revenu.automatique) == ("accord", False), "une personne doit voir"
    assert lieu.echeances() == []


def test_ce_que_l_on_n_a_pas_mandat_de_demander_reste_a_qui_l_a(lieu: Lieu):
    head = head_of(lieu.recorder)
    passage = echeancier.passer(lieu, ANA)
    assert "Ana Costa" in str(passage.empechees[0][1])
    assert passage.reponses == []
    assert head_of(lieu.recorder) == head
    assert len(lieu.echeances(CAMILLE)) == 3


def test_sans_dire_qui_demande_il_faut_une_seule_personne_concierge(lieu: Lieu):
    donner = DonnerMandat(personne=ANA, role="concierge", du=MAINTENANT.to_tz("UTC").date())
    assert lieu.executer(donner, par=CAMILLE, cle="mandat").acceptee
    with pytest.raises(DemandeInvalide, match=r"plusieurs .* : Ana Costa \(ana\) et Camille Martin \(camille\)"):
        lieu.echeances()
    assert len(lieu.echeances(ANA)) == 3
    with pytest.raises(DemandeInvalide, match="personne n'est concierge"):
        memory_place(CATALOGUE).echeances()


def test_ce_qui_ne_peut_pas_etre_demande_ne_retient_pas_le_reste(lieu: Lieu, monkeypatch: pytest.MonkeyPatch):
    regler(lieu, "vert", 1)
    real = lieu.handler.execute

    def execute(commande: object, **how: object) -> object:
        if commande == SonnerReveil(reveil="vert"):
            raise Conflit("d'autres passaient toujours avant")
        return real(commande, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(lieu.handler, "execute", execute)
    passage = echeancier.passer(lieu)
    assert [(one.chose, type(fault)) for one, fault in passage.empechees] == [("reveil:vert", Conflit)]
    assert len(passage.reponses) == 3
    monkeypatch.undo()
    assert [r.verdict for r in lieu.echeances()] == ["accord"], "la fois suivante, il est demandé"


def test_ce_qui_echoit_sans_fin_s_arrete_et_reprend_au_passage_suivant(lieu: Lieu, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(echeancier, "TOURS", 5)
    regler(lieu, "fou", 12, MAINTENANT.subtract(hours=300))
    passage = echeancier.passer(lieu)
    assert passage.inacheve
    assert len(passage.faites) == 5 + 3
    assert echeancier.passer(lieu).inacheve
    assert not echeancier.passer(lieu).inacheve
    assert etat(lieu) == {"jaune": (0, 3, 1), "fou": (0, 12, 1)}


def test_le_progres_va_jusqu_au_bout(lieu: Lieu):
    told: list[tuple[int, int]] = []
    echeancier.passer(lieu, progres=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


# ── tué n'importe où, à plusieurs à la fois ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "quai.db"
    with _open(found) as lieu:
        peuple(lieu)
    return found


def test_un_processus_tue_entre_le_fait_et_sa_suite_est_repris_a_l_ouverture(path: Path):
    with _open(path) as lieu:
        regler(lieu, "vert", 1)
    _run("mourir", path)
    with _open(path) as lieu:
        assert etat(lieu)["vert"] == (0, 1, 0), "il a sonné, et personne ne l'a rangé"
        essai = lieu.executer(SonnerReveil(reveil="jaune"), par=CAMILLE, essai=True)
        assert essai.acceptee
        assert etat(lieu)["vert"] == (0, 1, 0), "un essai ne reprend rien"
        assert lieu.executer(SonnerReveil(reveil="jaune"), par=CAMILLE, cle="autre").acceptee
        assert etat(lieu)["vert"] == (0, 1, 1), "la première demande d'un autre processus le range"
        assert lieu.reprendre() == []
        assert lieu.rejouer().fidele


def test_l_echeancier_reprend_aussi_les_suites(path: Path):
    with _open(path) as lieu:
        regler(lieu, "vert", 1)
    _run("mourir", path)
    with _open(path) as lieu:
        passage = echeancier.passer(lieu)
        assert [r.decision.commande for r in passage.reprises] == ["reveil.RangerReveil"]
        assert etat(lieu) == {"jaune": (0, 3, 1), "vert": (0, 1, 1)}


@pytest.mark.parametrize("kills", [24, pytest.param(2_000, marks=nightly)])
def test_l_echeancier_tue_a_tout_moment_ne_perd_rien_et_ne_fait_rien_deux_fois(path: Path, kills: int):
    """SIGKILL after so many answers, again and again; then whole passes, until there is nothing left."""
    clocks = min(kills // 2, 40)
    fois = 4 * kills // clocks
    with _open(path) as lieu:
        for n in range(clocks):
            regler(lieu, f"r{n}", fois, TOT.subtract(hours=fois))
    for kill in range(kills):
        runner = _start("passer", path)
        assert runner.stdout is not None
        for _ in range(1 + kill % 5):
            runner.stdout.readline()
        runner.kill()
        runner.communicate()
    with _open(path) as lieu:
        while lieu.echeances():
            pass
        assert set(etat(lieu).values()) == {(0, 3, 1), (0, fois, 1)}
        assert set(decisions(lieu).values()) == {1}
        assert lieu.echeances() == lieu.reprendre() == []
        assert lieu.rejouer().fidele


@pytest.mark.parametrize("rounds", [1, pytest.param(30, marks=nightly)])
def test_plusieurs_echeanciers_a_la_fois_font_chaque_chose_une_fois(path: Path, rounds: int):
    for n in range(rounds):
        with _open(path) as lieu:
            for k in range(6):
                regler(lieu, f"r{n}-{k}", 3)
        runners = [_start("passer", path) for _ in range(4)]
        told = [runner.communicate()[0] for runner in runners]
        assert [runner.returncode for runner in runners] == [0] * 4, told
    with _open(path) as lieu:
        assert set(etat(lieu).values()) == {(0, 3, 1)}
        assert set(decisions(lieu).values()) == {1}
        assert lieu.rejouer().fidele


def test_deux_personnes_qui_passent_en_meme_temps_ne_se_genent_pas(path: Path):
    """Ana passes over everything while Camille is at the first: what Camille then asks, Ana was answered already."""
    with _open(path) as ici, _open(path) as ailleurs:
        donner = DonnerMandat(personne=ANA, role="concierge", du=MAINTENANT.to_tz("UTC").date())
        assert ici.executer(donner, par=CAMILLE, cle="mandat").acceptee
        for reveil in ("vert", "bleu"):
            regler(ici, reveil, 3)
        d_ana: list[Reponse] = []
        passage = echeancier.passer(ici, CAMILLE, progres=lambda *_: d_ana.extend(ailleurs.echeances(ANA)))
        assert (len(passage.faites), len(d_ana), passage.empechees) == (1, 8, ())
        assert set(etat(ici).values()) == {(0, 3, 1)}
        assert ici.rejouer().fidele


def _open(path: Path) -> Lieu:
    return Lieu(*ouvrir(f"sqlite:///{path}"), CATALOGUE, lambda: MAINTENANT)


def _start(what: str, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.vues.passeur", what, str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _run(what: str, path: Path) -> None:
    dead = _start(what, path)
    dead.communicate()
    assert dead.returncode == -9
