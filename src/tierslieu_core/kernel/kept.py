"""A register kept beside the journal: what is read is what a fold from empty gives, at the price of what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Any

import attrs

from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.decisions import CADRE
from tierslieu_core.kernel.forms import Form, declaration, plan_of, scalar
from tierslieu_core.kernel.ports import Selection, head_of, scan, select
from tierslieu_core.kernel.projections import Filtre, Incremental, natures, rows_of
from tierslieu_core.kernel.shelves import Line, Place, Plan, Scalar, Shelf, Shelves, Shelving, Unshelved

if TYPE_CHECKING:
    from eventsourcing.dcb.api import DCBRecorder

    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.declarations import Registre

BATCH = 20_000
TRIES = 3


class Registers:
    """The registers of a place as they are now: kept beside the journal where the store can, else in this process."""

    def __init__(self, recorder: DCBRecorder, catalogue: Catalogue) -> None:
        self._recorder, self._catalogue = recorder, catalogue
        self._kept: dict[str, Kept] = {}
        self._followed: dict[str, Incremental] = {}
        self._lock = Lock()

    def now(
        self, registre: Registre[Any], filtre: Filtre = None, tri: str | None = None, limite: int | None = None
    ) -> Iterable[Any]:
        """Rows among which are all those asked for; only these, and in order, where an index tells them."""
        shelves = self._recorder.shelves() if isinstance(self._recorder, Shelving) else None
        if shelves is not None:
            try:
                return self._on(shelves, registre).asked(filtre, tri, limite)
            except Unshelved:
                pass
        with self._lock:
            if registre.nom not in self._followed:
                self._followed[registre.nom] = Incremental(self._recorder, self._catalogue, registre)
            return list(self._followed[registre.nom].catch_up().values())

    def _on(self, shelves: Shelves, registre: Registre[Any]) -> Kept:
        if registre.nom not in self._kept:
            self._kept[registre.nom] = Kept(shelves, self._recorder, self._catalogue, registre)
        return self._kept[registre.nom]


@attrs.frozen(eq=False)
class Kept:
    """A register as ``shelves`` keep it. ``batch``: how many positions are caught up with in one transaction."""

    shelves: Shelves
    recorder: DCBRecorder
    catalogue: Catalogue
    registre: Registre[Any]
    batch: int = BATCH
    plan: Plan = attrs.field(init=False)
    declaration: str = attrs.field(init=False)
    form: Form = attrs.field(init=False)
    _sure: set[Place] = attrs.field(init=False, factory=set)

    def __attrs_post_init__(self) -> None:
        plan = plan_of(self.registre)
        object.__setattr__(self, "plan", plan)
        object.__setattr__(self, "declaration", declaration(self.catalogue, self.registre))
        object.__setattr__(self, "form", Form.of(self.catalogue, self.registre, plan))

    def asked(self, filtre: Filtre, tri: str | None, limite: int | None) -> list[Any]:
        """The same question as far as the indexes can answer it; without a limit, order is the caller's to make."""
        columns, named = self.plan.columns, filtre if isinstance(filtre, Mapping) else {}
        equal = {c: scalar(v) for c, v in named.items() if c in columns}
        ordered = tri is None or tri.removeprefix("-") in columns
        whole = ordered and len(equal) == len(named) and not callable(filtre)
        return self.rows(equal, tri, limite) if whole and limite is not None else self.rows(equal)

    def rows(self, equal: Mapping[str, Scalar], tri: str | None = None, limite: int | None = None) -> list[Any]:
        """The rows now, caught up first. ``Unshelved``: fold them instead."""
        need = head_of(self.recorder)
        for _ in range(TRIES if need else 0):
            with self.shelves.reading(self.plan) as shelf:
                if self._place(shelf).position >= need:
                    return [self.form.row(ligne) for _, ligne in shelf.lines(equal, tri, limite)]
            while self._catch_up(need):
                pass
        if need:
            raise Unshelved
        return []

    def _catch_up(self, need: int) -> bool:
        """One transaction, of which a reader sees all or nothing; whether there is more to do."""
        with self.shelves.writing(self.plan) as shelf:
            at = self._place(shelf).position
            if at >= need:
                return False
            concerned = natures(self.registre)
            if at == 0 or any(correction.nature in concerned for correction in self._corrections(at, need)):
                rows = self._folded(need)
                shelf.replace((self.form.line(*one) for one in rows.items()), self._reached(need))
                return False
            to = min(need, at + self.batch)
            lignes = Lignes(shelf, self.form)
            for row in scan(self.recorder, self.catalogue.types(self.registre.faits), at, to):
                self.registre.tenir(lignes, *self.catalogue.read(row))  # type: ignore[arg-type]  # a dict for all it does
            shelf.change(lignes.gone(), lignes.changed(), self._reached(to))
            return to < need

    def _folded(self, head: int) -> dict[Any, Any]:
        rows = scan(self.recorder, self.catalogue.types(self.registre.faits), 0, head)
        return rows_of(self.catalogue, self.registre, rows, corriges={c.fait for c in self._corrections(0, head)})

    def _corrections(self, after: int, head: int) -> list[FaitCorrige]:
        wanted = Selection(self.catalogue.types((FaitCorrige,)), (CADRE,), after)
        return [self.catalogue.fact(row) for row in select(self.recorder, [wanted], head)[0][0]]

    def _place(self, shelf: Shelf) -> Place:
        """How far it is kept; not at all if it was by another declaration, or beside another journal."""
        place = shelf.place
        if place is None or not (place in self._sure or place == self._reached(place.position)):
            return Place(self.declaration)
        self._sure.clear()
        self._sure.add(place)
        return place

    def _reached(self, position: int) -> Place:
        """A place in this very journal: its founding holds what was sealed, which no other journal holds alike."""
        rows = [row for last in (1, position) for row in scan(self.recorder, None, last - 1, last)]
        temoin = b"".join(sha256(row.type.encode() + row.data).digest() for row in rows)
        return Place(self.declaration, position, temoin)


