"""Écarts: a rule was not respected, and it went on all the same; what follows, its ladder says (area ``sanctions``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whenever import Date

from tierslieu_core.kernel.decisions import Clause
from tierslieu_core.kernel.declarations import Contexte, evenement
from tierslieu_core.vocabulaire.identifiants import PersonneId, RegleId, personne
from tierslieu_core.vocabulaire.mesures import Mesures


@evenement("regles.EcartConstate", "Écart de {personne} à la règle « {regle} », le {le}")
class EcartConstate:
    """Beside the facts of the demand that was granted. ``version``: of the rule; ``le``: the local day of effect."""

    personne: PersonneId
    regle: RegleId
    version: int
    le: Date

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


def constates(clauses: Iterable[Clause], mesures: Sequence[Mesures], x: Contexte) -> tuple[EcartConstate, ...]:
    """One for each rule that lets it happen with a consequence, however many uses the demand is of."""
    enfreintes = {c.regle: c.version for c in clauses if c.verdict == "sanction"}
    return tuple(
        EcartConstate(personne=mesures[0].personne, regle=RegleId(regle), version=version, le=x.aujourdhui)
        for regle, version in enfreintes.items()
    )
