"""Candidatures : droits provisoires pendant l'examen, et silence qui vaut admission, selon les règles du lieu."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LUNDI, MARDI, SAMEDI, SCIE, VENDREDI, dit, ligne, midi, regle
from whenever import Date

from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.cadre.representations import PersonneRepresentee
from tierslieu_core.domaines.personnes.adhesions.adhesion import AdhesionAdmise
from tierslieu_core.domaines.personnes.adhesions.candidature import (
    AdhesionDemandee,
    ConstaterAdmission,
    DemandeEcartee,
    DemanderAdhesion,
    EcarterDemande,
    ExamenEnCours,
    PasDeDemande,
    SilenceSansEffet,
)
from tierslieu_core.domaines.personnes.adhesions.dossier import Dossier, MinoriteNotee
from tierslieu_core.domaines.personnes.adhesions.minorite import MineurSansRepresentant
from tierslieu_core.domaines.personnes.adhesions.paliers import Palier, PalierInconnu, PaliersDeclares
from tierslieu_core.domaines.personnes.adhesions.validite import DejaAdherent
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.testing.spec import given

DEMANDER = DemanderAdhesion(personne=ANA)
DEMANDEE = AdhesionDemandee(personne=ANA, palier="adherent", depuis=LUNDI, provisoire_jusqu_au=None)
PROVISOIRE = regle("prov", "droits_provisoires", jours=2)
DEUX_JOURS = attrs.evolve(DEMANDEE, provisoire_jusqu_au=MARDI)
ECARTEE = DemandeEcartee(personne=ANA, motif="dossier incomplet")
ADHERENTS = regle("r", "adhesion_a_jour")
PRETER = PreterObjet(objet=SCIE, personne=ANA, retour=SAMEDI)
MERCREDI = Date(2026, 11, 25)

# ── droits provisoires ──────────────────────────────────────────────────────────────────────────────────────────────


def test_qui_demande_a_adherer_a_des_droits_provisoires_si_le_lieu_en_donne():
    given(PROVISOIRE).when(DEMANDER, par=ANA).then(DEUX_JOURS)
    for le, accepte in ((LUNDI, True), (MARDI, True), (MERCREDI, False)):
        quand = given(ADHERENTS, DEUX_JOURS).when(PRETER, maintenant=midi(le))
        quand.then_accepted() if accepte else quand.then_refused(clause="r")
    given(ADHERENTS, DEMANDEE).when(PRETER).then_refused(clause="r")


def test_des_droits_provisoires_sont_d_un_public_que_les_regles_nomment():
    reserve = regle("s", "public", admis=("adherent",))
    quand = given(reserve, DEUX_JOURS).when(PRETER)
    quand.then_refused(clause="s")
    assert "cette personne est : provisoire" in dit(quand)


def test_ils_ne_valent_ni_avant_la_demande_ni_une_fois_qu_elle_est_ecartee():
    given(ADHERENTS, DEUX_JOURS).when(PRETER, survenu_le=midi(VENDREDI)).then_refused(clause="r")
    given(ADHERENTS, DEUX_JOURS, ECARTEE).when(PRETER).then_refused(clause="r")


def test_demander_un_autre_palier_ne_les_prolonge_pas():
    soutien = attrs.evolve(DEMANDER, palier="soutien")
    given(PROVISOIRE, DEUX_JOURS).when(soutien, maintenant=midi(MARDI)).then(attrs.evolve(DEUX_JOURS, palier="soutien"))
    given(PROVISOIRE, DEUX_JOURS, ECARTEE).when(DEMANDER, maintenant=midi(MARDI)).then(
        attrs.evolve(DEUX_JOURS, depuis=MARDI, provisoire_jusqu_au=MERCREDI)
    )


def test_un_palier_peut_en_avoir_d_autres():
    court = regle("court", "droits_provisoires", Portee(publics=("soutien",)), jours=1)
    given(PROVISOIRE, court).when(attrs.evolve(DEMANDER, palier="soutien")).then(
        attrs.evolve(DEMANDEE, palier="soutien", provisoire_jusqu_au=LUNDI)
    )


def test_une_demande_d_avant_se_redit_pour_etre_datee():
    ancienne = attrs.evolve(DEMANDEE, depuis=None)
    given(ancienne).when(DEMANDER).then(DEMANDEE)
    given(ADHERENTS, attrs.evolve(ancienne, provisoire_jusqu_au=MARDI)).when(PRETER).then_refused(clause="r")


# ── admission tacite ────────────────────────────────────────────────────────────────────────────────────────────────

TACITE = regle("tacite", "admission_tacite", delai_jours=5, duree_jours=30)
CONSTATER = ConstaterAdmission(personne=ANA)
ADMISE = AdhesionAdmise(personne=ANA, palier="adherent", groupes=(), du=SAMEDI, au=Date(2026, 12, 27))


def test_sans_reponse_dans_le_delai_la_personne_est_admise():
    given(TACITE, DEMANDEE).when(CONSTATER, maintenant=midi(SAMEDI)).then(ADMISE)
    given(TACITE, DEMANDEE, ADMISE).when(CONSTATER, maintenant=midi(SAMEDI)).then_nothing()


def test_le_silence_n_admet_pas_avant_son_heure_ni_sans_regle():
    quand = given(TACITE, DEMANDEE).when(CONSTATER, maintenant=midi(Date(2026, 11, 27)))
    quand.then_refused(ExamenEnCours(personne=ANA, le=SAMEDI))
    assert "le silence du lieu ne l'admet que le samedi 28 novembre 2026" in dit(quand)
    given(DEMANDEE).when(CONSTATER, maintenant=midi(SAMEDI)).then_refused(SilenceSansEffet(personne=ANA))
    given(TACITE, attrs.evolve(DEMANDEE, depuis=None)).when(CONSTATER).then_refused(SilenceSansEffet)


@pytest.mark.parametrize("faits", [(), (DEMANDEE, ECARTEE)])
def test_sans_demande_en_attente_le_silence_ne_dit_rien(faits):
    given(TACITE, *faits).when(CONSTATER, maintenant=midi(SAMEDI)).then_refused(PasDeDemande)


def test_la_regle_peut_dire_le_palier_et_ne_valoir_que_pour_un_autre():
    entree = regle("tacite", "admission_tacite", delai_jours=0, duree_jours=1, palier="entree")
    given(entree, DEMANDEE).when(CONSTATER).then(attrs.evolve(ADMISE, palier="entree", du=LUNDI, au=LUNDI))
    soutien = regle("tacite", "admission_tacite", Portee(publics=("soutien",)), delai_jours=0)
    given(soutien, DEMANDEE).when(CONSTATER).then_refused(SilenceSansEffet)


def test_le_silence_n_admet_ni_deux_fois_ni_a_un_palier_inconnu_ni_une_personne_mineure_sans_representant():
    des_lundi = attrs.evolve(ADMISE, du=Date(2026, 1, 1))
    given(TACITE, des_lundi, DEMANDEE).when(CONSTATER, maintenant=midi(SAMEDI)).then_refused(DejaAdherent)
    listes = PaliersDeclares(paliers=(Palier(nom="autre"),), groupes=())
    given(TACITE, DEMANDEE, listes).when(CONSTATER, maintenant=midi(SAMEDI)).then_refused(PalierInconnu)
    mineure = MinoriteNotee(personne=ANA, jusqu_au=SAMEDI, dossier=Dossier(mineur_jusqu_au=SAMEDI))
    given(TACITE, DEMANDEE, mineure).when(CONSTATER, maintenant=midi(SAMEDI)).then_refused(MineurSansRepresentant)
    ben = PersonneRepresentee(personne=ANA, representant=BEN, du=LUNDI)
    given(TACITE, DEMANDEE, mineure, ben).when(CONSTATER, maintenant=midi(SAMEDI)).then_accepted()


def test_une_demande_d_adhesion_attend_que_quelqu_un_y_reponde():
    lieu = given().when(DEMANDER, par=ANA).lieu
    (attendue,) = lieu.a_faire()
    assert attendue.phrase.startswith("ana demande à adhérer (")
    assert not attendue.automatique
    assert given(DEMANDEE).when(EcarterDemande(personne=ANA, motif="double")).lieu.a_faire() == []


def test_l_echeancier_admet_une_fois_le_delai_passe_et_une_seule_fois():
    lieu = given(TACITE).when(DEMANDER, par=ANA).lieu
    prevu: Any = [(f.quand, f.phrase, f.automatique) for f in lieu.a_faire()]
    minuit = midi(SAMEDI).subtract(hours=12)
    assert prevu == [
        (minuit, "La demande d'adhésion d'ana est restée sans réponse : le silence du lieu vaut admission", True)
    ]
    assert lieu.echeances() == []
    lieu.horloge = lieu.handler.clock = lambda: midi(SAMEDI)
    assert [r.verdict for r in lieu.echeances()] == ["accord"]
    assert lieu.echeances() == []
    assert [a.etat for a in lieu.registre("adhesions", au=SAMEDI)] == ["à jour"]


@pytest.mark.parametrize(
    ("faits", "commande", "le", "etat"),
    [
        ((PROVISOIRE,), DEMANDER, LUNDI, "provisoire"),
        ((PROVISOIRE,), DEMANDER, MARDI, "provisoire"),
        ((PROVISOIRE,), DEMANDER, MERCREDI, "demandée"),
        ((attrs.evolve(ADMISE, du=VENDREDI, au=VENDREDI), PROVISOIRE), DEMANDER, LUNDI, "provisoire"),
    ],
)
def test_le_registre_dit_qui_a_des_droits_provisoires(faits, commande, le, etat):
    assert ligne(given(*faits).when(commande), "adhesions", le).etat == etat
