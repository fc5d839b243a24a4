"""Prêts: sentences that a volunteer of the place would sign."""

from __future__ import annotations

from whenever import Date

from tierslieu_core.domaines.usages.prets import ObjetDejaPrete, ObjetPrete, PreterObjet
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId

PERCEUSE, ANA, BEN = ObjetId("perceuse"), PersonneId("ana"), PersonneId("ben")
LUNDI, SAMEDI = Date(2026, 11, 23), Date(2026, 11, 28)
PRETEE_A_ANA = ObjetPrete(
    objet=PERCEUSE, personne=ANA, depuis=LUNDI, retour=SAMEDI, categorie="", constat="en bon état"
)


def test_on_prete_un_objet_qui_est_la():
    given().when(PreterObjet(objet=PERCEUSE, personne=ANA, retour=SAMEDI)).then(PRETEE_A_ANA)


def test_on_ne_prete_pas_a_deux_personnes_le_meme_objet():
    given(PRETEE_A_ANA).when(PreterObjet(objet=PERCEUSE, personne=BEN, retour=SAMEDI)).then_refused(
        ObjetDejaPrete(objet=PERCEUSE, personne=ANA, retour=SAMEDI)
    )


def test_redemander_le_meme_pret_ne_change_rien():
    given(PRETEE_A_ANA).when(PreterObjet(objet=PERCEUSE, personne=ANA, retour=SAMEDI)).then_nothing()
