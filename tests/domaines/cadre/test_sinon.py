"""Ce qui s'ensuit quand une règle n'est pas respectée, et les exceptions qui lèvent d'autres règles."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import regle
from whenever import Date

from tierslieu_core.domaines.cadre.regles import (
    AdopterRegle,
    AmenderRegle,
    Condition,
    Livre,
    Marche,
    Portee,
    RegleAdoptee,
    Sinon,
    Source,
)
from tierslieu_core.domaines.cadre.regles.genres.conditions import Seuil
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.jugement import jugees
from tierslieu_core.kernel.decisions import verdict_of
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.identifiants import PersonneId, RegleId
from tierslieu_core.vocabulaire.mesures import Mesures

LUNDI = Date(2026, 11, 23)
DEUX_SEMAINES = Sinon(
    effet="sanction", echelle=(Marche(mesure="tolerance"), Marche(mesure="suspension", duree_jours=14))
)


def livre(*regles: RegleAdoptee) -> Livre:
    book = Livre()
    for n, fait in enumerate(regles, 1):
        book.applique(fait, Note(n, f"k{n}/1", "", "", "camille", None, "m", None))
    return book


def heures(maximum=3, nom="heures", portee=None, **autres):
    return attrs.evolve(regle(nom, "seuil", portee or Portee(), faits=("heures",), maximum=maximum), **autres)


def j_moins_un(**autres):
    return attrs.evolve(regle("j-1", "seuil", faits=("jours_avant",), maximum=1), leve=(RegleId("heures"),), **autres)


def mesures(action="reserver", *, confirme=None, **faits):
    return Mesures(action=action, personne=PersonneId("ana"), lieux=(), jour=LUNDI, faits=faits, confirme=confirme)


def verdicts(book, m):
    return {c.regle: c.verdict for c in jugees(book.reglement, m, LUNDI)}


@pytest.mark.parametrize(("sinon", "clause", "verdict"), [
    (Sinon(), "refuse", "refus"), (Sinon(effet="validation", par="comite"), "a_valider", "a_valider"),
    (DEUX_SEMAINES, "sanction", "accord"), (Sinon(effet="caducite"), "caduque", "refus"),
])  # fmt: skip
def test_ce_qui_s_ensuit_se_choisit_pour_toute_regle(sinon, clause, verdict):
    book = livre(heures(sinon=sinon))
    clauses = jugees(book.reglement, mesures(heures=4), LUNDI)
    assert [c.verdict for c in clauses] == [clause]
    assert verdict_of(("fait",), clauses) == verdict
    assert book.rejuge(clauses[0]) == clauses[0]
    assert verdicts(book, mesures(heures=3)) == {"heures": "satisfaite"}


def test_au_dela_d_un_seuil_le_comite_repond():
    book = livre(heures(sinon=Sinon(effet="validation", par="comite", delai_heures=48, silence="accord")))
    clauses = jugees(book.reglement, mesures(heures=4), LUNDI)
    assert book.validations(clauses) == (Validation(par="comite", delai_heures=48, silence="accord"),)
    said = book.phrase(clauses[0])
    assert "cela fait 4 ; heures : 3 au plus" in said
    assert said.endswith("Il s'ensuit : à valider par comite sous 2 jours ; passé ce délai, le silence vaut accord.")
    assert jugees(book.reglement, mesures(heures=4, confirme=True), LUNDI) == ()


def test_une_sanction_dit_son_echelle():
    book = livre(heures(sinon=DEUX_SEMAINES))
    (clause,) = jugees(book.reglement, mesures(heures=4), LUNDI)
    assert book.phrase(clause).endswith("Il s'ensuit : tolérance puis suspension de 14 jours (comptés par an).")
    assert [str(DEUX_SEMAINES.marche(n)) for n in range(3)] == [
        "tolérance",
        "suspension de 14 jours",
        "suspension de 14 jours",
    ]
    toujours = Sinon(effet="sanction", echelle=(Marche(mesure="retrait_de_cle"),), periode="toujours")
    assert toujours.phrase() == "retrait de cle"
    assert Sinon(effet="caducite").phrase() == "ce qui était tenu est perdu"
    assert Sinon(effet="validation", par="x").phrase().endswith("le silence vaut refus")


# ── exceptions ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("avant", "quota", "exception"), [
    (1, "levee", "satisfaite"), (2, "refuse", "sans_effet"), (None, "refuse", "sans_effet"),
])  # fmt: skip
def test_une_exception_leve_la_regle_qu_elle_nomme_quand_elle_tient(avant, quota, exception):
    book = livre(heures(), j_moins_un())
    m = mesures(heures=4) if avant is None else mesures(heures=4, jours_avant=avant)
    assert verdicts(book, m) == {"heures": quota, "j-1": exception}
    clauses = jugees(book.reglement, m, LUNDI)
    assert [book.rejuge(c) for c in clauses] == list(clauses)
    assert verdict_of(("fait",), clauses) == ("accord" if quota == "levee" else "refus")
    said = " ".join(map(book.phrase, clauses))
    assert ("Levée par l'exception « j-1 »" in said) == (quota == "levee")
    assert ("exception qui ne joue pas ici" in said) == (exception == "sans_effet")
    assert ("Elle tient." in said) == (exception == "satisfaite")


def test_une_exception_ne_leve_que_ce_qu_elle_nomme():
    autre = regle("age", "seuil", faits=("age",), minimum=18)
    book = livre(heures(), autre, j_moins_un())
    assert verdicts(book, mesures(heures=4, age=12, jours_avant=0)) == {
        "heures": "levee",
        "age": "refuse",
        "j-1": "satisfaite",
    }
    assert verdicts(book, mesures(heures=2, age=18, jours_avant=0))["heures"] == "satisfaite"


def test_une_exception_leve_aussi_une_sanction():
    book = livre(heures(sinon=DEUX_SEMAINES), j_moins_un())
    assert verdicts(book, mesures(heures=4, jours_avant=0))["heures"] == "levee"


def test_annuler_n_est_juge_que_par_les_regles_qui_en_parlent():
    tous, annuler = heures(nom="tous"), heures(nom="annuler", portee=Portee(actions=("annuler",)))
    assert verdicts(livre(tous, annuler), mesures("annuler", heures=4)) == {"annuler": "refuse"}
    assert verdicts(livre(tous), mesures("annuler", heures=4)) == {}


# ── adopter ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("champs", "paths"), [
    ({"sinon": Sinon(effet="validation")}, ["sinon.par"]), ({"sinon": Sinon(par="x")}, ["sinon.par"]),
    ({"sinon": Sinon(delai_heures=0)}, ["sinon.delai_heures"]), ({"sinon": Sinon(effet="sanction")}, ["sinon.echelle"]),
    ({"sinon": Sinon(effet="sanction", echelle=(Marche(mesure=""),))}, ["sinon.echelle[0].mesure"]),
    ({"sinon": Sinon(effet="sanction", echelle=(Marche(mesure="Travaux d'été"),))}, ["sinon.echelle[0].mesure"]),
    ({"sinon": Sinon(effet="sanction", echelle=(Marche(mesure="suspension", duree_jours=10**9),))}, ["sinon.echelle[0].duree_jours"]),
    ({"sinon": Sinon(effet="sanction", echelle=(Marche(mesure="suspension"),))}, ["sinon.echelle[0].duree_jours"]),
    ({"sinon": Sinon(effet="sanction", echelle=(Marche(mesure="rappel", duree_jours=-1),))}, ["sinon.echelle[0].duree_jours"]),
    ({"leve": (RegleId("b"),), "sinon": DEUX_SEMAINES}, ["leve"]), ({"leve": (RegleId("r"),)}, ["leve"]),
])  # fmt: skip
def test_ce_qui_ne_peut_pas_s_ensuivre_est_dit_a_l_adoption(champs, paths):
    asked = AdopterRegle(
        regle=RegleId("r"), genre=Seuil(faits=("participants",), maximum=3), du=LUNDI, motif="essai", **champs
    )
    with pytest.raises(DemandeInvalide) as faute:
        given(heures(nom="b")).when(asked)
    assert [path for path, _ in faute.value.erreurs] == paths


def test_une_regle_amendee_ne_se_leve_pas_elle_meme():
    asked = AmenderRegle(
        regle=RegleId("b"),
        genre=Seuil(faits=("participants",), maximum=3),
        du=LUNDI,
        motif="essai",
        leve=(RegleId("b"),),
    )
    with pytest.raises(DemandeInvalide, match="ne se lève pas elle-même"):
        given(heures(nom="b")).when(asked)


def test_une_regle_garde_sa_source_et_ce_que_devient_ce_qui_etait_reserve():
    source = Source(organe="assemblée", le=LUNDI, document="PV du 23")
    asked = AdopterRegle(
        regle=RegleId("r"), genre=Seuil(faits=("participants",), maximum=3), du=LUNDI, motif="essai", source=source,
        deja="revues", portee=Portee(quand=(Condition(fait="action", parmi=("reserver",)),)),
    )  # fmt: skip
    quand = given().when(asked)
    (v,) = quand.lieu.livre.reglement.versions["r"]
    assert (v.source, v.deja) == (source, "revues")
    assert v.source.phrase() == "assemblée, le lundi 23 novembre 2026, PV du 23"
    assert Source().phrase() == ""
