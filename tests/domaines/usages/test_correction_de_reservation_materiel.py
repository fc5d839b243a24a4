"""Corriger une réservation de matériel : ce qui fut saisi par erreur ne compte plus, ce qui précédait est vrai."""

from __future__ import annotations

from tests.domaines.quai import ANA, BEN, LUNDI, PERCEUSE, SAMEDI, dit, ligne, midi
from tests.domaines.usages.test_prets_reservations import (
    ANNULEE,
    ANNULER,
    CABLES,
    DEUX,
    DIMANCHE,
    JEUDI,
    P10,
    PRETEE_A_ANA,
    UNE,
    cables,
    honoree,
    preter,
    reserve,
    reserver,
)

from tierslieu_core.domaines.cadre.corrections import PasLeDernierFait, RienACorriger
from tierslieu_core.domaines.usages.prets import (
    CorrigerReservationModele,
    ModeleAttendu,
    RemiseParUnPret,
    ReservationARevoir,
    ReservationParErreur,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import ReservationModeleId
from tierslieu_core.vues.apercu import apercu

R1 = ReservationModeleId("r-1")
CORRIGER = CorrigerReservationModele(reservation=R1, motif="pas ce modèle")


def corrige(n, nature):
    return FaitCorrige(
        fait=f"donne/{n}", nature=nature, sujet="reservationmodele:r-1", motif="pas ce modèle"
    )  # fmt: skip


def test_une_reservation_saisie_par_erreur_n_attend_plus_rien():
    quand = given(*UNE, reserve(BEN)).when(CORRIGER)
    quand.then(corrige(7, "prets.ModeleReserve"))
    assert quand.lieu.registre("reservations_materiel") == []
    for demande in (ANNULER, preter(objet=PERCEUSE, reservation=R1)):
        non = quand.lieu.executer(demande, par=CAMILLE)
        assert non.verdict == "refus"
        assert "fut enregistrée par erreur" in non.explication[0]
    assert quand.lieu.executer(reserver(), par=CAMILLE).acceptee
    given(*UNE).when(CORRIGER).then_refused(RienACorriger(sujet="reservationmodele:r-1"))


def test_un_pret_en_nombre_n_honore_pas_une_reservation_enregistree_par_erreur():
    non = given(CABLES).when(cables(reservation=R1))
    non.then_refused(ReservationParErreur(reservation=R1))
    assert "prêtez sans réservation" in dit(non)


def test_une_annulation_par_erreur_se_corrige_s_il_en_reste_assez():
    quand = given(*UNE, reserve(), ANNULEE).when(CORRIGER)
    quand.then(corrige(8, "prets.ReservationModeleAnnulee"))
    assert ligne(quand, "reservations_materiel").etat == "réservée"
    assert quand.lieu.executer(reserver(BEN), par=CAMILLE).verdict == "refus"
    given(*DEUX, reserve(), ANNULEE, reserve(BEN, reservation="r-2")).when(CORRIGER).then_accepted()
    pris = given(*UNE, reserve(), ANNULEE, reserve(BEN, reservation="r-2")).when(CORRIGER)
    pris.then_refused(ModeleAttendu(modele=P10, le=JEUDI, libres=1, attendus=1))


def test_une_annulation_de_ce_qui_ne_tiendrait_plus_se_corrige_sans_rien_prendre():
    faits = (*UNE, reserve(), ANNULEE, reserve(BEN, reservation="r-2", du=SAMEDI, au=DIMANCHE))
    given(*faits).when(CORRIGER, maintenant=midi(SAMEDI)).then_accepted()


def test_une_reservation_mise_a_revoir_par_erreur_est_reservee():
    revue = ReservationARevoir(
        reservation=R1, modele=P10, personne=ANA, du=JEUDI, au=SAMEDI, quantite=1, restent=1, motif="x"
    )
    quand = given(*UNE, reserve(), revue).when(CORRIGER)
    quand.then(corrige(8, "prets.ReservationARevoir"))
    assert ligne(quand, "reservations_materiel").etat == "réservée"


def test_ce_qui_a_ete_remis_se_corrige_par_son_pret():
    quand = given(*UNE, reserve(du=LUNDI), PRETEE_A_ANA, honoree()).when(CORRIGER)
    quand.then_refused(RemiseParUnPret(modele=P10, personne=ANA))
    assert "CorrigerPret" in dit(quand)


def test_une_reservation_se_corrige_du_dernier_fait_au_premier_et_l_essai_la_montre():
    premier = CorrigerReservationModele(reservation=R1, motif="x", fait="donne/7")
    quand = given(*UNE, reserve(), ANNULEE).when(premier)
    quand.then_refused(PasLeDernierFait(fait="donne/7", sujet="reservationmodele:r-1", dernier="donne/8"))
    essai = quand.lieu.executer(CORRIGER, par=CAMILLE, essai=True)
    assert [(c.avant.etat, c.apres.etat) for c in apercu(quand.lieu, essai) if c.avant] == [("annulée", "réservée")]
    assert ligne(quand, "reservations_materiel").etat == "annulée"


def test_une_reservation_annulee_corrigee_et_recorrigee_se_rejoue_a_l_identique():
    lieu = given(*UNE).when(reserver()).lieu
    elle = ReservationModeleId("epreuve")
    for _ in range(2):
        assert lieu.executer(type(ANNULER)(reservation=elle, motif="x"), par=CAMILLE).acceptee
        assert lieu.executer(CorrigerReservationModele(reservation=elle, motif="x"), par=CAMILLE).acceptee
    assert [r.etat for r in lieu.registre("reservations_materiel")] == ["réservée"]
    assert {e.cle for e in lieu.rejouer().ecarts} <= {"donne"}, "les faits posés là sans décision"
