"""The oracle of formulas: what a rung that depends on the case comes to; nothing when it cannot be told."""

from __future__ import annotations

import msgspec

from tierslieu_adapters.expressions.genre import formule
from tierslieu_adapters.expressions.moteur import ExtraAbsent, NonDecidable

FORMULE, MOTS = "formule", 2


def oracle(quoi: str, mots: tuple[str, ...]) -> str | None:
    """A formula, and what it reads (``faits``, ``types``, ``zone`` as JSON): its value as text."""
    if quoi != FORMULE or len(mots) != MOTS:
        return None
    lus = msgspec.json.decode(mots[1])
    try:
        return str(formule(mots[0], lus["faits"], lus["types"], lus["zone"]))
    except (ExtraAbsent, NonDecidable):
        return None
