"""Le livre: the place, who is who, its mandates and its rules, as every demand reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, ClassVar, TypeVar

import msgspec
from whenever import Date

from tierslieu_core.domaines.cadre.archives import PeriodeClose, archive
from tierslieu_core.domaines.cadre.gouvernance.droits import DelaiFixe, DroitsFixes
from tierslieu_core.domaines.cadre.gouvernance.fondation import LieuFonde
from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatDonne, MandatTermine
from tierslieu_core.domaines.cadre.gouvernance.tableau import Tableau
from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.cadre.regles import faits
from tierslieu_core.domaines.cadre.regles.derogations import derogations_de
from tierslieu_core.domaines.cadre.regles.ecarts import EcartConstate, constates
from tierslieu_core.domaines.cadre.regles.faits import FaitDeclare
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.jugement import LEVABLE, jugees, rejugee, validation_de
from tierslieu_core.domaines.cadre.regles.reglement import RegleAdoptee
from tierslieu_core.domaines.cadre.regles.suspensions import RegleAbrogee, RegleSuspendue
from tierslieu_core.domaines.cadre.regles.verification import A_VERIFIER, lus, manquants
from tierslieu_core.domaines.cadre.regles.versions import Reglement, Version
from tierslieu_core.domaines.cadre.representations import PersonneRepresentee, RepresentationFinie
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.decisions import CADRE, Clause, DecisionRendue
from tierslieu_core.kernel.declarations import Contexte, Demande, Note, Refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId, RegleId, derogation
from tierslieu_core.vocabulaire.mesures import Fait, Mesures

G = TypeVar("G")
RIEN_DIT: Mapping[str, Fait] = {}
INCONNUE = "cette version n'est pas dans le journal"


class Livre:
    """What every demand reads, whole, kept from one to the next (see ``kernel.decisions.Livre``)."""

    faits: ClassVar[tuple[type, ...]] = (
        LieuFonde, MandatDonne, MandatTermine, DroitsFixes, DelaiFixe, DoublonReuni, PersonneRepresentee,
        RepresentationFinie, RegleAdoptee, RegleSuspendue, RegleAbrogee, FaitDeclare, FaitCorrige, PeriodeClose,
    )  # fmt: skip
    etiquette: ClassVar[str] = CADRE

    def __init__(self, reglement: Reglement | None = None) -> None:
        self.zone = ""
        self.lieu: LieuFonde | None = None
        self.mandats = Tableau()
        self.reglement = reglement or Reglement()
        self.corriges: dict[str, int] = {}
        self._closes: dict[str, PeriodeClose] = {}

    @property
    def close(self) -> PeriodeClose | None:
        """The last period that was closed: nothing is dated on its days any more."""
        return max(self._closes.values(), key=lambda fait: fait.au, default=None)

    def applique(self, fait: Any, note: Note) -> None:
        """Take one more fact into account."""
        match fait:
            case LieuFonde():
                self.lieu, self.zone = fait, fait.fuseau
            case FaitCorrige():
                self.corriges[fait.fait] = note.position
                self._closes.pop(fait.fait, None)
            case PeriodeClose():
                self._closes[note.id] = fait
            case RegleAdoptee() | RegleSuspendue() | RegleAbrogee() | FaitDeclare():
                self.reglement.applique(fait, note)
            case DoublonReuni() | PersonneRepresentee() | RepresentationFinie():
                self.mandats.qui.applique(fait)
            case _:
                self.mandats.applique(fait)

    def avec(self, fait: RegleAdoptee, note: Note) -> Livre:
        """The same with this rule version too: on trial, it is not there yet."""
        plus = copy(self)
        plus.reglement = self.reglement.avec(fait, note)
        return plus

    def autorise(self, demande: Demande[Any, Any], commande: Any, x: Contexte) -> str | Refus:
        """The mandate by which ``x.par`` may ask this, or why not; nothing is dated into a period that is closed."""
        mandat = "fondation" if demande.fondatrice else self.mandats.autorise(demande, commande, x)
        if self.close is None or isinstance(mandat, Refus):
            return mandat
        return archive(x.aujourdhui, self.close) or mandat

    def fautes(self, commande: Any) -> list[tuple[str, str]]:
        """What this place cannot take of a command: a fact that it never asks, or a rule about one."""
        dits = getattr(commande, "faits", ())
        found = list(faits.fautes(dits, self.reglement.faits, self.zone)) if dits else []
        return [*found, *manquants(commande, self.reglement)] if isinstance(commande, A_VERIFIER) else found

    def touche(self, decision: DecisionRendue) -> bool:
        """Whether this rulebook may decide otherwise than what was decided then."""
        return self.reglement.touche(decision)

    def juge(self, _: str, mesures: Mesures, x: Contexte) -> tuple[Clause, ...]:
        """Each rule that prevails this day, on what it measured."""
        return jugees(self.reglement, mesures, x.aujourdhui)

    def rejuge(self, clause: Clause) -> Clause:
        """The same rule version on the measure that was recorded; a clause unlike any, of a version never made."""
        v = self.version(clause)
        if v is None:
            return msgspec.structs.replace(clause, verdict="indeterminee", limite=None, sur=INCONNUE)
        return rejugee(v, clause)

    def leve(self, clauses: Sequence[Clause], mesures: Mesures, _: Contexte) -> Lot[Any] | None:
        """Where the dérogations that could lift these clauses lie; ``None`` when no clause blocks."""
        if all(c.verdict not in LEVABLE for c in clauses):
            return None
        siens = sorted(self.mandats.qui.memes(mesures.personne))
        return lire(derogations_de(*(derogation(un, mesures.jour) for un in siens)))

    def deroge(self, clauses: Sequence[Clause], etats: Any, mesures: Mesures, _: Contexte) -> tuple[Clause, ...]:
        """The clauses, those that a dérogation lifts that day marked so."""
        held = {d.regle: d.derogation for d in etats[0] if d.du <= mesures.jour <= d.au}
        return tuple(
            msgspec.structs.replace(c, verdict="derogee", derogation=held[RegleId(c.regle)])
            if c.verdict in LEVABLE and c.regle in held
            else c
            for c in clauses
        )

    def validations(self, clauses: Sequence[Clause]) -> tuple[Validation, ...]:
        """Those among the rules of these clauses that send the demand to somebody.

        What cannot be told is for the coordination to tell, within three days, unless another rule says otherwise.
        """
        versions = (self.version(c) for c in clauses if c.verdict == "a_valider")
        found = tuple(asked for v in versions if v is not None and (asked := validation_de(v)) is not None)
        return found or tuple(Validation() for c in clauses[:1] if any(c.verdict == "indeterminee" for c in clauses))

    def ecarts(self, clauses: Sequence[Clause], mesures: Sequence[Mesures], x: Contexte) -> tuple[EcartConstate, ...]:
        """What was not respected by what is granted, of which something follows."""
        return constates(clauses, mesures, x)

    def reglage(  # noqa: PLR0913 - what a scope may name
        self,
        genre: type[G],
        jour: Date,
        *,
        le: Date | None = None,
        action: str = "",
        lieux: tuple[str, ...] = (),
        personne: str = "",
        publics: tuple[str, ...] = (),
        groupes: tuple[str, ...] = (),
        faits: Mapping[str, Fait] = RIEN_DIT,
    ) -> G | None:
        """What the place has set for this, in force on ``jour``, for a use on ``le``; ``None`` when it has set nothing.

        Of several, the most specific, then the latest: as rules of one kind prevail.
        """
        of_kind = self.reglement.du_genre(genre, jour)
        if not of_kind:
            return None
        about = Mesures(
            action=action,
            personne=PersonneId(personne),
            lieux=lieux,
            jour=le or jour,
            publics=publics,
            groupes=groupes,
            faits=faits,
        )
        kept = max((v for v in of_kind if v.portee.couvre(about)), key=Version.rang, default=None)
        return None if kept is None or not isinstance(kept.genre, genre) else kept.genre

    def fixe(self, genre: type, jour: Date) -> bool:
        """Whether a rule of that kind is in force on a day, for anything at all."""
        return bool(self.reglement.du_genre(genre, jour))

    def version(self, clause: Clause) -> Version | None:
        """The rule version of a clause; ``None`` when the journal never made it."""
        return self.reglement.version(RegleId(clause.regle), clause.version)

    def phrase(self, clause: Clause) -> str:
        """The clause in words."""
        v = self.version(clause)
        if v is None:
            return f"Règle « {clause.regle} » (version {clause.version}) : {INCONNUE}."
        said = v.nommee()
        dit = v.genre.refus(clause.valeur, clause.sur)
        match clause.verdict:
            case "satisfaite":
                return f"{said} : {v.genre.phrase()}. {'Elle tient.' if v.leve else 'Respectée.'}"
            case "derogee":
                return f"{said} : {v.genre.phrase()}. Levée par la dérogation {clause.derogation}."
            case "levee":
                return f"{said} : {v.genre.phrase()}. Levée par l'exception « {clause.derogation} »."
            case "sans_effet":
                return f"{said}, exception qui ne joue pas ici : {dit}"
            case "indeterminee":
                return f"{said}, à juger par une personne : {dit}{self._a_dire(v, clause)}"
            case _:
                suite = v.sinon.phrase()
                return f"{said} : {dit}" + (f" Il s'ensuit : {suite}." if suite else "")

    def _a_dire(self, v: Version, clause: Clause) -> str:
        """How to say, with the demand, what the rule could not read of what the place asks."""
        tus = getattr(v.genre, "tus", lambda _: lus(v.genre))(clause.valeur)
        return faits.a_dire(tus, self.reglement.faits)

    def en_tant_que(self, mandat: str) -> str:
        """As what somebody asked: the role of a mandate, else what the mandate says by itself."""
        tenu = self.mandats.mandats.get(MandatId(mandat))
        return tenu.role if tenu else mandat

    def mois_a_lire(self, du: Date, au: Date, jour: Date, action: str = "") -> tuple[Date, Date]:
        """The days whose other uses the rules in force must know, for a use from ``du`` to ``au``.

        ``action``: only the rules that concern it.
        """
        first, last = du, au
        for v in self.reglement.en_vigueur(jour):
            regarde = getattr(v.genre, "regarde", None)  # only kinds that count other uses have it
            if regarde is not None and not (action and v.portee.actions and action not in v.portee.actions):
                a, b = regarde(du, au, jour)
                first, last = min(first, a), max(last, b)
        return first, last
