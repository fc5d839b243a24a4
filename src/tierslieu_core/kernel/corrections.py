"""A mistaken fact stays in the journal; a later one cites it, and from then on nothing rests on it any more."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from tierslieu_core.kernel.decisions import CADRE
from tierslieu_core.kernel.declarations import Note, champ, evenement, personnel
from tierslieu_core.kernel.personal import Personnel

Read = tuple[Any, Note]
"""A fact, and what the journal says around it."""


@evenement("corrections.FaitCorrige", "Une erreur est corrigée : « {fait} » ne compte plus ; {motif}")
class FaitCorrige:
    """``fait``: the identifier of the mistaken fact; ``nature``: its name; ``sujet``: the tag of what it is about."""

    fait: str = champ(dit="fait")
    nature: str
    sujet: str
    motif: Personnel = personnel(qui="par", conservation="correction")

    def etiquettes(self) -> Iterable[str]:
        """The rulebook's, which every decision reads: so every later one knows; and its subject's."""
        return CADRE, self.sujet


def standing(read: Iterable[Read], corriges: Container[str]) -> Iterator[Read]:
    """Those facts that no later one has corrected."""
    return (one for one in read if one[1].id not in corriges)
