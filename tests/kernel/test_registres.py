"""Registers, on any date, as known on any date, when clocks go back too; their filters and order."""

from __future__ import annotations

from types import SimpleNamespace as Ligne

import attrs
import pytest
from tests.kernel.quai import ANA, BEN, SCIE, asked, preter, quai, rendre
from whenever import Date, Instant

from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.personal import Efface
from tierslieu_core.kernel.ports import head_of, scan
from tierslieu_core.kernel.projections import Incremental, end_of, known_on, naming_types, namings, selected
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import MAINTENANT


def _jour(n: int, heure: int = 9) -> Instant:
    return Instant.from_utc(2026, 11, n, heure)


@pytest.fixture
def lieu() -> Lieu:
    """Lent on the 20th, and told so; returned on the 21st, and told on the 23rd, from paper."""
    lieu = quai()
    asked(lieu, preter(), "k1", quand=_jour(20))
    asked(lieu, preter(objet=SCIE, personne=BEN, retour=Date(2026, 11, 24)), "k2", quand=_jour(22))
    asked(lieu, rendre(), "k3", quand=_jour(23), survenu_le=_jour(21))
    return lieu


def _out(lieu: Lieu, **dates: str) -> list[str]:
    return [ligne.objet for ligne in lieu.registre("prets", tri="objet", **dates)]


def test_what_was_true_and_what_was_known_are_two_questions(lieu: Lieu):
    assert _out(lieu) == ["objet-2"]
    assert _out(lieu, au="2026-11-19") == []
    assert _out(lieu, au="2026-11-20") == ["objet-1"]
    assert _out(lieu, au="2026-11-22") == ["objet-2"], "vrai : le retour de papier datait de la veille"
    assert _out(lieu, connu_le="2026-11-22") == ["objet-1", "objet-2"], "mais le 22, on ne le savait pas"
    assert _out(lieu, au="2026-11-20", connu_le="2026-11-22") == ["objet-1"]
    assert _out(lieu, au="2026-11-21", connu_le="2026-11-23") == []


def test_what_depends_on_the_day_is_told_as_of_the_day_asked(lieu: Lieu):
    assert [r.etat for r in lieu.registre("prets", au="2026-11-24")] == ["en cours"]
    (late,) = lieu.registre("prets", au="2026-11-27")
    assert (late.etat, late.retard_jours) == ("en retard", 3)
    (known,) = lieu.registre("prets", connu_le=Date(2026, 11, 25))
    assert (known.etat, known.retard_jours) == ("en retard", 1)


def test_a_day_ends_at_midnight_on_the_place_s_clock():
    assert end_of(Date(2026, 11, 23), "Europe/Paris") == "2026-11-23T23:00:00.000Z"
    assert end_of(Date(2026, 3, 28), "Europe/Paris") == "2026-03-28T23:00:00.000Z"
    assert end_of(Date(2026, 3, 29), "Europe/Paris") == "2026-03-29T22:00:00.000Z"
    assert end_of(Date(2026, 10, 25), "Europe/Paris") == "2026-10-25T23:00:00.000Z"
    lieu = quai()
    asked(lieu, preter(retour=Date(2026, 12, 1)), "k1", quand=_jour(23, 23))  # midnight in Paris: the 24th
    assert (_out(lieu, au="2026-11-23"), _out(lieu, au="2026-11-24")) == ([], ["objet-1"])
    assert (_out(lieu, connu_le="2026-11-23"), _out(lieu, connu_le="2026-11-24")) == ([], ["objet-1"])


def test_a_clock_that_goes_back_makes_nothing_known_sooner():
    lieu = quai()
    first = asked(lieu, preter(), "k1", quand=_jour(25))
    asked(lieu, rendre(), "k2", quand=_jour(25, 8), survenu_le=_jour(25, 7))  # the clock was put back an hour
    asked(lieu, preter(objet=SCIE), "k3", quand=_jour(23))  # then two days
    assert known_on(lieu.recorder, Date(2026, 11, 24), "Europe/Paris") == first.position - 1
    assert _out(lieu, connu_le="2026-11-24") == []
    assert known_on(lieu.recorder, Date(2026, 11, 25), "Europe/Paris") == head_of(lieu.recorder)
    assert known_on(lieu.recorder, Date(2026, 1, 1), "Europe/Paris") == 0
    assert lieu.rejouer().fidele


