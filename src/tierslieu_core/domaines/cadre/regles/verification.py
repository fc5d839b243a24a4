"""What a rule names must be there: the facts that it goes by are asked by the place, the rules that it lifts exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tierslieu_core.domaines.cadre.regles.faits import FaitDeclare
from tierslieu_core.domaines.cadre.regles.portee import Condition
from tierslieu_core.domaines.cadre.regles.propositions import ProposerRegle
from tierslieu_core.domaines.cadre.regles.reglement import AdopterRegle, AmenderRegle, Ecrite
from tierslieu_core.domaines.cadre.regles.versions import Reglement
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.identifiants import RegleId
from tierslieu_core.vocabulaire.mesures import LUES

A_VERIFIER = (AdopterRegle, AmenderRegle, ProposerRegle)


def manquants(c: Ecrite, reglement: Reglement) -> Iterator[tuple[str, str]]:
    """What a rule goes by and the place does not know: facts never declared, words outside their list, rules."""
    for nom in lus(c.genre):
        yield from _inconnu("genre", nom, reglement)
    for condition in c.portee.quand:
        path = f"portee.quand.{condition.fait}"
        yield from _inconnu(path, condition.fait, reglement) or _mots(path, condition, reglement.faits)
    for regle in c.leve:
        if regle not in reglement.versions:
            connues = liste(sorted(reglement.versions)) or "aucune"
            yield "leve", f"la règle « {regle} » n'existe pas ; règles connues : {connues}"


def avec(reglement: Reglement, faits: Iterable[FaitDeclare], regles: Iterable[RegleId]) -> Reglement:
    """A rulebook that knows these facts and rules besides: what is proposed together may name one another."""
    connu = Reglement()
    connu.faits = reglement.faits | {f.fait: f for f in faits}
    connu.versions = reglement.versions | {r: [] for r in regles}
    return connu


def lus(genre: Any) -> tuple[str, ...]:
    """The facts that a kind reads by name; none, for most."""
    found: tuple[str, ...] = getattr(genre, "lit", tuple)()
    return found


def _inconnu(path: str, nom: str, reglement: Reglement) -> list[tuple[str, str]]:
    if nom in LUES or nom in reglement.faits:
        return []
    declares = liste(sorted(reglement.faits)) or "aucun"
    said = (
        f"« {nom} » n'est ni mesuré ni demandé par le lieu : déclarez-le (regles.DeclarerFait) ; déclarés : {declares}"
    )
    return [(path, said)]


def _mots(path: str, condition: Condition, faits: dict[str, FaitDeclare]) -> Iterable[tuple[str, str]]:
    fait: Any = faits.get(condition.fait)
    if fait is None or not fait.valeurs:
        return []
    autres = sorted({*condition.parmi, *condition.sauf} - set(fait.valeurs))
    possibles = liste(list(fait.valeurs), "ou")
    return [(path, f"« {mot} » : « {fait.fait} » ne dit que {possibles}") for mot in autres]
