"""Kinds that judge nothing by themselves: they send a demand to somebody, or set what decisions go by (``Reglage``)."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree, positif
from tierslieu_core.kernel.decisions import Valeur, VerdictDeClause
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import duree
from tierslieu_core.vocabulaire.mesures import Mesures


@attrs.frozen(kw_only=True)
class Validation:
    """A use longer than so much (0: any) is for a body to approve within a delay, and what its silence means."""

    NOM: ClassVar[str] = "validation"
    par: str = champ("rôle de qui valide", default="coordination")
    delai_heures: int = champ("délai pour répondre", unite="heures", default=72)
    silence: Literal["refus", "accord"] = champ("ce que vaut le silence", default="refus")
    des_minutes: int = champ("à partir de cette durée", unite="minutes", default=0)

    def sur(self) -> str:
        return self.par

    def mesure(self, m: Mesures) -> Mesuree | None:
        if m.periode is None or m.renouvellements is not None:
            return None
        return Mesuree(m.periode.minutes())

    def juge(self, valeur: Valeur) -> VerdictDeClause:
        return "satisfaite" if isinstance(valeur, int) and valeur < self.des_minutes else "a_valider"

    def limite(self) -> Valeur:
        return self.des_minutes

    def phrase(self) -> str:
        seuil = f"à partir de {duree(self.des_minutes)}, " if self.des_minutes else ""
        silence = "vaut accord" if self.silence == "accord" else "vaut refus"
        delai = duree(self.delai_heures * 60)
        return f"{seuil}validation par {self.par} sous {delai} ; passé ce délai, le silence {silence}"

    def refus(self, _: Valeur, __: str) -> str:
        return f"{self.phrase()}. La demande attend cette réponse."

    def fautes(self) -> list[tuple[str, str]]:
        role = [] if self.par else [("genre.par", "le rôle de qui valide, comme « coordination »")]
        return [
            *role,
            *positif("genre.delai_heures", self.delai_heures),
            *positif("genre.des_minutes", self.des_minutes, 0),
        ]
