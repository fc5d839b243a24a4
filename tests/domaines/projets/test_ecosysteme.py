"""Who is around the place, where it takes part, what is set going together."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, MARDI, SAMEDI, VENDREDI, dit, ligne, vecu
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.projets.ecosysteme import (
    AcheverDynamique,
    ActeurRecense,
    AvancerDynamique,
    CorrigerDynamique,
    CorrigerParticipation,
    DepartAvantEntree,
    DynamiqueAchevee,
    DynamiqueAvancee,
    DynamiqueClose,
    DynamiqueDejaLancee,
    DynamiqueLancee,
    LancerDynamique,
    LigneActeur,
    ParticipationEngagee,
    ParticipationQuittee,
    PasPorteur,
    PrendrePart,
    QuitterActeur,
    RecenserActeur,
    SansParticipation,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import ActeurId, DynamiqueId
from tierslieu_core.vocabulaire.vie import vers

RESEAU, MAIRIE = ActeurId("reseau"), ActeurId("mairie")
RECENSE = ActeurRecense(acteur=RESEAU, nom="France Lieux", nature="réseau", echelle="national", description="")
LA_MAIRIE = ActeurRecense(acteur=MAIRIE, nom="La mairie", nature="commune", echelle="local", description="")
ENGAGEE = ParticipationEngagee(acteur=RESEAU, qualite="membre", personne=ANA, du=VENDREDI, au=SAMEDI)
QUITTEE = ParticipationQuittee(
    acteur=RESEAU, qualite="membre", personne=ANA, du=VENDREDI, le=MARDI, bilan="trois visites croisées"
)
COMPOST = DynamiqueId("compost")
LANCEE = DynamiqueLancee(
    dynamique=COMPOST, nom="Compost de quartier", nature="transition", personne=ANA, avec=(MAIRIE,), besoins=()
)
AVANCEE = vers(DynamiqueAvancee, LANCEE, etape="premier bac", avec=(MAIRIE, RESEAU))
ACHEVEE = vers(DynamiqueAchevee, LANCEE, suite="aboutie", bilan="cent foyers")
QUITTER = QuitterActeur(acteur=RESEAU, le=MARDI, bilan="trois visites croisées")


# ── acteurs et participations ───────────────────────────────────────────────────────────────────────────────────────


def test_un_acteur_se_recense_une_fois_et_se_dit_autrement():
    demande = RecenserActeur(acteur=RESEAU, nom="France Lieux", nature="réseau", echelle="national")
    given().when(demande).then(RECENSE)
    given(RECENSE).when(demande).then_nothing()
    autrement = given(RECENSE).when(attrs.evolve(demande, echelle="international"))
    autrement.then_accepted()
    assert autrement.lieu.registre("acteurs") == [LigneActeur(RESEAU, "France Lieux", "réseau", "international", "")]


def test_le_lieu_prend_part_et_renouvelle():
    demande = PrendrePart(acteur=RESEAU, qualite="membre", du=VENDREDI, au=SAMEDI, personne=ANA)
    given(RECENSE).when(demande).then(ENGAGEE)
    given(RECENSE, ENGAGEE).when(demande).then_nothing()
    an = attrs.evolve(demande, au=Date(2027, 12, 31))
    given(RECENSE, ENGAGEE).when(an).then(attrs.evolve(ENGAGEE, au=Date(2027, 12, 31)))
    with pytest.raises(DemandeInvalide, match="doit venir après"):
        given(RECENSE).when(attrs.evolve(demande, du=SAMEDI, au=VENDREDI)).then_accepted()


def test_le_lieu_quitte_un_reseau_et_dit_ce_qu_il_en_est_sorti():
    given(RECENSE, ENGAGEE).when(QUITTER).then(QUITTEE)
    given(RECENSE, ENGAGEE, QUITTEE).when(QUITTER).then_nothing()


def test_on_ne_quitte_pas_ce_dont_on_n_est_pas():
    refuse = given(RECENSE).when(QUITTER)
    refuse.then_refused(SansParticipation(acteur=RESEAU, jusqu_au=None))
    assert dit(refuse) == (
        "France Lieux : le lieu n'y prend pas part. Voyez où il prend part : tierslieu registre participations."
    )
    deja = given(RECENSE, ENGAGEE, QUITTEE).when(attrs.evolve(QUITTER, le=SAMEDI))
    deja.then_refused(SansParticipation(acteur=RESEAU, jusqu_au=MARDI))
    assert "il l'a fait jusqu'au mardi 24 novembre 2026" in dit(deja)
    given(RECENSE, ENGAGEE).when(attrs.evolve(QUITTER, le=Date(2026, 1, 1))).then_refused(
        DepartAvantEntree(acteur=RESEAU, du=VENDREDI, le=Date(2026, 1, 1))
    )


@pytest.mark.parametrize(("faits", "au", "etat"), [
    ((ENGAGEE,), Date(2026, 11, 1), None), ((attrs.evolve(ENGAGEE, du=SAMEDI),), None, "à venir"),
    ((ENGAGEE,), None, "en cours"), ((attrs.evolve(ENGAGEE, au=None),), None, "en cours"),
    ((attrs.evolve(ENGAGEE, au=VENDREDI),), None, "échue"),
    ((ENGAGEE, attrs.evolve(QUITTEE, le=VENDREDI)), None, "quittée"), ((ENGAGEE, QUITTEE), None, "en cours"),
])  # fmt: skip
def test_une_participation_se_lit_au_jour_ou_on_la_lit(faits, au, etat):
    lieu = vecu(RECENSE, *faits)
    assert [r.etat for r in lieu.registre("participations", au=au)] == ([] if etat is None else [etat])


def test_une_participation_qui_finit_se_rappelle():
    (une,) = vecu(RECENSE, ENGAGEE).a_faire()
    assert une.phrase == "France Lieux : la participation du lieu va jusqu'au samedi 28 novembre 2026 ; à renouveler"
    assert vecu(RECENSE, ENGAGEE, QUITTEE).a_faire() == []


def test_une_participation_saisie_par_erreur_se_corrige():
    corrige = given(RECENSE, ENGAGEE, QUITTEE).when(CorrigerParticipation(acteur=RESEAU, motif="mauvais réseau"))
    corrige.then_accepted()
    assert ligne(corrige, "participations").bilan is None
    given(RECENSE).when(CorrigerParticipation(acteur=RESEAU, motif="x")).then_refused(RienACorriger)


# ── dynamiques ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_chacun_peut_lancer_la_dynamique_qu_il_porte():
    demande = LancerDynamique(
        dynamique=COMPOST, nom="Compost de quartier", nature="transition", personne=ANA, avec=(MAIRIE,)
    )
    given(LA_MAIRIE).when(demande, par=ANA).then(LANCEE)
    given(LA_MAIRIE, LANCEE).when(demande, par=ANA).then_nothing()
    given(LA_MAIRIE, LANCEE, AVANCEE).when(attrs.evolve(demande, avec=(MAIRIE, RESEAU)), par=ANA).then_nothing()
    autre = given(LA_MAIRIE, LANCEE).when(attrs.evolve(demande, nom="Autre", personne=BEN), par=BEN)
    autre.then_refused(DynamiqueDejaLancee(nom="Compost de quartier", personne=ANA))


def test_une_dynamique_avance_et_d_autres_la_rejoignent():
    etape = AvancerDynamique(dynamique=COMPOST, etape="premier bac", avec=(MAIRIE, RESEAU))
    avance = given(RECENSE, LA_MAIRIE, LANCEE).when(etape, par=ANA)
    avance.then(AVANCEE)
    encore = given(RECENSE, LA_MAIRIE, LANCEE, AVANCEE).when(attrs.evolve(etape, etape="second bac"), par=ANA)
    assert ligne(encore, "dynamiques").etapes == 2
    assert (ligne(avance, "dynamiques").etapes, ligne(avance, "dynamiques").avec) == (1, (MAIRIE, RESEAU))


def test_seul_qui_la_porte_parle_d_une_dynamique_ou_la_conciergerie():
    etape = AvancerDynamique(dynamique=COMPOST, etape="premier bac")
    given(LANCEE).when(etape, par=BEN).then_refused(PasPorteur(nom="Compost de quartier", personne=ANA))
    given(LANCEE).when(etape, par=CAMILLE).then_accepted()


def test_une_dynamique_s_acheve_avec_ce_qu_il_en_est_sorti():
    fin = AcheverDynamique(dynamique=COMPOST, suite="aboutie", bilan="cent foyers")
    acheve = given(LANCEE).when(fin)
    acheve.then(ACHEVEE)
    assert (ligne(acheve, "dynamiques").etat, ligne(acheve, "dynamiques").bilan) == ("aboutie", "cent foyers")
    given(LANCEE, ACHEVEE).when(fin).then_nothing()
    close = given(LANCEE, ACHEVEE).when(attrs.evolve(fin, suite="arrêtée"))
    close.then_refused(DynamiqueClose(nom="Compost de quartier", suite="aboutie"))
    assert "Compost de quartier est aboutie : plus rien ne s'y passe." in dit(close)


def test_une_dynamique_sans_nouvelles_se_rappelle():
    lieu = vecu(LANCEE)
    (une,) = lieu.a_faire(lieu.horloge().add(hours=24 * 91))
    assert une.phrase.startswith("Compost de quartier : sans nouvelles depuis le ")
    assert vecu(LANCEE, ACHEVEE).a_faire(lieu.horloge().add(hours=24 * 91)) == []


def test_une_fin_saisie_par_erreur_se_corrige():
    corrige = given(LANCEE, ACHEVEE).when(CorrigerDynamique(dynamique=COMPOST, motif="pas encore"))
    corrige.then_accepted()
    assert ligne(corrige, "dynamiques").etat == "en cours"


def test_rien_ne_se_dit_d_une_dynamique_lancee_par_erreur():
    corrige = given(LANCEE).when(CorrigerDynamique(dynamique=COMPOST, motif="un essai"))
    corrige.then_accepted()
    for commande in (
        AvancerDynamique(dynamique=COMPOST, etape="x"), AcheverDynamique(dynamique=COMPOST, suite="aboutie", bilan="x"),
    ):  # fmt: skip
        refuse = corrige.lieu.executer(commande, par=CAMILLE)
        assert refuse.verdict == "refus"
        assert refuse.explication[0].startswith("La dynamique « compost » fut enregistrée par erreur")
    assert corrige.lieu.registre("dynamiques") == []