class Lignes(MutableMapping[Any, Any]):
    """The rows of a register, as ``tenir`` sees a dict: each is read when it is first asked for; all, to go through."""

    def __init__(self, shelf: Shelf, form: Form) -> None:
        self._shelf, self._form = shelf, form
        self._rows: dict[Any, Any] = {}
        self._changed: dict[Any, None] = {}
        self._gone: set[Any] = set()
        self._whole = False

    def __getitem__(self, cle: Any) -> Any:
        if cle in self._rows:
            return self._rows[cle]
        kept = None if self._whole or cle in self._gone else self._shelf.line(self._form.text(cle))
        if kept is None:
            raise KeyError(cle)
        row = self._rows[cle] = self._form.row(kept)
        return row

    def __setitem__(self, cle: Any, ligne: Any) -> None:
        self._rows[cle] = ligne
        self._changed[cle] = None

    def __delitem__(self, cle: Any) -> None:
        self[cle]  # which raises, as it should, when there is none
        del self._rows[cle]
        self._changed.pop(cle, None)
        self._gone.add(cle)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def gone(self) -> list[str]:
        """The keys to take away."""
        return [self._form.text(cle) for cle in self._gone]

    def changed(self) -> list[Line]:
        """The lines to write, in the order in which new keys came."""
        return [self._form.line(cle, self._rows[cle]) for cle in self._changed]

    def _all(self) -> dict[Any, Any]:
        if not self._whole:
            rows = {self._form.key(cle): self._form.row(ligne) for cle, ligne in self._shelf.lines({})}
            for cle in self._gone:
                rows.pop(cle, None)
            rows.update({cle: self._rows[cle] for cle in self._changed})
            self._rows, self._whole = rows, True
        return self._rows
