"""The public face: opening, trails, the day's journal, explanations, names; and the sentences of all of them."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from eventsourcing.dcb.popo import InMemoryDCBRecorder
from hypothesis import find
from hypothesis import strategies as st
from tests.kernel.quai import ANA, BEN, SAMEDI, SCIE, asked, preter, quai, rendre
from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_adapters.sqlite import ouvrir as ouvrir_sqlite
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import RenommerPersonne
from tierslieu_core.domaines.cadre.regles import AccorderDerogation, AdopterRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.integrite.coffre import SansCoffre
from tierslieu_core.kernel.declarations import commande
from tierslieu_core.kernel.errors import DemandeInvalide, ErreurTiersLieu
from tierslieu_core.kernel.personal import Efface, Scelle
from tierslieu_core.kernel.sentences import Speaker, as_is
from tierslieu_core.lieu import Lieu, catalogue_of, ouvrir
from tierslieu_core.testing.spec import MAINTENANT, installed, memory_place
from tierslieu_core.testing.strategies import Strategies
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId, RegleId
from tierslieu_core.vues.piste import titre


def _fonder() -> FonderLieu:
    return FonderLieu(nom="Q", personne=PersonneId("c"), nom_personne="Claude")


@pytest.mark.parametrize("url", ["sqlite:///{}/q.db", "{}/q.db"])
def test_a_place_is_opened_by_its_address(url: str, tmp_path: Path):
    with tl.ouvrir(url.format(tmp_path)) as lieu:
        lieu.executer(_fonder(), par="c")
    with ouvrir(url.format(tmp_path), creer=False, horloge=lambda: MAINTENANT, catalogue=installed()) as again:
        assert again.livre.lieu is not None
        assert (again.livre.lieu.nom, again.nommer("personne", "c")) == ("Q", "Claude")
        assert again.aujourdhui == Date(2026, 11, 23)


def test_a_place_in_memory_is_opened_and_closed():
    with ouvrir("memory:") as lieu:
        assert lieu.executer(_fonder(), par="c").acceptee
    Lieu(InMemoryDCBRecorder(), SansCoffre(), installed()).fermer()  # nothing to close is no trouble


def test_an_unknown_address_is_told():
    with pytest.raises(ErreurTiersLieu, match="Type de journal inconnu : « ftp »"):
        ouvrir("ftp://ailleurs")


def test_the_package_says_what_it_offers():
    assert {name: getattr(tl, name).__name__ for name in tl.__all__} == {name: name for name in tl.__all__}
    with pytest.raises(AttributeError, match="has no attribute 'absent'"):
        _ = tl.absent


def test_a_catalogue_can_be_made_of_chosen_areas_and_kinds():
    only = catalogue_of([d for d in installed().domaines if d.nom == "identites"], {"duree_pret": DureePret})
    assert set(only.demandes) == {n for n in installed().demandes if n.startswith("identites.")}


@pytest.fixture
def lieu() -> Lieu:
    lieu = quai()
    regle = AdopterRegle(
        regle=RegleId("trois"),
        genre=DureePret(maximum_jours=3),
        du=Date(2026, 11, 23),
        motif="m",
        portee=Portee(actions=("preter",)),
    )
    asked(lieu, regle, "regle")
    asked(lieu, preter(), "k1", pour=BEN)
    derogation = AccorderDerogation(
        regle=RegleId("trois"), personne=ANA, du=Date(2026, 11, 23), au=Date(2026, 11, 23), motif="chantier"
    )
    asked(lieu, derogation, "d1")
    asked(lieu, preter(), "k2")
    asked(
        lieu, preter(objet=SCIE, retour=Date(2026, 11, 24)), "k3", quand=MAINTENANT.add(hours=30), survenu_le=MAINTENANT
    )
    return lieu


def test_the_trail_of_a_thing_says_who_as_what_when_and_why(lieu: Lieu):
    refused, accepted = lieu.audit("objet:objet-1")[1:]
    assert str(refused).startswith(
        "lundi 23 novembre 2026 à 10 h — Camille Zoe-Canari (concierge), pour Zoe-Canari 2 : Prêter un objet à une "
        "personne, refusé. Une règle du lieu s'y oppose. Règle « trois » (version 1, en vigueur depuis le "
    )
    assert "un prêt dure 3 jours au plus" in str(refused)
    assert "dérogation motivée peut être accordée" in str(refused), "l'issue suit le motif"
    assert accepted.verdict == "accordé"
    assert accepted.phrases[0] == "Zoe-Canari 1 emprunte P1, à rendre le samedi 28 novembre 2026 (en bon état)."
    assert "Levée par la dérogation" in accepted.phrases[1]


def test_the_trail_of_a_person_holds_what_they_asked_and_what_was_about_them(lieu: Lieu):
    assert [t.cle for t in lieu.audit(f"personne:{ANA}")][-4:] == ["k1", "d1", "k2", "k3"]
    assert len(lieu.audit("personne:camille")) == len(lieu.audit("par:camille"))
    assert lieu.audit("objet:absent") == []


def test_the_journal_of_a_day_is_what_took_effect_on_it(lieu: Lieu):
    assert [t.cle for t in lieu.journal("2026-11-23")] == ["regle", "k1", "d1", "k2", "k3"]
    assert [t.cle for t in lieu.journal()] == ["regle", "k1", "d1", "k2", "k3"]
    assert lieu.journal(Date(2026, 11, 24)) == []
    with pytest.raises(DemandeInvalide, match="jour : une date"):
        lieu.journal("demain")


def test_a_decision_is_explained_with_every_clause_and_measure(lieu: Lieu):
    told = lieu.expliquer("k2")
    assert told.trace.cle == "k2"
    (clause,) = told.clauses
    assert str(clause).startswith("Règle « trois » (version 1")
    assert "durée du prêt : 5 jours" in map(str, told.mesures)
    assert str(lieu.expliquer("k3").clauses[0]).endswith("Respectée.")
    with pytest.raises(DemandeInvalide, match="Aucune demande n'a la clé « k9 »"):
        lieu.expliquer("k9")


def test_a_person_is_found_by_name_under_their_present_name():
    lieu = quai()
    assert (ANA, "Zoe-Canari 1") in lieu.chercher("zoe can")
    asked(lieu, RenommerPersonne(personne=ANA, nom="Éloïse Renard"), "k1")
    assert lieu.chercher("eloise") == [(ANA, "Éloïse Renard")]
    assert lieu.chercher("inconnue") == []


def test_the_retry_of_a_name_that_was_forgotten_since_finds_nobody():
    lieu = quai()
    nom = RenommerPersonne(personne=ANA, nom="Éloïse Renard")
    asked(lieu, nom, "k1")
    lieu.vault.oublier(ANA)
    assert asked(lieu, nom, "k1").acceptee
    assert lieu.chercher("eloise") == []


def test_a_trial_lets_nobody_be_found():
    lieu = quai()
    asked(lieu, RenommerPersonne(personne=ANA, nom="Éloïse Renard"), "k1", essai=True)
    assert lieu.chercher("eloise") == []


def test_sealed_and_forgotten_are_never_taken_for_each_other():
    lieu = quai()
    asked(lieu, preter(constat="rayée"), "k1")
    without = Lieu(lieu.recorder, SansCoffre(), lieu.catalogue, lieu.horloge)
    assert "(rayée)" in str(lieu.audit("cle:k1")[0])
    assert "([scellé])" in str(without.audit("cle:k1")[0])
    assert {type(p.nom) for p in without.registre("personnes")} == {Scelle}
    assert without.nommer("personne", ANA) == ANA
    lieu.vault.oublier(ANA)
    assert "([effacé])" in str(lieu.audit("cle:k1")[0])
    assert lieu.nommer("personne", ANA) == f"{ANA} [effacé]"
    assert [type(p.nom) for p in lieu.registre("personnes") if p.personne == ANA] == [Efface]
    assert [one for one, _ in lieu.chercher("zoe")] == ["camille", "personne-2"]


def test_what_has_no_name_is_called_by_its_identifier():
    lieu = quai()
    assert lieu.nommer("objet", "absent") == "absent"
    assert lieu.nommer("reservation", "r-1") == "r-1"
    assert lieu.nommer("couleur", "bleu") == "bleu"
    assert as_is("couleur", "bleu") == "bleu"


def test_values_are_said_plainly_when_nobody_says_them_better():
    said = Speaker().phrase(asked(quai(), preter(), "k1").evenements[0])
    assert said == "personne-1 emprunte objet-1, à rendre le 2026-11-28 ([scellé])"


def test_a_place_says_its_refusals_through_the_names_it_knows():
    lieu = quai()
    asked(lieu, preter(), "k1")
    refused = asked(lieu, rendre(personne=BEN), "k2")
    assert refused.explication[0] == "Zoe-Canari 2 n'a pas P1 en prêt."
    assert refused.acceptee is False


def test_a_command_is_called_by_the_first_clause_of_its_docstring():
    @commande("jouet.Muette")
    class Muette:
        pass

    Muette.__doc__ = None
    assert titre(Muette) == "jouet.Muette"
    assert titre(type(preter())) == "Prêter un objet à une personne"


def test_many_demands_can_go_as_one_batch_on_a_file(tmp_path: Path):
    lieu = Lieu(*ouvrir_sqlite(f"sqlite:///{tmp_path}/q.db"), installed(), lambda: MAINTENANT)
    with lieu, lieu.lot():
        assert lieu.executer(_fonder(), par="c").acceptee


def test_the_first_demand_of_a_place_founds_it_and_only_once():
    lieu = memory_place()
    assert lieu.executer(_fonder(), par="c", cle="k1").acceptee
    again = lieu.executer(FonderLieu(nom="Autre", personne=PersonneId("d"), nom_personne="D"), par="d", cle="k2")
    assert again.verdict == "refus"
    assert again.explication[0] == "Ce journal est déjà celui du lieu « Q »."


class Taille:
    """Another, that hypothesis has to be told about."""


@attrs.frozen
class Couleur:
    """A value type of another package."""

    nom: str


def test_a_type_of_one_s_own_is_drawn_as_hypothesis_or_the_caller_says():
    drawn = Strategies(installed())
    st.register_type_strategy(Taille, st.just(Taille()))
    assert isinstance(find(drawn.value(Taille), lambda _: True), Taille)
    mine = Strategies(installed(), {ObjetId: st.just(ObjetId("à-moi")), Couleur: st.just(Couleur("bleu"))})
    assert find(mine.of(type(preter())), lambda _: True).objet == "à-moi"
    assert mine.value(Couleur) is mine.others[Couleur]
    assert find(Strategies(installed()).value(Couleur), lambda c: bool(c.nom)).nom


def test_a_date_or_text_names_a_day():
    lieu = quai()
    asked(lieu, preter(), "k1", quand=Instant.from_utc(2026, 11, 23, 10))
    assert lieu.registre("prets", au=SAMEDI) == lieu.registre("prets", au="2026-11-28")
