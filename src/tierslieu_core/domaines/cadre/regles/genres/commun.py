"""What the kinds share."""

from __future__ import annotations

from typing import NamedTuple

from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause


class Mesuree(NamedTuple):
    """A measure, and on what it was taken when that needs saying."""

    valeur: Valeur
    sur: str = ""


def entier(valeur: Valeur) -> int:
    """A measure as a number, to be said in a sentence."""
    return valeur if isinstance(valeur, int) else 0


def au_plus(valeur: Valeur, limite: int) -> VerdictDeClause:
    """At most ``limite``; what cannot be told is for a person to judge."""
    if not isinstance(valeur, int):
        return "indeterminee"
    return "satisfaite" if valeur <= limite else "refuse"


def au_moins(valeur: Valeur, limite: int) -> VerdictDeClause:
    """At least ``limite``."""
    if not isinstance(valeur, int):
        return "indeterminee"
    return "satisfaite" if valeur >= limite else "refuse"


def vrai(valeur: Valeur) -> VerdictDeClause:
    """True, or refused."""
    if not isinstance(valeur, bool):
        return "indeterminee"
    return "satisfaite" if valeur else "refuse"


def positif(champ: str, n: int, minimum: int = 1) -> list[tuple[str, str]]:
    """A parameter that must be at least ``minimum``."""
    return [] if n >= minimum else [(champ, f"un nombre de {minimum} au moins, reçu {n}")]
