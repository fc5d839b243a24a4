"""A service is studied, tried, sustained or stopped; each step says why, and what is measured is declared first."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LUNDI, MARDI, SAMEDI, VENDREDI, dit, ligne, regle, vecu
from whenever import Date

from tierslieu_core.domaines.cadre.publics import PublicDeclare
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.personnes.besoins import BesoinExprime
from tierslieu_core.domaines.projets.services import (
    ArreterService,
    CorrigerService,
    EssayerService,
    EtudierService,
    Indicateur,
    IndicateurInconnu,
    IndicateurReleve,
    LigneReleve,
    PasACetteEtape,
    PerenniserService,
    Releve,
    ReleverIndicateurs,
    ServiceArrete,
    ServiceEssaye,
    ServiceEtudie,
    ServicePerennise,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import BesoinId, PublicId, ServiceId
from tierslieu_core.vocabulaire.vie import vers

REPAS, JEUNES = ServiceId("repas"), PublicId("jeunes")
LES_JEUNES = PublicDeclare(public=JEUNES, nom="Jeunes", description="")
REPAS_SERVIS = Indicateur(nom="repas", unite="par semaine", attendu=20)
ETUDIE = ServiceEtudie(
    service=REPAS, nom="Repas partagé", personne=ANA, publics=(JEUNES,), besoins=(), indicateurs=(REPAS_SERVIS,)
)
ESSAYE = vers(ServiceEssaye, ETUDIE, du=LUNDI, au=SAMEDI, motif="trois demandes")
PERENNE = vers(ServicePerennise, ETUDIE, du=SAMEDI, motif="trente repas")
ARRETE = vers(ServiceArrete, ETUDIE, le=SAMEDI, motif="personne ne vient")
ETUDIER = EtudierService(
    service=REPAS, nom="Repas partagé", personne=ANA, publics=(JEUNES,), indicateurs=(REPAS_SERVIS,)
)
ESSAYER = EssayerService(service=REPAS, du=LUNDI, au=SAMEDI, motif="trois demandes")
PERENNISER = PerenniserService(service=REPAS, du=SAMEDI, motif="trente repas")
ARRETER = ArreterService(service=REPAS, le=SAMEDI, motif="personne ne vient")
RELEVER = ReleverIndicateurs(service=REPAS, le=MARDI, nombres=("repas=12",))
RELEVE = IndicateurReleve(
    service=REPAS, nom="Repas partagé", le=MARDI,
    releves=(Releve(indicateur="repas", unite="par semaine", nombre=12, attendu=20),),
)  # fmt: skip


def test_chacun_peut_etudier_le_service_qu_il_porte():
    given(LES_JEUNES).when(ETUDIER, par=ANA).then(ETUDIE)
    given(LES_JEUNES, ETUDIE).when(ETUDIER, par=ANA).then_nothing()
    autrement = given(LES_JEUNES, ETUDIE).when(attrs.evolve(ETUDIER, personne=BEN))
    autrement.then(attrs.evolve(ETUDIE, personne=BEN))


@pytest.mark.parametrize(("avant", "demande", "fait"), [
    ((ETUDIE,), ESSAYER, ESSAYE), ((ETUDIE, ARRETE), ESSAYER, ESSAYE),
    ((ETUDIE, ESSAYE), attrs.evolve(ESSAYER, au=Date(2027, 1, 1)), attrs.evolve(ESSAYE, au=Date(2027, 1, 1))),
    ((ETUDIE,), PERENNISER, PERENNE), ((ETUDIE, ESSAYE), PERENNISER, PERENNE),
    ((ETUDIE,), ARRETER, ARRETE), ((ETUDIE, ESSAYE), ARRETER, ARRETE), ((ETUDIE, PERENNE), ARRETER, ARRETE),
    ((ETUDIE, ARRETE), ETUDIER, ETUDIE),
])  # fmt: skip
def test_un_service_va_d_etape_en_etape(avant, demande, fait):
    given(LES_JEUNES, *avant).when(demande).then(fait)


@pytest.mark.parametrize(("avant", "demande"), [
    ((ETUDIE, ESSAYE), ESSAYER), ((ETUDIE, PERENNE), PERENNISER), ((ETUDIE, ARRETE), ARRETER),
])  # fmt: skip
def test_redire_une_etape_ne_change_rien(avant, demande):
    given(LES_JEUNES, *avant).when(demande).then_nothing()


@pytest.mark.parametrize(("avant", "demande", "etape", "voulue"), [
    ((ETUDIE, ESSAYE), ETUDIER, "à l'essai", "à l'étude"), ((ETUDIE, PERENNE), ETUDIER, "pérenne", "à l'étude"),
    ((ETUDIE, PERENNE), ESSAYER, "pérenne", "à l'essai"), ((ETUDIE, ARRETE), PERENNISER, "arrêté", "pérenne"),
    ((ETUDIE, ARRETE), attrs.evolve(ARRETER, le=MARDI), "arrêté", "arrêté"),
])  # fmt: skip
def test_un_service_ne_saute_pas_d_etape(avant, demande, etape, voulue):
    refuse = given(LES_JEUNES, *avant).when(demande)
    refuse.then_refused(PasACetteEtape)
    assert f"Repas partagé est {etape} : il ne peut pas devenir {voulue}." in dit(refuse)
    assert f"Avant d'être {voulue}, un service est" in dit(refuse)


def test_ce_que_l_on_mesure_fut_dit_d_avance():
    releve = given(LES_JEUNES, ETUDIE).when(RELEVER)
    releve.then(RELEVE)
    assert ligne(releve, "releves") == LigneReleve(REPAS, "repas", "par semaine", MARDI, 12, 20)
    given(LES_JEUNES, ETUDIE, RELEVE).when(RELEVER).then_nothing()
    sans = attrs.evolve(RELEVE, releves=(Releve(indicateur="repas", unite="", nombre=12, attendu=None),))
    phrases = [vecu(LES_JEUNES, ETUDIE, fait).speaker().phrase(fait) for fait in (RELEVE, sans)]
    assert phrases == [
        "Repas partagé, le mardi 24 novembre 2026 : repas : 12 (attendu : 20)",
        "Repas partagé, le mardi 24 novembre 2026 : repas : 12",
    ]
    refuse = given(LES_JEUNES, ETUDIE).when(attrs.evolve(RELEVER, nombres=("repas=12", "sourires=3")))
    refuse.then_refused(IndicateurInconnu(nom="Repas partagé", inconnus=("sourires",), connus=("repas",)))
    assert "Repas partagé ne mesure pas : sourires. Ce qu'il mesure : repas." in dit(refuse)


@pytest.mark.parametrize("faux", ["repas", "=3", "repas=douze", "repas=-1"])
def test_un_releve_mal_ecrit_dit_comment_l_ecrire(faux):
    with pytest.raises(DemandeInvalide, match="attend « nom=nombre »"):
        given(LES_JEUNES, ETUDIE).when(attrs.evolve(RELEVER, nombres=(faux,))).then_accepted()


def test_un_indicateur_ne_se_dit_qu_une_fois():
    with pytest.raises(DemandeInvalide, match="« repas » y est deux fois"):
        given(LES_JEUNES).when(attrs.evolve(ETUDIER, indicateurs=(REPAS_SERVIS, REPAS_SERVIS))).then_accepted()


def test_un_essai_qui_finit_demande_une_decision():
    (une,) = vecu(LES_JEUNES, ETUDIE, ESSAYE).a_faire()
    fin = "l'essai finit le samedi 28 novembre 2026 ; à pérenniser, à prolonger ou à arrêter"
    assert une.phrase == f"Repas partagé : {fin}"
    assert vecu(LES_JEUNES, ETUDIE, PERENNE).a_faire() == []


def test_une_etape_saisie_par_erreur_se_corrige():
    corrige = given(LES_JEUNES, ETUDIE, ARRETE).when(CorrigerService(service=REPAS, motif="pas celui-là"))
    corrige.then_accepted()
    assert ligne(corrige, "services").etat == "à l'étude"


@pytest.mark.parametrize("demande", [ESSAYER, PERENNISER, ARRETER, RELEVER])
def test_rien_ne_se_dit_d_un_service_etudie_par_erreur(demande):
    corrige = given(LES_JEUNES, ETUDIE).when(CorrigerService(service=REPAS, motif="un essai"))
    refuse = corrige.lieu.executer(demande, par=CAMILLE)
    assert refuse.explication[0].startswith("Le service « repas » fut enregistré par erreur"), refuse


def test_le_lieu_peut_regler_ses_essais():
    pas_en_novembre = regle(
        "hiver", "fenetre", Portee(actions=("essayer_service",)), du=Date(2027, 1, 1), au=Date(2027, 12, 31)
    )
    refuse = given(LES_JEUNES, pas_en_novembre, ETUDIE).when(ESSAYER)
    assert refuse.reponse.verdict == "refus"
    given(LES_JEUNES, pas_en_novembre, ETUDIE).when(PERENNISER).then_accepted()


def test_un_service_qui_reste_repond_aux_besoins_pour_lesquels_on_l_etudia():
    besoin = BesoinId("manger")
    exprime = BesoinExprime(besoin=besoin, nom="Manger", origine="public", publics=(), personne=None, detail=None)
    reste = given(LES_JEUNES, exprime, attrs.evolve(ETUDIE, besoins=(besoin,))).when(PERENNISER)
    (suite,) = reste.then_accepted().suites
    assert suite.verdict == "accord"
    assert ligne(reste, "besoins").etat == "répondu"


def test_le_registre_dit_ou_en_est_chaque_service():
    tenu = vecu(LES_JEUNES, ETUDIE, ESSAYE)
    (un,) = tenu.registre("services")
    assert (un.etat, un.du, un.au, un.publics) == ("à l'essai", LUNDI, SAMEDI, (JEUNES,))
    assert tenu.registre("services", au=VENDREDI) == []
