"""Disponibilité: how many of a model are free on each day, and how many are awaited by those who reserved them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.materiel import RemiseEnEtat
from tierslieu_core.domaines.cadre.regles.genres.prets import TenueReservation
from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.prets.en_main import Fait, ObjetPerdu, ObjetRendu, dernier_pret
from tierslieu_core.domaines.usages.prets.sorties import Sortie
from tierslieu_core.kernel.declarations import Contexte, Refus, refus
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.vocabulaire.arrets import Arrets, arret_entre
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, objet


@refus(
    "prets.ModeleAttendu",
    "Plus assez d'exemplaires de {modele} le {le} : {libres} de libre(s), {attendus} réservé(s) d'avance.",
    "Choisissez un retour avant ce jour, d'autres jours, ou un autre modèle.",
)
class ModeleAttendu(Refus):
    modele: ModeleId
    le: Date
    libres: int
    attendus: int


class Attendue(Protocol):
    """What a reservation of a model says: how many, not yet handed over, from one day to another."""

    @property
    def reservation(self) -> Any: ...
    @property
    def du(self) -> Date: ...
    @property
    def au(self) -> Date: ...
    @property
    def restent(self) -> int: ...


@attrs.frozen
class Exemplaire:
    """One item: its last loan, its stops, and the days that it takes to be ready again."""

    objet: ObjetId
    pret: Fait | None
    arrets: Arrets
    remise: int = 0

    def libre(self, le: Date, jour: Date) -> bool:
        """Whether it can be used on a day, as known on ``jour``; who is late may bring it back any day."""
        if arret_entre(self.arrets, le, le) is not None:
            return False
        pret_le = self.pret_le(jour)
        return pret_le is not None and pret_le <= le

    def pret_le(self, jour: Date) -> Date | None:
        """The first day on which its last loan leaves it free, as known on ``jour``; ``None``: it is lost."""
        match self.pret:
            case None:
                return Date.MIN
            case ObjetPerdu():
                return None
            case ObjetRendu(le=le):
                return le.add(days=self.remise + 1) if self.remise else le
            case _:
                return max(self.pret.retour, jour).add(days=self.remise + 1)


@attrs.frozen(kw_only=True)
class Offre:
    """What a model offers, as known on ``jour``: its items, or how many it counts and those that are out."""

    jour: Date
    exemplaires: Sequence[Exemplaire] = ()
    compte: int = 0
    sorties: Sequence[Sortie] = ()
    attendues: Sequence[Attendue] = ()
    remise: int = 0
    tenue: int = 0

    def libres(self, le: Date, sans: ObjetId | None = None) -> int:
        """How many can be used on a day, one item left aside."""
        dehors = sum(s.quantite for s in self.sorties if le <= max(s.retour, self.jour).add(days=self.remise))
        return self.compte - dehors + sum(e.objet != sans and e.libre(le, self.jour) for e in self.exemplaires)

    def attendus(self, le: Date, sauf: object = None, part: int = 1) -> int:
        """How many are reserved on a day; ``part`` of ``sauf`` is being handed over, and apart."""
        return sum(a.restent - part * (a.reservation == sauf) for a in self.attendues if self.touche(a, le))

    def touche(self, a: Attendue, le: Date) -> bool:
        """Whether a reservation that holds takes that day, the days to have it ready again included."""
        return a.du <= le <= a.au.add(days=self.remise) and self.tient(a)

    def tient(self, a: Attendue) -> bool:
        """Whether a reservation still holds: not fetched in time, it lapses."""
        return a.restent > 0 and self.jour <= min(a.au, a.du.add(days=self.tenue))

    def manque(
        self, du: Date, au: Date, combien: int = 0, *, sans: ObjetId | None = None, sauf: object = None
    ) -> tuple[Date, int, int] | None:
        """The first day when those that are free do not suffice, with how many are free and how many are awaited."""
        for le in jours(du, au.add(days=self.remise)):
            attendus = self.attendus(le, sauf, combien or 1)
            if attendus + combien == 0:
                continue
            libres = self.libres(le, sans)
            if libres < attendus + combien:
                return le, libres, attendus
        return None


def modele_attendu(modele: ModeleId, manque: tuple[Date, int, int] | None) -> ModeleAttendu | None:
    """Why a model cannot be had, when its offer falls short (``Offre.manque``)."""
    if manque is None:
        return None
    le, libres, attendus = manque
    return ModeleAttendu(modele=modele, le=le, libres=libres, attendus=attendus)


def jours(du: Date, au: Date) -> Iterator[Date]:
    """Each day from one to another, both included."""
    while du <= au:
        yield du
        du = du.next_day()


def remise_de(x: Contexte, lieux: tuple[str, ...]) -> int:
    """How many days it takes to have an item ready again."""
    reglage = x.livre.reglage(RemiseEnEtat, x.aujourdhui, lieux=lieux)
    return reglage.jours if reglage else 0


def tenue_de(x: Contexte, lieux: tuple[str, ...]) -> int:
    """How many days a reservation that nobody fetches is held."""
    reglage = x.livre.reglage(TenueReservation, x.aujourdhui, lieux=lieux) or TenueReservation()
    return int(reglage.jours)


def lit_exemplaires(objets: Iterable[ObjetId]) -> Lot[Any]:
    """Each item's last loan and stops."""
    return Lot(tuple(lue for o in objets for lue in (dernier_pret(objet(o)), materiel.arrets_de(objet(o)))))


def exemplaires(objets: Sequence[ObjetId], etats: Sequence[Any], remise: int) -> tuple[Exemplaire, ...]:
    """The items, from what ``lit_exemplaires`` read."""
    prets, arrets = etats[::2], etats[1::2]
    return tuple(Exemplaire(o, pret, a, remise) for o, pret, a in zip(objets, prets, arrets, strict=True))
