"""Habilitations: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, ANA_SAIT_SCIER, BEN, LUNDI, MARDI, SAMEDI, VENDREDI, dit, ligne, midi, regle
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.personnes.formations import (
    AccorderHabilitation,
    CorrigerHabilitation,
    HabilitationAbsente,
    HabilitationAccordee,
    HabilitationRetiree,
    RetirerHabilitation,
    Tenue,
)
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import ObjetId

ACCORDER = AccorderHabilitation(personne=ANA, habilitation="scie", du=LUNDI)
RETIRER = RetirerHabilitation(personne=ANA, habilitation="scie", motif="lunettes oubliées")
SCIE = Tenue(habilitation="scie", du=LUNDI, jusqu_au=None)
RETIREE = HabilitationRetiree(
    personne=ANA, habilitation="scie", motif="lunettes oubliées", tenues=(attrs.evolve(SCIE, jusqu_au=LUNDI),)
)


def test_on_accorde_une_habilitation_et_l_accorder_a_nouveau_ne_change_rien():
    given().when(ACCORDER).then(ANA_SAIT_SCIER)
    given(ANA_SAIT_SCIER).when(ACCORDER).then_nothing()


def test_prolonger_une_habilitation_remplace_la_precedente_et_garde_les_autres():
    tour = Tenue(habilitation="tour", du=LUNDI, jusqu_au=None)
    jusqu_a_samedi = Tenue(habilitation="scie", du=LUNDI, jusqu_au=SAMEDI)
    given(attrs.evolve(ANA_SAIT_SCIER, tenues=(SCIE, tour))).when(attrs.evolve(ACCORDER, jusqu_au=SAMEDI)).then(
        HabilitationAccordee(
            personne=ANA, habilitation="scie", du=LUNDI, jusqu_au=SAMEDI, tenues=(tour, jusqu_a_samedi)
        )
    )


def test_une_habilitation_ne_finit_pas_avant_de_commencer():
    with pytest.raises(DemandeInvalide, match="doit venir après"):
        given().when(attrs.evolve(ACCORDER, jusqu_au=VENDREDI))


def test_une_habilitation_retiree_a_valu_jusqu_a_la_veille():
    given(ANA_SAIT_SCIER).when(RETIRER, maintenant=midi(MARDI)).then(RETIREE)
    habilites = regle("r", "habilitation", requise="scie")
    preter = PreterObjet(objet=ObjetId("scie"), personne=ANA, retour=SAMEDI)
    faits = (habilites, ANA_SAIT_SCIER, RETIREE)
    given(*faits).when(preter, maintenant=midi(MARDI)).then_refused(clause="r")
    given(*faits).when(preter, maintenant=midi(MARDI), survenu_le=midi(LUNDI)).then_accepted()


def test_une_habilitation_retiree_le_jour_ou_elle_commence_n_a_jamais_valu():
    given(ANA_SAIT_SCIER).when(RETIRER).then(attrs.evolve(RETIREE, tenues=()))


def test_on_ne_retire_que_ce_qui_est_tenu():
    for faits in ((), (ANA_SAIT_SCIER, RETIREE)):
        quand = given(*faits).when(RETIRER, maintenant=midi(MARDI))
        quand.then_refused(HabilitationAbsente(personne=ANA, habilitation="scie"))
        assert "registre des habilitations" in dit(quand)


def test_on_ne_s_habilite_pas_soi_meme():
    given().when(attrs.evolve(ACCORDER, personne=BEN), par=BEN).then_refused(MandatManquant)


def test_le_registre_dit_si_une_habilitation_vaut_au_jour_ou_on_le_lit():
    quand = given().when(attrs.evolve(ACCORDER, du=MARDI, jusqu_au=SAMEDI))
    jours = (LUNDI, MARDI, SAMEDI, Date(2026, 11, 29))
    assert [ligne(quand, "habilitations", le).valide for le in jours] == [False, True, True, False]
    assert ligne(quand, "habilitations").par == "camille"


def test_une_habilitation_retiree_quitte_le_registre():
    quand = given(ANA_SAIT_SCIER).when(RETIRER, maintenant=midi(MARDI))
    assert quand.lieu.registre("habilitations", au=MARDI) == []
    assert ligne(quand, "habilitations", LUNDI).habilitation == "scie"


def test_le_registre_se_lit_meme_au_jour_ou_un_retrait_precede_l_accord():
    quand = given(attrs.evolve(ANA_SAIT_SCIER, du=VENDREDI)).when(RETIRER, survenu_le=midi(VENDREDI))
    assert quand.lieu.registre("habilitations", au=VENDREDI) == []


def test_une_habilitation_retiree_par_erreur_est_rendue_par_sa_correction():
    quand = given(ANA_SAIT_SCIER).when(RetirerHabilitation(personne=ANA, habilitation="scie", motif="oubli"))
    lieu = quand.lieu
    quand.then_accepted()
    assert lieu.registre("habilitations") == []
    corriger = CorrigerHabilitation(personne=ANA, motif="une autre personne")
    (fait,) = lieu.executer(corriger, par=CAMILLE).evenements
    assert fait.nature == "formations.HabilitationRetiree"
    assert [r.habilitation for r in lieu.registre("habilitations")] == ["scie"]
