"""Le journal du jour: the notes of people among what was decided, hour by hour; a note as it stands, told once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import attrs

from tierslieu_core.domaines.memoire.documentation import AmenderEntree, LigneEntree, NoterEntree, RetirerEntree
from tierslieu_core.kernel.clock import instant
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.vocabulaire.francais import liste, moment
from tierslieu_core.vocabulaire.temps import Moment
from tierslieu_core.vues.piste import VERDICTS, Trace

if TYPE_CHECKING:
    from whenever import Date

    from tierslieu_core.lieu import Lieu

DEMANDES = frozenset(fiche(commande).nom for commande in (NoterEntree, AmenderEntree, RetirerEntree))
"""What is asked of notes: once accepted, the note itself tells it."""


@attrs.frozen
class NoteDite:
    """A note, said. ``quand``: when it was first written, on the place's clock; ``ecrite``: the instant."""

    ecrite: str
    quand: str
    auteur: str
    texte: str
    mots: tuple[str, ...]
    entree: str

    def __str__(self) -> str:
        return f"{self.quand} — {self.auteur} : {self.texte}{self.sous}"

    @property
    def sous(self) -> str:
        """`` (fuite, voisinage)``, or nothing."""
        return f" ({liste(self.mots)})" if self.mots else ""


def notes_du(lieu: Lieu, jour: Date) -> list[NoteDite]:
    """What was noted for a day, as it stands now; not what was withdrawn."""
    return notes_dites(lieu, _entrees(lieu, filtre={"jour": jour}))


def notes_sous(lieu: Lieu, mot: str) -> list[tuple[Date, NoteDite]]:
    """Every note under a word of the journal, the oldest day first, with its day."""
    lignes = _entrees(lieu, filtre=lambda ligne: mot in ligne.mots, tri="jour")
    return [(ligne.jour, note) for ligne in lignes for note in notes_dites(lieu, [ligne])]


def _entrees(lieu: Lieu, **how: Any) -> list[LigneEntree]:
    """Rows of the register of notes; none in a journal that keeps no notes."""
    return lieu.registre("entrees", **how) if "entrees" in lieu.catalogue.registres else []


def notes_dites(lieu: Lieu, lignes: Iterable[LigneEntree]) -> list[NoteDite]:
    """Rows of the register of notes, said."""
    speaker = lieu.speaker()
    zone = lieu.livre.zone
    return [
        NoteDite(
            un.ecrite, moment(Moment.de(instant(un.ecrite), zone)), speaker.nommer("personne", un.auteur),
            speaker.personal(un.texte), un.mots, un.entree,
        )
        for un in lignes if un.texte is not None
    ]  # fmt: skip


def du_jour(traces: Iterable[Trace], notes: Iterable[NoteDite]) -> list[Trace | NoteDite]:
    """Both together, by the hour; a note that was written later comes after the day itself."""
    decisions = (t for t in traces if t.demande not in DEMANDES or t.verdict == VERDICTS["refus"])
    both: list[Trace | NoteDite] = [*decisions, *notes]
    return sorted(both, key=lambda un: un.ecrite if isinstance(un, NoteDite) else un.survenu_le)
