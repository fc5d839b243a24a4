"""Obstacle: of several uses judged at once, what stands in the way of each; kept in the facts, as evidence."""

from __future__ import annotations

from typing import Any

import attrs

from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.usages.reservations.demande import motif_exige
from tierslieu_core.domaines.usages.reservations.ensemble import Derogations
from tierslieu_core.domaines.usages.reservations.mesure import mesure
from tierslieu_core.domaines.usages.reservations.occupation import Lieu
from tierslieu_core.domaines.usages.reservations.place import (
    BattementManquant,
    EspaceDejaReserve,
    EspaceGene,
    faire_place,
)
from tierslieu_core.domaines.usages.reservations.reservation import Evincee
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.decisions import Clause
from tierslieu_core.kernel.declarations import Contexte, Refus, fiche
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.francais import lisible, liste
from tierslieu_core.vocabulaire.francais import periode as en_clair
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Periode


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
        if self.regle:
            return f"règle « {self.regle} » (version {self.version}) : {self.valeur}, limite {self.limite}"
        dit = DITS.get(self.refus, self.refus)
        return f"{dit} {en_clair(self.gene)}" if self.gene else dit


DITS = {
    "reservations.DejaReservee": "déjà réservée par cette personne",
    "reservations.EspaceDejaReserve": "déjà une réservation",
    "reservations.EspaceGene": "déjà une réservation dans un espace lié",
    "reservations.BattementManquant": "battement avec la réservation",
    "reservations.ReservationTropLoin": "plus de 24 mois à l'avance",
    "reservations.MotifManquant": "la demande ne dit pas tout ce qu'il faut",
    "reservations.UsageNonAdmis": "usage non admis",
    "espaces.ConfigurationInconnue": "configuration inconnue",
    "espaces.ConfigurationTropPetite": "configuration trop petite",
    "espaces.EspaceTropPetit": "espace trop petit",
    "espaces.HorsHoraires": "hors des heures d'ouverture",
    "espaces.OuvertureInconnue": "heures d'ouverture inconnues ce jour-là",
    "espaces.PublicNonAdmis": "l'espace n'est pas ouvert à ce public",
    "espaces.EspaceEnFermeture": "l'espace est en fermeture",
    "espaces.EspaceAbsent": "l'espace n'est plus du lieu",
    "espaces.ConteneurEnFermeture": "ce qui contient l'espace est en fermeture",
    "espaces.ConteneurAbsent": "ce qui contient l'espace n'est plus du lieu",
}


SIENNE = Obstacle(refus="reservations.DejaReservee")
"""This very use is that person's already: there is nothing to ask."""


@attrs.frozen
class Ecartee:
    """An occurrence that could not be had, and why."""

    periode: Periode
    obstacles: tuple[Obstacle, ...]

    def __str__(self) -> str:
        return f"{en_clair(self.periode)} ({liste([str(o) for o in self.obstacles])})"


@attrs.frozen
class Possible:
    """A use that can be had: what the rules judged of it, what gives way to it, and who has yet to say yes."""

    mesures: Mesures
    place: tuple[Evincee, ...]
    validations: tuple[Validation, ...]


def juger(
    v: Voulu, sujet: Personnel | None, lieu: Lieu, derogations: Derogations, x: Contexte, **autres: Any
) -> Possible | tuple[Obstacle, ...]:
    """Whether a use can be had, as a demand of its own would be judged; or what stands in its way.

    ``autres``: what else rules may measure of it.
    """
    place = motif_exige(v, sujet, lieu, x) or faire_place(v, lieu, x)
    if isinstance(place, Refus):
        return (Obstacle(refus=fiche(place).nom, gene=place.periode if isinstance(place, PRIS) else None),)
    mesures = mesure(v, lieu, x, **autres)
    clauses = x.livre.deroge(x.livre.juge("", mesures, x), (derogations,), mesures, x)
    obstacles = tuple(_obstacle(c) for c in clauses if c.verdict in BLOQUE)
    return obstacles or Possible(mesures, tuple(place), x.livre.validations(clauses))


PRIS = (EspaceDejaReserve, EspaceGene, BattementManquant)
"""The refusals that say which booking is in the way: waiting may answer them."""
BLOQUE = frozenset({"refuse", "indeterminee", "caduque"})


def _obstacle(c: Clause) -> Obstacle:
    return Obstacle(regle=c.regle, version=c.version, valeur=lisible(c.valeur), limite=lisible(c.limite))
