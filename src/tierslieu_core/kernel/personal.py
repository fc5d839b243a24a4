"""Personal values: clear in a demand, sealed at the edge, opaque ever after."""

from __future__ import annotations

import attrs


@attrs.frozen
class Scelle:
    """A personal value as the journal holds it: ciphertext, and what names the key that opens it.

    ``boite`` is base64 of nonce and AES-256-GCM ciphertext; the other fields are its associated data.
    """

    personne: str
    conservation: str
    version: int
    cle: str
    champ: str
    boite: str


@attrs.frozen
class Efface:
    """What remains of a personal value once its person was forgotten."""

    personne: str
    conservation: str


Personnel = str | Scelle
"""The type of a personal field: text in a demand, ``Scelle`` in every fact."""
