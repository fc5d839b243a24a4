"""The oracle of calendars, held to the official tables and to hours found in the world."""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path

import pytest
from whenever import Date

from tierslieu_adapters.calendrier import horaires, jours, oracle
from tierslieu_core.vocabulaire.calendrier import ZONES_FERIEES, Calendrier, mentionne

DONNEES = Path(__file__).parents[3] / "shared" / "donnees"
FERIES = DONNEES / "jours-feries" / "jours_feries_seuls.csv"
VACANCES = DONNEES / "vacances-scolaires" / "data.csv"
VUES = DONNEES / "opening-hours-rs" / "opening_hours_values_odd.txt"
ICI = Calendrier(lambda quoi, *mots: oracle(quoi, mots), "metropole", "B")


def partage(fichier: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not fichier.is_file(), reason=f"{fichier.name} n'est pas là : ../shared/donnees")


def test_noel_est_ferie_et_le_24_novembre_ne_l_est_pas():
    assert ICI.ferie(Date(2026, 12, 25)) == "Noël"
    assert ICI.ferie(Date(2026, 11, 24)) == ""


@pytest.mark.parametrize(
    ("zone", "le", "nom"),
    [
        ("alsace-moselle", "2026-04-03", "Vendredi saint"),
        ("alsace-moselle", "2026-12-26", "Saint-Étienne"),
        ("metropole", "2026-04-03", ""),
        ("la-reunion", "2026-12-20", "Abolition de l'esclavage"),
        ("metropole", "2026-12-20", ""),
    ],
)
def test_chaque_zone_a_ses_jours_feries(zone, le, nom):
    assert jours.ferie(zone, le) == nom


def test_chaque_zone_connue_se_lit_et_une_zone_inconnue_ne_se_devine_pas():
    assert {jours.ferie(zone, "2026-01-01") for zone in jours.SUBDIVISIONS} == {"Jour de l'an"}
    assert set(jours.SUBDIVISIONS) == set(ZONES_FERIEES)
    assert jours.ferie("atlantide", "2026-01-01") is None
    assert Calendrier(ICI.oracle, "", "").ferie(Date(2026, 1, 1)) is None


@partage(FERIES)
def test_les_jours_feries_sont_ceux_du_fichier_officiel():
    """From 1982 on, but three Whit Mondays; before, the file counts each 8 May, which the law did not."""
    with FERIES.open(encoding="utf-8") as fichier:
        dits = {row["date"] for row in csv.DictReader(fichier) if "1982" <= row["date"] < "2050"}
    tous = (date.fromordinal(n).isoformat() for n in range(date(1982, 1, 1).toordinal(), date(2050, 1, 1).toordinal()))
    assert dits - {le for le in tous if jours.ferie("metropole", le)} == {"2005-05-16", "2006-06-05", "2007-05-28"}
    assert all(jours.ferie("metropole", le) for le in dits if le > "2008")


@partage(VACANCES)
def test_les_vacances_scolaires_sont_celles_du_fichier_officiel():
    """Until the last day that the file knows: its later rows say « no », which means that nobody knew yet."""
    with VACANCES.open(encoding="utf-8") as fichier:
        for row in csv.DictReader(fichier):
            if "1990-10-27" <= row["date"] <= "2026-08-30":
                for zone in "ABC":
                    nom = row["nom_vacances"] if row[f"vacances_zone_{zone.lower()}"] == "True" else ""
                    assert jours.vacances(zone, row["date"]) == nom, row


def test_au_dela_de_ce_que_la_bibliotheque_connait_les_vacances_ne_se_devinent_pas():
    assert ICI.vacance(Date(2026, 12, 24)) == "Vacances de Noël"
    assert ICI.vacance(Date(2026, 11, 24)) == ""
    assert ICI.vacance(Date(2126, 7, 14)) is None
    assert ICI.vacance(Date(1980, 7, 14)) is None
    assert jours.vacances("D", "2026-11-24") is None
    assert Calendrier(ICI.oracle, "metropole", "").vacance(Date(2026, 12, 24)) is None


def test_les_horaires_se_lisent_jour_par_jour():
    semaine = "Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:00; PH off"
    assert ICI.ouvert(semaine, Date(2026, 11, 24)) == ((540, 720), (840, 1080))
    assert ICI.ouvert(semaine, Date(2026, 11, 28)) == ((600, 720),)
    assert ICI.ouvert(semaine, Date(2026, 11, 29)) == ()
    assert ICI.ouvert(semaine, Date(2026, 12, 25)) == ()


