"""Le récit d'une décision: who asked what, what was known, what each rule said, what came of it, and what of today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.sentences import refusal
from tierslieu_core.vues.piste import Reader, Trace
from tierslieu_core.vues.recit.affaire import Affaire, affaire
from tierslieu_core.vues.recit.aujourdhui import Aujourdhui, aujourdhui
from tierslieu_core.vues.recit.mesures import BREF, Dit, dites
from tierslieu_core.vues.recit.regles import ClauseDite, clauses_dites
from tierslieu_core.vues.recit.suite import Ensuite, FaitDit, depuis, faits_dits, possible, suites

if TYPE_CHECKING:
    from tierslieu_core.kernel.decisions import DecisionRendue
    from tierslieu_core.lieu import Lieu


@attrs.frozen
class Recit:
    """The story of one decision, in words.

    ``trace``: who asked, as what, for whom, when, and the verdict; ``autour``: recorded later, or asked by the place
    itself, when that is so; ``demande``: what was asked, field by field;
    ``mesures``: what was known of it; ``clauses``: what each rule said; ``motif``: the refusal; ``faits``: what was
    recorded; ``suites``: what the place asked by itself next; ``depuis``: what happened later to it; ``possible``: what
    may be done now; ``decision``: the evidence, as the journal holds it.
    """

    trace: Trace
    autour: tuple[str, ...]
    demande: tuple[Dit, ...]
    mesures: tuple[Dit, ...]
    clauses: tuple[ClauseDite, ...]
    motif: str | None
    faits: tuple[FaitDit, ...]
    suites: tuple[Trace, ...]
    depuis: tuple[Ensuite, ...]
    possible: tuple[str, ...]
    aujourdhui: Aujourdhui
    decision: DecisionRendue = attrs.field(repr=False)

    def __str__(self) -> str:
        from tierslieu_core.vues.recit.lignes import chapitres  # noqa: PLC0415 - it reads this class

        return "\n\n".join(str(c) for c in chapitres(self))


def raconter(lieu: Lieu, laquelle: str | int) -> Recit:
    """The story of a decision: its key, the identifier of one of its facts, a position, or what it is about."""
    a = affaire(lieu, laquelle)
    reader = Reader(lieu.recorder, lieu.catalogue, a.livre, a.speaker)
    refus = refusal(lieu.catalogue, a.decision)
    return Recit(
        trace=reader.trace(a.row),
        autour=tuple(_autour(a)),
        demande=tuple(_demandee(a)),
        mesures=dites(a.mesures, a.alors.reglement.faits, a.speaker.nommer),
        clauses=clauses_dites(a),
        motif=None if refus is None else a.speaker.phrase(refus),
        faits=faits_dits(a),
        suites=suites(a, reader),
        depuis=depuis(a),
        possible=possible(a),
        aujourdhui=aujourdhui(a),
        decision=a.decision,
    )


def _autour(a: Affaire) -> Iterator[str]:
    note = a.note
    if note.enregistre_le != note.survenu_le:
        yield f"Enregistré le {a.moment(note.enregistre_le)}."
    if note.cause is not None:
        (cause,) = [fait for fait, autour in affaire(a.lieu, note.cause).faits if autour.id == note.cause]
        yield f"Le lieu l'a demandé de lui-même, à la suite de : {a.speaker.phrase(cause)}."


def _demandee(a: Affaire) -> list[Dit]:
    """The demand's fields that say something, in words."""
    said = [(f, getattr(a.commande, f.nom)) for f in fields_of(type(a.commande))]
    found = [
        Dit(f.nom, f.libelle, _valeur(a, f, v), demande=True, bref=_bref(a, f, v))
        for f, v in said
        if v not in (None, "", ())
    ]
    return [one for one in found if one.valeur]


def _bref(a: Affaire, field: Any, value: Any) -> str:
    """The first and the last of many."""
    if not field.plusieurs or len(value) <= BREF:
        return ""
    first, last = (_valeur(a, field, (value[n],)) for n in (0, -1))
    return f"{first} … {last} ({len(value)})"


def _valeur(a: Affaire, field: Any, value: Any) -> str:
    phrase = getattr(value, "phrase", None)
    return str(phrase()) if callable(phrase) else a.speaker.value(field, value)
