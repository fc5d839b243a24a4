"""The laws of every area, held by the finance body's own."""

from __future__ import annotations

import pytest

from tierslieu_core.domaines.finances import DOMAINE
from tierslieu_core.testing.laws import LOIS, OF_DECLARATIONS, OF_LIVES, Scope
from tierslieu_core.testing.spec import installed_finances

SCOPE = Scope(installed_finances(), areas=(DOMAINE,), roles=("coordination", "finances"))


@pytest.mark.parametrize("law", OF_DECLARATIONS)
def test_les_finances_se_declarent_selon_la_loi(law):
    LOIS[law](SCOPE)


@pytest.mark.parametrize("law", OF_LIVES)
def test_les_finances_vivent_selon_la_loi(law):
    LOIS[law](SCOPE)
