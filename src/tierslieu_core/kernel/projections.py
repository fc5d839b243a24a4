"""Read models are folds over the facts: a register is one, the names of things are another. They never decide."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs
from whenever import Date, Instant, Time, ZonedDateTime

from tierslieu_core.kernel.clock import stamp
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.envelope import unwrap
from tierslieu_core.kernel.ports import Row, scan

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.declarations import Registre


MIDNIGHT, LAST = Time(0), Time.MAX
Filtre = Callable[[Any], bool] | Mapping[str, Any] | None
"""Which rows of a register: those that a predicate keeps, or whose fields have these values; ``None``: all."""


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


def read_at(day: Date | None, now: Instant, zone: str) -> ZonedDateTime:
    """The hour of the place at which rows are read: now; of another day, its last."""
    here = now.to_tz(zone)
    if day is None or day == here.date():
        return here
    return day.at(LAST).assume_tz(zone, disambiguation="later")


def derived(registre: Registre[Any], lignes: Iterable[Any], at: ZonedDateTime) -> list[Any]:
    """Rows as they read at an hour of the place, or all that day where only the day matters."""
    when = at if registre.heure else at.date()
    return list(lignes) if registre.derive is None else [registre.derive(ligne, when) for ligne in lignes]


@attrs.define
class Incremental:
    """A register that follows its journal: ``catch_up`` folds only what is new. Always equals the fold from empty.

    ``dernier``: the last stored fact that it was folded to, by which it knows the journal again.
    """

    recorder: DCBRecorder
    catalogue: Catalogue
    registre: Registre[Any]
    dernier: Row | None = None
    lignes: dict[Any, Any] = attrs.Factory(dict)
    corriges: set[str] = attrs.Factory(set)

    @property
    def position(self) -> int:
        """How far it was folded."""
        return 0 if self.dernier is None else self.dernier.position

    def catch_up(self, up_to: int | None = None) -> dict[Any, Any]:
        """The rows, up to date (or to a position): folded anew after a correction, or after a batch that was undone."""
        types = self.catalogue.types({*self.registre.faits, FaitCorrige})
        rows = scan(self.recorder, types, max(0, self.position - 1), up_to)
        if self.dernier is not None and next(rows, None) != self.dernier:
            self.dernier = None
            self.lignes.clear()
            self.corriges.clear()
            rows = scan(self.recorder, types, 0, up_to)
        for row in rows:
            fait, note = self.catalogue.read(row)
            if isinstance(fait, FaitCorrige):
                self.corriges.add(fait.fait)
                if fait.nature in natures(self.registre):
                    self._again(row.position - 1)
            if isinstance(fait, self.registre.faits):
                self.registre.tenir(self.lignes, fait, note)
            self.dernier = row
        return self.lignes

    def _again(self, up_to: int) -> None:
        """The rows as they are without what was corrected."""
        rows = scan(self.recorder, self.catalogue.types(self.registre.faits), 0, up_to)
        folded = rows_of(self.catalogue, self.registre, rows, corriges=self.corriges)
        self.lignes.clear()
        self.lignes.update(folded)


def natures(registre: Registre[Any]) -> set[str]:
    """The names of the facts that a register rests on: a correction of any of them changes it."""
    return {fiche(cls).nom for cls in registre.faits}


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


def selected(rows: Iterable[Any], filtre: Filtre, tri: str | None) -> list[Any]:
    """Rows kept by a filter and sorted by a field (``-field``: the other way), empty values last."""
    if isinstance(filtre, Mapping):
        kept = [r for r in rows if all(getattr(r, k) == v for k, v in filtre.items())]
    else:
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
