"""Activities proposed by anyone, carried by several, supported, programmed in a space, held, reviewed; who comes."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LA_SALLE, MARDI, SAMEDI, VERTE, a, de, dit, ligne, midi, regle, vecu
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.cadre.publics import PublicDeclare
from tierslieu_core.domaines.cadre.regles import FaitDeclare, Portee
from tierslieu_core.domaines.moyens.espaces import FermerEspace
from tierslieu_core.domaines.personnes.besoins import BesoinExprime
from tierslieu_core.domaines.projets.programmation import (
    ActiviteAnnulee,
    ActiviteDejaProposee,
    ActiviteEvaluee,
    ActivitePortee,
    ActiviteProgrammee,
    ActiviteProposee,
    ActiviteSoutenue,
    ActiviteTenue,
    AnnulerActivite,
    AnnulerSeance,
    CorrigerActivite,
    CorrigerSeance,
    DesinscrireParticipant,
    EvaluerActivite,
    InscrireParticipant,
    ParticipantEnAttente,
    ParticipantInscrit,
    ParticipantParti,
    PasACetteEtape,
    PasPorteur,
    PorterActivite,
    ProgrammerActivite,
    Projet,
    ProposerActivite,
    Seance,
    SeanceAnnulee,
    SeanceInconnue,
    SeanceTenue,
    SoutenirActivite,
    TenirActivite,
    TenirSeance,
    Venue,
)
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, DeplacerReservation, ReserverEspace
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, When, given, record
from tierslieu_core.vocabulaire.identifiants import ActiviteId, BesoinId, PersonneId, PublicId, ReservationId
from tierslieu_core.vocabulaire.vie import vers

CAFE, JEUNES, ZOE = ActiviteId("cafe"), PublicId("jeunes"), PersonneId("zoe")
LES_JEUNES = PublicDeclare(public=JEUNES, nom="Jeunes", description="")
PROJET = Projet(nom="Café réparation", porteurs=(ANA,), publics=(JEUNES,), besoins=(), places=2)
PROPOSEE = ActiviteProposee(activite=CAFE, projet=PROJET, personne=ANA, presentation=None)
LE_SOIR = de("18:00", "20:00")
SEANCE = Seance(espace=VERTE, periode=LE_SOIR, reservation=ReservationId("epreuve.1.seance.0"))
PROGRAMMEE = ActiviteProgrammee(activite=CAFE, projet=PROJET, espace=VERTE, periode=LE_SOIR, seances=(SEANCE,))
VENUES = (Venue(public=JEUNES, nombre=7),)
TENUE = vers(ActiviteTenue, PROGRAMMEE, presents=(ANA,), venues=VENUES)
EVALUEE = vers(ActiviteEvaluee, PROGRAMMEE, bilan="sept grille-pain sauvés")
ANNULEE = vers(ActiviteAnnulee, PROGRAMMEE, motif="grippe")
ICI = (LES_JEUNES, LA_SALLE)
PROPOSER = ProposerActivite(activite=CAFE, nom="Café réparation", personne=ANA, publics=(JEUNES,), places=2)
PROGRAMMER = ProgrammerActivite(activite=CAFE, espace=VERTE, debut=LE_SOIR.debut, fin=LE_SOIR.fin)
TENIR = TenirActivite(activite=CAFE, presents=(ANA,), venues=VENUES)
EVALUER = EvaluerActivite(activite=CAFE, bilan="sept grille-pain sauvés")
ANNULER = AnnulerActivite(activite=CAFE, motif="grippe")


# ── proposer, porter, soutenir ──────────────────────────────────────────────────────────────────────────────────────


def test_chacun_peut_proposer():
    given(*ICI).when(PROPOSER, par=ANA).then(PROPOSEE)
    given(*ICI, PROPOSEE).when(PROPOSER, par=ANA).then_nothing()
    autre = given(*ICI, PROPOSEE).when(attrs.evolve(PROPOSER, nom="Autre", personne=BEN), par=BEN)
    autre.then_refused(ActiviteDejaProposee(nom="Café réparation", porteurs=(ANA,)))
    assert "Une activité porte déjà ce nom court : Café réparation, que portent ana." in dit(autre)
    given(*ICI, PROPOSEE, vers(ActiviteAnnulee, PROPOSEE, seances=(), motif="x")).when(PROPOSER).then(PROPOSEE)
    with pytest.raises(DemandeInvalide, match="une au moins"):
        given(*ICI).when(attrs.evolve(PROPOSER, places=0)).then_accepted()


def test_le_journal_dit_ce_qui_est_propose():
    propose = given(*ICI).when(attrs.evolve(PROPOSER, presentation="on répare ensemble"), par=ANA)
    (trace,) = propose.lieu.audit(f"activite:{CAFE}")
    assert trace.phrases == ("ana propose : Café réparation.",)
    assert ligne(propose, "activites").nom == "Café réparation"


def test_on_porte_a_plusieurs():
    a_deux = attrs.evolve(PROJET, porteurs=(ANA, BEN))
    given(*ICI, PROPOSEE).when(PorterActivite(activite=CAFE, personne=BEN), par=BEN).then(
        ActivitePortee(activite=CAFE, projet=a_deux, personne=BEN)
    )
    given(*ICI, PROPOSEE).when(PorterActivite(activite=CAFE, personne=ANA), par=ANA).then_nothing()


def test_on_soutient_une_fois_chacun():
    soutenir = SoutenirActivite(activite=CAFE, personne=BEN)
    soutenue = ActiviteSoutenue(activite=CAFE, projet=attrs.evolve(PROJET, soutiens=1), personne=BEN)
    given(*ICI, PROPOSEE).when(soutenir, par=BEN).then(soutenue)
    given(*ICI, PROPOSEE, soutenue).when(soutenir, par=BEN).then_nothing()
    encore = given(*ICI, PROPOSEE, soutenue).when(SoutenirActivite(activite=CAFE, personne=ZOE), par=ZOE)
    encore.then_accepted()
    assert ligne(encore, "activites").soutiens == 2


# ── programmer ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_programmer_reserve_l_espace():
    programme = given(*ICI, PROPOSEE).when(PROGRAMMER)
    programme.then(PROGRAMMEE)
    (reservation,) = programme.lieu.registre("reservations")
    assert (reservation.espace, reservation.personne, reservation.etat) == (VERTE, ANA, "acceptée")
    assert ligne(programme, "seances").etat == "réservée"
    assert [un.phrase for un in programme.lieu.planning() if un.titre == "Activité"] == [
        "Café réparation, Salle verte (réservée)"
    ]
    assert programme.lieu.executer(PROGRAMMER, par=CAMILLE).verdict == "sans_objet"


def test_un_espace_pris_se_voit():
    pris = given(*ICI, PROPOSEE).when(ReserverEspace(espace=VERTE, personne=BEN, debut=LE_SOIR.debut, fin=LE_SOIR.fin))
    pris.lieu.executer(PROGRAMMER, par=CAMILLE)
    assert ligne(pris, "seances").etat == "sans espace"
    quand = "le mardi 24 novembre 2026 de 18 h à 20 h"
    manque = f"Café réparation n'a pas Salle verte, {quand} : à programmer ailleurs, ou autrement"
    assert manque in [un.phrase for un in pris.lieu.a_faire()]


def test_une_seance_dont_la_reservation_s_annule_n_a_plus_d_espace():
    programme = given(*ICI, PROPOSEE).when(PROGRAMMER)
    programme.lieu.executer(AnnulerReservation(reservation=SEANCE.reservation, motif="travaux"), par=CAMILLE)
    assert ligne(programme, "seances").etat == "sans espace"


def test_une_seance_attend_la_reponse_que_sa_reservation_attend():
    valider = regle("bureau", "validation", Portee(actions=("reserver",)), par="bureau", delai_heures=48)
    programme = given(*ICI, PROPOSEE, valider).when(PROGRAMMER)
    assert ligne(programme, "seances").etat == "en attente"


def test_le_lieu_dit_combien_de_soutiens_il_faut():
    soutiens = FaitDeclare(fait="soutiens", type="nombre", libelle="Soutiens", valeurs=(), unite="")
    trois = regle("trois", "seuil", Portee(actions=("programmer",)), faits=("soutiens",), minimum=3)
    trop_peu = given(*ICI, soutiens, trois, PROPOSEE).when(PROGRAMMER)
    assert trop_peu.reponse.verdict == "refus"
    assez = attrs.evolve(PROPOSEE, projet=attrs.evolve(PROJET, soutiens=3))
    given(*ICI, soutiens, trois, assez).when(PROGRAMMER).then_accepted()


def test_une_seance_impossible_dit_pourquoi():
    heure = de("02:30", "03:30", Date(2026, 3, 29))
    with pytest.raises(DemandeInvalide, match="n'existe pas dans ce fuseau"):
        given(*ICI, PROPOSEE).when(attrs.evolve(PROGRAMMER, debut=heure.debut, fin=heure.fin)).then_accepted()
    with pytest.raises(DemandeInvalide, match="doit venir après le début"):
        given(*ICI, PROPOSEE).when(attrs.evolve(PROGRAMMER, fin=LE_SOIR.debut)).then_accepted()


# ── tenir, évaluer, annuler ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("par", [ANA, CAMILLE])
def test_une_activite_a_lieu_puis_s_evalue(par):
    tenue = given(*ICI, PROPOSEE, PROGRAMMEE).when(TENIR, par=par)
    tenue.then(TENUE)
    assert ligne(tenue, "activites").venues == VENUES
    given(*ICI, PROPOSEE, TENUE).when(TENIR, par=par).then_nothing()
    evaluee = given(*ICI, PROPOSEE, TENUE).when(EVALUER, par=par)
    evaluee.then(EVALUEE)
    assert (ligne(evaluee, "activites").venues, ligne(evaluee, "activites").bilan) == (VENUES, EVALUER.bilan)
    moins = (Venue(public=JEUNES, nombre=-1),)
    with pytest.raises(DemandeInvalide, match="zéro ou plus"):
        given(*ICI, PROGRAMMEE).when(attrs.evolve(TENIR, venues=moins)).then_accepted()


def test_portee_une_fois_programmee_elle_l_est_toujours():
    portee = vers(ActivitePortee, PROGRAMMEE, personne=BEN)
    assert vecu(*ICI, PROPOSEE, PROGRAMMEE, portee).registre("activites")[0].etat == "programmée"
    given(*ICI, PROPOSEE, PROGRAMMEE, portee).when(TENIR).then_accepted()


def test_annuler_rend_l_espace():
    programme = given(*ICI, PROPOSEE).when(PROGRAMMER)
    assert programme.lieu.executer(ANNULER, par=CAMILLE).verdict == "accord"
    assert [un.etat for un in programme.lieu.registre("reservations")] == ["annulée"]
    assert ligne(programme, "seances").etat == "annulée"
    assert programme.lieu.executer(ANNULER, par=CAMILLE).verdict == "sans_objet"
    assert programme.lieu.planning() == []


@pytest.mark.parametrize(("avant", "demande", "etape"), [
    ((PROPOSEE,), TENIR, "proposée"), ((PROPOSEE,), EVALUER, "proposée"),
    ((PROPOSEE, PROGRAMMEE), EVALUER, "programmée"),
    ((PROPOSEE, TENUE), PROGRAMMER, "tenue"), ((PROPOSEE, TENUE), ANNULER, "tenue"),
    ((PROPOSEE, ANNULEE), PROGRAMMER, "annulée"), ((PROPOSEE, EVALUEE), attrs.evolve(TENIR, presents=()), "évaluée"),
    ((PROPOSEE, ANNULEE), PorterActivite(activite=CAFE, personne=ANA), "annulée"),
    ((PROPOSEE, ANNULEE), InscrireParticipant(activite=CAFE, personne=ANA), "annulée"),
])  # fmt: skip
def test_une_activite_va_dans_l_ordre(avant, demande, etape):
    refuse = given(*ICI, *avant).when(demande)
    refuse.then_refused(PasACetteEtape(nom="Café réparation", etape=etape))
    assert f"Café réparation est {etape} : il est trop tôt, ou trop tard, pour cela." in dit(refuse)


def test_on_ne_soutient_plus_ce_qui_est_fini():
    soutenir = SoutenirActivite(activite=CAFE, personne=BEN)
    given(*ICI, PROPOSEE, ANNULEE).when(soutenir, par=BEN).then_refused(PasACetteEtape)


@pytest.mark.parametrize(("avant", "demande"), [(TENUE, EVALUER), (PROGRAMMEE, TENIR), (PROGRAMMEE, ANNULER)])
def test_qui_ne_la_porte_pas_n_en_decide_pas(avant, demande):
    refuse = given(*ICI, PROPOSEE, avant).when(demande, par=BEN)
    refuse.then_refused(PasPorteur(nom="Café réparation", porteurs=(ANA,)))


def programme(*demandes: object, aussi: tuple[Date, ...] = (), par: str = CAMILLE) -> When:
    """The café, programmed for real on Tuesday evening (and other days): its bookings stand; then, these."""
    lance = given(*ICI, PROPOSEE).when(attrs.evolve(PROGRAMMER, aussi=aussi), par=par)
    lance.then_accepted()
    for une in demandes:
        assert lance.lieu.executer(une, par=CAMILLE).verdict == "accord"
    return lance


def etats(quand: When) -> list[str]:
    return [un.etat for un in quand.lieu.registre("seances")]


# ── une séance à la fois ────────────────────────────────────────────────────────────────────────────────────────────

CE_SOIR = "le mardi 24 novembre 2026 de 18 h à 20 h"
TENIR_LE_SOIR = TenirSeance(activite=CAFE, debut=LE_SOIR.debut, presents=(ANA,), venues=VENUES)
ANNULER_LE_SOIR = AnnulerSeance(activite=CAFE, debut=LE_SOIR.debut, motif="grippe")


def test_plusieurs_jours_se_programment_d_un_coup():
    lance = programme(aussi=(SAMEDI, MARDI, SAMEDI))
    assert [s.periode for s in lance.lieu.registre("seances")] == [LE_SOIR, de("18:00", "20:00", SAMEDI)]
    assert etats(lance) == ["réservée", "réservée"]
    assert [un.etat for un in lance.lieu.registre("reservations")] == ["acceptée", "acceptée"]
    encore = attrs.evolve(PROGRAMMER, aussi=(SAMEDI, Date(2026, 12, 1)))
    assert len(lance.lieu.executer(encore, par=CAMILLE).evenements) == 1
    nuit = de("02:30", "03:30", Date(2026, 3, 27))
    absente = attrs.evolve(PROGRAMMER, debut=nuit.debut, fin=nuit.fin, aussi=(Date(2026, 3, 29),))
    with pytest.raises(DemandeInvalide, match="aussi : le dimanche 29 mars 2026 à 2 h 30 n'existe pas"):
        lance.lieu.executer(absente, par=CAMILLE)


def test_chaque_date_se_juge():
    pas_samedi = regle(
        "samedi", "fenetre", Portee(actions=("programmer",), jours=(6,)), du=Date(2020, 1, 1), au=Date(2020, 1, 2)
    )
    refuse = given(*ICI, pas_samedi, PROPOSEE).when(attrs.evolve(PROGRAMMER, aussi=(SAMEDI,)))
    assert refuse.reponse.verdict == "refus"
    given(*ICI, pas_samedi, PROPOSEE).when(PROGRAMMER).then_accepted()


def test_une_seance_a_lieu_et_l_activite_continue():
    lance = programme(aussi=(SAMEDI,))
    lieu, le = lance.lieu, midi(SAMEDI)
    tenue = lieu.executer(TENIR_LE_SOIR, par=CAMILLE, maintenant=le)
    (fait,) = tenue.evenements
    assert isinstance(fait, SeanceTenue)
    assert (
        lieu.speaker().phrase(fait) == f"Café réparation a eu lieu {CE_SOIR} ; sont venus : Jeunes 7 ; y étaient : ana"
    )
    assert etats(lance) == ["tenue", "réservée"]
    assert lieu.registre("seances")[0].venues == VENUES
    assert lieu.registre("activites")[0].etat == "programmée"
    assert lieu.executer(TENIR_LE_SOIR, par=CAMILLE, maintenant=le).verdict == "sans_objet"
    autrement = lieu.executer(attrs.evolve(TENIR_LE_SOIR, presents=()), par=CAMILLE, maintenant=le)
    assert autrement.explication[0] == f"Cette séance de Café réparation, {CE_SOIR}, est déjà tenue."
    annulee = lieu.executer(ANNULER_LE_SOIR, par=CAMILLE, maintenant=le)
    assert annulee.verdict == "refus"
    with pytest.raises(DemandeInvalide, match="zéro ou plus"):
        lieu.executer(attrs.evolve(TENIR_LE_SOIR, venues=(Venue(public=JEUNES, nombre=-1),)), par=CAMILLE)


def test_rien_n_est_tenu_d_avance():
    lance = programme()
    for demande in (TENIR_LE_SOIR, TENIR):
        refuse = lance.lieu.executer(demande, par=CAMILLE)
        assert refuse.explication[0] == f"Café réparation est encore à venir : {CE_SOIR}."
    autre = DeplacerReservation(reservation=SEANCE.reservation, debut=a("18:00", SAMEDI), fin=a("20:00", SAMEDI))
    assert lance.lieu.executer(autre, par=CAMILLE).verdict == "accord"
    trop_tot = lance.lieu.executer(TENIR_LE_SOIR, par=CAMILLE, maintenant=midi(SAMEDI))
    assert "le samedi 28 novembre 2026 de 18 h à 20 h" in trop_tot.explication[0], "elle suit sa réservation"


def test_annuler_une_seance_rend_son_espace_et_lui_seul():
    lance = programme(ANNULER_LE_SOIR, aussi=(SAMEDI,))
    assert etats(lance) == ["annulée", "réservée"]
    assert [un.etat for un in lance.lieu.registre("reservations")] == ["annulée", "acceptée"]
    assert lance.lieu.executer(ANNULER_LE_SOIR, par=CAMILLE).verdict == "sans_objet"
    assert lance.lieu.executer(PROGRAMMER, par=CAMILLE).verdict == "accord", "elle peut se programmer de nouveau"
    assert etats(lance) == ["annulée", "réservée", "réservée"]
    assert lance.lieu.executer(ANNULER, par=CAMILLE).verdict == "accord"
    assert etats(lance) == ["annulée"] * 3
    assert {un.etat for un in lance.lieu.registre("reservations")} == {"annulée"}
    assert lance.lieu.handler.unfinished == {}


def test_une_seance_sans_espace_s_annule_sans_rien_rendre():
    sans = given(*ICI, PROPOSEE, PROGRAMMEE).when(ANNULER_LE_SOIR)
    (fait,) = sans.then_accepted().evenements
    assert isinstance(fait, SeanceAnnulee)
    assert sans.lieu.speaker().phrase(fait) == f"Café réparation n'aura pas lieu {CE_SOIR} : grippe"
    assert etats(sans) == ["annulée"]


def test_ce_qui_fut_refuse_se_redemande_et_ne_bloque_rien():
    pris = given(*ICI, PROPOSEE).when(ReserverEspace(espace=VERTE, personne=BEN, debut=LE_SOIR.debut, fin=LE_SOIR.fin))
    pris.then_accepted()
    pris.lieu.executer(PROGRAMMER, par=CAMILLE)
    (reservation,) = pris.lieu.registre("reservations")
    pris.lieu.executer(AnnulerReservation(reservation=reservation.reservation, motif="pas venu"), par=CAMILLE)
    assert pris.lieu.executer(PROGRAMMER, par=CAMILLE).verdict == "accord"
    assert etats(pris) == ["sans espace", "réservée"]
    assert pris.lieu.executer(ANNULER, par=CAMILLE).verdict == "accord"
    assert pris.lieu.handler.unfinished == {}, "une réservation refusée n'a rien à rendre"


@pytest.mark.parametrize("demande", [TENIR_LE_SOIR, ANNULER_LE_SOIR])
def test_une_seance_se_nomme_par_son_heure_et_se_dit_par_qui_la_porte(demande):
    ailleurs = attrs.evolve(demande, debut=LE_SOIR.fin)
    refuse = given(*ICI, PROPOSEE, PROGRAMMEE).when(ailleurs)
    refuse.then_refused(SeanceInconnue(nom="Café réparation", seances=(LE_SOIR,)))
    assert dit(refuse).startswith(f"Café réparation n'a pas de séance à cette heure ; les siennes : {CE_SOIR}.")
    given(*ICI, PROPOSEE).when(demande).then_refused(SeanceInconnue(nom="Café réparation", seances=()))
    given(*ICI, PROPOSEE, PROGRAMMEE).when(demande, par=BEN).then_refused(PasPorteur)
    given(*ICI, PROPOSEE, TENUE).when(demande).then_refused(PasACetteEtape)


def test_une_seance_dite_par_erreur_se_corrige():
    corriger = CorrigerSeance(activite=CAFE, debut=LE_SOIR.debut, motif="ce n'est pas celle-là")
    lance = programme(ANNULER_LE_SOIR, corriger)
    assert etats(lance) == ["sans espace"], "son espace fut rendu : il est à redemander"
    assert lance.lieu.executer(PROGRAMMER, par=CAMILLE).verdict == "accord"
    given(*ICI, PROPOSEE).when(corriger).then_refused(RienACorriger)
    given(*ICI, PROPOSEE, PROGRAMMEE).when(corriger).then_refused(RienACorriger)


def test_une_seance_qui_perd_sa_place_ou_sa_reponse_n_a_plus_d_espace():
    evincee = programme()
    ferme = FermerEspace(espace=VERTE, du=MARDI, au=MARDI, motif="fuite")
    assert evincee.lieu.executer(ferme, par=CAMILLE).verdict == "accord"
    assert etats(evincee) == ["sans espace"]
    valider = regle("bureau", "validation", Portee(actions=("reserver",)), par="bureau", delai_heures=2)
    attend = given(*ICI, PROPOSEE, valider).when(PROGRAMMER)
    assert etats(attend) == ["en attente"]
    attend.lieu.horloge = lambda: midi(SAMEDI)
    assert etats(attend) == ["sans espace"]


def test_une_seance_deplacee_sans_reponse_revient_a_ses_heures():
    lance = programme()
    record(lance.lieu, [regle("bureau", "validation", Portee(actions=("reserver",)), par="bureau", delai_heures=2)])
    deplacer = DeplacerReservation(reservation=SEANCE.reservation, debut=a("18:00", SAMEDI), fin=a("20:00", SAMEDI))
    assert lance.lieu.executer(deplacer, par=CAMILLE).verdict == "a_valider"
    (une,) = lance.lieu.registre("seances")
    assert (une.etat, une.periode) == ("en attente", de("18:00", "20:00", SAMEDI))
    lance.lieu.horloge = lambda: midi(MARDI)
    (une,) = lance.lieu.registre("seances")
    assert (une.etat, une.periode) == ("réservée", LE_SOIR)


def test_une_seance_deprogrammee_par_correction_quitte_le_programme():
    lance = programme()
    le = midi(SAMEDI)
    assert lance.lieu.executer(TENIR_LE_SOIR, par=CAMILLE, maintenant=le).verdict == "accord"
    corriger = CorrigerActivite(activite=CAFE, motif="pas celle-là")
    assert lance.lieu.executer(corriger, par=CAMILLE, maintenant=le).verdict == "accord"
    assert etats(lance) == []


def test_qui_la_soutenait_la_soutient_encore_quand_on_la_propose_a_nouveau():
    soutenue = vers(ActiviteSoutenue, PROPOSEE, projet=attrs.evolve(PROJET, soutiens=1), personne=BEN)
    finie = vers(ActiviteAnnulee, soutenue, seances=(), motif="x")
    reprise = given(*ICI, PROPOSEE, soutenue, finie).when(PROPOSER)
    reprise.then(attrs.evolve(PROPOSEE, projet=attrs.evolve(PROJET, soutiens=1)))


# ── répondre aux besoins ────────────────────────────────────────────────────────────────────────────────────────────


def test_ce_qui_a_eu_lieu_repond_aux_besoins_pour_lesquels_on_le_proposa():
    besoin = BesoinId("reparer")
    exprime = BesoinExprime(
        besoin=besoin, nom="Réparer plutôt que jeter", origine="public", publics=(), personne=None, detail=None
    )
    pour = attrs.evolve(PROGRAMMEE, projet=attrs.evolve(PROJET, besoins=(besoin,)))
    tenue = given(*ICI, exprime, PROPOSEE, pour).when(TENIR, par=ANA)
    (suite,) = tenue.then_accepted().suites
    assert suite.verdict == "accord"
    assert ligne(tenue, "besoins").etat == "répondu"
    (repondu,) = suite.evenements
    phrase = tenue.lieu.speaker().phrase(repondu)
    assert phrase == "Réponse au besoin « Réparer plutôt que jeter » : l'activité Café réparation"


# ── corriger ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_une_seance_programmee_par_erreur_rend_son_espace():
    programme = given(*ICI, PROPOSEE).when(PROGRAMMER)
    assert (
        programme.lieu.executer(CorrigerActivite(activite=CAFE, motif="mauvais jour"), par=CAMILLE).verdict == "accord"
    )
    assert [un.etat for un in programme.lieu.registre("reservations")] == ["annulée"]
    assert ligne(programme, "activites").etat == "proposée"


@pytest.mark.parametrize("demande", [
    PorterActivite(activite=CAFE, personne=ANA), PROGRAMMER, TENIR, EVALUER, ANNULER,
    InscrireParticipant(activite=CAFE, personne=ANA), DesinscrireParticipant(activite=CAFE, personne=ANA),
])  # fmt: skip
def test_rien_ne_se_dit_d_une_activite_proposee_par_erreur(demande):
    corrige = given(*ICI, PROPOSEE).when(CorrigerActivite(activite=CAFE, motif="un essai"))
    refuse = corrige.lieu.executer(demande, par=CAMILLE)
    assert refuse.explication[0].startswith("L'activité « cafe » fut enregistrée par erreur"), refuse


# ── qui vient ───────────────────────────────────────────────────────────────────────────────────────────────────────


def vient(qui: PersonneId) -> ParticipantInscrit:
    return ParticipantInscrit(activite=CAFE, nom="Café réparation", personne=qui)


ZOE_ATTEND = ParticipantEnAttente(activite=CAFE, nom="Café réparation", personne=ZOE)
ANA_PART = ParticipantParti(activite=CAFE, nom="Café réparation", personne=ANA)


def test_on_vient_tant_qu_il_y_a_des_places_puis_on_attend():
    given(*ICI, PROPOSEE, vient(ANA)).when(InscrireParticipant(activite=CAFE, personne=BEN), par=BEN).then(vient(BEN))
    plein = given(*ICI, PROPOSEE, vient(ANA), vient(BEN))
    attend = plein.when(InscrireParticipant(activite=CAFE, personne=ZOE), par=ZOE)
    attend.then(ZOE_ATTEND)
    assert [(r.personne, r.etat) for r in attend.lieu.registre("participants")] == [
        (ANA, "vient"), (BEN, "vient"), (ZOE, "attend une place"),
    ]  # fmt: skip
    plein.when(InscrireParticipant(activite=CAFE, personne=BEN), par=BEN).then_nothing()
    sans_limite = attrs.evolve(PROPOSEE, projet=attrs.evolve(PROJET, places=None))
    given(*ICI, sans_limite, vient(ANA), vient(BEN)).when(
        InscrireParticipant(activite=CAFE, personne=ZOE), par=ZOE
    ).then(vient(ZOE))


def test_la_place_de_qui_part_va_a_qui_attend():
    plein = given(*ICI, PROPOSEE, vient(ANA), vient(BEN), ZOE_ATTEND)
    part = plein.when(DesinscrireParticipant(activite=CAFE, personne=ANA), par=ANA)
    part.then(ANA_PART, vient(ZOE))
    assert [(r.personne, r.etat) for r in part.lieu.registre("participants")] == [(BEN, "vient"), (ZOE, "vient")]
    plein.when(DesinscrireParticipant(activite=CAFE, personne=ZOE), par=ZOE).then(attrs.evolve(ANA_PART, personne=ZOE))
    given(*ICI, PROPOSEE, vient(ANA)).when(DesinscrireParticipant(activite=CAFE, personne=ANA)).then(ANA_PART)
    given(*ICI, PROPOSEE).when(DesinscrireParticipant(activite=CAFE, personne=ANA)).then_nothing()
    revient = given(*ICI, PROPOSEE, vient(ANA), ANA_PART).when(InscrireParticipant(activite=CAFE, personne=ANA))
    revient.then(vient(ANA))
    (trace, *_) = revient.lieu.audit(f"activite:{CAFE}")
    assert trace.phrases == ("ana vient : Café réparation.",)


def test_le_lieu_peut_reserver_ses_activites_aux_adherents():
    adherents = regle("adherents", "adhesion_a_jour", Portee(actions=("participer",)))
    refuse = given(*ICI, adherents, PROPOSEE).when(InscrireParticipant(activite=CAFE, personne=BEN), par=BEN)
    assert refuse.reponse.verdict == "refus"


# ── ce qui est à faire ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("faits", "dite"), [
    ((PROPOSEE,), "Café réparation, proposée par ana : à programmer, ou à annuler"),
    ((PROPOSEE, TENUE), "Café réparation : son bilan est à faire, avec ana"),
])  # fmt: skip
def test_une_activite_ne_s_oublie_pas(faits, dite):
    lieu = vecu(*ICI, *faits)
    assert dite in [un.phrase for un in lieu.a_faire(lieu.horloge().add(hours=24 * 40))]


@pytest.mark.parametrize("fin", [EVALUEE, ANNULEE])
def test_ce_qui_est_fini_ne_revient_pas(fin):
    lieu = vecu(*ICI, PROPOSEE, fin)
    assert lieu.a_faire(lieu.horloge().add(hours=24 * 40)) == []


def test_d_une_seance_reservee_on_demande_ensuite_qui_est_venu():
    lieu = programme().lieu
    dites = [un.phrase for un in lieu.a_faire(lieu.horloge().add(hours=24 * 40))]
    assert dites == [f"Café réparation, {CE_SOIR} : a-t-elle eu lieu, qui est venu ?"]
    assert lieu.executer(TENIR, par=CAMILLE, maintenant=midi(SAMEDI)).verdict == "accord"
    assert [un.titre for un in lieu.a_faire(lieu.horloge().add(hours=24 * 40))] == ["Programmation"]


def test_une_seance_passee_sans_espace_ne_revient_pas():
    lieu = vecu(*ICI, PROPOSEE, PROGRAMMEE)
    lieu.horloge = lambda: midi(SAMEDI)
    dites = [un.phrase for un in lieu.a_faire()]
    assert dites == [f"Café réparation, {CE_SOIR} : a-t-elle eu lieu, qui est venu ?"]
    assert lieu.aujourdhui > MARDI
