"""Matériel: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import LA_PERCEUSE, LUNDI, MARDI, PERCEUSE, SAMEDI, VENDREDI, dit, ligne, midi
from whenever import Date

from tierslieu_core.domaines.moyens.materiel import (
    AjouterObjet,
    CreerModele,
    DecrireObjet,
    ImmobiliserObjet,
    ModeleCree,
    ModeleDejaCree,
    ObjetAbsent,
    ObjetDecrit,
    ObjetDejaAjoute,
    ObjetImmobilise,
    ObjetRetire,
    RetirerObjet,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.arrets import Arret
from tierslieu_core.vocabulaire.identifiants import ModeleId

P10 = ModeleId("p10")
LE_MODELE = ModeleCree(modele=P10, nom="P10", categorie="outil", description="")
AJOUTER = AjouterObjet(objet=PERCEUSE, modele=P10, nom="Perceuse")
DECRIRE = DecrireObjet(objet=PERCEUSE, nom="Perceuse", etat="mandrin usé")
IMMOBILISER = ImmobiliserObjet(objet=PERCEUSE, du=MARDI, au=SAMEDI, motif="révision")
RETIRER = RetirerObjet(objet=PERCEUSE, le=MARDI, motif="usée")
REVISION, USEE = Arret(du=MARDI, au=SAMEDI, motif="révision"), Arret(du=MARDI, au=None, motif="usée")
IMMOBILISE = ObjetImmobilise(objet=PERCEUSE, du=MARDI, au=SAMEDI, motif="révision", arrets=(REVISION,))
RETIRE = ObjetRetire(objet=PERCEUSE, le=MARDI, motif="usée", arrets=(USEE,))


def test_on_cree_un_modele_et_le_recreer_ne_change_rien():
    given().when(CreerModele(modele=P10, nom="P10")).then(LE_MODELE)
    given(LE_MODELE).when(CreerModele(modele=P10, nom="P10")).then_nothing()


def test_deux_modeles_n_ont_pas_le_meme_identifiant():
    quand = given(LE_MODELE).when(CreerModele(modele=P10, nom="Autre"))
    quand.then_refused(ModeleDejaCree(modele=P10))
    assert "Ajoutez-y un objet" in dit(quand)


def test_un_objet_prend_la_categorie_de_son_modele_et_l_ajouter_a_nouveau_ne_change_rien():
    given(LE_MODELE).when(AJOUTER).then(LA_PERCEUSE)
    given(LE_MODELE, LA_PERCEUSE).when(AJOUTER).then_nothing()


def test_deux_objets_n_ont_pas_le_meme_identifiant():
    quand = given(LE_MODELE, LA_PERCEUSE).when(attrs.evolve(AJOUTER, nom="Visseuse"))
    quand.then_refused(ObjetDejaAjoute(objet=PERCEUSE))
    assert "autre identifiant" in dit(quand)


def test_on_decrit_a_nouveau_un_objet_et_le_redire_ne_change_rien():
    decrit = ObjetDecrit(objet=PERCEUSE, modele=P10, nom="Perceuse", categorie="outil", etat="mandrin usé")
    given(LA_PERCEUSE).when(DECRIRE).then(decrit)
    given(LA_PERCEUSE, decrit).when(DECRIRE).then_nothing()


def test_un_objet_se_decrit_encore_tant_qu_il_n_est_pas_parti():
    given(LA_PERCEUSE, RETIRE).when(DECRIRE).then_accepted()
    given(LA_PERCEUSE, IMMOBILISE).when(DECRIRE, maintenant=midi(MARDI)).then_accepted()
    quand = given(LA_PERCEUSE, RETIRE).when(DECRIRE, maintenant=midi(MARDI))
    quand.then_refused(ObjetAbsent(objet=PERCEUSE, le=MARDI, motif="usée"))
    assert "usée" in dit(quand)


def test_on_met_un_objet_hors_service_et_le_redire_ne_change_rien():
    given(LA_PERCEUSE).when(IMMOBILISER).then(IMMOBILISE)
    given(LA_PERCEUSE, IMMOBILISE).when(IMMOBILISER).then_nothing()


def test_une_seconde_revision_ne_fait_pas_oublier_la_premiere():
    given(LA_PERCEUSE, IMMOBILISE).when(ImmobiliserObjet(objet=PERCEUSE, du=LUNDI, au=LUNDI, motif="câble")).then(
        ObjetImmobilise(
            objet=PERCEUSE, du=LUNDI, au=LUNDI, motif="câble",
            arrets=(REVISION, Arret(du=LUNDI, au=LUNDI, motif="câble")),
        )
    )  # fmt: skip


def test_un_objet_parti_ne_se_met_plus_hors_service():
    given(LA_PERCEUSE, RETIRE).when(IMMOBILISER).then_refused(ObjetAbsent)
    given(LA_PERCEUSE, RETIRE).when(attrs.evolve(IMMOBILISER, du=LUNDI)).then_accepted()


def test_on_retire_un_objet_une_fois_pour_toutes():
    given(LA_PERCEUSE).when(RETIRER).then(RETIRE)
    given(LA_PERCEUSE, RETIRE).when(RETIRER).then_nothing()
    given(LA_PERCEUSE, RETIRE).when(attrs.evolve(RETIRER, le=SAMEDI)).then_refused(ObjetAbsent)


def test_une_mise_hors_service_ne_finit_pas_avant_de_commencer():
    with pytest.raises(DemandeInvalide, match="doit venir après"):
        given(LA_PERCEUSE).when(attrs.evolve(IMMOBILISER, au=LUNDI))


def test_le_registre_dit_en_service_hors_service_puis_retire_selon_le_jour():
    quand = given(LA_PERCEUSE, IMMOBILISE).when(attrs.evolve(RETIRER, le=Date(2026, 11, 26)))
    jours = (LUNDI, MARDI, Date(2026, 11, 26))
    assert [ligne(quand, "materiel", le).situation for le in jours] == ["en service", "hors service", "retiré"]


def test_le_registre_garde_les_arrets_d_un_objet_decrit_a_nouveau():
    quand = given(LA_PERCEUSE, IMMOBILISE).when(DECRIRE)
    assert (ligne(quand, "materiel").etat, ligne(quand, "materiel").arrets) == ("mandrin usé", (REVISION,))


def test_le_registre_se_lit_meme_au_jour_ou_une_revision_precede_l_arrivee_de_l_objet():
    quand = given(LA_PERCEUSE).when(IMMOBILISER, survenu_le=midi(VENDREDI))
    quand.then_accepted()
    assert quand.lieu.registre("materiel", au=VENDREDI) == []
    assert ligne(quand, "materiel", MARDI).situation == "hors service"
