"""Corriger un prêt : ce qui fut saisi par erreur ne compte plus, et l'on redemande ce qui est juste."""

from __future__ import annotations

import attrs
from tests.domaines.quai import ANA, BEN, LA_PERCEUSE, LUNDI, PERCEUSE, SAMEDI, SCIE, midi
from tests.domaines.usages.test_prets import RENOUVELEE, preter
from tests.domaines.usages.test_prets_retards import JOUR_DE, RETARDS, SUSPENDUS, relance

from tierslieu_core.domaines.cadre.corrections import PasLeDernierFait, RienACorriger
from tierslieu_core.domaines.usages.prets import CorrigerPret, ObjetPrete, ObjetRendu, PreterObjet, SuspensionTombee
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.spec import CAMILLE, given

PRETEE = ObjetPrete(objet=PERCEUSE, personne=ANA, depuis=LUNDI, retour=SAMEDI, categorie="outil", constat="bon")
RENDUE = ObjetRendu(objet=PERCEUSE, personne=ANA, depuis=LUNDI, le=LUNDI, constat="bon")
CORRIGER = CorrigerPret(objet=PERCEUSE, motif="saisi au mauvais nom")
CORRIGEE = FaitCorrige(fait="donne/6", nature="prets.ObjetPrete", sujet="objet:perceuse", motif="saisi au mauvais nom")


def test_un_pret_saisi_par_erreur_se_corrige_puis_se_refait_au_bon_nom():
    fait = given(LA_PERCEUSE, PRETEE).when(CORRIGER)
    fait.then(CORRIGEE)
    assert fait.lieu.registre("prets") == []
    juste = PreterObjet(objet=PERCEUSE, personne=BEN, retour=SAMEDI)
    assert fait.lieu.executer(juste, par=CAMILLE).acceptee
    assert [(r.objet, r.personne) for r in fait.lieu.registre("prets")] == [(PERCEUSE, BEN)]


def test_un_retour_saisi_par_erreur_remet_l_objet_en_main():
    fait = given(LA_PERCEUSE, PRETEE, RENDUE).when(CORRIGER)
    assert fait.then_accepted().evenements[0].fait == "donne/7"
    assert [(r.objet, r.personne, r.etat) for r in fait.lieu.registre("prets")] == [(PERCEUSE, ANA, "en cours")]


def test_on_corrige_du_dernier_fait_au_premier():
    premier = CorrigerPret(objet=PERCEUSE, motif="erreur", fait="donne/6")
    given(LA_PERCEUSE, PRETEE, RENDUE).when(premier).then_refused(
        PasLeDernierFait(fait="donne/6", sujet="objet:perceuse", dernier="donne/7")
    )


def test_sans_pret_il_n_y_a_rien_a_corriger():
    given(LA_PERCEUSE).when(CORRIGER).then_refused(RienACorriger(sujet="objet:perceuse"))


def test_corriger_deux_fois_le_meme_fait_ne_change_rien():
    given(LA_PERCEUSE, PRETEE, CORRIGEE).when(CorrigerPret(objet=PERCEUSE, motif="x", fait="donne/6")).then_nothing()


def test_un_pret_relance_puis_corrige_laisse_un_registre_lisible_et_personne_de_suspendu():
    jour = midi(JOUR_DE[3])
    quand = given(LA_PERCEUSE, PRETEE, RETARDS, relance(3), SUSPENDUS).when(CORRIGER, maintenant=jour)
    quand.then(CORRIGEE, SuspensionTombee(personne=ANA, le=JOUR_DE[3]))
    assert quand.lieu.registre("prets") == []
    assert quand.lieu.executer(preter(objet=SCIE, retour=JOUR_DE[3].add(days=1)), par=CAMILLE).acceptee


def test_les_etapes_d_un_renouvellement_corrige_ne_sont_pas_celles_du_retour_convenu():
    quand = given(LA_PERCEUSE, PRETEE, RENOUVELEE, relance(1, RENOUVELEE.retour)).when(CORRIGER)
    quand.then_accepted()
    assert [(r.retour, r.etape) for r in quand.lieu.registre("prets")] == [(SAMEDI, -1)]


def test_une_suspension_qui_vient_d_un_autre_pret_demeure():
    d_un_autre = attrs.evolve(SUSPENDUS, objet=SCIE)
    given(LA_PERCEUSE, PRETEE, d_un_autre).when(CORRIGER, maintenant=midi(JOUR_DE[3])).then(CORRIGEE)
