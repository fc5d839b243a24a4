"""Words by which a person is found, in the form in which they are compared: without case, accents or ligatures."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 40
"""Letters of a word that count: what one word lets into the index stays bounded."""

_SHORTEST = 2
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})  # Unicode does not take these apart
_WORD: Final = re.compile(r"[^\W_]+")


def words(text: str) -> set[str]:
    """The words of two letters or more."""
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join([letter for letter in flat if not unicodedata.combining(letter)]).translate(_LIGATURES)
    return {word[:LONGEST] for word in _WORD.findall(bare) if len(word) >= _SHORTEST}


def prefixes(text: str) -> set[str]:
    """All that can be typed to find one of these words: its beginnings of two letters or more."""
    return {word[:n] for word in words(text) for n in range(_SHORTEST, len(word) + 1)}
