"""Des prêts en nombre rappelés, relancés, corrigés, comme ceux d'un objet."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LUNDI, MARDI, SAMEDI, SCIE, VENDREDI, dit, ligne, midi, regle
from tests.domaines.usages.test_prets import preter
from tests.domaines.usages.test_prets_reservations import (
    CABLES,
    JEUDI,
    P10,
    SORTIE,
    TROIS_DEHORS,
    cables,
    honoree,
    reserve,
)
from tests.domaines.usages.test_prets_retards import ANNONCE, JOUR_DE, MESURE, RETARDS
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import PasLeDernierFait, RienACorriger
from tierslieu_core.domaines.usages.prets import (
    DOMAINE,
    CorrigerQuantite,
    EmpruntsSuspendus,
    EnNombre,
    EtapeInconnue,
    PasDEmprunt,
    PasEncorePrete,
    PreavisTropLong,
    PretEnNombreClos,
    PreterQuantite,
    QuantitePretee,
    QuantiteRappelee,
    QuantiteRedite,
    QuantiteRelancee,
    QuantiteRendue,
    RappelerQuantite,
    RappelImpossible,
    RelancerQuantite,
    RendreQuantite,
    ReservationARevoir,
    ReservationRetablie,
    Sortie,
    SuspensionTombee,
    TropTot,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import PretId, ReservationModeleId
from tierslieu_core.vocabulaire.temps import matin
from tierslieu_core.vues.apercu import apercu

P1 = PretId("p-1")
MIEN = EnNombre(pret=P1, categorie="son", depuis=LUNDI, retour=SAMEDI)
PRETES = attrs.evolve(TROIS_DEHORS, categorie="son", en_nombre=(MIEN,))
RAPPELES = QuantiteRappelee(
    pret=P1, modele=P10, personne=BEN, depuis=LUNDI, retour=JEUDI, avant=SAMEDI, restent=3,
    sorties=(attrs.evolve(SORTIE, retour=JEUDI),), en_nombre=(attrs.evolve(MIEN, retour=JEUDI),),
)  # fmt: skip
RAPPELER = RappelerQuantite(pret=P1, retour=JEUDI)


def rendus(quantite=3, restent=0, le=LUNDI):
    sorties = (attrs.evolve(SORTIE, quantite=restent),) if restent else ()
    return QuantiteRendue(
        pret=P1, modele=P10, personne=BEN, quantite=quantite, le=le, restent=restent, sorties=sorties,
        en_nombre=(MIEN,) if restent else (),
    )  # fmt: skip


# ── rappeler ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_rappelle_un_pret_en_nombre_avec_le_meme_preavis():
    quand = given(CABLES, PRETES).when(RAPPELER, maintenant=midi(MARDI))
    quand.then(RAPPELES)
    assert (ligne(quand, "prets_en_nombre").etat, ligne(quand, "prets_en_nombre").retour) == ("rappelé", JEUDI)
    assert ligne(quand, "prets_en_nombre", Date(2026, 11, 27)).etat == "en retard"
    given(CABLES, PRETES, RAPPELES).when(RAPPELER, maintenant=midi(MARDI)).then_nothing()
    non = given(CABLES, PRETES).when(RappelerQuantite(pret=P1, retour=MARDI))
    non.then_refused(RappelImpossible(modele=P10, convenu=SAMEDI, retour=MARDI, au_plus_tot=Date(2026, 11, 25)))
    said = "Câble, à rendre le samedi 28 novembre 2026, ne se rappelle pas pour le mardi 24 novembre 2026."
    assert dit(non).startswith(said)
    cinq = regle("cinq", "preavis_rappel", jours=30)
    given(CABLES, PRETES, cinq).when(RAPPELER).then_refused(
        PreavisTropLong(modele=P10, convenu=SAMEDI, preavis_jours=30)
    )


def test_ce_qui_reste_libre_apres_un_rappel_se_reserve_ensuite():
    vendredi = Date(2026, 11, 27)
    demande = PreterQuantite(modele=P10, personne=ANA, quantite=5, retour=SAMEDI)
    assert given(CABLES, PRETES).when(demande, maintenant=midi(vendredi)).reponse.verdict == "refus"
    given(CABLES, PRETES, RAPPELES, rendus()).when(demande, maintenant=midi(vendredi)).then_accepted()


@pytest.mark.parametrize("demande", [RAPPELER, RelancerQuantite(pret=P1)])
def test_on_ne_rappelle_ni_ne_relance_ce_qui_n_est_pas_dehors(demande):
    for faits in ((PRETES, rendus()), (PRETES, FaitCorrige(fait="donne/6", nature="", sujet="pret:p-1", motif="x"))):
        quand = given(CABLES, *faits).when(demande)
        quand.then_refused(PretEnNombreClos(pret=P1))
        assert "registre prets_en_nombre" in dit(quand)
    quand = given(CABLES, PRETES).when(demande, survenu_le=midi(VENDREDI))
    quand.then_refused(PasEncorePrete(modele=P10, depuis=LUNDI))
    assert dit(quand).startswith("Le prêt (Câble) ne commence que le lundi 23 novembre 2026.")


# ── retards ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def relance(etape, retour=SAMEDI):
    return QuantiteRelancee(
        pret=P1, modele=P10, personne=BEN, depuis=LUNDI, retour=retour, restent=3, etape=etape, mesure=MESURE[etape]
    )


SUSPENDUS = EmpruntsSuspendus(personne=BEN, modele=P10, pret=P1, du=JOUR_DE[3], au=Date(2027, 1, 13))


@pytest.mark.parametrize("etape", [0, 1, 2, 3])
def test_chaque_etape_d_un_pret_en_nombre_vient_a_son_jour_et_une_seule_fois(etape):
    demande, jour = RelancerQuantite(pret=P1, etape=etape), JOUR_DE[etape]
    faits = (CABLES, PRETES, RETARDS, ANNONCE)
    quand = given(*faits).when(demande, maintenant=midi(jour))
    quand.then(relance(etape), *([SUSPENDUS] if etape == 3 else []))
    assert ligne(quand, "prets_en_nombre").etape == etape
    given(*faits, relance(etape)).when(demande, maintenant=midi(jour)).then_nothing()
    given(*faits).when(demande, maintenant=midi(jour.prev_day())).then_refused(
        TropTot(modele=P10, retour=SAMEDI, le=jour)
    )


def test_un_rappel_recommence_les_etapes_et_une_etape_non_fixee_ne_se_passe_pas():
    le_huit = midi(Date(2026, 12, 8))
    given(CABLES, PRETES, RETARDS, relance(2), RAPPELES).when(RelancerQuantite(pret=P1), maintenant=le_huit).then(
        relance(1, JEUDI)
    )
    given(CABLES, PRETES).when(RelancerQuantite(pret=P1)).then_refused(EtapeInconnue(modele=P10, etape=1))


def test_qui_n_a_pas_rendu_des_exemplaires_n_emprunte_plus():
    quand = given(CABLES, SUSPENDUS).when(
        preter(BEN, objet=SCIE, retour=Date(2026, 12, 20)), maintenant=midi(JOUR_DE[3])
    )
    quand.then_refused(PasDEmprunt(personne=BEN, au=Date(2027, 1, 13)))
    assert "des exemplaires manquent (Câble)" in quand.lieu.speaker().phrase(SUSPENDUS)


def test_un_pret_en_nombre_en_retard_est_a_faire_comme_celui_d_un_objet():
    def dues(*faits: object):
        lieu = given(CABLES, PRETES, RETARDS, *faits).when(cables(1)).lieu
        x = Contexte(midi(LUNDI), midi(LUNDI), CAMILLE, "epreuve", lieu.livre)
        echeance = next(e for e in DOMAINE.echeances if e.nom == "prets.retour_en_nombre")
        (ligne_,) = [row for row in lieu.registre("prets_en_nombre") if row.pret == P1]
        return list(echeance.dues(ligne_, x))

    (due,) = dues()
    assert (due.quand, due.chose) == (matin(JOUR_DE[1], "Europe/Paris"), "pret:p-1")
    assert due.commande == RelancerQuantite(pret=P1, etape=1)
    assert "rappel à 1 jour" in due.phrase
    (due,) = dues(relance(1))
    assert due.commande == RelancerQuantite(pret=P1, etape=2)
    assert dues(relance(3)) == []
    (due,) = dues(relance(3), RAPPELES)
    assert due.commande == RelancerQuantite(pret=P1, etape=1)


# ── corriger ────────────────────────────────────────────────────────────────────────────────────────────────────────

CORRIGER = CorrigerQuantite(pret=P1, motif="c'était Ana")


def corrige(n, nature):
    return FaitCorrige(fait=f"donne/{n}", nature=nature, sujet="pret:p-1", motif="c'était Ana")


def redite(sorties=(), en_nombre=(), dernier_retour=None):
    return QuantiteRedite(
        pret=P1, modele=P10, personne=BEN, sorties=sorties, en_nombre=en_nombre, dernier_retour=dernier_retour
    )


def test_un_pret_en_nombre_saisi_par_erreur_ne_compte_plus():
    quand = given(CABLES, PRETES).when(CORRIGER)
    quand.then(corrige(6, "prets.QuantitePretee"), redite())
    assert quand.lieu.registre("prets_en_nombre") == []
    assert quand.lieu.executer(cables(5), par=CAMILLE, cle="juste").acceptee
    rendre = quand.lieu.executer(RendreQuantite(pret=P1, quantite=1), par=CAMILLE)
    assert "fut enregistré par erreur" in rendre.explication[0]
    encore = quand.lieu.executer(CORRIGER, par=CAMILLE)
    assert "Rien n'est enregistré là" in encore.explication[0]
    given(CABLES).when(CORRIGER).then_refused(RienACorriger(sujet="pret:p-1"))


def test_l_essai_montre_d_abord_ce_que_la_correction_change():
    lieu = given(CABLES, PRETES).when(cables(1)).lieu
    essai = lieu.executer(CORRIGER, par=CAMILLE, essai=True)
    assert {(c.registre, c.avant.pret, c.apres) for c in apercu(lieu, essai) if c.avant} == {
        ("prets_en_nombre", P1, None)
    }
    assert len(lieu.registre("prets_en_nombre")) == 2


def test_corriger_un_pret_garde_ceux_qui_vinrent_apres():
    autre = Sortie(pret=PretId("p-2"), personne=BEN, quantite=2, depuis=LUNDI, retour=SAMEDI)
    autre_mien = attrs.evolve(MIEN, pret=autre.pret)
    deuxieme = QuantitePretee(
        pret=autre.pret, modele=P10, personne=BEN, quantite=2, depuis=LUNDI, retour=SAMEDI, sorties=(SORTIE, autre),
        categorie="son", en_nombre=(MIEN, autre_mien),
    )  # fmt: skip
    quand = given(CABLES, PRETES, deuxieme).when(CORRIGER)
    quand.then(corrige(6, "prets.QuantitePretee"), redite((autre,), (autre_mien,)))
    assert quand.lieu.executer(cables(4), par=CAMILLE).verdict == "refus"
    assert quand.lieu.executer(cables(3), par=CAMILLE).acceptee


def test_un_retour_corrige_remet_dehors_et_en_main_ce_qui_y_etait():
    quand = given(CABLES, PRETES, rendus(2, 1), attrs.evolve(rendus(1), le=LUNDI)).when(CORRIGER)
    reste = attrs.evolve(SORTIE, quantite=1)
    quand.then(corrige(8, "prets.QuantiteRendue"), redite((reste,), (MIEN,), LUNDI))
    assert [(r.pret, r.restent) for r in quand.lieu.registre("prets_en_nombre")] == [(P1, 1)]
    deux = regle("deux", "simultanes", maximum=1)
    quand = given(CABLES, deux, PRETES, rendus()).when(CORRIGER)
    quand.then_accepted()
    assert quand.lieu.executer(preter(BEN, objet=SCIE), par=CAMILLE).verdict == "refus"


def test_un_retour_corrige_ne_retarde_plus_les_prets_de_papier():
    quand = given(CABLES, PRETES, rendus(le=JEUDI)).when(CORRIGER, maintenant=midi(SAMEDI))
    quand.then(corrige(7, "prets.QuantiteRendue"), redite((SORTIE,), (MIEN,)))
    papier = quand.lieu.executer(cables(2), par=CAMILLE, maintenant=midi(SAMEDI), survenu_le=midi(MARDI))
    assert papier.acceptee


def test_un_rappel_corrige_rend_le_jour_convenu():
    quand = given(CABLES, PRETES, RAPPELES).when(CORRIGER)
    quand.then(corrige(7, "prets.QuantiteRappelee"), redite((SORTIE,), (MIEN,)))
    assert ligne(quand, "prets_en_nombre").retour == SAMEDI
    quand = given(CABLES, PRETES, RAPPELES, rendus(1, 2)).when(CORRIGER)
    quand.then(corrige(8, "prets.QuantiteRendue"), redite((attrs.evolve(SORTIE, retour=JEUDI),), RAPPELES.en_nombre))


def test_qui_avait_reserve_ce_qui_ne_revient_pas_est_a_revoir():
    quand = given(CABLES, PRETES, rendus(), reserve(quantite=4)).when(CORRIGER)
    ((revue,),) = [suite.evenements for suite in quand.then_accepted().suites]
    assert isinstance(revue, ReservationARevoir)
    assert ligne(quand, "reservations_materiel").etat == "à revoir"
    deja = ReservationARevoir(
        reservation=ReservationModeleId("r-1"), modele=P10, personne=ANA, du=JEUDI, au=SAMEDI, quantite=4, restent=4,
        motif="x",
    )  # fmt: skip
    reponse = given(CABLES, PRETES, rendus(), reserve(quantite=4), deja).when(CORRIGER).then_accepted()
    assert [suite.verdict for suite in reponse.suites] == ["sans_objet"]


def test_ce_qu_un_pret_corrige_avait_pris_d_une_reservation_est_attendu_de_nouveau():
    r1 = ReservationModeleId("r-1")
    de_la_reservation = attrs.evolve(PRETES, personne=ANA, reservation=r1)
    faits = (CABLES, reserve(du=LUNDI, quantite=5), de_la_reservation, honoree(restent=2, quantite=5, lequel=None))
    quand = given(*faits).when(CORRIGER)
    (*_, retablie) = quand.then_accepted().evenements
    assert (type(retablie), retablie.restent, retablie.objet) == (ReservationRetablie, 5, None)
    assert ligne(quand, "reservations_materiel").restent == 5
    assert quand.lieu.executer(cables(5, reservation=r1), par=CAMILLE, cle="juste").acceptee


def test_nul_n_est_suspendu_pour_un_pret_enregistre_par_erreur():
    jour = JOUR_DE[3]
    faits = (CABLES, RETARDS, PRETES, relance(3), SUSPENDUS)
    quand = given(*faits).when(CORRIGER, maintenant=midi(jour))
    quand.then(corrige(7, "prets.QuantitePretee"), redite(), SuspensionTombee(personne=BEN, le=jour))
    assert quand.lieu.registre("prets_en_nombre") == []
    d_un_autre = attrs.evolve(SUSPENDUS, pret=PretId("p-2"))
    reponse = given(*faits[:-1], d_un_autre).when(CORRIGER, maintenant=midi(jour)).then_accepted()
    assert len(reponse.evenements) == 2


def test_un_pret_en_nombre_se_corrige_du_dernier_fait_au_premier():
    premier = attrs.evolve(CORRIGER, fait="donne/6")
    given(CABLES, PRETES, rendus()).when(premier).then_refused(
        PasLeDernierFait(fait="donne/6", sujet="pret:p-1", dernier="donne/7")
    )
    corriges = (PRETES, corrige(6, "prets.QuantitePretee"), redite())
    given(CABLES, *corriges).when(premier).then_nothing()


def test_un_pret_en_nombre_corrige_se_rejoue_a_l_identique():
    quand = given(CABLES, PRETES).when(cables(1))
    lieu = quand.lieu
    mien = PretId("epreuve")
    for demande in (
        RendreQuantite(pret=mien, quantite=1), CorrigerQuantite(pret=mien, motif="x"),
        RappelerQuantite(pret=mien, retour=JEUDI), CorrigerQuantite(pret=mien, motif="x"),
        CorrigerQuantite(pret=mien, motif="x"),
    ):  # fmt: skip
        assert lieu.executer(demande, par=CAMILLE).acceptee
    assert [r.pret for r in lieu.registre("prets_en_nombre")] == [P1]
    assert {e.cle for e in lieu.rejouer().ecarts} <= {"donne"}, "les faits posés là sans décision"


def test_les_etapes_d_un_rappel_corrige_ne_sont_pas_celles_du_retour_convenu():
    quand = given(CABLES, PRETES, RAPPELES, relance(1, JEUDI)).when(CORRIGER)
    quand.then_accepted()
    assert ligne(quand, "prets_en_nombre").etape == -1
