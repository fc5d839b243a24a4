"""A process that passes once over what is due, and says each answer as it has it; or dies at the worst moment."""

# ruff: noqa: T201 - it speaks to the test that started it through its standard output
from __future__ import annotations

import os
import signal
import sys
from typing import Any

from tests.vues.reveil import CATALOGUE, SonnerReveil

from tierslieu_adapters.sqlite import ouvrir
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, MAINTENANT


def passer(lieu: Lieu) -> None:
    lieu.handler.observe = lambda reponse, _tries, _time: print(reponse.cle, flush=True)
    lieu.echeances(CAMILLE)


def mourir(lieu: Lieu) -> None:
    """Killed once the ring is recorded, before its suite is asked."""

    def observe(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    lieu.handler.observe = observe
    lieu.executer(SonnerReveil(reveil="vert"), par=CAMILLE, cle="dernier-mot")


if __name__ == "__main__":
    what, where = sys.argv[1:]
    with Lieu(*ouvrir(f"sqlite:///{where}"), CATALOGUE, lambda: MAINTENANT) as place:
        {"passer": passer, "mourir": mourir}[what](place)
