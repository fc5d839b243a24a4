"""What the kinds share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause

if TYPE_CHECKING:
    from tierslieu_core.vocabulaire.mesures import Mesures


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


def positif(champ: str, n: int, minimum: int = 1, maximum: int | None = None) -> list[tuple[str, str]]:
    """A parameter that must be at least ``minimum``; and no more than a calendar can hold, unless told."""
    most = maximum or (SIECLE_JOURS if champ.endswith("jours") else ENORME)
    if n > most:
        return [(champ, f"un nombre de {most} au plus, reçu {n}")]
    return [] if n >= minimum else [(champ, f"un nombre de {minimum} au moins, reçu {n}")]


SIECLE_JOURS, ENORME = 36_500, 10_000_000


class Reglage:
    """What kinds that judge nothing derive from: they set what a decision goes by, read by ``Livre.reglage``.

    Each says itself by ``phrase`` and, where a parameter can be wrong, checks it by ``fautes``.
    """

    def sur(self) -> str:
        """One measure, one period: the most specific prevails."""
        return ""

    def mesure(self, _: Mesures) -> Mesuree | None:
        """Nothing is measured, so that no clause is made."""
        return None

    def juge(self, _: Valeur) -> VerdictDeClause:
        """Whatever is asked, it does not object."""
        return "satisfaite"

    def limite(self) -> Valeur:
        """There is none."""
        return None

    def refus(self, _: Valeur, __: str) -> str:
        """It never refuses."""
        return ""

    def fautes(self) -> list[tuple[str, str]]:
        """What is wrong with its parameters."""
        return []
