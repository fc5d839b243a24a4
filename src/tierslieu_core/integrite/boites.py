"""Sealed boxes: AES-256-GCM with names as associated data, so that no box opens in another's place.

The form is stored for ever, hence never to be changed: a box is its nonce (12 random bytes), then ciphertext and tag.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE: Final = 12


def aesgcm(key: bytes) -> AESGCM:
    """The cipher of a key of 32 bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - 11 ms, so only when something is sealed

    return AESGCM(key)


def names(*parts: str) -> bytes:
    """Associated data: each part after its length, so that no two lists of parts give the same bytes."""
    encoded = [part.encode() for part in parts]
    return b"".join([len(part).to_bytes(4, "big") + part for part in encoded])


def encrypt(cipher: AESGCM, clear: bytes, bound_to: bytes) -> bytes:
    """A new box, which only opens with the same names."""
    nonce = os.urandom(_NONCE)
    return nonce + cipher.encrypt(nonce, clear, bound_to)


def decrypt(cipher: AESGCM, box: bytes, bound_to: bytes) -> bytes | None:
    """What the box holds; ``None`` when anything of it, of its key or of its names is not as it was."""
    try:
        return cipher.decrypt(box[:_NONCE], box[_NONCE:], bound_to)
    except _refusals():
        return None


def as_text(box: bytes) -> str:
    """The box in base64."""
    return b64encode(box).decode()


def from_text(text: str) -> bytes:
    """The same box, and an empty one (which never opens) for anything that ``as_text`` would not have written."""
    try:
        box = b64decode(text)
    except ValueError:
        return b""
    return box if as_text(box) == text else b""


def _refusals() -> tuple[type[Exception], ...]:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - only on an error's path

    return InvalidTag, ValueError  # ValueError: too short to hold a nonce
