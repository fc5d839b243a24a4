"""Identifiers, and the tags by which facts are found. An identifier is opaque: never a name."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any, NewType

from whenever import Date

PersonneId = NewType("PersonneId", str)
EspaceId = NewType("EspaceId", str)
ObjetId = NewType("ObjetId", str)
ModeleId = NewType("ModeleId", str)
MandatId = NewType("MandatId", str)
RegleId = NewType("RegleId", str)
DerogationId = NewType("DerogationId", str)
ReservationId = NewType("ReservationId", str)
SerieId = NewType("SerieId", str)
AttenteId = NewType("AttenteId", str)
ReservationModeleId = NewType("ReservationModeleId", str)
PretId = NewType("PretId", str)
RecoursId = NewType("RecoursId", str)
DemarcheId = NewType("DemarcheId", str)
PropositionId = NewType("PropositionId", str)
SanctionId = NewType("SanctionId", str)


def personne(qui: PersonneId) -> str:
    """All that changes what a person may do."""
    return f"personne:{qui}"


def espace(lequel: EspaceId) -> str:
    """What a space is: opened, described, closed, retired."""
    return f"espace:{lequel}"


def objet(lequel: ObjetId) -> str:
    """What an item is, and in whose hands."""
    return f"objet:{lequel}"


def modele(lequel: ModeleId) -> str:
    """What a model of items is."""
    return f"modele:{lequel}"


def reservation(laquelle: ReservationId) -> str:
    """The life of one booking."""
    return f"reservation:{laquelle}"


def serie(laquelle: SerieId) -> str:
    """The bookings made together, and what becomes of them together."""
    return f"serie:{laquelle}"


def attente(laquelle: AttenteId) -> str:
    """The life of one place in a waiting list."""
    return f"attente:{laquelle}"


def pret(lequel: PretId) -> str:
    """The life of one loan of things that are counted."""
    return f"pret:{lequel}"


def recours(lequel: RecoursId) -> str:
    """The life of one appeal."""
    return f"recours:{lequel}"


def sanction(laquelle: SanctionId) -> str:
    """The life of one measure taken of somebody: to be taken, taken, lifted."""
    return f"sanction:{laquelle}"


def decision(cle: str) -> str:
    """What becomes of one decision, known by its key: contested, answered, revised."""
    return f"decision:{cle}"


def proposition(laquelle: PropositionId) -> str:
    """The tag of a proposed rule."""
    return f"proposition:{laquelle}"


def demarche(laquelle: DemarcheId) -> str:
    """The life of one démarche."""
    return f"demarche:{laquelle}"


def reservation_modele(laquelle: ReservationModeleId) -> str:
    """The life of one reservation of a model."""
    return f"reservationmodele:{laquelle}"


def mois_du_modele(lequel: ModeleId, le: Date) -> str:
    """What is reserved of a model in one month: the bucket that reservations of items are decided in."""
    return f"modele:{lequel}@{le.format_iso()[:7]}"


def jour(ou: EspaceId, le: Date) -> str:
    """What takes place in a space on one local day: the bucket that bookings are decided in."""
    return f"espace:{ou}@{le.format_iso()}"


def mois(qui: PersonneId, le: Date) -> str:
    """What a person uses in one month: the bucket that quotas are counted in."""
    return f"personne:{qui}@{le.format_iso()[:7]}"


def derogation(qui: PersonneId, le: Date) -> str:
    """The dérogations that a person holds in one month."""
    return f"derogation:{qui}@{le.format_iso()[:7]}"


def depuis_cle(cle: str, suite: str = "") -> str:
    """The identifier of what a demand brings into being: its key, or the key's digest when no identifier is written so.

    Two keys never share one. ``suite``: which thing, in lower case, when one demand brings several into being.
    """
    dit = f"{cle}~{suite}" if suite else cle
    return dit if COURTE.match(cle) else dit.replace(cle, f"d~{sha256(cle.encode()).hexdigest()[:40]}", 1)


COURTE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}\Z")
"""A key that is an identifier already, and short enough to be followed by a word."""


def connu(fait: Any) -> Any:
    """What a demand names and the edge has checked: it is there. (A type variable would lose unions under mypy.)"""
    assert fait is not None, "le bord l'a vérifié : la demande ne nomme que ce que le lieu connaît"  # noqa: S101 - so
    return fait
