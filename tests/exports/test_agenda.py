"""Exports: what takes place leaves for any calendar, and changes there when it changes here."""

from __future__ import annotations

import io

import attrs
import pytest
from icalendar import Calendar
from tests.domaines.quai import ANA, LA_SALLE, MARDI, SAMEDI, VERTE, a, vecu

from tierslieu_adapters.exports import agenda as agendas
from tierslieu_adapters.exports.agenda import exporter
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, DeplacerReservation, ReserverEspace
from tierslieu_core.kernel import plugins
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE
from tierslieu_core.vocabulaire.identifiants import ReservationId
from tierslieu_core.vocabulaire.temps import matin


def agenda(lieu: Lieu, registre: str = "reservations", nombre: int = 1) -> list[dict]:
    out = io.StringIO(newline="")
    assert exporter(lieu, registre, out) == nombre
    return list(Calendar.from_ical(out.getvalue()).walk("VEVENT"))


@pytest.fixture
def lieu() -> Lieu:
    quai = vecu(LA_SALLE)
    quai.handler.knows_all = True
    reserver = ReserverEspace(espace=VERTE, personne=ANA, debut=a("14:00"), fin=a("16:00"))
    assert quai.executer(reserver, par=CAMILLE, cle="k").verdict == "accord"
    return quai


def test_ce_qui_a_lieu_part_a_ses_heures(lieu: Lieu):
    assert plugins.one("tierslieu.exporters", "ics", "Format d'export") is exporter
    (une,) = agenda(lieu)
    assert str(une["SUMMARY"]) == "Salle verte : ana (acceptée)"
    assert une["DTSTART"].to_ical() == b"20261124T130000Z"
    assert une["DTEND"].to_ical() == b"20261124T150000Z"


def test_ce_qui_se_deplace_garde_son_nom_et_ce_qui_s_annule_disparait(lieu: Lieu):
    (avant,) = agenda(lieu)
    deplacer = DeplacerReservation(reservation=ReservationId("k"), debut=a("17:00"), fin=a("18:00"))
    assert lieu.executer(deplacer, par=CAMILLE).verdict == "accord"
    (apres,) = agenda(lieu)
    assert (apres["UID"], apres["DTSTART"].to_ical()) == (avant["UID"], b"20261124T160000Z")
    lieu.executer(AnnulerReservation(reservation=ReservationId("k"), motif="grippe"), par=CAMILLE)
    assert agenda(lieu, nombre=0) == []


def test_ce_qui_dure_des_jours_se_dit_en_jours(lieu: Lieu):
    (une,) = lieu.planning("2026-11-24", "2026-11-24")
    jours = attrs.evolve(une, debut=matin(MARDI, "Europe/Paris"), fin=matin(SAMEDI, "Europe/Paris"), journee=True)
    event = agendas._event(jours, lieu, lieu.horloge())
    assert (event["DTSTART"].to_ical(), event["DTEND"].to_ical()) == (b"20261124", b"20261128")


def test_un_registre_sans_heures_le_dit(lieu: Lieu):
    with pytest.raises(DemandeInvalide, match=r"ne dit pas d'heures ; ces registres en disent : .*reservations"):
        exporter(lieu, "espaces", io.StringIO())
