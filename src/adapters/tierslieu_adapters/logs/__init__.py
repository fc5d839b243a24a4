"""The technical log: one line per demand, for whoever keeps the machine, through an allow-list.

What is not on the list is never printed: no personal value, no free text, not even a key (people make them up). What is
on it comes from declarations (names of commands and refusals), from the kernel, or is an identifier, opaque by rule.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TextIO

import structlog

from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.edge import IDENTIFIANT
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.fields import subjects

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu

ADMIS = (
    "timestamp", "event", "commande", "sujets", "verdict", "refus", "faits", "position", "essai", "essais", "duree_ms",
)  # fmt: skip
"""All that a line may say."""


def journaliser(lieu: Lieu, sortie: TextIO | None = None) -> None:
    """From now on, write one JSON line to ``sortie`` (stderr unless told) for each demand that ``lieu`` answers.

    ``sujets``: the tags of what it names. ``essais``: how many tries it took. ``duree_ms``: milliseconds, to the
    microsecond. ``position``: where the decision stands, ``null`` for a trial (``essai``).
    """
    logger = structlog.wrap_logger(
        structlog.WriteLogger(sortie or sys.stderr),
        processors=[
            structlog.processors.TimeStamper("iso", utc=True),
            admis,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        cache_logger_on_first_use=True,
    )

    def observe(reponse: Reponse, tries: int, nanoseconds: int) -> None:
        decision = reponse.decision
        logger.msg(
            "demande",
            commande=decision.commande,
            sujets=_subjects(lieu, reponse),
            verdict=reponse.verdict,
            refus=None if decision.motif is None else decision.motif.refus,
            faits=[fiche(fait).nom for fait in reponse.evenements],
            position=reponse.position,
            essai=reponse.essai,
            essais=tries,
            duree_ms=nanoseconds // 1_000 / 1_000,
        )

    lieu.handler.observe = observe


def admis(_: Any, __: str, said: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: only what is on the list, in its order."""
    return {name: said[name] for name in ADMIS if name in said}


def _subjects(lieu: Lieu, reponse: Reponse) -> list[str]:
    """The tags of what the demand and its facts name; a text that is no identifier is none."""
    cls = lieu.catalogue.demande(reponse.decision.commande).commande
    try:
        named = subjects(lieu.catalogue.codec.decode(reponse.decision.demande, cls))
    except DemandeInvalide:  # a log never makes a demand fail
        named = []
    tags = [*named, *(tag for fait in reponse.evenements for tag in subjects(fait))]
    return [tag for tag in dict.fromkeys(tags) if IDENTIFIANT.match(tag.partition(":")[2])]
