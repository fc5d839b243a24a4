"""The setting of appeals: before whom, within what delay, and whether the sanction waits for the answer."""

from __future__ import annotations

from typing import ClassVar

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage, positif
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte


@attrs.frozen(kw_only=True)
class Recours(Reglage):
    """Whoever may contest a decision does so before this body. Its scope: the action judged, else the command's name.

    ``autrui``: whoever took the decision never answers alone. ``redemander_jours``: how long a refusal that the body
    overturns may be asked again, when the day of use is past.
    """

    NOM: ClassVar[str] = "recours"
    organe: str = champ("mandat de qui répond", default="coordination")
    delai_jours: int = champ("délai pour former un recours", unite="jours", default=30)
    suspensif: bool = champ("une sanction attend la réponse pour prendre effet", default=False)
    autrui: bool = champ("jamais tranché par qui a pris la décision", default=True)
    redemander_jours: int = champ("délai pour redemander ce qui fut refusé à tort", unite="jours", default=30)

    def phrase(self) -> str:
        delai = compte(self.delai_jours, "jour")
        effet = ", qui suspend une sanction" if self.suspensif else ""
        autrui = " ; qui a pris la décision n'y répond pas" if self.autrui else ""
        return f"recours auprès de {self.organe} sous {delai}{effet}{autrui}"

    def fautes(self) -> list[tuple[str, str]]:
        organe = [] if self.organe else [("genre.organe", "le mandat de qui répond, comme « coordination »")]
        delais = [("genre.delai_jours", self.delai_jours), ("genre.redemander_jours", self.redemander_jours)]
        return [*organe, *(f for nom, n in delais for f in positif(nom, n))]
