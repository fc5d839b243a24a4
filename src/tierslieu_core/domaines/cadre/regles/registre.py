"""The register of rules: one row a version, with the days on which it holds."""

from __future__ import annotations

from collections.abc import Collection

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.portee import Portee
from tierslieu_core.domaines.cadre.regles.reglement import RegleAdoptee
from tierslieu_core.domaines.cadre.regles.suspensions import RegleAbrogee, RegleSuspendue
from tierslieu_core.domaines.cadre.representations import bornee
from tierslieu_core.kernel.declarations import Note, Registre
from tierslieu_core.vocabulaire.identifiants import PersonneId, RegleId


@attrs.frozen
class Regle:
    """One version of a rule; ``au``: its last day, once a version or repeal follows (before ``du``: it never held).

    ``suspensions``: first and last day, both included, of those decided since this version was.
    """

    regle: RegleId
    version: int
    texte: str
    portee: Portee
    motif: str
    decision: str
    par: PersonneId
    du: Date
    au: Date | None = None
    suspensions: tuple[tuple[Date, Date | None], ...] = ()
    en_vigueur: bool = False


Lignes = dict[tuple[RegleId, int], Regle]


def _tenir(lignes: Lignes, fait: RegleAdoptee | RegleSuspendue | RegleAbrogee, note: Note) -> None:
    mine = {k: ligne for k, ligne in lignes.items() if k[0] == fait.regle}
    if isinstance(fait, RegleAdoptee):
        lignes.update({k: _jusqu_a(v, fait.du) for k, v in mine.items() if v.du <= fait.du})
        lignes[fait.regle, fait.version] = Regle(
            fait.regle, fait.version, fait.texte, fait.portee, fait.motif, fait.decision, PersonneId(note.par), fait.du,
            _fin(mine.values(), fait.du),
        )  # fmt: skip
    elif isinstance(fait, RegleAbrogee):
        lignes.update({k: _jusqu_a(v, fait.du) for k, v in mine.items()})
    else:
        pause = (fait.du, fait.au)
        lignes.update({k: attrs.evolve(v, suspensions=(*v.suspensions, pause)) for k, v in mine.items()})


def _jusqu_a(ligne: Regle, du: Date) -> Regle:
    """A version that gives way on a day."""
    return attrs.evolve(ligne, au=bornee(ligne.au, du.prev_day()))


def _fin(autres: Collection[Regle], du: Date) -> Date | None:
    """The last day of a version in effect from ``du``: the eve of a later one that holds, or of others' repeal."""
    eves = [v.du.prev_day() for v in autres if v.du > du and (v.au is None or v.au >= v.du)]
    return min((*eves, *(v.au for v in autres if v.au is not None and v.au >= du)), default=None)


def _au(ligne: Regle, jour: Date) -> Regle:
    held = ligne.du <= jour and (ligne.au is None or jour <= ligne.au)
    paused = any(du <= jour and (au is None or jour <= au) for du, au in ligne.suspensions)
    return attrs.evolve(ligne, en_vigueur=held and not paused)


REGISTRES = (Registre("regles", Regle, _tenir, _au, "Registre des règles"),)
