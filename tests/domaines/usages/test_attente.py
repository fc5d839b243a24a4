"""Liste d'attente: served in order, as soon as hours are free."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, ANA_ADHERE, BEN, BLEUE, LA_SALLE, LUNDI, MARDI, VERTE, a, de, dit, regle

from tierslieu_core.domaines.cadre.identites import PersonneInscrite
from tierslieu_core.domaines.cadre.regles import FaitDeclare, Portee
from tierslieu_core.domaines.cadre.regles.derogations import DerogationAccordee
from tierslieu_core.domaines.cadre.regles.genres.arbitrage import Cle
from tierslieu_core.domaines.moyens.espaces import (
    CorrigerEspace,
    DelierEspaces,
    EspaceDecrit,
    EspaceEnFermeture,
    EspaceFerme,
    EspaceLibere,
    EspaceRetire,
    EspacesLies,
    Lien,
    RouvrirEspace,
)
from tierslieu_core.domaines.moyens.espaces.publics import Acces, PublicsFixes
from tierslieu_core.domaines.usages.reservations import (
    AnnulerReservation,
    ConfirmerOption,
    CorrigerReservation,
    DeplacerReservation,
    MotifManquant,
    NoterAbsence,
    OptionPosee,
    RaccourcirReservation,
    ReservationAcceptee,
    ReservationDeplacee,
    ReservationEnAttente,
)
from tierslieu_core.domaines.usages.reservations.attente import (
    AttendreCreneau,
    AttenteAutre,
    AttenteDemandee,
    AttenteQuittee,
    AttenteServie,
    CreneauCommence,
    CreneauLibre,
    CreneauPropose,
    Passee,
    QuitterAttente,
)
from tierslieu_core.domaines.usages.reservations.obstacle import Obstacle
from tierslieu_core.domaines.usages.reservations.tour import PersonneNePeutEtreServi, ServirAttente
from tierslieu_core.testing.spec import CAMILLE, MAINTENANT, given
from tierslieu_core.vocabulaire.arrets import Arret
from tierslieu_core.vocabulaire.faits import FaitDit
from tierslieu_core.vocabulaire.identifiants import AttenteId, DerogationId, PersonneId, RegleId, ReservationId

CHLOE, DAN = PersonneId("chloe"), PersonneId("dan")
R = ReservationId("r-1")
MATIN = de("10:00", "12:00")


def acceptee(periode=MATIN, personne=ANA, laquelle=R, espace=VERTE):
    return ReservationAcceptee(
        reservation=laquelle, espace=espace, personne=personne, periode=periode, categorie="salle", participants=None,
        sujet=None,
    )  # fmt: skip


def attente(n, personne, periode=MATIN, espace=VERTE, **autres):
    champs = {"participants": None, "sujet": None, "configuration": None, "inscrits": (), "usage": ""}
    return AttenteDemandee(
        **{
            **champs,
            "attente": AttenteId(f"a-{n}"),
            "espace": espace,
            "personne": personne,
            "periode": periode,
            **autres,
        }
    )


def attendre(debut="10:00", fin="12:00", personne=BEN, le=MARDI, **autres):
    return AttendreCreneau(espace=VERTE, personne=personne, debut=a(debut, le), fin=a(fin, le), **autres)


def annuler(laquelle=R):
    return AnnulerReservation(reservation=laquelle, motif="grippe")


def servis(quand):
    """Who is served by what follows, in order, and how."""
    faits = [f for s in quand.then_accepted().suites for f in s.evenements]
    return [(type(f).__name__, f.personne) for f in faits]


PRIS = (LA_SALLE, acceptee())

# ── attendre ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_attend_un_espace_qui_est_pris():
    quand = given(*PRIS).when(attendre(participants=4, sujet="répétition"), par=BEN)
    quand.then(attente(0, BEN, participants=4, sujet="répétition", attente=AttenteId("epreuve")))


def test_on_n_attend_pas_un_espace_libre():
    quand = given(LA_SALLE).when(attendre())
    quand.then_refused(CreneauLibre(espace=VERTE, periode=MATIN))
    assert "N'attendez pas : réservez-le." in dit(quand)


def test_attendre_deux_fois_est_attendre():
    given(*PRIS, attente(1, BEN)).when(attendre()).then_nothing()


def test_qui_a_deja_le_creneau_n_attend_rien():
    given(*PRIS).when(attendre(personne=ANA)).then_nothing()


def test_un_creneau_commence_ne_s_attend_plus():
    quand = given(LA_SALLE, acceptee(de("09:00", "12:00", LUNDI))).when(attendre("10:00", "12:00", le=LUNDI))
    quand.then_refused(CreneauCommence(espace=VERTE, periode=de("10:00", "12:00", LUNDI)))


def test_ce_qui_est_ferme_ne_s_attend_pas():
    ferme = EspaceFerme(
        espace=VERTE, du=MARDI, au=MARDI, motif="travaux", arrets=(Arret(du=MARDI, au=MARDI, motif="travaux"),)
    )
    given(*PRIS, ferme).when(attendre()).then_refused(EspaceEnFermeture)


def test_ce_qu_il_faut_dire_pour_reserver_se_dit_pour_attendre():
    given(*PRIS, regle("dire", "motif_exige")).when(attendre()).then_refused(MotifManquant)


def test_on_cesse_d_attendre():
    quitter = QuitterAttente(attente=AttenteId("a-1"), personne=BEN)
    quittee = AttenteQuittee(attente=AttenteId("a-1"), espace=VERTE, personne=BEN, periode=MATIN)
    given(*PRIS, attente(1, BEN)).when(quitter, par=BEN).then(quittee)
    given(*PRIS, attente(1, BEN), quittee).when(quitter).then_nothing()


def test_on_ne_quitte_pas_la_place_d_un_autre():
    quand = given(attente(1, BEN)).when(QuitterAttente(attente=AttenteId("a-1"), personne=CHLOE))
    quand.then_refused(AttenteAutre(personne=BEN))


# ── être servi ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_quand_une_reservation_s_annule_qui_attend_depuis_le_plus_longtemps_est_servi():
    quand = given(*PRIS, attente(1, BEN, sujet="chorale", participants=3), attente(2, CHLOE)).when(annuler())
    (suite,) = quand.then_accepted().suites
    servie, reservation = suite.evenements
    assert (servie.attente, servie.reservation, servie.passees) == (AttenteId("a-1"), reservation.reservation, ())
    assert (reservation.personne, reservation.periode, reservation.participants) == (BEN, MATIN, 3)
    assert quand.lieu.vault.open(reservation.sujet) == "chorale"
    assert [r.rang for r in quand.lieu.registre("attentes")] == [1]


def test_qui_a_quitte_la_liste_n_est_pas_servi():
    quittee = AttenteQuittee(attente=AttenteId("a-1"), espace=VERTE, personne=BEN, periode=MATIN)
    quand = given(*PRIS, attente(1, BEN), attente(2, CHLOE), quittee).when(annuler())
    assert servis(quand) == [("AttenteServie", CHLOE), ("ReservationAcceptee", CHLOE)]


def test_une_liste_vide_ne_demande_rien():
    quand = given(*PRIS).when(annuler())
    assert [s.verdict for s in quand.then_accepted().suites] == ["sans_objet"]


def test_les_heures_liberees_se_partagent_entre_qui_peut_les_avoir():
    faits = [LA_SALLE, acceptee(de("10:00", "14:00"))]
    file = [
        attente(1, BEN, de("10:00", "12:00")),
        attente(2, CHLOE, de("11:00", "13:00")),
        attente(3, DAN, de("12:00", "14:00")),
    ]
    assert [q for n, q in servis(given(*faits, *file).when(annuler())) if n == "AttenteServie"] == [BEN, DAN]


def test_qui_attend_plus_que_ce_qui_se_libere_attend_encore():
    longue = attente(1, BEN, de("10:00", "16:00"))
    autre = acceptee(de("14:00", "15:00"), DAN, ReservationId("r-2"))
    quand = given(*PRIS, autre, longue, attente(2, CHLOE)).when(annuler())
    assert servis(quand)[0] == ("AttenteServie", CHLOE)


def test_le_creneau_que_quitte_une_reservation_deplacee_est_servi():
    quand = given(*PRIS, attente(1, BEN)).when(DeplacerReservation(reservation=R, debut=a("14:00"), fin=a("16:00")))
    assert servis(quand)[0] == ("AttenteServie", BEN)


def test_ce_que_libere_une_reservation_raccourcie_est_servi():
    quand = given(*PRIS, attente(1, BEN, de("11:00", "12:00"))).when(
        RaccourcirReservation(reservation=R, fin=a("11:00"))
    )
    assert servis(quand)[0] == ("AttenteServie", BEN)


def test_ce_que_libere_une_absence_est_servi():
    quand = given(*PRIS, attente(1, BEN, de("11:00", "12:00"))).when(
        NoterAbsence(reservation=R), maintenant=a("10:30").dans("Europe/Paris").to_instant()
    )
    assert servis(quand)[0] == ("AttenteServie", BEN)


@pytest.mark.parametrize("faits", [
    (acceptee(),),
    (acceptee(de("14:00", "16:00")), ReservationDeplacee(
        reservation=R, espace=VERTE, personne=ANA, periode=MATIN, categorie="", participants=None)),
])  # fmt: skip
def test_ce_que_libere_une_correction_est_servi(faits):
    corriger = CorrigerReservation(reservation=R, motif="pas la bonne")
    assert servis(given(LA_SALLE, *faits, attente(1, BEN)).when(corriger))[0] == ("AttenteServie", BEN)


def test_ce_que_libere_un_espace_qui_rouvre_ou_que_l_on_delie_est_servi():
    ferme = EspaceFerme(
        espace=VERTE, du=MARDI, au=MARDI, motif="gaz", sort="annuler", arrets=(Arret(du=MARDI, au=MARDI, motif="gaz"),)
    )
    rouvrir = RouvrirEspace(espace=VERTE, le=MARDI)
    assert servis(given(LA_SALLE, attente(1, BEN), ferme).when(rouvrir))[0] == ("AttenteServie", BEN)
    lien = Lien(espace=VERTE, avec=BLEUE, nature="voisin", du=LUNDI)
    lies = EspacesLies(
        espace=VERTE, avec=BLEUE, nature="voisin", du=LUNDI, sort="garder", espaces=(VERTE, BLEUE), liens=(lien,)
    )
    delier = DelierEspaces(espace=BLEUE, avec=VERTE, le=LUNDI)
    faits = LA_SALLE, lies, acceptee(espace=BLEUE), attente(1, BEN)
    assert servis(given(*faits).when(delier))[0] == ("AttenteServie", BEN)


def test_ce_que_rend_un_espace_dont_on_corrige_la_fermeture_le_retrait_ou_le_lien_est_servi():
    arrets = (Arret(du=MARDI, au=MARDI, motif="gaz"),)
    ferme = EspaceFerme(espace=VERTE, du=MARDI, au=MARDI, motif="gaz", sort="annuler", arrets=arrets)
    retire = EspaceRetire(espace=VERTE, le=MARDI, motif="gaz", arrets=(Arret(du=MARDI, au=None, motif="gaz"),))
    for fait in (ferme, retire):
        quand = given(LA_SALLE, attente(1, BEN), fait).when(CorrigerEspace(espace=VERTE, motif="la bleue"))
        assert servis(quand)[0] == ("AttenteServie", BEN)
        assert quand.then_accepted().evenements[1:] == (EspaceLibere(espace=VERTE, le=LUNDI),)
    lien = Lien(espace=VERTE, avec=BLEUE, nature="voisin", du=LUNDI)
    lies = EspacesLies(
        espace=VERTE, avec=BLEUE, nature="voisin", du=LUNDI, sort="garder", espaces=(VERTE, BLEUE), liens=(lien,)
    )
    dans_l_autre_sens = attrs.evolve(lies, espace=BLEUE, avec=VERTE)
    for un, liaison in ((BLEUE, lies), (VERTE, lies), (BLEUE, dans_l_autre_sens), (VERTE, dans_l_autre_sens)):
        faits = LA_SALLE, liaison, acceptee(espace=BLEUE), attente(1, BEN)
        quand = given(*faits).when(CorrigerEspace(espace=un, motif="la rouge"))
        assert servis(quand)[0] == ("AttenteServie", BEN)
    autres = given(LA_SALLE, attente(1, BEN), ferme).when(CorrigerEspace(espace=VERTE, motif="x")).lieu
    assert {e.cle for e in autres.rejouer().ecarts} <= {"donne"}


def test_corriger_ce_qui_ne_prenait_rien_ne_sert_personne():
    decrit = EspaceDecrit(espace=VERTE, nom="Salle rouge", categorie="", capacite=None, description="")
    quand = given(LA_SALLE, decrit).when(CorrigerEspace(espace=VERTE, motif="la rouge"))
    assert len(quand.then_accepted().evenements) == 1
    assert quand.reponse.suites == ()


def test_une_absence_constatee_apres_coup_ne_libere_rien():
    quand = given(*PRIS).when(NoterAbsence(reservation=R), maintenant=a("13:00").dans("Europe/Paris").to_instant())
    assert quand.then_accepted().suites == ()


def test_une_attente_dont_l_heure_est_passee_n_est_plus_servie():
    quand = given(*PRIS, attente(1, BEN)).when(annuler(), maintenant=a("10:30").dans("Europe/Paris").to_instant())
    assert servis(quand) == []


def test_qui_ne_peut_pas_garde_sa_place_et_la_decision_dit_pourquoi():
    peu = regle("peu", "quota", Portee(personnes=(BEN,)), maximum=0, periode="jour")
    quand = given(*PRIS, peu, attente(1, BEN), attente(2, CHLOE)).when(annuler())
    (suite,) = quand.then_accepted().suites
    obstacle = Obstacle(regle="peu", version=1, valeur="1", limite="0")
    assert suite.evenements[0].passees == (Passee(AttenteId("a-1"), BEN, (obstacle,)),)
    assert [r.personne for r in quand.lieu.registre("attentes")] == [BEN]
    (trace,) = quand.lieu.audit(f"cle:{suite.cle}")
    assert "ben (règle « peu » (version 1) : 1, limite 0)" in " ".join(trace.phrases)


def test_si_personne_ne_peut_la_place_reste_libre_et_c_est_dit():
    quand = given(*PRIS, regle("non", "quota", maximum=0, periode="jour"), attente(1, BEN)).when(annuler())
    (suite,) = quand.then_accepted().suites
    assert suite.verdict == "refus"
    assert "ben (règle « non »" in " ".join(suite.explication)


def test_qui_passe_son_tour_est_dit_par_son_nom():
    passee = Passee(AttenteId("a-1"), BEN, (Obstacle(refus="espaces.HorsHoraires"),))
    lieu = given(PersonneInscrite(personne=BEN, nom="Ben Diallo")).when(annuler()).lieu
    said = lieu.speaker().phrase(PersonneNePeutEtreServi(espace=VERTE, passees=(passee,)))
    assert "Ben Diallo (hors des heures d'ouverture)" in said


def test_une_demande_de_servir_dit_le_refus():
    servir = ServirAttente(espace=VERTE, debut=a("10:00"), fin=a("12:00"))
    non = regle("non", "quota", maximum=0, periode="jour")
    given(LA_SALLE, non, attente(1, BEN)).when(servir).then_refused(PersonneNePeutEtreServi)
    given(LA_SALLE).when(servir).then_nothing()


def test_une_derogation_sert_a_la_liste_d_attente():
    derogation = DerogationAccordee(
        derogation=DerogationId("d"), regle=RegleId("non"), personne=BEN, du=MARDI, au=MARDI, motif="fête"
    )
    faits = [regle("non", "quota", maximum=0, periode="jour"), derogation, attente(1, BEN)]
    assert servis(given(*PRIS, *faits).when(annuler()))[0] == ("AttenteServie", BEN)


def test_un_public_que_l_espace_n_admet_plus_est_passe():
    residents = PublicsFixes(
        espace=VERTE, publics=("resident",), du=LUNDI, acces=(Acces(du=LUNDI, publics=("resident",)),)
    )
    quand = given(*PRIS, residents, attente(1, BEN)).when(annuler())
    assert "l'espace n'est pas ouvert à ce public" in " ".join(quand.then_accepted().suites[0].explication)


def test_un_quota_compte_ce_qui_vient_d_etre_servi():
    faits = [LA_SALLE, acceptee(de("10:00", "14:00")), regle("un", "quota", maximum=1, periode="jour")]
    file = [attente(1, BEN, de("10:00", "12:00")), attente(2, BEN, de("12:00", "14:00"))]
    quand = given(*faits, *file).when(annuler())
    assert len(servis(quand)) == 2


def test_une_attente_sur_deux_jours_passe_apres_qui_attendait_avant_le_second():
    """The first day frees; the second was free: who has waited for it longest could not have it, now can."""
    deux_jours = de("18:00", "09:00", MARDI, MARDI.next_day())
    lendemain = attente(1, CHLOE, de("08:00", "09:00", MARDI.next_day()))
    faits = [LA_SALLE, acceptee(de("18:00", "20:00")), lendemain, attente(2, BEN, deux_jours)]
    assert [q for n, q in servis(given(*faits).when(annuler())) if n == "AttenteServie"] == [CHLOE]


def test_le_lieu_peut_servir_un_public_d_abord():
    ordre = regle("ordre", "ordre_attente", publics=("resident", "adherent"))
    adhere = attrs.evolve(ANA_ADHERE, personne=CHLOE)
    quand = given(*PRIS, adhere, ordre, attente(1, BEN), attente(2, CHLOE)).when(annuler())
    assert servis(quand)[0] == ("AttenteServie", CHLOE)


def test_une_regle_d_arbitrage_dit_qui_est_servi_et_nul_jugement_n_y_entre():
    points = FaitDeclare(fait="points", type="nombre", libelle="Points", valeurs=(), unite="")
    cles = (Cle(fait="nul", par="comite"), Cle(fait="points", sens="decroissant"))
    ordre = regle("points", "arbitrage", Portee(actions=("reserver",)), cles=cles)
    siens = {n: (FaitDit("points", str(n)), FaitDit("nul", "1")) for n in (1, 2)}
    attendent = (attente(1, BEN, faits=siens[1]), attente(2, CHLOE, faits=siens[2]), attente(3, DAN))
    quand = given(*PRIS, points, attrs.evolve(points, fait="nul"), ordre, *attendent).when(annuler())
    assert servis(quand)[0] == ("AttenteServie", CHLOE)


def test_une_place_a_faire_valider_est_tenue_en_attendant():
    quand = given(*PRIS, regle("longues", "validation"), attente(1, BEN)).when(annuler())
    (suite,) = quand.then_accepted().suites
    assert suite.verdict == "a_valider"
    assert [type(f) for f in suite.evenements] == [AttenteServie, ReservationEnAttente]


# ── proposer, confirmer ─────────────────────────────────────────────────────────────────────────────────────────────

CONFIRMER = regle("confirmer", "confirmation_attente", heures=4)


def test_un_creneau_peut_etre_propose_et_se_confirme():
    quand = given(*PRIS, CONFIRMER, attente(1, BEN), attente(2, CHLOE)).when(annuler())
    (suite,) = quand.then_accepted().suites
    propose, option = suite.evenements
    assert (type(propose), type(option)) == (CreneauPropose, OptionPosee)
    assert propose.jusqu_au == option.jusqu_au == a("14:00", LUNDI)
    confirmer = ConfirmerOption(reservation=option.reservation)
    assert quand.lieu.executer(confirmer, par=CAMILLE).verdict == "accord"


def test_sans_confirmation_l_echeance_sert_la_personne_suivante():
    quand = given(*PRIS, CONFIRMER, attente(1, BEN), attente(2, CHLOE)).when(annuler())
    quand.then_accepted()
    lieu, plus_tard = quand.lieu, MAINTENANT.add(hours=5)
    lieu.handler.clock = lieu.horloge = lambda: plus_tard
    lieu.echeances(par=CAMILLE)
    assert lieu.registre("attentes") == []
    assert [r.personne for r in lieu.registre("reservations-a-valider")] == [BEN, CHLOE]
    assert lieu.echeances(par=CAMILLE) == []


def test_un_creneau_propose_n_a_pas_a_etre_valide_avant_d_etre_confirme():
    quand = given(*PRIS, CONFIRMER, regle("longues", "validation"), attente(1, BEN)).when(annuler())
    (suite,) = quand.then_accepted().suites
    assert [type(f) for f in suite.evenements] == [CreneauPropose, OptionPosee]


# ── le registre ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_le_rang_est_celui_parmi_qui_veut_les_memes_heures():
    file = [
        attente(1, BEN), attente(2, CHLOE, de("11:00", "13:00")), attente(3, DAN, de("12:00", "14:00")),
        attente(4, ANA, espace=BLEUE),
    ]  # fmt: skip
    quand = given(*PRIS, *file).when(QuitterAttente(attente=AttenteId("a-1"), personne=BEN))
    rangs = {r.personne: r.rang for r in quand.lieu.registre("attentes")}
    assert rangs == {CHLOE: 1, DAN: 2, ANA: 1}


def test_quitter_une_attente_que_l_on_a_corrigee_ne_laisse_rien():
    quittee = AttenteQuittee(attente=AttenteId("a-1"), espace=VERTE, personne=BEN, periode=MATIN)
    assert given(quittee, *PRIS).when(attendre()).lieu.registre("attentes")[0].rang == 1


@pytest.mark.parametrize(("le", "etat"), [(MARDI, "en attente"), (MARDI.next_day(), "passée")])
def test_une_attente_passee_se_dit(le, etat):
    quand = given(*PRIS).when(attendre())
    (ligne,) = quand.lieu.registre("attentes", au=le)
    assert ligne.etat == etat


def test_une_option_qui_va_ailleurs_laisse_ses_heures_a_qui_les_attend():
    option = OptionPosee(
        reservation=R, espace=VERTE, personne=ANA, periode=MATIN, categorie="salle", participants=None, sujet=None,
        jusqu_au=a("09:00"),
    )  # fmt: skip
    ailleurs = DeplacerReservation(reservation=R, debut=a("15:00"), fin=a("16:00"))
    reponse = given(LA_SALLE, option, attente(1, BEN)).when(ailleurs).then_accepted()
    (servie,) = reponse.suites
    assert [type(f) for f in servie.evenements] == [AttenteServie, ReservationAcceptee]


def test_qui_a_ete_passe_se_dit_avec_sa_raison_et_son_nom_quand_on_le_connait():
    passee = Passee(AttenteId("a-1"), BEN, (Obstacle(regle="duree", version=2, valeur="180", limite="120"),))
    raison = "règle « duree » (version 2) : 180, limite 120"
    assert str(passee) == f"ben ({raison})"
    assert passee.nomme(lambda _, __: "Ben Costa") == f"Ben Costa ({raison})"
