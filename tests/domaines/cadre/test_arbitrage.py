"""Entre plusieurs demandes pour la même chose : qui vient en tête, ou qui en décide."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from tierslieu_core.domaines.cadre.regles.genres.arbitrage import Arbitrage, Cle, arbitrer

RESIDENCE = Cle(fait="commune", sens="dans_l_ordre", ordre=("ici", "voisine"))
ANCIENNE = Cle(fait="depuis")
MERITE = Cle(fait="points", sens="decroissant", par="comite")


@pytest.mark.parametrize(("cles", "candidats", "ordre", "par"), [
    ((ANCIENNE,), [{"depuis": "2026-03-01"}, {"depuis": "2025-03-01"}, {}], (1, 0, 2), None),
    ((Cle(fait="n", sens="decroissant"),), [{}, {"n": 3}, {"n": 5}, {"n": 5}], (2, 3, 1, 0), None),
    ((Cle(fait="d", sens="decroissant"),), [{"d": "2025-01-01"}, {"d": "2026-01-01"}], (1, 0), None),
    ((Cle(fait="pmr", sens="oui_dabord"),), [{}, {"pmr": False}, {"pmr": True}], (2, 1, 0), None),
    ((Cle(fait="deja", sens="non_dabord"),), [{}, {"deja": True}, {"deja": False}], (2, 1, 0), None),
    ((RESIDENCE,), [{"commune": "loin"}, {"commune": "voisine"}, {"commune": "ici"}, {}], (2, 1, 0, 3), None),
    ((RESIDENCE,), [{"commune": ("loin", "voisine")}, {"commune": ("ici", "loin")}], (1, 0), None),
    ((RESIDENCE, ANCIENNE), [{"commune": "ici", "depuis": "2026-01-01"}, {"commune": "ici", "depuis": "2020-01-01"},
                             {"commune": "voisine", "depuis": "2000-01-01"}], (1, 0, 2), None),
    ((ANCIENNE, MERITE), [{"depuis": "a", "points": 1}, {"depuis": "a", "points": 2}], (1, 0), "comite"),
    ((ANCIENNE, MERITE), [{"depuis": "a", "points": 2}, {"depuis": "a", "points": 1}], (0, 1), None),
    ((ANCIENNE, MERITE), [{"depuis": "a", "points": 1}, {"depuis": "b", "points": 2}], (0, 1), None),
    ((MERITE, ANCIENNE), [{"depuis": "a", "points": 1}, {"depuis": "b", "points": 2}], (1, 0), "comite"),
    ((ANCIENNE,), [], (), None), ((MERITE,), [], (), None),
])  # fmt: skip
def test_les_cles_departagent_dans_l_ordre_puis_l_arrivee(cles, candidats, ordre, par):
    assert arbitrer(cles, candidats) == (ordre, par)


@drawn(st.lists(st.fixed_dictionaries({}, optional={"n": st.integers(0, 3), "oui": st.booleans()}), max_size=6))
def test_chaque_candidate_est_rangee_une_fois_et_l_egalite_suit_l_arrivee(candidats):
    cles = (Cle(fait="oui", sens="oui_dabord"), Cle(fait="n", sens="decroissant"))
    ordre, _ = arbitrer(cles, candidats)
    assert sorted(ordre) == list(range(len(candidats)))
    for un, autre in pairwise(ordre):
        assert candidats[un] != candidats[autre] or un < autre


def test_la_regle_se_dit_et_dit_ce_qui_est_faux():
    regle = Arbitrage(cles=(RESIDENCE, MERITE, ANCIENNE))
    assert regle.lit() == ("commune", "points", "depuis")
    assert regle.phrase() == (
        "entre plusieurs demandes : commune, ici puis voisine ; puis points, du plus grand (ou du plus récent) au plus "
        "petit (au jugement de comite) ; puis depuis, du plus petit (ou du plus ancien) au plus grand ; puis l'ordre "
        "d'arrivée"
    )
    assert regle.fautes() == []
    faux = Arbitrage(cles=(Cle(fait="a", sens="dans_l_ordre"), Cle(fait="b", ordre=("x",))))
    assert [path for path, _ in faux.fautes()] == ["genre.cles[0].ordre", "genre.cles[1].ordre"]
    assert [path for path, _ in Arbitrage(cles=()).fautes()] == ["genre.cles"]
