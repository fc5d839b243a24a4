"""Habilitations, formations, sessions, accompagnements: sentences that a volunteer of the place would sign."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import (
    ANA,
    ANA_SAIT_SCIER,
    BEN,
    LA_SALLE,
    LUNDI,
    MARDI,
    SAMEDI,
    VENDREDI,
    VERTE,
    de,
    dit,
    ligne,
    midi,
    regle,
    vecu,
)
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.moyens.materiel import ModeleDecrit
from tierslieu_core.domaines.personnes.formations import (
    AccompagnementAcheve,
    AccompagnementClos,
    AccompagnementDejaOuvert,
    AccompagnementOuvert,
    AccorderHabilitation,
    AnnulerSession,
    ButFixe,
    ButInconnu,
    CloreAccompagnement,
    CorrigerAccompagnement,
    CorrigerFormation,
    CorrigerHabilitation,
    CorrigerSession,
    FixerBut,
    FormationAbsente,
    FormationProposee,
    FormationRetiree,
    FormeLaSession,
    HabilitationAbsente,
    HabilitationAccordee,
    HabilitationPratiquee,
    HabilitationRetiree,
    InscriptionPrise,
    NoterPratique,
    OuvrirAccompagnement,
    PasAccompagnant,
    PasFormateur,
    PasInscrites,
    PlaceAttendue,
    PlaceRendue,
    PlacesPrises,
    PrendreInscription,
    ProgrammerSession,
    ProposerFormation,
    RencontreTenue,
    RendrePlace,
    RetirerFormation,
    RetirerHabilitation,
    ReviserSession,
    SessionAnnulee,
    SessionDejaProgrammee,
    SessionPasACetteEtape,
    SessionProgrammee,
    SessionRevue,
    SessionTenue,
    TenirRencontre,
    TenirSession,
    Tenue,
)
from tierslieu_core.domaines.usages.prets import PreterObjet, PreterQuantite
from tierslieu_core.domaines.usages.reservations import ReservationAcceptee, SignalerPresence
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import (
    AccompagnementId,
    FormationId,
    ModeleId,
    ObjetId,
    PersonneId,
    ReservationId,
    SessionId,
)
from tierslieu_core.vocabulaire.parties import Parties
from tierslieu_core.vocabulaire.vie import vers

ACCORDER = AccorderHabilitation(personne=ANA, habilitation="scie", du=LUNDI)
RETIRER = RetirerHabilitation(personne=ANA, habilitation="scie", motif="lunettes oubliées")
SCIE = Tenue(habilitation="scie", du=LUNDI, jusqu_au=None)
RETIREE = HabilitationRetiree(
    personne=ANA, habilitation="scie", motif="lunettes oubliées", tenues=(attrs.evolve(SCIE, jusqu_au=LUNDI),)
)


def test_on_accorde_une_habilitation_et_l_accorder_a_nouveau_ne_change_rien():
    given().when(ACCORDER).then(ANA_SAIT_SCIER)
    given(ANA_SAIT_SCIER).when(ACCORDER).then_nothing()


def test_prolonger_une_habilitation_remplace_la_precedente_et_garde_les_autres():
    tour = Tenue(habilitation="tour", du=LUNDI, jusqu_au=None)
    jusqu_a_samedi = Tenue(habilitation="scie", du=LUNDI, jusqu_au=SAMEDI)
    given(attrs.evolve(ANA_SAIT_SCIER, tenues=(SCIE, tour))).when(attrs.evolve(ACCORDER, jusqu_au=SAMEDI)).then(
        HabilitationAccordee(
            personne=ANA, habilitation="scie", du=LUNDI, jusqu_au=SAMEDI, tenues=(tour, jusqu_a_samedi)
        )
    )


def test_une_habilitation_ne_finit_pas_avant_de_commencer():
    with pytest.raises(DemandeInvalide, match="doit venir après"):
        given().when(attrs.evolve(ACCORDER, jusqu_au=VENDREDI))


def test_une_habilitation_retiree_a_valu_jusqu_a_la_veille():
    given(ANA_SAIT_SCIER).when(RETIRER, maintenant=midi(MARDI)).then(RETIREE)
    habilites = regle("r", "habilitation", requise="scie")
    preter = PreterObjet(objet=ObjetId("scie"), personne=ANA, retour=SAMEDI)
    faits = (habilites, ANA_SAIT_SCIER, RETIREE)
    given(*faits).when(preter, maintenant=midi(MARDI)).then_refused(clause="r")
    given(*faits).when(preter, maintenant=midi(MARDI), survenu_le=midi(LUNDI)).then_accepted()


def test_une_habilitation_retiree_le_jour_ou_elle_commence_n_a_jamais_valu():
    given(ANA_SAIT_SCIER).when(RETIRER).then(attrs.evolve(RETIREE, tenues=()))


def test_on_ne_retire_que_ce_qui_est_tenu():
    for faits in ((), (ANA_SAIT_SCIER, RETIREE)):
        quand = given(*faits).when(RETIRER, maintenant=midi(MARDI))
        quand.then_refused(HabilitationAbsente(personne=ANA, habilitation="scie"))
        assert "registre des habilitations" in dit(quand)


def test_on_ne_s_habilite_pas_soi_meme():
    given().when(attrs.evolve(ACCORDER, personne=BEN), par=BEN).then_refused(MandatManquant)


def test_le_registre_dit_si_une_habilitation_vaut_au_jour_ou_on_le_lit():
    quand = given().when(attrs.evolve(ACCORDER, du=MARDI, jusqu_au=SAMEDI))
    jours = (LUNDI, MARDI, SAMEDI, Date(2026, 11, 29))
    assert [ligne(quand, "habilitations", le).valide for le in jours] == [False, True, True, False]
    assert ligne(quand, "habilitations").par == "camille"


def test_une_habilitation_retiree_quitte_le_registre():
    quand = given(ANA_SAIT_SCIER).when(RETIRER, maintenant=midi(MARDI))
    assert quand.lieu.registre("habilitations", au=MARDI) == []
    assert ligne(quand, "habilitations", LUNDI).habilitation == "scie"


def test_le_registre_se_lit_meme_au_jour_ou_un_retrait_precede_l_accord():
    quand = given(attrs.evolve(ANA_SAIT_SCIER, du=VENDREDI)).when(RETIRER, survenu_le=midi(VENDREDI))
    assert quand.lieu.registre("habilitations", au=VENDREDI) == []


def test_une_habilitation_retiree_par_erreur_est_rendue_par_sa_correction():
    quand = given(ANA_SAIT_SCIER).when(RetirerHabilitation(personne=ANA, habilitation="scie", motif="oubli"))
    lieu = quand.lieu
    quand.then_accepted()
    assert lieu.registre("habilitations") == []
    corriger = CorrigerHabilitation(personne=ANA, motif="une autre personne")
    (fait,) = lieu.executer(corriger, par=CAMILLE).evenements
    assert fait.nature == "formations.HabilitationRetiree"
    assert [r.habilitation for r in lieu.registre("habilitations")] == ["scie"]


# ── une habilitation que l'on n'exerce pas s'éteint ─────────────────────────────────────────────────────────────────

TRENTE = Tenue(habilitation="scie", du=LUNDI, jusqu_au=None, pratique_jours=30)
A_EXERCER = HabilitationAccordee(
    personne=ANA, habilitation="scie", du=LUNDI, jusqu_au=None, pratique_jours=30, tenues=(TRENTE,)
)
FIN, APRES = Date(2026, 12, 23), Date(2026, 12, 24)
EXERCEE = HabilitationPratiquee(
    personne=ANA, habilitation="scie", le=MARDI, tenues=(attrs.evolve(TRENTE, pratiquee=MARDI),)
)
NOTER = NoterPratique(personne=ANA, habilitation="scie")


def test_une_habilitation_s_eteint_faute_de_pratique():
    quand = given().when(attrs.evolve(ACCORDER, pratique_jours=30))
    quand.then(A_EXERCER)
    assert [ligne(quand, "habilitations", le).valide for le in (FIN, APRES)] == [True, False]
    assert ligne(quand, "habilitations").s_eteint == FIN


def test_une_regle_voit_qu_une_habilitation_s_est_eteinte():
    faits = regle("r", "habilitation", requise="scie"), A_EXERCER
    preter = PreterObjet(objet=ObjetId("scie"), personne=ANA, retour=APRES)
    given(*faits).when(preter, maintenant=midi(FIN)).then_accepted()
    given(*faits).when(preter, maintenant=midi(APRES)).then_refused(clause="r")


def test_pratiquer_garde_une_habilitation_une_fois_par_jour():
    quand = given(A_EXERCER).when(NOTER, maintenant=midi(MARDI))
    quand.then(EXERCEE)
    assert [ligne(quand, "habilitations", le).valide for le in (APRES, Date(2026, 12, 25))] == [True, False]
    given(A_EXERCER, EXERCEE).when(NOTER, maintenant=midi(MARDI)).then_nothing()
    given(ANA_SAIT_SCIER).when(NOTER, maintenant=midi(MARDI)).then_nothing()


def test_on_ne_pratique_pas_ce_qui_s_est_eteint():
    given(A_EXERCER).when(NOTER, maintenant=midi(APRES)).then_refused(HabilitationAbsente)


def test_prolonger_une_habilitation_n_oublie_pas_la_pratique():
    quand = given(A_EXERCER, EXERCEE).when(attrs.evolve(ACCORDER, pratique_jours=30, jusqu_au=SAMEDI))
    prolongee = attrs.evolve(TRENTE, jusqu_au=SAMEDI, pratiquee=MARDI)
    quand.then(attrs.evolve(A_EXERCER, jusqu_au=SAMEDI, tenues=(prolongee,)))
    assert ligne(quand, "habilitations").pratiquee == MARDI


def test_une_pratique_notee_avant_l_accord_ne_trouble_pas_le_registre():
    assert vecu(EXERCEE).registre("habilitations") == []


def test_emprunter_ce_que_demande_une_habilitation_c_est_la_pratiquer():
    preter = PreterObjet(objet=ObjetId("scie"), personne=ANA, retour=SAMEDI)
    par_regle = given(regle("r", "habilitation", Portee(objets=(ObjetId("scie"),)), requise="scie"), A_EXERCER)
    assert EXERCEE in par_regle.when(preter, maintenant=midi(MARDI)).reponse.evenements
    sans_s_eteindre = given(regle("r", "habilitation", requise="scie"), ANA_SAIT_SCIER)
    assert len(sans_s_eteindre.when(preter, maintenant=midi(MARDI)).reponse.evenements) == 1
    ailleurs = given(regle("r", "habilitation", Portee(objets=(ObjetId("tour"),)), requise="scie"), A_EXERCER)
    assert EXERCEE not in ailleurs.when(preter, maintenant=midi(MARDI)).reponse.evenements


def test_prendre_un_modele_qui_demande_une_habilitation_c_est_la_pratiquer():
    scies = ModeleDecrit(
        modele=ModeleId("scies"), nom="Scies", categorie="outil", description="", habilitation="scie",
        parties=Parties(), consommables=Parties(), quantite=3,
    )  # fmt: skip
    preter = PreterQuantite(modele=ModeleId("scies"), personne=ANA, quantite=1, retour=SAMEDI)
    assert EXERCEE in given(scies, A_EXERCER).when(preter, maintenant=midi(MARDI)).reponse.evenements


def test_etre_la_ou_une_regle_demande_une_habilitation_c_est_la_pratiquer():
    acceptee = ReservationAcceptee(
        reservation=ReservationId("r-1"), espace=VERTE, personne=ANA, periode=de("10:00", "12:00"), categorie="atelier",
        participants=None, sujet=None,
    )  # fmt: skip
    atelier = regle("r", "habilitation", Portee(categories=("atelier",)), requise="scie")
    venir, onze_heures = SignalerPresence(reservation=ReservationId("r-1")), midi(MARDI).subtract(hours=1)
    vient = given(LA_SALLE, atelier, A_EXERCER, acceptee).when(venir, maintenant=onze_heures)
    assert EXERCEE in vient.reponse.evenements
    sans_regle = given(LA_SALLE, A_EXERCER, acceptee).when(venir, maintenant=onze_heures)
    assert len(sans_regle.then_accepted().evenements) == 1


def test_ce_qui_finit_se_dit_un_mois_avant_et_plus_ensuite():
    lieu = vecu(attrs.evolve(A_EXERCER, jusqu_au=FIN, tenues=()))
    dits = [une.phrase for une in lieu.a_faire(midi(MARDI))]
    assert sorted(dits) == [
        "L'habilitation « scie » d'ana s'éteint après le mercredi 23 décembre 2026, faute de pratique",
        "L'habilitation « scie » d'ana va jusqu'au mercredi 23 décembre 2026 ; à renouveler s'il y a lieu",
    ]
    finies = attrs.evolve(A_EXERCER, du=Date(2026, 9, 1)), attrs.evolve(ANA_SAIT_SCIER, jusqu_au=VENDREDI)
    assert [vecu(finie).a_faire() for finie in finies] == [[], []]
    (seule,) = vecu(attrs.evolve(ANA_SAIT_SCIER, jusqu_au=SAMEDI)).a_faire()
    assert "va jusqu'au samedi 28 novembre 2026" in seule.phrase


# ── formations ──────────────────────────────────────────────────────────────────────────────────────────────────────

BOIS, BOIS_1 = FormationId("bois"), SessionId("bois-1")
PROPOSER = ProposerFormation(
    formation=BOIS, nom="La scie sans danger", enseigne="régler, couper, ranger", habilitation="scie",
    validite_mois=12, pratique_jours=30,
)  # fmt: skip
PROPOSEE = vers(FormationProposee, PROPOSER)
RETIREE_BOIS = vers(FormationRetiree, PROPOSEE, motif="plus de scie")


def test_une_formation_se_propose_se_redit_et_se_retire():
    given().when(PROPOSER).then(PROPOSEE)
    given(PROPOSEE).when(PROPOSER).then_nothing()
    given(PROPOSEE).when(attrs.evolve(PROPOSER, validite_mois=24)).then(attrs.evolve(PROPOSEE, validite_mois=24))
    retirer = RetirerFormation(formation=BOIS, motif="plus de scie")
    quand = given(PROPOSEE).when(retirer)
    quand.then(RETIREE_BOIS)
    assert ligne(quand, "formations").etat == "retirée"
    given(PROPOSEE, RETIREE_BOIS).when(retirer).then_nothing()


def test_une_duree_ne_vaut_que_pour_une_habilitation():
    for champ in ({"validite_mois": 1}, {"validite_jours": 1}, {"pratique_jours": 1}):
        with pytest.raises(DemandeInvalide, match="l'habilitation donnée"):
            given().when(ProposerFormation(formation=BOIS, nom="Accueil", **champ))
    with pytest.raises(DemandeInvalide, match="au moins"):
        given().when(attrs.evolve(PROPOSER, pratique_jours=0))


def test_rien_ne_se_dit_d_une_formation_proposee_par_erreur():
    quand = given(PROPOSEE).when(CorrigerFormation(formation=BOIS, motif="un essai"))
    quand.then_accepted()
    refuse = quand.lieu.executer(RetirerFormation(formation=BOIS, motif="x"), par=CAMILLE)
    assert refuse.explication[0] == "Le lieu ne propose pas, ou plus, cette formation : bois."


# ── sessions ────────────────────────────────────────────────────────────────────────────────────────────────────────

CLEO, DAN = PersonneId("cleo"), PersonneId("dan")
SOIR = de("18:00", "20:00", SAMEDI)
PROGRAMMER = ProgrammerSession(
    session=BOIS_1, formation=BOIS, debut=SOIR.debut, fin=SOIR.fin, places=1, formateur=CLEO, espace=VERTE
)
PROGRAMMEE = SessionProgrammee(
    session=BOIS_1, formation=BOIS, periode=SOIR, places=1, formateur=CLEO, espace=VERTE, inscrits=(), attente=()
)
ANA_VIENT = vers(InscriptionPrise, PROGRAMMEE, personne=ANA, inscrits=(ANA,))
BEN_ATTEND = vers(PlaceAttendue, ANA_VIENT, personne=BEN, attente=(BEN,))
TENUE = vers(
    SessionTenue, ANA_VIENT, presents=(ANA,), acquis=(ANA,), habilitation="scie", du=SAMEDI,
    jusqu_au=Date(2027, 11, 27), pratique_jours=30,
)  # fmt: skip
ANNULEE = vers(SessionAnnulee, ANA_VIENT, motif="formateur malade")
LENDEMAIN = midi(Date(2026, 11, 29))
LA = LA_SALLE, PROPOSEE, PROGRAMMEE
S_INSCRIRE = PrendreInscription(session=BOIS_1, personne=ANA)
TENIR = TenirSession(session=BOIS_1, presents=(ANA,), acquis=(ANA,))


def test_une_session_se_programme_tant_que_la_formation_est_proposee():
    given(LA_SALLE, PROPOSEE).when(PROGRAMMER).then(PROGRAMMEE)
    given(*LA, ANA_VIENT).when(PROGRAMMER).then_nothing()
    autre = given(*LA).when(attrs.evolve(PROGRAMMER, places=4))
    autre.then_refused(SessionDejaProgrammee(formation=BOIS, periode=SOIR))
    assert dit(autre).startswith("Une session porte déjà ce nom court : La scie sans danger, le samedi 28 novembre")
    given(LA_SALLE, PROPOSEE, RETIREE_BOIS).when(PROGRAMMER).then_refused(
        FormationAbsente(formation="La scie sans danger")
    )
    with pytest.raises(DemandeInvalide, match="au moins"):
        given(LA_SALLE, PROPOSEE).when(attrs.evolve(PROGRAMMER, places=0))


def test_on_s_inscrit_et_l_on_attend_quand_c_est_plein():
    given(*LA).when(S_INSCRIRE, par=ANA).then(ANA_VIENT)
    given(*LA, ANA_VIENT).when(S_INSCRIRE, par=ANA).then_nothing()
    given(*LA, ANA_VIENT).when(attrs.evolve(S_INSCRIRE, personne=BEN), par=BEN).then(BEN_ATTEND)
    given(*LA).when(S_INSCRIRE, par=BEN).then_refused(MandatManquant)


def test_une_place_rendue_va_a_qui_attend_depuis_le_plus_longtemps():
    dan = vers(PlaceAttendue, BEN_ATTEND, personne=DAN, attente=(BEN, DAN))
    rendre = RendrePlace(session=BOIS_1, personne=ANA)
    quand = given(*LA, ANA_VIENT, BEN_ATTEND, dan).when(rendre, par=ANA)
    quand.then(vers(PlaceRendue, dan, personne=ANA, inscrits=(BEN,), attente=(DAN,), appelees=(BEN,)))
    given(*LA).when(rendre).then_nothing()
    attend = given(*LA, ANA_VIENT, BEN_ATTEND).when(attrs.evolve(rendre, personne=BEN))
    attend.then(vers(PlaceRendue, ANA_VIENT, personne=BEN, appelees=()))


def test_ouvrir_des_places_sert_qui_attend():
    quand = given(*LA, ANA_VIENT, BEN_ATTEND).when(ReviserSession(session=BOIS_1, places=2))
    quand.then(vers(SessionRevue, BEN_ATTEND, places=2, inscrits=(ANA, BEN), attente=(), appelees=(BEN,)))


def test_une_session_change_d_heure_de_formateur_sans_perdre_personne():
    matin = de("9:00".zfill(5), "11:00", SAMEDI)
    quand = given(*LA, ANA_VIENT).when(
        ReviserSession(session=BOIS_1, debut=matin.debut, fin=matin.fin, formateur=DAN, espace=VERTE)
    )
    quand.then(vers(SessionRevue, ANA_VIENT, periode=matin, formateur=DAN, appelees=()))
    given(*LA).when(ReviserSession(session=BOIS_1)).then_nothing()
    given(*LA, ANA_VIENT, BEN_ATTEND, vers(SessionRevue, BEN_ATTEND, places=3, inscrits=(ANA, BEN, DAN), appelees=()))
    moins = given(*LA, vers(SessionRevue, PROGRAMMEE, places=2, inscrits=(ANA, BEN), appelees=())).when(
        ReviserSession(session=BOIS_1, places=1)
    )
    moins.then_refused(PlacesPrises(formation=BOIS, periode=SOIR, inscrits=2, places=1))
    given(*LA, ANA_VIENT).when(ReviserSession(session=BOIS_1, formateur=ANA)).then_refused(FormeLaSession)
    with pytest.raises(DemandeInvalide, match="ni l'un ni l'autre"):
        given(*LA).when(ReviserSession(session=BOIS_1, debut=matin.debut))


def test_on_ne_se_forme_pas_soi_meme():
    quand = given(*LA).when(attrs.evolve(S_INSCRIRE, personne=CLEO), par=CLEO)
    quand.then_refused(FormeLaSession(formation=BOIS, periode=SOIR, formateur=CLEO))
    assert "l'on ne se forme pas soi-même" in dit(quand)


def test_une_regle_juge_qui_s_inscrit():
    adherents = regle("adherents", "adhesion_a_jour", Portee(actions=("s_inscrire",)))
    given(*LA, adherents).when(S_INSCRIRE, par=ANA).then_refused(clause="adherents")
    avant = regle("avant", "habilitation", Portee(actions=("s_inscrire",), espaces=(VERTE,)), requise="tour")
    given(*LA, avant).when(S_INSCRIRE, par=ANA).then_refused(clause="avant")
    dehors = attrs.evolve(PROGRAMMEE, espace=None)
    given(LA_SALLE, PROPOSEE, dehors, avant).when(S_INSCRIRE, par=ANA).then_accepted()


def test_qui_a_acquis_ce_qui_est_enseigne_est_habilite():
    quand = given(*LA, ANA_VIENT).when(TENIR, par=CLEO, maintenant=LENDEMAIN)
    quand.then(TENUE)
    rang = ligne(quand, "habilitations")
    assert (rang.habilitation, rang.du, rang.jusqu_au, rang.pratique_jours) == (
        "scie", SAMEDI, Date(2027, 11, 27), 30,
    )  # fmt: skip
    (suivie,) = quand.lieu.registre("formations_suivies")
    assert (suivie.personne, suivie.le, suivie.acquis) == (ANA, SAMEDI, True)
    given(*LA, TENUE).when(TENIR, maintenant=LENDEMAIN).then_nothing()


def test_une_formation_peut_ne_rien_habiliter_et_finir_sans_terme():
    accueil = attrs.evolve(PROPOSEE, habilitation="", validite_mois=0, pratique_jours=None)
    quand = given(LA_SALLE, accueil, PROGRAMMEE, ANA_VIENT).when(TENIR, maintenant=LENDEMAIN)
    quand.then_accepted()
    assert quand.lieu.registre("habilitations") == []


def test_la_formation_corrigee_depuis_n_habilite_pas():
    quand = given(PROGRAMMEE, ANA_VIENT).when(TENIR, maintenant=LENDEMAIN)
    quand.then(attrs.evolve(TENUE, habilitation="", jusqu_au=None, pratique_jours=None))


def test_seul_qui_forme_dit_qui_etait_la_ou_la_conciergerie():
    autre = given(*LA, ANA_VIENT).when(TENIR, par=BEN, maintenant=LENDEMAIN)
    autre.then_refused(PasFormateur(formation=BOIS, periode=SOIR, formateur=CLEO))
    given(*LA, ANA_VIENT).when(TENIR, par=CAMILLE, maintenant=LENDEMAIN).then_accepted()


def test_on_ne_dit_presentes_que_des_personnes_inscrites():
    quand = given(*LA).when(TENIR, maintenant=LENDEMAIN)
    quand.then_refused(PasInscrites(formation=BOIS, periode=SOIR, personnes=(ANA,)))
    with pytest.raises(DemandeInvalide, match="seules des personnes présentes"):
        given(*LA).when(TenirSession(session=BOIS_1, acquis=(ANA,)))


@pytest.mark.parametrize(("faits", "demande", "quand", "etape"), [
    ((TENUE,), S_INSCRIRE, LENDEMAIN, "tenue"),
    ((ANNULEE,), S_INSCRIRE, None, "annulée"),
    ((), S_INSCRIRE, LENDEMAIN, "passée"),
    ((), RendrePlace(session=BOIS_1, personne=ANA), LENDEMAIN, "passée"),
    ((), ReviserSession(session=BOIS_1, places=3), LENDEMAIN, "passée"),
    ((), TENIR, None, "à venir"),
    ((), TENIR, SOIR.debut.dans("Europe/Paris").to_instant(), "en cours"),
    ((TENUE,), AnnulerSession(session=BOIS_1, motif="x"), LENDEMAIN, "tenue"),
])  # fmt: skip
def test_chaque_chose_en_son_temps(faits, demande, quand, etape):
    refuse = given(*LA, *faits).when(demande, **({} if quand is None else {"maintenant": quand}))
    refuse.then_refused(SessionPasACetteEtape)
    assert f"la session est {etape}, et ne peut pas" in dit(refuse)


def test_une_session_s_annule_et_ses_inscriptions_se_lisent_encore():
    annuler = AnnulerSession(session=BOIS_1, motif="formateur malade")
    quand = given(*LA, ANA_VIENT).when(annuler)
    quand.then(ANNULEE)
    assert (ligne(quand, "sessions").etat, ligne(quand, "sessions").inscrits) == ("annulée", (ANA,))
    given(*LA, ANNULEE).when(annuler).then_nothing()
    assert quand.lieu.planning(SAMEDI, SAMEDI) == []


def test_une_session_est_au_planning_puis_demande_qui_etait_la():
    lieu = vecu(*LA, ANA_VIENT)
    (prevue,) = lieu.planning(SAMEDI, SAMEDI)
    assert prevue.phrase == "La scie sans danger, par cleo (à venir)"
    (due,) = lieu.a_faire(LENDEMAIN)
    assert due.phrase.startswith("La scie sans danger, le samedi 28 novembre 2026 de 18 h à 20 h : cleo dit qui")
    assert vecu(*LA, TENUE).a_faire(LENDEMAIN) == []
    assert [ligne_.etat for jour in (SAMEDI, Date(2026, 11, 29)) for ligne_ in lieu.registre("sessions", au=jour)] == [
        "passée", "passée",
    ]  # fmt: skip


def test_rien_ne_se_dit_d_une_session_programmee_par_erreur():
    quand = given(*LA).when(CorrigerSession(session=BOIS_1, motif="un essai"))
    quand.then_accepted()
    for demande in (S_INSCRIRE, TENIR, ReviserSession(session=BOIS_1)):
        refuse = quand.lieu.executer(demande, par=CAMILLE)
        assert refuse.explication[0].startswith("La session « bois-1 » fut enregistrée par erreur"), demande
    given().when(CorrigerHabilitation(personne=ANA, motif="x")).then_refused(RienACorriger)


# ── accompagnement ──────────────────────────────────────────────────────────────────────────────────────────────────

CHEMIN = AccompagnementId("chemin")
OUVRIR = OuvrirAccompagnement(
    accompagnement=CHEMIN, personne=ANA, accompagnant=BEN, objet="ouvrir son atelier", prochaine=SAMEDI
)
OUVERT = vers(AccompagnementOuvert, OUVRIR, buts=0, atteints=())
BUT = vers(ButFixe, OUVERT, buts=1, but="écrire son projet")
DEUX = vers(ButFixe, BUT, buts=2, but="trouver un local")
VUS = vers(RencontreTenue, DEUX, compte_rendu="le projet est écrit", atteints=(1,), prochaine=None)
CLOS = vers(AccompagnementClos, VUS, bilan="elle a son local")
RENCONTRER = TenirRencontre(accompagnement=CHEMIN, personne=ANA, compte_rendu="le projet est écrit", atteints=(1,))


def test_un_accompagnement_s_ouvre_avec_quelqu_un():
    given().when(OUVRIR).then(OUVERT)
    given(OUVERT).when(OUVRIR).then_nothing()
    given(OUVERT).when(attrs.evolve(OUVRIR, personne=CLEO)).then_refused(
        AccompagnementDejaOuvert(personne=ANA, accompagnant=BEN)
    )
    with pytest.raises(DemandeInvalide, match="quelqu'un d'autre"):
        given().when(attrs.evolve(OUVRIR, accompagnant=ANA))


def test_un_accompagnement_a_des_buts_que_l_on_atteint():
    given(OUVERT).when(FixerBut(accompagnement=CHEMIN, personne=ANA, but="écrire son projet"), par=ANA).then(BUT)
    quand = given(OUVERT, BUT, DEUX).when(RENCONTRER, par=BEN)
    quand.then(VUS)
    assert [(b.numero, b.atteint is not None) for b in quand.lieu.registre("buts")] == [(1, True), (2, False)]
    rang = ligne(quand, "accompagnements")
    assert (rang.rencontres, rang.buts, rang.atteints, rang.prochaine) == (1, 2, 1, None)
    given(OUVERT, BUT, DEUX, VUS).when(attrs.evolve(RENCONTRER, atteints=()), par=BEN).then(
        attrs.evolve(VUS, atteints=(1,))
    )


def test_un_but_deja_atteint_garde_son_jour():
    lieu = vecu(OUVERT, BUT, VUS, VUS)
    assert [b.numero for b in lieu.registre("buts")] == [1]


def test_on_n_atteint_que_des_buts_fixes():
    quand = given(OUVERT, BUT).when(attrs.evolve(RENCONTRER, atteints=(1, 7)), par=BEN)
    quand.then_refused(ButInconnu(numeros=(7,), buts=1))
    assert dit(quand).startswith("Cet accompagnement n'a pas de but n° 7 : il en a 1.")


def test_seules_les_deux_personnes_en_parlent_ou_la_conciergerie():
    for demande, par in ((RENCONTRER, CLEO), (attrs.evolve(RENCONTRER, personne=CLEO), CAMILLE)):
        given(OUVERT, BUT).when(demande, par=par).then_refused(PasAccompagnant(personne=ANA, accompagnant=BEN))


def test_un_accompagnement_se_clot_avec_son_bilan():
    clore = CloreAccompagnement(accompagnement=CHEMIN, personne=ANA, bilan="elle a son local")
    quand = given(OUVERT, BUT, DEUX, VUS).when(clore, par=BEN)
    quand.then(CLOS)
    assert (ligne(quand, "accompagnements").etat, ligne(quand, "accompagnements").bilan) == (
        "achevé", "elle a son local",
    )  # fmt: skip
    given(CLOS).when(clore).then_nothing()
    fini = given(OUVERT, CLOS).when(RENCONTRER)
    fini.then_refused(AccompagnementAcheve(personne=ANA, accompagnant=BEN))
    given(OUVERT).when(attrs.evolve(clore, bilan="x"), par=CLEO).then_refused(PasAccompagnant)


def test_la_prochaine_rencontre_se_rappelle_et_l_absence_de_rencontre_aussi():
    (une,) = vecu(OUVERT).a_faire(midi(SAMEDI))
    assert une.phrase == "ben et ana se rencontrent le samedi 28 novembre 2026 ; à dire ensuite"
    lieu = vecu(OUVERT, BUT, VUS)
    (une,) = lieu.a_faire(lieu.horloge().add(hours=24 * 61))
    assert une.phrase.startswith("ben et ana : aucune rencontre prévue depuis le ")
    assert vecu(OUVERT, CLOS).a_faire(midi(Date(2027, 3, 1))) == []


def test_rien_ne_se_dit_d_un_accompagnement_ouvert_par_erreur():
    quand = given(OUVERT).when(CorrigerAccompagnement(accompagnement=CHEMIN, motif="un essai"))
    quand.then_accepted()
    refuse = quand.lieu.executer(RENCONTRER, par=CAMILLE)
    assert refuse.explication[0].startswith("L'accompagnement « chemin » fut enregistré par erreur")
