"""Prêts: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import pytest
from tests.domaines.quai import (
    ANA,
    ANA_ADHERE,
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
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.moyens.materiel import ObjetAbsent, ObjetHorsService, ObjetImmobilise, ObjetRetire
from tierslieu_core.domaines.usages.prets import (
    DeclarerPerdu,
    EnMain,
    ObjetDejaPrete,
    ObjetEgare,
    ObjetPerdu,
    ObjetPrete,
    ObjetRendu,
    ObjetRenduPlusTard,
    PasEncorePrete,
    PasPreteALui,
    PreterObjet,
    PretRenouvele,
    RendreObjet,
    RenouvelerPret,
    RetourImpossible,
)
from tierslieu_core.kernel.personal import Scelle
from tierslieu_core.testing.spec import MAINTENANT, given
from tierslieu_core.vocabulaire.arrets import Arret

DIMANCHE = Date(2026, 12, 6)


def prete(objet=PERCEUSE, personne=ANA, depuis=LUNDI, retour=SAMEDI, categorie="", en_main=EnMain(), **autour):  # noqa: B008 - frozen
    return ObjetPrete(
        objet=objet, personne=personne, depuis=depuis, retour=retour, categorie=categorie, constat="en bon état",
        en_main=en_main, **autour,
    )  # fmt: skip


def rendu(objet=PERCEUSE, personne=ANA, depuis=LUNDI, le=LUNDI):
    return ObjetRendu(objet=objet, personne=personne, depuis=depuis, le=le, constat="en bon état")


def preter(personne=ANA, retour=SAMEDI, objet=PERCEUSE, **autour):
    return PreterObjet(objet=objet, personne=personne, retour=retour, **autour)


PRETEE_A_ANA = prete()
RENOUVELEE = PretRenouvele(objet=PERCEUSE, personne=ANA, depuis=LUNDI, retour=DIMANCHE, fois=1)
PERDUE = ObjetPerdu(objet=PERCEUSE, personne=ANA, depuis=LUNDI, retour=SAMEDI, constat="dans le train")
REVISION = Arret(du=SAMEDI, au=DIMANCHE, motif="révision")
EN_REVISION = ObjetImmobilise(
    objet=PERCEUSE, du=SAMEDI, au=DIMANCHE, motif="révision", arrets=(REVISION,), sort="garder"
)
RETIREE_MARDI = ObjetRetire(
    objet=PERCEUSE, le=MARDI, motif="usée", arrets=(Arret(du=MARDI, au=None, motif="usée"),), sort="garder"
)

# ── prêter ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_prete_un_objet_qui_est_la():
    given().when(preter()).then(PRETEE_A_ANA)


def test_le_pret_garde_la_categorie_de_l_objet_et_l_etat_constate():
    reponse = given(LA_PERCEUSE).when(preter(constat="rayée")).then_accepted()
    (fait,) = reponse.evenements
    assert fait.categorie == "outil"
    assert isinstance(fait.constat, Scelle)
    assert fait.constat.personne == ANA


def test_on_ne_prete_pas_a_deux_personnes_le_meme_objet():
    quand = given(PRETEE_A_ANA).when(preter(BEN))
    quand.then_refused(ObjetDejaPrete(objet=PERCEUSE, personne=ANA, retour=SAMEDI))
    assert "à rendre le samedi 28 novembre 2026" in dit(quand)
    assert "renouveler" in dit(quand)


def test_un_pret_renouvele_occupe_encore_l_objet():
    given(PRETEE_A_ANA, RENOUVELEE).when(preter(BEN)).then_refused(
        ObjetDejaPrete(objet=PERCEUSE, personne=ANA, retour=DIMANCHE)
    )


def test_redemander_le_meme_pret_ne_change_rien():
    given(PRETEE_A_ANA).when(preter()).then_nothing()


def test_un_objet_rendu_se_prete_le_jour_meme():
    given(PRETEE_A_ANA, rendu()).when(preter(BEN)).then(prete(personne=BEN))


def test_un_objet_perdu_ne_se_prete_pas():
    quand = given(PRETEE_A_ANA, PERDUE).when(preter(BEN))
    quand.then_refused(ObjetEgare)
    assert "enregistrez d'abord son retour" in dit(quand)


@pytest.mark.parametrize("retour", [VENDREDI, Date(2027, 11, 24), Date(2999, 12, 31)])
def test_un_pret_s_acheve_apres_son_debut_et_dans_l_annee(retour):
    quand = given().when(preter(retour=retour))
    quand.then_refused(RetourImpossible(objet=PERCEUSE, depuis=LUNDI, retour=retour))
    assert "dans l'année" in dit(quand)


@pytest.mark.parametrize("retour", [LUNDI, Date(2027, 11, 23)])
def test_un_pret_peut_durer_d_un_jour_a_un_an(retour):
    given().when(preter(retour=retour)).then_accepted()


def test_un_objet_qui_part_pendant_le_pret_ne_se_prete_pas():
    quand = given(RETIREE_MARDI).when(preter())
    quand.then_refused(ObjetAbsent(objet=PERCEUSE, le=MARDI, motif="usée"))
    assert "quitte le matériel" in dit(quand)


def test_un_objet_se_prete_encore_jusqu_a_la_veille_de_son_depart():
    given(RETIREE_MARDI).when(preter(retour=LUNDI)).then_accepted()


def test_un_objet_ne_se_prete_plus_le_jour_de_son_depart():
    given(RETIREE_MARDI).when(preter(), maintenant=midi(MARDI)).then_refused(ObjetAbsent)


def test_un_objet_attendu_en_revision_revient_avant():
    quand = given(EN_REVISION).when(preter())
    quand.then_refused(ObjetHorsService(objet=PERCEUSE, du=SAMEDI, au=DIMANCHE, motif="révision"))
    assert "d'autres jours" in dit(quand)
    given(EN_REVISION).when(preter(retour=Date(2026, 11, 27))).then_accepted()


# ── le papier d'hier, saisi aujourd'hui ─────────────────────────────────────────────────────────────────────────────


def test_le_pret_de_papier_d_hier_se_saisit_aujourd_hui_a_sa_date():
    given().when(preter(), survenu_le=midi(VENDREDI)).then(prete(depuis=VENDREDI))


def test_un_pret_de_papier_ne_se_glisse_pas_avant_un_pret_deja_rendu():
    quand = given(PRETEE_A_ANA, rendu(le=LUNDI)).when(preter(BEN), survenu_le=midi(VENDREDI))
    quand.then_refused(ObjetRenduPlusTard(objet=PERCEUSE, depuis=LUNDI, le=LUNDI))
    assert "dans l'ordre" in dit(quand)


def test_un_pret_de_papier_compte_les_objets_pris_depuis_fut_ce_un_autre_mois():
    un_seul = regle("un-seul", "simultanes", maximum=1)
    given(un_seul, prete(SCIE, depuis=Date(2026, 12, 1))).when(
        preter(retour=DIMANCHE), maintenant=midi(Date(2026, 12, 2)), survenu_le=midi(Date(2026, 11, 30))
    ).then_refused(clause="un-seul")


@pytest.mark.parametrize(
    "commande",
    [
        RendreObjet(objet=PERCEUSE, personne=ANA),
        DeclarerPerdu(objet=PERCEUSE, personne=ANA, constat="?"),
        RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=DIMANCHE),
    ],
)
def test_rien_n_arrive_a_un_pret_avant_qu_il_commence(commande):
    quand = given(PRETEE_A_ANA).when(commande, survenu_le=midi(VENDREDI))
    quand.then_refused(PasEncorePrete(objet=PERCEUSE, depuis=LUNDI))
    assert "Datez cette demande" in dit(quand)


# ── rendre ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_rend_un_objet_en_notant_son_etat():
    given(PRETEE_A_ANA).when(
        RendreObjet(objet=PERCEUSE, personne=ANA, constat="mèche cassée"), maintenant=midi(MARDI)
    ).then(ObjetRendu(objet=PERCEUSE, personne=ANA, depuis=LUNDI, le=MARDI, constat="mèche cassée"))


def test_rendre_deux_fois_ne_change_rien():
    given(PRETEE_A_ANA, rendu()).when(RendreObjet(objet=PERCEUSE, personne=ANA)).then_nothing()


@pytest.mark.parametrize("faits", [(), (PRETEE_A_ANA,), (PRETEE_A_ANA, rendu())])
def test_on_ne_rend_que_ce_que_l_on_a(faits):
    quand = given(*faits).when(RendreObjet(objet=PERCEUSE, personne=BEN))
    quand.then_refused(PasPreteALui(objet=PERCEUSE, personne=BEN))
    assert "registre des prêts" in dit(quand)


def test_rendre_un_objet_perdu_le_retrouve():
    given(PRETEE_A_ANA, PERDUE).when(RendreObjet(objet=PERCEUSE, personne=ANA)).then(rendu())


def test_un_objet_retire_entre_temps_se_rend_quand_meme():
    given(PRETEE_A_ANA, RETIREE_MARDI).when(
        RendreObjet(objet=PERCEUSE, personne=ANA), maintenant=midi(SAMEDI)
    ).then_accepted()


# ── renouveler, perdre ──────────────────────────────────────────────────────────────────────────────────────────────


def test_on_renouvele_son_propre_pret():
    given(PRETEE_A_ANA).when(RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=DIMANCHE), par=ANA).then(RENOUVELEE)


def test_renouveler_encore_compte_une_fois_de_plus():
    plus_tard = Date(2026, 12, 13)
    given(PRETEE_A_ANA, RENOUVELEE).when(RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=plus_tard)).then(
        PretRenouvele(objet=PERCEUSE, personne=ANA, depuis=LUNDI, retour=plus_tard, fois=2)
    )


def test_renouveler_jusqu_au_jour_deja_convenu_ne_change_rien():
    given(PRETEE_A_ANA).when(RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=SAMEDI)).then_nothing()


@pytest.mark.parametrize("retour", [MARDI, Date(2027, 11, 24)])
def test_renouveler_ne_raccourcit_pas_et_tient_dans_l_annee(retour):
    given(PRETEE_A_ANA).when(RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=retour)).then_refused(
        RetourImpossible(objet=PERCEUSE, depuis=LUNDI, retour=retour)
    )


def test_on_ne_renouvele_pas_au_dela_du_depart_de_l_objet():
    given(PRETEE_A_ANA, RETIREE_MARDI).when(RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=DIMANCHE)).then_refused(
        ObjetAbsent
    )


def test_on_ne_renouvele_ni_l_objet_d_un_autre_ni_un_objet_perdu():
    given(PRETEE_A_ANA).when(RenouvelerPret(objet=PERCEUSE, personne=BEN, retour=DIMANCHE)).then_refused(PasPreteALui)
    given(PRETEE_A_ANA, PERDUE).when(RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=DIMANCHE)).then_refused(
        ObjetEgare
    )


def test_qui_a_un_objet_peut_le_dire_perdu_et_le_redire_ne_change_rien():
    perdre = DeclarerPerdu(objet=PERCEUSE, personne=ANA, constat="dans le train")
    given(PRETEE_A_ANA).when(perdre, par=ANA).then(PERDUE)
    given(PRETEE_A_ANA, PERDUE).when(perdre, par=ANA).then_nothing()
    given().when(perdre).then_refused(PasPreteALui)


def test_on_ne_prete_ni_ne_rend_sans_mandat():
    for commande in (preter(), RendreObjet(objet=PERCEUSE, personne=ANA)):
        given(PRETEE_A_ANA).when(commande, par=ANA).then_refused(MandatManquant)


# ── ce que les règles mesurent ──────────────────────────────────────────────────────────────────────────────────────

OUTILS = Portee(categories=("outil",))
EN_MAIN = prete(SCIE, depuis=VENDREDI, categorie="outil")


@pytest.mark.parametrize(
    ("la_regle", "faits"),
    [
        (regle("r", "duree_pret", maximum_jours=4), ()),
        (regle("r", "simultanes", OUTILS, maximum=1), (EN_MAIN,)),
        (regle("r", "quota", OUTILS, maximum=1, periode="mois"), (EN_MAIN, rendu(SCIE, depuis=VENDREDI))),
        (regle("r", "simultanes", OUTILS, maximum=1), (prete(SCIE, depuis=Date(2025, 10, 1), categorie="outil"),)),
        (regle("r", "adhesion_a_jour"), ()),
        (regle("r", "public", admis=("atelier",)), ()),
        (regle("r", "habilitation", requise="scie"), ()),
        (regle("r", "fermeture", du=LUNDI, au=LUNDI), ()),
        (regle("r", "duree_pret", Portee(objets=(PERCEUSE,)), maximum_jours=1), ()),
    ],
)
def test_une_regle_refuse_un_pret(la_regle, faits):
    quand = given(LA_PERCEUSE, la_regle, *faits).when(preter())
    quand.then_refused(clause="r")
    assert "Règle « r »" in dit(quand)


@pytest.mark.parametrize(
    ("la_regle", "faits"),
    [
        (regle("r", "duree_pret", maximum_jours=5), ()),
        (regle("r", "simultanes", OUTILS, maximum=1), (EN_MAIN, rendu(SCIE, depuis=VENDREDI))),
        (regle("r", "simultanes", OUTILS, maximum=2), (EN_MAIN,)),
        (regle("r", "simultanes", Portee(categories=("livre",)), maximum=0), (EN_MAIN,)),
        (
            regle("r", "simultanes", maximum=1),
            (
                EN_MAIN,
                ObjetPerdu(objet=SCIE, personne=ANA, depuis=VENDREDI, retour=SAMEDI, constat="volée"),
            ),
        ),
        (regle("r", "quota", OUTILS, maximum=2, periode="mois"), (EN_MAIN,)),
        (regle("r", "adhesion_a_jour"), (ANA_ADHERE,)),
        (regle("r", "public", admis=("atelier",)), (ANA_ADHERE,)),
        (regle("r", "habilitation", requise="scie"), (ANA_SAIT_SCIER,)),
        (regle("r", "duree_pret", Portee(actions=("renouveler",)), maximum_jours=1), ()),
    ],
)
def test_une_regle_laisse_preter(la_regle, faits):
    given(LA_PERCEUSE, la_regle, *faits).when(preter()).then_accepted()


@pytest.mark.parametrize(
    ("la_regle", "passe"),
    [
        (regle("r", "renouvellements", OUTILS, maximum=0), False),
        (regle("r", "renouvellements", OUTILS, maximum=1), True),
        (regle("r", "duree_pret", OUTILS, maximum_jours=12), False),
        (regle("r", "duree_pret", OUTILS, maximum_jours=13), True),
        (regle("r", "adhesion_a_jour", OUTILS), False),
        (regle("r", "simultanes", OUTILS, maximum=0), True),
    ],
)
def test_une_regle_juge_un_renouvellement(la_regle, passe):
    quand = given(LA_PERCEUSE, PRETEE_A_ANA, la_regle).when(
        RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=DIMANCHE)
    )
    quand.then_accepted() if passe else quand.then_refused(clause="r")


# ── le registre ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_le_registre_dit_en_cours_puis_en_retard_selon_le_jour_ou_on_le_lit():
    quand = given().when(preter())
    assert (ligne(quand, "prets", SAMEDI).etat, ligne(quand, "prets", SAMEDI).retard_jours) == ("en cours", 0)
    assert (ligne(quand, "prets", DIMANCHE).etat, ligne(quand, "prets", DIMANCHE).retard_jours) == ("en retard", 8)


def test_le_registre_connait_le_renouvellement_et_la_perte():
    quand = given(PRETEE_A_ANA).when(RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=DIMANCHE))
    assert (ligne(quand, "prets").retour, ligne(quand, "prets").renouvellements) == (DIMANCHE, 1)
    quand = given(PRETEE_A_ANA).when(DeclarerPerdu(objet=PERCEUSE, personne=ANA, constat="?"))
    assert (ligne(quand, "prets", DIMANCHE).etat, ligne(quand, "prets", DIMANCHE).retard_jours) == ("perdu", 0)


def test_un_objet_rendu_quitte_le_registre_le_jour_du_retour_et_pas_avant():
    quand = given(PRETEE_A_ANA, le=MAINTENANT).when(RendreObjet(objet=PERCEUSE, personne=ANA), maintenant=midi(MARDI))
    assert quand.lieu.registre("prets", au=MARDI) == []
    assert ligne(quand, "prets", LUNDI).personne == ANA


def test_un_jour_ferie_se_juge_aussi_d_un_pret():
    noel = Date(2026, 12, 25)
    demande = PreterObjet(objet=PERCEUSE, personne=ANA, retour=Date(2026, 12, 28))
    fermes = given(LA_PERCEUSE, regle("feries", "feries"))
    fermes.when(demande, maintenant=midi(noel)).then_refused(clause="feries")
    fermes.when(demande, maintenant=midi(noel.subtract(days=1))).then_accepted()
