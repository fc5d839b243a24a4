"""What publics and the territory need: expressed by anyone, supported, grouped, answered, set aside, reopened."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LUNDI, dit, ligne, midi, regle, vecu
from whenever import Date

from tierslieu_core.domaines.cadre.identites import DoublonReuni, PersonneInscrite
from tierslieu_core.domaines.cadre.publics import PublicDeclare
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.personnes.besoins import (
    DOMAINE,
    Appui,
    BesoinDejaExprime,
    BesoinEcarte,
    BesoinExprime,
    BesoinGroupe,
    BesoinRepondu,
    BesoinRouvert,
    CorrigerBesoin,
    EcarterBesoin,
    ExprimerBesoin,
    GrouperBesoins,
    NoterSoutiens,
    PasACetteEtape,
    RepondreBesoin,
    RetirerSoutien,
    RouvrirBesoin,
    SoutenirBesoin,
    SoutienApporte,
    SoutienRetire,
    SoutiensNotes,
)
from tierslieu_core.domaines.projets.services import ServiceEtudie
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import BesoinId, PublicId, ServiceId
from tierslieu_core.vocabulaire.vie import vers

JEUNES, REPARER, VELO, REPAS = PublicId("jeunes"), BesoinId("reparer"), BesoinId("velo"), ServiceId("repas")
LES_JEUNES = PublicDeclare(public=JEUNES, nom="Jeunes", description="")
LE_REPAS = ServiceEtudie(service=REPAS, nom="Repas", personne=ANA, publics=(), besoins=(), indicateurs=())
EXPRIME = BesoinExprime(
    besoin=REPARER, nom="réparer ses affaires", origine="public", publics=(JEUNES,), personne=None, detail=None
)
D_ANA = BesoinExprime(
    besoin=VELO, nom="réparer son vélo", origine="public", publics=(), personne=ANA, detail="le lundi"
)
GROUPE = vers(BesoinGroupe, D_ANA, dans=REPARER)
REPONDU = vers(
    BesoinRepondu, EXPRIME, activite=None, service=REPAS, formation=None, partenariat=None, comment="le jeudi"
)
ECARTE = vers(BesoinEcarte, EXPRIME, motif="la mairie le fait")
ROUVERT = vers(BesoinRouvert, EXPRIME, motif="elle ne le fait plus")
ANA_SOUTIENT, BEN_SOUTIENT = (SoutienApporte(besoin=REPARER, personne=un) for un in (ANA, BEN))
ANA_VELO = SoutienApporte(besoin=VELO, personne=ANA)
DOUZE = SoutiensNotes(besoin=REPARER, public=JEUNES, nombre=12)

EXPRIMER = ExprimerBesoin(besoin=REPARER, nom="réparer ses affaires", publics=(JEUNES,))
SOUTENIR, RETIRER = SoutenirBesoin(besoin=REPARER, personne=ANA), RetirerSoutien(besoin=REPARER, personne=ANA)
NOTER = NoterSoutiens(besoin=REPARER, public=JEUNES, nombre=12)
GROUPER = GrouperBesoins(besoins=(VELO,), dans=REPARER)
REPONDRE = RepondreBesoin(besoin=REPARER, service=REPAS, comment="le jeudi")
ECARTER = EcarterBesoin(besoin=REPARER, motif="la mairie le fait")
ROUVRIR = RouvrirBesoin(besoin=REPARER, motif="elle ne le fait plus")
ICI = (LES_JEUNES, LE_REPAS)


# ── exprimer ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_besoin_s_exprime_pour_un_public_sans_que_nul_n_ait_a_s_inscrire():
    given(*ICI).when(EXPRIMER).then(EXPRIME)
    given(*ICI, EXPRIME).when(EXPRIMER).then_nothing()
    assert vecu(*ICI, EXPRIME).speaker().phrase(EXPRIME) == "Un besoin s'exprime : réparer ses affaires (Jeunes)"


def test_qui_exprime_son_besoin_est_le_premier_a_le_soutenir():
    le_sien = ExprimerBesoin(besoin=VELO, nom="réparer son vélo", personne=ANA, detail="le lundi")
    given().when(le_sien, par=ANA).then(D_ANA, ANA_VELO)
    assert given().when(le_sien, par=BEN).reponse.verdict == "refus"


def test_le_territoire_a_des_besoins_aussi():
    given().when(ExprimerBesoin(besoin=VELO, nom="un médecin", origine="territoire")).then_accepted()
    with pytest.raises(DemandeInvalide, match="un public au moins, ou qui l'exprime, ou l'origine « territoire »"):
        given().when(ExprimerBesoin(besoin=VELO, nom="un médecin")).then_accepted()


def test_un_nom_court_ne_sert_qu_une_fois():
    refuse = given(*ICI, EXPRIME).when(attrs.evolve(EXPRIMER, nom="coudre"))
    refuse.then_refused(BesoinDejaExprime(nom="réparer ses affaires"))
    assert "Si c'est le même, soutenez-le (besoins.SoutenirBesoin)" in dit(refuse)


def test_le_lieu_peut_regler_qui_exprime_et_qui_soutient():
    pour = Portee(actions=("exprimer_besoin", "soutenir_besoin"))
    plus_tard = regle("plus-tard", "fenetre", pour, du=Date(2027, 1, 1), au=Date(2027, 12, 31))
    for avant, demande in (((), EXPRIMER), ((EXPRIME,), SOUTENIR)):
        assert given(*ICI, plus_tard, *avant).when(demande).reponse.verdict == "refus"
        given(*ICI, attrs.evolve(plus_tard, portee=Portee()), *avant).when(demande).then_accepted()


# ── soutenir ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_chacun_soutient_un_besoin_une_fois_et_s_en_retire_a_son_gre():
    given(*ICI, EXPRIME).when(SOUTENIR, par=ANA).then(ANA_SOUTIENT)
    given(*ICI, EXPRIME, ANA_SOUTIENT).when(SOUTENIR).then_nothing()
    retire = SoutienRetire(besoin=REPARER, personne=ANA)
    given(*ICI, EXPRIME, ANA_SOUTIENT, ECARTE).when(RETIRER, par=ANA).then(retire)
    given(*ICI, EXPRIME).when(RETIRER).then_nothing()
    assert vecu(*ICI, EXPRIME, ANA_SOUTIENT, BEN_SOUTIENT, retire).registre("besoins")[0].soutiens == 1


def test_deux_identifiants_d_une_meme_personne_ne_soutiennent_qu_une_fois():
    reuni = DoublonReuni(personne=ANA, doublon=BEN)
    inscrits = [PersonneInscrite(personne=un, nom="Ana") for un in (ANA, BEN)]
    given(*ICI, *inscrits, reuni, EXPRIME, BEN_SOUTIENT).when(SOUTENIR).then_nothing()


def test_qui_n_est_pas_connu_se_compte_avec_son_public():
    given(*ICI, EXPRIME).when(NOTER).then(DOUZE)
    given(*ICI, EXPRIME, DOUZE).when(NOTER).then_nothing()
    moins = given(*ICI, EXPRIME, ANA_SOUTIENT, DOUZE).when(attrs.evolve(NOTER, nombre=3))
    moins.then_accepted()
    assert ligne(moins, "besoins").soutiens == 4
    aucun = given(*ICI, EXPRIME, DOUZE).when(attrs.evolve(NOTER, nombre=0))
    assert ligne(aucun, "besoins").appuis == ()
    with pytest.raises(DemandeInvalide, match="0 au moins, reçu -1"):
        given(*ICI, EXPRIME).when(attrs.evolve(NOTER, nombre=-1)).then_accepted()


@pytest.mark.parametrize("demande", [SOUTENIR, NOTER])
@pytest.mark.parametrize(("fait", "etape"), [(ECARTE, "écarté"), (REPONDU, "répondu")])
def test_un_besoin_clos_ne_se_soutient_plus(demande, fait, etape):
    refuse = given(*ICI, EXPRIME, fait).when(demande)
    refuse.then_refused(PasACetteEtape)
    assert dit(refuse) == (
        f"« réparer ses affaires » est {etape} : il ne peut pas être soutenu. Un besoin exprimé ou rouvert peut l'être."
    )


# ── grouper ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_des_besoins_reunis_gardent_qui_les_soutient_chacun_une_fois():
    avant = (*ICI, EXPRIME, ANA_SOUTIENT, DOUZE, D_ANA, ANA_VELO, SoutienApporte(besoin=VELO, personne=BEN))
    groupe = given(*avant).when(GROUPER)
    groupe.then(GROUPE)
    reuni, velo = groupe.lieu.registre("besoins")
    assert (reuni.soutiens, velo.etat, velo.dans, velo.soutiens) == (14, "groupé", REPARER, 2)
    given(*avant, GROUPE).when(GROUPER).then_nothing()
    tenu = vecu(*avant, GROUPE, SoutienRetire(besoin=VELO, personne=BEN))
    assert [un.soutiens for un in tenu.registre("besoins")] == [13, 1]


def test_un_besoin_reuni_se_dit_la_ou_il_l_est():
    refuse = given(*ICI, EXPRIME, D_ANA, GROUPE).when(SoutenirBesoin(besoin=VELO, personne=BEN))
    refuse.then_refused(PasACetteEtape)
    assert dit(refuse).endswith(
        "Un besoin exprimé ou rouvert peut l'être ; celui-ci se dit avec : réparer ses affaires."
    )


@pytest.mark.parametrize(("avant", "voulue"), [
    ((EXPRIME, D_ANA, ECARTE), "rejoint par d'autres"),
    ((EXPRIME, D_ANA, vers(BesoinEcarte, D_ANA, motif="x")), "groupé"),
])  # fmt: skip
def test_on_ne_reunit_que_ce_qui_attend_encore(avant, voulue):
    refuse = given(*ICI, *avant).when(GROUPER)
    refuse.then_refused(PasACetteEtape)
    assert f"est écarté : il ne peut pas être {voulue}." in dit(refuse)


@pytest.mark.parametrize(("demande", "faute"), [
    (attrs.evolve(GROUPER, besoins=()), "un besoin au moins"), (attrs.evolve(GROUPER, dans=VELO), "un autre que ceux"),
])  # fmt: skip
def test_on_reunit_des_besoins_en_un_autre(demande, faute):
    with pytest.raises(DemandeInvalide, match=faute):
        given(*ICI, EXPRIME, D_ANA).when(demande).then_accepted()


# ── répondre, écarter, rouvrir ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("avant", "demande", "fait"), [
    ((EXPRIME,), REPONDRE, REPONDU), ((EXPRIME, ECARTE, ROUVERT), REPONDRE, REPONDU), ((EXPRIME,), ECARTER, ECARTE),
    ((EXPRIME, ECARTE), ROUVRIR, ROUVERT), ((EXPRIME, REPONDU), ROUVRIR, ROUVERT),
])  # fmt: skip
def test_un_besoin_va_d_etape_en_etape(avant, demande, fait):
    given(*ICI, *avant).when(demande).then(fait)
    given(*ICI, *avant, fait).when(demande).then_nothing()


@pytest.mark.parametrize(("avant", "demande", "phrase"), [
    ((EXPRIME, ECARTE), REPONDRE, "est écarté : il ne peut pas être répondu"),
    ((EXPRIME, REPONDU), ECARTER, "est répondu : il ne peut pas être écarté"),
    ((EXPRIME,), ROUVRIR, "est exprimé : il ne peut pas être rouvert. Un besoin répondu ou écarté peut l'être"),
])  # fmt: skip
def test_un_besoin_ne_saute_pas_d_etape(avant, demande, phrase):
    refuse = given(*ICI, *avant).when(demande)
    refuse.then_refused(PasACetteEtape)
    assert phrase in dit(refuse)


def test_on_repond_par_quelque_chose_et_de_nouveau_par_autre_chose():
    with pytest.raises(DemandeInvalide, match="une activité, un service, une formation ou un partenariat"):
        given(*ICI, EXPRIME).when(RepondreBesoin(besoin=REPARER)).then_accepted()
    autre = ServiceEtudie(service="atelier", nom="Atelier", personne=ANA, publics=(), besoins=(), indicateurs=())
    given(*ICI, autre, EXPRIME, REPONDU).when(attrs.evolve(REPONDRE, service="atelier")).then_accepted()
    phrase = vecu(*ICI, EXPRIME, REPONDU).speaker().phrase(REPONDU)
    assert phrase == "Réponse au besoin « réparer ses affaires » : le service Repas (le jeudi)"


def _nommer(_, un):
    return un.title()


def test_le_registre_dit_ou_en_est_chaque_besoin():
    tenu = vecu(*ICI, EXPRIME, BEN_SOUTIENT)
    (un,) = tenu.registre("besoins", au=Date(2026, 12, 3))
    assert (un.etat, un.depuis, un.jours, un.soutiens) == ("exprimé", LUNDI, 10, 1)
    assert un.appuis[0].nomme(_nommer) == "Ben"
    assert Appui(REPARER, None, JEUNES, 12).nomme(_nommer) == "Jeunes × 12"
    (clos,) = vecu(*ICI, EXPRIME, REPONDU).registre("besoins")
    assert (clos.etat, clos.jours, clos.service, clos.motif) == ("répondu", None, REPAS, "le jeudi")


def test_un_besoin_sans_reponse_se_rappelle():
    tenu = vecu(*ICI, EXPRIME, DOUZE)
    attendu = "« réparer ses affaires » attend depuis le lundi 23 novembre 2026 (soutiens : 12) ; y répondre"
    assert tenu.a_faire() == []
    assert tenu.a_faire(midi(Date(2027, 2, 21)))[0].phrase.startswith(attendu)
    assert vecu(*ICI, EXPRIME, ECARTE).a_faire(midi(Date(2027, 2, 21))) == []


def test_ce_qui_attend_et_ce_qui_fut_ecarte_se_transmettent():
    attend, ecarte = DOMAINE.transmissions
    (ouvert,), (clos,) = (vecu(*ICI, *faits).registre("besoins") for faits in ((EXPRIME,), (EXPRIME, ECARTE)))
    assert [t.garde(un, None) for t in (attend, ecarte) for un in (ouvert, clos)] == [True, False, False, True]


@pytest.mark.parametrize("demande", [SOUTENIR, NOTER, GROUPER, REPONDRE, ECARTER, ROUVRIR])
def test_rien_ne_se_dit_d_un_besoin_exprime_par_erreur(demande):
    corrige = given(*ICI, D_ANA, EXPRIME).when(CorrigerBesoin(besoin=REPARER, motif="un essai"))
    corrige.then_accepted()
    refuse = corrige.lieu.executer(demande, par=CAMILLE)
    assert (
        refuse.explication[0]
        == "Le besoin « reparer » fut enregistré par erreur : il n'y a plus rien sous ce nom court."
    ), refuse


def test_une_etape_dite_par_erreur_se_corrige():
    corrige = given(*ICI, EXPRIME, DOUZE, ECARTE).when(CorrigerBesoin(besoin=REPARER, motif="pas celui-là"))
    assert (ligne(corrige, "besoins").etat, ligne(corrige, "besoins").soutiens) == ("exprimé", 12)
