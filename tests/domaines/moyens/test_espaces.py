"""Espaces: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import BLEUE, LA_SALLE, LUNDI, MARDI, SAMEDI, VENDREDI, VERTE, dit, ligne, midi
from whenever import Date

from tierslieu_core.domaines.moyens.espaces import (
    DecrireEspace,
    EspaceAbsent,
    EspaceDecrit,
    EspaceDejaOuvert,
    EspaceFerme,
    EspaceRetire,
    EspaceRouvert,
    FermerEspace,
    OuvrirEspace,
    RetirerEspace,
    RouvrirEspace,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.arrets import Arret

OUVRIR = OuvrirEspace(espace=VERTE, nom="Salle verte", capacite=12)
DECRIRE = DecrireEspace(espace=VERTE, nom="Salle verte", categorie="atelier", capacite=10)
FERMER = FermerEspace(espace=VERTE, du=MARDI, au=SAMEDI, motif="travaux")
TRAVAUX, BAIL = Arret(du=MARDI, au=SAMEDI, motif="travaux"), Arret(du=MARDI, au=None, motif="bail")
FERME = EspaceFerme(espace=VERTE, du=MARDI, au=SAMEDI, motif="travaux", arrets=(TRAVAUX,))
RETIRE = EspaceRetire(espace=VERTE, le=MARDI, motif="bail", arrets=(BAIL,))


def test_on_ouvre_un_espace_et_l_ouvrir_a_nouveau_ne_change_rien():
    given().when(OUVRIR).then(LA_SALLE)
    given(LA_SALLE).when(OUVRIR).then_nothing()


def test_deux_espaces_n_ont_pas_le_meme_identifiant():
    quand = given(LA_SALLE).when(attrs.evolve(OUVRIR, nom="Salle bleue"))
    quand.then_refused(EspaceDejaOuvert(espace=VERTE))
    assert "autre identifiant" in dit(quand)


def test_on_decrit_un_espace_tout_entier_et_le_redire_ne_change_rien():
    decrit = EspaceDecrit(espace=VERTE, nom="Salle verte", categorie="atelier", capacite=10, description="")
    given(LA_SALLE).when(DECRIRE).then(decrit)
    given(LA_SALLE, decrit).when(DECRIRE).then_nothing()


def test_un_espace_se_decrit_encore_tant_qu_il_n_est_pas_parti():
    given(LA_SALLE, RETIRE).when(DECRIRE).then_accepted()
    quand = given(LA_SALLE, RETIRE).when(DECRIRE, maintenant=midi(MARDI))
    quand.then_refused(EspaceAbsent(espace=VERTE, le=MARDI, motif="bail"))
    assert "Choisissez un autre espace" in dit(quand)
    given(LA_SALLE, FERME).when(DECRIRE, maintenant=midi(MARDI)).then_accepted()


def test_on_ferme_un_espace_et_le_redire_ne_change_rien():
    given(LA_SALLE).when(FERMER).then(FERME)
    given(LA_SALLE, FERME).when(FERMER).then_nothing()


def test_une_fermeture_s_ajoute_a_celles_qui_sont_a_venir_et_oublie_les_anciennes():
    ancienne = Arret(du=Date(2026, 9, 1), au=Date(2026, 9, 2), motif="peinture")
    ete = attrs.evolve(FERME, arrets=(ancienne, TRAVAUX))
    autre = Arret(du=LUNDI, au=LUNDI, motif="fuite")
    given(LA_SALLE, ete).when(FermerEspace(espace=VERTE, du=LUNDI, au=LUNDI, motif="fuite")).then(
        EspaceFerme(espace=VERTE, du=LUNDI, au=LUNDI, motif="fuite", arrets=(TRAVAUX, autre))
    )


def test_on_ferme_un_espace_jusqu_a_son_depart_et_pas_apres():
    given(LA_SALLE, RETIRE).when(FermerEspace(espace=VERTE, du=LUNDI, au=SAMEDI, motif="travaux")).then_accepted()
    given(LA_SALLE, RETIRE).when(FERMER).then_refused(EspaceAbsent)


def test_on_retire_un_espace_une_fois_pour_toutes():
    retirer = RetirerEspace(espace=VERTE, le=MARDI, motif="bail")
    given(LA_SALLE).when(retirer).then(RETIRE)
    given(LA_SALLE, RETIRE).when(retirer).then_nothing()
    given(LA_SALLE, RETIRE).when(attrs.evolve(retirer, le=SAMEDI)).then_refused(EspaceAbsent)
    given(LA_SALLE, FERME).when(retirer).then(attrs.evolve(RETIRE, arrets=(TRAVAUX, BAIL)))


def test_on_rouvre_un_espace_avant_la_fin_de_sa_fermeture_et_le_redire_ne_change_rien():
    jeudi = Date(2026, 11, 26)
    debut = Arret(du=MARDI, au=Date(2026, 11, 25), motif="travaux")
    rouvert = EspaceRouvert(espace=VERTE, le=jeudi, arrets=(debut,))
    rouvrir = RouvrirEspace(espace=VERTE, le=jeudi)
    given(LA_SALLE, FERME).when(rouvrir).then(rouvert)
    given(LA_SALLE, FERME, rouvert).when(rouvrir).then_nothing()
    etats = [ligne(given(LA_SALLE, FERME).when(rouvrir), "espaces", le).etat for le in (MARDI, jeudi, SAMEDI)]
    assert etats == ["fermé", "ouvert", "ouvert"]


def test_rouvrir_des_le_premier_jour_efface_la_fermeture_et_laisse_les_autres():
    suivante = Arret(du=Date(2026, 12, 24), au=Date(2026, 12, 25), motif="fêtes")
    ferme = attrs.evolve(FERME, arrets=(suivante, TRAVAUX))
    quand = given(LA_SALLE, ferme).when(RouvrirEspace(espace=VERTE, le=MARDI))
    quand.then(EspaceRouvert(espace=VERTE, le=MARDI, arrets=(suivante,)))


def test_un_espace_retire_ne_rouvre_pas():
    given(LA_SALLE, RETIRE).when(RouvrirEspace(espace=VERTE, le=SAMEDI)).then_refused(EspaceAbsent)


@pytest.mark.parametrize("sort", ["revoir", "garder", "annuler"])
def test_fermer_et_retirer_disent_ce_que_deviennent_les_reservations(sort):
    (ferme,) = given(LA_SALLE).when(attrs.evolve(FERMER, sort=sort)).then_accepted().evenements
    (retire,) = given(LA_SALLE).when(RetirerEspace(espace=VERTE, le=MARDI, motif="bail", sort=sort)).reponse.evenements
    assert (ferme.sort, retire.sort) == (sort, sort)


@pytest.mark.parametrize("commande", [attrs.evolve(OUVRIR, capacite=0), attrs.evolve(DECRIRE, capacite=-1)])
def test_un_espace_contient_au_moins_une_personne(commande):
    with pytest.raises(DemandeInvalide, match="une personne au moins"):
        given(LA_SALLE).when(commande)


def test_une_fermeture_ne_finit_pas_avant_de_commencer():
    with pytest.raises(DemandeInvalide, match="doit venir après le mardi 24 novembre 2026"):
        given(LA_SALLE).when(attrs.evolve(FERMER, au=LUNDI))


def test_le_registre_dit_ouvert_ferme_puis_retire_selon_le_jour():
    quand = given(LA_SALLE, FERME).when(RetirerEspace(espace=VERTE, le=Date(2026, 11, 26), motif="bail"))
    etats = [ligne(quand, "espaces", le).etat for le in (LUNDI, MARDI, Date(2026, 11, 25), Date(2026, 11, 26), SAMEDI)]
    assert etats == ["ouvert", "fermé", "fermé", "retiré", "retiré"]


def test_le_registre_garde_les_fermetures_d_un_espace_decrit_a_nouveau():
    quand = given(LA_SALLE, FERME).when(DECRIRE)
    row = ligne(quand, "espaces")
    assert (row.categorie, row.capacite, row.arrets) == ("atelier", 10, (TRAVAUX,))


def test_le_registre_se_lit_meme_au_jour_ou_une_fermeture_precede_l_ouverture():
    quand = given(LA_SALLE).when(FERMER, survenu_le=midi(VENDREDI))
    quand.then_accepted()
    assert quand.lieu.registre("espaces", au=VENDREDI) == []
    quand = given(LA_SALLE).when(DECRIRE, survenu_le=midi(VENDREDI))
    assert ligne(quand, "espaces", VENDREDI).categorie == "atelier"


def test_fermer_un_espace_n_en_ferme_pas_un_autre():
    bleue = attrs.evolve(LA_SALLE, espace=BLEUE)
    quand = given(LA_SALLE, bleue).when(FERMER, maintenant=midi(MARDI))
    assert {r.espace: r.etat for r in quand.lieu.registre("espaces")} == {VERTE: "fermé", BLEUE: "ouvert"}
