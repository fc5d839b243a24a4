"""Every law, on every area, and in lives on every store."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from tierslieu_adapters.sqlite import ouvrir
from tierslieu_core.domaines.cadre.identites import RenommerPersonne
from tierslieu_core.domaines.memoire.documentation import AmenderEntree, NoterEntree
from tierslieu_core.domaines.moyens.stocks import EntrerStock, SortirStock
from tierslieu_core.domaines.personnes.formations import FixerBut, TenirRencontre
from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.declarations import Domaine
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.laws import LOIS, OF_DECLARATIONS, OF_LIVES, NewPlace, Scope, page
from tierslieu_core.testing.spec import MAINTENANT, installed

PAGE = Path(__file__).parents[2] / "docs" / "lois.md"
REPETABLES = frozenset(
    {RenommerPersonne, NoterEntree, AmenderEntree, EntrerStock, SortirStock, FixerBut, TenirRencontre}
)
"""What is said is sealed: no decision can see that it is the same."""


@pytest.mark.parametrize("area", installed().domaines, ids=lambda area: area.nom)
@pytest.mark.parametrize("law", OF_DECLARATIONS)
def test_every_area_declares_itself_by_the_law(law: str, area: Domaine):
    LOIS[law](Scope(installed(), areas=(area,)))


@pytest.mark.parametrize("area", [a for a in installed().domaines if a.demandes], ids=lambda area: area.nom)
@pytest.mark.parametrize("law", OF_LIVES)
def test_every_area_lives_by_the_law(law: str, area: Domaine):
    LOIS[law](Scope(installed(), areas=(area,), repeatable=REPETABLES))


@pytest.fixture(params=["memory", "file"])
def on_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> NewPlace:
    number = count()

    def new_place(catalogue: Catalogue) -> Lieu:
        url = "memory:" if request.param == "memory" else f"sqlite:///{tmp_path}/{next(number)}.db"
        return Lieu(*ouvrir(url), catalogue, lambda: MAINTENANT)

    return new_place


@pytest.mark.parametrize("law", OF_LIVES)
def test_every_law_of_lives_holds_on_sqlite(law: str, on_sqlite: NewPlace):
    LOIS[law](Scope(installed(), on_sqlite, repeatable=REPETABLES))


def test_the_page_of_the_laws_is_the_table_of_the_laws():
    assert page() in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("law", ["sentences_never_fail", "stored_form_round_trips", "retries_are_silent_and_equal"])
def test_a_law_takes_its_time_under_any_profile(law: str):
    """Whoever runs them has hypothesis' own profile, with its deadline; here one that every example overruns."""
    (area,) = (a for a in installed().domaines if a.nom == "identites")
    impatient = settings(deadline=1e-3, max_examples=5, suppress_health_check=[], derandomize=True, database=None)
    settings.register_profile("impatient", impatient)
    before = settings.get_current_profile_name()
    settings.load_profile("impatient")
    try:
        LOIS[law](Scope(installed(), areas=(area,), repeatable=REPETABLES))
    finally:
        settings.load_profile(before)
