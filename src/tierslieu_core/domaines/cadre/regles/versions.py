"""Which version of each rule holds on a day, and which of two rules prevails."""

from __future__ import annotations

from copy import copy
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.faits import FaitDeclare
from tierslieu_core.domaines.cadre.regles.genres import GenreDeRegle
from tierslieu_core.domaines.cadre.regles.portee import Portee
from tierslieu_core.domaines.cadre.regles.reglement import RegleAdoptee
from tierslieu_core.domaines.cadre.regles.sinon import Effet, Sinon
from tierslieu_core.domaines.cadre.regles.source import Deja, Source
from tierslieu_core.domaines.cadre.regles.suspensions import RegleAbrogee, RegleSuspendue
from tierslieu_core.kernel.decisions import DecisionRendue, VerdictDeClause
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import RegleId
from tierslieu_core.vocabulaire.mesures import Mesures

PROPOSEE = 0
"""The number of a version that nobody adopted: a rule that is only proposed."""


ANNULER, RENDRE = "annuler", "rendre"
NOMMEES = frozenset({ANNULER, RENDRE})
"""To give up a use, or give back what one has, nobody has to be what it takes to have it: only rules that name such an
action judge it; as a démarche, which is of its own kind (``Mesures.nommee``)."""


@attrs.frozen
class Version:
    """One version of a rule, with what made it."""

    regle: RegleId
    version: int
    texte: str
    motif: str
    decision: str
    genre: GenreDeRegle
    portee: Portee
    du: Date
    position: int
    par: str
    sinon: Sinon
    leve: tuple[RegleId, ...]
    deja: Deja
    source: Source

    def concerne(self, m: Mesures) -> bool:
        """Whether it judges such an action: a few are judged only by the rules that name them."""
        nommee = m.nommee or m.action in NOMMEES
        return not nommee or m.action == getattr(self.genre, "ACTION", "") or m.action in self.portee.actions

    def effet(self, juge: VerdictDeClause) -> VerdictDeClause:
        """The verdict of its clause, from that of its kind: by what follows when it is not respected.

        An exception never blocks: it holds, or has no effect.
        """
        if self.leve:
            return "satisfaite" if juge == "satisfaite" else "sans_effet"
        return EFFETS[self.sinon.effet] if juge == "refuse" else juge

    def nommee(self) -> str:
        """As a sentence begins: ``Règle « duree » (version 2, en vigueur depuis le …)``."""
        if self.version == PROPOSEE:
            return f"Règle proposée « {self.regle} »"
        return f"Règle « {self.regle} » (version {self.version}, en vigueur depuis le {date(self.du)})"

    def sur(self) -> tuple[Any, ...]:
        """What it rivals others on: kind, measure and period; an exception, with those alone that lift the same."""
        return self.genre.NOM, self.genre.sur(), self.leve

    def rang(self) -> tuple[Any, ...]:
        """The more specific prevails, then the later in effect, then the later in the journal."""
        return (*self.portee.rang(), self.du, self.position)


EFFETS: dict[Effet, VerdictDeClause] = {
    "refus": "refuse", "validation": "a_valider", "sanction": "sanction", "caducite": "caduque",
}  # fmt: skip


