"""Horaires: when a space is open, as OpenStreetMap writes it, on the holidays of its zone; never a guess."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import BLEUE, LA_SALLE, LUNDI, MARDI, SAMEDI, VENDREDI, VERTE, a, de, dit
from whenever import Date

from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.moyens.espaces import (
    FixerHoraires,
    Horaire,
    HorairesFixes,
    HorairesIllisibles,
    HorairesNonVerifies,
    HorsHoraires,
    OuvertureInconnue,
    VacancesDansHoraires,
)
from tierslieu_core.kernel.oracle import Oracle, silent
from tierslieu_core.testing.spec import CAMILLE, FONDATION, given, memory_place, record
from tierslieu_core.vocabulaire.calendrier import Calendrier, couvre, en_heures, parties, plages
from tierslieu_core.vocabulaire.temps import Periode

SEMAINE = "Mo-Fr 09:00-12:00,14:00-18:00; PH off"
FIXER = FixerHoraires(espace=VERTE, horaires=SEMAINE, du=LUNDI)
FIXES = HorairesFixes(espace=VERTE, horaires=SEMAINE, du=LUNDI, tous=(Horaire(du=LUNDI, horaires=SEMAINE),))


def repond(**reponses: str | None) -> Calendrier:
    """A calendar that answers so, whatever the day."""
    return Calendrier(Oracle(lambda quoi, _: reponses.get(quoi)), "metropole", "B")


def test_on_fixe_les_horaires_d_un_espace_et_les_redire_ne_change_rien():
    given(LA_SALLE).when(FIXER).then(FIXES)
    given(LA_SALLE, FIXES).when(FIXER).then_nothing()
    given(LA_SALLE, FIXES).when(attrs.evolve(FIXER, horaires=f" {SEMAINE} ", du=MARDI)).then_nothing()


def test_on_ote_les_horaires_a_partir_d_un_jour_et_ceux_d_avant_restent():
    (fait,) = given(LA_SALLE, FIXES).when(FixerHoraires(espace=VERTE, horaires="", du=SAMEDI)).reponse.evenements
    assert fait.tous == (*FIXES.tous, Horaire(du=SAMEDI, horaires=""))
    given(LA_SALLE).when(FixerHoraires(espace=VERTE, horaires="", du=SAMEDI)).then_nothing()


def test_des_horaires_illisibles_sont_refuses_avec_l_endroit_et_la_raison():
    quand = given(LA_SALLE).when(attrs.evolve(FIXER, horaires="Mo-Fr 9h-12h"))
    raison = "Au caractère 7 : « 9h-12h » ne se comprend pas à cet endroit."
    quand.then_refused(HorairesIllisibles(espace=VERTE, horaires="Mo-Fr 9h-12h", raison=raison))
    assert "PH : fériés" in dit(quand)


def test_sh_est_refuse_car_il_ne_dit_pas_les_zones():
    quand = given(LA_SALLE).when(attrs.evolve(FIXER, horaires="Mo-Fr 09:00-12:00; SH off"))
    quand.then_refused(VacancesDansHoraires)
    assert "vacances_scolaires" in dit(quand)
    given(LA_SALLE).when(attrs.evolve(FIXER, horaires='Mo-Fr 09:00-12:00 "sauf SH"')).then_accepted()


def test_sans_calendrier_on_ne_fixe_pas_d_horaires():
    lieu = memory_place()
    record(lieu, [*FONDATION, LA_SALLE])
    lieu.handler.source = silent
    reponse = lieu.executer(FIXER, par=CAMILLE)
    assert reponse.decision.motif.refus == "espaces.HorairesNonVerifies"
    assert HorairesNonVerifies(espace=VERTE, horaires=SEMAINE).espace == VERTE
    assert "tierslieu-core[calendrier]" in " ".join(reponse.explication)


def test_ce_que_le_calendrier_a_repondu_est_garde_avec_la_decision_et_se_rejoue():
    quand = given(LA_SALLE).when(FIXER)
    assert f"horaires {SEMAINE}" in bytes(quand.reponse.decision.mesures).decode()


def test_on_reserve_dans_les_heures_ouvertes():
    calendrier = repond(ferie="", ouvert="09:00-12:00,14:00-18:00")
    assert espaces.hors_horaires(VERTE, FIXES.tous, de("09:00", "12:00"), calendrier) is None
    assert espaces.hors_horaires(VERTE, FIXES.tous, de("14:00", "18:00"), calendrier) is None


@pytest.mark.parametrize("p", [de("08:59", "10:00"), de("17:00", "18:01"), de("11:00", "15:00"), de("20:00", "21:00")])
def test_hors_des_heures_le_refus_dit_celles_du_jour(p):
    trouve = espaces.hors_horaires(VERTE, FIXES.tous, p, repond(ferie="", ouvert="09:00-12:00,14:00-18:00"))
    heures = "ouvert de 9 h à 12 h et de 14 h à 18 h"
    assert trouve == HorsHoraires(espace=VERTE, periode=p, jour=MARDI, heures=heures)


def test_chaque_jour_d_une_reservation_compte_et_le_refus_nomme_celui_qui_manque():
    p = Periode(a("22:00"), a("10:00", Date(2026, 11, 25)), "Europe/Paris")
    trouve = espaces.hors_horaires(VERTE, FIXES.tous, p, repond(ferie="", ouvert="20:00-24:00"))
    assert trouve == HorsHoraires(espace=VERTE, periode=p, jour=Date(2026, 11, 25), heures="ouvert de 20 h à minuit")
    trouve = espaces.hors_horaires(VERTE, FIXES.tous, p, repond(ferie="Noël", ouvert=""))
    assert trouve == HorsHoraires(espace=VERTE, periode=p, jour=MARDI, heures="fermé")


def test_ce_que_le_calendrier_ne_sait_pas_n_est_jamais_accepte_en_silence():
    inconnu = OuvertureInconnue(espace=VERTE, jour=MARDI, horaires=SEMAINE)
    assert espaces.hors_horaires(VERTE, FIXES.tous, de("10:00", "11:00"), repond(ouvert="09:00-12:00")) == inconnu
    assert espaces.hors_horaires(VERTE, FIXES.tous, de("10:00", "11:00"), repond(ferie="")) == inconnu


def test_un_espace_sans_horaires_a_lui_suit_les_regles_du_lieu():
    rien = repond()
    assert espaces.hors_horaires(BLEUE, (), de("03:00", "04:00"), rien) is None
    assert espaces.hors_horaires(VERTE, FIXES.tous, de("03:00", "04:00", VENDREDI), rien) is None
    otes = (*FIXES.tous, Horaire(du=MARDI, horaires=""))
    assert espaces.hors_horaires(VERTE, otes, de("03:00", "04:00"), rien) is None


def test_la_nuit_d_octobre_ou_l_heure_revient_tient_dans_ses_heures():
    nuit = Date(2026, 10, 25)
    p = Periode(a("02:45+02:00", nuit), a("02:15+01:00", nuit), "Europe/Paris")
    assert list(parties(p)) == [(nuit, 135, 165)]
    tous = (Horaire(du=nuit, horaires="24/7"),)
    assert espaces.hors_horaires(VERTE, tous, p, repond(ouvert="00:00-24:00")) is None
    assert espaces.hors_horaires(VERTE, tous, p, repond(ouvert="00:00-02:30")) is not None
    meme = Periode(a("02:30+02:00", nuit), a("02:30+01:00", nuit), "Europe/Paris")
    assert espaces.hors_horaires(VERTE, tous, meme, repond(ouvert="02:00-03:00")) is None
    assert espaces.hors_horaires(VERTE, tous, meme, repond(ouvert="")) is not None


def test_des_heures_qui_se_touchent_couvrent_ensemble():
    assert plages("08:00-12:00,12:00-18:30") == ((480, 720), (720, 1110))
    assert couvre(((720, 1110), (480, 720)), 480, 1110)
    assert not couvre(((480, 720), (721, 1110)), 480, 1110)
    assert en_heures(plages("08:30-09:00")) == "ouvert de 8 h 30 à 9 h"
