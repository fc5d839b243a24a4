"""Where the vault keeps its wrapped keys: what it asks of such a store, and the one in memory.

Nothing here is secret by itself: keys come wrapped, names come as keyed fingerprints.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final, Protocol

import attrs

from tierslieu_core.kernel.errors import ErreurTiersLieu

DETRUITE: Final = b""
"""What remains of a wrapped key, for ever, once it was destroyed."""


class CoffreIllisible(ErreurTiersLieu):
    """The vault's file cannot be used: not a vault, locked, read-only, or its disk is full."""


class EtatCle(StrEnum):
    """What became of a data key that the vault has had."""

    ACTIVE = "active"
    DETRUITE = "détruite"


@attrs.frozen
class Oubli:
    """What one act of forgetting destroyed: the keys of these retention classes, and so many search entries."""

    personne: str
    conservations: tuple[str, ...]
    entrees: int


class Magasin(Protocol):
    """A store of wrapped keys. What a method wrote is durable when it returns; forgetting is never undone."""

    def garder(self, nom: str, valeur: bytes) -> bytes:
        """What is kept under ``nom``: ``valeur``, unless something was before."""
        ...

    def cle(self, personne: str, conservation: str, version: int) -> bytes | None:
        """The wrapped key; ``None``: never had; ``DETRUITE``: destroyed, as is any key of a forgotten person."""
        ...

    def ajouter_cle(self, personne: str, conservation: str, version: int, boite: bytes) -> bytes:
        """``cle``, after ``boite`` was added where there was none and the person is not forgotten."""
        ...

    def etats(self, personne: str) -> dict[str, EtatCle]:
        """By retention class, in order; a class that never had a key is not there."""
        ...

    def oublier(self, personne: str) -> Oubli:
        """Destroy the person's keys and search entries without a trace, and never again accept any."""
        ...

    def indexer(self, personne: str, empreintes: Collection[bytes]) -> bool:
        """Let ``personne`` be found by these fingerprints; ``False``, and nothing done, if forgotten."""
        ...

    def chercher(self, empreintes: Collection[bytes]) -> list[str]:
        """The persons who have every one of these distinct fingerprints, in order."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...


class MagasinMemoire:
    """A store that lasts as long as its process: for trials and tests."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self._keys: dict[str, dict[tuple[str, int], bytes]] = {}
        self._index: dict[str, set[bytes]] = {}
        self._forgotten: set[str] = set()

    def garder(self, nom: str, valeur: bytes) -> bytes:
        """See ``Magasin``."""
        return self._kept.setdefault(nom, valeur)

    def cle(self, personne: str, conservation: str, version: int) -> bytes | None:
        """See ``Magasin``."""
        if personne in self._forgotten:
            return DETRUITE
        return self._keys.get(personne, {}).get((conservation, version))

    def ajouter_cle(self, personne: str, conservation: str, version: int, boite: bytes) -> bytes:
        """See ``Magasin``."""
        if personne in self._forgotten:
            return DETRUITE
        return self._keys.setdefault(personne, {}).setdefault((conservation, version), boite)

    def etats(self, personne: str) -> dict[str, EtatCle]:
        """See ``Magasin``."""
        etat = EtatCle.DETRUITE if personne in self._forgotten else EtatCle.ACTIVE
        return dict.fromkeys(sorted({conservation for conservation, _ in self._keys.get(personne, {})}), etat)

    def oublier(self, personne: str) -> Oubli:
        """See ``Magasin``."""
        self._forgotten.add(personne)
        keys = self._keys.get(personne, {})
        destroyed = sorted({conservation for (conservation, _), boite in keys.items() if boite != DETRUITE})
        keys.update(dict.fromkeys(keys, DETRUITE))
        return Oubli(personne, tuple(destroyed), len(self._index.pop(personne, ())))

    def indexer(self, personne: str, empreintes: Collection[bytes]) -> bool:
        """See ``Magasin``."""
        if personne in self._forgotten:
            return False
        self._index.setdefault(personne, set()).update(empreintes)
        return True

    def chercher(self, empreintes: Collection[bytes]) -> list[str]:
        """See ``Magasin``."""
        return sorted(personne for personne, connues in list(self._index.items()) if connues.issuperset(empreintes))

    def close(self) -> None:
        """See ``Magasin``."""
