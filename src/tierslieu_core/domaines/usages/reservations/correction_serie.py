"""Correction d'une série: booked, changed or cancelled by mistake, all that this did at once is corrected at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tierslieu_core.domaines.cadre.corrections import PasLeDernierFait, corriger
from tierslieu_core.domaines.usages.reservations.correction import liberees, voulus
from tierslieu_core.domaines.usages.reservations.ensemble import ensemble_lu, lieu_de, lit_ensemble
from tierslieu_core.domaines.usages.reservations.mesure import mesure_encore
from tierslieu_core.domaines.usages.reservations.occupation import Lieu
from tierslieu_core.domaines.usages.reservations.place import pris, refus_du_lieu
from tierslieu_core.domaines.usages.reservations.reservation import Fait
from tierslieu_core.domaines.usages.reservations.serie import FaitSerie
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Note, Refus, champ, commande, personnel
from tierslieu_core.kernel.lectures import RIEN, Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ReservationId, SerieId, reservation, serie
from tierslieu_core.vocabulaire.mesures import Mesures


@commande("reservations.CorrigerSerie")
class CorrigerSerie:
    """Corriger ce qui fut fait en dernier d'une série, par erreur, avec toutes les occurrences que cela touchait."""

    serie: SerieId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait de la série à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Vie = tuple[Read, ...]
Vies = dict[ReservationId, Vie]


def _serie(etat: Vie, fait: FaitSerie, note: Note) -> Vie:
    return (*etat[-1:], (fait, note))


def _vies(etat: Vies, fait: Fait, note: Note) -> Vies:
    return {**etat, fait.reservation: (*etat.get(fait.reservation, ()), (fait, note))}


serie_notee = Lecture[Vie]("reservations.serie_notee", (), _serie, notes=True)
vies_notees = Lecture[Vies]("reservations.vies_notees", {}, _vies, notes=True)
"""The life of each occurrence: short, and read whole by a correction only."""


def _lit(c: CorrigerSerie, x: Contexte) -> Lot[Any]:
    return lire(serie_notee(serie(c.serie))).puis(lambda e: _lit_vies(e[0], x) if e[0] else RIEN)


def _lit_vies(faits: Vie, x: Contexte) -> Lot[Any]:
    """Of each occurrence, before and after: a cancelled one is no longer of the series."""
    toutes = dict.fromkeys(p.reservation for fait, _ in faits for p in fait.occurrences)
    return lire(vies_notees(*map(reservation, toutes))).puis(
        lambda e: lit_ensemble(_voulus(_touchees(faits, e[0]), x), x)
    )


def _touchees(faits: Vie, vies: Vies) -> Vies:
    """The occurrences that the series' last fact came with."""
    return {r: vie for r, vie in vies.items() if any(note.cle == faits[-1][1].cle for _, note in vie)}


def _voulus(touchees: Vies, x: Contexte) -> list[Voulu]:
    """What they would hold again."""
    return [v for vie in touchees.values() for v in voulus(vie[-2:], x)]


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _corriger(c: CorrigerSerie, etats: Any, x: Contexte) -> Issue:
    (faits,), autour = etats
    issue = corriger(c.fait, serie(c.serie), c.motif, faits[-1] if faits else None, x)
    if isinstance(issue, Refus) or not issue:
        return issue
    touchees, corrigees = _touchees(faits, autour[0][0]), list[Any]()
    for r, vie in touchees.items():
        le_sien = next(note.id for _, note in vie if note.cle == faits[-1][1].cle)
        if vie[-1][1].id != le_sien:
            return PasLeDernierFait(fait=le_sien, sujet=reservation(r), dernier=vie[-1][1].id)
        corrigees += [corriger(None, reservation(r), c.motif, vie[-1], x), liberees(vie[-2:], x)]
    refus = (refus_du_lieu(v, lieu, x) or pris(v, lieu, x) for v, lieu in _reprises(touchees, autour, x))
    return next((r for r in refus if r is not None), [*issue, *(f for les in corrigees for f in les)])


def _reprises(touchees: Vies, autour: Any, x: Contexte) -> Iterator[tuple[Voulu, Lieu]]:
    """What each would hold again, and what is there with those before it, as they were together."""
    ensemble, revenues = ensemble_lu(_voulus(touchees, x), autour[1]), list[Any]()
    for vie in touchees.values():
        yield from ((v, lieu_de(v, ensemble, revenues, touchees)) for v in voulus(vie[-2:], x))
        revenues += [fait for fait, _ in vie[-2:-1]]


def _mesures(_: CorrigerSerie, etats: Any, x: Contexte) -> tuple[Mesures, ...]:
    (faits,), autour = etats
    if not faits:
        return ()
    return tuple(mesure_encore(v, lieu, x) for v, lieu in _reprises(_touchees(faits, autour[0][0]), autour, x))


DEMANDES = (Demande(CorrigerSerie, frozenset({"concierge", "coordination"}), _lit, _corriger, _mesures),)
