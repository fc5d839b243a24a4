"""The plan and its actions; by what the place speaks; what it publishes, and who is seen there while they wish."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LA_SALLE, LUNDI, MARDI, SAMEDI, VENDREDI, dit, ligne, regle, vecu
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.personnes.consentements import (
    Accord,
    ConsentementDonne,
    Consentir,
    RetirerConsentement,
)
from tierslieu_core.domaines.projets.communication import (
    ActionDejaFaite,
    ActionFaite,
    ActionNonFaite,
    ActionPrevue,
    CanalDeclare,
    CanalFerme,
    CanalRepris,
    CanalRetire,
    CorrigerAction,
    CorrigerPublication,
    DeclarerCanal,
    FaireAction,
    LigneCanal,
    PersonneRetiree,
    PlanRecu,
    PrevoirAction,
    PublicationFaite,
    PublicationRetiree,
    Publier,
    RecevoirPlan,
    RenoncerAction,
    ReprendreCanal,
    RetirerCanal,
    RetirerPublication,
    RetirerVisibilite,
    RetraitSansRetour,
    VisibiliteSansConsentement,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import ActionId, CanalId, PersonneId, PlanId, PublicationId
from tierslieu_core.vocabulaire.vie import vers

ZOE = PersonneId("zoe")
PLAN, AFFICHE = PlanId("annee"), ActionId("affiche")
RECU = PlanRecu(
    plan=PLAN, nom="Plan de l'année", cellule="Cellule de l'association", objectifs=("être connu du quartier",),
    document=None, du=VENDREDI, au=SAMEDI,
)  # fmt: skip
PREVUE = ActionPrevue(action=AFFICHE, plan=PLAN, nom="Une affiche", echeance=SAMEDI, personne=ANA)
FAITE = vers(ActionFaite, PREVUE, le=MARDI)
NON_FAITE = vers(ActionNonFaite, PREVUE, motif="plus de papier")
SITE, HALL = CanalId("site"), CanalId("hall")
LE_SITE = CanalDeclare(canal=SITE, nom="Le site", sorte="canal", cote="externe", personne=BEN)
LE_HALL = CanalDeclare(canal=HALL, nom="L'affichage du hall", sorte="canal", cote="interne", personne=None)
LE_SITE_FERME = vers(CanalRetire, LE_SITE, motif="plus personne")
SALLE = Chose("espace", "verte")
UNE = PublicationId("epreuve")
PUBLIEE = PublicationFaite(
    publication=UNE, nom="Portraits de la salle", cite=(SALLE,), montre=(ANA, BEN), canaux=(SITE, HALL), action=None
)
SANS_ANA = vers(PersonneRetiree, PUBLIEE, personne=ANA, montre=(BEN,), a_reprendre=(SITE, HALL))
RETIREE = vers(PublicationRetiree, PUBLIEE, a_reprendre=(SITE, HALL), motif="trop vieux")
PUBLIER = Publier(nom="Portraits de la salle", canaux=(SITE, HALL), cite=(SALLE,), montre=(ANA, BEN))
ICI = (LA_SALLE, LE_SITE, LE_HALL)


def visible(qui: PersonneId) -> ConsentementDonne:
    accord = Accord(finalite="visibilite", texte="charte", du=LUNDI)
    return ConsentementDonne(personne=qui, finalite="visibilite", texte="charte", accords=(accord,))


# ── le plan et ses actions ──────────────────────────────────────────────────────────────────────────────────────────


def test_le_lieu_recoit_le_plan_puis_le_plan_amende():
    demande = RecevoirPlan(
        plan=PLAN, nom="Plan de l'année", cellule="Cellule de l'association", du=VENDREDI, au=SAMEDI,
        objectifs=("être connu du quartier",),
    )  # fmt: skip
    given().when(demande).then(RECU)
    given(RECU).when(demande).then_nothing()
    amende = given(RECU).when(attrs.evolve(demande, objectifs=("être connu de la ville",)))
    amende.then_accepted()
    assert ligne(amende, "plans").objectifs == ("être connu de la ville",)
    with pytest.raises(DemandeInvalide, match="doit venir après"):
        given().when(attrs.evolve(demande, au=Date(2026, 1, 1))).then_accepted()


def test_une_action_se_prevoit_et_se_prevoit_autrement():
    demande = PrevoirAction(action=AFFICHE, plan=PLAN, nom="Une affiche", echeance=SAMEDI, personne=ANA)
    given(RECU).when(demande).then(PREVUE)
    given(RECU, PREVUE).when(demande).then_nothing()
    given(RECU, NON_FAITE).when(attrs.evolve(demande, personne=BEN)).then(attrs.evolve(PREVUE, personne=BEN))


def test_une_action_se_fait_une_fois():
    faire = FaireAction(action=AFFICHE, le=MARDI)
    given(RECU, PREVUE).when(faire).then(FAITE)
    given(RECU, NON_FAITE).when(faire).then(FAITE)
    given(RECU, FAITE).when(faire).then_nothing()
    encore = given(RECU, FAITE).when(attrs.evolve(faire, le=SAMEDI))
    encore.then_refused(ActionDejaFaite(nom="Une affiche", le=MARDI))
    assert dit(encore).startswith("Une affiche est faite depuis le mardi 24 novembre 2026.")


def test_on_renonce_a_une_action_en_disant_pourquoi():
    renoncer = RenoncerAction(action=AFFICHE, motif="plus de papier")
    renonce = given(RECU, PREVUE).when(renoncer)
    renonce.then(NON_FAITE)
    assert (ligne(renonce, "actions").etat, ligne(renonce, "actions").motif) == ("non faite", "plus de papier")
    given(RECU, NON_FAITE).when(renoncer).then_nothing()
    given(RECU, FAITE).when(renoncer).then_refused(ActionDejaFaite)


def test_le_plan_et_ses_actions_se_rappellent():
    plan, action = vecu(RECU, PREVUE).a_faire()
    assert plan.phrase == (
        "Plan de l'année va jusqu'au samedi 28 novembre 2026 ;"
        " le plan suivant est à demander à Cellule de l'association"
    )
    assert action.phrase == "Une affiche : à faire pour le samedi 28 novembre 2026, par ana"
    assert vecu(attrs.evolve(RECU, au=None), PREVUE, FAITE).a_faire() == []


def test_le_plan_suivant_repond_au_rappel():
    suivant = attrs.evolve(RECU, plan=PlanId("suite"), du=SAMEDI.next_day(), au=None)
    for faits in ((RECU, suivant), (suivant, RECU)):
        lieu = vecu(*faits)
        assert lieu.a_faire() == []
        assert {r.plan: r.suivant for r in lieu.registre("plans")} == {PLAN: "suite", "suite": None}


def test_une_action_enregistree_par_erreur_se_corrige():
    lieu = given(RECU, PREVUE).when(CorrigerAction(action=AFFICHE, motif="pas ce plan")).lieu
    assert lieu.registre("actions") == []
    for demande in (FaireAction(action=AFFICHE, le=MARDI), RenoncerAction(action=AFFICHE, motif="x")):
        refuse = lieu.executer(demande, par=CAMILLE)
        assert refuse.explication[0].startswith("L'action « affiche » fut enregistrée par erreur")


# ── outils et canaux ────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_canal_se_declare_se_retire_et_se_reprend():
    declarer = DeclarerCanal(canal=SITE, nom="Le site", personne=BEN)
    given().when(declarer).then(LE_SITE)
    given(LE_SITE).when(declarer).then_nothing()
    given(LE_SITE, LE_SITE_FERME).when(declarer).then(LE_SITE)
    retire = given(LE_SITE).when(RetirerCanal(canal=SITE, motif="plus personne"))
    retire.then(LE_SITE_FERME)
    assert ligne(retire, "canaux") == LigneCanal(SITE, "Le site", "canal", "externe", BEN, "retiré")
    given(LE_SITE, LE_SITE_FERME).when(RetirerCanal(canal=SITE, motif="x")).then_nothing()


# ── publier ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_une_publication_montre_qui_y_consent():
    publie = given(*ICI, visible(ANA), visible(BEN)).when(PUBLIER)
    publie.then(PUBLIEE)
    assert ligne(publie, "publications").etat == "publiée"


def test_sans_consentement_nul_n_est_montre():
    refuse = given(*ICI, visible(ANA)).when(PUBLIER)
    refuse.then_refused(VisibiliteSansConsentement(personnes=(BEN,)))
    assert dit(refuse) == (
        "Sans consentement à être visible : ben. Demandez-le-leur (consentements.Consentir, finalité « visibilite ») ;"
        " sinon, publiez sans les montrer."
    )
    given(*ICI).when(attrs.evolve(PUBLIER, montre=())).then_accepted()


def test_on_ne_publie_pas_par_un_canal_retire():
    refuse = given(*ICI, LE_SITE_FERME, visible(ANA), visible(BEN)).when(PUBLIER)
    refuse.then_refused(CanalFerme(noms=("Le site",)))
    assert dit(refuse).startswith("Le lieu ne parle plus par : Le site.")


@pytest.mark.parametrize(("change", "faute"), [
    ({"canaux": ()}, "au moins un canal"),
    ({"cite": (), "montre": ()}, "dites ce qu'elle fait connaître, ou qui s'y montre"),
    ({"cite": (Chose("canal", "site"),)}, "« canal » ne se fait pas connaître"),
])  # fmt: skip
def test_une_publication_dit_ou_et_quoi(change, faute):
    with pytest.raises(DemandeInvalide, match=faute):
        given(*ICI).when(attrs.evolve(PUBLIER, **change)).then_accepted()


def test_une_regle_dit_qui_publie():
    relire = regle("relire", "habilitation", Portee(actions=("publier",)), requise="écrire")
    refuse = given(*ICI, relire).when(attrs.evolve(PUBLIER, montre=()))
    refuse.then_refused()
    assert "« relire »" in dit(refuse)


# ── ne plus montrer ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_qui_ne_consent_plus_est_retire_partout_a_l_instant():
    autre = attrs.evolve(PUBLIEE, publication=PublicationId("autre"), montre=(ANA,), canaux=(SITE,))
    retire = given(*ICI, visible(ANA), visible(BEN), PUBLIEE, autre).when(
        RetirerConsentement(personne=ANA, finalite="visibilite"), par=ANA
    )
    retire.then_accepted()
    assert [(r.publication, r.montre, r.a_reprendre) for r in retire.lieu.registre("publications")] == [
        (UNE, (BEN,), (SITE, HALL)), ("autre", (), (SITE,)),
    ]  # fmt: skip
    (la_une,) = [une.phrase for une in retire.lieu.a_faire() if "hall" in une.phrase]
    assert la_une == (
        "« Portraits de la salle » est à reprendre sur Le site et L'affichage du hall :"
        " on y voit encore ce qui n'a plus à s'y voir"
    )


def test_un_autre_retrait_laisse_les_publications():
    accords = (Accord(finalite="visibilite", texte="", du=LUNDI), Accord(finalite="partage", texte="", du=LUNDI))
    deux = ConsentementDonne(personne=ANA, finalite="partage", texte="", accords=accords)
    retire = given(*ICI, deux, PUBLIEE).when(RetirerConsentement(personne=ANA, finalite="partage"), par=ANA)
    retire.then_accepted()
    assert ligne(retire, "publications").montre == (ANA, BEN)


def test_on_peut_n_etre_retire_que_d_une_publication():
    autre = attrs.evolve(PUBLIEE, publication=PublicationId("autre"))
    demande = RetirerVisibilite(personne=ANA, publication=UNE)
    given(*ICI, PUBLIEE, autre).when(demande, par=ANA).then(SANS_ANA)
    given(*ICI, PUBLIEE, SANS_ANA, autre).when(demande, par=ANA).then_nothing()
    given(*ICI, PUBLIEE).when(demande, par=BEN).then_refused(MandatManquant)


def test_une_personne_inscrite_deux_fois_est_retiree_sous_chaque_identifiant():
    reunis = DoublonReuni(personne=ANA, doublon=ZOE)
    double = attrs.evolve(PUBLIEE, montre=(ANA, ZOE, BEN))
    retire = given(*ICI, reunis, double).when(RetirerVisibilite(personne=ANA), par=ANA)
    sans_ana = vers(PersonneRetiree, double, personne=ANA, montre=(ZOE, BEN), a_reprendre=(SITE, HALL))
    retire.then(sans_ana, attrs.evolve(sans_ana, personne=ZOE, montre=(BEN,)))
    given(*ICI, reunis, visible(ZOE), visible(BEN)).when(PUBLIER).then_accepted()


def test_ce_qui_est_repris_au_dehors_se_dit():
    repris = given(*ICI, PUBLIEE, SANS_ANA).when(ReprendreCanal(publication=UNE, canal=SITE))
    fait = vers(CanalRepris, SANS_ANA, canal=SITE, a_reprendre=(HALL,), etat="publiée")
    repris.then(fait)
    given(*ICI, PUBLIEE, SANS_ANA, fait).when(ReprendreCanal(publication=UNE, canal=SITE)).then_nothing()
    given(*ICI, PUBLIEE).when(ReprendreCanal(publication=UNE, canal=SITE)).then_nothing()
    fini = given(*ICI, PUBLIEE, SANS_ANA, fait).when(ReprendreCanal(publication=UNE, canal=HALL))
    fini.then_accepted()
    assert fini.lieu.a_faire() == []
    assert ligne(fini, "publications").etat == "publiée"


def test_une_publication_se_retire_avec_un_motif():
    retirer = RetirerPublication(publication=UNE, motif="trop vieux")
    given(*ICI, PUBLIEE).when(retirer).then(RETIREE)
    given(*ICI, PUBLIEE, RETIREE).when(retirer).then_nothing()
    repris = given(*ICI, PUBLIEE, RETIREE).when(ReprendreCanal(publication=UNE, canal=SITE))
    assert repris.then_accepted().evenements[0].etat == "retirée"
    assert ligne(repris, "publications").etat == "retirée"
    fait = repris.reponse.evenements[0]
    given(*ICI, PUBLIEE, RETIREE, fait).when(retirer).then_nothing()
    given(*ICI, PUBLIEE, RETIREE).when(RetirerVisibilite(personne=ANA), par=ANA).then_nothing()


def test_un_retrait_ne_se_corrige_pas():
    corriger = CorrigerPublication(publication=UNE, motif="x")
    for retrait in (SANS_ANA, RETIREE):
        refuse = given(*ICI, PUBLIEE, retrait).when(corriger)
        refuse.then_refused(RetraitSansRetour(nom="Portraits de la salle"))
    assert "ce qui fut retiré ne se remontre pas par une correction" in dit(refuse)


def test_une_publication_enregistree_par_erreur_se_corrige():
    corrige = given(*ICI, visible(ANA), PUBLIEE).when(CorrigerPublication(publication=UNE, motif="un essai"))
    corrige.then_accepted()
    lieu = corrige.lieu
    assert lieu.registre("publications") == []
    for demande in (ReprendreCanal(publication=UNE, canal=SITE), RetirerPublication(publication=UNE, motif="x")):
        assert lieu.executer(demande, par=CAMILLE).explication[0].startswith("Cette publication fut enregistrée")
    assert lieu.executer(CorrigerPublication(publication=UNE, motif="x"), par=CAMILLE).verdict == "refus"
    assert lieu.executer(RetirerVisibilite(personne=ANA), par=ANA).verdict == "sans_objet"


def test_consentir_a_nouveau_ne_remontre_rien():
    retire = given(*ICI, visible(ANA), PUBLIEE).when(RetirerConsentement(personne=ANA, finalite="visibilite"), par=ANA)
    lieu = retire.lieu
    assert lieu.executer(Consentir(personne=ANA, finalite="visibilite"), par=ANA).verdict == "accord"
    assert [r.montre for r in lieu.registre("publications")] == [(BEN,)]
