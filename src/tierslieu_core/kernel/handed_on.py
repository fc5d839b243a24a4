"""What is handed on: read from a register for whoever takes the place over, and never recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import attrs

Rubrique = Literal["ouvert", "gens", "appris"]
"""What is open or runs; who holds what, and whom to call; what the place learnt."""


@attrs.frozen
class Transmission:
    """What an area tells of one of its registers in the handover: ``phrase`` of each row that ``garde`` keeps.

    ``phrase`` names the row's fields as an event's sentence does (``"{objet}, chez {personne} jusqu'au {retour}"``).
    ``garde(ligne, x)``: ``x`` (a ``Contexte``) brings the day and the rulebook. What falls due and what takes place is
    told already, by ``Echeance`` and ``Planning``.
    """

    titre: str
    registre: str
    phrase: str
    garde: Callable[[Any, Any], bool] = lambda _, __: True
    rubrique: Rubrique = "ouvert"
