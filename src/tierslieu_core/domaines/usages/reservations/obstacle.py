"""Obstacle: of several uses judged at once, what stands in the way of each; kept in the facts, as evidence."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.derogations import DerogationAccordee, derogations_de
from tierslieu_core.domaines.usages.reservations.mesure import mesure
from tierslieu_core.domaines.usages.reservations.occupation import EspaceDejaReserve, Lieu, Voulu, faire_place
from tierslieu_core.kernel.decisions import Clause
from tierslieu_core.kernel.declarations import Contexte, Refus, fiche
from tierslieu_core.kernel.lectures import Lue
from tierslieu_core.vocabulaire.francais import lisible, liste
from tierslieu_core.vocabulaire.francais import periode as en_clair
from tierslieu_core.vocabulaire.identifiants import PersonneId, derogation
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Periode

Derogations = tuple[DerogationAccordee, ...]
PASSE = frozenset({"satisfaite", "derogee"})


@attrs.frozen(kw_only=True)
class Obstacle:
    """A refusal, by its name (``gene``: the booking that is there), or a rule: its version, its measure, its limit."""

    refus: str = ""
    gene: Periode | None = None
    regle: str = ""
    version: int = 0
    valeur: str = ""
    limite: str = ""

    def __str__(self) -> str:
        if self.gene is not None:
            return f"déjà une réservation {en_clair(self.gene)}"
        if not self.regle:
            return DITS.get(self.refus, self.refus)
        return f"règle « {self.regle} » (version {self.version}) : {self.valeur}, limite {self.limite}"


DITS = {
    "espaces.EspaceEnFermeture": "l'espace est en fermeture",
    "espaces.EspaceAbsent": "l'espace n'est plus du lieu",
}


@attrs.frozen
class Ecartee:
    """An occurrence that could not be had, and why."""

    periode: Periode
    obstacles: tuple[Obstacle, ...]

    def __str__(self) -> str:
        return f"{en_clair(self.periode)} ({liste([str(o) for o in self.obstacles])})"


def derogations_lues(qui: PersonneId, periodes: Iterable[Periode], x: Contexte) -> Lue[Derogations]:
    """The dérogations that may lift a rule for these uses of a person."""
    months = sorted({j.replace(day=1) for p in periodes for j in (p.debut.local.date(), p.fin.local.date())})
    return derogations_de(*(derogation(un, m) for un in identifiants(qui, x) for m in months))


def juger(v: Voulu, lieu: Lieu, derogations: Derogations, x: Contexte) -> Mesures | tuple[Obstacle, ...]:
    """What stands in the way of a use: its space, then the rules; or else what the rules judged of it.

    A rule that sends to somebody is in the way as well: among several, no use can wait for an answer of its own.
    """
    refus = faire_place(v, lieu, x)
    if isinstance(refus, Refus):
        return (_du_refus(refus),)
    mesures = mesure(v, lieu, x)
    clauses = x.livre.deroge(x.livre.juge("", mesures, x), (derogations,), mesures, x)
    return tuple(_de_la_regle(c) for c in clauses if c.verdict not in PASSE) or mesures


def _du_refus(refus: Refus) -> Obstacle:
    gene = refus.periode if isinstance(refus, EspaceDejaReserve) else None
    return Obstacle(refus=fiche(refus).nom, gene=gene)


def _de_la_regle(c: Clause) -> Obstacle:
    return Obstacle(regle=c.regle, version=c.version, valeur=lisible(c.valeur), limite=lisible(c.limite))


def pres(v: Voulu, lieu: Lieu) -> Lieu:
    """The same, with only the bookings around this use: to judge one of many must not weigh them all."""
    cadre, (occupation, usages, *arrets) = lieu
    du, au = v.periode.debut.local.date().subtract(days=ALENTOUR), v.periode.fin.local.date().add(days=ALENTOUR)
    near = {
        i: r for i, r in occupation.items() if r.periode.debut.local.date() <= au and r.periode.fin.local.date() >= du
    }
    return cadre, (near, usages, *arrets)


ALENTOUR = 7
"""Days around a use in which another may be in its way, buffers included."""
