"""What an import did, told to the person who ran it."""

from __future__ import annotations

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
    """``verdicts``: reservations asked, by verdict. ``lignes``: what was left out or noted: ``fichier.csv:12``, why.

    ``indecidees``: reservations that could not be decided at all, each in ``lignes``. ``annulees``: accepted, then
    deleted at the source. ``fonde``: the name of the place, when this import founded it.
    """

    source: str
    essai: bool = False
    fonde: str = ""
    espaces: int = 0
    personnes: int = 0
    annulees: int = 0
    indecidees: int = 0
    verdicts: dict[str, int] = attrs.Factory(lambda: dict.fromkeys(_DITS, 0))
    lignes: list[tuple[str, str]] = attrs.Factory(list)

    def signaler(self, ou: str, pourquoi: str) -> None:
        """Note what was left out, or taken in a way that the reader should know."""
        self.lignes.append((ou, pourquoi))

    def indecidable(self, ou: str, pourquoi: str) -> None:
        """Note a reservation that cannot be decided."""
        self.indecidees += 1
        self.signaler(ou, pourquoi)

    def __str__(self) -> str:
        total = sum(self.verdicts.values())
        found = [compte(n, *_DITS[v]) for v, n in self.verdicts.items() if n]
        said = [f"Import {self.source}{' (essai : rien n’est enregistré)' if self.essai else ''}"]
        if self.fonde:
            said.append(f"Le lieu « {self.fonde} » est fondé.")
        said.append(f"{compte(self.espaces, 'espace')} et {compte(self.personnes, 'personne')} au registre.")
        said.append(f"{compte(total, 'demande décidée', 'demandes décidées')} : {liste(found) or 'aucune'}.")
        if self.annulees:
            s = "s" if self.annulees > 1 else ""
            said.append(f"{compte(self.annulees, 'réservation')} supprimée{s} à la source : annulée{s} de même.")
        if self.indecidees:
            impossible = compte(self.indecidees, "réservation impossible", "réservations impossibles")
            said.append(f"{impossible} à décider, chacune dite avec sa ligne.")
        others = len(self.lignes) - self.indecidees
        if others:
            said.append(f"{compte(others, 'autre remarque', 'autres remarques')} sur les fichiers.")
        return "\n".join(said)
