"""A strategy by axes; contacts that become agreements; what each side owes; reviews, renewals, ends."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LUNDI, MARDI, SAMEDI, VENDREDI, dit, ligne, regle, vecu
from whenever import Date

from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.projets.partenariats import (
    AdopterAxe,
    AxeAdopte,
    AxeClos,
    CloreAxe,
    ClorePartenariat,
    ConstaterEngagement,
    ContactNoue,
    Convention,
    ConventionSignee,
    CorrigerAxe,
    CorrigerPartenariat,
    DejaEnConvention,
    Engagement,
    EngagementConstate,
    EngagementInconnu,
    EvaluerPartenariat,
    LigneAxe,
    NouerContact,
    Partenaire,
    PartenariatClos,
    PartenariatEvalue,
    PartenariatFini,
    SansAxe,
    SansConvention,
    SignerConvention,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import AxeId, PartenariatId
from tierslieu_core.vocabulaire.vie import vers

ECOLES, LYCEE = AxeId("ecoles"), PartenariatId("lycee")
AXE = AxeAdopte(axe=ECOLES, nom="Travailler avec les écoles", du=VENDREDI)
AXE_CLOS = AxeClos(axe=ECOLES, nom="Travailler avec les écoles", le=LUNDI, bilan="deux classes venues")
QUI = Partenaire(nom="Le lycée", nature="public", axe=ECOLES, acteur=None, personne=ANA)
CONTACT = ContactNoue(partenariat=LYCEE, partenaire=QUI)
SALLE = Engagement(nom="prêter la salle", cote="lieu")
VISITES = Engagement(nom="deux visites", cote="partenaire", pour_le=MARDI)
CONVENTION = Convention(du=LUNDI, au=SAMEDI, engagements=(SALLE, VISITES), document=None)
SIGNEE = ConventionSignee(partenariat=LYCEE, partenaire=QUI, convention=CONVENTION, du=LUNDI, au=SAMEDI)
TENUES = attrs.evolve(CONVENTION, engagements=(SALLE, attrs.evolve(VISITES, tenu=True)))
CONSTATE = EngagementConstate(
    partenariat=LYCEE, partenaire=QUI, convention=TENUES, engagement="deux visites", comment="tenu"
)
EVALUE = vers(PartenariatEvalue, SIGNEE, bilan="les élèves reviennent")
CLOS = vers(PartenariatClos, SIGNEE, le=SAMEDI, motif="le proviseur part")
NOUER = NouerContact(partenariat=LYCEE, nom="Le lycée", nature="public", personne=ANA, axe=ECOLES)
SIGNER = SignerConvention(partenariat=LYCEE, du=LUNDI, au=SAMEDI, engagements=(SALLE, VISITES))
CONSTATER = ConstaterEngagement(partenariat=LYCEE, engagement="deux visites", tenu=True)
EVALUER = EvaluerPartenariat(partenariat=LYCEE, bilan="les élèves reviennent")
CLORE = ClorePartenariat(partenariat=LYCEE, le=SAMEDI, motif="le proviseur part")
VIES = {"rien": (AXE,), "contact": (AXE, CONTACT), "signée": (AXE, CONTACT, SIGNEE), "fini": (AXE, CONTACT, CLOS)}


# ── axes ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_axe_s_adopte_et_se_clot_avec_ce_qu_il_a_donne():
    adopter = AdopterAxe(axe=ECOLES, nom="Travailler avec les écoles", du=VENDREDI)
    clore = CloreAxe(axe=ECOLES, le=LUNDI, bilan="deux classes venues")
    given().when(adopter).then(AXE)
    given(AXE).when(adopter).then_nothing()
    ferme = given(AXE).when(clore)
    ferme.then(AXE_CLOS)
    assert ligne(ferme, "axes") == LigneAxe(
        ECOLES, "Travailler avec les écoles", VENDREDI, LUNDI, "deux classes venues"
    )
    given(AXE, AXE_CLOS).when(clore).then_nothing()
    given(AXE, AXE_CLOS).when(attrs.evolve(clore, le=MARDI)).then_refused(SansAxe(axe="ecoles", clos_le=LUNDI))
    given(AXE, AXE_CLOS).when(adopter).then(AXE)


def test_un_axe_adopte_par_erreur_n_est_plus_de_la_strategie():
    corrige = given(AXE).when(CorrigerAxe(axe=ECOLES, motif="un essai"))
    corrige.then_accepted()
    refuse = corrige.lieu.executer(CloreAxe(axe=ECOLES, le=LUNDI, bilan="x"), par=CAMILLE)
    assert refuse.explication[0] == "L'axe « ecoles » n'est pas de la stratégie du lieu."
    assert corrige.lieu.registre("axes") == []


def test_un_contact_se_noue_pour_un_axe_qui_court():
    given(AXE).when(NOUER).then(CONTACT)
    given(AXE, CONTACT).when(NOUER).then_nothing()
    autre = given(AXE, CONTACT).when(attrs.evolve(NOUER, personne=BEN))
    autre.then(attrs.evolve(CONTACT, partenaire=attrs.evolve(QUI, personne=BEN)))
    refuse = given(AXE, AXE_CLOS).when(NOUER)
    refuse.then_refused(SansAxe(axe="ecoles", clos_le=LUNDI))
    assert "il fut clos le lundi 23 novembre 2026" in dit(refuse)
    sans_axe = given().when(attrs.evolve(NOUER, axe=None))
    sans_axe.then(attrs.evolve(CONTACT, partenaire=attrs.evolve(QUI, axe=None)))


# ── la vie d'un partenariat ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("avant", "demande", "fait"), [
    ("contact", SIGNER, SIGNEE), ("signée", attrs.evolve(SIGNER, au=Date(2027, 1, 1)), None),
    ("signée", CONSTATER, CONSTATE), ("signée", EVALUER, EVALUE), ("signée", CLORE, CLOS), ("contact", CLORE, CLOS),
    ("fini", NOUER, CONTACT),
])  # fmt: skip
def test_un_partenariat_va_d_etape_en_etape(avant, demande, fait):
    va = given(*VIES[avant]).when(demande)
    va.then(fait) if fait else va.then_accepted()


@pytest.mark.parametrize(("avant", "demande"), [
    ("signée", SIGNER), ("fini", CLORE), ("signée", NOUER),
])  # fmt: skip
def test_redire_ne_change_rien(avant, demande):
    given(*VIES[avant]).when(demande).then_nothing()


def test_ce_qui_est_tenu_peut_ne_plus_l_etre():
    given(*VIES["signée"], CONSTATE).when(CONSTATER).then_nothing()
    non = given(*VIES["signée"], CONSTATE).when(attrs.evolve(CONSTATER, tenu=False))
    assert non.then_accepted().evenements[0].comment == "non tenu"


@pytest.mark.parametrize("demande", [CONSTATER, EVALUER])
def test_rien_n_est_du_sans_convention(demande):
    refuse = given(*VIES["contact"]).when(demande)
    refuse.then_refused(SansConvention(nom="Le lycée"))
    assert "Le lieu n'a pas encore de convention avec Le lycée. Signez-la d'abord" in dit(refuse)


@pytest.mark.parametrize("demande", [SIGNER, CONSTATER, EVALUER, attrs.evolve(CLORE, le=MARDI)])
def test_rien_ne_se_dit_d_un_partenariat_fini(demande):
    refuse = given(*VIES["fini"]).when(demande)
    refuse.then_refused(PartenariatFini(nom="Le lycée", le=SAMEDI))
    assert "a pris fin le samedi 28 novembre 2026. Pour le reprendre" in dit(refuse)


@pytest.mark.parametrize("demande", [SIGNER, CONSTATER, EVALUER, CLORE])
def test_rien_ne_se_dit_d_un_partenariat_noue_par_erreur(demande):
    corrige = given(*VIES["contact"]).when(CorrigerPartenariat(partenariat=LYCEE, motif="un essai"))
    corrige.then_accepted()
    refuse = corrige.lieu.executer(demande, par=CAMILLE)
    assert refuse.explication[0].startswith("Le partenariat « lycee » fut enregistré par erreur")


def test_on_ne_revient_pas_d_une_convention_a_un_contact():
    refuse = given(*VIES["signée"]).when(attrs.evolve(NOUER, nom="Le collège"))
    refuse.then_refused(DejaEnConvention(nom="Le lycée", au=SAMEDI))
    assert "Le lieu et Le lycée ont une convention jusqu'au samedi 28 novembre 2026" in dit(refuse)


def test_on_ne_constate_que_ce_qui_fut_convenu():
    refuse = given(*VIES["signée"]).when(attrs.evolve(CONSTATER, engagement="un concert"))
    connus = ("prêter la salle", "deux visites")
    refuse.then_refused(EngagementInconnu(nom="Le lycée", engagement="un concert", connus=connus))
    assert "ne dit rien de « un concert ». Ce qu'elle engage : prêter la salle et deux visites." in dit(refuse)


def test_une_convention_mal_dite_nomme_chaque_faute():
    fausse = attrs.evolve(SIGNER, du=SAMEDI, au=LUNDI, engagements=(SALLE, SALLE))
    with pytest.raises(DemandeInvalide) as dite:
        given(*VIES["contact"]).when(fausse).then_accepted()
    assert [champ for champ, _ in dite.value.erreurs] == ["au", "engagements"]


def test_le_lieu_peut_juger_ce_qu_il_signe():
    tard = regle("an-prochain", "fenetre", Portee(actions=("conventionner",)), du=Date(2027, 1, 1))
    assert given(tard, *VIES["contact"]).when(SIGNER).reponse.verdict == "refus"
    given(tard, *VIES["contact"]).when(CLORE).then_accepted()


# ── registres et échéances ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("faits", "etat"), [
    ((CONTACT,), "contact"), ((CONTACT, SIGNEE), "en cours"), ((CONTACT, SIGNEE, EVALUE), "en cours"),
    ((CONTACT, vers(ConventionSignee, SIGNEE, convention=attrs.evolve(CONVENTION, du=SAMEDI))), "à venir"),
    ((CONTACT, vers(ConventionSignee, SIGNEE, convention=attrs.evolve(CONVENTION, au=VENDREDI))), "échu"),
    ((CONTACT, SIGNEE, CLOS), "fini"), ((CONTACT, SIGNEE, CLOS, CONTACT), "contact"),
])  # fmt: skip
def test_le_registre_dit_ou_en_est_chaque_partenariat(faits, etat):
    (un,) = vecu(AXE, *faits).registre("partenariats")
    assert un.etat == etat


def test_le_registre_garde_le_dernier_bilan():
    (un,) = vecu(*VIES["signée"], EVALUE, CLOS).registre("partenariats")
    assert (un.du, un.au, un.bilan) == (LUNDI, SAMEDI, "les élèves reviennent")


def test_ce_que_chacun_doit_est_du_a_son_jour():
    lieu = vecu(*VIES["signée"])
    assert [(r.engagement, r.cote, r.tenu) for r in lieu.registre("engagements")] == [
        ("prêter la salle", "lieu", None), ("deux visites", "partenaire", None),
    ]  # fmt: skip
    assert [un.phrase for un in lieu.a_faire()] == [
        "Le lycée : la convention finit le samedi 28 novembre 2026 ; en faire le bilan, la renouveler ou y mettre fin",
        "Le lycée : « deux visites », que doit le partenaire",
    ]
    assert len(vecu(*VIES["signée"], CONSTATE).a_faire()) == 1
    assert vecu(*VIES["fini"]).registre("engagements") == vecu(*VIES["fini"]).a_faire() == []


def test_un_contact_sans_suite_se_reprend():
    lieu = vecu(*VIES["contact"])
    (un,) = lieu.a_faire(lieu.horloge().add(hours=24 * 46))
    assert un.phrase == "Le lycée : contact sans suite depuis le lundi 23 novembre 2026 ; à reprendre, ou à clore"


def test_une_fin_saisie_par_erreur_se_corrige():
    corrige = given(*VIES["signée"], CLOS).when(CorrigerPartenariat(partenariat=LYCEE, motif="il reste"))
    corrige.then_accepted()
    assert ligne(corrige, "partenariats").etat == "en cours"
