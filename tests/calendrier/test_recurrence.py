"""What repeats, on the place's clock."""

from __future__ import annotations

import pytest
from whenever import Date

from tierslieu_adapters.calendrier.recurrence import occurrences
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.creneaux import Creneau
from tierslieu_core.vocabulaire.temps import Moment

PARIS = "Europe/Paris"


def creneau(debut, fin):
    return Creneau(Moment.depuis_texte(debut), Moment.depuis_texte(fin))


def dites(regle, debut="2026-11-24T14:00", fin="2026-11-24T16:00", sauf=()):
    return [
        str(c).replace(":00 ", " ").removesuffix(":00") for c in occurrences(regle, creneau(debut, fin), sauf, PARIS)
    ]


def test_chaque_mardi_sauf_un():
    assert dites("FREQ=WEEKLY;BYDAY=TU;COUNT=3", sauf=[Date(2026, 12, 1)]) == [
        "2026-11-24T14:00 – 2026-11-24T16:00",
        "2026-12-08T14:00 – 2026-12-08T16:00",
    ]


def test_la_premiere_occurrence_peut_etre_de_celles_que_l_on_saute():
    assert dites("rrule:freq=daily;count=2", sauf=[Date(2026, 11, 24)]) == ["2026-11-25T14:00 – 2026-11-25T16:00"]


@pytest.mark.parametrize("jusqu_au", ["20261201", "20261201T140000", "20261201T130000Z"])
def test_la_derniere_occurrence_est_comprise_et_se_dit_en_jour_en_heure_du_lieu_ou_en_utc(jusqu_au):
    assert len(dites(f"FREQ=WEEKLY;UNTIL={jusqu_au}")) == 2


def test_une_fin_en_utc_juste_avant_l_heure_du_lieu_exclut_cette_heure():
    assert len(dites("FREQ=WEEKLY;UNTIL=20261201T125959Z")) == 1


@pytest.mark.parametrize(("debut", "fin"), [("2026-03-22", "2026-04-05"), ("2026-10-18", "2026-11-01")])
def test_l_heure_du_lieu_reste_la_meme_quand_l_horloge_change(debut, fin):
    heures = dites(f"FREQ=WEEKLY;UNTIL={fin.replace('-', '')}", f"{debut}T10:00", f"{debut}T12:00")
    assert [h[10:] for h in heures] == [f"T10:00 – {d[:10]}T12:00" for d in heures]


def test_une_nuit_de_changement_d_heure_dure_ce_que_dit_l_horloge():
    nuits = occurrences("FREQ=WEEKLY;COUNT=3", creneau("2026-03-21T22:00", "2026-03-22T06:00"), (), PARIS)
    assert [n.periode(PARIS).minutes() for n in nuits] == [480, 420, 480]


def test_une_heure_qui_n_existe_pas_glisse_apres_le_saut_et_garde_sa_duree():
    _, saut, _ = occurrences("FREQ=WEEKLY;COUNT=3", creneau("2026-03-22T02:30", "2026-03-22T03:15"), (), PARIS)
    assert str(saut) == "2026-03-29T03:30:00 – 2026-03-29T04:15:00"
    assert saut.faute_dans(PARIS) is None


def test_une_heure_qui_a_lieu_deux_fois_est_la_premiere():
    _, double = occurrences("FREQ=WEEKLY;COUNT=2", creneau("2026-10-18T02:30", "2026-10-18T04:00"), (), PARIS)
    assert str(double.debut) == "2026-10-25T02:30:00+02:00"
    assert double.faute_dans(PARIS) is None


@pytest.mark.parametrize(
    ("regle", "dit"),
    [
        ("chaque mardi", "FREQ dit ce qui se répète"),
        ("FREQ=WEEKLY;BYDAY=XX;COUNT=2", "ne se lit pas"),
        ("COUNT=2", "FREQ dit ce qui se répète"),
        ("FREQ=HOURLY;COUNT=2", "FREQ dit ce qui se répète"),
        ("FREQ=DAILY;COUNT=0", "à partir de 1"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=2", "à partir de 1"),
        ("FREQ=WEEKLY", "n'a pas de fin"),
        ("FREQ=DAILY;COUNT=367", "plus de 366 occurrences"),
        ("FREQ=DAILY;BYSETPOS=400;COUNT=2", "aucun jour"),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=2", "sa première occurrence n'est pas le 2026-11-24T14:00"),
        ("FREQ=DAILY;UNTIL=20200101", "sa première occurrence n'est pas"),
    ],
)
def test_une_regle_que_l_on_ne_peut_suivre_dit_pourquoi(regle, dit):
    with pytest.raises(DemandeInvalide, match=dit) as faute:
        occurrences(regle, creneau("2026-11-24T14:00", "2026-11-24T16:00"), (), PARIS)
    assert faute.value.erreurs[0][0] == "regle"


def test_un_creneau_dit_ses_fautes():
    assert "n'existe pas" in creneau("2026-03-29T02:30", "2026-03-29T04:00").faute_dans(PARIS)
    assert "n'existe pas" in creneau("2026-03-29T01:30", "2026-03-29T02:30").faute_dans(PARIS)
    assert "doit venir après le début" in creneau("2026-11-24T16:00", "2026-11-24T14:00").faute_dans(PARIS)
