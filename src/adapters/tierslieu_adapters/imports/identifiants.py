"""Identifiers made of what a source says: readable where that tells nothing of anyone, else a digest."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final
from unicodedata import normalize

LONGUEUR: Final = 60
_AUTRES = re.compile(r"[^a-z0-9]+")


def lisible(texte: str, prefixe: str = "") -> str:
    """``Salle verte, 2e étage`` as ``salle-verte-2e-etage``; a digest of what has no Latin letter or is too long."""
    bare = normalize("NFKD", normalize("NFKD", texte).casefold()).encode("ascii", "ignore").decode()
    plain = _AUTRES.sub("-", bare).strip("-")
    if not plain or len(plain) > LONGUEUR:
        plain = f"{plain[: LONGUEUR - 9].strip('-')}-{empreinte(texte, longueur=8)}".strip("-")
    return f"{prefixe}{plain}"


def empreinte(*dits: str, longueur: int) -> str:
    """The first hexadecimal digits of what these texts make together."""
    return sha256("\x1f".join(dits).encode()).hexdigest()[:longueur]
