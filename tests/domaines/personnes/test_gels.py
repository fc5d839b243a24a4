"""Gels : une pause que l'on demande, distincte d'une sanction ; ses jours sont rendus ou non, comme on le choisit."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LUNDI, MARDI, SAMEDI, SCIE, VENDREDI, dit, ligne, midi, regle
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    AdhesionAdmise,
    AdhesionGelee,
    AdhesionReprise,
    DepartEnregistre,
    Gel,
)
from tierslieu_core.domaines.personnes.adhesions.admission import RenouvelerAdhesion
from tierslieu_core.domaines.personnes.adhesions.pauses import (
    GelEnCours,
    GelerAdhesion,
    GelHorsAdhesion,
    GelTropLong,
    ReprendreAdhesion,
)
from tierslieu_core.domaines.personnes.adhesions.validite import DejaParti, PasAdherent
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.testing.spec import given

JANVIER, DECEMBRE = Date(2026, 1, 1), Date(2026, 12, 31)
TERMES: dict[str, Any] = {"personne": ANA, "palier": "adherent", "groupes": (), "du": JANVIER}
ADMISE = AdhesionAdmise(**TERMES, au=DECEMBRE)
GELER = GelerAdhesion(personne=ANA, du=MARDI, au=SAMEDI)
CINQ_JOURS = Gel(du=MARDI, au=SAMEDI, rendus_jours=5)
GELEE = AdhesionGelee(**TERMES, au=Date(2027, 1, 5), suspension=None, gel=CINQ_JOURS)
SANS_RENDRE = attrs.evolve(GELEE, au=DECEMBRE, gel=attrs.evolve(CINQ_JOURS, rendus_jours=0))
REPRENDRE = ReprendreAdhesion(personne=ANA)
MERCREDI = Date(2026, 11, 25)


def test_on_gele_soi_meme_son_adhesion_et_les_jours_sont_rendus_si_on_le_demande():
    given(ADMISE).when(GELER, par=ANA).then(SANS_RENDRE)
    quand = given(ADMISE).when(attrs.evolve(GELER, rendre=True), par=ANA)
    quand.then(GELEE)
    said = quand.lieu.speaker().phrase(quand.reponse.evenements[0])
    assert "gelée du mardi 24 novembre 2026 au samedi 28 novembre 2026, et va jusqu'au mardi 5 janvier 2027" in said
    given(ADMISE).when(GELER, par=BEN).then_refused(MandatManquant)


def test_redire_un_gel_ne_change_rien_et_en_changer_la_fin_recompte_ses_jours():
    encore = attrs.evolve(GELER, rendre=True)
    given(GELEE).when(encore).then_nothing()
    deux = attrs.evolve(CINQ_JOURS, au=MERCREDI, rendus_jours=2)
    given(GELEE).when(attrs.evolve(encore, au=MERCREDI), maintenant=midi(MERCREDI)).then(
        attrs.evolve(GELEE, au=Date(2027, 1, 2), gel=deux)
    )


def test_un_gel_qui_n_a_pas_commence_se_remplace():
    given(GELEE).when(attrs.evolve(GELER, du=SAMEDI)).then(
        attrs.evolve(SANS_RENDRE, gel=Gel(du=SAMEDI, au=SAMEDI, rendus_jours=0))
    )


def test_les_jours_geles_apres_la_fin_de_l_adhesion_ne_se_rendent_pas():
    gel = GelerAdhesion(personne=ANA, du=Date(2026, 12, 30), au=Date(2027, 1, 15), rendre=True)
    given(ADMISE).when(gel).then(
        attrs.evolve(GELEE, au=Date(2027, 1, 2), gel=Gel(du=gel.du, au=gel.au, rendus_jours=2))
    )


def test_pendant_un_gel_on_n_est_pas_a_jour_et_on_le_redevient():
    adherents = regle("r", "adhesion_a_jour")
    for le, accepte in ((LUNDI, True), (MARDI, False), (SAMEDI, False), (Date(2026, 11, 29), True)):
        preter = PreterObjet(objet=SCIE, personne=ANA, retour=le)
        quand = given(adherents, GELEE).when(preter, maintenant=midi(le))
        quand.then_accepted() if accepte else quand.then_refused(clause="r")


@pytest.mark.parametrize(
    ("commande", "le"),
    [
        (attrs.evolve(GELER, du=VENDREDI), LUNDI),
        (attrs.evolve(GELER, du=Date(2027, 1, 1), au=Date(2027, 1, 2)), LUNDI),
        (attrs.evolve(GELER, du=Date(2025, 12, 31)), LUNDI),
    ],
)
def test_un_gel_commence_dans_l_adhesion_et_pas_avant_d_etre_demande(commande, le):
    quand = given(ADMISE).when(commande, maintenant=midi(le))
    quand.then_refused(GelHorsAdhesion(personne=ANA, du=JANVIER, au=DECEMBRE))
    assert "à partir d'aujourd'hui" in dit(quand)


def test_un_gel_en_cours_ne_se_raccourcit_pas_dans_le_passe():
    given(GELEE).when(attrs.evolve(GELER, au=MARDI), maintenant=midi(MERCREDI)).then_refused(GelHorsAdhesion)


def test_pendant_un_gel_on_n_en_demande_pas_un_autre():
    quand = given(GELEE).when(attrs.evolve(GELER, du=SAMEDI), maintenant=midi(MERCREDI))
    quand.then_refused(GelEnCours(personne=ANA, gel=CINQ_JOURS))
    assert "reprenez d'abord l'adhésion" in dit(quand)


def test_un_gel_passe_n_empeche_pas_le_suivant_et_garde_ses_jours():
    apres = GelerAdhesion(personne=ANA, du=Date(2026, 12, 1), au=Date(2026, 12, 2), rendre=True)
    given(GELEE).when(apres, maintenant=midi(Date(2026, 11, 30))).then(
        attrs.evolve(GELEE, au=Date(2027, 1, 7), gel=Gel(du=apres.du, au=apres.au, rendus_jours=2))
    )


def test_le_lieu_peut_limiter_la_duree_d_un_gel():
    quand = given(regle("g", "duree_gel", maximum_jours=4), ADMISE).when(GELER)
    quand.then_refused(GelTropLong(jours=5, maximum=4))
    assert "Ce gel durerait 5 jours, et le lieu en permet 4 au plus." in dit(quand)
    given(regle("g", "duree_gel", maximum_jours=5), ADMISE).when(GELER).then_accepted()


# ── reprendre ───────────────────────────────────────────────────────────────────────────────────────────────────────


def reprise(le, **autre):
    return AdhesionReprise(**{**TERMES, "au": DECEMBRE, "suspension": None, "gel": None, **autre}, le=le)


def test_reprendre_avant_la_fin_ne_rend_que_les_jours_geles():
    un = Gel(du=MARDI, au=MARDI, rendus_jours=1)
    given(GELEE).when(REPRENDRE, par=ANA, maintenant=midi(MERCREDI)).then(
        reprise(MERCREDI, au=Date(2027, 1, 1), gel=un)
    )
    given(SANS_RENDRE).when(REPRENDRE, maintenant=midi(MERCREDI)).then(
        reprise(MERCREDI, gel=attrs.evolve(un, rendus_jours=0))
    )


def test_d_un_gel_qui_n_a_pas_commence_rien_ne_reste():
    given(GELEE).when(REPRENDRE).then(reprise(LUNDI))


def test_reprendre_ce_qui_n_est_pas_gele_ne_change_rien():
    given(ADMISE).when(REPRENDRE).then_nothing()
    given(GELEE).when(REPRENDRE, maintenant=midi(Date(2026, 11, 30))).then_nothing()


@pytest.mark.parametrize("commande", [GELER, REPRENDRE])
def test_sans_adhesion_ou_apres_un_depart_il_n_y_a_rien_a_geler(commande):
    given().when(commande).then_refused(PasAdherent)
    partie = DepartEnregistre(**TERMES, au=DECEMBRE, suspension=None, gel=None, le=MARDI)
    given(ADMISE, partie).when(commande).then_refused(DejaParti)


def test_renouveler_garde_le_gel():
    renouvelee = given(GELEE).when(RenouvelerAdhesion(personne=ANA, au=Date(2028, 1, 1))).then_accepted().evenements[0]
    assert renouvelee.gel == attrs.evolve(CINQ_JOURS, rendus_jours=0)


def test_le_registre_dit_qui_est_gele():
    quand = given(ADMISE).when(attrs.evolve(GELER, rendre=True))
    assert [ligne(quand, "adhesions", le).etat for le in (LUNDI, MARDI, SAMEDI, Date(2026, 11, 29))] == [
        "à jour", "gelée", "gelée", "à jour",
    ]  # fmt: skip
