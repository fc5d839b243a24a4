"""One run of the program: which place, opened when first needed, and where to write."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from tierslieu_adapters.cli.screen import Screen
from tierslieu_core.kernel.errors import JournalIllisible, LieuNonFonde

if TYPE_CHECKING:
    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.lieu import Lieu

LIEU = "TIERSLIEU_LIEU"
PAR = "TIERSLIEU_PAR"
TECHNIQUE = "TIERSLIEU_JOURNAL_TECHNIQUE"
DEFAUT = "lieu.db"


@attrs.define(slots=False)
class Session:
    """``asked``: the address given by ``--lieu``, if any; ``technique``: one JSON line per demand on stderr.

    ``finances``: it is the journal of the finance body, not of the place.
    """

    asked: str | None = None
    technique: bool = False
    finances: bool = False
    screen: Screen = attrs.Factory(Screen)
    _place: Lieu | None = None

    @property
    def url(self) -> str:
        """Where the journal is: what was asked, else the environment, else ``lieu.db`` here."""
        return self.asked or os.environ.get(LIEU) or DEFAUT

    @cached_property
    def catalogue(self) -> Catalogue:
        """All that the installed areas declare."""
        from tierslieu_core.lieu import catalogue_finances, catalogue_of  # noqa: PLC0415 - loading every area costs a tenth of a second

        return catalogue_finances() if self.finances else catalogue_of()

    def place(self, *, creer: bool = False) -> Lieu:
        """The place; a journal that is not there is made only when ``creer`` says so."""
        if self._place is None:
            from tierslieu_core.lieu import ouvrir  # noqa: PLC0415 - as above

            if not creer and self.missing():
                raise JournalIllisible(
                    f"Aucun journal à « {self.url} ». Donnez le bon chemin (tierslieu --lieu quai.db …, ou la variable"
                    f" {LIEU}), ou fondez d'abord le lieu :\n  tierslieu --lieu {self.url} init"
                )
            self._place = ouvrir(self.url, creer=creer, catalogue=self.catalogue)
            if self.technique or os.environ.get(TECHNIQUE):
                from tierslieu_adapters.logs import journaliser  # noqa: PLC0415 - only when asked

                journaliser(self._place)
        return self._place

    def founded(self) -> Lieu:
        """The place, which exists and was founded: what every reading needs."""
        place = self.place()
        if not place.livre.zone:
            raise LieuNonFonde(
                f"Le journal « {self.url} » est vide : fondez d'abord le lieu :\n  tierslieu --lieu {self.url} init"
            )
        return place

    def close(self) -> None:
        """Close what was opened."""
        if self._place is not None:
            self._place.fermer()

    def missing(self) -> bool:
        """Whether the address is that of a file that is not there; other kinds of journals say so themselves."""
        path = self.path()
        return path is not None and bool(path) and not os.path.exists(path)  # noqa: PTH110 - pathlib is slower to load

    def path(self) -> str | None:
        """The journal's file, when it is one."""
        scheme, sep, _ = self.url.partition(":")
        if sep and len(scheme) > 1 and scheme != "sqlite":
            return None
        return self.url.removeprefix("sqlite:///")
