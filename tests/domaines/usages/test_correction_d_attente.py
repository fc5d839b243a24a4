"""Corriger une attente : qui l'a quittée ou fut servi par erreur attend de nouveau, à son rang."""

from __future__ import annotations

import attrs
from tests.domaines.quai import BEN, LA_SALLE, VERTE, a, dit
from tests.domaines.usages.test_attente import CHLOE, MATIN, PRIS, R, acceptee, annuler, attente

from tierslieu_core.domaines.cadre.corrections import PasLeDernierFait, RienACorriger
from tierslieu_core.domaines.usages.reservations import AttenteDejaServie, CorrigerAttente, CorrigerReservation
from tierslieu_core.domaines.usages.reservations.attente import (
    AttenteQuittee,
    AttenteServie,
    CreneauLibre,
    CreneauPropose,
    QuitterAttente,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import AttenteId, ReservationId
from tierslieu_core.vues.apercu import apercu

A1, R2 = AttenteId("a-1"), ReservationId("r-2")
QUITTEE = AttenteQuittee(attente=A1, espace=VERTE, personne=BEN, periode=MATIN)
SERVIE = AttenteServie(attente=A1, espace=VERTE, personne=BEN, periode=MATIN, reservation=R2, passees=())
CORRIGER = CorrigerAttente(attente=A1, motif="ce n'était pas Ben")


def corrigee(n, nature):
    return FaitCorrige(fait=f"donne/{n}", nature=nature, sujet="attente:a-1", motif="ce n'était pas Ben")


def rangs(lieu):
    return {r.personne: r.rang for r in lieu.registre("attentes")}


def test_une_attente_demandee_par_erreur_n_attend_plus():
    quand = given(*PRIS, attente(1, BEN), attente(2, CHLOE)).when(CORRIGER)
    quand.then(corrigee(7, "reservations.AttenteDemandee"))
    assert rangs(quand.lieu) == {CHLOE: 1}
    assert quand.lieu.executer(QuitterAttente(attente=A1, personne=BEN), par=CAMILLE).verdict == "sans_objet"
    servie = quand.lieu.executer(annuler(), par=CAMILLE)
    assert servie.suites[0].evenements[0].personne == CHLOE
    given(*PRIS).when(CORRIGER).then_refused(RienACorriger(sujet="attente:a-1"))


def test_qui_a_quitte_par_erreur_reprend_son_rang_et_l_essai_le_montre():
    faits = (*PRIS, attente(1, BEN), attente(2, CHLOE), QUITTEE)
    quand = given(*faits).when(CORRIGER)
    quand.then(corrigee(9, "reservations.AttenteQuittee"))
    assert rangs(quand.lieu) == {BEN: 1, CHLOE: 2}
    assert quand.lieu.executer(annuler(), par=CAMILLE).suites[0].evenements[0].personne == BEN
    premier = attrs.evolve(CORRIGER, fait="donne/7")
    non = given(*faits).when(premier)
    non.then_refused(PasLeDernierFait(fait="donne/7", sujet="attente:a-1", dernier="donne/9"))
    essai = non.lieu.executer(CORRIGER, par=CAMILLE, essai=True)
    assert {(c.registre, c.apres.personne) for c in apercu(non.lieu, essai) if c.registre == "attentes"} == {
        ("attentes", BEN), ("attentes", CHLOE)
    }  # fmt: skip
    assert rangs(non.lieu) == {CHLOE: 1}


def test_ce_qui_est_libre_ne_s_attend_pas_de_nouveau_sauf_une_fois_passe():
    quand = given(LA_SALLE, attente(1, BEN), QUITTEE).when(CORRIGER)
    quand.then_refused(CreneauLibre(espace=VERTE, periode=MATIN))
    assert "réservez-le" in dit(quand)
    apres = a("13:00").dans("Europe/Paris").to_instant()
    given(LA_SALLE, attente(1, BEN), QUITTEE).when(CORRIGER, maintenant=apres).then_accepted()


def test_qui_fut_servi_attend_de_nouveau_une_fois_sa_reservation_corrigee():
    option = CreneauPropose(
        attente=A1, espace=VERTE, personne=BEN, periode=MATIN, reservation=R2, passees=(), jusqu_au=MATIN.debut
    )
    for servie in (SERVIE, option):
        quand = given(LA_SALLE, attente(1, BEN), servie, acceptee(personne=BEN, laquelle=R2)).when(CORRIGER)
        quand.then_refused(AttenteDejaServie(personne=BEN, reservation=R2))
        assert "CorrigerReservation" in dit(quand)
    lieu = quand.lieu
    assert lieu.executer(CorrigerReservation(reservation=R2, motif="x"), par=CAMILLE).acceptee
    assert "est libre" in lieu.executer(CORRIGER, par=CAMILLE).explication[0]
    pris = given(LA_SALLE, attente(1, BEN), SERVIE, acceptee(laquelle=R)).when(CORRIGER)
    pris.then(corrigee(7, "reservations.AttenteServie"))
    assert rangs(pris.lieu) == {BEN: 1}


def test_une_attente_corrigee_se_rejoue_a_l_identique():
    lieu = given(*PRIS, attente(1, BEN)).when(QuitterAttente(attente=A1, personne=BEN)).lieu
    for _ in range(2):
        assert lieu.executer(CORRIGER, par=CAMILLE).acceptee
    assert lieu.registre("attentes") == []
    assert {e.cle for e in lieu.rejouer().ecarts} <= {"donne"}, "les faits posés là sans décision"
