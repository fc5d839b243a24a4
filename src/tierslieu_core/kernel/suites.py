"""What facts lead to: further demands, each with a key derived from the fact's, so that it is asked exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tierslieu_core.kernel.edge import CLE

if TYPE_CHECKING:
    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.declarations import Note


ECHEANCE = "echeance."
"""How the key of a demand that answers what falls due begins."""
PARTS = 4


def following(catalogue: Catalogue, fait: Any, note: Note) -> Iterator[tuple[str, Any]]:
    """Key and command of each demand that a fact leads to; ``note``: what the journal says around it."""
    cle, _, n = note.id.rpartition("/")
    for suite in catalogue.suites.get(type(fait), ()):
        for i, commande in enumerate(suite.demander(fait, note) if suite.notes else suite.demander(fait)):
            yield key_of(cle, int(n), suite.nom, i), commande


def key_of(cle: str, fait: int, suite: str, rang: int) -> str:
    """The key of the demand of that rank that a suite asks after the fact number ``fait`` of the demand ``cle``."""
    return suite_key(f"{cle}.{fait}.{suite}.{rang}")


def reserved(catalogue: Catalogue, cle: str) -> bool:
    """Whether a key is of those that the place derives: nobody may take one in advance."""
    if cle.startswith(("suite.", ECHEANCE)):
        return True
    parts = cle.rsplit(".", 3)
    if len(parts) < PARTS or not (parts[1].isdigit() and parts[3].isdigit()):
        return False
    return any(suite.nom == parts[2] for suites in catalogue.suites.values() for suite in suites)


def suite_key(said: str) -> str:
    """The key of a suite from the key, fact and suite that it follows: its digest when that is too long for a key."""
    return said if CLE.match(said) else f"suite.{sha256(said.encode()).hexdigest()[:40]}"
