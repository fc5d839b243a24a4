"""What a place sets of its upkeep: a setting, which judges nothing and which due dates go by."""

from __future__ import annotations

from typing import ClassVar

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage, positif
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte


@attrs.frozen(kw_only=True)
class DelaiIncident(Reglage):
    """How soon somebody must see to what was reported, as bad as it is."""

    NOM: ClassVar[str] = "delai_incident"
    danger_jours: int = champ("un danger, au bout de", unite="jours", default=0)
    panne_jours: int = champ("une panne, au bout de", unite="jours", default=3)
    gene_jours: int = champ("une gêne, au bout de", unite="jours", default=15)

    def jours(self, gravite: str) -> int:
        """How many days, for that much."""
        return {"danger": self.danger_jours, "panne": self.panne_jours, "gêne": self.gene_jours}[gravite]

    def phrase(self) -> str:
        danger, panne, gene = (compte(n, "jour") for n in (self.danger_jours, self.panne_jours, self.gene_jours))
        return f"un danger se prend en charge sous {danger}, une panne sous {panne}, une gêne sous {gene}"

    def fautes(self) -> list[tuple[str, str]]:
        delais = {"danger": self.danger_jours, "panne": self.panne_jours, "gene": self.gene_jours}
        return [f for nom, n in delais.items() for f in positif(f"genre.{nom}_jours", n, 0)]
