"""Ce qui se transmet: what each area tells whoever takes the place over; read from the registers, never recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.handed_on import Rubrique, Transmission
from tierslieu_core.kernel.oracle import Oracle
from tierslieu_core.kernel.sentences import filled

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu


@attrs.frozen
class Transmise:
    """One thing that an area hands on, said: what of (``titre``), from which register, and its sentences."""

    rubrique: Rubrique
    domaine: str
    titre: str
    registre: str
    phrases: tuple[str, ...]


def transmissions(lieu: Lieu) -> list[Transmise]:
    """What there is to hand on today, in the order of the areas; of some, nothing, which is worth knowing too."""
    now = lieu.horloge()
    x = Contexte(now, now, par="", cle="", livre=lieu.livre, oracle=Oracle(lieu.handler.source))
    return [
        Transmise(une.rubrique, domaine.titre, une.titre, une.registre, _phrases(lieu, une, x))
        for domaine in lieu.catalogue.domaines
        for une in domaine.transmissions
    ]


def _phrases(lieu: Lieu, une: Transmission, x: Contexte) -> tuple[str, ...]:
    speaker = lieu.speaker()
    gardees = (ligne for ligne in lieu.registre(une.registre) if une.garde(ligne, x))
    return tuple(filled(une.phrase, speaker.fields(ligne)) for ligne in gardees)
