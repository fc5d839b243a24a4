"""``demo``: a month of a fictional place, told through the real command path."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tierslieu_adapters.cli.reading import Ici


def demo(
    *,
    donnees: Annotated[Path | None, Parameter(metavar="DOSSIER", help="un vrai export LibreBooking à importer")] = None,
    session: Ici,
) -> int:
    """Raconter un mois d'un lieu imaginaire, dans un journal neuf (quai-demo.db, ou celui de --lieu).

    Une année entière, plus longue à jouer : make demo, dans les sources du projet.
    """
    from tierslieu_adapters.demo import jouer  # noqa: PLC0415 - only when asked

    # Never the place of the environment: that one is real.
    return jouer(session.screen.console, session.asked or "quai-demo.db", donnees)
