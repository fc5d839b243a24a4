"""What a place sets of its items and loans: settings, which judge nothing and which decisions go by."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage, positif
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte


@attrs.frozen(kw_only=True)
class RemiseEnEtat(Reglage):
    """So many days to clean and check an item that comes back, before it is lent again."""

    NOM: ClassVar[str] = "remise_en_etat"
    jours: int = champ("jours de remise en état", unite="jours")

    def phrase(self) -> str:
        return f"{compte(self.jours, 'jour')} de remise en état après un retour"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.jours", self.jours, 0)


@attrs.frozen(kw_only=True)
class KitComplet(Reglage):
    """Whether an incomplete kit stays in the place; where nothing is set, it is lent, and what misses is noted."""

    NOM: ClassVar[str] = "kit_complet"
    exige: bool = champ("un lot incomplet ne se prête pas", default=True)

    def phrase(self) -> str:
        return "un lot ne se prête que complet" if self.exige else "un lot incomplet se prête"


@attrs.frozen(kw_only=True)
class Reparation(Reglage):
    """How long an item that is found broken is out of service, and from which state on."""

    NOM: ClassVar[str] = "reparation"
    jours: int = champ("jours hors service", unite="jours", default=15)
    des: Literal["abîmé", "en panne"] = champ("à partir de quel état", default="en panne")

    def phrase(self) -> str:
        return f"hors service {compte(self.jours, 'jour')}, dès que l'état constaté est « {self.des} »"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.jours", self.jours)
