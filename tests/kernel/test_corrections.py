"""A mistaken fact is cited by another, and nothing rests on it any more: decisions, registers, replay, trail."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from tests.kernel.compost import CATALOGUE, DOMAINE, Bac, BacFerme, BacPese, BacVide, CorrigerPesee, PeserBac
from tests.kernel.quai import doctored, with_data
from whenever import Date

from tierslieu_adapters.sqlite import ouvrir
from tierslieu_core.domaines.cadre.corrections import PasLeDernierFait, RienACorriger
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.regles import AdopterRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.echeancier import passer
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.kernel.declarations import Suite
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.oracle import Oracle, recorded, silent
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.kernel.projections import Incremental
from tierslieu_core.kernel.sentences import refusal
from tierslieu_core.lieu import Lieu, catalogue_of
from tierslieu_core.testing.spec import CAMILLE, MAINTENANT, memory_place
from tierslieu_core.vocabulaire.identifiants import RegleId
from tierslieu_core.vues.apercu import Changement, apercu


@pytest.fixture(params=["oracle", "sqlite"])
def lieu(request: pytest.FixtureRequest, tmp_path: Path) -> Lieu:
    if request.param == "oracle":
        place = memory_place(CATALOGUE)
    else:
        place = Lieu(*ouvrir(f"sqlite:///{tmp_path}/quai.db"), CATALOGUE, lambda: MAINTENANT)
    fonder = FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille Martin")
    assert place.executer(fonder, par=CAMILLE, cle="fondation").acceptee
    return place


def peser(lieu: Lieu, kilos: int, cle: str, **how: object) -> Reponse:
    return lieu.executer(PeserBac(bac="b", kilos=kilos, personne=CAMILLE), par=CAMILLE, cle=cle, **how)  # type: ignore[arg-type]


def corriger(lieu: Lieu, fait: str | None = None, cle: str | None = None, *, essai: bool = False) -> Reponse:
    return lieu.executer(CorrigerPesee(bac="b", fait=fait, motif="mal lu"), par=CAMILLE, cle=cle, essai=essai)


def motif(lieu: Lieu, reponse: Reponse) -> object:
    return refusal(lieu.catalogue, reponse.decision)


def test_ce_qui_est_corrige_ne_compte_plus_nulle_part(lieu: Lieu):
    peser(lieu, 5, "k1")
    peser(lieu, 7, "k2")
    suivi = Incremental(lieu.recorder, lieu.catalogue, lieu.catalogue.registre("compost"))
    assert suivi.catch_up() == {"b": Bac("b", 12)}
    (fait,) = corriger(lieu, "k2/1").evenements
    assert (fait.fait, fait.nature, fait.sujet) == ("k2/1", "compost.BacPese", "bac:b")
    assert lieu.registre("compost") == [Bac("b", 5)]
    assert suivi.catch_up() == {"b": Bac("b", 5)}
    assert peser(lieu, 5, "k3").verdict == "sans_objet", "la dernière pesée qui compte est de 5 kg"
    assert peser(lieu, 7, "k4").verdict == "accord"
    assert lieu.registre("compost") == [Bac("b", 12)]
    assert [(c.fait, c.par) for c in lieu.registre("corrections")] == [("k2/1", CAMILLE)]
    assert [lieu.rejouer(niveau=n).ecarts for n in (1, 2)] == [(), ()]


def test_le_passe_se_relit_tel_qu_on_le_connaissait(lieu: Lieu):
    peser(lieu, 5, "k1")
    lieu.horloge = lieu.handler.clock = lambda: MAINTENANT.add(hours=48)
    corriger(lieu)
    assert lieu.registre("compost") == []
    assert lieu.registre("compost", connu_le=Date(2026, 11, 24)) == [Bac("b", 5)]
    assert lieu.registre("compost", au=Date(2026, 11, 24)) == [], "ce qui était vrai ce jour-là, on le sait aujourd'hui"


def test_seul_le_dernier_fait_se_corrige_puis_celui_d_avant(lieu: Lieu):
    peser(lieu, 5, "k1")
    peser(lieu, 7, "k2")
    assert motif(lieu, corriger(lieu, "k1/1")) == PasLeDernierFait(fait="k1/1", sujet="bac:b", dernier="k2/1")
    assert corriger(lieu, "k2/1").verdict == "accord"
    assert corriger(lieu, "k2/1").verdict == "sans_objet"
    assert corriger(lieu, "k1/1").verdict == "accord"
    assert motif(lieu, corriger(lieu)) == RienACorriger(sujet="bac:b")
    assert lieu.registre("compost") == []
    assert lieu.rejouer().fidele


def test_la_piste_dit_ce_qui_ne_compte_plus(lieu: Lieu):
    peser(lieu, 5, "k1")
    corriger(lieu, "k1/1", "k2")
    assert lieu.audit("cle:k1")[0].phrases == ("b pèse 5 kg (corrigé depuis : ne compte plus).",)
    assert lieu.audit("cle:k2")[0].phrases == ("Une erreur est corrigée : « b pèse 5 kg » ne compte plus ; mal lu.",)


def test_une_correction_montre_d_abord_ce_qu_elle_change(lieu: Lieu):
    peser(lieu, 5, "k1")
    peser(lieu, 7, "k2")
    head = head_of(lieu.recorder)
    changes = apercu(lieu, corriger(lieu, essai=True))
    assert Changement("compost", Bac("b", 12), Bac("b", 5)) in changes
    assert [c.registre for c in changes] == ["corrections", "compost"]
    assert head_of(lieu.recorder) == head


def test_un_essai_dit_aussi_ou_menent_les_faits(lieu: Lieu):
    trial = peser(lieu, 120, "k1", essai=True)
    assert [type(f) for s in trial.suites for f in s.evenements] == [BacVide], "le bac serait plein : il se viderait"
    assert apercu(lieu, trial) == [Changement("compost", None, Bac("b", 0))]
    peser(lieu, 10, "k2")
    trial = peser(lieu, 120, "k1", essai=True)
    assert [type(f) for s in trial.suites for f in s.evenements] == [BacVide]
    assert apercu(lieu, trial) == [Changement("compost", Bac("b", 10), Bac("b", 0))]
    reponse = peser(lieu, 120, "k1")
    assert [type(f) for s in reponse.suites for f in s.evenements] == [BacVide], "l'essai disait vrai"


# ── ce que répond le calendrier est gardé avec la décision ──────────────────────────────────────────────────────────


def test_ce_que_repond_le_calendrier_est_garde_et_le_rejeu_ne_le_redemande_pas(lieu: Lieu):
    lieu.handler.source = lambda quoi, mots: "Noël" if (quoi, mots) == ("ferie", ("2026-11-23",)) else None
    reponse = peser(lieu, 5, "k1")
    assert motif(lieu, reponse) == BacFerme(bac="b", fete="Noël")
    lieu.handler.source = lambda _, __: ""
    assert lieu.rejouer().fidele
    menti = doctored(lieu, lambda _, e: with_data(e, _sans_calendrier) if b'"calendrier"' in e.data else e)
    assert "verdict" in {e.quoi for e in menti.rejouer().ecarts}


def _sans_calendrier(data: dict[str, dict[str, object]]) -> None:
    data["fait"]["mesures"] = {}


def test_une_question_n_est_posee_qu_une_fois_et_sans_reponse_rien_n_est_garde(lieu: Lieu):
    asked: list[str] = []
    lieu.handler.source = lambda quoi, mots: asked.append(f"{quoi} {mots[0]}")
    reponse = peser(lieu, 5, "k1")
    assert (reponse.verdict, asked, b"calendrier" in bytes(reponse.decision.mesures)) == (
        "accord",
        ["ferie 2026-11-23"],
        False,
    )


def test_un_oracle_garde_sa_reponse_et_celui_qui_ne_sait_rien_se_tait():
    asked: list[str] = []
    oracle = Oracle(lambda quoi, mots: asked.append(quoi) or f"{quoi} {mots[0]}")
    assert [oracle("ferie", "2026-12-25"), oracle("ferie", "2026-12-25")] == ["ferie 2026-12-25"] * 2
    assert (asked, oracle.kept) == (["ferie"], {"ferie 2026-12-25": "ferie 2026-12-25"})
    assert recorded(oracle.kept)("ferie", "2026-12-25") == "ferie 2026-12-25"
    assert recorded(oracle.kept)("ferie", "2026-12-26") is None
    assert Oracle(silent)("ferie", "2026-12-25") is None


# ── ce qui attend l'accord de quelqu'un ─────────────────────────────────────────────────────────────────────────────


def test_ce_qui_attend_quelqu_un_enregistre_ce_que_le_domaine_en_dit(lieu: Lieu):
    regle = AdopterRegle(
        regle=RegleId("pesees"), genre=Validation(par="jardin"), du=Date(2026, 11, 23), motif="m",
        portee=Portee(actions=("peser",)),
    )  # fmt: skip
    assert lieu.executer(regle, par=CAMILLE).acceptee
    reponse = peser(lieu, 5, "k1")
    assert (reponse.verdict, reponse.decision.faits) == ("a_valider", 1)
    assert (reponse.evenements[0].par, reponse.evenements[0].kilos) == ("jardin", 5)
    assert "validation par jardin sous 3 jours" in reponse.explication[0]
    assert peser(lieu, 5, "k1").evenements == reponse.evenements
    assert lieu.registre("compost") == []
    assert [lieu.rejouer(niveau=n).ecarts for n in (1, 2)] == [(), ()]


# ── ce que personne n'a eu le temps de demander ─────────────────────────────────────────────────────────────────────


def test_ce_qui_restait_a_demander_l_est_a_l_ouverture_suivante(lieu: Lieu):
    sourd = catalogue_of([d for d in CATALOGUE.domaines if d.nom != "compost"] + [_sans_suite()])
    coupe = Lieu(lieu.recorder, lieu.vault, sourd, lieu.horloge)
    assert peser(coupe, 120, "k1").suites == ()
    rouvert = Lieu(lieu.recorder, lieu.vault, CATALOGUE, lambda: MAINTENANT.add(hours=30))
    peser(rouvert, 1, "k2", essai=True)
    assert lieu.registre("compost") == [Bac("b", 120)], "un essai n'enregistre rien, pas même cela"
    peser(rouvert, 1, "k2")
    assert lieu.registre("compost") == [Bac("b", 1)]
    (trace,) = lieu.audit("cle:k1.1.vider.0")
    assert (trace.enregistre_le, trace.survenu_le) == ("2026-11-24T15:00:00.000Z", "2026-11-23T09:00:00.000Z")
    assert lieu.reprendre() == []
    assert lieu.rejouer().fidele


def test_un_fait_corrige_ne_mene_plus_a_rien(lieu: Lieu):
    sourd = catalogue_of([d for d in CATALOGUE.domaines if d.nom != "compost"] + [_sans_suite()])
    coupe = Lieu(lieu.recorder, lieu.vault, sourd, lieu.horloge)
    peser(coupe, 120, "k1")
    corriger(coupe, "k1/1")
    assert lieu.reprendre() == []


@pytest.mark.parametrize("cle", ["k1.1.vider.0", "suite.abc", "echeance.compost.x.2026"])
def test_personne_ne_prend_d_avance_une_cle_que_le_lieu_donne(lieu: Lieu, cle: str):
    with pytest.raises(DemandeInvalide, match="que le lieu donne lui-même"):
        peser(lieu, 1, cle)
    assert peser(lieu, 120, "k1").suites[0].cle == "k1.1.vider.0"


def test_une_suite_qui_echoue_ne_defait_rien_et_ne_bloque_personne(lieu: Lieu):
    def echoue(_: object) -> object:
        raise ValueError("panne")

    panne = attrs.evolve(DOMAINE, suites=(Suite("vider", BacPese, echoue),))
    autres = [d for d in CATALOGUE.domaines if d.nom != "compost"]
    casse = Lieu(lieu.recorder, lieu.vault, catalogue_of([*autres, panne]), lieu.horloge)
    assert peser(casse, 120, "k1").verdict == "accord"
    assert {cle: str(fault) for cle, fault in casse.handler.unfinished.items()} == {"k1/1": "panne"}
    assert peser(casse, 3, "k2").verdict == "accord"
    assert dict(passer(casse, CAMILLE).bloquees).keys() == {"k1/1", "k2/1"}
    repris = Lieu(lieu.recorder, lieu.vault, CATALOGUE, lieu.horloge)
    assert [r.cle for r in repris.reprendre()] == ["k1.1.vider.0"]
    assert repris.handler.unfinished == {}


def test_corriger_le_dernier_fait_ne_fait_pas_relire_toute_l_histoire(lieu: Lieu, monkeypatch: pytest.MonkeyPatch):
    for n in range(30):
        peser(lieu, n + 1, f"p{n}")
    corriger(lieu)
    corriger(lieu)
    read: list[int] = []
    real = type(lieu.catalogue).read
    monkeypatch.setattr(type(lieu.catalogue), "read", lambda self, row: (read.append(1), real(self, row))[1])
    corriger(lieu, essai=True)
    assert len(read) <= 4, "la dernière correction, les deux faits corrigés, et celui qui compte encore"


def _sans_suite() -> object:
    return attrs.evolve(DOMAINE, suites=())
