"""Corriger un objet : ce qui fut noté par erreur ne compte plus ; ce qui le reprend fait revoir les réservations."""

from __future__ import annotations

from tests.domaines.quai import ANA, LA_PERCEUSE, LUNDI, MARDI, PERCEUSE, SAMEDI
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.moyens.materiel import (
    CorrigerObjet,
    ImmobiliserObjet,
    ObjetDecrit,
    ObjetImmobilise,
    RemettreEnService,
)
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.arrets import Arret

ARRET = Arret(du=LUNDI, au=SAMEDI, motif="révision")
EN_PANNE = ObjetImmobilise(objet=PERCEUSE, du=LUNDI, au=SAMEDI, motif="révision", arrets=(ARRET,))
CORRIGER = CorrigerObjet(objet=PERCEUSE, motif="c'était la scie")


def test_un_arret_note_par_erreur_ne_compte_plus():
    quand = given(LA_PERCEUSE, EN_PANNE).when(CORRIGER)
    assert quand.then_accepted().evenements[0].nature == "materiel.ObjetImmobilise"
    assert quand.lieu.executer(PreterObjet(objet=PERCEUSE, personne=ANA, retour=MARDI), par=CAMILLE).acceptee


def test_un_nom_ecrit_par_erreur_redevient_celui_d_avant():
    autre = ObjetDecrit(objet=PERCEUSE, modele=LA_PERCEUSE.modele, nom="Scie", categorie="outil", etat="bon état")
    quand = given(LA_PERCEUSE, autre).when(CORRIGER)
    quand.then_accepted()
    assert [r.nom for r in quand.lieu.registre("materiel")] == ["Perceuse"]


def test_corriger_une_remise_en_service_la_reprend_et_fait_revoir_ce_qui_l_attendait():
    quand = given(LA_PERCEUSE, EN_PANNE).when(RemettreEnService(objet=PERCEUSE))
    lieu = quand.lieu
    quand.then_accepted()
    corrigee = lieu.executer(CORRIGER, par=CAMILLE)
    assert [s.decision.commande for s in corrigee.suites] == ["prets.TrierReservations"]
    assert not lieu.executer(PreterObjet(objet=PERCEUSE, personne=ANA, retour=MARDI), par=CAMILLE).acceptee


def test_l_entree_d_un_objet_ne_se_corrige_pas_elle_se_retire():
    given(LA_PERCEUSE).when(CORRIGER).then_refused(RienACorriger(sujet="objet:perceuse"))


def test_on_peut_noter_de_nouveau_ce_qui_fut_corrige():
    lieu = given(LA_PERCEUSE, EN_PANNE).when(CORRIGER).lieu
    juste = ImmobiliserObjet(objet=PERCEUSE, du=LUNDI, au=Date(2026, 11, 24), motif="révision")
    assert lieu.executer(juste, par=CAMILLE).acceptee
    assert {e.cle for e in lieu.rejouer().ecarts} <= {"donne"}, "les faits posés là sans décision"
