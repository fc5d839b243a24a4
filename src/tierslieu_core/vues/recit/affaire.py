"""One decision, with all that its story is told from: the demand, the rulebook then and now, and who knows names."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.livre import Livre
from tierslieu_core.kernel.clock import instant
from tierslieu_core.kernel.decisions import DECISION, DecisionRendue
from tierslieu_core.kernel.envelope import note_of, unwrap
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import Row, Selection, scan, select
from tierslieu_core.vocabulaire.francais import date, moment
from tierslieu_core.vocabulaire.temps import Moment
from tierslieu_core.vues.piste import facts_of
from tierslieu_core.vues.recit.mesures import relues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tierslieu_core.kernel.corrections import Read
    from tierslieu_core.kernel.declarations import Demande, Note
    from tierslieu_core.kernel.sentences import Speaker
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vocabulaire.mesures import Mesures


@attrs.frozen(slots=False)
class Affaire:
    """What is looked up once, when it is first asked."""

    lieu: Lieu
    row: Row

    @cached_property
    def note(self) -> Note:
        """What the journal says around the decision."""
        return note_of(self.row.position, unwrap(self.row))

    @cached_property
    def decision(self) -> DecisionRendue:
        """The decision with its evidence."""
        return self.lieu.catalogue.decision(self.row)

    @property
    def demande(self) -> Demande[Any, Any]:
        """How such a command is decided."""
        return self.lieu.catalogue.demande(self.decision.commande)

    @cached_property
    def commande(self) -> Any:
        """What was asked; its personal values as they lie in the journal."""
        return self.lieu.catalogue.codec.decode(self.decision.demande, self.demande.commande)

    @cached_property
    def faits(self) -> Sequence[Read]:
        """What it recorded, with what the journal says around each."""
        return list(facts_of(self.lieu.recorder, self.lieu.catalogue, self.row.position, self.decision))

    @cached_property
    def mesures(self) -> list[Mesures]:
        """What the rules could measure: several for a series."""
        return [attrs.evolve(m, demande_le=instant(self.note.survenu_le)) for m in relues(self.decision)]

    @cached_property
    def livre(self) -> Livre:
        """The rulebook, now."""
        return self.lieu.livre

    @cached_property
    def alors(self) -> Livre:
        """The rulebook as it stood just before."""
        livre, catalogue = Livre(), self.lieu.catalogue
        wanted = Selection(catalogue.types(Livre.faits), (Livre.etiquette,))
        (rows,), _ = select(self.lieu.recorder, [wanted], self.row.position - 1)
        for row in rows:
            livre.applique(*catalogue.read(row))
        return livre

    @cached_property
    def speaker(self) -> Speaker:
        """Who knows the names."""
        return self.lieu.speaker()

    @property
    def jour(self) -> Date:
        """The local day on which it took effect."""
        return self.jour_de(self.note.survenu_le)

    def jour_de(self, quand: str) -> Date:
        """The local day of an instant that the journal wrote."""
        return instant(quand).to_tz(self.livre.zone).date()

    def moment(self, quand: str) -> str:
        """An instant that the journal wrote, in words, on the place's clock."""
        return moment(Moment.de(instant(quand), self.livre.zone))

    def lu(self, position: int) -> Read:
        """The fact that stands there, and what the journal says around it."""
        (row,) = scan(self.lieu.recorder, None, position - 1, position)
        return self.lieu.catalogue.read(row)

    @cached_property
    def oubliee(self) -> str:
        """Somebody whom it concerns, and whose data were erased; nothing when there is nobody."""
        pour = [self.note.pour] if self.note.pour else []
        qui = dict.fromkeys([self.note.par, *pour, *(m.personne for m in self.mesures)])
        return next((one for one in qui if self.speaker.nommer("personne", one) == f"{one} [effacé]"), "")

    @property
    def passee(self) -> str:
        """Why it can no longer be asked; nothing when it can."""
        if self.oubliee:
            return f"Les données de {self.oubliee} sont effacées"
        passes = [m.jour for m in self.mesures if m.jour < self.lieu.aujourdhui]
        return f"Le {date(min(passes))} est passé" if passes else ""


def affaire(lieu: Lieu, laquelle: str | int) -> Affaire:
    """The decision that is meant: by its key, the identifier of one of its facts, a position, or what it is about.

    About a person or a thing (``personne:p-7``, ``objet:scie``), the last one. ``DemandeInvalide`` when there is none.
    """
    dite = str(laquelle).removeprefix("cle:")
    row = _de_cle(lieu, dite) or _de_cle(lieu, dite.rpartition("/")[0])
    if row is None and dite.isdecimal():
        row = _a(lieu, int(dite))
    if row is None and ":" in dite:
        row = derniere(lieu, dite)
        if row is None:
            raise DemandeInvalide(f"Aucune décision, dans ce journal, ne concerne {dite}.")
    if row is None:
        raise DemandeInvalide(f"Aucune demande n'a la clé « {dite} » dans ce journal.")
    return Affaire(lieu, row)


def derniere(lieu: Lieu, sujet: str) -> Row | None:
    """The last decision about a person (or that they asked), a space, an item, a rule…"""
    siennes = (sujet, f"par:{sujet.removeprefix('personne:')}") if sujet.startswith("personne:") else (sujet,)
    (rows,), _ = select(lieu.recorder, [Selection((DECISION,), siennes, last=True)])
    return rows[0] if rows else None


def _de_cle(lieu: Lieu, cle: str) -> Row | None:
    (rows,), _ = select(lieu.recorder, [Selection((DECISION,), (f"cle:{cle}",), last=True)])
    return rows[0] if rows else None


def _a(lieu: Lieu, position: int) -> Row | None:
    """The decision that stands there, or that recorded the fact that does."""
    rows = list(scan(lieu.recorder, None, position - 1, position)) if position else []
    return _de_cle(lieu, note_of(position, unwrap(rows[0])).cle) if rows else None
