"""An area that another package brings: its commands, register, strategies, sentences, and the laws, nothing touched."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import attrs
import pytest
from hypothesis import find
from tests.jouet import potager
from whenever import Date

from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.kernel import plugins
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu, catalogue_of
from tierslieu_core.testing.laws import LOIS, Scope
from tierslieu_core.testing.laws.scope import founded
from tierslieu_core.testing.spec import MAINTENANT, given
from tierslieu_core.testing.strategies import Strategies
from tierslieu_core.vocabulaire.identifiants import PersonneId, RegleId

__all__ = ["potager"]
ANA = PersonneId("personne-1")


@pytest.fixture
def lieu(potager: ModuleType) -> Lieu:  # noqa: ARG001 - that it can be found is what matters
    return founded(Scope(catalogue_of()))


def _semer(potager: ModuleType, **autrement: Any) -> Any:
    return potager.SemerRang(**{"rang": "rang-1", "graine": "fèves", "personne": ANA, **autrement})


def test_it_is_found_by_its_entry_point_and_by_nothing_else(potager: ModuleType):
    assert "potager" not in plugins.BUILTIN["tierslieu.domaines"]
    assert plugins.found("tierslieu.domaines")["potager"] is potager.DOMAINE
    assert "potager" not in plugins.found("tierslieu.domaines", installed=False)
    assert plugins.one("tierslieu.domaines", "potager", "Domaine") is potager.DOMAINE


def test_its_commands_are_there_from_json(lieu: Lieu):
    champs = {"rang": "rang-1", "graine": "fèves", "personne": "personne-1", "note": "près du mur"}
    reponse = lieu.demander("potager.SemerRang", champs, par="camille", cle="k1", maintenant=MAINTENANT)
    assert reponse.verdict == "accord"
    with pytest.raises(DemandeInvalide, match=r"(?s)graine : manque.*personne : .*attendu"):
        lieu.demander("potager.SemerRang", {"rang": "rang-1", "personne": 1}, par="camille")


def test_its_register_and_its_sentences_are_there(potager: ModuleType, lieu: Lieu):
    lieu.executer(_semer(potager, note="près du mur"), par="camille", cle="k1", maintenant=MAINTENANT)
    (rang,) = lieu.registre("potager", au="2026-11-27")
    assert (rang.graine, rang.arrose_le, rang.soif) == ("fèves", Date(2026, 11, 23), True)
    said = [str(trace) for trace in lieu.audit("rang:rang-1")]
    assert "semé de fèves" in said[0]
    assert "(près du mur)" in said[0]
    assert "Le rang rang-1 est arrosé le lundi 23 novembre 2026." in said[1]


def test_its_refusals_are_specified_in_the_same_language(potager: ModuleType):
    semis = potager.RangSeme(rang="rang-1", graine="fèves", personne=ANA, le=Date(2026, 11, 1), note="près du mur")
    ici = given(semis, catalogue=catalogue_of())
    ici.when(_semer(potager, graine="pois")).then_refused(potager.RangDejaSeme(rang="rang-1", graine="fèves"))
    ici.when(_semer(potager)).then_nothing()


def test_its_strategies_are_there(potager: ModuleType):
    drawn = Strategies(catalogue_of())
    assert find(drawn.facts([potager.DOMAINE]), lambda f: isinstance(f, potager.RangArrose)).rang.startswith("rang-")
    found = find(drawn.demands([potager.DOMAINE]), lambda c: isinstance(c, potager.SemerRang) and c.note)
    assert [f.nom for f in fields_of(type(found)) if f.qui] == ["note"]
    assert find(drawn.refusals([potager.DOMAINE]), lambda _: True).graine == "salle"


@pytest.mark.parametrize("law", LOIS)
def test_it_obeys_every_law(potager: ModuleType, law: str):
    LOIS[law](Scope(catalogue_of(), areas=(potager.DOMAINE,)))


def test_what_waits_for_validation_records_its_decision_and_no_fact(potager: ModuleType, lieu: Lieu):
    regle = AdopterRegle(
        regle=RegleId("semis"), genre=potager.AValider(equipe="jardin"), du=Date(2026, 11, 23), motif="m"
    )
    assert lieu.executer(regle, par="camille", maintenant=MAINTENANT).acceptee
    head = head_of(lieu.recorder)
    reponse = lieu.executer(_semer(potager), par="camille", cle="k1", maintenant=MAINTENANT)
    assert (reponse.verdict, reponse.evenements, reponse.decision.faits) == ("a_valider", (), 0)
    assert not reponse.acceptee
    assert head_of(lieu.recorder) == head + 1 == reponse.position
    assert "l'équipe jardin valide chaque semis" in " ".join(reponse.explication)
    assert lieu.registre("potager") == []
    assert lieu.rejouer().fidele


def test_a_suite_is_asked_once_whatever_is_retried(potager: ModuleType, lieu: Lieu):
    first = lieu.executer(_semer(potager), par="camille", cle="k1", maintenant=MAINTENANT)
    head = head_of(lieu.recorder)
    (suite,) = first.suites
    assert (suite.cle, suite.verdict, suite.note.cause, suite.note.mandat) == (
        "k1.1.arroser.0",
        "accord",
        "k1/1",
        "suite",
    )
    again = lieu.executer(_semer(potager), par="camille", cle="k1", maintenant=MAINTENANT)
    assert again.suites == first.suites
    assert head_of(lieu.recorder) == head
    assert lieu.rejouer().fidele


def test_a_suite_that_a_crash_cut_off_is_asked_by_the_retry(potager: ModuleType, lieu: Lieu):
    """The process died between the fact and its suite: here, it did not know of any."""
    whole = lieu.catalogue
    areas = [attrs.evolve(area, suites=()) for area in whole.domaines]
    cut = Lieu(lieu.recorder, lieu.vault, catalogue_of(areas))
    assert cut.executer(_semer(potager), par="camille", cle="k1", maintenant=MAINTENANT).suites == ()
    again = lieu.executer(_semer(potager), par="camille", cle="k1", maintenant=MAINTENANT.add(hours=3))
    assert [s.verdict for s in again.suites] == ["accord"]
    assert len(lieu.audit("rang:rang-1")) == 2
    assert lieu.rejouer().fidele


def test_the_longest_key_that_the_edge_accepts_has_its_suites_too(potager: ModuleType, lieu: Lieu):
    cle = "k" * 120
    reponse = lieu.executer(_semer(potager), par="camille", cle=cle, maintenant=MAINTENANT)
    assert [s.verdict for s in reponse.suites] == ["accord"]
    assert lieu.executer(_semer(potager), par="camille", cle=cle, maintenant=MAINTENANT).suites == reponse.suites
