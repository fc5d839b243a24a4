"""Le livre: the place, its mandates and its rules, as every demand reads them; and which rules prevail on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

import attrs
import msgspec
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.droits import DelaiFixe, DroitsFixes
from tierslieu_core.domaines.cadre.gouvernance.fondation import LieuFonde
from tierslieu_core.domaines.cadre.gouvernance.mandats import CADRE, MandatDonne, MandatTermine
from tierslieu_core.domaines.cadre.gouvernance.tableau import Tableau
from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.cadre.regles.derogations import derogations_de
from tierslieu_core.domaines.cadre.regles.genres import GenreDeRegle
from tierslieu_core.domaines.cadre.regles.portee import Portee
from tierslieu_core.domaines.cadre.regles.reglement import RegleAbrogee, RegleAdoptee, RegleSuspendue
from tierslieu_core.kernel.decisions import Clause
from tierslieu_core.kernel.declarations import Contexte, Demande, Note, Refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.identifiants import MandatId, RegleId, derogation
from tierslieu_core.vocabulaire.mesures import Mesures

BLOQUE = frozenset({"refuse", "indeterminee", "a_valider"})


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

    def rang(self) -> tuple[Any, ...]:
        """The more specific prevails, then the later in effect, then the later in the journal."""
        return (*self.portee.rang(), self.du, self.position)


class Reglement:
    """Every version of every rule."""

    def __init__(self) -> None:
        self.versions: dict[RegleId, list[Version]] = defaultdict(list)
        self.suspensions: dict[RegleId, list[tuple[Date, Date | None, int]]] = defaultdict(list)
        self.abrogations: dict[RegleId, tuple[Date, int]] = {}
        self._du_jour: dict[Date, tuple[Version, ...]] = {}

    def applique(self, fait: RegleAdoptee | RegleSuspendue | RegleAbrogee, note: Note) -> None:
        """Take one more fact into account."""
        self._du_jour.clear()
        match fait:
            case RegleAdoptee():
                self.versions[fait.regle].append(
                    Version(
                        fait.regle, fait.version, fait.texte, fait.motif, fait.decision, fait.genre, fait.portee, fait.du,
                        note.position, note.par,
                    )
                )  # fmt: skip
            case RegleSuspendue():
                self.suspensions[fait.regle].append((fait.du, fait.au, note.position))
            case RegleAbrogee():
                self.abrogations[fait.regle] = (fait.du, note.position)

    def abrogee(self, regle: RegleId, jour: Date) -> bool:
        """Whether it is repealed by that day."""
        return regle in self.abrogations and self.abrogations[regle][0] <= jour

    def vivante(self, regle: RegleId, jour: Date) -> bool:
        """Whether some version of it holds that day, suspended or not."""
        return not self.abrogee(regle, jour) and any(v.du <= jour for v in self.versions.get(regle, ()))

    def en_vigueur(self, jour: Date) -> tuple[Version, ...]:
        """The version in force of each rule that day, by name."""
        found = self._du_jour.get(jour)
        if found is None:
            held = [self._version_du(regle, jour) for regle in sorted(self.versions)]
            found = self._du_jour[jour] = tuple(v for v in held if v is not None)
        return found

    def _version_du(self, regle: RegleId, jour: Date) -> Version | None:
        begun = [v for v in self.versions[regle] if v.du <= jour]
        if not begun or self.abrogee(regle, jour):
            return None
        latest = max(begun, key=lambda v: (v.du, v.position))
        for du, au, position in self.suspensions[regle]:
            if du <= jour and (au is None or jour <= au) and not (au is None and latest.position > position):
                return None
        return latest

    def applicables(self, m: Mesures, jour: Date) -> list[Version]:
        """Of the rules that cover a demand, the one that prevails for each kind, measure and period."""
        best: dict[tuple[str, str], Version] = {}
        for v in self.en_vigueur(jour):
            if v.portee.couvre(m):
                on = (v.genre.NOM, v.genre.sur())
                if on not in best or v.rang() > best[on].rang():
                    best[on] = v
        return sorted(best.values(), key=lambda v: v.regle)


class Livre:
    """What every demand reads, whole, and that the handler keeps from one to the next (see ``kernel.decisions.Livre``)."""

    faits: ClassVar[tuple[type, ...]] = (
        LieuFonde, MandatDonne, MandatTermine, DroitsFixes, DelaiFixe, DoublonReuni, RegleAdoptee, RegleSuspendue, RegleAbrogee,
    )  # fmt: skip
    etiquette: ClassVar[str] = CADRE

    def __init__(self) -> None:
        self.zone = ""
        self.lieu: LieuFonde | None = None
        self.mandats = Tableau()
        self.reglement = Reglement()

    def applique(self, fait: Any, note: Note) -> None:
        """Take one more fact into account."""
        match fait:
            case LieuFonde():
                self.lieu, self.zone = fait, fait.fuseau
            case RegleAdoptee() | RegleSuspendue() | RegleAbrogee():
                self.reglement.applique(fait, note)
            case _:
                self.mandats.applique(fait)

    def autorise(self, demande: Demande[Any, Any], commande: Any, x: Contexte) -> str | Refus:
        """The mandate by which ``x.par`` may ask this, or why not."""
        return "fondation" if demande.fondatrice else self.mandats.autorise(demande, commande, x)

    def juge(self, _: str, mesures: Mesures, x: Contexte) -> tuple[Clause, ...]:
        """Each rule that prevails this day, on what it measured."""
        found: list[Clause] = []
        for v in self.reglement.applicables(mesures, x.aujourdhui):
            measured = v.genre.mesure(v.portee.restreinte(mesures))
            if measured is not None:
                verdict = v.genre.juge(measured.valeur)
                found.append(Clause(v.regle, v.version, measured.valeur, v.genre.limite(), verdict, measured.sur))
        return tuple(found)

    def rejuge(self, clause: Clause) -> Clause:
        """The same rule version on the measure that was recorded."""
        genre = self.version(clause).genre
        verdict = genre.juge(clause.valeur)
        if clause.derogation is not None and verdict in BLOQUE:
            verdict = "derogee"
        return msgspec.structs.replace(clause, verdict=verdict, limite=genre.limite())

    def leve(self, clauses: Sequence[Clause], mesures: Mesures, _: Contexte) -> Lot[Any] | None:
        """Where the dérogations that could lift these clauses lie; ``None`` when no clause blocks."""
        if all(c.verdict not in BLOQUE for c in clauses):
            return None
        return lire(derogations_de(derogation(mesures.personne, mesures.jour)))

    def deroge(self, clauses: Sequence[Clause], etats: Any, mesures: Mesures, _: Contexte) -> tuple[Clause, ...]:
        """The clauses, those that a dérogation lifts that day marked so."""
        held = {d.regle: d.derogation for d in etats[0] if d.du <= mesures.jour <= d.au}
        return tuple(
            msgspec.structs.replace(c, verdict="derogee", derogation=held[RegleId(c.regle)])
            if c.verdict in BLOQUE and c.regle in held
            else c
            for c in clauses
        )

    def version(self, clause: Clause) -> Version:
        """The rule version of a clause."""
        return next(v for v in self.reglement.versions[RegleId(clause.regle)] if v.version == clause.version)

    def phrase(self, clause: Clause) -> str:
        """The clause in words."""
        v = self.version(clause)
        said = f"Règle « {v.regle} » (version {v.version}, en vigueur depuis le {v.du})"
        match clause.verdict:
            case "satisfaite":
                return f"{said} : {v.genre.phrase()}. Respectée."
            case "derogee":
                return f"{said} : {v.genre.phrase()}. Levée par la dérogation {clause.derogation}."
            case "indeterminee":
                return f"{said}, à juger par une personne : {v.genre.refus(clause.valeur, clause.sur)}"
            case _:
                return f"{said} : {v.genre.refus(clause.valeur, clause.sur)}"

    def en_tant_que(self, mandat: str) -> str:
        """As what somebody asked: the role of a mandate, else what the mandate says by itself."""
        tenu = self.mandats.mandats.get(MandatId(mandat))
        return tenu.role if tenu else mandat

    def mois_a_lire(self, du: Date, au: Date, jour: Date) -> tuple[Date, Date]:
        """The days whose other uses the rules in force must know, for a use from ``du`` to ``au``."""
        first, last = du, au
        for v in self.reglement.en_vigueur(jour):
            if hasattr(v.genre, "regarde"):
                a, b = v.genre.regarde(du, au, jour)
                first, last = min(first, a), max(last, b)
        return first, last
