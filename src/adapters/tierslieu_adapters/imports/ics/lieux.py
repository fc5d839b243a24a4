"""Whom and what a calendar names: its places become spaces, who organises becomes a person, unless already known."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from whenever import Instant

from tierslieu_adapters.imports.ics.occurrences import Occurrence
from tierslieu_adapters.imports.identifiants import lisible
from tierslieu_adapters.imports.personnes import Personnes
from tierslieu_adapters.imports.reprise import Etape, Reprise
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId


class Lieux:
    """Spaces and persons of one import. ``defaut``: the space of events that tell no place."""

    def __init__(self, reprise: Reprise, defaut: str, seul: EspaceId | None) -> None:
        self.reprise, self.defaut, self.seul = reprise, defaut, seul
        fonde = reprise.lieu.livre.lieu is not None
        rows = reprise.lieu.registre("espaces") if fonde else []
        self.connus = {lisible(row.nom): EspaceId(row.espace) for row in rows}
        self.connus |= {row.espace: EspaceId(row.espace) for row in rows}
        if seul is not None and seul not in self.connus:
            known = ", ".join(sorted(row.espace for row in rows)) or "aucun"
            raise DemandeInvalide(f"L'espace « {seul} » n'existe pas. Espaces du lieu : {known}.")
        self.personnes = Personnes(reprise)
        self.a_ouvrir: dict[EspaceId, tuple[str, Instant, str]] = {}

    def espace(self, o: Occurrence) -> EspaceId:
        """Where it takes place: a space of that name, to be opened if there is none. A link is no place."""
        if self.seul is not None:
            return self.seul
        said = o.lieu if o.lieu and "://" not in o.lieu and "@" not in o.lieu else self.defaut
        un = lisible(said)
        if un not in self.connus:
            self.connus[un] = EspaceId(un)
            self.a_ouvrir[EspaceId(un)] = said, o.demandee_le or o.debut, o.ou
        return self.connus[un]

    def personne(self, o: Occurrence) -> PersonneId:
        """For whom: who organises it, known by address; else whoever imports."""
        if o.qui is None:
            return PersonneId(self.reprise.par)
        address, nom = o.qui
        un = self.personnes.opaque(address)
        return self.personnes.trouver(un, nom or address, address, o.demandee_le or o.debut, o.ou)

    def etapes(self) -> Iterator[Etape]:
        """What the place does not know yet."""
        ranger = self.reprise.ranger
        for espace, (nom, quand, ou) in self.a_ouvrir.items():
            yield partial(ranger, "espace", f"ics.espace.{espace}", OuvrirEspace(espace=espace, nom=nom), quand, ou)
        yield from self.personnes.etapes()
