"""Empreinte: what a file's content is known by, and found again by; the journal never holds the content itself."""

from __future__ import annotations

import re
from hashlib import sha256

EMPREINTE = re.compile(r"[0-9a-f]{64}\Z")


class Empreinte:
    """The SHA-256 of some bytes, in 64 hexadecimal digits."""

    __slots__ = ("hexa",)
    hexa: str

    def __init__(self, hexa: str) -> None:
        self.hexa = hexa

    @classmethod
    def depuis_texte(cls, texte: str) -> Empreinte:
        """From its digits; ``ValueError`` with the way out when they are not those of one."""
        if not EMPREINTE.match(texte):
            msg = f"une empreinte SHA-256 attendue (64 chiffres hexadécimaux), reçu {texte!r}"
            raise ValueError(msg)
        return cls(texte)

    @classmethod
    def de(cls, contenu: bytes) -> Empreinte:
        """That of a content."""
        return cls(sha256(contenu).hexdigest())

    def __str__(self) -> str:
        return self.hexa

    def __repr__(self) -> str:
        return f"Empreinte({self.hexa!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Empreinte) and self.hexa == other.hexa

    def __hash__(self) -> int:
        return hash(self.hexa)
