"""One decision, from the demand to its outcome: pure, given how to read. The handler and the replay both call it."""

from __future__ import annotations

from typing import Any

import attrs

from tierslieu_core.kernel.decisions import Clause, Livre, RegleContraire, Verdict, verdict_of
from tierslieu_core.kernel.declarations import Contexte, Demande, Refus
from tierslieu_core.kernel.lectures import Reader
from tierslieu_core.kernel.oracle import GARDE

SUITE = "suite"
USAGES = "usages"
"""Under which name the measures of several uses at once are recorded, in their order."""


@attrs.frozen
class Outcome:
    """What was decided, with its evidence; ``faits``: what an ``accord`` records, or an ``a_valider`` meanwhile."""

    verdict: Verdict
    mandat: str
    faits: tuple[Any, ...] = ()
    refus: Refus | None = None
    clauses: tuple[Clause, ...] = ()
    mesures: dict[str, Any] = attrs.Factory(dict)


def outcome(demande: Demande[Any, Any], commande: Any, x: Contexte, read: Reader, *, suite: bool = False) -> Outcome:
    """Authorise, read, decide, measure, judge by the rules in force. The fact that caused a ``suite`` allows it."""
    livre: Livre = x.livre
    mandat = SUITE if suite else livre.autorise(demande, commande, x)
    if isinstance(mandat, Refus):
        return Outcome("refus", "", refus=mandat)
    x = Contexte(x.maintenant, x.survenu_le, x.par, x.cle, livre, x.pour, mandat, x.oracle)  # attrs.evolve: 3 × as long
    etats = demande.lit(commande, x).states(read)
    issue = demande.decide(commande, etats, x)
    clauses: tuple[Clause, ...] = ()
    kept: dict[str, Any] = {}
    uses: tuple[Any, ...] = ()
    if demande.mesure is not None and (isinstance(issue, Refus) or issue):
        mesures = demande.mesure(commande, etats, x)
        uses = mesures if isinstance(mesures, tuple) else (mesures,)
        clauses = tuple(c for m in uses for c in judged(demande, m, x, read))
        kept = _kept(mesures)
    if x.oracle.kept:
        kept = {**kept, GARDE: x.oracle.kept}
    verdict = verdict_of(issue, clauses)
    if isinstance(issue, Refus):
        return Outcome(verdict, mandat, (), issue, clauses, kept)
    if verdict == "a_valider":
        issue = () if demande.attend is None else demande.attend(commande, etats, x, livre.validations(clauses))
    elif verdict == "accord":
        issue = (*issue, *livre.ecarts(clauses, uses, x))
    refus = RegleContraire() if verdict == "refus" else None
    return Outcome(verdict, mandat, () if refus else tuple(issue), refus, clauses, kept)


def _kept(mesures: Any) -> dict[str, Any]:
    """What is recorded of the measures of a use, or of several at once."""
    if isinstance(mesures, tuple):
        return {USAGES: [m.garde() for m in mesures]} if mesures else {}
    kept: dict[str, Any] = mesures.garde()
    return kept


def judged(demande: Demande[Any, Any], mesures: Any, x: Contexte, read: Reader) -> tuple[Clause, ...]:
    """Every clause in force, those that a dérogation lifts marked so; dérogations are read only if a clause blocks."""
    livre: Livre = x.livre
    clauses = livre.juge(demande.commande.__fiche__.nom, mesures, x)
    lot = livre.leve(clauses, mesures, x)
    return clauses if lot is None else livre.deroge(clauses, lot.states(read), mesures, x)
