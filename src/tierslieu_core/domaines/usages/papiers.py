"""Papiers: what rules may ask of the place's papers, for a use: a contract in course, an agreement that both signed."""

from __future__ import annotations

from typing import Any

from whenever import Date

from tierslieu_core.domaines.administration.contrats import Contrats, contrats_de_nature, de_nature, en_cours
from tierslieu_core.domaines.administration.conventions import Conventions, conventions_de, vaut
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.genres.administration import ContratEnCours, ConventionSignee
from tierslieu_core.domaines.personnes.adhesions.collectifs import Rattachements, rattachements
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

Siennes = tuple[tuple[Rattachements, ...], tuple[Conventions]]
Papiers = tuple[tuple[Contrats, ...], Siennes | tuple[()]]
"""The place's contracts of each nature that a rule asks for; then, if one asks for an agreement, the collectives of the
person, and the agreements of all of them."""


def papiers_de(qui: PersonneId, x: Contexte) -> Lot[Papiers]:
    """What the rules in force ask for: nothing is read when none does."""
    natures = {v.genre.nature for v in x.livre.reglement.du_genre(ContratEnCours, x.aujourdhui)}
    contrats = Lot[tuple[Contrats, ...]](tuple(contrats_de_nature(de_nature(nature)) for nature in sorted(natures)))
    asked = x.livre.fixe(ConventionSignee, x.aujourdhui)
    siennes: Lot[Any] = rattachements(qui, x).puis(lambda siens: _conventions(qui, siens, x)) if asked else lire()
    return contrats.avec(siennes)


def _conventions(qui: PersonneId, siens: tuple[Rattachements, ...], x: Contexte) -> Lot[tuple[Conventions]]:
    parties = dict.fromkeys((*identifiants(qui, x), *(r.collectif for them in siens for r in them)))
    return lire(conventions_de(*map(personne, parties)))


def mesures_de_papiers(lus: Papiers, jour: Date, lieux: tuple[str, ...]) -> dict[str, Any]:
    """The natures of what holds that day, for a use of these things; ``None`` of what no rule asks for."""
    contrats, siennes = lus
    return {
        "contrats": en_cours(contrats, jour) if contrats else None,
        "conventions": _valent(siennes, jour, lieux) if siennes else None,
    }


def _valent(siennes: Siennes, jour: Date, lieux: tuple[str, ...]) -> tuple[str, ...]:
    """Their own, and those of the collectives that they belong to that day."""
    siens, (conventions,) = siennes
    tous = {r.collectif for them in siens for r in them}
    quittes = tous - {r.collectif for them in siens for r in them if r.court(jour)}
    valables = (c for c in conventions.values() if c.personne not in quittes)
    return tuple(sorted({c.nature for c in valables if vaut(c, jour, lieux)}))
