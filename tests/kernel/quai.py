"""A small place for the kernel's tests: founded, with two persons, two rooms, two items; and a way to doctor it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from eventsourcing.dcb.api import DCBEvent, DCBRecorder
from eventsourcing.dcb.popo import InMemoryDCBRecorder
from whenever import Date, Instant

from tierslieu_core.domaines.usages.prets import PreterObjet, RendreObjet
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.laws import Scope
from tierslieu_core.testing.laws.scope import founded
from tierslieu_core.testing.spec import MAINTENANT, installed
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId

PERCEUSE, SCIE = ObjetId("objet-1"), ObjetId("objet-2")
ANA, BEN = PersonneId("personne-1"), PersonneId("personne-2")
SAMEDI = Date(2026, 11, 28)


def quai() -> Lieu:
    """The place, founded a week before ``MAINTENANT``."""
    return founded(Scope(installed()))


def preter(**autrement: Any) -> PreterObjet:
    """Lend the drill to Ana until Saturday, or otherwise."""
    return PreterObjet(**{"objet": PERCEUSE, "personne": ANA, "retour": SAMEDI, **autrement})


def rendre(**autrement: Any) -> RendreObjet:
    """Give it back."""
    return RendreObjet(**{"objet": PERCEUSE, "personne": ANA, **autrement})


def asked(lieu: Lieu, commande: Any, cle: str, *, quand: Instant = MAINTENANT, **how: Any) -> Any:
    """Ask, as Camille, now."""
    return lieu.executer(commande, **{"par": "camille", "cle": cle, "maintenant": quand, **how})


Doctor = Callable[[int, DCBEvent], DCBEvent | None]


def doctored(lieu: Lieu, doctor: Doctor) -> Lieu:
    """The same place with its journal rewritten, as nobody should: each event as ``doctor`` gives it, or left out."""
    recorder = InMemoryDCBRecorder()
    recorder.append(list(_rewritten(lieu.recorder, doctor)))
    return Lieu(recorder, lieu.vault, lieu.catalogue, lieu.horloge)


def _rewritten(recorder: DCBRecorder, doctor: Doctor) -> Iterator[DCBEvent]:
    for found in recorder.read():
        event = doctor(found.position, found.event)
        if event is not None:
            yield event


def with_data(event: DCBEvent, change: Callable[[dict[str, Any]], Any]) -> DCBEvent:
    """The event with its JSON changed in place."""
    data = json.loads(event.data)
    change(data)
    return DCBEvent(event.type, json.dumps(data, ensure_ascii=False).encode(), event.tags)
