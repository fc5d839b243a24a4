"""Ce qu'un lieu décide par ses règles et que nul autre domaine ne connaît : une parcelle, une clé, une visite."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import (
    ANA,
    BEN,
    LA_PERCEUSE,
    LA_SALLE,
    LUNDI,
    MARDI,
    PERCEUSE,
    VERTE,
    a,
    de,
    dit,
    ligne,
    midi,
    regle,
)
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance import MandatDonne
from tierslieu_core.domaines.cadre.regles import FaitDeclare, Marche, Portee, Sinon
from tierslieu_core.domaines.cadre.regles.genres.arbitrage import Cle
from tierslieu_core.domaines.usages.demarches import (
    AccorderDemarche,
    ADepartager,
    ArbitrerDemarches,
    ClasserDemarche,
    DemarcheAccordee,
    DemarcheClassee,
    DemarcheDUnAutre,
    DemarcheEnAttente,
    DemarcheInconnue,
    DemarcheOuverte,
    DemarcheRefusee,
    DemarchesArbitrees,
    FaireDemarche,
    OuvrirDemarche,
    PasADepartager,
    PlusARepondre,
    RefuserDemarche,
    ReponseDUnAutre,
    RienNeDepartage,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.faits import FaitDit
from tierslieu_core.vocabulaire.identifiants import DemarcheId, MandatId

PARCELLE = DemarcheOuverte(action="parcelle", libelle="demander une parcelle")
HABITE = FaitDeclare(fait="habite", type="oui_non", libelle="Habite la commune", valeurs=(), unite="")
DEPUIS = FaitDeclare(fait="depuis", type="date", libelle="Inscription", valeurs=(), unite="")
OUI, NON = (FaitDit("habite", "oui"),), (FaitDit("habite", "non"),)
POUR = Portee(actions=("parcelle",))
IL_FAUT_HABITER = regle("habiter", "exigence", POUR, faits=("habite",))
LIEU = (PARCELLE, HABITE, DEPUIS, IL_FAUT_HABITER)
DEMANDER = FaireDemarche(action="parcelle", personne=ANA, faits=OUI)
D1, D2 = DemarcheId("d-1"), DemarcheId("d-2")
BUREAU = MandatDonne(mandat=MandatId("m-bureau"), personne=BEN, role="bureau", du=Date(2020, 1, 1))


def au_bureau(silence="refus"):
    sinon = Sinon(effet="validation", par="bureau", delai_heures=48, silence=silence)
    return attrs.evolve(IL_FAUT_HABITER, sinon=sinon)


def accordee(**autres):
    return DemarcheAccordee(
        **{"demarche": D1, "action": "parcelle", "personne": ANA, "jour": LUNDI, "espace": None, "objet": None,
           "periode": None, "faits": OUI, "motif": None} | autres
    )  # fmt: skip


def attendue(**autres):
    return DemarcheEnAttente(
        **{"demarche": D1, "action": "parcelle", "personne": ANA, "jour": LUNDI, "espace": None, "objet": None,
           "periode": None, "faits": NON, "motif": None, "aupres_de": ("bureau",), "jusqu_au": a("10:00"),
           "silence": "refus", "zone": "Europe/Paris"} | autres
    )  # fmt: skip


# ── ouvrir ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_une_demarche_s_ouvre_une_fois_et_se_redit():
    ouvrir = OuvrirDemarche(action="parcelle", libelle="demander une parcelle")
    given().when(ouvrir).then(PARCELLE)
    given(PARCELLE).when(ouvrir).then_nothing()
    quand = given(PARCELLE).when(attrs.evolve(ouvrir, libelle="avoir une parcelle"))
    assert ligne(quand, "demarches-ouvertes").libelle == "avoir une parcelle"
    for action, raison in (("Parcelle", "minuscules"), ("reserver", "a déjà un sens")):
        with pytest.raises(DemandeInvalide, match=raison):
            given().when(attrs.evolve(ouvrir, action=action))


def test_une_faute_de_frappe_n_ouvre_rien():
    quand = given(PARCELLE).when(attrs.evolve(DEMANDER, action="parcele", faits=()))
    quand.then_refused(DemarcheInconnue(action="parcele", connues="parcelle"))
    given().when(attrs.evolve(DEMANDER, faits=())).then_refused(DemarcheInconnue(action="parcelle", connues="aucune"))


# ── faire ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ses_regles_l_accordent_la_refusent_ou_la_soumettent():
    given(*LIEU).when(DEMANDER).then(accordee(demarche=DemarcheId("epreuve")))
    given(*LIEU).when(attrs.evolve(DEMANDER, faits=NON)).then_refused(clause="habiter")
    quand = given(PARCELLE, HABITE, au_bureau()).when(attrs.evolve(DEMANDER, faits=NON))
    assert quand.reponse.verdict == "a_valider"
    (fait,) = quand.reponse.evenements
    assert (fait.aupres_de, str(fait.jusqu_au), fait.silence) == (("bureau",), "2026-11-25T10:00:00", "refus")
    tue = given(*LIEU).when(attrs.evolve(DEMANDER, faits=()))
    assert tue.reponse.evenements[0].aupres_de == ("coordination",)
    assert "--faits habite=oui" in dit(tue)


def test_les_regles_qui_ne_la_nomment_pas_ne_la_jugent_pas():
    autre = regle("tous", "exigence", Portee(personnes=(ANA,)), faits=("habite",))
    reponse = given(*LIEU, autre, regle("adherer", "adhesion_a_jour")).when(DEMANDER).then_accepted()
    assert [c.regle for c in reponse.decision.clauses] == ["habiter"]


def test_elle_dit_un_espace_un_objet_des_heures_et_se_mesure():
    entiere = attrs.evolve(DEMANDER, espace=VERTE, objet=PERCEUSE, debut=a("14:00"), fin=a("16:00"), motif="x")
    court = regle("court", "duree", Portee(actions=("parcelle",), espaces=(VERTE,)), maximum_minutes=60)
    tot = regle("tot", "preavis", Portee(actions=("parcelle",), objets=(PERCEUSE,)), minimum_minutes=60 * 28)
    avant = (*LIEU, LA_SALLE, LA_PERCEUSE)
    (fait,) = given(*avant, tot).when(entiere).then_accepted().evenements
    assert (fait.espace, fait.objet, fait.periode, fait.jour) == (VERTE, PERCEUSE, de("14:00", "16:00"), MARDI)
    given(*avant, court).when(entiere).then_refused(clause="court")
    given(*avant, tot).when(attrs.evolve(entiere, debut=a("13:59"))).then_refused(clause="tot")
    attend = given(PARCELLE, HABITE, au_bureau(), LA_SALLE).when(
        attrs.evolve(DEMANDER, faits=NON, debut=a("14:00"), fin=a("16:00"))
    )
    assert str(attend.reponse.evenements[0].jusqu_au) == "2026-11-24T14:00:00"  # not after it begins
    for champs in ({"debut": a("14:00")}, {"debut": a("14:00"), "fin": a("13:00")}):
        with pytest.raises(DemandeInvalide):
            given(*LIEU).when(attrs.evolve(DEMANDER, **champs))


@pytest.mark.parametrize(("avant", "accepte"), [
    ((), True), ((accordee(),), False), ((attendue(),), False), ((accordee(action="cle"),), True),
    ((accordee(periode=de("14:00", "16:00")),), False), ((accordee(periode=de("08:00", "09:00", LUNDI)),), True),
    ((accordee(), DemarcheClassee(demarche=D1, action="parcelle", personne=ANA, jour=LUNDI, espace=None, objet=None,
                                  periode=None, raison="x")), True),
    ((attendue(jusqu_au=a("09:00", LUNDI)),), True),
])  # fmt: skip
def test_une_seule_a_la_fois(avant, accepte):
    une = regle("une", "simultanes", POUR, maximum=1)
    quand = given(*LIEU, une, *avant).when(DEMANDER)
    assert quand.reponse.acceptee is accepte


# ── répondre ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_qui_doit_repondre_repond_et_nul_autre():
    avant = (PARCELLE, HABITE, au_bureau(), BUREAU, attendue())
    given(*avant).when(AccorderDemarche(demarche=D1), par=BEN).then(accordee(faits=NON))
    given(*avant).when(AccorderDemarche(demarche=D1)).then_refused(ReponseDUnAutre)
    given(*avant).when(RefuserDemarche(demarche=D1, motif="x")).then_refused(ReponseDUnAutre)
    quand = given(*avant).when(RefuserDemarche(demarche=D1, motif="complet"), par=BEN)
    assert ligne(quand, "demarches").etat == "refusée"
    deux = attendue(aupres_de=("bureau", "coordination"))
    un = given(*avant[:-1], deux).when(AccorderDemarche(demarche=D1, faits=OUI), par=BEN)
    un.then(attendue(aupres_de=("coordination",), faits=OUI))


def test_ce_qui_est_repondu_l_est():
    accorder, refuser = AccorderDemarche(demarche=D1), RefuserDemarche(demarche=D1, motif="x")
    given(*LIEU, accordee()).when(accorder).then_nothing()
    given(*LIEU, accordee()).when(refuser).then_refused(PlusARepondre)
    non = DemarcheRefusee(
        demarche=D1, action="parcelle", personne=ANA, jour=LUNDI, espace=None, objet=None, periode=None, raison="x"
    )
    given(*LIEU, non).when(refuser).then_nothing()
    given(*LIEU, non).when(accorder).then_refused(PlusARepondre)


def test_accorder_juge_encore_par_les_regles_mais_ne_resoumet_a_personne():
    avant = (*LIEU, BUREAU, attendue())
    given(*avant).when(AccorderDemarche(demarche=D1), par=BEN).then_refused(clause="habiter")
    given(*avant).when(AccorderDemarche(demarche=D1, faits=OUI), par=BEN).then_accepted()


@pytest.mark.parametrize(("silence", "etat"), [("refus", "caduque"), ("accord", "accordée")])
def test_le_silence_vaut_ce_que_la_regle_en_dit(silence, etat):
    passe = attendue(silence=silence, jusqu_au=a("09:00", LUNDI))
    avant = (PARCELLE, HABITE, au_bureau(silence), passe)
    quand = given(*avant).when(AccorderDemarche(demarche=D1))
    if silence == "accord":
        quand.then_accepted()
    else:
        quand.then_refused(PlusARepondre)
        given(*avant).when(RefuserDemarche(demarche=D1, motif="x")).then_nothing()
    assert ligne(quand, "demarches").etat == etat


@pytest.mark.parametrize(("silence", "suite"), [("refus", "elle tombe"), ("accord", "elle est accordée")])
def test_ce_qui_attend_une_reponse_echoit(silence, suite):
    lieu = given(*LIEU, attendue(silence=silence)).when(DEMANDER).lieu
    (due,) = [d for d in lieu.a_faire(midi(Date(2026, 11, 30))) if d.echeance == "demarches.reponse"]
    assert suite in due.phrase
    assert (due.commande is not None) == (silence == "accord")


def test_une_demarche_se_clot_et_les_regles_peuvent_en_dire_la_suite():
    clore = ClasserDemarche(demarche=D1, personne=ANA, motif="déménagement")
    given(*LIEU, accordee()).when(attrs.evolve(clore, personne=BEN)).then_refused(DemarcheDUnAutre)
    quand = given(*LIEU, accordee()).when(clore)
    assert ligne(quand, "demarches").etat == "close"
    given(*LIEU, attendue(jusqu_au=a("09:00", LUNDI))).when(clore).then_nothing()
    suite = attrs.evolve(
        regle("suite", "exigence", Portee(actions=("annuler",)), faits=("habite",)),
        sinon=Sinon(effet="sanction", echelle=(Marche(mesure="rappel"),)),
    )
    reponse = given(*LIEU, suite, accordee()).when(attrs.evolve(clore, faits=NON)).then_accepted()
    assert [c.verdict for c in reponse.decision.clauses] == ["sanction"]


# ── départager ──────────────────────────────────────────────────────────────────────────────────────────────────────

ANCIENNETE = regle("anciennete", "arbitrage", POUR, cles=(Cle(fait="depuis"),))
AU_JUGEMENT = regle("merite", "arbitrage", POUR, cles=(Cle(fait="habite", sens="oui_dabord", par="bureau"),))
ARBITRER = ArbitrerDemarches(action="parcelle", demarches=(D1, D2))


def les_deux(**autres):
    une = attendue(faits=(*NON, FaitDit("depuis", "2026-05-01")))
    deux = attendue(demarche=D2, personne=BEN, faits=(*OUI, FaitDit("depuis", "2026-02-01")), **autres)
    return PARCELLE, HABITE, DEPUIS, une, deux


def tranche(premiere, personne, ordre):
    return DemarchesArbitrees(action="parcelle", gagnante=premiere, personne=personne, ordre=ordre)


def test_la_regle_dit_qui_vient_en_tete():
    given(*les_deux(), ANCIENNETE).when(ARBITRER).then(tranche(D2, BEN, (D2, D1)))
    given(*les_deux()).when(ARBITRER).then_refused(RienNeDepartage)
    given(*les_deux(), ANCIENNETE).when(attrs.evolve(ARBITRER, gagnante=D1)).then_refused(ADepartager)


def test_ce_qui_est_au_jugement_d_un_organe_lui_revient():
    avant = (*les_deux(), AU_JUGEMENT, BUREAU)
    given(*avant).when(ARBITRER).then_refused(ADepartager(par="bureau", action="parcelle"))
    given(*avant).when(attrs.evolve(ARBITRER, gagnante=D1)).then_refused(ADepartager)
    given(*avant).when(ARBITRER, par=BEN).then_refused(ADepartager)
    given(*avant).when(attrs.evolve(ARBITRER, gagnante=D1), par=BEN).then(tranche(D1, ANA, (D1, D2)))


@pytest.mark.parametrize("change", [{"action": "cle"}, {"jusqu_au": a("09:00", LUNDI)}])
def test_on_ne_departage_que_ce_qui_attend_encore(change):
    given(*les_deux(**change), ANCIENNETE).when(ARBITRER).then_refused(PasADepartager)


def test_une_seule_ne_se_departage_pas():
    for champs in ({"demarches": (D1, D1)}, {"gagnante": DemarcheId("d-3")}):
        with pytest.raises(DemandeInvalide):
            given().when(attrs.evolve(ARBITRER, **champs))
