"""Trying an import: the same demands on a copy of the journal in memory, so that nothing is recorded anywhere."""

from __future__ import annotations

from tierslieu_core.kernel import plugins
from tierslieu_core.kernel.personal import Efface, Scelle
from tierslieu_core.kernel.ports import Vault
from tierslieu_core.lieu import Lieu


def copie(lieu: Lieu) -> Lieu:
    """The same place in memory; what happens there is forgotten, names included."""
    recorder, _ = plugins.one("tierslieu.stores", "memory", "Type de journal")("memory:")
    events = [found.event for found in lieu.recorder.read()]
    if events:
        recorder.append(events)
    return Lieu(recorder, CoffreDEssai(lieu.vault), lieu.catalogue, lieu.horloge)


class CoffreDEssai:
    """A vault that opens what the place's vault opens, and keeps nothing: no key is made for somebody merely tried."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def digest(self, content: bytes) -> str:
        """The place's own: a key that already answered must be recognised."""
        return self._vault.digest(content)

    def seal(self, text: str, *, person: str, retention: str, key: str, field: str) -> Scelle:  # noqa: ARG002 - as in Vault
        """An empty box: the trial needs no more."""
        return Scelle(person, retention, 1, key, field, "")

    def open(self, sealed: Scelle) -> str | Efface | Scelle:
        """As the place's vault opens it."""
        return self._vault.open(sealed) if sealed.boite else sealed

    def index(self, person: str, text: str) -> None:
        """Nobody is indexed."""

    def search(self, text: str) -> list[str]:
        """As the place's vault finds them."""
        return self._vault.search(text)
