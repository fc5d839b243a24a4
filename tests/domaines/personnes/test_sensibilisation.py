"""What the place makes known: its workshops, its tools, and who uses them."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LA_SALLE, MARDI, SAMEDI, VERTE, de, dit, ligne, midi, regle, vecu
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.publics import PublicDeclare
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.personnes.formations import (
    CorrigerInvitation,
    FormationAbsente,
    FormationProposee,
    FormationRetiree,
    InscriptionPrise,
    InviterFormation,
    PersonneInvitee,
    SessionProgrammee,
    SessionTenue,
)
from tierslieu_core.domaines.personnes.sensibilisation import (
    AdopterOutil,
    AnnulerAtelier,
    AtelierAnnule,
    AtelierDejaPrevu,
    AtelierPasACetteEtape,
    AtelierPrevu,
    AtelierTenu,
    CorrigerAdoption,
    CorrigerAtelier,
    CorrigerOutil,
    DeclarerOutil,
    DelaisserOutil,
    EssayerOutil,
    MontrerOutil,
    OutilAbsent,
    OutilAdopte,
    OutilDeclare,
    OutilDelaisse,
    OutilEssaye,
    OutilJamaisVu,
    OutilMontre,
    OutilRetire,
    PasAnimateur,
    PrevoirAtelier,
    RetirerOutil,
    TenirAtelier,
    Touche,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import AtelierId, FormationId, OutilId, PersonneId, PublicId, SessionId
from tierslieu_core.vocabulaire.vie import vers

CLEO, AGENDA, INITIATION = PersonneId("cleo"), OutilId("agenda"), FormationId("initiation")
DECLARER = DeclarerOutil(outil=AGENDA, nom="L'agenda partagé", usage="savoir qui vient", formation=INITIATION)
DECLARE = vers(OutilDeclare, DECLARER)
RETIRE = vers(OutilRetire, DECLARE, motif="un autre le remplace")
FORMATION = FormationProposee(
    formation=INITIATION, nom="L'agenda sans peine", enseigne="", habilitation="", validite_mois=0, validite_jours=0,
    pratique_jours=None, besoins=(),
)  # fmt: skip
MONTRE = OutilMontre(outil=AGENDA, personne=ANA, formation=INITIATION, atelier=None)
ESSAYE, ADOPTE = OutilEssaye(outil=AGENDA, personne=ANA), OutilAdopte(outil=AGENDA, personne=ANA)
DELAISSE = OutilDelaisse(outil=AGENDA, personne=ANA, motif="trop de courriels")
MONTRER, ESSAYER, ADOPTER = (c(outil=AGENDA, personne=ANA) for c in (MontrerOutil, EssayerOutil, AdopterOutil))
DELAISSER = DelaisserOutil(outil=AGENDA, personne=ANA, motif="trop de courriels")
INVITEE = PersonneInvitee(formation=INITIATION, personne=ANA)

# ── outils ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_outil_se_declare_se_redit_et_se_retire():
    given(FORMATION).when(DECLARER).then(DECLARE)
    given(FORMATION, DECLARE).when(DECLARER).then_nothing()
    retirer = RetirerOutil(outil=AGENDA, motif="un autre le remplace")
    quand = given(DECLARE).when(retirer)
    quand.then(RETIRE)
    assert ligne(quand, "outils").etat == "retiré"
    given(DECLARE, RETIRE).when(retirer).then_nothing()


def test_on_ne_montre_plus_un_outil_retire_ni_declare_par_erreur():
    for demande in (MONTRER, ESSAYER, ADOPTER):
        quand = given(DECLARE, RETIRE).when(demande)
        quand.then_refused(OutilAbsent(outil="L'agenda partagé"))
    corrige = given(DECLARE).when(CorrigerOutil(outil=AGENDA, motif="un essai"))
    corrige.then_accepted()
    refuse = corrige.lieu.executer(RetirerOutil(outil=AGENDA, motif="x"), par=CAMILLE)
    assert refuse.explication[0] == "Le lieu ne se sert pas, ou plus, de cet outil : agenda."


# ── adoption ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_montrer_un_outil_invite_a_la_formation_qui_l_enseigne():
    quand = given(FORMATION, DECLARE).when(MONTRER)
    quand.then(MONTRE)
    assert [(i.personne, i.formation, i.etat) for i in quand.lieu.registre("invitations")] == [
        (ANA, INITIATION, "invitée")
    ]
    sans = given(attrs.evolve(DECLARE, formation=None)).when(MONTRER)
    sans.then(attrs.evolve(MONTRE, formation=None))
    assert sans.lieu.registre("invitations") == []


def test_une_personne_voit_essaie_adopte_delaisse():
    given(DECLARE, MONTRE).when(ESSAYER, par=ANA).then(ESSAYE)
    given(DECLARE, MONTRE, ESSAYE).when(ADOPTER, par=ANA).then(ADOPTE)
    quand = given(DECLARE, MONTRE, ESSAYE, ADOPTE).when(DELAISSER, par=ANA)
    quand.then(DELAISSE)
    rang = ligne(quand, "adoption")
    assert (rang.etat, rang.motif, rang.montre_le is not None) == ("délaissé", "trop de courriels", True)
    given(DECLARE, DELAISSE).when(MONTRER).then(MONTRE)
    given(DECLARE).when(ADOPTER, par=BEN).then_refused(MandatManquant)


def test_ce_qui_est_deja_fait_ne_se_refait_pas():
    for fait, demande in (
        (MONTRE, MONTRER), (ADOPTE, MONTRER), (ADOPTE, ESSAYER), (ADOPTE, ADOPTER), (DELAISSE, DELAISSER),
    ):  # fmt: skip
        given(DECLARE, fait).when(demande).then_nothing()


def test_on_ne_delaisse_que_ce_que_l_on_a_vu():
    quand = given(DECLARE).when(DELAISSER)
    quand.then_refused(OutilJamaisVu(outil=AGENDA, personne=ANA))
    assert dit(quand).startswith("ana n'a pas encore vu, ni essayé, L'agenda partagé.")


def test_une_adoption_saisie_par_erreur_se_corrige():
    quand = given(DECLARE, MONTRE, ADOPTE).when(CorrigerAdoption(outil=AGENDA, personne=ANA, motif="une autre"))
    quand.then_accepted()
    assert ligne(quand, "adoption").etat == "montré"


def test_on_revient_vers_qui_a_vu_un_outil_sans_s_en_servir():
    lieu = vecu(DECLARE, MONTRE)
    plus_tard = lieu.horloge().add(hours=24 * 31)
    (une,) = lieu.a_faire(plus_tard)
    assert une.phrase.startswith("ana a vu L'agenda partagé le ")
    assert une.phrase.endswith(", et ne s'en sert pas encore : l'y aider ?")
    (une,) = vecu(DECLARE, ESSAYE).a_faire(plus_tard)
    assert une.phrase.startswith("ana essaie L'agenda partagé depuis le ")
    for fin in (ADOPTE, DELAISSE):
        assert vecu(DECLARE, MONTRE, fin).a_faire(plus_tard) == []


# ── invitations ─────────────────────────────────────────────────────────────────────────────────────────────────────

SESSION = SessionProgrammee(
    session=SessionId("s-1"), formation=INITIATION, periode=de("18:00", "20:00", SAMEDI), places=4, formateur=CLEO,
    espace=None, inscrits=(), attente=(),
)  # fmt: skip
VIENT = vers(InscriptionPrise, SESSION, personne=ANA, inscrits=(ANA,))
TENUE = vers(
    SessionTenue, VIENT, presents=(ANA, BEN), acquis=(), habilitation="", du=SAMEDI, jusqu_au=None, pratique_jours=None
)


def test_on_invite_une_fois_a_une_formation_que_le_lieu_propose():
    inviter = InviterFormation(formation=INITIATION, personne=ANA)
    given(FORMATION).when(inviter).then(INVITEE)
    given(FORMATION, INVITEE).when(inviter).then_nothing()
    retiree = vers(FormationRetiree, FORMATION, motif="x")
    given(FORMATION, retiree).when(inviter).then_refused(FormationAbsente)
    quand = given(FORMATION, INVITEE).when(CorrigerInvitation(formation=INITIATION, personne=ANA, motif="x"))
    quand.then_accepted()
    assert quand.lieu.registre("invitations") == []


def test_une_invitation_dit_si_l_on_s_est_inscrit_puis_forme():
    etats = [vecu(FORMATION, INVITEE, *faits).registre("invitations")[0].etat for faits in (
        (), (SESSION, VIENT), (SESSION, VIENT, TENUE),
    )]  # fmt: skip
    assert etats == ["invitée", "inscrite", "formée"]
    lieu = vecu(FORMATION, INVITEE)
    (une,) = lieu.a_faire(lieu.horloge().add(hours=24 * 15))
    assert une.phrase.endswith(" : L'agenda sans peine ; lui proposer une session")
    assert vecu(FORMATION, INVITEE, SESSION, VIENT, TENUE).a_faire(lieu.horloge().add(hours=24 * 15)) == []


# ── ateliers ────────────────────────────────────────────────────────────────────────────────────────────────────────

VOISINS, ATELIER = PublicId("voisins"), AtelierId("decouvrir")
LES_VOISINS = PublicDeclare(public=VOISINS, nom="Voisins", description="")
APRES_MIDI = de("14:00", "16:00", SAMEDI)
PREVOIR = PrevoirAtelier(
    atelier=ATELIER, nom="Découvrir le lieu", debut=APRES_MIDI.debut, fin=APRES_MIDI.fin, animateur=CLEO,
    publics=(VOISINS,), espace=VERTE, outils=(AGENDA,),
)  # fmt: skip
PREVU = vers(AtelierPrevu, PREVOIR, periode=APRES_MIDI)
TENIR = TenirAtelier(
    atelier=ATELIER, touches=(Touche(public=VOISINS, nombre=12),), personnes=(ANA,), bilan="trois envies d'atelier"
)
TENU = vers(AtelierTenu, PREVU, touches=TENIR.touches, personnes=(ANA,), total=12, bilan="trois envies d'atelier")
ANNULE = vers(AtelierAnnule, PREVU, motif="il pleut")
LA, LE_SOIR = (LA_SALLE, LES_VOISINS, DECLARE), midi(SAMEDI).add(hours=6)


def test_un_atelier_se_prevoit_une_fois():
    given(*LA).when(PREVOIR).then(PREVU)
    given(*LA, PREVU).when(PREVOIR).then_nothing()
    autre = given(*LA, PREVU).when(attrs.evolve(PREVOIR, nom="Autre"))
    autre.then_refused(AtelierDejaPrevu(nom="Découvrir le lieu", periode=APRES_MIDI))
    with pytest.raises(DemandeInvalide, match="doit venir après"):
        given(*LA).when(attrs.evolve(PREVOIR, fin=APRES_MIDI.debut))


def test_une_regle_juge_ce_que_l_on_prevoit():
    preavis = regle("preavis", "preavis", Portee(actions=("sensibiliser",)), minimum_minutes=60 * 24 * 30)
    given(*LA, preavis).when(PREVOIR).then_refused(clause="preavis")
    given(*LA, preavis).when(attrs.evolve(PREVOIR, espace=None)).then_refused(clause="preavis")


def test_un_atelier_dit_combien_de_personnes_de_chaque_public_et_montre_ses_outils():
    quand = given(FORMATION, *LA, PREVU).when(TENIR, par=CLEO, maintenant=LE_SOIR)
    quand.then(TENU)
    rang = ligne(quand, "ateliers")
    assert (rang.etat, rang.venues, rang.bilan) == ("tenu", 12, "trois envies d'atelier")
    assert [(t.public, t.nombre, t.le) for t in quand.lieu.registre("publics_touches")] == [(VOISINS, 12, SAMEDI)]
    assert ligne(quand, "adoption").etat == "montré"
    assert ligne(quand, "invitations").formation == INITIATION
    given(*LA, TENU).when(TENIR, maintenant=LE_SOIR).then_nothing()


def test_un_nombre_se_dit_une_fois_par_public():
    for touches, dite in (
        ((Touche(public=VOISINS, nombre=0),), "au moins"), ((Touche(public=VOISINS, nombre=1),) * 2, "deux fois"),
    ):  # fmt: skip
        with pytest.raises(DemandeInvalide, match=dite):
            given(*LA, PREVU).when(attrs.evolve(TENIR, touches=touches))


def test_chaque_chose_en_son_temps():
    for faits, demande, quand, etape in (
        ((PREVU,), TENIR, midi(MARDI), "à venir"), ((ANNULE,), TENIR, LE_SOIR, "annulé"),
        ((TENU,), AnnulerAtelier(atelier=ATELIER, motif="x"), LE_SOIR, "tenu"),
    ):  # fmt: skip
        refuse = given(*LA, *faits).when(demande, maintenant=quand)
        refuse.then_refused(AtelierPasACetteEtape)
        assert f"l'atelier est {etape}, et ne peut pas" in dit(refuse)


def test_seul_qui_l_anime_le_raconte_ou_la_conciergerie():
    given(*LA, PREVU).when(TENIR, par=BEN, maintenant=LE_SOIR).then_refused(
        PasAnimateur(nom="Découvrir le lieu", animateur=CLEO)
    )


def test_un_atelier_s_annule():
    annuler = AnnulerAtelier(atelier=ATELIER, motif="il pleut")
    quand = given(*LA, PREVU).when(annuler)
    quand.then(ANNULE)
    assert quand.lieu.planning(SAMEDI, SAMEDI) == []
    given(*LA, ANNULE).when(annuler).then_nothing()


def test_rien_ne_se_dit_d_un_atelier_prevu_par_erreur():
    quand = given(*LA, PREVU).when(CorrigerAtelier(atelier=ATELIER, motif="un essai"))
    quand.then_accepted()
    refuse = quand.lieu.executer(AnnulerAtelier(atelier=ATELIER, motif="x"), par=CAMILLE)
    assert refuse.explication[0].startswith("L'atelier « decouvrir » fut enregistré par erreur")


def test_un_atelier_est_au_planning_puis_se_raconte():
    lieu = vecu(*LA, PREVU)
    (prevu,) = lieu.planning(SAMEDI, SAMEDI)
    assert prevu.phrase == "Découvrir le lieu, par cleo"
    sans_lieu = vecu(*LA, attrs.evolve(PREVU, espace=None)).planning(SAMEDI, SAMEDI)
    assert [p.phrase for p in sans_lieu] == ["Découvrir le lieu, par cleo"]
    (due,) = lieu.a_faire(LE_SOIR)
    assert due.phrase.endswith(" : cleo dit combien de personnes sont venues")
    assert [ligne_.etat for ligne_ in lieu.registre("ateliers", au=Date(2026, 11, 29))] == ["à dire"]
    assert [ligne_.etat for ligne_ in vecu(*LA, TENU).registre("ateliers")] == ["tenu"]
    assert vecu(*LA, TENU).a_faire(LE_SOIR) == []
