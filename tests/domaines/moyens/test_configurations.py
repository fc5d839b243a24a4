"""Configurations, capacity, publics: how many a room takes, set up so, and for whom."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import LA_SALLE, LUNDI, MARDI, SAMEDI, VERTE
from whenever import Date

from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.moyens.espaces import (
    Acces,
    Configuration,
    ConfigurationInconnue,
    ConfigurationRetiree,
    ConfigurationTropPetite,
    ConfigurerEspace,
    EspaceConfigure,
    EspaceTropPetit,
    FixerPublics,
    PublicNonAdmis,
    PublicsFixes,
    RetirerConfiguration,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.sentences import Speaker
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.francais import lisible

DIT = Speaker(lisible=lisible)
THEATRE = Configuration(nom="théâtre", du=LUNDI, capacite=80, avant_minutes=30, apres_minutes=15)
REUNION = Configuration(nom="réunion", du=LUNDI, capacite=20, avant_minutes=0, apres_minutes=0)
CONFIGURER = ConfigurerEspace(
    espace=VERTE, configuration="théâtre", capacite=80, du=LUNDI, avant_minutes=30, apres_minutes=15
)
FAIT = EspaceConfigure(espace=VERTE, configuration="théâtre", capacite=80, du=LUNDI, configurations=(THEATRE,))


def test_on_configure_un_espace_et_le_redire_ne_change_rien():
    given(LA_SALLE).when(CONFIGURER).then(FAIT)
    given(LA_SALLE, FAIT).when(CONFIGURER).then_nothing()
    given(LA_SALLE, FAIT).when(attrs.evolve(CONFIGURER, du=MARDI)).then_nothing()


def test_une_configuration_change_a_partir_d_un_jour_et_laisse_les_autres():
    avec_reunion = attrs.evolve(FAIT, configurations=(REUNION, THEATRE))
    (fait,) = given(LA_SALLE, avec_reunion).when(attrs.evolve(CONFIGURER, capacite=60, du=MARDI)).reponse.evenements
    assert fait.configurations == (REUNION, THEATRE, attrs.evolve(THEATRE, capacite=60, du=MARDI))
    assert espaces.capacite(None, fait.configurations, "théâtre", LUNDI) == 80
    assert espaces.capacite(None, fait.configurations, "théâtre", MARDI) == 60


def test_ce_qui_fut_remplace_il_y_a_deux_mois_n_est_plus_redit():
    vieilles = tuple(attrs.evolve(THEATRE, du=Date(2026, n, 1), capacite=n) for n in (1, 2, 9, 11))
    avant = attrs.evolve(FAIT, configurations=vieilles)
    (fait,) = given(LA_SALLE, avant).when(CONFIGURER).then_accepted().evenements
    assert [c.du for c in fait.configurations] == [Date(2026, 9, 1), Date(2026, 11, 1), LUNDI]


def test_on_retire_une_configuration_et_le_redire_ne_change_rien():
    retirer = RetirerConfiguration(espace=VERTE, configuration="théâtre", le=MARDI)
    partie = attrs.evolve(THEATRE, du=MARDI, retiree=True)
    retiree = ConfigurationRetiree(espace=VERTE, configuration="théâtre", le=MARDI, configurations=(THEATRE, partie))
    given(LA_SALLE, FAIT).when(retirer).then(retiree)
    given(LA_SALLE, FAIT, retiree).when(retirer).then_nothing()
    given(LA_SALLE, FAIT, retiree).when(attrs.evolve(CONFIGURER, du=SAMEDI)).then_accepted()
    given(LA_SALLE).when(retirer).then_nothing()


@pytest.mark.parametrize(
    ("change", "faute"),
    [
        ({"capacite": 0}, "une personne au moins"),
        ({"configuration": " "}, "un nom"),
        ({"avant_minutes": -1}, "0 minute au moins"),
        ({"apres_minutes": -5}, "0 minute au moins"),
    ],
)
def test_une_configuration_a_un_nom_et_des_nombres_possibles(change, faute):
    with pytest.raises(DemandeInvalide, match=faute):
        given(LA_SALLE).when(attrs.evolve(CONFIGURER, **change))


def test_la_capacite_est_celle_de_la_configuration_sinon_celle_de_l_espace():
    toutes = (THEATRE, REUNION)
    assert espaces.capacite(LA_SALLE, toutes, "théâtre", LUNDI) == 80
    assert espaces.capacite(LA_SALLE, toutes, None, LUNDI) == 12
    assert espaces.capacite(None, toutes, None, LUNDI) is None


def test_un_espace_refuse_plus_de_personnes_qu_il_n_en_accueille():
    def trop(nom: str | None, n: int | None):
        return espaces.trop_petit(VERTE, LA_SALLE, (THEATRE, REUNION), nom, LUNDI, n)

    assert trop(None, 12) is trop("réunion", 20) is trop("théâtre", None) is None
    assert trop(None, 13) == EspaceTropPetit(espace=VERTE, capacite=12, participants=13)
    petite = ConfigurationTropPetite(espace=VERTE, configuration="réunion", capacite=20, participants=21)
    assert trop("réunion", 21) == petite
    phrase, issue = DIT.phrase(petite), DIT.issue(petite)
    assert "20 personnes au plus (réunion)" in phrase
    assert "21" in phrase
    assert "plus grand" in issue


def test_une_configuration_que_l_espace_n_a_pas_ce_jour_la_se_refuse_avec_celles_qu_il_a():
    partie = attrs.evolve(REUNION, du=MARDI, retiree=True)
    trouve = espaces.trop_petit(VERTE, LA_SALLE, (THEATRE, REUNION, partie), "réunion", MARDI, 5)
    assert trouve == ConfigurationInconnue(espace=VERTE, configuration="réunion", possibles=("théâtre",))
    avant = espaces.trop_petit(VERTE, LA_SALLE, (THEATRE,), "théâtre", LUNDI.subtract(days=1), 5)
    assert avant == ConfigurationInconnue(espace=VERTE, configuration="théâtre", possibles=())


# ── publics ─────────────────────────────────────────────────────────────────────────────────────────────────────────

FIXER = FixerPublics(espace=VERTE, du=LUNDI, publics=("adherent", "atelier", "adherent"))
FIXES = PublicsFixes(
    espace=VERTE, publics=("adherent", "atelier"), du=LUNDI, acces=(Acces(du=LUNDI, publics=("adherent", "atelier")),)
)


def test_on_ouvre_un_espace_a_des_publics_puis_a_tous():
    given(LA_SALLE).when(FIXER).then(FIXES)
    given(LA_SALLE, FIXES).when(FIXER).then_nothing()
    (fait,) = given(LA_SALLE, FIXES).when(FixerPublics(espace=VERTE, du=MARDI)).then_accepted().evenements
    assert fait.acces == (*FIXES.acces, Acces(du=MARDI, publics=()))
    given(LA_SALLE).when(FixerPublics(espace=VERTE, du=MARDI)).then_nothing()


def test_un_public_a_un_nom():
    with pytest.raises(DemandeInvalide, match="des noms de publics"):
        given(LA_SALLE).when(attrs.evolve(FIXER, publics=("adherent", " ")))


def test_qui_n_est_d_aucun_de_ces_publics_est_refuse_ces_jours_la():
    acces = (*FIXES.acces, Acces(du=SAMEDI, publics=()))
    non = PublicNonAdmis(espace=VERTE, publics=("adherent", "atelier"), siens=("non-adherent",))
    assert espaces.public_non_admis(VERTE, acces, LUNDI, ["non-adherent"]) == non
    assert espaces.public_non_admis(VERTE, acces, LUNDI, ["benevole", "atelier"]) is None
    assert espaces.public_non_admis(VERTE, acces, SAMEDI, ["non-adherent"]) is None
    assert espaces.public_non_admis(VERTE, (), LUNDI, ["non-adherent"]) is None
    assert "n'accueille que ces publics : adherent et atelier" in DIT.phrase(non)
