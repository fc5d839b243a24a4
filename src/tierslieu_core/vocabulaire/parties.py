"""Parties: what a kit is made of, named and counted; what is missing of it, what was used up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs


@attrs.frozen(kw_only=True)
class Partie:
    """So many of one named thing: ``mèche de 8`` × 3."""

    nom: str
    nombre: int = 1

    def __str__(self) -> str:
        return self.nom if self.nombre == 1 else f"{self.nom} × {self.nombre}"


Parties = tuple[Partie, ...]


def compte_de(parties: Iterable[Partie]) -> Counter[str]:
    """How many there are of each."""
    found: Counter[str] = Counter()
    for partie in parties:
        found[partie.nom] += partie.nombre
    return found


def parties_de(compte: Counter[str]) -> Parties:
    """Those of which there is at least one."""
    return tuple(Partie(nom=nom, nombre=n) for nom, n in compte.items() if n > 0)


def ajoutees(parties: Parties, autres: Parties) -> Parties:
    """Both together."""
    return parties_de(compte_de((*parties, *autres)))


def otees(parties: Parties, enlevees: Parties) -> Parties:
    """What remains of ``parties`` without those."""
    compte = compte_de(parties)
    compte.subtract(compte_de(enlevees))
    return parties_de(compte)


def fautes(champ: str, parties: Parties) -> list[tuple[str, str]]:
    """Parts without a name, or none of them."""
    return [
        (f"{champ}.{n}", "un nom et un nombre de 1 au moins")
        for n, p in enumerate(parties)
        if not p.nom or p.nombre < 1
    ]
