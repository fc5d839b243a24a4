"""The persons whom a history names: known by an address that the place already has, else registered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from whenever import Instant

from tierslieu_adapters.imports.reprise import Etape, Reprise
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.vocabulaire.identifiants import PersonneId


class Personnes:
    """Persons of one import. ``inscrites``: those whom the place knew before it."""

    def __init__(self, reprise: Reprise) -> None:
        self.reprise = reprise
        rows = reprise.lieu.registre("personnes") if reprise.lieu.livre.lieu is not None else []
        self.inscrites = {PersonneId(row.personne): PersonneId(row.reunie_a or row.personne) for row in rows}
        self.adresses = {
            address.strip().lower(): self.inscrites[PersonneId(row.personne)]
            for row in rows
            for address in (row.contact if isinstance(row.contact, str) else "").split(",")
            if "@" in address
        }
        self.a_inscrire: dict[PersonneId, tuple[InscrirePersonne, Instant, str]] = {}

    def opaque(self, qui: str) -> PersonneId:
        """An identifier that tells nothing of whom the source calls so, the same at each import here."""
        prefixe = self.reprise.source.prefixe
        return PersonneId(f"{prefixe}-p-{self.reprise.lieu.vault.digest(f'{prefixe}.personne {qui}'.encode())[:16]}")

    def trouver(self, un: PersonneId, nom: str, contact: str | None, quand: Instant, ou: str) -> PersonneId:
        """The person that the place knows so, or by one of these addresses; else ``un``, to be registered."""
        addresses = [a.strip().lower() for a in (contact or "").split(",") if "@" in a]
        known = self.inscrites.get(un) or next((self.adresses[a] for a in addresses if a in self.adresses), None)
        if known is None and un not in self.a_inscrire:
            self.a_inscrire[un] = InscrirePersonne(personne=un, nom=nom, contact=contact), quand, ou
        return known or un

    def etapes(self) -> Iterator[Etape]:
        """Those whom the place does not know yet."""
        for un, (inscrire, quand, ou) in self.a_inscrire.items():
            cle = f"{self.reprise.source.prefixe}.personne.{un}"
            yield partial(self.reprise.ranger, "personne", cle, inscrire, quand, ou)
