"""Ce qui est déjà réservé quand une règle prend effet: kept, looked at by somebody, or cancelled; as chosen with it."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, BLEUE, LA_SALLE, LUNDI, MARDI, VERTE, a, de, ligne, midi, regle
from whenever import Date

from tierslieu_core.domaines.cadre.regles import AdopterRegle, AmenderRegle, DerogationAccordee, Portee, Sinon
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.reglages import Battement
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree, Preavis
from tierslieu_core.domaines.moyens.espaces import EspaceOuvert
from tierslieu_core.domaines.usages.reservations import (
    AttendreCreneau,
    OptionPosee,
    ReservationAcceptee,
    ReservationRevue,
    RevoirReservations,
    RevoirSelonRegle,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import DerogationId, RegleId, ReservationId

R, S, T = ReservationId("r-1"), ReservationId("r-2"), ReservationId("r-3")
MERCREDI, DANS_UN_AN = Date(2026, 11, 25), Date(2027, 11, 22)
LA_BLEUE = EspaceOuvert(espace=BLEUE, nom="Salle bleue", categorie="salle", capacite=4, description="")
LIEU = (LA_SALLE, LA_BLEUE)
DEUX_HEURES, UNE_HEURE = Duree(maximum_minutes=120), Duree(maximum_minutes=60)
RESERVER = Portee(actions=("reserver",))
DITE = "la règle « courte » (version 1)"


def faite(
    debut="10:00", fin="13:00", le=MARDI, laquelle=R, personne=ANA, espace=VERTE, nature=ReservationAcceptee, **autour
):
    sujet = {"sujet": None} if nature in (ReservationAcceptee, OptionPosee) else {}
    return nature(
        reservation=laquelle, espace=espace, personne=personne, periode=de(debut, fin, le), categorie="salle",
        participants=None, **sujet, **autour,
    )  # fmt: skip


def adopter(deja, genre=DEUX_HEURES, du=MARDI, **autour):
    return AdopterRegle(regle=RegleId("courte"), genre=genre, du=du, motif="AG", deja=deja, **autour)


def etats(quand):
    return [r.etat for r in sorted(quand.lieu.registre("reservations"), key=lambda r: r.reservation)]


@pytest.mark.parametrize(("deja", "etat"), [("gardees", "acceptée"), ("revues", "à revoir"), ("annulees", "annulée")])
def test_ce_que_la_regle_refuserait_a_le_sort_choisi_avec_elle_et_le_reste_ne_bouge_pas(deja, etat):
    courte, avant = faite("14:00", "15:00", laquelle=S), faite("15:00", "18:00", LUNDI, T)
    loin = faite(le=DANS_UN_AN, laquelle=ReservationId("r-4"), espace=BLEUE, personne=BEN)
    quand = given(*LIEU, faite(), courte, avant, loin).when(adopter(deja))
    quand.then_accepted()
    assert etats(quand) == [etat, "acceptée", "acceptée", etat]
    assert not [r for suite in quand.reponse.suites for r in suite.suites if r.verdict == "refus"]


def test_ce_qui_est_annule_ou_a_revoir_cite_la_version_et_le_fait_qui_l_a_voulu():
    for deja, dit in (("annulees", "motif"), ("revues", "cause")):
        quand = given(*LIEU, faite()).when(adopter(deja))
        reponse = quand.then_accepted()
        ((fait,),) = [s.evenements for s in reponse.suites if s.evenements]
        said = getattr(fait, dit)
        assert (said if dit == "cause" else quand.lieu.vault.open(said)) == DITE
        assert {s.note.cause for s in reponse.suites} == {f"{reponse.cle}/1"}


def test_a_revoir_garde_ses_heures_attend_quelqu_un_et_se_garde_se_deplace_ou_s_annule():
    quand = given(*LIEU, faite()).when(adopter("revues"))
    row = ligne(quand, "reservations-a-revoir")
    assert (row.reservation, row.cause) == (R, DITE)
    (due,) = [e for e in quand.lieu.a_faire() if e.echeance == "reservations.sort"]
    assert f"{DITE} ne la permet plus ; à garder, à déplacer ou à annuler" in due.phrase
    garder = RevoirReservations(espace=VERTE, du=MARDI, au=MARDI, sort="garder")
    assert quand.lieu.executer(garder, par=CAMILLE).acceptee
    assert (etats(quand), list(quand.lieu.registre("reservations-a-revoir"))) == (["acceptée"], [])


def test_ce_qui_a_deja_eu_lieu_n_est_plus_a_revoir():
    quand = given(*LIEU, faite()).when(adopter("revues"))
    quand.lieu.horloge = lambda: midi(MERCREDI)
    assert not [e for e in quand.lieu.a_faire() if e.echeance == "reservations.sort"]


def test_l_essai_montre_qui_est_concerne_et_n_enregistre_rien():
    lieu = (
        given(*LIEU, faite(), faite("14:00", "18:00", laquelle=S, espace=BLEUE))
        .when(RevoirSelonRegle(regle="rien", version=1, du=MARDI, au=MARDI))
        .lieu
    )
    for deja in ("revues", "annulees"):
        essai = lieu.executer(adopter(deja), par=CAMILLE, essai=True)
        assert [f.reservation for suite in essai.suites for f in suite.evenements] == [R, S]
    assert {r.etat for r in lieu.registre("reservations")} == {"acceptée"}
    assert not list(lieu.registre("regles"))


def test_la_meme_demande_repetee_ne_decide_pas_deux_fois():
    quand = given(*LIEU, faite()).when(adopter("revues"))
    encore = quand.lieu.executer(
        RevoirSelonRegle(regle="courte", version=1, du=MARDI, au=MARDI), par=CAMILLE, cle="a-la-main"
    )
    assert encore.verdict == "sans_objet"


def test_amender_decide_aussi_de_ce_qui_est_reserve_sous_la_nouvelle_version():
    held = attrs.evolve(regle("courte", "duree", RESERVER, maximum_minutes=240), deja="annulees")
    amender = AmenderRegle(regle=RegleId("courte"), genre=UNE_HEURE, du=MERCREDI, motif="AG", deja="annulees")
    quand = given(*LIEU, held, faite(), faite(le=MERCREDI, laquelle=S)).when(amender)
    assert etats(quand) == ["acceptée", "annulée"]


def test_un_quota_garde_ce_qui_est_venu_d_abord_et_n_annule_que_ce_qui_depasse():
    quota = Quota(maximum=4, unite="heures", periode="semaine")
    venues = (
        faite("10:00", "13:00", MERCREDI, R),
        faite("10:00", "13:00", MARDI, S),
        faite("16:00", "17:00", MARDI, T),
    )
    quand = given(*LIEU, *venues).when(adopter("annulees", quota))
    assert etats(quand) == ["acceptée", "annulée", "acceptée"]


def test_le_preavis_d_une_reservation_se_donnait_quand_elle_a_ete_demandee():
    quand = given(*LIEU, faite()).when(adopter("annulees", Preavis(minimum_minutes=9999)))
    assert etats(quand) == ["acceptée"]


def test_une_derogation_garde_ce_qu_elle_leve():
    levee = DerogationAccordee(
        derogation=DerogationId("d"), regle=RegleId("courte"), personne=ANA, du=MARDI, au=MARDI, motif="x"
    )
    autre = faite(le=MERCREDI, laquelle=S)
    assert etats(given(*LIEU, faite(), autre, levee).when(adopter("annulees"))) == ["acceptée", "annulée"]


@pytest.mark.parametrize("sans_effet", [
    adopter("annulees", Battement(apres_minutes=30)),
    adopter("annulees", portee=Portee(actions=("preter",))),
    adopter("annulees", sinon=Sinon(effet="validation", par="bureau")),
    adopter("annulees", leve=(RegleId("longue"),)),
])  # fmt: skip
def test_une_regle_qui_ne_refuse_pas_de_reservation_ne_touche_a_rien(sans_effet):
    quand = given(*LIEU, regle("longue", "duree", maximum_minutes=600), faite()).when(sans_effet)
    assert (quand.then_accepted().suites, etats(quand)) == ((), ["acceptée"])


def test_ce_qui_attend_une_reponse_se_jugera_avec_elle():
    posee = faite(nature=OptionPosee, jusqu_au=a("09:00"))
    assert etats(given(*LIEU, posee).when(adopter("annulees", du=LUNDI)))[0].startswith("option")


def test_une_regle_sur_un_espace_ne_regarde_que_lui():
    portee = Portee(actions=("reserver",), espaces=(VERTE,))
    quand = given(*LIEU, faite(), faite(laquelle=S, espace=BLEUE)).when(adopter("annulees", portee=portee))
    assert etats(quand) == ["annulée", "acceptée"]


def test_qui_attendait_ces_heures_est_servi_comme_apres_toute_annulation():
    lieu = (
        given(*LIEU, faite()).when(AttendreCreneau(espace=VERTE, personne=BEN, debut=a("10:00"), fin=a("11:00"))).lieu
    )
    assert lieu.executer(adopter("annulees"), par=CAMILLE).acceptee
    assert sorted((r.personne, r.etat) for r in lieu.registre("reservations")) == [(ANA, "annulée"), (BEN, "acceptée")]


def test_deux_mois_a_la_fois_et_dans_l_ordre():
    for au in (Date(2027, 1, 25), LUNDI):
        with pytest.raises(DemandeInvalide):
            given().when(RevoirSelonRegle(regle="courte", version=1, du=MARDI, au=au))


def test_une_version_que_personne_n_a_adoptee_et_une_qui_garde_tout_ne_decident_de_rien():
    held = regle("courte", "duree", RESERVER, maximum_minutes=60)
    for version in (1, 2):
        given(*LIEU, held, faite()).when(
            RevoirSelonRegle(regle="courte", version=version, du=MARDI, au=MARDI)
        ).then_nothing()
    assert ReservationRevue.__fiche__.version == 3


def test_ce_qui_a_commence_s_acheve():
    assert etats(given(*LIEU, faite("08:00", "13:00", LUNDI)).when(adopter("annulees", du=LUNDI))) == ["acceptée"]


def test_un_espace_ouvert_du_temps_d_avant_se_nomme_dans_la_portee():
    portee = Portee(actions=("reserver",), espaces=(VERTE,))
    assert etats(given(faite()).when(adopter("annulees", portee=portee))) == ["annulée"]
