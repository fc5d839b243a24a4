"""Rappels, retards, suspensions, durée des prêts: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import pytest
from tests.domaines.quai import (
    ANA,
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
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.cadre.regles.genres.prets import Etape
from tierslieu_core.domaines.usages.prets import (
    DOMAINE,
    EmpruntsSuspendus,
    EtapeInconnue,
    LeverSuspension,
    PasDEmprunt,
    PasEncorePrete,
    PasEnPret,
    PreavisTropLong,
    PretEnRappel,
    PretRappele,
    PretRelance,
    RappelerPret,
    RappelImpossible,
    RelancerPret,
    RenouvelerPret,
    SuspensionLevee,
    TropTot,
)
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.testing.spec import given

JEUDI, VENDREDI_PROCHAIN = Date(2026, 11, 26), Date(2026, 11, 27)

# ── rappeler ────────────────────────────────────────────────────────────────────────────────────────────────────────


def rappele(retour=JEUDI, avant=SAMEDI, fois=0):
    return PretRappele(objet=PERCEUSE, personne=ANA, depuis=LUNDI, retour=retour, avant=avant, fois=fois, restent=None)


def test_on_rappelle_un_objet_avec_un_preavis():
    quand = given(PRETEE_A_ANA).when(RappelerPret(objet=PERCEUSE, retour=JEUDI), maintenant=midi(MARDI))
    quand.then(rappele())
    row = ligne(quand, "prets", JEUDI)
    assert (row.etat, row.retour) == ("rappelé", JEUDI)
    assert ligne(quand, "prets", VENDREDI_PROCHAIN).etat == "en retard"
    given(PRETEE_A_ANA, rappele()).when(
        RappelerPret(objet=PERCEUSE, retour=JEUDI), maintenant=midi(MARDI)
    ).then_nothing()


def test_le_preavis_d_un_rappel_est_un_reglage_du_lieu():
    trop_tot = RappelerPret(objet=PERCEUSE, retour=MARDI)
    quand = given(PRETEE_A_ANA).when(trop_tot)
    quand.then_refused(RappelImpossible(objet=PERCEUSE, convenu=SAMEDI, retour=MARDI, au_plus_tot=Date(2026, 11, 25)))
    assert "à partir du mercredi 25 novembre 2026" in dit(quand)
    given(PRETEE_A_ANA, regle("r", "preavis_rappel", jours=1)).when(trop_tot).then_accepted()


def test_un_rappel_dont_le_preavis_passe_le_retour_convenu_ne_propose_aucun_jour():
    cinq = regle("cinq", "preavis_rappel", jours=5)
    quand = given(PRETEE_A_ANA, cinq).when(RappelerPret(objet=PERCEUSE, retour=JEUDI))
    quand.then_refused(PreavisTropLong(objet=PERCEUSE, convenu=SAMEDI, preavis_jours=5))
    assert "aucun jour avant" in dit(quand)
    assert "Choisissez" not in dit(quand)


def test_un_rappel_ne_prolonge_pas_et_ne_concerne_que_ce_qui_est_dehors():
    given(PRETEE_A_ANA).when(RappelerPret(objet=PERCEUSE, retour=DIMANCHE)).then_refused(RappelImpossible)
    for faits in ((), (PRETEE_A_ANA, rendu()), (PRETEE_A_ANA, PERDUE)):
        quand = given(*faits).when(RappelerPret(objet=PERCEUSE, retour=JEUDI))
        quand.then_refused(PasEnPret(objet=PERCEUSE))
        assert "registre des prêts" in dit(quand)
    given(PRETEE_A_ANA).when(RappelerPret(objet=PERCEUSE, retour=JEUDI), survenu_le=midi(VENDREDI)).then_refused(
        PasEncorePrete
    )


def test_un_pret_rappele_ne_se_renouvelle_plus():
    quand = given(PRETEE_A_ANA, rappele()).when(RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=DIMANCHE))
    quand.then_refused(PretEnRappel(objet=PERCEUSE, retour=JEUDI))
    assert "Rendez l'objet" in dit(quand)


def test_un_rappel_garde_le_nombre_de_renouvellements():
    reponse = given(PRETEE_A_ANA, RENOUVELEE).when(RappelerPret(objet=PERCEUSE, retour=SAMEDI)).then_accepted()
    assert reponse.evenements == (rappele(retour=SAMEDI, avant=DIMANCHE, fois=1),)


# ── retards ─────────────────────────────────────────────────────────────────────────────────────────────────────────

ETAPES = (
    Etape(jours=1, mesure="rappel"),
    Etape(jours=8, mesure="avertissement"),
    Etape(jours=15, mesure="suspension", duree_jours=30),
)
RETARDS = regle("retards", "retards", grace_jours=2, etapes=ETAPES)
ANNONCE = regle("annonce", "rappel_avant", jours=3)
JOUR_DE = {0: Date(2026, 11, 25), 1: Date(2026, 12, 1), 2: Date(2026, 12, 8), 3: Date(2026, 12, 15)}
MESURE = {0: "annonce", 1: "rappel", 2: "avertissement", 3: "suspension"}


def relance(etape, retour=SAMEDI):
    return PretRelance(objet=PERCEUSE, personne=ANA, depuis=LUNDI, retour=retour, etape=etape, mesure=MESURE[etape])


SUSPENDUS = EmpruntsSuspendus(personne=ANA, objet=PERCEUSE, du=JOUR_DE[3], au=Date(2027, 1, 13))


@pytest.mark.parametrize("etape", [0, 1, 2, 3])
def test_chaque_etape_vient_a_son_jour_et_une_seule_fois(etape):
    demande, jour = RelancerPret(objet=PERCEUSE, etape=etape), JOUR_DE[etape]
    faits = (PRETEE_A_ANA, RETARDS, ANNONCE)
    attendus = [relance(etape), SUSPENDUS] if etape == 3 else [relance(etape)]
    given(*faits).when(demande, maintenant=midi(jour)).then(*attendus)
    given(*faits, relance(etape)).when(demande, maintenant=midi(jour)).then_nothing()
    quand = given(*faits).when(demande, maintenant=midi(jour.prev_day()))
    quand.then_refused(TropTot(objet=PERCEUSE, retour=SAMEDI, le=jour))
    assert "à faire" in dit(quand)


def test_un_pret_renouvele_recommence_ses_etapes():
    apres = midi(Date(2026, 12, 9))
    given(PRETEE_A_ANA, RETARDS, relance(1), RENOUVELEE).when(
        RelancerPret(objet=PERCEUSE, etape=1), maintenant=apres
    ).then(relance(1, DIMANCHE))


def test_une_etape_que_le_lieu_n_a_pas_fixee_ne_se_passe_pas():
    for etape in (0, 1, 4):
        faits = (RETARDS,) if etape == 4 else ()
        quand = given(PRETEE_A_ANA, *faits).when(RelancerPret(objet=PERCEUSE, etape=etape), maintenant=midi(DIMANCHE))
        quand.then_refused(EtapeInconnue(objet=PERCEUSE, etape=etape))
        assert "retards" in dit(quand)
    given(RETARDS).when(RelancerPret(objet=PERCEUSE)).then_refused(PasEnPret)


def test_qui_a_rendu_trop_tard_n_emprunte_plus_jusqu_a_tel_jour():
    jour = midi(JOUR_DE[3])
    quand = given(LA_PERCEUSE, SUSPENDUS).when(preter(objet=SCIE, retour=Date(2026, 12, 20)), maintenant=jour)
    quand.then_refused(PasDEmprunt(personne=ANA, au=Date(2027, 1, 13)))
    assert "prets.LeverSuspension" in dit(quand)
    given(SUSPENDUS).when(preter(BEN, objet=SCIE, retour=Date(2026, 12, 20)), maintenant=jour).then_accepted()
    apres = midi(Date(2027, 1, 14))
    given(SUSPENDUS).when(preter(objet=SCIE, retour=Date(2027, 1, 20)), maintenant=apres).then_accepted()


def test_une_suspension_se_leve_et_la_lever_encore_ne_change_rien():
    lever, jour = LeverSuspension(personne=ANA, motif="arrangé"), midi(JOUR_DE[3])
    levee = SuspensionLevee(personne=ANA, le=JOUR_DE[3], motif="arrangé")
    given(SUSPENDUS).when(lever, maintenant=jour).then(levee)
    given(SUSPENDUS, levee).when(lever, maintenant=jour).then_nothing()
    given(SUSPENDUS).when(lever, maintenant=midi(Date(2027, 2, 1))).then_nothing()
    given(SUSPENDUS, levee).when(preter(objet=SCIE, retour=Date(2026, 12, 20)), maintenant=jour).then_accepted()


def dues(*faits: object, jour=LUNDI):
    lieu = given(LA_PERCEUSE, *faits).when(LeverSuspension(personne=ANA, motif="rien"), maintenant=midi(jour)).lieu
    x = Contexte(midi(jour), midi(jour), "camille", "epreuve", lieu.livre)
    echeance = next(e for e in DOMAINE.echeances if e.nom == "prets.retour")
    return [due for row in lieu.registre("prets") for due in echeance.dues(row, x)]


def test_la_prochaine_etape_d_un_pret_est_a_faire_a_son_jour():
    (due,) = dues(PRETEE_A_ANA, RETARDS, ANNONCE)
    assert (due.quand, due.chose) == (Instant.from_utc(2026, 11, 24, 23), "objet:perceuse@2026-11-23")
    assert due.commande == RelancerPret(objet=PERCEUSE, etape=0)
    assert "retour à annoncer" in due.phrase
    (due,) = dues(PRETEE_A_ANA, RETARDS, ANNONCE, relance(0))
    assert (due.quand, due.commande.etape) == (Instant.from_utc(2026, 11, 30, 23), 1)
    assert "rappel à 1 jour" in due.phrase
    (due,) = dues(PRETEE_A_ANA, RETARDS, relance(1), RENOUVELEE)
    assert due.commande.etape == 1
    assert dues(PRETEE_A_ANA, RETARDS, relance(3)) == dues(PRETEE_A_ANA) == dues(PRETEE_A_ANA, RETARDS, PERDUE) == []


# ── durée ───────────────────────────────────────────────────────────────────────────────────────────────────────────

QUATRE = regle("quatre", "duree_pret", maximum_jours=4)


@pytest.mark.parametrize(
    ("reglages", "retour", "passe"),
    [
        ((), VENDREDI_PROCHAIN, True),
        ((), SAMEDI, False),
        ((regle("r", "jours_de_pret", jours=(1, 2, 3, 4, 5)),), Date(2026, 11, 29), True),
        ((regle("r", "jours_de_pret", jours=(1, 2, 3, 4, 5)),), Date(2026, 11, 30), False),
        ((regle("r", "jours_de_pret", jours=(1,)),), Date(2026, 12, 21), True),
        ((regle("r", "jours_de_pret", jours=(1, 2, 3, 4, 5), feries=False),), Date(2026, 11, 29), True),
        ((regle("r", "jours_de_pret", Portee(objets=(SCIE,)), jours=(1,)),), SAMEDI, False),
        ((regle("r", "jours_de_pret", jours=(1,)),), LUNDI, True),
    ],
)
def test_la_duree_d_un_pret_compte_les_jours_que_le_lieu_a_choisis(reglages, retour, passe):
    quand = given(QUATRE, *reglages).when(preter(retour=retour))
    quand.then_accepted() if passe else quand.then_refused(clause="quatre")


def test_un_jour_ferie_ne_compte_pas_ou_le_lieu_le_veut():
    """Known from the calendar that is installed: where none is, each day counts."""
    sans_feries = regle("r", "jours_de_pret", jours=(5,), feries=False)
    un = regle("un", "duree_pret", maximum_jours=1)
    deux_vendredis = Date(2026, 12, 4)
    given(un, sans_feries).when(preter(retour=deux_vendredis)).then_refused(clause="un")


def test_les_vieux_prets_aussi_se_relancent():
    given(prete(en_main=None), RETARDS).when(RelancerPret(objet=PERCEUSE), maintenant=midi(DIMANCHE)).then(relance(1))
