"""Retours, lots, ce que l'on a en main : sentences that a volunteer of the place would sign."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import (
    ANA,
    ANA_SAIT_SCIER,
    BEN,
    LA_PERCEUSE,
    LUNDI,
    MARDI,
    PERCEUSE,
    SAMEDI,
    SCIE,
    VENDREDI,
    dit,
    ligne,
    midi,
    regle,
)
from tests.domaines.usages.test_prets import DIMANCHE, PERDUE, PRETEE_A_ANA, RENOUVELEE, prete, preter, rendu
from whenever import Date

from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.moyens.materiel import (
    EtatConstate,
    ModeleCree,
    ObjetAjoute,
    ObjetImmobilise,
    PartieInconnue,
)
from tierslieu_core.domaines.usages.prets import (
    CorrigerPret,
    DeclarerPerdu,
    EnMain,
    EnMainRedit,
    HabilitationRequise,
    LotIncomplet,
    ObjetEgare,
    ObjetEnRemise,
    ObjetRendu,
    PartieRendue,
    PasPreteALui,
    PlusRienDehors,
    PretRenouvele,
    RendreObjet,
    RendrePartie,
    RenouvelerPret,
    Tenu,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.identifiants import ModeleId
from tierslieu_core.vocabulaire.parties import Partie

P10 = ModeleId("p10")
MECHE, COFFRET, DISQUE = Partie(nom="mèche", nombre=5), Partie(nom="coffret"), Partie(nom="disque")
LE_LOT = ModeleCree(
    modele=P10, nom="P10", categorie="outil", description="", parties=(MECHE, COFFRET), consommables=(DISQUE,)
)
LA_SCIE = ObjetAjoute(objet=SCIE, modele=P10, nom="Scie", categorie="outil", etat="bon état")
IL_MANQUE_LE_COFFRET = EtatConstate(objet=PERCEUSE, etat_general="bon", manquants=(COFFRET,))
UN_SEUL = regle("un-seul", "simultanes", Portee(categories=("outil",)), maximum=1)
TENUE_DEPUIS_LONGTEMPS = Tenu(SCIE, "outil", Date(2025, 6, 1), Date(2025, 7, 1))


def rendre(**autour):
    return RendreObjet(objet=PERCEUSE, personne=ANA, **autour)


# ── ce que l'on a en main ───────────────────────────────────────────────────────────────────────────────────────────


def test_chaque_pret_dit_ce_que_la_personne_avait_deja_en_main():
    (fait,) = (
        given(LA_PERCEUSE, prete(SCIE, depuis=VENDREDI, categorie="outil")).when(preter()).then_accepted().evenements
    )
    assert fait.en_main == EnMain((Tenu(SCIE, "outil", VENDREDI, SAMEDI),))
    reponse = given(prete(SCIE, depuis=VENDREDI), rendu(SCIE, depuis=VENDREDI)).when(preter()).then_accepted()
    assert reponse.evenements[0].en_main == EnMain()


def test_un_pret_en_retard_depuis_plus_d_un_an_compte_encore():
    la_scie = prete(SCIE, depuis=Date(2025, 6, 1), retour=Date(2025, 7, 1), categorie="outil")
    given(LA_PERCEUSE, UN_SEUL, la_scie).when(preter()).then_refused(clause="un-seul")
    une_autre = prete(PERCEUSE, depuis=VENDREDI, en_main=EnMain((TENUE_DEPUIS_LONGTEMPS,)))
    given(LA_PERCEUSE, UN_SEUL, la_scie, une_autre, rendu(depuis=VENDREDI, le=VENDREDI)).when(preter()).then_refused(
        clause="un-seul"
    )


def test_un_pret_rendu_puis_repris_le_meme_jour_ne_compte_qu_une_fois():
    deux = regle("deux", "simultanes", maximum=2)
    repris = [prete(SCIE), rendu(SCIE), prete(SCIE)]
    given(LA_PERCEUSE, deux, *repris).when(preter()).then_accepted()
    trois = regle("trois", "quota", maximum=2, periode="mois")
    given(LA_PERCEUSE, trois, *repris).when(preter()).then_refused(clause="trois")


def test_ce_qu_un_autre_a_repris_n_est_plus_en_main():
    given(LA_PERCEUSE, UN_SEUL, prete(SCIE, depuis=VENDREDI, categorie="outil"), rendu(SCIE, depuis=VENDREDI),
          prete(SCIE, BEN, categorie="outil")).when(preter()).then_accepted()  # fmt: skip


@pytest.mark.parametrize(
    ("faits", "passe"),
    [
        ((prete(SCIE, depuis=VENDREDI, categorie="outil", en_main=None),), False),
        ((prete(SCIE, depuis=VENDREDI, categorie="outil", en_main=None), rendu(SCIE, depuis=VENDREDI)), True),
        ((prete(SCIE, depuis=Date(2025, 11, 1), categorie="outil", en_main=None),), False),
    ],
)
def test_un_journal_d_avant_se_lit_par_les_mois_tant_qu_aucun_fait_ne_resume(faits, passe):
    quand = given(LA_PERCEUSE, UN_SEUL, *faits).when(preter())
    quand.then_accepted() if passe else quand.then_refused(clause="un-seul")


def test_le_premier_pret_d_apres_resume_ceux_d_avant():
    reponse = given(LA_PERCEUSE, prete(SCIE, depuis=VENDREDI, en_main=None)).when(preter()).then_accepted()
    assert reponse.evenements[0].en_main == EnMain((Tenu(SCIE, "", VENDREDI, SAMEDI),))


def test_corriger_un_retour_remet_l_objet_en_main():
    corriger = CorrigerPret(objet=SCIE, motif="mauvais objet")
    faits = (prete(SCIE, depuis=VENDREDI, categorie="outil"), rendu(SCIE, depuis=VENDREDI), prete())
    reponse = given(*faits).when(corriger).then_accepted()
    corrige, redit = reponse.evenements
    assert isinstance(corrige, FaitCorrige)
    en_main = EnMain((Tenu(PERCEUSE, "", LUNDI, SAMEDI), Tenu(SCIE, "outil", VENDREDI, SAMEDI)))
    assert redit == EnMainRedit(objet=SCIE, personne=ANA, en_main=en_main)
    reprise = given(LA_PERCEUSE, UN_SEUL, prete(SCIE, depuis=VENDREDI, categorie="outil"), redit)
    reprise.when(preter()).then_refused(clause="un-seul")


@pytest.mark.parametrize(
    "faits",
    [
        (prete(SCIE, depuis=VENDREDI),),
        (prete(SCIE, depuis=VENDREDI), rendu(SCIE, depuis=VENDREDI)),
        (prete(SCIE, depuis=VENDREDI, en_main=None), rendu(SCIE, depuis=VENDREDI)),
    ],
)
def test_corriger_ne_redit_rien_quand_rien_n_est_oublie(faits):
    reponse = given(*faits).when(CorrigerPret(objet=SCIE, motif="erreur")).then_accepted()
    assert [type(f) for f in reponse.evenements] == [FaitCorrige]


# ── au départ : habilitation, lot, remise en état ───────────────────────────────────────────────────────────────────

SCIER = attrs.evolve(LE_LOT, habilitation="scie")


def test_un_modele_demande_une_habilitation_sans_qu_aucune_regle_le_dise():
    quand = given(SCIER, LA_PERCEUSE).when(preter())
    quand.then_refused(HabilitationRequise(modele=P10, personne=ANA, habilitation="scie", le=LUNDI))
    assert "Demandez quand elle s'acquiert" in dit(quand)
    given(SCIER, LA_PERCEUSE, ANA_SAIT_SCIER).when(preter()).then_accepted()
    given(SCIER, LA_PERCEUSE, ANA_SAIT_SCIER).when(preter(BEN)).then_refused(HabilitationRequise)


def test_un_lot_incomplet_se_prete_et_le_pret_dit_ce_qui_y_manque():
    reponse = given(LE_LOT, LA_PERCEUSE, IL_MANQUE_LE_COFFRET).when(preter()).then_accepted()
    assert reponse.evenements[0].manquants == (COFFRET,)


def test_un_lot_incomplet_reste_au_lieu_si_le_lieu_le_veut():
    complet = regle("complet", "kit_complet", Portee(categories=("outil",)))
    quand = given(LE_LOT, LA_PERCEUSE, IL_MANQUE_LE_COFFRET, complet).when(preter())
    quand.then_refused(LotIncomplet(objet=PERCEUSE, manquants=("coffret",)))
    assert "Il manque quelque chose à Perceuse : coffret" in dit(quand)
    assert "materiel.ConstaterEtat" in dit(quand)
    sauf = regle("sauf", "kit_complet", Portee(objets=(PERCEUSE,)), exige=False)
    given(LE_LOT, LA_PERCEUSE, IL_MANQUE_LE_COFFRET, complet, sauf).when(preter()).then_accepted()
    given(LE_LOT, LA_PERCEUSE, complet).when(preter()).then_accepted()


def test_un_objet_rendu_se_remet_en_etat_avant_de_repartir():
    remise = regle("remise", "remise_en_etat", jours=2)
    quand = given(LA_PERCEUSE, remise, prete(depuis=VENDREDI), rendu(depuis=VENDREDI, le=LUNDI)).when(preter(BEN))
    quand.then_refused(ObjetEnRemise(objet=PERCEUSE, le=Date(2026, 11, 26)))
    assert "à partir du jeudi 26 novembre 2026" in dit(quand)
    given(LA_PERCEUSE, remise, prete(depuis=VENDREDI), rendu(depuis=VENDREDI, le=LUNDI)).when(
        preter(BEN), maintenant=midi(Date(2026, 11, 26))
    ).then_accepted()


# ── au retour : l'état, ce qui manque, ce qui s'est usé ─────────────────────────────────────────────────────────────


def test_un_retour_dit_l_etat_ce_qui_manque_et_ce_qui_s_est_consomme():
    usee = rendre(etat_general="usé", manquants=(COFFRET,), consommes=(Partie(nom="disque", nombre=3),))
    quand = given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA).when(usee)
    quand.then(attrs.evolve(rendu(), etat_general="usé", manquants=(COFFRET,), consommes=usee.consommes))
    (suite,) = quand.reponse.suites
    assert suite.evenements == (EtatConstate(objet=PERCEUSE, etat_general="usé", manquants=(COFFRET,)),)
    assert [(r.consommable, r.nombre, r.prets) for r in quand.lieu.registre("consommations")] == [("disque", 3, 1)]


def test_un_objet_rendu_en_panne_est_mis_hors_service():
    quand = given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA).when(rendre(etat_general="en panne"))
    (suite,) = quand.reponse.suites
    assert [type(f) for f in suite.evenements] == [EtatConstate, ObjetImmobilise]
    assert ligne(quand, "materiel").situation == "hors service"


def test_un_retour_qui_ne_dit_rien_de_l_etat_ne_constate_rien():
    assert given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA).when(rendre()).then(rendu()).suites == ()


@pytest.mark.parametrize(
    "autour", [{"manquants": (Partie(nom="marteau"),)}, {"consommes": (Partie(nom="colle"),)}, {"manquants": (DISQUE,)}]
)
def test_on_ne_rend_ni_ne_consomme_ce_qui_n_est_pas_du_modele(autour):
    given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA).when(rendre(**autour)).then_refused(PartieInconnue)
    given(PRETEE_A_ANA).when(rendre(**autour)).then_refused(PartieInconnue)


@pytest.mark.parametrize("champ", ["manquants", "consommes"])
def test_une_partie_sans_nombre_est_refusee_au_bord(champ):
    with pytest.raises(DemandeInvalide, match=champ):
        given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA).when(rendre(**{champ: (Partie(nom="mèche", nombre=0),)}))


# ── rendre une partie ───────────────────────────────────────────────────────────────────────────────────────────────


def partie(*parties: Partie):
    return RendrePartie(objet=PERCEUSE, personne=ANA, parties=parties)


def rendue(restent, fois=0, retour=SAMEDI):
    return PartieRendue(objet=PERCEUSE, personne=ANA, depuis=LUNDI, retour=retour, le=LUNDI, fois=fois, restent=restent)


DEUX_MECHES, TROIS_MECHES = Partie(nom="mèche", nombre=2), Partie(nom="mèche", nombre=3)


def test_on_rend_une_partie_d_un_lot_et_le_reste_demeure_en_pret():
    quand = given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA).when(partie(DEUX_MECHES, COFFRET))
    quand.then(rendue((TROIS_MECHES,)))
    assert (ligne(quand, "prets").etat, ligne(quand, "prets").restent) == ("partiellement rendu", (TROIS_MECHES,))
    assert ligne(quand, "prets", DIMANCHE).etat == "en retard"


def test_ce_qui_manquait_au_depart_n_est_pas_attendu_au_retour():
    given(LE_LOT, LA_PERCEUSE, prete(manquants=(COFFRET,))).when(partie(DEUX_MECHES)).then(rendue((TROIS_MECHES,)))
    given(LE_LOT, LA_PERCEUSE, prete(manquants=(COFFRET,))).when(partie(COFFRET)).then_refused(PartieInconnue)


@pytest.mark.parametrize("faits", [(prete(manquants=(COFFRET,)), RENOUVELEE), (PRETEE_A_ANA,)])
def test_ce_que_l_on_sait_manquer_n_est_jamais_du_par_qui_emprunte(faits):
    (fait,) = (
        given(LE_LOT, LA_PERCEUSE, IL_MANQUE_LE_COFFRET, *faits).when(partie(DEUX_MECHES)).then_accepted().evenements
    )
    assert fait.restent == (TROIS_MECHES,)


def test_la_phrase_d_un_pret_dit_ce_qui_manquait_au_lot():
    quand = given(LE_LOT, LA_PERCEUSE, IL_MANQUE_LE_COFFRET).when(preter())
    said = quand.lieu.speaker().phrase(quand.then_accepted().evenements[0])
    assert said.endswith(" ; lot incomplet, il y manque : coffret")
    assert "manque" not in quand.lieu.speaker().phrase(PRETEE_A_ANA)


def test_on_ne_rend_pas_en_partie_plus_que_ce_qui_est_dehors():
    quand = given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA, rendue((TROIS_MECHES,))).when(partie(TROIS_MECHES))
    quand.then_refused(PlusRienDehors(objet=PERCEUSE))
    assert "prets.RendreObjet" in dit(quand)
    given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA, rendue((TROIS_MECHES,))).when(partie(COFFRET)).then_refused(PartieInconnue)
    given(PRETEE_A_ANA).when(partie(COFFRET)).then_refused(PartieInconnue)


def test_on_ne_rend_en_partie_ni_l_objet_d_un_autre_ni_un_objet_perdu_ni_rien():
    given(LE_LOT, LA_PERCEUSE, prete(personne=BEN)).when(partie(COFFRET)).then_refused(PasPreteALui)
    given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA, PERDUE).when(partie(COFFRET)).then_refused(ObjetEgare)
    for rien in ((), (Partie(nom="mèche", nombre=0),)):
        with pytest.raises(DemandeInvalide, match="parties"):
            given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA).when(partie(*rien))


def test_ce_qui_reste_dehors_et_les_renouvellements_se_gardent_d_un_fait_a_l_autre():
    renouvelee = attrs.evolve(RENOUVELEE, restent=(TROIS_MECHES,))
    given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA, rendue((TROIS_MECHES,))).when(
        RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=DIMANCHE)
    ).then(renouvelee)
    given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA, renouvelee).when(partie(DEUX_MECHES)).then(
        rendue((Partie(nom="mèche"),), fois=1, retour=DIMANCHE)
    )
    given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA, RENOUVELEE).when(partie(COFFRET)).then(
        rendue((MECHE,), fois=1, retour=DIMANCHE)
    )
    assert isinstance(RENOUVELEE, PretRenouvele)
    given(LE_LOT, LA_PERCEUSE, PRETEE_A_ANA, rendue((TROIS_MECHES,))).when(rendre(), maintenant=midi(MARDI)).then(
        ObjetRendu(objet=PERCEUSE, personne=ANA, depuis=LUNDI, le=MARDI, constat="en bon état")
    )


def test_qui_fut_inscrit_deux_fois_n_a_pas_deux_fois_le_droit():
    double = DoublonReuni(personne=ANA, doublon=BEN)
    for en_main in (EnMain(), None):
        la_scie = prete(SCIE, BEN, depuis=VENDREDI, categorie="outil", en_main=en_main)
        given(LA_PERCEUSE, UN_SEUL, double, la_scie).when(preter()).then_refused(clause="un-seul")
        given(LA_PERCEUSE, UN_SEUL, double, la_scie, rendu(SCIE, BEN, depuis=VENDREDI)).when(preter()).then_accepted()


@pytest.mark.parametrize(
    "commande",
    [
        rendre(),
        RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=DIMANCHE),
        DeclarerPerdu(objet=PERCEUSE, personne=ANA, constat="volée"),
        partie(MECHE),
    ],
)
def test_ce_qui_fut_emprunte_sous_un_autre_identifiant_est_a_la_meme_personne(commande):
    double = DoublonReuni(personne=ANA, doublon=BEN)
    given(LE_LOT, LA_PERCEUSE, prete(personne=BEN), double).when(commande).then_accepted()
    given(LE_LOT, LA_PERCEUSE, prete(personne=BEN)).when(commande).then_refused(PasPreteALui)


def test_redemander_apres_la_reunion_de_deux_identifiants_ne_change_rien():
    double = DoublonReuni(personne=ANA, doublon=BEN)
    given(LA_PERCEUSE, prete(personne=BEN), double).when(preter()).then_nothing()
    given(LA_PERCEUSE, prete(personne=BEN), rendu(personne=BEN), double).when(rendre()).then_nothing()
