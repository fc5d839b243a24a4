"""Exclusions : jamais sans audition, convoquée à temps ; levées avec un motif ; et le retour, après."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import ANA, LUNDI, MARDI, SAMEDI, SCIE, VENDREDI, dit, ligne, midi, regle
from whenever import Date

from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    AdherentExclu,
    AdhesionAdmise,
    AdhesionSuspendue,
    DepartEnregistre,
    Exclusion,
    ExclusionLevee,
    Suspension,
)
from tierslieu_core.domaines.personnes.adhesions.admission import AdmettreAdherent, RenouvelerAdhesion
from tierslieu_core.domaines.personnes.adhesions.candidature import AdhesionDemandee, DemanderAdhesion
from tierslieu_core.domaines.personnes.adhesions.correction import CorrigerAdhesion, ExclusionSeLeve
from tierslieu_core.domaines.personnes.adhesions.depart import EnregistrerDepart
from tierslieu_core.domaines.personnes.adhesions.exclusion import (
    AuditionAVenir,
    AuditionConstatee,
    AuditionConvoquee,
    AuditionManquante,
    ClasserProcedure,
    ConstaterAudition,
    ConvocationTardive,
    ConvoquerAudition,
    ExclureAdherent,
    ExclusionTropCourte,
    LeverExclusion,
    PasDeConvocation,
    PasExclu,
    ProcedureClassee,
)
from tierslieu_core.domaines.personnes.adhesions.pauses import SuspendreAdhesion
from tierslieu_core.domaines.personnes.adhesions.validite import EncoreExclu, FinieParExclusion
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.kernel.personal import Scelle
from tierslieu_core.testing.spec import given

JANVIER, DECEMBRE, AN_PROCHAIN = Date(2026, 1, 1), Date(2026, 12, 31), Date(2027, 12, 31)
TERMES: dict[str, Any] = {"personne": ANA, "palier": "adherent", "groupes": (), "du": JANVIER, "au": DECEMBRE}
ADMISE = AdhesionAdmise(**TERMES)
CONVOQUEE = AuditionConvoquee(personne=ANA, le=MARDI, motif="menaces")
ENTENDUE = AuditionConstatee(personne=ANA, le=MARDI, presence=True, compte_rendu="regrets")
CLASSEE = ProcedureClassee(personne=ANA, motif="excuses")
SANCTION = Exclusion(du=MARDI, au=SAMEDI)
EXCLUE = AdherentExclu(**TERMES, suspension=None, gel=None, exclusion=SANCTION, motif="menaces")
LEVEE = ExclusionLevee(**TERMES, suspension=None, gel=None, exclusion=SANCTION, le=MARDI, motif="recours")

CONVOQUER = ConvoquerAudition(personne=ANA, le=MARDI, motif="menaces")
CONSTATER = ConstaterAudition(personne=ANA, presence=True, compte_rendu="regrets")
EXCLURE = ExclureAdherent(personne=ANA, au=SAMEDI, motif="menaces")
LEVER = LeverExclusion(personne=ANA, motif="recours")
CLASSER = ClasserProcedure(personne=ANA, motif="excuses")
DIMANCHE = Date(2026, 11, 29)

# ── convoquer, entendre ─────────────────────────────────────────────────────────────────────────────────────────────


def test_on_convoque_une_audition_et_la_redire_ne_change_rien():
    given(ADMISE).when(CONVOQUER).then(CONVOQUEE)
    given(ADMISE, CONVOQUEE).when(CONVOQUER).then_nothing()
    given(ADMISE, CONVOQUEE).when(attrs.evolve(CONVOQUER, le=SAMEDI)).then(attrs.evolve(CONVOQUEE, le=SAMEDI))


def test_une_audition_se_convoque_assez_tot():
    delai = regle("delai", "delai_audition", jours=5)
    quand = given(delai).when(attrs.evolve(CONVOQUER, le=Date(2026, 11, 27)))
    quand.then_refused(ConvocationTardive(personne=ANA, le=Date(2026, 11, 27), au_plus_tot=SAMEDI))
    assert "Choisissez le samedi 28 novembre 2026 ou plus tard" in dit(quand)
    given(delai).when(attrs.evolve(CONVOQUER, le=SAMEDI)).then_accepted()
    given().when(attrs.evolve(CONVOQUER, le=VENDREDI)).then_refused(ConvocationTardive)
    given().when(attrs.evolve(CONVOQUER, le=LUNDI)).then_accepted()


def test_on_constate_une_audition_ou_l_absence_le_jour_venu():
    given(CONVOQUEE).when(CONSTATER, maintenant=midi(MARDI)).then(ENTENDUE)
    absente = ConstaterAudition(personne=ANA, presence=False)
    given(CONVOQUEE).when(absente, maintenant=midi(MARDI)).then(
        AuditionConstatee(personne=ANA, le=MARDI, presence=False)
    )
    given(CONVOQUEE, ENTENDUE).when(CONSTATER, maintenant=midi(MARDI)).then_nothing()
    quand = given(CONVOQUEE).when(CONSTATER)
    quand.then_refused(AuditionAVenir(personne=ANA, le=MARDI))
    assert "prévue le mardi 24 novembre 2026" in dit(quand)


@pytest.mark.parametrize("commande", [CONSTATER, CLASSER])
@pytest.mark.parametrize("faits", [(), (ADMISE, CONVOQUEE, ENTENDUE, EXCLUE)])
def test_sans_convocation_il_n_y_a_rien_a_constater_ni_a_classer(commande, faits):
    given(*faits).when(commande, maintenant=midi(MARDI)).then_refused(PasDeConvocation(personne=ANA))


def test_une_procedure_se_classe_et_il_faut_alors_convoquer_a_nouveau():
    given(CONVOQUEE).when(CLASSER).then(CLASSEE)
    given(CONVOQUEE, ENTENDUE).when(CLASSER).then(CLASSEE)
    given(CONVOQUEE, CLASSEE).when(CLASSER).then_nothing()
    given(ADMISE, CONVOQUEE, ENTENDUE, CLASSEE).when(EXCLURE, maintenant=midi(MARDI)).then_refused(AuditionManquante)


# ── exclure ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_exclut_apres_audition_et_le_redire_ne_change_rien():
    quand = given(ADMISE, CONVOQUEE, ENTENDUE).when(EXCLURE, maintenant=midi(MARDI))
    quand.then(EXCLUE)
    said = quand.lieu.speaker().phrase(quand.reponse.evenements[0])
    assert "exclusion du mardi 24 novembre 2026 au samedi 28 novembre 2026 (menaces)" in said
    given(ADMISE, CONVOQUEE, ENTENDUE, EXCLUE).when(EXCLURE, maintenant=midi(MARDI)).then_nothing()


@pytest.mark.parametrize("faits", [(), (CONVOQUEE,), (ENTENDUE, EXCLUE)])
def test_personne_n_est_exclu_sans_audition(faits):
    quand = given(ADMISE, *faits).when(attrs.evolve(EXCLURE, au=None), maintenant=midi(MARDI))
    quand.then_refused(AuditionManquante(personne=ANA))
    assert "puis constatez l'audition ou l'absence" in dit(quand)


def test_une_exclusion_ne_precede_pas_l_audition_et_ne_finit_pas_avant_de_commencer():
    given(ADMISE, ENTENDUE).when(EXCLURE, survenu_le=midi(VENDREDI)).then_refused(AuditionAVenir)
    quand = given(ADMISE, ENTENDUE).when(attrs.evolve(EXCLURE, au=LUNDI), maintenant=midi(MARDI))
    quand.then_refused(ExclusionTropCourte(du=MARDI, au=LUNDI))


def test_une_exclusion_peut_etre_sans_terme_et_viser_qui_n_a_pas_d_adhesion():
    sans_terme = Exclusion(du=MARDI, au=None)
    quand = given(ENTENDUE).when(attrs.evolve(EXCLURE, au=None), maintenant=midi(MARDI))
    du_jour: dict[str, Any] = {**TERMES, "palier": "", "du": MARDI, "au": MARDI}
    quand.then(AdherentExclu(**du_jour, suspension=None, gel=None, exclusion=sans_terme, motif="menaces"))
    assert "à partir du mardi 24 novembre 2026, sans terme" in str(sans_terme)
    assert ligne(quand, "adhesions", MARDI).etat == "exclue"


def test_une_exclusion_n_efface_pas_un_depart():
    parti = DepartEnregistre(**TERMES, suspension=None, gel=None, le=VENDREDI)
    given(ADMISE, parti, ENTENDUE).when(EXCLURE, maintenant=midi(MARDI)).then(attrs.evolve(EXCLUE, au=VENDREDI))


def test_une_personne_exclue_n_est_plus_a_jour_et_l_etait_la_veille():
    adherents = regle("r", "adhesion_a_jour")
    preter = PreterObjet(objet=SCIE, personne=ANA, retour=SAMEDI)
    given(adherents, EXCLUE).when(preter, maintenant=midi(MARDI)).then_refused(clause="r")
    given(adherents, EXCLUE).when(preter, maintenant=midi(MARDI), survenu_le=midi(LUNDI)).then_accepted()


# ── revenir ─────────────────────────────────────────────────────────────────────────────────────────────────────────

REVENIR = AdmettreAdherent(personne=ANA, du=DIMANCHE, au=AN_PROCHAIN)


@pytest.mark.parametrize("commande", [REVENIR, DemanderAdhesion(personne=ANA)])
def test_qui_est_exclu_ne_revient_pas_avant_le_terme(commande):
    quand = given(EXCLUE).when(commande, maintenant=midi(SAMEDI))
    quand.then_refused(EncoreExclu(personne=ANA, exclusion=SANCTION))
    assert "exclusion en cours du mardi 24 novembre 2026 au samedi 28 novembre 2026" in dit(quand)
    assert "levez-la d'abord, avec un motif" in dit(quand)
    given(EXCLUE).when(commande, maintenant=midi(DIMANCHE)).then_accepted()


def test_une_exclusion_se_leve_avec_un_motif_et_l_on_peut_alors_revenir():
    given(EXCLUE).when(LEVER, maintenant=midi(MARDI)).then(LEVEE)
    given(EXCLUE, LEVEE).when(LEVER, maintenant=midi(MARDI)).then_nothing()
    given(EXCLUE, LEVEE).when(attrs.evolve(REVENIR, du=MARDI), maintenant=midi(MARDI)).then_accepted()


@pytest.mark.parametrize(("faits", "le"), [((), LUNDI), ((ADMISE,), LUNDI), ((EXCLUE,), DIMANCHE)])
def test_sans_exclusion_en_cours_il_n_y_a_rien_a_lever(faits, le):
    quand = given(*faits).when(LEVER, maintenant=midi(le))
    quand.then_refused(PasExclu(personne=ANA))
    assert "rien à lever" in dit(quand)


@pytest.mark.parametrize("faits", [(EXCLUE,), (EXCLUE, LEVEE)])
@pytest.mark.parametrize("commande", [
    RenouvelerAdhesion(personne=ANA, au=AN_PROCHAIN), EnregistrerDepart(personne=ANA, le=SAMEDI),
    SuspendreAdhesion(personne=ANA, du=MARDI, au=SAMEDI, motif="x"),
])  # fmt: skip
def test_une_adhesion_finie_par_une_exclusion_ne_se_renouvelle_ni_ne_se_suspend_ni_ne_se_quitte(faits, commande):
    quand = given(*faits).when(commande, maintenant=midi(MARDI))
    quand.then_refused(FinieParExclusion(personne=ANA, exclusion=SANCTION))
    assert "une fois l'exclusion finie ou levée" in dit(quand)


# ── registre et échéances ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("faits", "commande", "le", "etat"),
    [
        ((ADMISE, ENTENDUE), EXCLURE, SAMEDI, "exclue"),
        ((ADMISE, ENTENDUE), EXCLURE, DIMANCHE, "partie"),
        ((ADMISE, EXCLUE), LEVER, MARDI, "partie"),
    ],
)
def test_le_registre_dit_qui_est_exclu(faits, commande, le, etat):
    assert ligne(given(*faits).when(commande, maintenant=midi(MARDI)), "adhesions", le).etat == etat


def test_le_registre_garde_la_candidature_d_une_personne_exclue_puis_revenue():
    demandee = AdhesionDemandee(personne=ANA, palier="adherent", depuis=DIMANCHE, provisoire_jusqu_au=None)
    quand = given(ADMISE, EXCLUE, demandee).when(REVENIR, maintenant=midi(DIMANCHE))
    row = ligne(quand, "adhesions", DIMANCHE)
    assert (row.etat, row.candidature, row.exclusion) == ("à jour", "", None)


def test_une_audition_convoquee_est_a_constater_par_quelqu_un():
    lieu = given(ADMISE).when(CONVOQUER).lieu
    (due,) = (f for f in lieu.a_faire() if f.echeance == "adhesions.audition")
    assert (due.quand, due.automatique) == (midi(MARDI).subtract(hours=12), False)
    assert due.phrase == "Audition d'ana le mardi 24 novembre 2026 : constater qu'elle a eu lieu, ou l'absence"
    lieu.executer(CLASSER, par="camille")
    assert not any(f.echeance == "adhesions.audition" for f in lieu.a_faire())
    assert ligne(given(CONVOQUEE).when(CONSTATER, maintenant=midi(MARDI)), "adhesions").entendue


def test_le_motif_d_une_exclusion_et_le_compte_rendu_sont_scelles():
    quand = given(CONVOQUEE).when(CONSTATER, maintenant=midi(MARDI))
    assert isinstance(quand.reponse.evenements[0].compte_rendu, Scelle)
    quand = given(ADMISE, ENTENDUE).when(EXCLURE, maintenant=midi(MARDI))
    assert isinstance(quand.reponse.evenements[0].motif, Scelle)


def test_partir_ne_leve_pas_une_suspension():
    suspendue = AdhesionSuspendue(**TERMES, suspension=Suspension(du=LUNDI, au=SAMEDI), gel=None, motif="x")
    assert ligne(given(suspendue).when(EnregistrerDepart(personne=ANA, le=SAMEDI), par=ANA), "adhesions").etat == (
        "suspendue"
    )


def test_une_exclusion_ne_se_corrige_pas_elle_se_leve():
    quand = given(ADMISE, CONVOQUEE, ENTENDUE, EXCLUE).when(CorrigerAdhesion(personne=ANA, motif="trop sévère"))
    quand.then_refused(ExclusionSeLeve(personne=ANA))
    assert "Elle se lève, par qui peut exclure" in dit(quand)
