"""Who comes, known or not; a first welcome step by step; who was welcomed and never came back."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, ANA_ADHERE, BEN, LUNDI, SAMEDI, VENDREDI, dit, ligne, midi, regle, vecu
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.cadre.publics import PublicDeclare
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.personnes.accueil import (
    DOMAINE,
    AccueilAbsent,
    AccueilClos,
    AccueilDejaOuvert,
    AccueilOuvert,
    CloreAccueil,
    CorrigerAccueil,
    CorrigerVisite,
    DefinirParcours,
    Etape,
    EtapeFaite,
    EtapeInconnue,
    EtapeLaissee,
    FaireEtape,
    LaisserEtape,
    LigneFrequentation,
    NoterVisite,
    NouvellesPrises,
    OuvrirAccueil,
    ParcoursAVenir,
    ParcoursDefini,
    PrendreNouvelles,
    Version,
    VisiteNotee,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.identifiants import ParcoursId, PersonneId, PublicId, VisiteId
from tierslieu_core.vocabulaire.vie import vers

RIVERAINS, ARRIVEE = PublicId("riverains"), ParcoursId("arrivee")
LES_RIVERAINS = PublicDeclare(public=RIVERAINS, nom="Riverains", description="")
VISITE = VisiteNotee(visite=VisiteId("v"), public=RIVERAINS, nombre=3, le=LUNDI, personne=None, objet=None)
D_ANA = attrs.evolve(VISITE, visite=VisiteId("w"), nombre=1, personne=ANA, objet="l'atelier")
NOTER = NoterVisite(public=RIVERAINS, nombre=3)
NOTER_ANA = NoterVisite(public=RIVERAINS, personne=ANA)

TOUR, CHARTE = "faire le tour du lieu", "lire la charte"
DEFINIR = DefinirParcours(parcours=ARRIVEE, nom="L'arrivée", etapes=(TOUR, CHARTE))
DEFINI = ParcoursDefini(
    parcours=ARRIVEE, nom="L'arrivée", du=LUNDI, etapes=(TOUR, CHARTE),
    versions=(Version(du=LUNDI, etapes=(TOUR, CHARTE)),),
)  # fmt: skip
QUI = {"personne": ANA, "parcours": ARRIVEE}
OUVRIR = OuvrirAccueil(**QUI, accueillant=BEN)
OUVERT = AccueilOuvert(**QUI, nom="L'arrivée", accueillant=BEN, du=LUNDI, etapes=(Etape(nom=TOUR), Etape(nom=CHARTE)))
TOUR_FAIT = (Etape(nom=TOUR, sort="faite"), Etape(nom=CHARTE))
FAITE = vers(EtapeFaite, OUVERT, etapes=TOUR_FAIT, etape=TOUR)
LAISSEE = vers(EtapeLaissee, FAITE, etapes=(TOUR_FAIT[0], Etape(nom=CHARTE, sort="laissée")), etape=CHARTE, motif="lue")
CLOS = vers(AccueilClos, OUVERT, motif="elle déménage")
NOUVELLES = vers(NouvellesPrises, OUVERT, reponse="elle passera en mai")
FAIRE, LAISSER = FaireEtape(**QUI, etape=TOUR), LaisserEtape(**QUI, etape=CHARTE, motif="lue")
PRENDRE, CLORE = PrendreNouvelles(**QUI, reponse="elle passera en mai"), CloreAccueil(**QUI, motif="elle déménage")


# ── visites ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_qui_vient_se_compte_sans_que_l_on_sache_qui():
    note = given(LES_RIVERAINS).when(NOTER)
    note.then_accepted()
    une = ligne(note, "visites")
    assert (une.public, une.nombre, une.le, une.personne) == (RIVERAINS, 3, LUNDI, None)
    assert vecu(LES_RIVERAINS, VISITE).speaker().phrase(VISITE) == "De passage au lieu (Riverains) : 3"
    assert vecu(LES_RIVERAINS, D_ANA).speaker().phrase(D_ANA).endswith("dont ana ; l'atelier")


def test_une_visite_compte_au_moins_une_personne():
    with pytest.raises(DemandeInvalide, match="1 au moins, reçu 0"):
        given(LES_RIVERAINS).when(attrs.evolve(NOTER, nombre=0)).then_accepted()


def test_chacun_peut_noter_sa_propre_visite():
    given(LES_RIVERAINS).when(NOTER_ANA, par=ANA).then_accepted()
    assert given(LES_RIVERAINS).when(NOTER, par=ANA).reponse.verdict == "refus"


def test_la_frequentation_se_compte_par_mois_et_par_public():
    en_octobre = attrs.evolve(VISITE, visite=VisiteId("x"), le=Date(2026, 10, 3))
    assert vecu(LES_RIVERAINS, VISITE, D_ANA, en_octobre).registre("frequentation") == [
        LigneFrequentation("2026-11", RIVERAINS, 4, 2), LigneFrequentation("2026-10", RIVERAINS, 3, 1),
    ]  # fmt: skip


def test_une_visite_notee_par_erreur_ne_compte_plus():
    corrige = given(LES_RIVERAINS, VISITE, D_ANA).when(CorrigerVisite(visite=VisiteId("v"), motif="déjà comptée"))
    corrige.then_accepted()
    assert ligne(corrige, "frequentation").personnes == 1


def test_une_regle_peut_demander_d_adherer_a_qui_revient_souvent():
    """Only a rule that names visits judges them; nobody who is not known is counted."""
    pour = Portee(actions=("visiter",), publics=("non-adherent",))
    deux_fois = regle("decouvrir", "quota", pour, maximum=1, periode="mois")
    given(LES_RIVERAINS, deux_fois).when(NOTER_ANA).then_accepted()
    refuse = given(LES_RIVERAINS, deux_fois, D_ANA).when(NOTER_ANA)
    assert refuse.reponse.verdict == "refus", dit(refuse)
    given(LES_RIVERAINS, deux_fois, D_ANA).when(NOTER).then_accepted()
    given(LES_RIVERAINS, deux_fois, D_ANA, ANA_ADHERE).when(NOTER_ANA).then_accepted()
    sans_nom = attrs.evolve(deux_fois, portee=Portee())
    given(LES_RIVERAINS, sans_nom, D_ANA).when(NOTER_ANA).then_accepted()


# ── parcours ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_parcours_change_a_partir_d_un_jour():
    given().when(DEFINIR).then(DEFINI)
    given(DEFINI).when(DEFINIR).then_nothing()
    change = given(DEFINI).when(attrs.evolve(DEFINIR, etapes=(TOUR,), du=SAMEDI))
    change.then_accepted()
    assert [(p.etapes, p.au, p.vaut) for p in change.lieu.registre("parcours")] == [
        ((TOUR, CHARTE), VENDREDI.add(days=7), True), ((TOUR,), None, False),
    ]  # fmt: skip
    given(DEFINI).when(attrs.evolve(DEFINIR, nom="Bienvenue")).then(attrs.evolve(DEFINI, nom="Bienvenue"))


@pytest.mark.parametrize(("etapes", "faute"), [
    ((), "une étape au moins"), ((" ",), "une étape au moins"), ((TOUR, TOUR), f"plusieurs fois : {TOUR}"),
])  # fmt: skip
def test_un_parcours_a_des_etapes_chacune_une_fois(etapes, faute):
    with pytest.raises(DemandeInvalide, match=faute):
        given().when(attrs.evolve(DEFINIR, etapes=etapes)).then_accepted()


# ── premier accueil ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_accueil_suit_le_parcours_du_jour():
    given(DEFINI).when(OUVRIR).then(OUVERT)
    given(DEFINI).when(OuvrirAccueil(**QUI)).then(attrs.evolve(OUVERT, accueillant=PersonneId(CAMILLE)))
    given(DEFINI, OUVERT).when(OUVRIR).then_nothing()
    given(DEFINI, OUVERT, CLOS).when(OUVRIR).then(OUVERT)


def test_une_personne_n_a_qu_un_accueil_par_parcours():
    for avant in ((OUVERT, FAITE), (OUVERT,)):
        refuse = given(DEFINI, *avant).when(attrs.evolve(OUVRIR, accueillant=BEN if FAITE in avant else ANA))
        refuse.then_refused(AccueilDejaOuvert(personne=ANA, accueillant=BEN, du=LUNDI, nom="L'arrivée"))
    assert "ben accueille déjà ana depuis le lundi 23 novembre 2026 (« L'arrivée »)." in dit(refuse)


def test_un_parcours_a_venir_n_accueille_encore_personne():
    plus_tard = attrs.evolve(DEFINI, du=SAMEDI, versions=(Version(du=SAMEDI, etapes=(TOUR,)),))
    refuse = given(plus_tard).when(OUVRIR)
    refuse.then_refused(ParcoursAVenir(nom="L'arrivée", du=SAMEDI))
    assert "Le parcours « L'arrivée » ne commence que le samedi 28 novembre 2026." in dit(refuse)


def test_chaque_etape_se_fait_ou_se_laisse_en_disant_pourquoi():
    given(DEFINI, OUVERT).when(FAIRE).then(FAITE)
    given(DEFINI, OUVERT, FAITE).when(FAIRE).then_nothing()
    laisse = given(DEFINI, OUVERT, FAITE).when(LAISSER)
    laisse.then(LAISSEE)
    une = ligne(laisse, "accueils")
    assert (une.etat, une.faites, une.restent, une.laissees) == ("achevé", (TOUR,), (), (CHARTE,))
    given(DEFINI, OUVERT, FAITE, LAISSEE).when(LAISSER).then_nothing()
    given(DEFINI, OUVERT, FAITE, LAISSEE).when(attrs.evolve(FAIRE, etape=CHARTE)).then_accepted()


@pytest.mark.parametrize("demande", [FAIRE, LAISSER])
def test_une_etape_est_une_de_celles_du_parcours(demande):
    refuse = given(DEFINI, OUVERT).when(attrs.evolve(demande, etape="payer"))
    refuse.then_refused(EtapeInconnue(etape="payer", etapes=(TOUR, CHARTE)))
    assert f"Ses étapes : {TOUR} et {CHARTE}." in dit(refuse)


@pytest.mark.parametrize("demande", [FAIRE, LAISSER, PRENDRE, CLORE])
def test_rien_ne_se_dit_d_un_accueil_qui_n_est_pas_ouvert(demande):
    refuse = given(DEFINI).when(demande)
    refuse.then_refused(AccueilAbsent(personne=ANA, nom="L'arrivée"))
    assert "Aucun accueil n'est ouvert pour ana selon « L'arrivée »." in dit(refuse)


@pytest.mark.parametrize("demande", [FAIRE, LAISSER, PRENDRE])
def test_rien_ne_se_fait_d_un_accueil_clos(demande):
    given(DEFINI, OUVERT, CLOS).when(demande).then_refused(AccueilAbsent)


def test_un_accueil_se_clot_en_disant_pourquoi():
    clos = given(DEFINI, OUVERT).when(CLORE)
    clos.then(CLOS)
    assert (ligne(clos, "accueils").etat, ligne(clos, "accueils").motif) == ("clos", "elle déménage")
    assert clos.lieu.registre("jamais_revenus") == []
    given(DEFINI, OUVERT, CLOS).when(CLORE).then_nothing()


# ── jamais revenus ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_qui_fut_accueilli_et_n_est_pas_revenu_est_appele_une_fois():
    tenu = vecu(DEFINI, OUVERT)
    assert tenu.a_faire(midi(Date(2026, 12, 22))) == []
    (une,) = tenu.a_faire(midi(Date(2026, 12, 23)))
    assert une.phrase.startswith("Prendre des nouvelles d'ana : pas de retour depuis son accueil par ben, le lundi 23")
    assert tenu.registre("jamais_revenus", au=Date(2026, 12, 23))[0].jours == 30
    pris = given(DEFINI, OUVERT).when(PRENDRE)
    pris.then(NOUVELLES)
    assert ligne(pris, "jamais_revenus").nouvelles == "elle passera en mai"
    assert pris.lieu.a_faire(midi(Date(2026, 12, 23))) == []


def test_le_lieu_peut_appeler_plus_tot():
    plus_tot = regle("tot", "rappel_echeance", Portee(actions=("revenir",)), jours_avant=20)
    assert len(vecu(DEFINI, OUVERT, plus_tot).a_faire(midi(Date(2026, 12, 3)))) == 1


def test_revenir_un_autre_jour_c_est_revenir():
    le_meme_jour, plus_tard = D_ANA, attrs.evolve(D_ANA, visite=VisiteId("z"), le=SAMEDI)
    assert len(vecu(LES_RIVERAINS, DEFINI, OUVERT, le_meme_jour).registre("jamais_revenus")) == 1
    de_ben = attrs.evolve(plus_tard, personne=BEN)
    assert len(vecu(LES_RIVERAINS, DEFINI, OUVERT, de_ben).registre("jamais_revenus")) == 1
    revenue = vecu(LES_RIVERAINS, DEFINI, OUVERT, plus_tard)
    assert revenue.registre("jamais_revenus") == []
    assert vecu(LES_RIVERAINS, DEFINI, OUVERT, plus_tard, NOUVELLES).registre("jamais_revenus") == []


def test_un_accueil_ouvert_par_erreur_se_corrige():
    corrige = given(DEFINI, OUVERT, FAITE).when(CorrigerAccueil(**QUI, motif="pas elle"))
    corrige.then_accepted()
    assert ligne(corrige, "accueils").restent == (TOUR, CHARTE)
    given(DEFINI).when(CorrigerAccueil(**QUI, motif="pas elle")).then_refused(RienACorriger)


def test_ce_qui_reste_a_accueillir_se_transmet():
    (dit_en_cours,) = DOMAINE.transmissions
    (en_cours,), (acheve,) = (vecu(DEFINI, OUVERT, fait).registre("accueils") for fait in (FAITE, LAISSEE))
    assert (dit_en_cours.garde(en_cours, None), dit_en_cours.garde(acheve, None)) == (True, False)
