"""Jugement: the clauses of the rules in force, on what a demand measures; and which exceptions lift which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.versions import RENDRE, Reglement, Version
from tierslieu_core.kernel.decisions import Clause, Valeur
from tierslieu_core.vocabulaire.identifiants import RegleId
from tierslieu_core.vocabulaire.mesures import Mesures

BLOQUE = frozenset({"refuse", "indeterminee", "a_valider", "caduque"})
LEVABLE = BLOQUE | {"sanction"}
"""What a dérogation or an exception can lift."""
A_REPONDRE = frozenset({"a_valider", "indeterminee"})
"""What somebody has to answer, because a rule says so or because none can tell."""


def jugees(
    reglement: Reglement, mesures: Mesures, jour: Date, juge: Callable[[Version, Mesures], Clause | None] | None = None
) -> tuple[Clause, ...]:
    """A clause for each rule that prevails that day, once exceptions have lifted what they name.

    ``juge``: how a rule version judges, by measuring (``clause_de``) unless told. What comes back is taken back,
    whatever the rules: they only say what follows.
    """
    juge = juge or clause_de
    found = (juge(v, mesures) for v in reglement.applicables(mesures, jour))
    laisse = BLOQUE if mesures.action == RENDRE else A_REPONDRE if mesures.confirme else frozenset[str]()
    clauses = [c for c in found if c is not None and c.verdict not in laisse]
    return tuple(levees(clauses, reglement))


def clause_de(v: Version, mesures: Mesures) -> Clause | None:
    """The clause of one rule version; ``None`` when the demand is not of its concern."""
    measured = v.genre.mesure(v.portee.restreinte(mesures))
    if measured is None:
        return None
    return clause_sur(v, measured.valeur, measured.sur)


def clause_sur(v: Version, valeur: Valeur, sur: str) -> Clause:
    """The clause of one rule version on a measure."""
    return Clause(v.regle, v.version, valeur, v.genre.limite(), v.effet(v.genre.juge(valeur)), sur)


def levees(clauses: Sequence[Clause], reglement: Reglement) -> Iterable[Clause]:
    """The clauses, those that an exception lifts marked so."""
    par = {
        regle: c.regle
        for c in clauses
        if c.verdict == "satisfaite"
        for regle in reglement.version(RegleId(c.regle), c.version).leve  # type: ignore[union-attr]  # it was judged by it just now
    }
    if not par:
        return clauses
    return [
        replace(c, verdict="levee", derogation=par[RegleId(c.regle)]) if c.verdict in LEVABLE and c.regle in par else c
        for c in clauses
    ]


def rejugee(v: Version, clause: Clause) -> Clause:
    """The same rule version on the measure that was recorded; what lifted it lifts it still."""
    verdict = v.effet(v.genre.juge(clause.valeur))
    if clause.derogation is not None and verdict in LEVABLE:
        verdict = "levee" if clause.verdict == "levee" else "derogee"
    return replace(clause, verdict=verdict, limite=v.genre.limite())


def validation_de(v: Version) -> Validation | None:
    """To whom this rule sends what does not respect it, within what delay, and what silence means."""
    if isinstance(v.genre, Validation):
        return v.genre
    s = v.sinon
    if s.effet != "validation":
        return None
    return Validation(par=s.par, delai_heures=s.delai_heures, silence=s.silence)
