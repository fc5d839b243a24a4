"""Source: which body made a rule, on which day, in which document; and what it decided of what was already booked."""

from __future__ import annotations

from typing import Literal

import attrs
from whenever import Date

from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import date, liste

Deja = Literal["gardees", "revues", "annulees"]
"""What was already booked for days on which the rule is in effect: kept, looked at by a person, or cancelled."""


@attrs.frozen(kw_only=True)
class Source:
    """The human decision behind a rule version; empty: whoever recorded it, that day."""

    organe: str = champ("qui l'a décidée (assemblée, conseil, conciergerie)", default="")
    le: Date | None = champ("quel jour", default=None)  # noqa: RUF009 - champ() is an attrs field
    document: str = champ("où c'est écrit (procès-verbal, page, référence)", default="")
    articles: tuple[str, ...] = champ("articles du règlement qu'elle applique", default=())

    def phrase(self) -> str:
        """In words; empty when nothing is said."""
        article = f"article {liste(self.articles)}" if self.articles else ""
        dits = (article, self.organe, f"le {date(self.le)}" if self.le else "", self.document)
        return ", ".join(d for d in dits if d)


DE_CE_JOUR = Source()
