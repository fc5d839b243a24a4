"""La régie logistique : tâches prises et faites, listes passées ou manquées, temps que l'on choisit de dire."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LA_SALLE, LUNDI, MARDI, SAMEDI, VENDREDI, VERTE, dit, ligne, midi, regle
from whenever import Date, Instant, Time

from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.identites import PersonneInscrite
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.moyens.entretien import Rythme
from tierslieu_core.domaines.moyens.logistique import (
    CorrigerPassage,
    CorrigerTache,
    DeclarerListe,
    DeclarerTemps,
    FaireTache,
    JourAVenir,
    ListeDeclaree,
    ListeManquee,
    ListePasAttendue,
    ListePassee,
    ManquerListe,
    ManquerTache,
    PasEncoreManquee,
    PasserListe,
    PointInconnu,
    PrendreTache,
    ProposerTache,
    RendreTache,
    RetirerTache,
    RetirerTemps,
    TacheDejaProposee,
    TacheDUnAutre,
    TacheFaite,
    TacheManquee,
    TachePasACetteEtape,
    TachePrise,
    TacheProposee,
    TacheRendue,
    TacheRetiree,
    TempsAVenir,
    TempsDeclare,
    TempsRetire,
)
from tierslieu_core.echeancier import passer
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, FONDATION, MAINTENANT, given, memory_place, record
from tierslieu_core.vocabulaire.identifiants import ListeId, TacheId
from tierslieu_core.vocabulaire.vie import vers

ARROSER, SOIR = TacheId("arroser"), ListeId("soir")
ANA_INSCRITE, BEN_INSCRIT = PersonneInscrite(personne=ANA, nom="Ana"), PersonneInscrite(personne=BEN, nom="Ben")
SEMAINE = Rythme(nombre=1, unite="semaines")
PROPOSER = ProposerTache(tache=ARROSER, nom="Arroser les plantes", pour_le=MARDI)
PROPOSEE = TacheProposee(tache=ARROSER, nom="Arroser les plantes", espace=None, pour_le=MARDI, rythme=None)
PRISE = vers(TachePrise, PROPOSEE, personne=ANA)
RENDUE = vers(TacheRendue, PRISE)
FAITE = vers(TacheFaite, PRISE, le=LUNDI)
MANQUEE = vers(TacheManquee, PRISE, le=SAMEDI)
RETIREE = vers(TacheRetiree, PROPOSEE, motif="il pleut")
DECLARER = DeclarerListe(
    liste=SOIR, nom="Fermeture du soir", moment="fermeture", points=("Chauffage", "Alarme"),
    jours=("lundi", "mardi"), avant=Time(22),
)  # fmt: skip
LE_SOIR = ListeDeclaree(
    liste=SOIR, nom="Fermeture du soir", moment="fermeture", points=("Chauffage", "Alarme"),
    jours=("lundi", "mardi"), avant=Time(22), version=1, le=LUNDI,
)  # fmt: skip
PASSEE = ListePassee(
    liste=SOIR, nom="Fermeture du soir", version=1, le=LUNDI, faits=("Chauffage", "Alarme"), laisses=(), pourquoi=None,
    personne=ANA,
)  # fmt: skip
PASSEE_MANQUEE = ListeManquee(liste=SOIR, nom="Fermeture du soir", version=1, le=LUNDI)
A_MINUIT = Instant.from_utc(2026, 11, 23, 22, 30)  # 23 h 30 à Paris


def chez(*faits: Any, maintenant: Instant = MAINTENANT) -> Lieu:
    lieu = memory_place(maintenant=maintenant)
    record(lieu, [*FONDATION, ANA_INSCRITE, BEN_INSCRIT, *faits])
    return lieu


# ── les tâches ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_une_tache_se_propose_une_fois():
    given().when(PROPOSER).then(PROPOSEE)
    given(PROPOSEE).when(PROPOSER).then_nothing()
    quand = given(PROPOSEE).when(attrs.evolve(PROPOSER, nom="Arroser"))
    quand.then_refused(TacheDejaProposee(tache=ARROSER))
    assert "retirez-la d'abord" in dit(quand)
    given(ANA_INSCRITE).when(PROPOSER, par=ANA).then_refused(MandatManquant)
    chaque_semaine = attrs.evolve(PROPOSER, tous_les=1, espace=VERTE)
    given(LA_SALLE).when(chaque_semaine).then(attrs.evolve(PROPOSEE, rythme=SEMAINE, espace=VERTE))


@pytest.mark.parametrize(("change", "mot"), [({"nom": " "}, "quelques mots"), ({"tous_les": 0}, "d'un siècle au plus")])
def test_une_tache_dit_quoi_et_a_quel_rythme(change, mot):
    with pytest.raises(DemandeInvalide, match=mot):
        given().when(attrs.evolve(PROPOSER, **change))


def test_chacun_prend_une_tache_et_un_autre_ne_la_prend_plus():
    prendre = PrendreTache(tache=ARROSER)
    given(PROPOSEE).when(prendre, par=ANA).then(PRISE)
    given(PROPOSEE, RENDUE).when(prendre, par=ANA).then(PRISE)
    given(PROPOSEE, PRISE).when(prendre, par=ANA).then_nothing()
    quand = given(ANA_INSCRITE, PROPOSEE, PRISE).when(prendre, par=BEN)
    quand.then_refused(TacheDUnAutre(tache=ARROSER, personne=ANA))
    assert dit(quand).startswith("« Arroser les plantes » est prise par Ana. Voyez avec cette personne")
    given(PROPOSEE, FAITE).when(prendre, par=BEN).then_refused(TachePasACetteEtape(tache=ARROSER, etat="faite"))


def test_une_tache_se_rend_par_qui_l_a_prise_ou_par_la_regie():
    rendre = RendreTache(tache=ARROSER)
    given(PROPOSEE, PRISE).when(rendre, par=ANA).then(RENDUE)
    given(PROPOSEE, PRISE).when(rendre).then(RENDUE)
    given(PROPOSEE, PRISE).when(rendre, par=BEN).then_refused(TacheDUnAutre)
    given(PROPOSEE).when(rendre, par=ANA).then_nothing()
    given(PROPOSEE, RETIREE).when(rendre).then_refused(TachePasACetteEtape)


def test_une_tache_est_faite_par_qui_l_a_prise_ou_par_qui_la_trouve():
    faire = FaireTache(tache=ARROSER)
    given(PROPOSEE).when(faire, par=ANA).then(FAITE)
    given(PROPOSEE, PRISE).when(faire).then(FAITE)
    given(PROPOSEE, FAITE).when(faire, par=BEN).then_nothing()
    quand = given(ANA_INSCRITE, PROPOSEE, attrs.evolve(PRISE, espace=VERTE)).when(faire, par=BEN)
    quand.then_refused(TacheDUnAutre)
    given(PROPOSEE, MANQUEE).when(faire).then_refused(TachePasACetteEtape(tache=ARROSER, etat="manquée"))


def test_une_regle_qui_nomme_les_taches_prises_en_juge():
    fermee = regle("r", "fermeture", Portee(actions=("prendre_tache",)), du=MARDI, au=MARDI)
    for faits in ((PROPOSEE,), (LA_SALLE, attrs.evolve(PROPOSEE, espace=VERTE))):
        given(fermee, *faits).when(PrendreTache(tache=ARROSER), par=ANA).then_refused(clause="r")


def test_une_tache_n_est_manquee_que_son_jour_passe():
    manquer = ManquerTache(tache=ARROSER)
    quand = given(PROPOSEE).when(manquer, maintenant=midi(MARDI))
    quand.then_refused(PasEncoreManquee(tache=ARROSER, pour_le=MARDI))
    assert "Attendez le lendemain" in dit(quand)
    given(PROPOSEE, PRISE).when(manquer, maintenant=midi(SAMEDI)).then(MANQUEE)
    given(PROPOSEE, MANQUEE).when(manquer).then_nothing()
    given(PROPOSEE, FAITE).when(manquer, maintenant=midi(SAMEDI)).then_refused(TachePasACetteEtape)


def test_une_tache_retiree_ne_se_prend_plus():
    retirer = RetirerTache(tache=ARROSER, motif="il pleut")
    quand = given(PROPOSEE).when(retirer)
    quand.then(RETIREE)
    assert ligne(quand, "taches").etat == "retirée"
    assert quand.lieu.a_faire() == []
    given(PROPOSEE, RETIREE).when(retirer).then_nothing()
    given(PROPOSEE, FAITE).when(retirer).then_refused(TachePasACetteEtape)


def test_l_echeancier_dit_manquee_une_tache_que_nul_n_a_faite_et_celle_qui_revient_est_proposee():
    lieu = chez(attrs.evolve(PROPOSEE, rythme=SEMAINE), maintenant=midi(MARDI))
    (due,) = lieu.a_faire()
    assert due.phrase == ("Arroser les plantes, pour le mardi 24 novembre 2026 ; sans cela, elle sera dite manquée")
    lieu = chez(attrs.evolve(PROPOSEE, rythme=SEMAINE), maintenant=midi(SAMEDI))
    passer(lieu, CAMILLE)
    assert [(r.etat, r.pour_le) for r in lieu.registre("taches")] == [
        ("manquée", MARDI), ("à prendre", Date(2026, 12, 1)),
    ]  # fmt: skip
    suivante = lieu.registre("taches")[-1].tache
    assert suivante == "arroser~2026-12-01"
    assert lieu.executer(FaireTache(tache=suivante), par=ANA).verdict == "accord"
    assert lieu.registre("taches")[-1].tache == "arroser~2026-12-08"


def test_une_tache_qui_revient_ne_rattrape_pas_les_jours_que_nul_n_a_vus():
    lieu = chez(attrs.evolve(PROPOSEE, rythme=SEMAINE), maintenant=midi(Date(2027, 1, 1)))
    passer(lieu, CAMILLE)
    assert [r.pour_le for r in lieu.registre("taches")] == [MARDI, Date(2027, 1, 5)]


def test_une_tache_d_une_fois_ne_revient_pas():
    lieu = chez(PROPOSEE)
    lieu.executer(FaireTache(tache=ARROSER), par=ANA)
    assert len(lieu.registre("taches")) == 1


def test_les_taches_ouvertes_se_transmettent():
    dites = [str(p) for rubrique in chez(PROPOSEE, PRISE).transmissions() for p in rubrique.phrases]
    assert "Arroser les plantes, pour le mardi 24 novembre 2026 : Ana s'en charge" in dites


def test_un_fait_de_tache_dit_par_erreur_se_corrige():
    quand = given(PROPOSEE, FAITE).when(CorrigerTache(tache=ARROSER, motif="pas encore"))
    quand.then(FaitCorrige(fait="donne/6", nature="logistique.TacheFaite", sujet="tache:arroser", motif="pas encore"))
    assert ligne(quand, "taches").etat == "à prendre"
    given(PROPOSEE).when(CorrigerTache(tache=ARROSER, motif="m")).then_refused(RienACorriger)


# ── les listes ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_une_liste_a_des_versions():
    given().when(DECLARER).then(LE_SOIR)
    given(LE_SOIR).when(DECLARER).then_nothing()
    quand = given(LE_SOIR, PASSEE).when(attrs.evolve(DECLARER, points=("Alarme",)), maintenant=midi(MARDI))
    quand.then(attrs.evolve(LE_SOIR, points=("Alarme",), version=2, le=MARDI))
    assert (ligne(quand, "listes").version, ligne(quand, "listes").derniere) == (2, LUNDI)


@pytest.mark.parametrize(
    ("change", "mot"),
    [
        ({"nom": ""}, "un nom, comme"), ({"points": ()}, "un point au moins"), ({"points": ("a", " ")}, "soit vide"),
        ({"points": ("a", "a")}, "chaque point une fois"), ({"avant": None}, "des jours et une heure"),
        ({"jours": ()}, "des jours et une heure"),
    ],
)  # fmt: skip
def test_une_liste_dit_quoi_verifier_et_quand(change, mot):
    with pytest.raises(DemandeInvalide, match=mot):
        given().when(attrs.evolve(DECLARER, **change))


def test_chacun_passe_une_liste_en_disant_ce_qu_il_laisse_et_pourquoi():
    passer_ = PasserListe(liste=SOIR)
    quand = given(ANA_INSCRITE, LE_SOIR).when(passer_, par=ANA)
    quand.then(PASSEE)
    assert ligne(quand, "passages").etat == "complète"
    given(LE_SOIR, PASSEE).when(passer_, par=ANA).then_nothing()
    laisser = PasserListe(liste=SOIR, laisses=("Alarme",), pourquoi="en panne")
    quand = given(ANA_INSCRITE, LE_SOIR, PASSEE).when(laisser, par=ANA)
    quand.then(attrs.evolve(PASSEE, faits=("Chauffage",), laisses=("Alarme",), pourquoi="en panne"))
    row = ligne(quand, "passages")
    assert (row.etat, row.laisses, row.pourquoi) == ("incomplète", ("Alarme",), "en panne")
    with pytest.raises(DemandeInvalide, match="dites pourquoi"):
        given(LE_SOIR).when(attrs.evolve(laisser, pourquoi=None))


def test_on_ne_laisse_que_des_points_de_la_liste_et_pas_d_avance():
    quand = given(LE_SOIR).when(PasserListe(liste=SOIR, laisses=("Cave",), pourquoi="x"))
    quand.then_refused(PointInconnu(liste=SOIR, point="Cave", points=("Chauffage", "Alarme")))
    assert "Ses points : Chauffage et Alarme." in dit(quand)
    quand = given(LE_SOIR).when(PasserListe(liste=SOIR, le=MARDI))
    quand.then_refused(JourAVenir(liste=SOIR, le=MARDI))
    assert "ne se passe ni ne se manque d'avance" in dit(quand)


def test_une_liste_est_manquee_les_jours_ou_on_l_attend_son_heure_passee():
    manquer = ManquerListe(liste=SOIR, le=LUNDI)
    given(LE_SOIR).when(manquer, maintenant=A_MINUIT).then(PASSEE_MANQUEE)
    given(LE_SOIR).when(manquer, maintenant=midi(MARDI)).then(PASSEE_MANQUEE)
    quand = given(LE_SOIR).when(manquer)
    quand.then_refused(ListePasAttendue(liste=SOIR, le=LUNDI, quand="le lundi et le mardi, avant 22 h"))
    given(LE_SOIR).when(ManquerListe(liste=SOIR, le=VENDREDI)).then_refused(ListePasAttendue)
    given(LE_SOIR).when(ManquerListe(liste=SOIR, le=MARDI)).then_refused(JourAVenir)
    libre = attrs.evolve(LE_SOIR, jours=(), avant=None)
    given(libre).when(manquer).then_refused(
        ListePasAttendue(liste=SOIR, le=LUNDI, quand="quand on veut, sans jour ni heure")
    )
    given(LE_SOIR, PASSEE).when(manquer, maintenant=A_MINUIT).then_nothing()


def test_une_liste_manquee_se_passe_encore_apres():
    quand = given(ANA_INSCRITE, LE_SOIR, PASSEE_MANQUEE).when(
        PasserListe(liste=SOIR, le=LUNDI), par=ANA, maintenant=midi(MARDI)
    )
    quand.then(PASSEE)
    assert [ligne(quand, "passages", le).etat for le in (LUNDI, MARDI)] == ["manquée", "complète"]


def test_l_echeancier_dit_manquee_une_liste_que_nul_n_a_passee_chaque_jour_ou_on_l_attend():
    lieu = chez(LE_SOIR)
    (due,) = lieu.a_faire(jusqu_au=midi(MARDI))
    assert due.phrase.startswith("Fermeture du soir : à passer avant 22 h")
    assert due.quand == Instant.from_utc(2026, 11, 23, 21)
    lieu = chez(LE_SOIR, maintenant=midi(SAMEDI))
    passer(lieu, CAMILLE)
    passer(lieu, CAMILLE)
    assert [(r.le, r.etat) for r in lieu.registre("passages")] == [(LUNDI, "manquée"), (MARDI, "manquée")]
    (due,) = lieu.a_faire(jusqu_au=midi(Date(2026, 12, 1)))
    assert due.quand == Instant.from_utc(2026, 11, 30, 21)
    assert chez(attrs.evolve(LE_SOIR, jours=(), avant=None)).a_faire() == []


def test_un_passage_d_avant_la_liste_se_lit_quand_meme():
    assert chez(PASSEE).registre("listes") == []


def test_un_passage_dit_par_erreur_se_corrige():
    corriger = CorrigerPassage(liste=SOIR, le=LUNDI, motif="un autre jour")
    quand = given(ANA_INSCRITE, LE_SOIR, PASSEE).when(corriger)
    quand.then_accepted()
    assert quand.lieu.registre("passages") == []
    given(LE_SOIR).when(corriger).then_refused(RienACorriger)


# ── le temps que l'on choisit de dire ───────────────────────────────────────────────────────────────────────────────


def test_chacun_dit_son_temps_le_change_et_le_retire():
    declarer = DeclarerTemps(personne=ANA, minutes=90, quoi="le jardin")
    declare = TempsDeclare(personne=ANA, le=LUNDI, minutes=90, auparavant=0, quoi="le jardin")
    given(ANA_INSCRITE).when(declarer, par=ANA).then(declare)
    given(ANA_INSCRITE, declare).when(declarer, par=ANA).then_nothing()
    moins = given(ANA_INSCRITE, declare).when(attrs.evolve(declarer, minutes=60), par=ANA)
    moins.then(attrs.evolve(declare, minutes=60, auparavant=90))
    assert (ligne(moins, "benevolat").duree, ligne(moins, "benevolat").journees) == ("1 h", 1)
    retirer = RetirerTemps(personne=ANA, le=LUNDI)
    quand = given(ANA_INSCRITE, declare).when(retirer, par=ANA)
    quand.then(TempsRetire(personne=ANA, le=LUNDI, auparavant=90))
    assert (ligne(quand, "benevolat").minutes, ligne(quand, "benevolat").journees) == (0, 0)
    given(ANA_INSCRITE).when(retirer, par=ANA).then_nothing()


def test_le_temps_ne_se_dit_que_pour_soi_et_une_fois_donne():
    declarer = DeclarerTemps(personne=ANA, minutes=90)
    for par in (CAMILLE, BEN):
        given(ANA_INSCRITE).when(declarer, par=par).then_refused(MandatManquant)
    quand = given(ANA_INSCRITE).when(attrs.evolve(declarer, le=MARDI), par=ANA)
    quand.then_refused(TempsAVenir(le=MARDI))
    assert "prenez une tâche" in dit(quand)
    for minutes in (0, 1441):
        with pytest.raises(DemandeInvalide, match="de 1 à 1440"):
            given(ANA_INSCRITE).when(attrs.evolve(declarer, minutes=minutes), par=ANA)


def test_le_registre_du_temps_dit_les_totaux_du_mois_et_jamais_qui():
    deux = (
        TempsDeclare(personne=ANA, le=LUNDI, minutes=90, auparavant=0, quoi=None),
        TempsDeclare(personne=BEN, le=LUNDI, minutes=30, auparavant=0, quoi=None),
        TempsDeclare(personne=BEN, le=Date(2026, 10, 1), minutes=45, auparavant=0, quoi=None),
    )
    rows = chez(*deux).registre("benevolat")
    assert [(r.mois, r.duree, r.journees) for r in rows] == [("2026-11", "2 h", 2), ("2026-10", "45 min", 1)]
    assert {a.name for a in attrs.fields(type(rows[0]))} == {"mois", "minutes", "duree", "journees"}