def test_un_jour_ferie_est_celui_de_la_zone_du_lieu():
    vendredi_saint = Date(2026, 4, 3)
    alsace = Calendrier(ICI.oracle, "alsace-moselle", "B")
    assert ICI.ouvert("Mo-Fr 09:00-12:00; PH off", vendredi_saint) == ((540, 720),)
    assert alsace.ouvert("Mo-Fr 09:00-12:00; PH off", vendredi_saint) == ()
    assert alsace.ouvert("Mo-Fr 09:00-12:00; PH,Su 10:00-11:00", vendredi_saint) == ((600, 660),)
    assert alsace.ouvert('Mo-Fr 09:00-12:00 "sauf PH"', vendredi_saint) == ((540, 720),)
    inconnue = Calendrier(ICI.oracle, "atlantide", "B")
    assert inconnue.ouvert("Mo-Fr 09:00-12:00; PH off", vendredi_saint) is None
    assert inconnue.ouvert("Mo-Fr 09:00-12:00", vendredi_saint) == ((540, 720),)


def test_une_soiree_va_jusqu_au_lendemain_mais_ne_se_devine_pas_autour_d_un_jour_ferie():
    soirs = "Mo-Su 20:00-26:00; PH off"
    assert ICI.ouvert(soirs, Date(2026, 12, 24)) == ((0, 120), (1200, 1440))
    assert ICI.ouvert(soirs, Date(2026, 12, 25)) is None
    assert ICI.ouvert(soirs, Date(2026, 12, 26)) is None
    assert ICI.ouvert(soirs, Date(2026, 12, 27)) == ((0, 120), (1200, 1440))
    assert ICI.ouvert("Mo-Su 20:00-02:00; PH off", Date(2026, 12, 25)) is None


def test_des_heures_a_confirmer_ne_sont_pas_connues():
    assert ICI.ouvert("Mo-Fr 09:00-12:00 unknown", Date(2026, 11, 24)) is None
    assert ICI.ouvert("Mo-Fr 09:00-12:00 unknown", Date(2026, 11, 28)) == ()
    assert ICI.ouvert("Mo 9h", Date(2026, 11, 24)) is None
    assert ICI.ouvert("Mo-Su 09:00-12:00", Date(9999, 12, 31)) is None


@pytest.mark.parametrize(
    ("ecrit", "faute"),
    [
        ("Mo-Fr 09:00-12:00; Sa 9h-12h", "Au caractère 23 : « 9h-12h » ne se comprend pas"),
        ("lundi 10:00-12:00", "Au caractère 1 : « lundi"),
        ("Mo-Fr 09:00-12:00,", "Au caractère 19 : il manque la suite"),
        ("Mo-Fr 10:00-12:00; PH +1 day off", "Au caractère 20 : un jour férié se dit « PH » tout court"),
        ("PH Mo-Fr 10:00-12:00", "Au caractère 1 : entre un jour et « PH », une virgule"),
        ('"PH +1" 10:00-12:00; Su PH off', "Au caractère 22 : entre un jour et « PH », une virgule"),
        ("sunrise-sunset", "Au caractère 1 : les heures du soleil changent"),
        ('Mo-Fr 10:00-12:00 "PH +1, au sunrise"', ""),
        ("24/7", ""),
        ("week 1-53/2 Mo 10:00-12:00; Su[1] 10:00-12:00; easter off; 2026 Dec 24-Jan 02 off", ""),
    ],
)
def test_des_horaires_illisibles_le_sont_avec_l_endroit_et_la_raison(ecrit, faute):
    trouve = horaires.faute(ecrit)
    assert trouve.startswith(faute)
    assert bool(trouve) == bool(faute)


@partage(VUES)
def test_tous_les_horaires_vus_dans_le_monde_se_lisent_ou_disent_pourquoi():
    refuses = {}
    for ecrit in VUES.read_text(encoding="utf-8").splitlines():
        raison = "SH" if mentionne("SH", ecrit) else horaires.faute(ecrit)
        if raison:
            refuses[ecrit] = raison
            continue
        for n in range(370):
            heures = ICI.ouvert(ecrit, Date(2026, 1, 1).add(days=n))
            nuit = any(a <= de or a > "24:00" for de, a in horaires.PLAGE.findall(ecrit))
            assert heures is not None or (nuit and "PH" in ecrit), ecrit
            assert all(0 <= de < a <= 1440 for de, a in heures or ()), ecrit
    assert len(refuses) == 2
    assert all("les heures du soleil changent chaque jour" in raison for raison in refuses.values())


def test_une_question_inconnue_ou_sans_bibliotheque_n_a_pas_de_reponse(monkeypatch):
    assert oracle("meteo", ("demain",)) is None
    assert oracle("ferie", ("2026-12-25",)) is None
    for module in ("opening_hours", "holidays", "vacances_scolaires_france"):
        monkeypatch.setitem(sys.modules, module, None)
    jours._feries.cache_clear()
    jours._vacances.cache_clear()
    assert oracle("horaires", ("24/7",)) is None
    assert oracle("ouvert", ("24/7", "2026-11-24", "non", "non")) is None
    assert oracle("ferie", ("metropole", "2026-12-25")) is None
    assert oracle("vacances", ("B", "2026-12-25")) is None
