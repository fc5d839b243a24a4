"""Spaces: linked and unlinked, closed and opened again, with a fate for what was booked."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.moyens.espaces import (
    CorrigerEspace,
    DelierEspaces,
    FermerEspace,
    LierEspaces,
    RouvrirEspace,
)
from tierslieu_core.testing.machines.commun import A_SPACE, SORT, Living
from tierslieu_core.vocabulaire.identifiants import EspaceId

KIND: Any = st.sampled_from(["contient", "contient", "voisin"])


class Spaces(Living):
    """See the module."""

    @initialize(links=st.lists(st.tuples(A_SPACE, A_SPACE, KIND), max_size=3))
    def furnish(self, links: list[tuple[EspaceId, EspaceId, Any]]) -> None:
        """Some walls open, some floors have rooms."""
        for one, other, kind in links:
            self.link(one, other, kind, 0, "revoir", undo=False)

    @rule(one=A_SPACE, other=A_SPACE, kind=KIND, wait=st.integers(0, 2), sort=SORT, undo=st.booleans())
    def link(self, one: EspaceId, other: EspaceId, kind: Any, wait: int, sort: Any, undo: bool) -> None:  # noqa: FBT001, PLR0913, PLR0917 - drawn
        """Linked, or no longer, from a day."""
        day = self.today.add(days=wait)
        if one != other and undo:
            self.ask(DelierEspaces(espace=one, avec=other, le=day))
        elif one != other:
            self.ask(LierEspaces(espace=one, avec=other, nature=kind, du=day, sort=sort))

    @rule(one=A_SPACE, wait=st.integers(0, 2), days=st.integers(0, 1), sort=SORT, what=st.integers(0, 4))
    def close(self, one: EspaceId, wait: int, days: int, sort: Any, what: int) -> None:
        """Closed for some days; opened again; or the last that was said was a mistake."""
        first = self.today.add(days=wait)
        if what == 0:
            self.ask(CorrigerEspace(espace=one, motif="m"))
        elif what == 1:
            self.ask(FermerEspace(espace=one, du=first, au=first.add(days=days), motif="travaux", sort=sort))
        else:
            self.ask(RouvrirEspace(espace=one, le=first))
