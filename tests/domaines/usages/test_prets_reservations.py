"""Réserver un modèle d'avance, le recevoir, ce qu'il en reste aux autres: sentences that a volunteer would sign."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import (
    ANA,
    ANA_ADHERE,
    BEN,
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
from tests.domaines.usages.test_prets import PERDUE, PRETEE_A_ANA, prete, preter, rendu
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.moyens.materiel import (
    ImmobiliserObjet,
    ModeleCree,
    ObjetAjoute,
    ObjetImmobilise,
    ObjetRetire,
    Parc,
    RetirerObjet,
)
from tierslieu_core.domaines.usages.prets import (
    DOMAINE,
    AnnulerReservationModele,
    CorrigerPret,
    DeclarerPerdu,
    EnNombre,
    ExemplairesRendusPlusTard,
    HabilitationRequise,
    JoursImpossibles,
    ModeleARecenser,
    ModeleAttendu,
    ModeleReserve,
    ObjetParObjet,
    PasTantDehors,
    PreterObjet,
    PreterQuantite,
    QuantitePretee,
    QuantiteRendue,
    RendreQuantite,
    RenouvelerPret,
    ReservationARevoir,
    ReservationClose,
    ReservationDUnAutre,
    ReservationHonoree,
    ReservationModeleAnnulee,
    ReservationRetablie,
    ReserverModele,
    RetourTropLoin,
    Sortie,
    TrierReservations,
)
from tierslieu_core.domaines.usages.prets.sort import trier
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.arrets import Arret
from tierslieu_core.vocabulaire.identifiants import ModeleId, PretId, ReservationModeleId
from tierslieu_core.vocabulaire.temps import matin

P10, RESA = ModeleId("p10"), ReservationModeleId("epreuve")
JEUDI, VENDREDI_PROCHAIN, DIMANCHE = Date(2026, 11, 26), Date(2026, 11, 27), Date(2026, 12, 6)
LE_MODELE = ModeleCree(modele=P10, nom="P10", categorie="outil", description="")


def objet(lequel, *tous: object):
    return ObjetAjoute(objet=lequel, modele=P10, nom=lequel, categorie="outil", etat="bon état", parc=Parc(tous))


DEUX = (LE_MODELE, objet(PERCEUSE, PERCEUSE), objet(SCIE, PERCEUSE, SCIE))
UNE = (LE_MODELE, objet(PERCEUSE, PERCEUSE))


def reserver(personne=ANA, du=JEUDI, au=SAMEDI, quantite=1):
    return ReserverModele(modele=P10, personne=personne, du=du, au=au, quantite=quantite)


def reserve(personne=ANA, du=JEUDI, au=SAMEDI, quantite=1, restent=None, reservation="r-1", modele=P10):
    return ModeleReserve(
        reservation=ReservationModeleId(reservation), modele=modele, personne=personne, du=du, au=au,
        quantite=quantite, restent=quantite if restent is None else restent,
    )  # fmt: skip


def attendu(le, libres, attendus):
    return ModeleAttendu(modele=P10, le=le, libres=libres, attendus=attendus)


# ── réserver ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_reserve_un_modele_d_avance_pour_soi():
    quand = given(*DEUX).when(reserver(), par=ANA)
    quand.then(reserve(reservation="epreuve"))
    row = ligne(quand, "reservations_materiel")
    assert (row.etat, row.restent, row.du) == ("réservée", 1, JEUDI)
    assert ligne(quand, "reservations_materiel", DIMANCHE).etat == "non venue"
    given(*DEUX).when(reserver(BEN), par=ANA).then_refused(MandatManquant)


def test_redemander_la_meme_reservation_ne_change_rien():
    given(*DEUX, reserve()).when(reserver()).then_nothing()


def test_on_ne_reserve_pas_plus_que_le_lieu_n_a():
    given(*DEUX).when(reserver(quantite=2)).then_accepted()
    quand = given(*DEUX).when(reserver(quantite=3))
    quand.then_refused(attendu(JEUDI, 2, 0))
    assert "d'autres jours" in dit(quand)
    quand = given(*DEUX, reserve(BEN, quantite=2, du=SAMEDI, au=DIMANCHE)).when(reserver())
    quand.then_refused(attendu(SAMEDI, 2, 2))
    given(*DEUX, reserve(BEN, quantite=2, du=SAMEDI, au=DIMANCHE)).when(reserver(au=VENDREDI_PROCHAIN)).then_accepted()
    given(*DEUX, reserve(BEN)).when(reserver()).then_accepted()


def arret(sur, du, au=SAMEDI):
    return ObjetImmobilise(
        objet=sur, du=du, au=au, motif="révision", arrets=(Arret(du=du, au=au, motif="révision"),), sort="garder"
    )


@pytest.mark.parametrize(
    "faits",
    [
        (arret(PERCEUSE, VENDREDI_PROCHAIN),),
        (prete(PERCEUSE, BEN, retour=VENDREDI_PROCHAIN),),
        (PRETEE_A_ANA, PERDUE),
        (regle("r", "remise_en_etat", jours=3), prete(PERCEUSE, BEN, retour=MARDI)),
        (regle("r", "remise_en_etat", jours=3), prete(PERCEUSE, BEN), rendu(PERCEUSE, BEN)),
        (regle("r", "remise_en_etat", jours=1), reserve(BEN, du=Date(2026, 11, 25), au=Date(2026, 11, 25))),
        (regle("r", "remise_en_etat", jours=1), reserve(BEN, du=Date(2026, 11, 29), au=Date(2026, 11, 30))),
    ],
)
def test_ce_qui_est_dehors_arrete_perdu_ou_a_remettre_en_etat_ne_se_reserve_pas(faits):
    given(*UNE, *faits).when(reserver()).then_refused(ModeleAttendu)


def test_ce_qui_revient_a_temps_se_reserve():
    given(*UNE, prete(PERCEUSE, BEN, retour=Date(2026, 11, 25))).when(reserver()).then_accepted()
    en_retard = prete(PERCEUSE, BEN, depuis=VENDREDI, retour=VENDREDI)
    given(*UNE, en_retard).when(reserver()).then_accepted()
    given(*UNE, en_retard).when(reserver(du=LUNDI)).then_refused(attendu(LUNDI, 0, 0))
    given(*UNE, prete(PERCEUSE, BEN), rendu(PERCEUSE, BEN)).when(reserver(du=LUNDI)).then_accepted()


@pytest.mark.parametrize(("du", "au"), [(VENDREDI, SAMEDI), (JEUDI, Date(2027, 11, 27))])
def test_on_reserve_a_partir_d_aujourd_hui_pour_un_an_au_plus(du, au):
    quand = given(*UNE).when(reserver(du=du, au=au))
    quand.then_refused(JoursImpossibles(modele=P10, du=du, au=au))
    assert "à partir d'aujourd'hui" in dit(quand)


def test_une_reservation_mal_ecrite_est_refusee_au_bord():
    for commande in (reserver(quantite=0), reserver(au=LUNDI)):
        with pytest.raises(DemandeInvalide):
            given(*UNE).when(commande)


def test_un_modele_jamais_compte_se_recense_d_abord():
    quand = given(attrs.evolve(LE_MODELE, parc=None)).when(reserver())
    quand.then_refused(ModeleARecenser(modele=P10))
    assert "materiel.RecenserModele" in dit(quand)
    given(LE_MODELE).when(reserver()).then_refused(attendu(JEUDI, 0, 0))


def test_on_ne_reserve_pas_ce_que_l_on_ne_sait_pas_utiliser():
    given(attrs.evolve(LE_MODELE, habilitation="scie"), objet(PERCEUSE, PERCEUSE)).when(reserver()).then_refused(
        HabilitationRequise
    )


@pytest.mark.parametrize(
    ("la_regle", "passe"),
    [
        (regle("r", "duree_pret", maximum_jours=1), False),
        (regle("r", "duree_pret", maximum_jours=2), True),
        (regle("r", "horizon", maximum_jours=2), False),
        (regle("r", "horizon", maximum_jours=3), True),
        (regle("r", "adhesion_a_jour"), True),
    ],
)
def test_les_regles_des_prets_jugent_une_reservation(la_regle, passe):
    quand = given(*UNE, la_regle, ANA_ADHERE).when(reserver())
    quand.then_accepted() if passe else quand.then_refused(clause="r")


# ── ce qui reste à qui n'a pas réservé ──────────────────────────────────────────────────────────────────────────────


def test_on_ne_prete_pas_le_dernier_que_d_autres_attendent():
    quand = given(*UNE, reserve(BEN)).when(preter())
    quand.then_refused(attendu(JEUDI, 0, 1))
    assert "le jeudi 26 novembre 2026" in dit(quand)
    assert "un retour avant ce jour" in dit(quand)
    given(*UNE, reserve(BEN)).when(preter(retour=Date(2026, 11, 25))).then_accepted()
    given(*DEUX, reserve(BEN)).when(preter()).then_accepted()
    given(*DEUX, reserve(BEN), prete(SCIE, BEN)).when(preter()).then_refused(attendu(JEUDI, 0, 1))
    given(*UNE, regle("r", "remise_en_etat", jours=1), reserve(BEN)).when(
        preter(retour=Date(2026, 11, 25))
    ).then_refused(attendu(JEUDI, 0, 1))


def test_une_reservation_que_l_on_n_est_pas_venu_chercher_ne_tient_plus():
    passee = reserve(BEN, du=VENDREDI, au=SAMEDI)
    given(*UNE, passee).when(preter()).then_accepted()
    given(*UNE, passee, regle("r", "tenue_reservation", jours=3)).when(preter()).then_refused(ModeleAttendu)
    given(*UNE, reserve(BEN, du=Date(2026, 11, 22))).when(preter()).then_refused(ModeleAttendu)


def test_un_pret_ne_se_renouvelle_pas_quand_quelqu_un_attend():
    renouveler = RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=DIMANCHE)
    attendue = reserve(BEN, du=Date(2026, 12, 1), au=DIMANCHE)
    given(*UNE, PRETEE_A_ANA, attendue).when(renouveler).then_refused(attendu(Date(2026, 12, 1), 0, 1))
    given(*DEUX, PRETEE_A_ANA, attendue).when(renouveler).then_accepted()
    en_retard = given(*UNE, prete(depuis=VENDREDI, retour=VENDREDI), reserve(BEN, du=LUNDI, au=LUNDI))
    en_retard.when(renouveler).then_refused(attendu(LUNDI, 0, 1))


# ── la remise ───────────────────────────────────────────────────────────────────────────────────────────────────────


def honoree(restent=0, quantite=1, lequel=PERCEUSE, du=LUNDI):
    return ReservationHonoree(
        reservation=ReservationModeleId("r-1"), modele=P10, personne=ANA, du=du, au=SAMEDI, quantite=quantite,
        restent=restent, objet=lequel,
    )  # fmt: skip


def recevoir(personne=ANA, objet=PERCEUSE):
    return preter(personne, objet=objet, reservation=ReservationModeleId("r-1"))


def test_l_objet_d_une_reservation_se_choisit_a_la_remise():
    quand = given(*DEUX, reserve(du=LUNDI)).when(recevoir())
    quand.then(prete(categorie="outil", reservation=ReservationModeleId("r-1")), honoree())
    row = ligne(quand, "reservations_materiel")
    assert (row.etat, row.restent, row.objets) == ("remise", 0, (PERCEUSE,))
    given(*UNE, reserve(du=LUNDI)).when(recevoir()).then_accepted()


def test_une_reservation_de_plusieurs_se_remet_un_par_un():
    given(*DEUX, reserve(du=LUNDI, quantite=2)).when(recevoir()).then(
        prete(categorie="outil", reservation=ReservationModeleId("r-1")), honoree(restent=1, quantite=2)
    )
    quand = given(*DEUX, reserve(du=LUNDI, quantite=2), PRETEE_A_ANA, honoree(1, 2)).when(recevoir(objet=SCIE))
    quand.then_accepted()
    row = ligne(quand, "reservations_materiel")
    assert (row.etat, row.objets) == ("remise", (PERCEUSE, SCIE))


def test_une_reservation_honoree_n_attend_plus_rien():
    faits = (*DEUX, reserve(du=LUNDI), PRETEE_A_ANA, honoree())
    quand = given(*faits).when(recevoir(objet=SCIE))
    quand.then_refused(ReservationClose(modele=P10, personne=ANA, du=LUNDI, au=SAMEDI))
    assert "réservez à nouveau" in dit(quand)
    given(*faits).when(preter(BEN, objet=SCIE)).then_accepted()


def test_on_ne_recoit_que_sa_reservation_et_de_ce_modele():
    quand = given(*UNE, reserve(BEN, du=LUNDI)).when(recevoir())
    quand.then_refused(ReservationDUnAutre)
    assert "réservation de qui emprunte" in dit(quand)
    given(*DEUX, reserve(du=LUNDI, modele=ModeleId("autre"))).when(recevoir()).then_refused(
        ReservationDUnAutre(personne=ANA, modele=ModeleId("autre"))
    )
    annulee = ReservationModeleAnnulee(
        reservation=ReservationModeleId("r-1"), modele=P10, personne=ANA, du=LUNDI, au=SAMEDI, quantite=1, motif="x"
    )
    given(*UNE, reserve(du=LUNDI), annulee).when(recevoir()).then_refused(ReservationClose)
    given(*UNE, reserve(du=VENDREDI)).when(recevoir()).then_refused(ReservationClose)


# ── annuler ─────────────────────────────────────────────────────────────────────────────────────────────────────────

ANNULER = AnnulerReservationModele(reservation=ReservationModeleId("r-1"), motif="grippe")
ANNULEE = ReservationModeleAnnulee(
    reservation=ReservationModeleId("r-1"), modele=P10, personne=ANA, du=JEUDI, au=SAMEDI, quantite=1, motif="grippe"
)


def test_chacun_annule_sa_reservation_et_d_autres_en_profitent():
    given(*UNE, reserve()).when(ANNULER).then(ANNULEE)
    quand = given(*UNE, reserve()).when(ANNULER, par=ANA)
    quand.then_accepted()
    assert (ligne(quand, "reservations_materiel").etat, ligne(quand, "reservations_materiel").restent) == ("annulée", 0)
    given(*UNE, reserve(), ANNULEE).when(ANNULER).then_nothing()
    given(*UNE, reserve(), ANNULEE).when(preter(BEN)).then_accepted()
    given(*UNE, reserve(BEN)).when(ANNULER, par=ANA).then_refused(ReservationDUnAutre(personne=BEN, modele=P10))


def test_ce_qui_est_remis_ne_s_annule_plus():
    given(*UNE, reserve(du=LUNDI), PRETEE_A_ANA, honoree()).when(ANNULER).then_refused(ReservationClose)


# ── un objet s'arrête : le sort de ce qui était réservé ─────────────────────────────────────────────────────────────


def immobiliser(sort, objet=PERCEUSE):
    return ImmobiliserObjet(objet=objet, du=JEUDI, au=SAMEDI, motif="révision", sort=sort)


def suites(commande, *faits: object):
    return [f for suite in given(*faits).when(commande).then_accepted().suites for f in suite.evenements]


def test_les_dernieres_reservations_que_l_on_ne_peut_plus_servir_sont_a_revoir_ou_annulees():
    faits = (*DEUX, reserve(), reserve(BEN, reservation="r-2"))
    (a_revoir,) = suites(immobiliser("revoir"), *faits)
    assert (type(a_revoir), a_revoir.reservation, a_revoir.personne) == (ReservationARevoir, "r-2", BEN)
    (annulee,) = suites(immobiliser("annuler"), *faits)
    assert (type(annulee), annulee.reservation) == (ReservationModeleAnnulee, "r-2")
    assert suites(immobiliser("garder"), *faits) == []
    assert suites(immobiliser("annuler"), *DEUX, reserve()) == []
    assert suites(immobiliser("annuler"), *DEUX) == []


def test_ce_qui_est_deja_a_revoir_ne_se_redit_pas():
    revue = ReservationARevoir(
        reservation=ReservationModeleId("r-1"), modele=P10, personne=ANA, du=JEUDI, au=SAMEDI, quantite=1, restent=1,
        motif="révision",
    )  # fmt: skip
    trier = TrierReservations(objet=PERCEUSE, du=JEUDI, au=SAMEDI, motif="révision")
    given(*UNE, arret(PERCEUSE, JEUDI), reserve()).when(trier).then(revue)
    quand = given(*UNE, arret(PERCEUSE, JEUDI), reserve(), revue).when(trier)
    quand.then_nothing()
    assert ligne(quand, "reservations_materiel").etat == "à revoir"
    given(*UNE, reserve()).when(attrs.evolve(trier, sort="garder")).then_nothing()
    with pytest.raises(DemandeInvalide):
        given(*UNE).when(attrs.evolve(trier, au=LUNDI))


def test_un_objet_qui_part_pour_toujours_defait_ce_qui_etait_reserve_dans_l_annee():
    partir = RetirerObjet(objet=PERCEUSE, le=MARDI, motif="usée", sort="annuler")
    plus_tard = reserve(du=Date(2027, 6, 1), au=Date(2027, 6, 2))
    (annulee,) = suites(partir, *UNE, plus_tard)
    assert annulee.du == Date(2027, 6, 1)
    assert suites(attrs.evolve(partir, sort="garder"), *UNE, plus_tard) == []


# ── ce que l'on croyait revenir ne revient pas ; ce que l'on croyait remis ne l'est pas ─────────────────────────────


def test_corriger_un_retour_ou_perdre_un_objet_revoit_ce_qui_comptait_dessus():
    dehors = prete(retour=DIMANCHE)
    (revue,) = suites(CorrigerPret(objet=PERCEUSE, motif="erreur"), *UNE, dehors, rendu(), reserve(BEN))
    assert (type(revue), revue.reservation, revue.personne) == (ReservationARevoir, "r-1", BEN)
    (revue,) = suites(DeclarerPerdu(objet=PERCEUSE, personne=ANA, constat="volée"), *UNE, prete(), reserve(BEN))
    assert (type(revue), revue.reservation) == (ReservationARevoir, "r-1")
    assert suites(CorrigerPret(objet=PERCEUSE, motif="erreur"), *DEUX, dehors, rendu(), reserve(BEN)) == []
    assert suites(CorrigerPret(objet=PERCEUSE, motif="erreur"), *UNE, dehors, PERDUE, reserve(BEN)) == []


def test_corriger_une_remise_rend_sa_reservation_a_qui_l_avait():
    quand = given(*UNE, reserve(du=LUNDI)).when(preter(reservation=ReservationModeleId("r-1")))
    quand.then_accepted()
    corriger = quand.lieu.executer(CorrigerPret(objet=PERCEUSE, motif="pas la bonne"), par=CAMILLE)
    assert [type(f) for f in corriger.evenements] == [FaitCorrige, ReservationRetablie]
    row = ligne(quand, "reservations_materiel")
    assert (row.etat, row.restent, row.objets) == ("réservée", 1, ())
    assert quand.lieu.executer(preter(BEN), par=CAMILLE).verdict == "refus"
    assert quand.lieu.executer(preter(reservation=ReservationModeleId("r-1")), par=CAMILLE).acceptee


def test_corriger_une_remise_apres_une_autre_n_en_rend_qu_une_et_rien_de_ce_qui_est_annule():
    quand = given(*DEUX, reserve(du=LUNDI, quantite=2)).when(preter(reservation=ReservationModeleId("r-1")))
    quand.then_accepted()
    deux = PreterObjet(objet=SCIE, personne=ANA, retour=SAMEDI, reservation=ReservationModeleId("r-1"))
    assert quand.lieu.executer(deux, par=CAMILLE).acceptee
    assert quand.lieu.executer(CorrigerPret(objet=PERCEUSE, motif="erreur"), par=CAMILLE).acceptee
    row = ligne(quand, "reservations_materiel")
    assert (row.etat, row.restent, row.objets) == ("réservée", 1, (SCIE,))
    assert quand.lieu.executer(attrs.evolve(ANNULER, motif="fini"), par=CAMILLE).acceptee
    corriger = quand.lieu.executer(CorrigerPret(objet=SCIE, motif="erreur"), par=CAMILLE)
    assert [type(f) for f in corriger.evenements] == [FaitCorrige]


@pytest.mark.parametrize(("commande", "champ"), [
    (RetirerObjet(objet=PERCEUSE, le=Date(9999, 6, 1), motif="usée"), "le"),
    (ImmobiliserObjet(objet=PERCEUSE, du=Date(9999, 6, 1), au=Date(9999, 6, 2), motif="révision"), "du"),
    (TrierReservations(objet=PERCEUSE, du=Date(1899, 12, 31), motif="révision"), "du"),
])  # fmt: skip
def test_une_date_que_personne_ne_vivra_est_refusee_au_bord_et_ne_bloque_rien(commande, champ):
    with pytest.raises(DemandeInvalide) as non:
        given(*UNE).when(commande)
    assert dict(non.value.erreurs)[champ].endswith("une année de 1900 à 2999 attendue")


def test_un_journal_d_avant_qui_dit_une_telle_date_se_rouvre():
    parti = ObjetRetire(objet=PERCEUSE, le=Date(9999, 6, 1), motif="usée", arrets=())
    demain = ImmobiliserObjet(objet=PERCEUSE, du=MARDI, au=MARDI, motif="révision")
    assert [s.verdict for s in given(*UNE, parti).when(demain).then_accepted().suites] == ["sans_objet"]
    assert list(trier(parti)) == []


# ── ce qui se compte sans se numéroter ──────────────────────────────────────────────────────────────────────────────

CABLES = ModeleCree(modele=P10, nom="Câble", categorie="son", description="", quantite=5)
SORTIE = Sortie(pret=PretId("p-1"), personne=BEN, quantite=3, depuis=LUNDI, retour=SAMEDI)
TROIS_DEHORS = QuantitePretee(
    pret=PretId("p-1"), modele=P10, personne=BEN, quantite=3, depuis=LUNDI, retour=SAMEDI, sorties=(SORTIE,)
)


def cables(quantite=2, retour=SAMEDI, **autour):
    return PreterQuantite(modele=P10, personne=ANA, quantite=quantite, retour=retour, **autour)


def test_on_prete_un_nombre_d_exemplaires_et_chaque_fait_dit_tout_ce_qui_est_dehors():
    mienne = Sortie(pret=PretId("epreuve"), personne=ANA, quantite=2, depuis=LUNDI, retour=SAMEDI)
    quand = given(CABLES, TROIS_DEHORS).when(cables())
    quand.then(
        QuantitePretee(
            pret=PretId("epreuve"), modele=P10, personne=ANA, quantite=2, depuis=LUNDI, retour=SAMEDI,
            sorties=(SORTIE, mienne), categorie="son",
            en_nombre=(EnNombre(pret=PretId("epreuve"), categorie="son", depuis=LUNDI, retour=SAMEDI),),
        )
    )  # fmt: skip
    rows = {r.pret: r for r in quand.lieu.registre("prets_en_nombre")}
    assert (rows["epreuve"].etat, rows["epreuve"].restent) == ("en cours", 2)
    plus_tard = quand.lieu.registre("prets_en_nombre", au=DIMANCHE)
    assert [(r.etat, r.retard_jours) for r in plus_tard] == [("en retard", 8)] * 2


def test_on_ne_prete_pas_plus_d_exemplaires_qu_il_n_y_en_a():
    quand = given(CABLES, TROIS_DEHORS).when(cables(3))
    quand.then_refused(attendu(LUNDI, 2, 0))
    given(CABLES, TROIS_DEHORS).when(cables(3), maintenant=midi(DIMANCHE)).then_refused(RetourTropLoin)
    given(CABLES, reserve(BEN, quantite=4)).when(cables()).then_refused(attendu(JEUDI, 5, 4))
    given(CABLES, reserve(BEN, quantite=4)).when(reserver(quantite=2)).then_refused(attendu(JEUDI, 5, 4))
    given(CABLES, TROIS_DEHORS).when(reserver(quantite=2)).then_accepted()
    given(CABLES, TROIS_DEHORS).when(reserver(quantite=3)).then_refused(attendu(JEUDI, 2, 0))


def test_un_pret_en_nombre_honore_une_reservation_en_une_ou_plusieurs_fois():
    ma_reservation = {"reservation": ReservationModeleId("r-1")}
    reponse = given(CABLES, reserve(du=LUNDI, quantite=5)).when(cables(**ma_reservation)).then_accepted()
    assert reponse.evenements[1] == honoree(restent=3, quantite=5, lequel=None)
    quand = given(CABLES, reserve(du=LUNDI, quantite=2)).when(cables(3, **ma_reservation))
    quand.then_refused(ReservationClose)
    quand = given(CABLES, reserve(du=LUNDI, quantite=2)).when(cables(**ma_reservation))
    assert ligne(quand, "reservations_materiel").objets == ()


@pytest.mark.parametrize("retour", [VENDREDI, Date(2027, 11, 24)])
def test_un_pret_en_nombre_tient_dans_l_annee(retour):
    quand = given(CABLES).when(cables(retour=retour))
    quand.then_refused(RetourTropLoin(modele=P10, depuis=LUNDI, retour=retour))
    assert "dans l'année" in dit(quand)


def test_ce_qui_se_numerote_se_prete_objet_par_objet():
    quand = given(*UNE).when(cables())
    quand.then_refused(ObjetParObjet(modele=P10))
    assert "prets.PreterObjet" in dit(quand)


def test_les_regles_et_l_habilitation_valent_aussi_en_nombre():
    given(CABLES, regle("r", "duree_pret", maximum_jours=1)).when(cables()).then_refused(clause="r")
    given(CABLES, regle("r", "simultanes", maximum=1), prete(SCIE)).when(cables()).then_refused(clause="r")
    given(attrs.evolve(CABLES, habilitation="son")).when(cables()).then_refused(HabilitationRequise)


def test_on_rend_en_plusieurs_fois_et_le_dernier_retour_clot_le_pret():
    reste = attrs.evolve(SORTIE, quantite=1)
    un_reste = QuantiteRendue(
        pret=PretId("p-1"), modele=P10, personne=BEN, quantite=2, le=LUNDI, restent=1, sorties=(reste,)
    )
    autre = Sortie(pret=PretId("p-2"), personne=ANA, quantite=1, depuis=LUNDI, retour=SAMEDI)
    quand = given(CABLES, TROIS_DEHORS).when(RendreQuantite(pret=PretId("p-1"), quantite=2))
    quand.then(un_reste)
    row = ligne(quand, "prets_en_nombre")
    assert (row.etat, row.restent) == ("partiellement rendu", 1)
    quand = given(CABLES, TROIS_DEHORS, attrs.evolve(un_reste, sorties=(autre, reste))).when(
        RendreQuantite(pret=PretId("p-1"), quantite=1)
    )
    quand.then(attrs.evolve(un_reste, quantite=1, restent=0, sorties=(autre,)))
    assert quand.lieu.registre("prets_en_nombre") == []


def test_on_ne_rend_pas_plus_que_ce_qui_est_dehors():
    for quantite, faits, restent in ((4, (), 3), (1, (QuantiteRendue(
        pret=PretId("p-1"), modele=P10, personne=BEN, quantite=3, le=LUNDI, restent=0, sorties=()
    ),), 0)):  # fmt: skip
        quand = given(CABLES, TROIS_DEHORS, *faits).when(RendreQuantite(pret=PretId("p-1"), quantite=quantite))
        quand.then_refused(PasTantDehors(modele=P10, personne=BEN, restent=restent, quantite=quantite))
        assert "Rendez ce qui reste" in dit(quand)
    given(CABLES, TROIS_DEHORS).when(
        RendreQuantite(pret=PretId("p-1"), quantite=1), survenu_le=midi(VENDREDI)
    ).then_refused(PasTantDehors)


def test_on_ne_prete_ni_ne_rend_rien():
    for commande in (cables(0), RendreQuantite(pret=PretId("p-1"), quantite=0)):
        with pytest.raises(DemandeInvalide, match="quantite"):
            given(CABLES, TROIS_DEHORS).when(commande)


def test_un_pret_de_papier_ne_prend_pas_deux_fois_ce_qui_etait_encore_dehors():
    quand = given(CABLES).when(cables(5, retour=MARDI))
    quand.then_accepted()
    rendre = RendreQuantite(pret=PretId("epreuve"), quantite=5)
    assert quand.lieu.executer(rendre, par=CAMILLE, maintenant=midi(JEUDI)).acceptee
    papier = cables(5)
    for jour, verdict in ((MARDI, "refus"), (JEUDI, "accord")):
        asked = quand.lieu.executer(papier, par=CAMILLE, maintenant=midi(SAMEDI), survenu_le=midi(jour))
        assert asked.verdict == verdict
    rendus = QuantiteRendue(
        pret=PretId("p-1"), modele=P10, personne=BEN, quantite=3, le=JEUDI, restent=0, sorties=()
    )  # fmt: skip
    non = given(CABLES, rendus).when(papier, maintenant=midi(SAMEDI), survenu_le=midi(MARDI))
    non.then_refused(ExemplairesRendusPlusTard(modele=P10, depuis=MARDI, le=JEUDI))
    assert "dans l'ordre où ils ont eu lieu" in dit(non)


def test_un_retour_de_papier_ne_fait_pas_oublier_un_retour_plus_tardif():
    deux = (SORTIE, attrs.evolve(SORTIE, pret=PretId("p-2"), quantite=2))
    faits = (
        CABLES, TROIS_DEHORS, attrs.evolve(TROIS_DEHORS, pret=PretId("p-2"), quantite=2, sorties=deux),
        QuantiteRendue(
            pret=PretId("p-1"), modele=P10, personne=BEN, quantite=3, le=JEUDI, restent=0, sorties=deux[1:]
        ),
    )  # fmt: skip
    papier = given(*faits).when(
        RendreQuantite(pret=PretId("p-2"), quantite=2), survenu_le=midi(MARDI), maintenant=midi(SAMEDI)
    )
    assert papier.then_accepted().evenements[0].dernier_retour == JEUDI
    trop_tot = papier.lieu.executer(cables(5), par=CAMILLE, maintenant=midi(SAMEDI), survenu_le=midi(MARDI))
    assert trop_tot.verdict == "refus"


DEUX_A_LA_FOIS = regle("deux", "simultanes", Portee(actions=("preter",)), maximum=2)


def test_un_pret_en_nombre_compte_pour_un_parmi_ceux_que_l_on_a_a_la_fois():
    tout = (*UNE[1:], LE_MODELE, attrs.evolve(CABLES, modele=ModeleId("cable")), DEUX_A_LA_FOIS)
    en_nombre = PreterQuantite(modele=ModeleId("cable"), personne=ANA, quantite=4, retour=SAMEDI)
    quand = given(*tout).when(en_nombre)
    quand.then_accepted()
    lieu = quand.lieu
    assert lieu.executer(attrs.evolve(en_nombre, quantite=1), par=CAMILLE, cle="deux").acceptee
    assert lieu.executer(preter(), par=CAMILLE).verdict == "refus"
    assert lieu.executer(attrs.evolve(en_nombre, quantite=1, retour=VENDREDI_PROCHAIN), par=CAMILLE).verdict == "refus"
    assert lieu.executer(RendreQuantite(pret=PretId("epreuve"), quantite=1), par=CAMILLE).acceptee
    assert lieu.executer(preter(), par=CAMILLE).verdict == "refus"
    assert lieu.executer(RendreQuantite(pret=PretId("epreuve"), quantite=3), par=CAMILLE).acceptee
    assert lieu.executer(preter(), par=CAMILLE).acceptee


def test_un_pret_en_nombre_est_a_rendre_a_son_jour():
    quand = given(CABLES, TROIS_DEHORS).when(cables())
    a_rendre = next(e for e in DOMAINE.echeances if e.nom == "prets.a_rendre_en_nombre")
    x = Contexte(midi(LUNDI), midi(LUNDI), "camille", "epreuve", quand.lieu.livre)
    dues = [due for row in quand.lieu.registre("prets_en_nombre") for due in a_rendre.dues(row, x)]
    assert {d.chose for d in dues} == {"pret:p-1", "pret:epreuve"}
    assert {(d.quand, d.commande) for d in dues} == {(matin(SAMEDI, "Europe/Paris"), None)}
