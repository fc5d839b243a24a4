"""L'aperçu: what a demand tried with ``essai`` would change in the registers, before anybody records it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from tierslieu_core.kernel.corrections import FaitCorrige, Read
from tierslieu_core.kernel.ports import scan
from tierslieu_core.kernel.projections import derived, rows_of

if TYPE_CHECKING:
    from whenever import ZonedDateTime

    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.kernel.declarations import Registre
    from tierslieu_core.lieu import Lieu


@attrs.frozen
class Changement:
    """One row of a register, before and after; ``None`` where there is none."""

    registre: str
    avant: Any | None
    apres: Any | None


def apercu(lieu: Lieu, reponse: Reponse) -> list[Changement]:
    """Every row that the facts of a trial, and of the suites they lead to, would change."""
    faits = [read for one in (reponse, *reponse.suites) for read in _facts(one)]
    corriges = {fait.fait for fait, _ in faits if isinstance(fait, FaitCorrige)}
    natures = {fait.nature for fait, _ in faits if isinstance(fait, FaitCorrige)}
    kinds = {type(fait) for fait, _ in faits}
    kinds |= {cls for cls, _ in lieu.catalogue.evenements.values() if cls.__fiche__.nom in natures}  # type: ignore[attr-defined]  # set by @evenement
    touched = [r for r in lieu.catalogue.registres.values() if kinds.intersection(r.faits)]
    return [c for r in touched for c in _changes(lieu, r, faits, corriges)]


def _facts(reponse: Reponse) -> Iterator[Read]:
    for n, fait in enumerate(reponse.evenements, 1):
        note = reponse.note
        yield fait, type(note)(
            note.position + n, f"{note.cle}/{n}", note.enregistre_le, note.survenu_le, note.par, note.pour,
            note.mandat, note.cause,
        )  # fmt: skip


def _changes(lieu: Lieu, registre: Registre[Any], faits: list[Read], corriges: set[str]) -> Iterator[Changement]:
    known = set(lieu.livre.corriges)
    before, after = (_rows(lieu, registre, left_out) for left_out in (known, known | corriges))
    for fait, note in faits:
        if isinstance(fait, registre.faits):
            registre.tenir(after, fait, note)
    ici = lieu.horloge().to_tz(lieu.livre.zone or "UTC")
    for cle in dict.fromkeys((*before, *after)):
        was, now = (_at(registre, rows.get(cle), ici) for rows in (before, after))
        if was != now:
            yield Changement(registre.nom, was, now)


def _rows(lieu: Lieu, registre: Registre[Any], corriges: set[str]) -> dict[Any, Any]:
    rows = scan(lieu.recorder, lieu.catalogue.types(registre.faits))
    return rows_of(lieu.catalogue, registre, rows, corriges=corriges)


def _at(registre: Registre[Any], ligne: Any | None, ici: ZonedDateTime) -> Any | None:
    return None if ligne is None else derived(registre, [ligne], ici)[0]
