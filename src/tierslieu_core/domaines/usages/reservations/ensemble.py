"""Ensemble: several uses, read at once and judged one after the other, each with those accepted before it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.derogations import DerogationAccordee, derogations_de
from tierslieu_core.domaines.usages.reservations.emprise import emprises
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, Occupation, lit_cadre, lit_prises
from tierslieu_core.domaines.usages.reservations.reservation import Fait
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, derogation

Derogations = tuple[DerogationAccordee, ...]
Groupe = tuple[EspaceId, PersonneId, tuple[PersonneId, ...]]
ALENTOUR = 3
"""Days around a use in which another may be in its way: time to tidy up is a day at most, on each side."""


@attrs.frozen
class Lus:
    """What was read for the uses of one person in one space, with the same others."""

    derogations: Derogations
    lieu: Lieu


Ensemble = Mapping[Groupe, Lus]


def lit_ensemble(voulus: Iterable[Voulu], x: Contexte) -> Lot[Any]:
    """All that deciding on these uses must know, in as few readings as there are persons and spaces."""
    lots = (_lit_groupe(siens, x) for siens in _groupes(voulus).values())
    return reduce(lambda un, autre: un.avec(autre), lots, lire())


def _lit_groupe(voulus: list[Voulu], x: Contexte) -> Lot[Any]:
    v = voulus[0]
    mois = sorted({une.periode.debut.local.date().replace(day=1) for une in voulus})
    derogations = lire(derogations_de(*(derogation(un, m) for un in identifiants(v.personne, x) for m in mois)))
    cadre = lit_cadre(v.espace, v.personne, x, v.inscrits)
    return derogations.avec(cadre.puis(lambda connu: lit_prises(voulus, connu, x)))


def ensemble_lu(voulus: Iterable[Voulu], etats: Any) -> Ensemble:
    """The same once it is read."""
    found = dict[Groupe, Lus]()
    for cle in reversed(_groupes(voulus)):
        etats, ((derogations,), lieu) = etats
        found[cle] = Lus(derogations, lieu)
    return found


def lieu_de(v: Voulu, ensemble: Ensemble, faits: Sequence[Fait] = (), sans: Container[ReservationId] = ()) -> Lieu:
    """What deciding on one of them must know, once these facts are there, and the bookings of ``sans`` are not."""
    cadre, (occupation, usages, *arrets) = ensemble[groupe(v)].lieu
    du, au = v.periode.debut.local.date().subtract(days=ALENTOUR), v.periode.fin.local.date().add(days=ALENTOUR)
    autour = {r.reservation: r for r in (*_sans(occupation, sans), *faits) if _touche(r, du, au)}
    siens = {r.reservation: r for r in (*_sans(usages, sans), *(f for f in faits if f.personne == v.personne))}
    return cadre, (autour, siens, *arrets)


def _sans(lues: Occupation, sans: Container[ReservationId]) -> Iterable[Fait]:
    return (r for i, r in lues.items() if i not in sans)


def _touche(r: Fait, du: Date, au: Date) -> bool:
    """Whether it holds anything near these days: to judge one of many must not weigh them all."""
    return any(
        e.periode.debut.local.date() <= au and e.periode.fin.local.date() >= du for e in emprises(r, passees=False)
    )


def groupe(v: Voulu) -> Groupe:
    """Those that are read together: of one person, in one space, with the same others."""
    return v.espace, v.personne, v.inscrits


def _groupes(voulus: Iterable[Voulu]) -> dict[Groupe, list[Voulu]]:
    found = dict[Groupe, list[Voulu]]()
    for v in voulus:
        found.setdefault(groupe(v), []).append(v)
    return found
