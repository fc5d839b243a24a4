"""A place made for measuring: its demands are decided for real, day after day, as many as one wants.

Each person borrows their own item, brings it back six days later and books a space, once every 28 days. The longer the
history, the more persons and the older the place; what one person does in a month stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import attrs
from whenever import Date, Instant, Time

from tierslieu_adapters.sqlite import ouvrir
from tierslieu_adapters.sqlite.journal import SqliteRecorder
from tierslieu_adapters.sqlite.opening import Synchronous
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles.depart import reglement_de_depart
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.personnes.adhesions import AdmettreAdherent
from tierslieu_core.domaines.usages.prets import PreterObjet, RendreObjet
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu, catalogue_of
from tierslieu_core.vocabulaire.identifiants import EspaceId, ModeleId, ObjetId, PersonneId
from tierslieu_core.vocabulaire.temps import Moment

DEBUT = Date(2020, 1, 1)
CAMILLE = PersonneId("camille")
ESPACES = 20
CYCLE_JOURS = 28
EVENTS_A_MONTH = 6
"""Of one person: three decisions, each with its fact."""
BATCH = 2_000


@attrs.frozen
class Ask:
    """One demand to be put to the place."""

    commande: Any
    cle: str
    maintenant: Instant


def persons_for(events: int) -> int:
    """So many that the place has lived for thirteen months or more: what a loan looks back at is then full."""
    return max(12, min(2_000, events // (13 * EVENTS_A_MONTH)))


def founding(persons: int) -> Iterator[Ask]:
    """The place, its starter rulebook, its members, items and spaces."""
    now = DEBUT.at(Time(6)).assume_utc()
    demands: Iterator[Any] = _founding(persons)
    for n, demand in enumerate(demands):
        yield Ask(demand, f"depart-{n}", now)


def _founding(persons: int) -> Iterator[Any]:
    yield FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille Martin")
    yield from reglement_de_depart(DEBUT)
    yield CreerModele(modele=ModeleId("outil"), nom="Outil")
    for n in range(ESPACES):
        yield OuvrirEspace(espace=EspaceId(f"salle-{n}"), nom=f"Salle {n}")
    for p in range(persons):
        yield InscrirePersonne(personne=PersonneId(f"p-{p}"), nom=f"Personne {p}")
        yield AdmettreAdherent(personne=PersonneId(f"p-{p}"), du=DEBUT, au=DEBUT.add(years=60))
        yield AjouterObjet(objet=ObjetId(f"o-{p}"), modele=ModeleId("outil"), nom=f"Outil {p}")


def life(persons: int) -> Iterator[Ask]:
    """What is asked of it, day after day, without end; nearly all is accepted."""
    numbers = count()
    for n in count():
        day, turn = DEBUT.add(days=n), n % CYCLE_JOURS
        now = day.at(Time(9)).assume_utc()
        for p in range(persons):
            if p % CYCLE_JOURS == turn:
                yield Ask(_preter(p, day), f"d-{next(numbers)}", now)
                yield Ask(_reserver(p, day), f"d-{next(numbers)}", now)
            if (p + 6) % CYCLE_JOURS == turn and n > 6:
                yield Ask(
                    RendreObjet(objet=ObjetId(f"o-{p}"), personne=PersonneId(f"p-{p}")), f"d-{next(numbers)}", now
                )


def _preter(p: int, day: Date) -> PreterObjet:
    return PreterObjet(objet=ObjetId(f"o-{p}"), personne=PersonneId(f"p-{p}"), retour=day.add(days=7))


def _reserver(p: int, day: Date) -> ReserverEspace:
    """Spaces and hours by turns, so that bookings of one day seldom want the same."""
    slot = p // CYCLE_JOURS
    start = day.add(days=3).at(Time(8 + slot // ESPACES % 6 * 2))
    return ReserverEspace(
        espace=EspaceId(f"salle-{slot % ESPACES}"),
        personne=PersonneId(f"p-{p}"),
        debut=Moment(start),
        fin=Moment(start.replace_time(Time(start.hour + 2))),
    )


class Quai:
    """The place in one file, with all that remains to be asked of it."""

    def __init__(self, path: Path, events: int) -> None:
        self.path, self.events, self.persons = path, events, persons_for(events)
        self._asks = self._all()
        lieu = self.open("OFF")
        while head_of(lieu.recorder) < events:
            with lieu.lot():
                for ask in islice(self._asks, min(BATCH, max(1, (events - head_of(lieu.recorder)) // 2))):
                    put(lieu, ask)
        lieu.fermer()

    def _all(self) -> Iterator[Ask]:
        yield from founding(self.persons)
        yield from life(self.persons)

    def open(self, synchronous: Synchronous = "FULL") -> Lieu:
        """The place; anything but ``FULL`` measures the processor, without the disk."""
        recorder, vault = ouvrir(str(self.path))
        recorder.close()
        return Lieu(SqliteRecorder(self.path, synchronous=synchronous), vault, catalogue_of())

    def next(self, n: int) -> list[Ask]:
        """What is asked next."""
        return list(islice(self._asks, n))


def put(lieu: Lieu, ask: Ask) -> Reponse:
    """Put one demand to the place."""
    return lieu.executer(ask.commande, par=CAMILLE, cle=ask.cle, maintenant=ask.maintenant)
