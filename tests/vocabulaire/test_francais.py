"""French, as people read it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Date, PlainDateTime, Time

from tierslieu_core.vocabulaire.arrets import Arret, arret_entre, arrets_avec, depart
from tierslieu_core.vocabulaire.francais import compte, duree, lisible, liste
from tierslieu_core.vocabulaire.identifiants import connu
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode

LUNDI, MARDI = Date(2026, 11, 23), Date(2026, 11, 24)


def moment(texte):
    return Moment.depuis_texte(texte)


@pytest.mark.parametrize(
    ("valeur", "dit"),
    [
        (None, "—"),
        ("", "—"),
        ((), "—"),
        (0, "0"),
        (True, "oui"),
        (False, "non"),
        (LUNDI, "lundi 23 novembre 2026"),
        (Date(2026, 3, 1), "dimanche 1er mars 2026"),
        (Time(14), "14 h"),
        (Time(14, 5), "14 h 05"),
        (PlainDateTime(2026, 11, 23, 14, 30), "lundi 23 novembre 2026 à 14 h 30"),
        (moment("2026-11-23T09:00"), "lundi 23 novembre 2026 à 9 h"),
        (moment("2026-10-25T02:00+02:00"), "dimanche 25 octobre 2026 à 2 h (+02:00)"),
        (
            Periode(moment("2026-11-23T14:00"), moment("2026-11-23T16:30"), "Europe/Paris"),
            "le lundi 23 novembre 2026 de 14 h à 16 h 30",
        ),
        (
            Periode(moment("2026-10-25T02:00+02:00"), moment("2026-10-25T02:00+01:00"), "Europe/Paris"),
            "le dimanche 25 octobre 2026 de 2 h (+02:00) à 2 h (+01:00)",
        ),
        (
            Periode(moment("2026-11-23T20:00"), moment("2026-11-24T02:00"), "Europe/Paris"),
            "du lundi 23 novembre 2026 à 20 h au mardi 24 novembre 2026 à 2 h",
        ),
        (
            Arret(du=LUNDI, au=MARDI, motif="travaux"),
            "du lundi 23 novembre 2026 au mardi 24 novembre 2026 : travaux",
        ),
        (Arret(du=LUNDI, au=None, motif="bail"), "à partir du lundi 23 novembre 2026 : bail"),
        (("a", "b", "c"), "a, b et c"),
        ([LUNDI], "lundi 23 novembre 2026"),
        ("tel quel", "tel quel"),
    ],
)
def test_toute_valeur_se_lit_en_francais(valeur, dit):
    assert lisible(valeur) == dit


@pytest.mark.parametrize(
    ("minutes", "dit"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30"), (65, "1 h 05"), (1440, "1 jour"), (4320, "3 jours")],
)
def test_une_duree_se_lit(minutes, dit):
    assert duree(minutes) == dit


@given(st.integers(0, 100_000))
def test_une_duree_lue_redonne_ses_minutes(minutes):
    said = duree(minutes)
    if "jour" in said:
        assert int(said.split()[0]) * 1440 == minutes
    elif "h" in said:
        heures, _, reste = said.partition(" h")
        assert int(heures) * 60 + int(reste or 0) == minutes
    else:
        assert int(said.removesuffix(" min")) == minutes


def test_le_francais_est_au_pluriel_a_partir_de_deux():
    assert [compte(n, "jour") for n in (-2, 0, 1, 2)] == ["-2 jours", "0 jour", "1 jour", "2 jours"]
    assert compte(2, "travail", "travaux") == "2 travaux"


def test_une_liste_se_lit_avec_et_ou_ou():
    assert liste([]) == ""
    assert liste(["a"]) == "a"
    assert liste(["a", "b"], "ou") == "a ou b"


# ── les arrêts ──────────────────────────────────────────────────────────────────────────────────────────────────────

FUITE, BAIL = Arret(du=LUNDI, au=MARDI, motif="fuite"), Arret(du=MARDI, au=None, motif="bail")


@given(st.integers(0, 9), st.integers(0, 9) | st.none(), st.integers(0, 9), st.integers(0, 9))
def test_un_arret_touche_les_jours_qu_il_partage(du, au, debut, fin):
    base = Date(2026, 11, 1)
    arret = Arret(du=base.add(days=du), au=None if au is None else base.add(days=du + au), motif="")
    debut, fin = min(debut, fin), max(debut, fin)
    partages = set(range(du, 99 if au is None else du + au + 1)) & set(range(debut, fin + 1))
    assert arret.touche(base.add(days=debut), base.add(days=fin)) == bool(partages)


def test_le_depart_passe_avant_tout_autre_arret():
    assert arret_entre((FUITE, BAIL), MARDI, MARDI) == BAIL
    assert arret_entre((FUITE, BAIL), LUNDI, LUNDI) == FUITE
    assert arret_entre((FUITE,), Date(2026, 12, 1), Date(2026, 12, 2)) is None
    assert (depart((FUITE, BAIL)), depart((FUITE,))) == (BAIL, None)


def test_un_arret_s_ajoute_en_dernier_et_les_anciens_s_effacent_jamais_le_depart():
    deux_mois_plus_tard = MARDI.add(days=62)
    assert arrets_avec((FUITE, BAIL), FUITE, deux_mois_plus_tard) == (FUITE, BAIL, FUITE)
    assert arrets_avec((FUITE, BAIL), FUITE, deux_mois_plus_tard.add(days=1)) == (BAIL, FUITE)


def test_un_arret_s_ecrit_dans_un_tableau():
    assert str(FUITE) == "23/11/2026 – 24/11/2026 (fuite)"
    assert str(BAIL) == "24/11/2026 – … (bail)"


# ── ce que l'on garde des mesures ───────────────────────────────────────────────────────────────────────────────────


def test_une_decision_garde_ses_mesures_mais_pas_les_autres_usages():
    periode = Periode(moment("2026-11-23T14:00"), moment("2026-11-23T16:00"), "Europe/Paris")
    mesures = Mesures(
        action="reserver", personne="ana", lieux=("espace:verte",), jour=LUNDI, periode=periode, preavis_minutes=0,
        usages=(Usage(periode, ("espace:verte",)),),
    )  # fmt: skip
    assert mesures.garde() == {
        "action": "reserver", "personne": "ana", "lieux": ("espace:verte",), "jour": "2026-11-23", "preavis_minutes": 0,
        "periode": {"debut": "2026-11-23T14:00:00", "fin": "2026-11-23T16:00:00", "zone": "Europe/Paris"},
    }  # fmt: skip


def test_ce_que_le_bord_a_verifie_est_connu():
    assert connu("verte") == "verte"
    with pytest.raises(AssertionError, match="le bord l'a vérifié"):
        connu(None)
