"""Réservations: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import pytest
from tests.domaines.quai import (
    ANA,
    ANA_ADHERE,
    ANA_SAIT_SCIER,
    BEN,
    BLEUE,
    LA_SALLE,
    LUNDI,
    MARDI,
    VERTE,
    a,
    de,
    dit,
    ligne,
    midi,
    regle,
)
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.moyens.espaces import (
    EspaceAbsent,
    EspaceEnFermeture,
    EspaceFerme,
    EspaceRetire,
    FermerEspace,
    RetirerEspace,
)
from tierslieu_core.domaines.usages.reservations import (
    AnnulerReservation,
    DejaAnnulee,
    DejaPassee,
    DeplacerReservation,
    Emprise,
    EspaceDejaReserve,
    PasLaSienne,
    ReservationAcceptee,
    ReservationAnnulee,
    ReservationDeplacee,
    ReserverEspace,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.personal import Scelle
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.arrets import Arret
from tierslieu_core.vocabulaire.identifiants import ReservationId, jour, mois, reservation

MERCREDI, JEUDI, VENDREDI = Date(2026, 11, 25), Date(2026, 11, 26), Date(2026, 11, 27)
DE_10_A_12, DE_14_A_16 = de("10:00", "12:00"), de("14:00", "16:00")
R, S = ReservationId("r-1"), ReservationId("r-2")


def reserver(debut, fin, le=MARDI, jusqu_au=None, personne=ANA, espace=VERTE, **autour):
    return ReserverEspace(espace=espace, personne=personne, debut=a(debut, le), fin=a(fin, jusqu_au or le), **autour)


def deplacer(debut, fin, le=MARDI, jusqu_au=None, laquelle=R):
    return DeplacerReservation(reservation=laquelle, debut=a(debut, le), fin=a(fin, jusqu_au or le))


def acceptee(periode=DE_10_A_12, laquelle=R, personne=ANA, espace=VERTE, participants=None, categorie=""):
    return ReservationAcceptee(
        reservation=laquelle, espace=espace, personne=personne, periode=periode, categorie=categorie,
        participants=participants, sujet=None,
    )  # fmt: skip


def deplacee(avant=DE_10_A_12, periode=DE_14_A_16, laquelle=R):
    return ReservationDeplacee(
        reservation=laquelle, espace=VERTE, personne=ANA, periode=periode, categorie="", participants=None,
        quitte=(Emprise(espace=VERTE, periode=avant),),
    )  # fmt: skip


ANNULEE = ReservationAnnulee(
    reservation=R, espace=VERTE, personne=ANA, periode=DE_10_A_12, participants=None, motif="grippe"
)


def ferme(du, au):
    return EspaceFerme(espace=VERTE, du=du, au=au, motif="travaux", arrets=(Arret(du=du, au=au, motif="travaux"),))


# ── demander ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_reserve_un_espace_libre_pour_soi():
    quand = given(LA_SALLE).when(reserver("10:00", "12:00", participants=8), par=ANA)
    quand.then(acceptee(laquelle=ReservationId("epreuve"), participants=8, categorie="salle"))


def test_le_sujet_d_une_reservation_est_scelle_pour_la_personne():
    (fait,) = given().when(reserver("10:00", "12:00", sujet="groupe de parole")).then_accepted().evenements
    assert isinstance(fait.sujet, Scelle)
    assert fait.sujet.personne == ANA


def test_on_ne_reserve_pas_pour_une_autre_sans_mandat():
    given().when(reserver("10:00", "12:00", personne=BEN), par=ANA).then_refused(MandatManquant)


@pytest.mark.parametrize(
    ("debut", "fin"), [("11:00", "13:00"), ("09:00", "10:01"), ("10:30", "11:00"), ("09:00", "13:00")]
)
def test_deux_reservations_ne_se_chevauchent_pas(debut, fin):
    quand = given(acceptee()).when(reserver(debut, fin, personne=BEN))
    quand.then_refused(EspaceDejaReserve(espace=VERTE, periode=DE_10_A_12, libre=a("12:00")))
    assert "le mardi 24 novembre 2026 de 10 h à 12 h" in dit(quand)
    assert "se libère au plus tôt le mardi 24 novembre 2026 à 12 h" in dit(quand)


@pytest.mark.parametrize(("debut", "fin"), [("08:00", "10:00"), ("12:00", "14:00")])
def test_deux_reservations_peuvent_se_toucher(debut, fin):
    given(acceptee()).when(reserver(debut, fin, personne=BEN)).then_accepted()


def test_un_autre_espace_a_la_meme_heure_est_libre():
    given(acceptee()).when(reserver("10:00", "12:00", personne=BEN, espace=BLEUE)).then_accepted()


def test_le_refus_dit_quand_l_espace_se_libere_apres_les_reservations_qui_se_suivent():
    suite = (acceptee(), acceptee(de("12:00", "14:00"), S), acceptee(de("15:00", "16:00"), ReservationId("r-3")))
    given(*suite).when(reserver("11:00", "11:30", personne=BEN)).then_refused(
        EspaceDejaReserve(espace=VERTE, periode=DE_10_A_12, libre=a("14:00"))
    )


def test_redemander_la_meme_reservation_ne_change_rien():
    given(acceptee()).when(reserver("10:00", "12:00")).then_nothing()


def test_redemander_pour_plus_de_monde_n_est_pas_la_meme_reservation():
    given(acceptee()).when(reserver("10:00", "12:00", participants=9)).then_refused(EspaceDejaReserve)


def test_une_reservation_annulee_libere_ses_heures():
    given(acceptee(), ANNULEE).when(reserver("10:00", "12:00", personne=BEN)).then_accepted()


# ── la nuit, plusieurs jours, les changements d'heure ───────────────────────────────────────────────────────────────


def test_une_reservation_de_nuit_occupe_les_deux_jours():
    nuit = de("22:00", "02:00", MARDI, MERCREDI)
    given(acceptee(nuit)).when(reserver("01:00", "03:00", MERCREDI, personne=BEN)).then_refused(EspaceDejaReserve)
    given(acceptee(nuit)).when(reserver("20:00", "23:00", MARDI, personne=BEN)).then_refused(EspaceDejaReserve)
    given(acceptee(nuit)).when(reserver("02:00", "03:00", MERCREDI, personne=BEN)).then_accepted()


def test_finir_a_minuit_ne_prend_pas_le_lendemain():
    soir = acceptee(de("20:00", "00:00", MARDI, MERCREDI))
    assert set(soir.etiquettes()) == {reservation(R), jour(VERTE, MARDI), mois(ANA, MARDI)}
    given(ferme(MERCREDI, MERCREDI)).when(reserver("20:00", "00:00", MARDI, MERCREDI)).then_accepted()
    given(soir).when(reserver("00:00", "02:00", MERCREDI, personne=BEN)).then_accepted()


def test_une_reservation_de_plusieurs_jours_occupe_aussi_ceux_du_milieu():
    quand = given(acceptee(de("09:00", "18:00", MARDI, JEUDI))).when(reserver("05:00", "06:00", MERCREDI, personne=BEN))
    quand.then_refused(EspaceDejaReserve)
    assert "du mardi 24 novembre 2026 à 9 h au jeudi 26 novembre 2026 à 18 h" in dit(quand)


def test_une_reservation_porte_chaque_jour_et_chaque_mois_qu_elle_touche():
    longue = acceptee(de("09:00", "18:00", Date(2026, 11, 29), Date(2026, 12, 1)))
    jours = {jour(VERTE, d) for d in (Date(2026, 11, 29), Date(2026, 11, 30), Date(2026, 12, 1))}
    assert set(longue.etiquettes()) == {reservation(R), *jours, mois(ANA, MARDI), mois(ANA, Date(2026, 12, 1))}


def test_la_nuit_d_automne_l_heure_qui_vient_deux_fois_se_reserve_deux_fois():
    automne = Date(2026, 10, 25)
    premiere = acceptee(de("02:00+02:00", "02:00+01:00", automne))
    avant = Instant.from_utc(2026, 10, 1)
    given(premiere, le=avant).when(
        reserver("02:00+01:00", "03:00", automne, personne=BEN), maintenant=avant
    ).then_accepted()
    quand = given(premiere, le=avant).when(
        reserver("02:30+02:00", "02:45+02:00", automne, personne=BEN), maintenant=avant
    )
    quand.then_refused(EspaceDejaReserve)
    assert "de 2 h (+02:00) à 2 h (+01:00)" in dit(quand)


def test_la_nuit_de_printemps_une_heure_manque_et_ne_se_compte_pas():
    printemps = Date(2026, 3, 29)
    trois_heures = regle("r", "duree", maximum_minutes=180)
    given(trois_heures, le=Instant.from_utc(2026, 3, 1)).when(
        reserver("00:00", "04:00", printemps), maintenant=Instant.from_utc(2026, 3, 1)
    ).then_accepted()


def test_une_heure_qui_n_existe_pas_ne_se_reserve_pas():
    with pytest.raises(DemandeInvalide, match="n'existe pas"):
        given().when(reserver("02:30", "04:00", Date(2027, 3, 28)))


def test_tout_ce_qui_ne_va_pas_dans_une_demande_est_dit():
    with pytest.raises(DemandeInvalide) as faute:
        given().when(reserver("12:00", "10:00", participants=0))
    assert [champ for champ, _ in faute.value.erreurs] == ["participants", "fin"]
    with pytest.raises(DemandeInvalide, match="convention"):
        given().when(deplacer("10:00", "10:00", MARDI, Date(2027, 2, 1)))


# ── les fermetures, le départ de l'espace ───────────────────────────────────────────────────────────────────────────


def test_un_espace_ferme_ne_se_reserve_pas():
    quand = given(ferme(MERCREDI, JEUDI)).when(reserver("22:00", "01:00", MARDI, MERCREDI))
    quand.then_refused(EspaceEnFermeture(espace=VERTE, du=MERCREDI, au=JEUDI, motif="travaux"))
    assert "hors de cette fermeture" in dit(quand)


def test_un_espace_se_reserve_jusqu_a_la_veille_de_son_depart():
    depart = EspaceRetire(espace=VERTE, le=MERCREDI, motif="bail", arrets=(Arret(du=MERCREDI, au=None, motif="bail"),))
    given(depart).when(reserver("20:00", "00:00", MARDI, MERCREDI)).then_accepted()
    quand = given(depart).when(reserver("20:00", "00:01", MARDI, MERCREDI))
    quand.then_refused(EspaceAbsent(espace=VERTE, le=MERCREDI, motif="bail"))
    assert "Choisissez un autre espace" in dit(quand)


def test_fermer_un_espace_montre_les_reservations_a_deplacer():
    veille = acceptee(de("20:00", "00:00", MARDI, MERCREDI))
    pendant = acceptee(de("10:00", "12:00", JEUDI), S)
    ailleurs = acceptee(de("10:00", "12:00", JEUDI), ReservationId("r-3"), espace=BLEUE)
    quand = given(LA_SALLE, veille, pendant, ailleurs).when(
        FermerEspace(espace=VERTE, du=MERCREDI, au=JEUDI, motif="travaux")
    )
    quand.then_accepted()
    assert [r.etat for r in quand.lieu.registre("reservations")] == ["acceptée", "à déplacer", "acceptée"]
    assert quand.lieu.executer(deplacer("10:00", "12:00", VENDREDI, laquelle=S), par=CAMILLE).acceptee
    assert [r.etat for r in quand.lieu.registre("reservations")] == ["acceptée"] * 3


def test_retirer_un_espace_montre_les_reservations_a_deplacer():
    quand = given(LA_SALLE, acceptee(), deplacee()).when(RetirerEspace(espace=VERTE, le=MARDI, motif="bail"))
    assert ligne(quand, "reservations").etat == "à déplacer"


# ── déplacer ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_deplace_sa_reservation_meme_sur_ses_propres_heures():
    given(acceptee()).when(deplacer("11:00", "13:00"), par=ANA).then(deplacee(periode=de("11:00", "13:00")))


def test_une_reservation_deplacee_porte_les_jours_d_ou_elle_vient_et_ou_elle_va():
    loin = deplacee(periode=de("10:00", "12:00", Date(2026, 12, 3)))
    assert {jour(VERTE, MARDI), jour(VERTE, Date(2026, 12, 3)), mois(ANA, Date(2026, 12, 3))} < set(loin.etiquettes())


def test_une_reservation_deplacee_libere_ses_heures_et_prend_les_nouvelles():
    faits = acceptee(), deplacee(periode=de("10:00", "12:00", MERCREDI))
    given(*faits).when(reserver("10:00", "12:00", MARDI, personne=BEN)).then_accepted()
    given(*faits).when(reserver("11:00", "12:00", MERCREDI, personne=BEN)).then_refused(EspaceDejaReserve)


def test_une_reservation_deux_fois_deplacee_n_est_plus_la_ou_elle_est_passee():
    mercredi, jeudi = de("10:00", "12:00", MERCREDI), de("10:00", "12:00", JEUDI)
    faits = acceptee(), deplacee(periode=mercredi), deplacee(mercredi, jeudi)
    for le in (MARDI, MERCREDI):
        given(*faits).when(reserver("10:00", "12:00", le, personne=BEN)).then_accepted()
    given(*faits).when(reserver("10:00", "12:00", JEUDI, personne=BEN)).then_refused(EspaceDejaReserve)


def test_on_ne_deplace_pas_sur_une_autre_reservation_ni_dans_une_fermeture():
    given(acceptee(), acceptee(DE_14_A_16, S, BEN)).when(deplacer("13:00", "15:00")).then_refused(EspaceDejaReserve)
    given(acceptee(), ferme(JEUDI, JEUDI)).when(deplacer("10:00", "12:00", JEUDI)).then_refused(EspaceEnFermeture)


def test_deplacer_aux_memes_heures_ne_change_rien():
    given(acceptee()).when(deplacer("10:00", "12:00")).then_nothing()
    given(acceptee()).when(deplacer("10:00+01:00", "12:00")).then_nothing()


# ── annuler ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_annule_sa_reservation_avec_un_motif_et_le_redire_ne_change_rien():
    annuler = AnnulerReservation(reservation=R, motif="grippe")
    given(acceptee()).when(annuler, par=ANA).then(ANNULEE)
    given(acceptee(), ANNULEE).when(annuler, par=ANA).then_nothing()


CHANGER = [deplacer("10:00", "12:00", MERCREDI), AnnulerReservation(reservation=R, motif="?")]


@pytest.mark.parametrize("commande", CHANGER)
def test_on_ne_change_pas_la_reservation_d_une_autre(commande):
    quand = given(acceptee()).when(commande, par=BEN)
    quand.then_refused(PasLaSienne(personne=ANA))
    assert "la conciergerie" in dit(quand)


@pytest.mark.parametrize("commande", CHANGER)
def test_une_personne_inscrite_deux_fois_change_sa_reservation_sous_ses_deux_noms(commande):
    given(DoublonReuni(personne=ANA, doublon=BEN), acceptee()).when(commande, par=BEN).then_accepted()


@pytest.mark.parametrize("commande", CHANGER)
def test_ce_qui_a_eu_lieu_ne_se_change_plus(commande):
    quand = given(acceptee()).when(commande, maintenant=midi(MARDI))
    quand.then_refused(DejaPassee(espace=VERTE, periode=DE_10_A_12))
    assert "Ce qui a eu lieu ne se change plus" in dit(quand)


@pytest.mark.parametrize("commande", CHANGER)
def test_ce_qui_est_en_cours_se_change_encore(commande):
    given(acceptee()).when(commande, maintenant=midi(MARDI).subtract(minutes=1)).then_accepted()


def test_une_reservation_annulee_ne_se_deplace_pas():
    quand = given(acceptee(), ANNULEE, regle("r", "duree", maximum_minutes=60)).when(deplacer("14:00", "16:00"))
    quand.then_refused(DejaAnnulee(espace=VERTE, periode=DE_10_A_12), clause="r")
    assert "Réservez à nouveau" in dit(quand)


# ── ce que les règles mesurent ──────────────────────────────────────────────────────────────────────────────────────

SALLES = Portee(categories=("salle",))
AUTRE = acceptee(de("08:00", "09:00", MERCREDI), S, categorie="salle")
REGLES = [
    (regle("r", "duree", SALLES, maximum_minutes=119), (), False),
    (regle("r", "duree", SALLES, maximum_minutes=120), (), True),
    (regle("r", "preavis", minimum_minutes=29 * 60 + 1), (), False),
    (regle("r", "preavis", minimum_minutes=29 * 60), (), True),
    (regle("r", "horizon", maximum_jours=0), (), False),
    (regle("r", "horizon", maximum_jours=1), (), True),
    (regle("r", "capacite", Portee(espaces=(VERTE,)), maximum=7), (), False),
    (regle("r", "capacite", Portee(espaces=(VERTE,)), maximum=8), (), True),
    (regle("r", "capacite", Portee(espaces=(BLEUE,)), maximum=1), (), True),
    (regle("r", "simultanes", SALLES, maximum=1), (AUTRE,), False),
    (regle("r", "simultanes", SALLES, maximum=2), (AUTRE,), True),
    (regle("r", "simultanes", maximum=1), (acceptee(de("08:00", "09:00", LUNDI), S),), True),
    (regle("r", "quota", SALLES, maximum=2, unite="heures", periode="semaine"), (AUTRE,), False),
    (regle("r", "quota", SALLES, maximum=3, unite="heures", periode="semaine"), (AUTRE,), True),
    (regle("r", "quota", maximum=1, periode="jour"), (AUTRE,), True),
    (regle("r", "quota", maximum=1, periode="annee"), (acceptee(de("08:00", "09:00", Date(2026, 3, 2)), S),), False),
    (regle("r", "quota", maximum=1, periode="annee"), (acceptee(de("08:00", "09:00", Date(2025, 3, 2)), S),), True),
    (regle("r", "fermeture", du=MARDI, au=MARDI), (), False),
    (regle("r", "fermeture", du=LUNDI, au=LUNDI), (), True),
    (regle("r", "adhesion_a_jour"), (), False),
    (regle("r", "adhesion_a_jour"), (ANA_ADHERE,), True),
    (regle("r", "public", admis=("atelier",)), (), False),
    (regle("r", "public", admis=("adherent",)), (ANA_ADHERE,), True),
    (regle("r", "habilitation", requise="scie"), (), False),
    (regle("r", "habilitation", requise="scie"), (ANA_SAIT_SCIER,), True),
]


@pytest.mark.parametrize(("la_regle", "faits", "passe"), REGLES)
def test_une_regle_juge_une_reservation(la_regle, faits, passe):
    quand = given(LA_SALLE, la_regle, *faits).when(reserver("15:00", "17:00", participants=8))
    quand.then_accepted() if passe else quand.then_refused(clause="r")


@pytest.mark.parametrize(("la_regle", "faits", "passe"), REGLES)
def test_une_regle_juge_un_deplacement_comme_une_demande(la_regle, faits, passe):
    faite = acceptee(participants=8, categorie="salle")
    quand = given(LA_SALLE, faite, la_regle, *faits).when(deplacer("15:00", "17:00"))
    quand.then_accepted() if passe else quand.then_refused(clause="r")


# ── le registre ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_le_registre_suit_la_reservation():
    quand = given(acceptee(participants=8)).when(deplacer("14:00", "16:00"))
    row = ligne(quand, "reservations")
    assert (row.debut, row.fin, row.participants, row.etat) == (a("14:00"), a("16:00"), 8, "acceptée")
    assert row.quand == "le mardi 24 novembre 2026 de 14 h à 16 h"
    quand.lieu.executer(AnnulerReservation(reservation=R, motif="grippe"), par=ANA)
    assert ligne(quand, "reservations").etat == "annulée"


def test_le_registre_dit_aussi_une_annulation_datee_d_avant_la_demande():
    quand = given(acceptee()).when(AnnulerReservation(reservation=R, motif="?"), survenu_le=midi(Date(2026, 11, 20)))
    assert ligne(quand, "reservations", Date(2026, 11, 20)).etat == "annulée"
