"""Un incident: something is wrong with a space or an item; what happens to it. Each fact tells it whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from whenever import Date

from tierslieu_core.domaines.moyens.entretien.arret import (
    HorsUsage,
)
from tierslieu_core.kernel.declarations import (
    evenement,
    personnel,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import (
    IncidentId,
    PersonneId,
    incident,
)
from tierslieu_core.vocabulaire.vie import DEBUT, Cycle

Gravite = Literal["gêne", "panne", "danger"]
"""It can be used all the same; it cannot; it must not."""

# ── événements (chacun dit tout l'incident : le dernier suffit) ─────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return incident(fait.incident), str(fait.sur)


@evenement("entretien.IncidentSignale", "{personne} signale un incident ({gravite}) sur {sur} : {nom}")
class IncidentSignale:
    incident: IncidentId
    sur: Chose
    gravite: Gravite
    nom: str
    constat: Personnel | None = personnel(qui="personne", conservation="incident")
    personne: PersonneId
    signale_le: Date

    etiquettes = _etiquettes


@evenement(
    "entretien.IncidentPrisEnCharge",
    "{charge} prend en charge « {nom} » ({sur})[ ; hors d'usage {arret}][ ; à nouveau en usage dès le {rendu}]",
)
class IncidentPrisEnCharge:
    """``arret``: the days on which the thing is out of use; ``rendu``: the day that a stop said before gives back."""

    incident: IncidentId
    sur: Chose
    gravite: Gravite
    nom: str
    personne: PersonneId
    signale_le: Date
    charge: PersonneId
    arret: HorsUsage | None
    rendu: Date | None

    etiquettes = _etiquettes


@evenement(
    "entretien.IncidentResolu", "« {nom} » ({sur}) est résolu[ : {remede}][ ; à nouveau en usage dès le {rendu}]"
)
class IncidentResolu:
    incident: IncidentId
    sur: Chose
    gravite: Gravite
    nom: str
    personne: PersonneId
    signale_le: Date
    remede: str
    rendu: Date | None

    etiquettes = _etiquettes


@evenement("entretien.IncidentEcarte", "« {nom} » ({sur}) est écarté : {motif}[ ; à nouveau en usage dès le {rendu}]")
class IncidentEcarte:
    incident: IncidentId
    sur: Chose
    gravite: Gravite
    nom: str
    personne: PersonneId
    signale_le: Date
    motif: Personnel = personnel(qui="par", conservation="incident")
    rendu: Date | None

    etiquettes = _etiquettes


Ouvert = IncidentSignale | IncidentPrisEnCharge
Fait = Ouvert | IncidentResolu | IncidentEcarte
OUVERTS = (IncidentSignale, IncidentPrisEnCharge)
VIE = Cycle(
    mots={
        IncidentSignale: "signalé", IncidentPrisEnCharge: "pris en charge", IncidentResolu: "résolu",
        IncidentEcarte: "écarté",
    },
    apres={
        IncidentSignale: (DEBUT,), IncidentPrisEnCharge: OUVERTS, IncidentResolu: OUVERTS, IncidentEcarte: OUVERTS,
    },
)  # fmt: skip

# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _incident(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


incident_de = Lecture[Fait | None]("entretien.incident", None, _incident, dernier=True)


FAITS = (IncidentSignale, IncidentPrisEnCharge, IncidentResolu, IncidentEcarte)
