"""What a person consents to: given by themselves, withdrawn at will, under each of their identifiers."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LUNDI, ligne, vecu
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.personnes.consentements import (
    Accord,
    ConsentementDonne,
    ConsentementRetire,
    Consentir,
    LigneConsentement,
    RetirerConsentement,
    consent,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given

VISIBLE = Accord(finalite="visibilite", texte="charte 2026", du=LUNDI)
DONNE = ConsentementDonne(personne=ANA, finalite="visibilite", texte="charte 2026", accords=(VISIBLE,))
RETIRE = ConsentementRetire(personne=ANA, finalite="visibilite", accords=())
CONSENTIR = Consentir(personne=ANA, finalite="visibilite", texte="charte 2026")
RETIRER = RetirerConsentement(personne=ANA, finalite="visibilite")


def test_chacun_consent_pour_soi():
    donne = given().when(CONSENTIR, par=ANA)
    donne.then(DONNE)
    assert ligne(donne, "consentements") == LigneConsentement(ANA, "visibilite", LUNDI, "charte 2026")
    given(DONNE).when(CONSENTIR, par=ANA).then_nothing()


def test_un_autre_texte_se_consent_a_nouveau():
    autre = attrs.evolve(VISIBLE, texte="charte 2027")
    given(DONNE).when(attrs.evolve(CONSENTIR, texte="charte 2027"), par=ANA).then(
        attrs.evolve(DONNE, texte="charte 2027", accords=(autre,))
    )


def test_nul_ne_consent_pour_un_autre():
    given().when(CONSENTIR, par=CAMILLE).then_refused(MandatManquant)


@pytest.mark.parametrize("par", [ANA, CAMILLE])
def test_un_consentement_se_retire_a_tout_moment(par):
    retire = given(DONNE).when(RETIRER, par=par)
    retire.then(RETIRE)
    assert retire.lieu.registre("consentements") == []
    given(DONNE, RETIRE).when(RETIRER, par=par).then_nothing()


def test_un_consentement_se_retire_sous_chaque_identifiant():
    reunis = DoublonReuni(personne=ANA, doublon=BEN)
    de_ben = attrs.evolve(DONNE, personne=BEN)
    retire = given(de_ben, reunis).when(RETIRER, par=ANA)
    retire.then(attrs.evolve(RETIRE, personne=BEN))


def test_ce_a_quoi_une_personne_consent_se_lit_a_une_date():
    lieu = vecu(DONNE, RETIRE)
    assert lieu.registre("consentements") == []
    assert vecu(DONNE).registre("consentements", au=Date(2026, 11, 1)) == []
    assert consent([(VISIBLE,)], "visibilite")
    assert not consent([(VISIBLE,)], "image")


def test_une_finalite_est_un_mot():
    with pytest.raises(DemandeInvalide, match="finalite"):
        given().when(attrs.evolve(CONSENTIR, finalite="Ma photo !"), par=ANA).then_accepted()
