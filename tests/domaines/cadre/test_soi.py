"""Soi : la personne que la demande concerne, et aucune de celles qu'elle nomme à côté."""

from __future__ import annotations

import pytest
from tests.domaines.quai import ANA, ANA_ADHERE, BEN, LA_SALLE, VERTE, a

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.usages.reservations import PoserOption, ReserverEspace, ReserverSerie
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.creneaux import Creneau


@pytest.mark.parametrize("demande", [ReserverEspace, PoserOption])
def test_etre_parmi_les_inscrits_ne_fait_pas_demander_a_la_place_d_un_autre(demande):
    voulu = demande(espace=VERTE, personne=ANA, debut=a("10:00"), fin=a("12:00"), inscrits=(BEN,))
    given(LA_SALLE, ANA_ADHERE).when(voulu, par=BEN).then_refused(MandatManquant)
    pour_soi = demande(espace=VERTE, personne=BEN, debut=a("10:00"), fin=a("12:00"), inscrits=(ANA,))
    assert given(LA_SALLE, ANA_ADHERE).when(pour_soi, par=BEN).reponse.note.mandat == "soi"


def test_ni_pour_une_serie():
    deux_heures = (Creneau(debut=a("10:00"), fin=a("12:00")),)
    serie = ReserverSerie(espace=VERTE, personne=ANA, occurrences=deux_heures, inscrits=(BEN,), conflits="sauter")
    given(LA_SALLE, ANA_ADHERE).when(serie, par=BEN).then_refused(MandatManquant)
