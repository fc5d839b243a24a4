from __future__ import annotations

import pytest
from tests.domaines.quai import regle
from whenever import Date

from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.testing.spec import FONDATION, MAINTENANT, memory_place, record
from tierslieu_core.vocabulaire.temps import matin

NOEL = Date(2026, 12, 25)


TOT = regle("tot", "rappel_echeance", jours_avant=20)
BAUX = regle("baux", "rappel_echeance", Portee(actions=("bail",)), jours_avant=1)
STOCKS = regle("stocks", "rappel_echeance", Portee(actions=("stock",)), jours_avant=1)


@pytest.mark.parametrize(("regles", "le"), [
    ((), Date(2026, 12, 20)),
    ((TOT,), Date(2026, 12, 5)),
    ((TOT, BAUX), Date(2026, 12, 24)),
    ((STOCKS,), Date(2026, 12, 20)),
])  # fmt: skip
def test_un_rappel_vient_quand_le_lieu_l_a_decide(regles, le):
    lieu = memory_place()
    record(lieu, [*FONDATION, *regles])
    x = Contexte(MAINTENANT, MAINTENANT, par="", cle="", livre=lieu.livre)
    assert rappel(NOEL, x, action="bail", jours=5) == matin(le, lieu.livre.zone)
