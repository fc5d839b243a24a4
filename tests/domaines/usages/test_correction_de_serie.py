"""Corriger une série : tout ce qu'elle fit d'un coup, par erreur, se corrige d'un coup."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LA_SALLE, VERTE, a, dit, regle
from tests.domaines.usages.test_serie import MARDIS, chaque_mardi
from whenever import Time

from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.usages.reservations import (
    AnnulerReservation,
    AnnulerSerie,
    AttendreCreneau,
    CorrigerReservation,
    CorrigerSerie,
    ModifierSerie,
    ReserverEspace,
    ReserverSerie,
)
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.creneaux import Creneau
from tierslieu_core.vocabulaire.identifiants import ReservationId, SerieId
from tierslieu_core.vues.apercu import apercu

SERIE = SerieId("epreuve")
CORRIGER = CorrigerSerie(serie=SERIE, motif="pas cette salle")
ANNULER = AnnulerSerie(serie=SERIE, personne=ANA, motif="grippe")
PLUS_TARD = ModifierSerie(serie=SERIE, personne=ANA, debut=Time(15))


@pytest.fixture
def lieu():
    """Three Tuesdays are booked in a row."""
    return given(LA_SALLE).when(chaque_mardi(), par=ANA).lieu


def faire(lieu, demande):
    return lieu.executer(demande, par=CAMILLE)


def etats(lieu):
    return [(str(r.debut)[11:16], r.etat) for r in lieu.registre("reservations")]


def fidele(lieu):
    return {e.cle for e in lieu.rejouer().ecarts} <= {"donne"}


def de_ben(le, debut="14:00"):
    return ReserverEspace(espace=VERTE, personne=BEN, debut=a(debut, le), fin=a("16:00", le))


def test_une_serie_reservee_par_erreur_ne_tient_plus_rien_et_qui_attend_est_servi(lieu):
    attendre = AttendreCreneau(espace=VERTE, personne=BEN, debut=a("14:00"), fin=a("16:00"))
    assert faire(lieu, attendre).acceptee
    essai = lieu.executer(CORRIGER, par=CAMILLE, essai=True)
    assert {c.avant.etat for c in apercu(lieu, essai) if c.registre == "series"} == {"à venir"}
    assert len(lieu.registre("series")) == 1
    corrigee = faire(lieu, CORRIGER)
    assert corrigee.acceptee
    assert [f.personne for s in corrigee.suites for f in s.evenements] == [BEN, BEN]
    assert lieu.registre("series") == []
    assert [r.personne for r in lieu.registre("reservations")] == [BEN]
    for demande in (PLUS_TARD, ANNULER):
        assert "fut enregistrée par erreur" in faire(lieu, demande).explication[0]
    assert "Rien n'est enregistré" in faire(lieu, CORRIGER).explication[0]
    assert fidele(lieu)


def test_une_serie_annulee_par_erreur_tient_de_nouveau_tout_ce_qui_est_libre(lieu):
    assert faire(lieu, ANNULER).acceptee
    assert faire(lieu, CORRIGER).acceptee
    assert etats(lieu) == [("14:00", "acceptée")] * 3
    assert faire(lieu, de_ben(MARDIS[1])).verdict == "refus"
    assert faire(lieu, ANNULER).acceptee
    assert faire(lieu, de_ben(MARDIS[1])).acceptee
    refusee = faire(lieu, CORRIGER)
    assert refusee.decision.motif.refus == "reservations.EspaceDejaReserve"
    assert fidele(lieu)


def test_des_occurrences_qui_se_suivent_reprennent_chacune_leurs_heures():
    """Each day to the next: what the first takes back, the second now holds, and gives back too."""
    mardi, mercredi, jeudi = (MARDIS[0].add(days=n) for n in range(3))
    nuits = tuple(Creneau(a("14:00", un), a("14:00", autre)) for un, autre in ((mardi, mercredi), (mercredi, jeudi)))
    demande = ReserverSerie(espace=VERTE, personne=ANA, occurrences=nuits)
    lieu = given(LA_SALLE).when(demande, par=ANA).lieu
    assert faire(lieu, attrs.evolve(PLUS_TARD, debut=Time(8))).acceptee
    assert faire(lieu, CORRIGER).acceptee
    assert etats(lieu) == [("14:00", "acceptée")] * 2


def test_une_serie_changee_par_erreur_reprend_ses_heures(lieu):
    assert faire(lieu, PLUS_TARD).acceptee
    assert {debut for debut, _ in etats(lieu)} == {"15:00"}
    assert faire(lieu, CORRIGER).acceptee
    assert etats(lieu) == [("14:00", "acceptée")] * 3
    assert fidele(lieu)


def test_les_regles_jugent_ce_que_la_serie_reprend():
    lieu = given(LA_SALLE, regle("peu", "quota", maximum=3, periode="annee")).when(chaque_mardi(), par=ANA).lieu
    assert faire(lieu, ANNULER).acceptee
    assert faire(lieu, attrs.evolve(de_ben(MARDIS[3]), personne=ANA)).acceptee
    assert faire(lieu, CORRIGER).verdict == "refus"


def test_ce_qui_a_change_depuis_se_corrige_d_abord(lieu):
    une = ReservationId("epreuve~2")
    annulee = faire(lieu, AnnulerReservation(reservation=une, motif="x"))
    refusee = faire(lieu, CORRIGER)
    assert refusee.decision.motif.refus == "corrections.PasLeDernierFait"
    assert annulee.acceptee
    assert "c'est « Réservation annulée" in refusee.explication[0]
    assert faire(lieu, CorrigerReservation(reservation=une, motif="x")).acceptee
    assert faire(lieu, CORRIGER).acceptee
    assert etats(lieu) == []


def test_une_serie_se_corrige_du_dernier_fait_au_premier(lieu):
    faire(lieu, ANNULER)
    refusee = faire(lieu, attrs.evolve(CORRIGER, fait="epreuve/1"))
    assert refusee.decision.motif.refus == "corrections.PasLeDernierFait"
    given(LA_SALLE).when(CORRIGER).then_refused(RienACorriger(sujet="serie:epreuve"))
    assert "audit" in dit(given(LA_SALLE).when(CORRIGER))
