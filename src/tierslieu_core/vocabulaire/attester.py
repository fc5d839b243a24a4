"""Attester: the one thing that crosses from the money to the place, and the form that keeps amounts from crossing."""

from __future__ import annotations

import re

from whenever import Date

NATURE = re.compile(r"[a-z]+(-[a-z]+)*\Z")
SANS_CHIFFRE = "des lettres sans accent et des tirets, aucun chiffre : une attestation ne dit jamais combien"


def fautes_d_attestation(nature: str, jusqu_au: Date | None, *, valable: bool) -> list[tuple[str, str]]:
    """Why this cannot be attested: one word, yes or no, and a date for a yes alone."""
    found = [] if NATURE.match(nature) else [("nature", SANS_CHIFFRE)]
    if not valable and jusqu_au is not None:
        found.append(("jusqu_au", "un « non » vaut jusqu'à nouvel ordre : il ne porte pas de date"))
    return found