class Reglement:
    """Every version of every rule; and ``faits``: what the place asks with a demand."""

    def __init__(self) -> None:
        self.versions: dict[RegleId, list[Version]] = {}
        self.abrogations: dict[RegleId, list[tuple[Date, int]]] = {}
        self.faits: dict[str, FaitDeclare] = {}
        self._suspensions: dict[RegleId, list[tuple[Date, Date | None, int]]] = {}
        self._du_jour: dict[Date, tuple[Version, ...]] = {}
        self._du_genre: dict[tuple[type, Date], tuple[Version, ...]] = {}
        self._de_l_action: dict[tuple[str, Date], tuple[Version, ...]] = {}

    def applique(self, fait: RegleAdoptee | RegleSuspendue | RegleAbrogee | FaitDeclare, note: Note) -> None:
        """Take one more fact into account."""
        if isinstance(fait, FaitDeclare):
            self.faits[fait.fait] = fait
            return
        self._du_jour.clear()
        self._du_genre.clear()
        self._de_l_action.clear()
        if isinstance(fait, RegleAdoptee):
            self.versions.setdefault(fait.regle, []).append(
                Version(
                    fait.regle, fait.version, fait.texte, fait.motif, fait.decision, fait.genre, fait.portee, fait.du,
                    note.position, note.par, fait.sinon, fait.leve, fait.deja, fait.source,
                )
            )  # fmt: skip
        elif isinstance(fait, RegleSuspendue):
            self._suspensions.setdefault(fait.regle, []).append((fait.du, fait.au, note.position))
        else:
            self.abrogations.setdefault(fait.regle, []).append((fait.du, note.position))

    def declaration(self, fait: str) -> FaitDeclare | None:
        """What the place last declared under that name."""
        return self.faits.get(fait)

    def avec(self, fait: RegleAdoptee, note: Note) -> Reglement:
        """The same with this version too: as it will stand, or would."""
        plus = copy(self)
        plus.versions = {**self.versions, fait.regle: list(self.versions.get(fait.regle, ()))}
        plus._du_jour, plus._du_genre, plus._de_l_action = {}, {}, {}  # noqa: SLF001 - of its own kind
        if self.version(fait.regle, fait.version) is None:
            plus.applique(fait, note)
        return plus

    def version(self, regle: RegleId, n: int) -> Version | None:
        """That version of that rule; ``None`` when the journal never made it."""
        return next((v for v in self.versions.get(regle, ()) if v.version == n), None)

    def touche(self, _: DecisionRendue, /) -> bool:
        """Whether this rulebook may decide otherwise than the place did: any might."""
        return True

    def abrogee(self, regle: RegleId, jour: Date) -> bool:
        """Whether it is repealed by that day, and not adopted again."""
        return any(le <= jour for le, _ in self.abrogations.get(regle, ())) and self._derniere(regle, jour) is None

    def vivante(self, regle: RegleId, jour: Date) -> bool:
        """Whether some version of it holds that day, suspended or not."""
        return self._derniere(regle, jour) is not None

    def pauses(self, regle: RegleId, jour: Date) -> list[tuple[Date, Date | None]]:
        """The suspensions of the version of that day: those decided since it was."""
        suspensions = self._suspensions.get(regle)
        v = self._derniere(regle, jour) if suspensions else None
        return [(du, au) for du, au, position in suspensions or () if v and v.position < position]

    def en_vigueur(self, jour: Date) -> tuple[Version, ...]:
        """The version in force of each rule that day, by name."""
        found = self._du_jour.get(jour)
        if found is None:
            held = [self._version_du(regle, jour) for regle in sorted(self.versions)]
            found = self._du_jour[jour] = tuple(v for v in held if v is not None)
        return found

    def du_genre(self, genre: type, jour: Date) -> tuple[Version, ...]:
        """The versions in force that day of the rules of one kind."""
        found = self._du_genre.get((genre, jour))
        if found is None:
            of_kind = tuple(v for v in self.en_vigueur(jour) if isinstance(v.genre, genre))
            found = self._du_genre[genre, jour] = of_kind
        return found

    def applicables(self, m: Mesures, jour: Date) -> list[Version]:
        """Of the rules that cover a demand, the one that prevails for each kind, measure and period."""
        best: dict[tuple[Any, ...], Version] = {}
        for v in self._pour(m.action, jour):
            if v.concerne(m) and v.portee.couvre(m):
                on = v.sur()
                if on not in best or v.rang() > best[on].rang():
                    best[on] = v
        return sorted(best.values(), key=lambda v: v.regle)

    def _pour(self, action: str, jour: Date) -> tuple[Version, ...]:
        """The versions in force that day that may judge such an action."""
        found = self._de_l_action.get((action, jour))
        if found is None:
            held = self.en_vigueur(jour)
            found = tuple(v for v in held if not v.portee.actions or action in v.portee.actions)
            self._de_l_action[action, jour] = found
        return found

    def _derniere(self, regle: RegleId, jour: Date) -> Version | None:
        begun = (v for v in self.versions.get(regle, ()) if v.du <= jour and not self._finie(v, jour))
        return max(begun, key=lambda v: (v.du, v.position), default=None)

    def _finie(self, v: Version, jour: Date) -> bool:
        """Whether a repeal ended it: any of that day or before, unless it was adopted again after that one."""
        fins = self.abrogations.get(v.regle, ())
        return any(le <= jour and (v.position <= position or v.du < le) for le, position in fins)

    def _version_du(self, regle: RegleId, jour: Date) -> Version | None:
        paused = any(du <= jour and (au is None or jour <= au) for du, au in self.pauses(regle, jour))
        return None if paused else self._derniere(regle, jour)
