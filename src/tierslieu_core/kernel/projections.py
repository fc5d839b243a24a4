"""Read models are folds over the facts: a register is one, the names of things are another. They never decide."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs
from whenever import Date, Time

from tierslieu_core.kernel.clock import stamp
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.envelope import unwrap
from tierslieu_core.kernel.ports import Row, scan

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.declarations import Registre


MIDNIGHT = Time(0)


def end_of(day: Date, zone: str) -> str:
    """The instant at which a local day ends, as the journal writes instants."""
    if day == Date.MAX:
        return "9999-12-31T23:59:59.999Z"
    return stamp(day.next_day().at(MIDNIGHT).assume_tz(zone, disambiguation="compatible").to_instant())


def known_on(recorder: DCBRecorder, day: Date, zone: str) -> int:
    """The last position known on a local day: the longest prefix whose ``enregistre_le`` all lie within it.

    Clocks go back: so a fact stamped earlier than one before it is known no sooner than that one.
    """
    until, known = end_of(day, zone), 0
    for row in scan(recorder):
        if unwrap(row).enregistre_le >= until:
            break
        known = row.position
    return known


def rows_of(  # noqa: PLR0913 - each is a way to read
    catalogue: Catalogue,
    registre: Registre[Any],
    rows: Iterable[Row],
    *,
    au: Date | None = None,
    zone: str = "UTC",
    corriges: Container[str] = (),
) -> dict[Any, Any]:
    """A register's rows, folded from stored facts; ``au``: only facts that took effect by the end of that local day.

    ``corriges``: the identifiers of facts to leave out.
    """
    until = None if au is None else end_of(au, zone)
    lignes: dict[Any, Any] = {}
    tenir = registre.tenir
    for row in rows:
        fait, note = catalogue.read(row)
        if (until is None or note.survenu_le < until) and note.id not in corriges:
            tenir(lignes, fait, note)
    return lignes


def derived(registre: Registre[Any], lignes: dict[Any, Any], day: Date) -> list[Any]:
    """The rows as they read on a day."""
    return (
        list(lignes.values()) if registre.derive is None else [registre.derive(ligne, day) for ligne in lignes.values()]
    )


@attrs.define
class Incremental:
    """A register that follows its journal: ``catch_up`` folds only what is new. Always equals the fold from empty."""

    recorder: DCBRecorder
    catalogue: Catalogue
    registre: Registre[Any]
    position: int = 0
    lignes: dict[Any, Any] = attrs.Factory(dict)
    corriges: set[str] = attrs.Factory(set)

    def catch_up(self) -> dict[Any, Any]:
        """The rows, up to date; folded anew when a fact that they rest on was corrected."""
        for row in scan(self.recorder, self.catalogue.types((*self.registre.faits, FaitCorrige)), self.position):
            fait, note = self.catalogue.read(row)
            self.position = row.position
            if isinstance(fait, FaitCorrige):
                self.corriges.add(fait.fait)
                self._again()
            if isinstance(fait, self.registre.faits):
                self.registre.tenir(self.lignes, fait, note)
        return self.lignes

    def _again(self) -> None:
        """The rows as they are without what was corrected."""
        self.lignes.clear()
        rows = scan(self.recorder, self.catalogue.types(self.registre.faits), 0, self.position - 1)
        self.lignes.update(rows_of(self.catalogue, self.registre, rows, corriges=self.corriges))


def namings(catalogue: Catalogue, rows: Iterable[Row]) -> Iterator[tuple[str, str, Any]]:
    """Tag prefix, identifier and present name (sealed for a person) of everything that was named, the latest last."""
    by_type = {cls: prefix for prefix, i in catalogue.identifiants.items() for cls in i.nomme}
    for row in rows:
        fait = catalogue.fact(row)
        prefix = by_type[type(fait)]
        yield prefix, getattr(fait, prefix), fait.nom


def naming_types(catalogue: Catalogue) -> tuple[str, ...]:
    """The stored types that name things."""
    return catalogue.types(cls for i in catalogue.identifiants.values() for cls in i.nomme)


def selected(rows: Iterable[Any], filtre: Callable[[Any], bool] | None, tri: str | None) -> list[Any]:
    """Rows kept by a filter and sorted by a field (``-field``: the other way), empty values last."""
    kept = [r for r in rows if filtre is None or filtre(r)]
    if tri is None:
        return kept
    field = tri.removeprefix("-")
    some = [r for r in kept if getattr(r, field) is not None]
    try:
        some.sort(key=lambda r: getattr(r, field), reverse=tri != field)
    except TypeError:  # sealed beside open, or values that have no order of their own
        some.sort(key=lambda r: str(getattr(r, field)), reverse=tri != field)
    return [*some, *(r for r in kept if getattr(r, field) is None)]
