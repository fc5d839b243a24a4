"""Entretien : incidents, travaux, entretiens qui reviennent, et ce qui est hors d'usage pendant ce temps."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import (
    ANA,
    BEN,
    LA_PERCEUSE,
    LA_SALLE,
    LUNDI,
    MARDI,
    PERCEUSE,
    SAMEDI,
    VENDREDI,
    VERTE,
    a,
    dit,
    ligne,
    midi,
    regle,
)
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.identites import PersonneInscrite
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.moyens.entretien import (
    AbandonnerTravaux,
    ArreterEntretien,
    ArretPasse,
    CommencerTravaux,
    CorrectionSansRendre,
    CorrigerEntretien,
    CorrigerIncident,
    CorrigerTravaux,
    EcarterIncident,
    EntretienArrete,
    EntretienFait,
    EntretienFixe,
    EntretienPlusSuivi,
    FinDejaPassee,
    FixerEntretien,
    HorsUsage,
    IncidentEcarte,
    IncidentPasACetteEtape,
    IncidentPrisEnCharge,
    IncidentResolu,
    IncidentSignale,
    NoterEntretien,
    PasEncoreFait,
    PlanifierTravaux,
    PrendreEnCharge,
    ProlongerTravaux,
    ReporterTravaux,
    ResoudreIncident,
    Rythme,
    SignalerIncident,
    TerminerTravaux,
    TravauxAbandonnes,
    TravauxCommences,
    TravauxPasACetteEtape,
    TravauxPlanifies,
    TravauxProlonges,
    TravauxReportes,
    TravauxTermines,
)
from tierslieu_core.domaines.moyens.espaces import EspaceAbsent, EspaceFerme, EspaceRetire, FermerEspace
from tierslieu_core.domaines.moyens.materiel import ObjetAbsent, ObjetRetire
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, FONDATION, MAINTENANT, given, memory_place, record
from tierslieu_core.vocabulaire.arrets import Arret, arret_entre
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import EntretienId, IncidentId, TravauxId
from tierslieu_core.vocabulaire.vie import vers

MERCREDI, JEUDI = Date(2026, 11, 25), Date(2026, 11, 26)
LA_VERTE, LA_FOREUSE = Chose("espace", VERTE), Chose("objet", PERCEUSE)
FUITE, PEINTURE, REVISION = IncidentId("fuite"), TravauxId("peinture"), EntretienId("revision")
ANA_INSCRITE, BEN_INSCRIT = PersonneInscrite(personne=ANA, nom="Ana"), PersonneInscrite(personne=BEN, nom="Ben")
SIGNALER = SignalerIncident(sur=LA_VERTE, gravite="panne", nom="Fuite au plafond", constat="Ana a vu l'eau couler")
LA_FUITE = IncidentSignale(
    incident=FUITE, sur=LA_VERTE, gravite="panne", nom="Fuite au plafond", constat=None, personne=ANA, signale_le=LUNDI
)
CHARGER = PrendreEnCharge(incident=FUITE)
PRISE = vers(IncidentPrisEnCharge, LA_FUITE, charge=CAMILLE, arret=None, rendu=None)
TROIS_JOURS = HorsUsage(du=LUNDI, au=MERCREDI, motif="Fuite au plafond", sort="revoir")
ARRETEE = attrs.evolve(PRISE, arret=TROIS_JOURS)
RESOLUE = vers(IncidentResolu, LA_FUITE, remede="joint changé", rendu=None)
ECARTEE = vers(IncidentEcarte, LA_FUITE, motif="condensation", rendu=None)
PLANIFIER = PlanifierTravaux(sur=LA_VERTE, nom="Peinture", nature="préventif", du=MARDI, au=JEUDI)
PREVUS = TravauxPlanifies(
    travaux=PEINTURE, sur=LA_VERTE, nature="préventif", nom="Peinture", du=MARDI, au=JEUDI,
    arret=HorsUsage(du=MARDI, au=JEUDI, motif="Peinture"), incident=None, entretien=None, amenagement=None,
)  # fmt: skip
FERMEE = EspaceFerme(
    espace=VERTE, du=MARDI, au=JEUDI, motif="Peinture", arrets=(Arret(du=MARDI, au=JEUDI, motif="Peinture"),)
)
COMMENCES = vers(TravauxCommences, PREVUS)
RETIREE = EspaceRetire(espace=VERTE, le=LUNDI, motif="vendue", arrets=(Arret(du=LUNDI, au=None, motif="vendue"),))
PERDUE = ObjetRetire(objet=PERCEUSE, le=LUNDI, motif="volée", arrets=(Arret(du=LUNDI, au=None, motif="volée"),))
FIXER = FixerEntretien(
    entretien=REVISION, sur=LA_FOREUSE, nom="Révision de la perceuse", tous_les=6, unite="mois", prochain=MARDI
)
FIXE = EntretienFixe(
    entretien=REVISION, sur=LA_FOREUSE, nom="Révision de la perceuse", rythme=Rythme(nombre=6, unite="mois"),
    prochain=MARDI,
)  # fmt: skip


def chez(*faits: Any, maintenant: Instant = MAINTENANT) -> Lieu:
    lieu = memory_place(maintenant=maintenant)
    record(lieu, [*FONDATION, ANA_INSCRITE, BEN_INSCRIT, LA_SALLE, LA_PERCEUSE, *faits])
    return lieu


def fait(lieu: Lieu, commande: Any, par: str = CAMILLE) -> Any:
    reponse = lieu.executer(commande, par=par)
    assert reponse.verdict == "accord", reponse.explication
    assert all(suite.verdict != "refus" for suite in reponse.suites), reponse.suites
    return reponse.evenements[0]


def situation(lieu: Lieu, le: Date) -> str:
    (row,) = lieu.registre("espaces", au=le)
    return "fermé" if arret_entre(row.arrets, le, le) else "ouvert"


# ── les incidents ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_n_importe_qui_signale_un_incident_et_le_journal_le_dit():
    lieu = chez()
    signale = fait(lieu, SIGNALER, par=ANA)
    assert (signale.personne, signale.gravite, signale.signale_le) == (ANA, "panne", LUNDI)
    (row,) = lieu.registre("incidents")
    assert (row.etat, row.sur, row.personne, row.charge) == ("signalé", "espace:verte", ANA, None)
    assert str(lieu.audit("espace:verte")[-1]).endswith(
        "Ana signale un incident (panne) sur Salle verte : Fuite au plafond."
    )


@pytest.mark.parametrize(
    ("change", "mot"),
    [({"sur": Chose("personne", ANA)}, "un espace ou un objet, reçu"), ({"nom": " "}, "quelques mots")],
)
def test_un_incident_dit_ou_et_quoi(change, mot):
    with pytest.raises(DemandeInvalide, match=mot):
        given(LA_SALLE).when(attrs.evolve(SIGNALER, **change))


@pytest.mark.parametrize(
    ("sur", "faits", "refus"),
    [
        (LA_VERTE, (LA_SALLE, RETIREE), EspaceAbsent(espace=VERTE, le=LUNDI, motif="vendue")),
        (LA_FOREUSE, (LA_PERCEUSE, PERDUE), ObjetAbsent(objet=PERCEUSE, le=LUNDI, motif="volée")),
    ],
)
def test_on_n_entretient_pas_ce_qui_n_est_plus_du_lieu(sur, faits, refus):
    given(*faits).when(attrs.evolve(SIGNALER, sur=sur)).then_refused(refus)
    given(*faits).when(attrs.evolve(PLANIFIER, sur=sur)).then_refused(refus)
    given(*faits).when(attrs.evolve(FIXER, sur=sur)).then_refused(refus)


def test_une_regle_qui_nomme_les_signalements_en_juge_et_nulle_autre():
    actions = {"nommee": Portee(actions=("signaler",)), "toutes": Portee()}
    for nom, verdict in (("nommee", "then_refused"), ("toutes", "then_accepted")):
        jamais = regle(nom, "fermeture", actions[nom], du=LUNDI, au=LUNDI)
        getattr(given(LA_SALLE, jamais).when(SIGNALER), verdict)()


def test_le_meme_incident_ou_les_memes_travaux_ne_se_disent_pas_deux_fois_de_suite():
    given(LA_SALLE, LA_FUITE).when(SIGNALER).then_nothing()
    given(LA_SALLE, LA_FUITE).when(attrs.evolve(SIGNALER, gravite="danger")).then_accepted()
    given(LA_SALLE, LA_FUITE, RESOLUE).when(SIGNALER).then_accepted()
    given(LA_SALLE, PREVUS).when(PLANIFIER).then_nothing()
    given(LA_SALLE, PREVUS, COMMENCES).when(PLANIFIER).then_accepted()


def test_quelqu_un_prend_un_incident_en_charge_et_un_autre_peut_le_reprendre():
    given(LA_FUITE).when(CHARGER).then(PRISE)
    given(LA_FUITE, PRISE).when(CHARGER).then_nothing()
    given(LA_FUITE, attrs.evolve(PRISE, charge=BEN)).when(CHARGER).then_nothing()
    given(LA_FUITE, PRISE).when(attrs.evolve(CHARGER, charge=BEN)).then(attrs.evolve(PRISE, charge=BEN))
    given(ANA_INSCRITE, LA_FUITE).when(CHARGER, par=ANA).then_refused(MandatManquant)


def test_un_incident_resolu_ou_ecarte_l_est_une_fois_et_ne_change_plus():
    resoudre = ResoudreIncident(incident=FUITE, remede="joint changé")
    ecarter = EcarterIncident(incident=FUITE, motif="condensation")
    given(LA_FUITE).when(resoudre).then(RESOLUE)
    given(LA_FUITE, RESOLUE).when(resoudre).then_nothing()
    given(LA_FUITE, PRISE).when(ecarter).then(ECARTEE)
    given(LA_FUITE, ECARTEE).when(ecarter).then_nothing()
    quand = given(LA_FUITE, RESOLUE).when(CHARGER)
    quand.then_refused(IncidentPasACetteEtape(incident=FUITE, etat="résolu"))
    assert "signalez-le à nouveau" in dit(quand)
    given(LA_FUITE, ECARTEE).when(resoudre).then_refused(IncidentPasACetteEtape)
    given(LA_FUITE, RESOLUE).when(ecarter).then_refused(IncidentPasACetteEtape)


def test_un_incident_met_hors_d_usage_et_sa_fin_rend_l_espace():
    lieu = chez(LA_FUITE)
    fait(lieu, attrs.evolve(CHARGER, hors_usage_jusqu_au=MERCREDI))
    assert [situation(lieu, le) for le in (LUNDI, MERCREDI, JEUDI)] == ["fermé", "fermé", "ouvert"]
    reserver = ReserverEspace(espace=VERTE, personne=ANA, debut=a("10:00"), fin=a("11:00"))
    assert "Fuite au plafond" in " ".join(lieu.executer(reserver, par=CAMILLE).explication)
    resolu = fait(lieu, ResoudreIncident(incident=FUITE))
    assert resolu.rendu == LUNDI
    assert situation(lieu, MARDI) == "ouvert"
    assert lieu.executer(reserver, par=CAMILLE).verdict == "accord"


def test_un_incident_ecarte_rend_l_objet_qui_se_prete_a_nouveau():
    lieu = chez(attrs.evolve(LA_FUITE, sur=LA_FOREUSE))
    fait(lieu, attrs.evolve(CHARGER, hors_usage_jusqu_au=MERCREDI))
    preter = PreterObjet(objet=PERCEUSE, personne=ANA, retour=MARDI)
    assert lieu.executer(preter, par=CAMILLE).verdict == "refus"
    assert fait(lieu, EcarterIncident(incident=FUITE, motif="tout va bien")).rendu == LUNDI
    assert lieu.executer(preter, par=CAMILLE).verdict == "accord"


def test_hors_d_usage_plus_ou_moins_longtemps_que_dit_d_abord():
    lieu = chez(LA_FUITE)
    for au, ferme in ((MERCREDI, MERCREDI), (MARDI, MARDI), (SAMEDI, SAMEDI)):
        fait(lieu, attrs.evolve(CHARGER, hors_usage_jusqu_au=au))
        assert [situation(lieu, le) for le in (ferme, ferme.next_day())] == ["fermé", "ouvert"]


def test_on_ne_met_pas_hors_d_usage_jusqu_a_hier_ni_ce_qui_n_est_plus_la():
    quand = given(LA_FUITE).when(attrs.evolve(CHARGER, hors_usage_jusqu_au=VENDREDI))
    quand.then_refused(ArretPasse(jusqu_au=VENDREDI))
    given(LA_SALLE, LA_FUITE, RETIREE).when(attrs.evolve(CHARGER, hors_usage_jusqu_au=MARDI)).then_refused(EspaceAbsent)


def test_la_fin_d_un_incident_ne_rouvre_pas_ce_qu_un_autre_motif_ferme():
    lieu = chez(LA_FUITE)
    fait(lieu, attrs.evolve(CHARGER, hors_usage_jusqu_au=MERCREDI))
    fait(lieu, FermerEspace(espace=VERTE, du=LUNDI, au=MARDI, motif="congés"))
    assert fait(lieu, ResoudreIncident(incident=FUITE)).rendu == MERCREDI
    assert [situation(lieu, le) for le in (MARDI, MERCREDI)] == ["fermé", "ouvert"]
    lieu = chez(LA_FUITE)
    fait(lieu, attrs.evolve(CHARGER, hors_usage_jusqu_au=MARDI))
    fait(lieu, FermerEspace(espace=VERTE, du=LUNDI, au=MERCREDI, motif="congés"))
    assert fait(lieu, ResoudreIncident(incident=FUITE)).rendu is None
    assert situation(lieu, MERCREDI) == "fermé"


def test_un_incident_attend_selon_sa_gravite():
    for gravite, le in (("danger", LUNDI), ("panne", JEUDI), ("gêne", Date(2026, 12, 8))):
        lieu = chez(attrs.evolve(LA_FUITE, gravite=gravite))
        (due,) = lieu.a_faire(jusqu_au=midi(Date(2027, 1, 1)))
        assert due.quand.to_tz("Europe/Paris").date() == le
    assert due.phrase == (
        "Incident (gêne) sur Salle verte, à prendre en charge : Fuite au plafond (entretien.PrendreEnCharge)"
    )
    (due,) = chez(LA_FUITE, regle("r", "delai_incident", panne_jours=1)).a_faire(jusqu_au=midi(SAMEDI))
    assert due.quand.to_tz("Europe/Paris").date() == MARDI


def test_un_arret_passe_sans_que_l_incident_soit_resolu_est_a_faire():
    (due,) = chez(LA_FUITE, ARRETEE, maintenant=midi(JEUDI)).a_faire()
    assert due.phrase.startswith("Salle verte sert à nouveau, et l'incident n'est pas résolu")
    assert chez(LA_FUITE, PRISE).a_faire(jusqu_au=midi(SAMEDI)) == []
    assert chez(LA_FUITE, RESOLUE).a_faire(jusqu_au=midi(SAMEDI)) == []


def test_ce_qui_reste_a_traiter_se_transmet():
    lieu = chez(LA_FUITE, ARRETEE, attrs.evolve(RESOLUE, incident="autre"))
    dites = [str(phrase) for rubrique in lieu.transmissions() for phrase in rubrique.phrases]
    (dite,) = (d for d in dites if "Fuite" in d)
    assert dite == (
        "Salle verte (panne) : Fuite au plafond, signalé le lundi 23 novembre 2026, Camille Martin s'en charge ; "
        "hors d'usage du 23/11/2026 au 25/11/2026"
    )


def test_le_registre_des_incidents_a_une_date():
    lieu = chez(LA_FUITE, maintenant=midi(MARDI))
    fait(lieu, ResoudreIncident(incident=FUITE))
    rows = [lieu.registre("incidents", au=le)[0] for le in (LUNDI, MARDI)]
    assert [(r.etat, r.clos_le) for r in rows] == [("signalé", None), ("résolu", MARDI)]
    assert lieu.registre("incidents", au=VENDREDI) == []


def test_le_registre_se_lit_au_jour_ou_la_suite_precede_le_signalement():
    lieu = chez(PRISE, RESOLUE)
    assert [(r.etat, r.constat) for r in lieu.registre("incidents")] == [("résolu", None)]


# ── les travaux ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "mot"),
    [
        ({"sur": Chose("personne", ANA)}, "un espace ou un objet"), ({"nom": ""}, "quelques mots"),
        ({"au": LUNDI}, "doit venir après"), ({"capacite": 10}, "ou ni l'une ni l'autre"),
        ({"configuration": "scène", "capacite": 0, "nature": "aménagement"}, "une personne au moins"),
        ({"configuration": "scène", "capacite": 10}, "seul l'aménagement d'un espace"),
    ],
)  # fmt: skip
def test_des_travaux_disent_ou_quoi_et_quand(change, mot):
    with pytest.raises(DemandeInvalide, match=mot):
        given(LA_SALLE, LA_PERCEUSE).when(attrs.evolve(PLANIFIER, **change))


def test_des_travaux_prevus_ferment_l_espace_et_se_voient_au_planning():
    lieu = chez()
    prevus = fait(lieu, PLANIFIER)
    assert attrs.evolve(prevus, travaux=PEINTURE) == PREVUS
    assert [situation(lieu, le) for le in (LUNDI, MARDI, JEUDI, Date(2026, 11, 27))] == [
        "ouvert", "fermé", "fermé", "ouvert",
    ]  # fmt: skip
    (row,) = lieu.registre("travaux")
    assert (row.etat, str(row.hors_usage)) == ("prévus", "du 24/11/2026 au 26/11/2026")


def test_des_travaux_qui_laissent_l_usage_ne_ferment_rien():
    lieu = chez()
    assert fait(lieu, attrs.evolve(PLANIFIER, hors_usage=False)).arret is None
    assert situation(lieu, MARDI) == "ouvert"


def test_une_regle_qui_nomme_les_travaux_en_juge():
    feries = regle("r", "fermeture", Portee(actions=("travaux",)), du=MARDI, au=MARDI)
    given(LA_SALLE, feries).when(PLANIFIER).then_refused(clause="r")


@pytest.mark.parametrize(
    ("du", "au", "rendu"),
    [
        (MERCREDI, SAMEDI, MARDI),
        (SAMEDI, SAMEDI, MARDI),
        (LUNDI, SAMEDI, None),
        (LUNDI, MARDI, MERCREDI),
    ],
)
def test_des_travaux_reportes_ferment_d_autres_jours_et_rendent_les_premiers(du, au, rendu):
    for sur in (LA_VERTE, LA_FOREUSE):
        lieu = chez()
        travaux = fait(lieu, attrs.evolve(PLANIFIER, sur=sur)).travaux
        reportes = fait(lieu, ReporterTravaux(travaux=travaux, du=du, au=au))
        assert (reportes.rendu, reportes.arret.du, reportes.arret.au) == (rendu, du, au)
        (row,) = lieu.registre("espaces" if sur is LA_VERTE else "materiel")
        jours = {LUNDI, MARDI, MERCREDI, JEUDI, SAMEDI}
        assert {le for le in jours if arret_entre(row.arrets, le, le)} == {le for le in jours if du <= le <= au}


def test_reporter_aux_memes_jours_ne_change_rien_et_ce_qui_est_parti_ne_s_y_prete_plus():
    reporter = ReporterTravaux(travaux=PEINTURE, du=MARDI, au=JEUDI)
    given(PREVUS).when(reporter).then_nothing()
    part = attrs.evolve(RETIREE, le=SAMEDI, arrets=(Arret(du=SAMEDI, au=None, motif="vendue"),))
    samedi = attrs.evolve(reporter, du=SAMEDI, au=SAMEDI)
    given(LA_SALLE, part, PREVUS).when(samedi).then_refused(EspaceAbsent)
    with pytest.raises(DemandeInvalide, match="doit venir après"):
        given(PREVUS).when(attrs.evolve(reporter, au=LUNDI))


def test_des_travaux_commencent_une_fois_et_ne_se_reportent_plus():
    given(PREVUS).when(CommencerTravaux(travaux=PEINTURE)).then(COMMENCES)
    given(PREVUS, COMMENCES).when(CommencerTravaux(travaux=PEINTURE)).then_nothing()
    quand = given(PREVUS, COMMENCES).when(ReporterTravaux(travaux=PEINTURE, du=SAMEDI, au=SAMEDI))
    quand.then_refused(TravauxPasACetteEtape)
    assert "ces travaux sont en cours. Prolongez-les" in dit(quand)


def test_des_travaux_en_cours_se_prolongent_ou_finissent_plus_tot():
    lieu = chez()
    travaux = fait(lieu, PLANIFIER).travaux
    fait(lieu, CommencerTravaux(travaux=travaux))
    for au, rendu in ((SAMEDI, None), (MERCREDI, JEUDI)):
        assert fait(lieu, ProlongerTravaux(travaux=travaux, au=au)).rendu == rendu
        assert [situation(lieu, le) for le in (au, au.next_day())] == ["fermé", "ouvert"]


def test_on_ne_prolonge_que_des_travaux_en_cours_et_jusqu_a_un_jour_qui_vient():
    prolonger = ProlongerTravaux(travaux=PEINTURE, au=LUNDI)
    quand = given(PREVUS).when(prolonger)
    quand.then_refused(TravauxPasACetteEtape)
    assert "Dites d'abord qu'ils commencent" in dit(quand)
    quand = given(PREVUS, COMMENCES).when(prolonger)
    quand.then_refused(FinDejaPassee(du=MARDI, au=LUNDI))
    assert "s'ils sont finis, terminez-les" in dit(quand)
    given(PREVUS, COMMENCES).when(attrs.evolve(prolonger, au=JEUDI)).then_nothing()
    sans = attrs.evolve(COMMENCES, arret=None)
    given(sans).when(attrs.evolve(prolonger, au=SAMEDI)).then(vers(TravauxProlonges, sans, au=SAMEDI, rendu=None))


def test_des_travaux_termines_rendent_l_espace_des_ce_jour():
    lieu = chez()
    travaux = fait(lieu, attrs.evolve(PLANIFIER, du=LUNDI)).travaux
    termines = fait(lieu, TerminerTravaux(travaux=travaux))
    assert (termines.le, termines.rendu, situation(lieu, MARDI)) == (LUNDI, LUNDI, "ouvert")
    assert lieu.executer(TerminerTravaux(travaux=travaux), par=CAMILLE).verdict == "sans_objet"
    reponse = lieu.executer(AbandonnerTravaux(travaux=travaux, motif="x"), par=CAMILLE)
    assert "S'il en faut d'autres, prévoyez-les" in " ".join(reponse.explication)


def test_des_travaux_abandonnes_rendent_ce_qu_ils_fermaient():
    lieu = chez()
    travaux = fait(lieu, attrs.evolve(PLANIFIER, sur=LA_FOREUSE)).travaux
    abandonner = AbandonnerTravaux(travaux=travaux, motif="plus de budget")
    assert fait(lieu, abandonner).rendu == MARDI
    assert lieu.registre("materiel", au=MARDI)[0].situation == "en service"
    assert lieu.executer(abandonner, par=CAMILLE).verdict == "sans_objet"
    assert lieu.executer(TerminerTravaux(travaux=travaux), par=CAMILLE).verdict == "refus"


def test_des_travaux_resolvent_l_incident_qu_ils_citent():
    lieu = chez(LA_FUITE)
    travaux = fait(lieu, attrs.evolve(PLANIFIER, incident=FUITE, nature="correctif")).travaux
    (row,) = lieu.registre("incidents")
    assert (row.etat, row.charge) == ("pris en charge", CAMILLE)
    fait(lieu, TerminerTravaux(travaux=travaux))
    (row,) = lieu.registre("incidents")
    assert row.etat == "résolu"


def test_un_amenagement_termine_mene_a_une_configuration():
    lieu = chez()
    amenager = attrs.evolve(PLANIFIER, nature="aménagement", configuration="théâtre", capacite=30)
    prevus = fait(lieu, amenager)
    assert str(prevus.amenagement) == "« théâtre », 30 personnes"
    fait(lieu, TerminerTravaux(travaux=prevus.travaux))
    reserver = ReserverEspace(
        espace=VERTE, personne=ANA, debut=a("10:00"), fin=a("11:00"), configuration="théâtre", participants=25
    )
    assert lieu.executer(reserver, par=CAMILLE).verdict == "accord"


def test_ce_qui_est_a_commencer_ou_a_terminer_est_a_faire():
    (due,) = chez(PREVUS, maintenant=midi(MARDI)).a_faire()
    assert due.phrase == "Travaux à commencer le mardi 24 novembre 2026 : Peinture, Salle verte (ou à reporter)"
    (due,) = chez(PREVUS, COMMENCES, maintenant=midi(Date(2026, 11, 27))).a_faire()
    assert due.phrase.startswith("Travaux à terminer, prévus jusqu'au jeudi 26 novembre 2026 : Peinture")
    termines = vers(TravauxTermines, PREVUS, le=MARDI, rendu=None)
    abandonnes = vers(TravauxAbandonnes, PREVUS, motif="x", rendu=None)
    for fini in (termines, abandonnes):
        lieu = chez(PREVUS, fini, maintenant=midi(SAMEDI))
        assert lieu.a_faire() == []
        assert lieu.planning(du=LUNDI, au=SAMEDI) == []


def test_les_travaux_se_disent_au_planning_par_jours():
    (prevu,) = chez(PREVUS, FERMEE).planning(du=LUNDI, au=SAMEDI)
    assert (prevu.phrase, prevu.journee) == ("travaux (préventif) : Peinture, Salle verte", True)


# ── les entretiens qui reviennent ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("nombre", "unite", "dit_", "prochain"),
    [
        (1, "jours", "tous les jours", MERCREDI), (2, "semaines", "toutes les 2 semaines", Date(2026, 12, 8)),
        (6, "mois", "tous les 6 mois", Date(2027, 5, 24)), (1, "ans", "tous les ans", Date(2027, 11, 24)),
    ],
)  # fmt: skip
def test_un_entretien_revient_au_rythme_dit(nombre, unite, dit_, prochain):
    rythme = Rythme(nombre=nombre, unite=unite)
    assert (str(rythme), rythme.apres(MARDI)) == (dit_, prochain)


def test_un_entretien_se_fixe_se_note_et_le_suivant_se_compte_de_ce_jour():
    given(LA_PERCEUSE).when(FIXER).then(FIXE)
    given(LA_PERCEUSE, FIXE).when(FIXER).then_nothing()
    fait_ = EntretienFait(
        entretien=REVISION, sur=LA_FOREUSE, nom=FIXE.nom, rythme=FIXE.rythme, le=LUNDI, prochain=Date(2027, 5, 23)
    )
    quand = given(LA_PERCEUSE, FIXE).when(NoterEntretien(entretien=REVISION))
    quand.then(fait_)
    row = ligne(quand, "entretiens")
    assert (row.dernier, row.prochain, row.etat) == (LUNDI, Date(2027, 5, 23), "à jour")
    assert ligne(quand, "entretiens", Date(2027, 5, 24)).etat == "en retard"
    given(LA_PERCEUSE, FIXE, fait_).when(NoterEntretien(entretien=REVISION, le=VENDREDI)).then_nothing()
    tous_les_ans = attrs.evolve(FIXER, tous_les=1, unite="ans")
    quand = given(LA_PERCEUSE, FIXE, fait_).when(tous_les_ans)
    quand.then_accepted()
    assert ligne(quand, "entretiens").dernier == LUNDI


def test_un_entretien_ne_se_note_pas_d_avance():
    quand = given(FIXE).when(NoterEntretien(entretien=REVISION, le=MARDI))
    quand.then_refused(PasEncoreFait(le=MARDI))
    assert "Notez-le le jour venu" in dit(quand)


def test_un_entretien_arrete_ne_se_note_plus_mais_se_fixe_a_nouveau():
    arrete = EntretienArrete(
        entretien=REVISION, sur=LA_FOREUSE, nom=FIXE.nom, rythme=FIXE.rythme, motif="elle est sous contrat"
    )
    arreter = ArreterEntretien(entretien=REVISION, motif="elle est sous contrat")
    quand = given(FIXE).when(arreter)
    quand.then(arrete)
    assert ligne(quand, "entretiens").etat == "arrêté"
    assert quand.lieu.a_faire(jusqu_au=midi(SAMEDI)) == []
    given(FIXE, arrete).when(arreter).then_nothing()
    quand = given(FIXE, arrete).when(NoterEntretien(entretien=REVISION))
    quand.then_refused(EntretienPlusSuivi(entretien=REVISION, motif="elle est sous contrat"))
    assert "fixez-le à nouveau" in dit(quand)
    given(LA_PERCEUSE, FIXE, arrete).when(FIXER).then(FIXE)


@pytest.mark.parametrize(("n", "unite"), [(0, "jours"), (101, "ans"), (2_000_000, "jours")])
def test_un_rythme_tient_en_un_siecle(n, unite):
    with pytest.raises(DemandeInvalide, match="d'un siècle au plus"):
        given(LA_PERCEUSE).when(attrs.evolve(FIXER, tous_les=n, unite=unite))


def test_un_entretien_se_rappelle_avant_son_jour():
    (due,) = chez(attrs.evolve(FIXE, prochain=Date(2026, 12, 7))).a_faire()
    assert due.phrase == (
        "Révision de la perceuse (Perceuse), pour le lundi 7 décembre 2026 "
        "(entretien.NoterEntretien, ou entretien.PlanifierTravaux)"
    )
    tard = regle("r", "rappel_echeance", Portee(actions=("entretien",)), jours_avant=2)
    (due,) = chez(tard, attrs.evolve(FIXE, prochain=Date(2026, 12, 7))).a_faire()
    assert due.quand.to_tz("Europe/Paris").date() == Date(2026, 12, 5)


def test_des_travaux_faits_au_titre_d_un_entretien_le_notent():
    lieu = chez(FIXE)
    travaux = fait(lieu, attrs.evolve(PLANIFIER, sur=LA_FOREUSE, entretien=REVISION)).travaux
    fait(lieu, TerminerTravaux(travaux=travaux))
    (row,) = lieu.registre("entretiens")
    assert (row.dernier, row.prochain) == (LUNDI, Date(2027, 5, 23))


# ── ce qui fut dit par erreur ───────────────────────────────────────────────────────────────────────────────────────


def test_ce_qui_fut_dit_par_erreur_se_corrige():
    corriger_incident = CorrigerIncident(incident=FUITE, motif="ce n'est pas résolu")
    quand = given(LA_FUITE, RESOLUE).when(corriger_incident)
    quand.then(
        FaitCorrige(
            fait="donne/6", nature="entretien.IncidentResolu", sujet="incident:fuite", motif="ce n'est pas résolu"
        )
    )  # fmt: skip
    assert ligne(quand, "incidents").etat == "signalé"
    given(PREVUS, COMMENCES).when(CorrigerTravaux(travaux=PEINTURE, motif="m")).then_accepted()
    arrete = EntretienArrete(entretien=REVISION, sur=LA_FOREUSE, nom=FIXE.nom, rythme=FIXE.rythme, motif="x")
    given(FIXE, arrete).when(CorrigerEntretien(entretien=REVISION, motif="m")).then_accepted()
    given().when(corriger_incident).then_refused(RienACorriger)


def test_ce_qui_a_ferme_ou_rendu_ne_se_corrige_pas_et_le_refus_dit_quoi_faire():
    quand = given(LA_SALLE, LA_FUITE, ARRETEE).when(CorrigerIncident(incident=FUITE, motif="m"))
    quand.then_refused(CorrectionSansRendre(sur=LA_VERTE, fait="donne/7"))
    assert "a aussi changé les jours où Salle verte est hors d'usage" in dit(quand)
    reportes = vers(TravauxReportes, PREVUS, rendu=MARDI)
    given(PREVUS, reportes).when(CorrigerTravaux(travaux=PEINTURE, motif="m")).then_refused(CorrectionSansRendre)
    rendue = attrs.evolve(RESOLUE, rendu=LUNDI)
    given(LA_FUITE, rendue).when(CorrigerIncident(incident=FUITE, motif="m")).then_refused(CorrectionSansRendre)
    sans = vers(TravauxReportes, PREVUS, arret=None, rendu=None)
    given(PREVUS, sans).when(CorrigerTravaux(travaux=PEINTURE, motif="m")).then_accepted()


def test_ce_qui_fait_naitre_une_chose_ne_se_corrige_pas_mais_se_quitte():
    for faits, corriger in (
        ((LA_FUITE,), CorrigerIncident(incident=FUITE, motif="m")),
        ((PREVUS,), CorrigerTravaux(travaux=PEINTURE, motif="m")),
        ((FIXE,), CorrigerEntretien(entretien=REVISION, motif="m")),
    ):
        given(*faits).when(corriger).then_refused(RienACorriger)
