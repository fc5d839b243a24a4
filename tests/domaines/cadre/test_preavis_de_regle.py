"""Une règle s'annonce: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import regle
from whenever import Date

from tierslieu_core.domaines.cadre.regles import AbrogerRegle, AdopterRegle, AmenderRegle, SuspendreRegle
from tierslieu_core.domaines.cadre.regles.effet import PreavisNonTenu
from tierslieu_core.domaines.cadre.regles.genres.adoption import PreavisDeRegle
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.identifiants import RegleId

R, ANNONCE = RegleId("duree"), "annonce"
DUREE, COURTE = regle("duree", "duree", maximum_minutes=240), Duree(maximum_minutes=120)
AUJOURDHUI, TROP_TOT, ASSEZ_TARD = Date(2026, 11, 23), Date(2026, 12, 7), Date(2026, 12, 8)


def amender(du, cls=AmenderRegle):
    return cls(regle=R, genre=COURTE, du=du, motif="AG")


@pytest.mark.parametrize("cls", [AdopterRegle, AmenderRegle])
def test_une_regle_ne_prend_effet_qu_au_bout_du_preavis_que_le_lieu_s_est_donne(cls):
    held = [regle(ANNONCE, "preavis_de_regle", jours=15), *([DUREE] if cls is AmenderRegle else ())]
    refus = PreavisNonTenu(jours=15, du=TROP_TOT, au_plus_tot=ASSEZ_TARD, urgence="sans exception")
    said = " ".join(given(*held).when(amender(TROP_TOT, cls)).then_refused(refus).explication)
    assert "Le lieu annonce ses règles avant qu'elles ne prennent effet (préavis, en jours : 15)" in said
    assert "le lundi 7 décembre 2026 est trop tôt" in said
    assert "Donnez-lui effet du mardi 8 décembre 2026 ou de plus tard (sans exception)." in said
    given(*held).when(amender(ASSEZ_TARD, cls)).then_accepted()


@pytest.mark.parametrize("asked", [
    AbrogerRegle(regle=R, du=TROP_TOT, motif="AG"), SuspendreRegle(regle=R, du=TROP_TOT, motif="AG"),
])  # fmt: skip
def test_une_fin_ne_s_annonce_que_si_le_lieu_l_a_dit(asked):
    given(regle(ANNONCE, "preavis_de_regle", jours=15), DUREE).when(asked).then_accepted()
    given(regle(ANNONCE, "preavis_de_regle", jours=15, fins=True), DUREE).when(asked).then_refused(PreavisNonTenu)


def test_ce_qui_ne_peut_attendre_se_decide_par_qui_en_a_le_mandat():
    for role, admis in (("coordination", True), ("bureau", False)):
        held = regle(ANNONCE, "preavis_de_regle", jours=15, sauf=(role,))
        quand = given(held, DUREE).when(amender(AUJOURDHUI))
        if admis:
            quand.then_accepted()
        else:
            said = " ".join(quand.then_refused(PreavisNonTenu).explication)
            assert "ou de plus tard (en urgence, le mandat bureau peut s'en passer)." in said


def test_le_preavis_lie_des_le_lendemain_pour_que_les_premieres_regles_se_posent_ensemble():
    le_jour_meme = attrs.evolve(regle(ANNONCE, "preavis_de_regle", jours=15), du=AUJOURDHUI)
    given(le_jour_meme, DUREE).when(amender(AUJOURDHUI)).then_accepted()
    la_veille = attrs.evolve(le_jour_meme, du=AUJOURDHUI.subtract(days=1))
    given(la_veille, DUREE).when(amender(AUJOURDHUI)).then_refused(PreavisNonTenu)


def test_l_annonce_elle_meme_s_annonce():
    held = regle(ANNONCE, "preavis_de_regle", jours=15)
    raccourcir = AmenderRegle(regle=RegleId(ANNONCE), genre=PreavisDeRegle(jours=1), du=AUJOURDHUI, motif="AG")
    given(held).when(raccourcir).then_refused(PreavisNonTenu)
