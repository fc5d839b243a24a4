"""What an import did, told to the person who ran it."""

from __future__ import annotations

from collections import Counter
from typing import Final

import attrs

from tierslieu_core.vocabulaire.francais import compte, liste

_DITS: Final = {
    "accord": ("accordée", "accordées"),
    "refus": ("refusée", "refusées"),
    "sans_objet": ("déjà ainsi", "déjà ainsi"),
    "a_valider": ("à valider", "à valider"),
}


@attrs.define
class Rapport:
    """``verdicts``: what was asked, by verdict; ``refus``: where and why, of each that was not accepted.

    ``lignes``: what was left out or noted: ``fichier.csv:12``, why. ``indecidees``: demands that could not be decided
    at all, each in ``lignes``. ``deja``: how many of ``verdicts`` an earlier import had asked already.
    ``annulees``, ``deplacees``: accepted, then deleted or moved at the source.
    ``ranges``: what the place now knows, by kind. ``fonde``: the name of the place, when this import founded it.
    ``chose``: what is asked.
    """

    source: str
    essai: bool = False
    chose: str = "réservation"
    fonde: str = ""
    annulees: int = 0
    deplacees: int = 0
    indecidees: int = 0
    deja: int = 0
    ranges: Counter[str] = attrs.Factory(Counter)
    verdicts: dict[str, int] = attrs.Factory(lambda: dict.fromkeys(_DITS, 0))
    refus: list[tuple[str, str]] = attrs.Factory(list)
    lignes: list[tuple[str, str]] = attrs.Factory(list)

    @property
    def espaces(self) -> int:
        """Spaces that the place now knows from the source."""
        return self.ranges["espace"]

    @property
    def personnes(self) -> int:
        """Persons that the place now knows from the source."""
        return self.ranges["personne"]

    def signaler(self, ou: str, pourquoi: str) -> None:
        """Note what was left out, or taken in a way that the reader should know."""
        self.lignes.append((ou, pourquoi))

    def indecidable(self, ou: str, pourquoi: str) -> None:
        """Note a demand that cannot be decided."""
        self.indecidees += 1
        self.signaler(ou, pourquoi)

    def __str__(self) -> str:
        total = sum(self.verdicts.values())
        found = [compte(n, *_DITS[v]) for v, n in self.verdicts.items() if n]
        said = [f"Import {self.source}" + (" (essai : rien n'est enregistré)" if self.essai else "")]
        if self.fonde:
            said.append(f"Le lieu « {self.fonde} » est fondé.")
        if self.ranges:
            said.append(f"Au registre : {liste([compte(n, quoi) for quoi, n in self.ranges.items()])}.")
        said.append(f"{compte(total, 'demande décidée', 'demandes décidées')} : {liste(found) or 'aucune'}.")
        if self.deja:
            was = compte(self.deja, "déjà importée", "déjà importées")
            said.append(f"Dont {was} auparavant, et {compte(total - self.deja, 'nouvelle')}.")
        if self.annulees:
            s = "s" if self.annulees > 1 else ""
            said.append(f"{compte(self.annulees, 'réservation')} supprimée{s} à la source : annulée{s} de même.")
        if self.deplacees:
            s = "s" if self.deplacees > 1 else ""
            said.append(f"{compte(self.deplacees, 'réservation')} déplacée{s} à la source : déplacée{s} de même.")
        if self.indecidees:
            impossible = compte(self.indecidees, f"{self.chose} impossible", f"{self.chose}s impossibles")
            said.append(f"{impossible} à décider ; le pourquoi est dit à sa ligne.")
        others = len(self.lignes) - self.indecidees
        if others:
            said.append(f"{compte(others, 'autre remarque', 'autres remarques')} sur les fichiers.")
        return "\n".join(said)
