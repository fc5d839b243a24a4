"""``rejouer``: every decision taken again, from the journal before it."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_adapters.cli.screen import Advance
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.ports import scan
from tierslieu_core.vocabulaire.francais import compte

SHOWN = 20


def rejouer(
    *,
    niveau: Annotated[
        Literal["1", "2"],
        Parameter(help="1 : chaque règle juge à nouveau sa mesure ; 2 : tout, à partir du journal d'avant"),
    ] = "2",
    en_json: Json = False,
    session: Ici,
) -> int:
    """Reprendre chaque décision, et dire toute différence avec ce qui est enregistré (1 s'il y en a)."""
    lieu = session.founded()
    with Advance("Décisions rejouées") as advance:
        total = sum(1 for _ in scan(lieu.recorder, (DECISION,)))
        rejeu = lieu.rejouer(niveau=int(niveau), progres=lambda done: advance(done, total))
    screen = session.screen
    if en_json:
        differences = [
            {
                "position": e.position, "cle": e.cle, "quoi": e.quoi,
                "enregistre": _jsonable(e.enregistre), "rejoue": _jsonable(e.rejoue),
            }
            for e in rejeu.ecarts
        ]  # fmt: skip
        screen.json({"niveau": int(niveau), "decisions": rejeu.decisions, "differences": differences})
        return 0 if rejeu.fidele else 1
    n = len(rejeu.ecarts)
    found = f"{compte(rejeu.decisions, 'décision rejouée', 'décisions rejouées')}, {compte(n, 'différence')}"
    screen.verdict("accord" if rejeu.fidele else "refus", found)
    for ecart in rejeu.ecarts[:SHOWN]:
        screen.say(str(ecart), indent=2)
    if n > SHOWN:
        screen.say(f"… et {compte(n - SHOWN, 'autre')} (toutes avec --json)", "dim", indent=2)
    return 0 if rejeu.fidele else 1


def _jsonable(value: object) -> object:
    return value if value is None or isinstance(value, int | str | list | dict) else str(value)