def test_rows_are_filtered_and_sorted_empty_values_last():
    @attrs.frozen
    class Ligne:
        n: int | None

    rows = [Ligne(2), Ligne(None), Ligne(1)]
    assert [r.n for r in selected(rows, None, None)] == [2, None, 1]
    assert [r.n for r in selected(rows, None, "n")] == [1, 2, None]
    assert [r.n for r in selected(rows, None, "-n")] == [2, 1, None]
    assert [r.n for r in selected(rows, lambda r: r.n is not None, "n")] == [1, 2]


def test_rows_whose_values_have_no_common_order_are_sorted_all_the_same():
    @attrs.frozen
    class Ligne:
        nom: object

    rows = [Ligne("zoé"), Ligne(Efface("p-1", "identite")), Ligne("ana")]
    assert {selected(rows, None, "nom")[0].nom, selected(rows, None, "-nom")[-1].nom} <= {"ana", rows[1].nom}


def test_a_register_is_filtered_by_values_or_by_a_condition():
    lieu = quai()
    assert [p.personne for p in lieu.registre("personnes", filtre={"personne": ANA})] == [ANA]
    assert [p.nom for p in lieu.registre("personnes", filtre=lambda p: p.nom.endswith("2"))] == ["Zoe-Canari 2"]
    assert [p.nom for p in lieu.registre("personnes", filtre={"nom": "Zoe-Canari 1"})] == ["Zoe-Canari 1"]
    assert [p.personne for p in lieu.registre("personnes", tri="-personne")] == [BEN, ANA, "camille"]


def test_a_question_that_cannot_be_asked_of_a_register_is_told():
    lieu = quai()
    with pytest.raises(DemandeInvalide, match=r"(?s)couleur : n'est pas une colonne ; colonnes : .*taille : n'est pas"):
        lieu.registre("prets", filtre={"couleur": 1}, tri="-taille")
    with pytest.raises(DemandeInvalide, match=r"au : une date comme « 2026-11-23 », reçu « hier »"):
        lieu.registre("prets", au="hier")
    with pytest.raises(DemandeInvalide, match=r"connu_le : une date"):
        lieu.registre("prets", connu_le="2026-13-01")
    with pytest.raises(DemandeInvalide, match="Registre inconnu"):
        lieu.registre("couleurs")


def test_a_register_follows_its_journal():
    lieu = quai()
    following = Incremental(lieu.recorder, lieu.catalogue, lieu.catalogue.registre("prets"))
    assert following.catch_up() == {}
    asked(lieu, preter(), "k1")
    assert list(following.catch_up()) == ["objet-1"]
    at = following.position
    assert (list(following.catch_up()), following.position) == (["objet-1"], at)
    asked(lieu, rendre(), "k2")
    assert following.catch_up() == {}


def test_the_names_of_things_are_a_fold_too():
    lieu = quai()
    rows = scan(lieu.recorder, naming_types(lieu.catalogue))
    found = [(kind, one) for kind, one, _ in namings(lieu.catalogue, rows)]
    assert ("personne", "camille") in found
    assert ("objet", "objet-2") in found


def test_a_place_that_is_not_founded_has_empty_registers_and_a_date():
    lieu = Lieu(quai().recorder.__class__(), quai().vault, quai().catalogue, lambda: MAINTENANT)
    assert lieu.registre("prets") == []
    assert lieu.aujourdhui == Date(2026, 11, 23)
    assert lieu.rejouer().decisions == 0


def test_une_colonne_se_trie_meme_quand_ses_valeurs_n_ont_pas_d_ordre():
    rows = [Ligne(v=Efface("p", "c")), Ligne(v="b"), Ligne(v=None), Ligne(v="a")]
    assert [r.v for r in selected(rows, None, "v")] == [rows[0].v, "a", "b", None]
    assert [r.v for r in selected(rows, None, "-v")] == ["b", "a", rows[0].v, None]
