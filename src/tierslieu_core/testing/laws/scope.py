"""What a law is applied to: areas, in a place that a store factory opens; and lives of such a place, drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from whenever import Instant

from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.kernel.declarations import Domaine, fiche
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import MAINTENANT, memory_place
from tierslieu_core.testing.strategies import CANARY, KEYS, Strategies
from tierslieu_core.vocabulaire.identifiants import EspaceId, ModeleId, ObjetId, PersonneId

DEBUT = MAINTENANT.subtract(hours=7 * 24)
NewPlace = Callable[[Catalogue], Lieu]
"""Opens a new, empty place; the laws close it."""


def patient(**how: Any) -> settings:
    """A law's own settings, on any profile: a life takes the time that it takes."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(deadline=None, suppress_health_check=slow, **how)


@attrs.frozen(eq=False)
class Scope:
    """What a law is applied to. ``areas``: those whose facts and demands are drawn, all unless told.

    ``repeatable``: commands that record a fact each time they are asked, since the area says so. ``roles``: the first
    mandates of a place; another journal (the finance body's) has no concierge, nor spaces and items.
    """

    catalogue: Catalogue
    new_place: NewPlace = memory_place
    areas: tuple[Domaine, ...] | None = None
    repeatable: frozenset[type] = frozenset()
    roles: tuple[str, ...] = ("concierge", "coordination")
    others: dict[Any, SearchStrategy[Any]] = attrs.Factory(dict)

    @property
    def drawn(self) -> Strategies:
        """The strategies of its catalogue."""
        return Strategies(self.catalogue, self.others)

    @property
    def domaines(self) -> tuple[Domaine, ...]:
        """The areas that are looked at."""
        return self.catalogue.domaines if self.areas is None else self.areas

    def facts(self) -> SearchStrategy[Any]:
        """Any fact of the areas."""
        return self.drawn.facts(self.areas)

    def values(self) -> SearchStrategy[Any]:
        """Any fact, command or refusal of the areas."""
        return self.facts() | self.drawn.commands(self.areas) | self.drawn.refusals(self.areas)

    def lives(self) -> SearchStrategy[list[Asked]]:
        """Any short life of a place: demands, one after the other."""
        asked = st.builds(
            Asked,
            self.drawn.demands(self.areas),
            par=st.sampled_from(["camille", "camille", "personne-1"]),
            heures=st.sampled_from([0, 0, 0, 30, 80]),
        )
        return st.lists(asked, min_size=1, max_size=len(KEYS))


@attrs.frozen
class Asked:
    """One demand of a life; ``heures``: how long before it was asked it took effect, as for yesterday's paper."""

    commande: Any
    par: str
    heures: int = 0

    def on(self, lieu: Lieu, **how: Any) -> Reponse:
        """Ask it."""
        since = how["maintenant"].subtract(hours=self.heures)
        return lieu.executer(self.commande, **{"par": self.par, "survenu_le": since, **how})


@attrs.frozen
class Lived:
    """A demand that was decided: how it was asked, and the answer."""

    asked: Asked
    cle: str
    quand: Instant
    reponse: Reponse

    def again(self, lieu: Lieu, **otherwise: Any) -> Reponse:
        """Ask the same once more, with the same key unless told otherwise."""
        return self.asked.on(lieu, **{"cle": self.cle, "maintenant": self.quand, **otherwise})


def founded(scope: Scope) -> Lieu:
    """A new place with two persons, two spaces and two items."""
    lieu = scope.new_place(scope.catalogue)
    first = FonderLieu(
        nom="Le Quai", personne=PersonneId("camille"), nom_personne=f"Camille {CANARY}", roles=scope.roles
    )
    them = [InscrirePersonne(personne=PersonneId(f"personne-{n}"), nom=f"{CANARY} {n}") for n in (1, 2)]
    spaces = [OuvrirEspace(espace=EspaceId(f"espace-{n}"), nom=f"Salle {n}") for n in (1, 2)]
    model = CreerModele(modele=ModeleId("modele-1"), nom="Perceuse")
    items = [AjouterObjet(objet=ObjetId(f"objet-{n}"), modele=ModeleId("modele-1"), nom=f"P{n}") for n in (1, 2)]
    known = (c for c in (first, *them, *spaces, model, *items) if fiche(c).nom in scope.catalogue.demandes)
    for n, commande in enumerate(known):
        lieu.executer(commande, par="camille", cle=f"debut-{n}", maintenant=DEBUT)
    return lieu


def lived(lieu: Lieu, life: Sequence[Asked]) -> Iterator[Lived]:
    """Ask each demand in turn, an hour apart; what the edge turns away leaves nothing, and is not given."""
    for n, asked in enumerate(life):
        cle, quand = KEYS[n], MAINTENANT.add(hours=n)
        try:
            reponse = asked.on(lieu, cle=cle, maintenant=quand)
        except DemandeInvalide:
            continue
        yield Lived(asked, cle, quand, reponse)


def live(lieu: Lieu, life: Sequence[Asked]) -> list[Lived]:
    """The whole life at once."""
    return list(lived(lieu, life))
