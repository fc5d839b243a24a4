"""Matériel: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import LA_PERCEUSE, LUNDI, MARDI, PERCEUSE, SAMEDI, SCIE, VENDREDI, dit, ligne, midi, regle
from whenever import Date

from tierslieu_core.domaines.moyens.materiel import (
    AjouterObjet,
    ConstaterEtat,
    CreerModele,
    DecrireModele,
    DecrireObjet,
    EtatConstate,
    ImmobiliserObjet,
    LeverImmobilisation,
    ModeleCompte,
    ModeleCree,
    ModeleDecrit,
    ModeleDejaCree,
    ModeleNumerote,
    ModeleRecense,
    ObjetAbsent,
    ObjetDecrit,
    ObjetDejaAjoute,
    ObjetDUnAutreModele,
    ObjetImmobilise,
    ObjetRemisEnService,
    ObjetRetire,
    Parc,
    PartieInconnue,
    RecenserModele,
    RemettreEnService,
    RetirerObjet,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.arrets import Arret
from tierslieu_core.vocabulaire.identifiants import ModeleId
from tierslieu_core.vocabulaire.parties import Partie, ajoutees, otees

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
    given(LE_MODELE).when(AJOUTER).then(attrs.evolve(LA_PERCEUSE, etat_general="bon", parc=Parc((PERCEUSE,))))
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


# ── les modèles : lots, habilitation, quantités ─────────────────────────────────────────────────────────────────────

MECHE, COFFRET, DISQUE = Partie(nom="mèche", nombre=5), Partie(nom="coffret"), Partie(nom="disque", nombre=2)
UN_LOT = attrs.evolve(LE_MODELE, parties=(MECHE, COFFRET))
CABLES = ModeleCree(modele=ModeleId("cable"), nom="Câble", categorie="son", description="", quantite=12)


def test_un_modele_se_decrit_tout_entier_et_garde_sa_categorie():
    decrire = DecrireModele(modele=P10, nom="P10 bis", habilitation="percer", parties=(MECHE,), consommables=(DISQUE,))
    decrit = ModeleDecrit(
        modele=P10, nom="P10 bis", categorie="outil", description="", habilitation="percer", parties=(MECHE,),
        consommables=(DISQUE,), quantite=None,
    )  # fmt: skip
    given(LE_MODELE).when(decrire).then(decrit)
    given(LE_MODELE, decrit).when(decrire).then_nothing()
    row = ligne(given(LE_MODELE).when(decrire), "modeles")
    assert (row.nom, row.categorie, row.habilitation, row.parties) == ("P10 bis", "outil", "percer", (MECHE,))


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"quantite": -1}, "quantite"),
        ({"parties": (Partie(nom=""),)}, "parties.0"),
        ({"consommables": (DISQUE, Partie(nom="gant", nombre=0))}, "consommables.1"),
    ],
)
def test_un_modele_mal_ecrit_est_refuse_au_bord(champs, champ):
    for commande in (CreerModele(modele=P10, nom="P10", **champs), DecrireModele(modele=P10, nom="P10", **champs)):
        with pytest.raises(DemandeInvalide, match=champ):
            given(LE_MODELE).when(commande)


def test_ce_qui_se_compte_ne_se_numerote_pas_et_l_inverse():
    quand = given(CABLES).when(AjouterObjet(objet=PERCEUSE, modele=CABLES.modele, nom="Câble 1"))
    quand.then_refused(ModeleCompte(modele=CABLES.modele, quantite=12))
    assert "prets.PreterQuantite" in dit(quand)
    given(CABLES).when(RecenserModele(modele=CABLES.modele, objets=())).then_refused(ModeleCompte)
    quand = given(LE_MODELE).when(DecrireModele(modele=P10, nom="P10", quantite=3))
    quand.then_refused(ModeleNumerote(modele=P10))
    assert "Ajoutez ou retirez un objet" in dit(quand)


def test_le_nombre_de_ce_qui_se_compte_se_redit_ou_demeure():
    given(CABLES).when(DecrireModele(modele=CABLES.modele, nom="Câble", quantite=10)).then_accepted()
    reponse = given(CABLES).when(DecrireModele(modele=CABLES.modele, nom="Câble XLR")).then_accepted()
    assert reponse.evenements[0].quantite == 12


# ── les objets d'un modèle ──────────────────────────────────────────────────────────────────────────────────────────


def test_chaque_objet_ajoute_dit_tous_ceux_de_son_modele():
    la_premiere = attrs.evolve(LA_PERCEUSE, parc=Parc((PERCEUSE,)))
    reponse = given(LE_MODELE, la_premiere).when(AjouterObjet(objet=SCIE, modele=P10, nom="B")).then_accepted()
    assert reponse.evenements[0].parc == Parc((PERCEUSE, SCIE))


def test_les_objets_d_un_modele_d_avant_se_comptent_quand_on_les_recense():
    d_avant = attrs.evolve(LE_MODELE, parc=None)
    reponse = given(d_avant).when(AjouterObjet(objet=SCIE, modele=P10, nom="B")).then_accepted()
    assert reponse.evenements[0].parc is None
    recenser, recense = RecenserModele(modele=P10, objets=(PERCEUSE,)), ModeleRecense(modele=P10, objets=(PERCEUSE,))
    given(d_avant, LA_PERCEUSE).when(recenser).then(recense)
    given(d_avant, LA_PERCEUSE, recense).when(recenser).then_nothing()


def test_on_ne_recense_pas_l_objet_d_un_autre_modele():
    autre = ModeleId("autre")
    quand = given(LE_MODELE, LA_PERCEUSE, attrs.evolve(LE_MODELE, modele=autre)).when(
        RecenserModele(modele=autre, objets=(PERCEUSE,))
    )
    quand.then_refused(ObjetDUnAutreModele(objet=PERCEUSE, sien=P10, modele=autre))
    assert "registre du matériel" in dit(quand)


# ── l'état, le lot ──────────────────────────────────────────────────────────────────────────────────────────────────


def constate(etat="bon", manquants=()):
    return EtatConstate(objet=PERCEUSE, etat_general=etat, manquants=manquants)


def test_on_constate_un_etat_et_le_redire_ne_change_rien():
    use = ConstaterEtat(objet=PERCEUSE, etat_general="usé")
    given(UN_LOT, LA_PERCEUSE).when(use).then(constate("usé"))
    given(UN_LOT, LA_PERCEUSE, constate("usé")).when(use).then_nothing()
    assert ligne(given(UN_LOT, LA_PERCEUSE).when(use), "materiel").etat_general == "usé"


def test_ce_qui_manque_a_un_lot_se_dit_tout_entier_et_l_etat_demeure():
    manque = ConstaterEtat(objet=PERCEUSE, manquants=(Partie(nom="mèche", nombre=2),))
    incomplet = constate("usé", manque.manquants)
    given(UN_LOT, LA_PERCEUSE, constate("usé")).when(manque).then(incomplet)
    given(UN_LOT, LA_PERCEUSE, incomplet).when(ConstaterEtat(objet=PERCEUSE)).then(constate("usé"))


@pytest.mark.parametrize("partie", [Partie(nom="marteau"), Partie(nom="mèche", nombre=6)])
def test_rien_ne_manque_a_un_lot_qui_n_y_etait_pas(partie):
    quand = given(UN_LOT, LA_PERCEUSE).when(ConstaterEtat(objet=PERCEUSE, manquants=(partie,)))
    quand.then_refused(PartieInconnue(modele=P10, partie=partie.nom))
    assert "registre des modèles" in dit(quand)
    given(LA_PERCEUSE).when(ConstaterEtat(objet=PERCEUSE, manquants=(partie,))).then_refused(PartieInconnue)
    with pytest.raises(DemandeInvalide):
        given(UN_LOT, LA_PERCEUSE).when(ConstaterEtat(objet=PERCEUSE, manquants=(Partie(nom="mèche", nombre=0),)))


def hors_service(jours, motif):
    au = LUNDI.add(days=jours - 1)
    arrets = (Arret(du=LUNDI, au=au, motif=motif),)
    return ObjetImmobilise(objet=PERCEUSE, du=LUNDI, au=au, motif=motif, arrets=arrets, sort="revoir")


def test_un_objet_constate_en_panne_est_mis_hors_service():
    panne = ConstaterEtat(objet=PERCEUSE, etat_general="en panne")
    given(UN_LOT, LA_PERCEUSE).when(panne).then(constate("en panne"), hors_service(15, "à réparer (en panne)"))
    given(UN_LOT, LA_PERCEUSE, hors_service(2, "révision")).when(panne).then(constate("en panne"))


def test_le_lieu_regle_des_quel_etat_et_combien_de_jours_un_objet_est_hors_service():
    abime = ConstaterEtat(objet=PERCEUSE, etat_general="abîmé")
    given(UN_LOT, LA_PERCEUSE).when(abime).then(constate("abîmé"))
    reparer = regle("r", "reparation", jours=3, des="abîmé")
    given(UN_LOT, LA_PERCEUSE, reparer).when(abime).then(constate("abîmé"), hors_service(3, "à réparer (abîmé)"))
    panne = ConstaterEtat(objet=PERCEUSE, etat_general="en panne")
    given(UN_LOT, LA_PERCEUSE, reparer).when(panne).then(constate("en panne"), hors_service(3, "à réparer (en panne)"))


# ── de nouveau en service ───────────────────────────────────────────────────────────────────────────────────────────


def test_un_objet_repare_plus_tot_que_prevu_est_remis_en_service_et_le_redire_ne_change_rien():
    jeudi, veille = Date(2026, 11, 26), Date(2026, 11, 25)
    remis = ObjetRemisEnService(objet=PERCEUSE, le=jeudi, arrets=(Arret(du=MARDI, au=veille, motif="révision"),))
    quand = given(LA_PERCEUSE, IMMOBILISE).when(RemettreEnService(objet=PERCEUSE), maintenant=midi(jeudi))
    quand.then(remis)
    assert ligne(quand, "materiel", jeudi).situation == "en service"
    given(LA_PERCEUSE, IMMOBILISE, remis).when(RemettreEnService(objet=PERCEUSE), maintenant=midi(jeudi)).then_nothing()


def test_remis_en_service_le_premier_jour_l_arret_n_a_pas_eu_lieu():
    given(LA_PERCEUSE, IMMOBILISE).when(RemettreEnService(objet=PERCEUSE), maintenant=midi(MARDI)).then(
        ObjetRemisEnService(objet=PERCEUSE, le=MARDI, arrets=())
    )


def test_remettre_en_service_laisse_un_arret_a_venir_et_un_depart():
    given(LA_PERCEUSE, IMMOBILISE).when(RemettreEnService(objet=PERCEUSE)).then_nothing()
    given(LA_PERCEUSE, RETIRE).when(RemettreEnService(objet=PERCEUSE)).then_nothing()
    given(LA_PERCEUSE, RETIRE).when(RemettreEnService(objet=PERCEUSE), maintenant=midi(MARDI)).then_refused(ObjetAbsent)


def test_le_registre_ne_connait_pas_ce_qui_date_d_avant_l_objet():
    for commande in (DECRIRE, ConstaterEtat(objet=PERCEUSE, etat_general="usé")):
        quand = given(LE_MODELE, LA_PERCEUSE).when(commande, survenu_le=midi(VENDREDI))
        quand.then_accepted()
        assert quand.lieu.registre("materiel", au=VENDREDI) == []


def test_les_parties_s_ajoutent_et_s_otent():
    assert ajoutees((MECHE,), (MECHE, COFFRET)) == (Partie(nom="mèche", nombre=10), COFFRET)
    assert otees((MECHE, COFFRET), (COFFRET, Partie(nom="mèche", nombre=9))) == ()
    assert [str(p) for p in (MECHE, COFFRET)] == ["mèche × 5", "coffret"]


def test_l_arret_d_un_objet_se_leve_meme_a_venir():
    lever = LeverImmobilisation(objet=PERCEUSE, le=MARDI)
    given(LA_PERCEUSE, IMMOBILISE).when(lever).then(ObjetRemisEnService(objet=PERCEUSE, le=MARDI, arrets=()))
    given(LA_PERCEUSE).when(lever).then_nothing()
    given(LA_PERCEUSE, RETIRE).when(lever).then_refused(ObjetAbsent)
