"""Projet: what is proposed, held up against the place's own past as if it had been in force since a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.faits import DeclarerFait, FaitDeclare, declare
from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.cadre.regles.genres.dossier import AttestationValable, Majorite
from tierslieu_core.domaines.cadre.regles.livre import Livre
from tierslieu_core.domaines.cadre.regles.reglement import AdopterRegle, AmenderRegle, RegleAdoptee, adoptee
from tierslieu_core.domaines.cadre.regles.suspensions import AbrogerRegle, RegleAbrogee, RegleSuspendue, SuspendreRegle
from tierslieu_core.domaines.cadre.regles.versions import PROPOSEE, Reglement, Version
from tierslieu_core.kernel.decisions import DecisionRendue
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.vocabulaire.identifiants import RegleId

Sur = AdopterRegle | AmenderRegle | AbrogerRegle | SuspendreRegle
"""What is proposed about a rule."""
Proposition = Sur | DeclarerFait
DERNIERE = 2**53
"""Of two rules of one rank, the one that is proposed prevails, as it would once adopted: it would be the last."""


def livre_propose(propositions: Sequence[Proposition], depuis: Date) -> Livre:
    """A blank rulebook by which, from a day on, each proposed rule replaces the place's own of that name.

    What nobody was asked then is simply not told.
    """
    faits = [declare(c) for c in propositions if isinstance(c, DeclarerFait)]
    return Livre(_Propose({c.regle: c for c in propositions if not isinstance(c, DeclarerFait)}, faits, depuis))


class _Propose(Reglement):
    """The place's own versions, as they came to be; those in force are another matter: the proposed ones stand in.

    So what the place did about its rules since is decided as it was; only what they judge changes.
    """

    def __init__(self, propositions: Mapping[RegleId, Sur], faits: Iterable[FaitDeclare], depuis: Date) -> None:
        super().__init__()
        self._siens, self._demandes = dict[str, FaitDeclare](), {f.fait: f for f in faits}
        self.faits = dict(self._demandes)
        self._propositions, self._depuis = propositions, depuis
        self._proposees = {regle: _version(c) for regle, c in propositions.items()}
        self._remplacees: dict[Date, tuple[tuple[Version, ...], tuple[Version, ...]]] = {}

    def applique(self, fait: RegleAdoptee | RegleSuspendue | RegleAbrogee | FaitDeclare, note: Note) -> None:
        if isinstance(fait, FaitDeclare):
            self._siens[fait.fait] = fait
            self.faits = self._siens | self._demandes
        else:
            super().applique(fait, note)

    def touche(self, decision: DecisionRendue, /) -> bool:
        """Whether what is proposed may change a decision: none that measured no action which these rules judge.

        A rule for any action, a setting, a fact to be asked may change any.
        """
        actions = self._touchees()
        return actions is None or any(action in bytes(decision.mesures) for action in actions)

    def _touchees(self) -> tuple[bytes, ...] | None:
        """The actions that the proposed rules judge, or judged before, as measures are recorded; ``None``: any."""
        dites = [v for v in self._proposees.values() if v is not None]
        dites += [v for regle in self._propositions for v in self.versions.get(regle, ())]
        partout = any(
            isinstance(v.genre, Reglage | Majorite | AttestationValable) or not v.portee.actions for v in dites
        )
        if partout or self._demandes or not self._propositions:
            return None
        return tuple({f'"action":"{action}"'.encode() for v in dites for action in v.portee.actions})

    def declaration(self, fait: str) -> FaitDeclare | None:
        return self._siens.get(fait)

    def en_vigueur(self, jour: Date) -> tuple[Version, ...]:
        siennes = super().en_vigueur(jour)
        if jour < self._depuis or not self._propositions:
            return siennes
        deja, found = self._remplacees.get(jour, (None, ()))
        if deja is not siennes:
            found = self._avec_les_proposees({v.regle: v for v in siennes}, jour)
            self._remplacees[jour] = siennes, found
        return found

    def _avec_les_proposees(self, siennes: dict[RegleId, Version], jour: Date) -> tuple[Version, ...]:
        for regle, c in self._propositions.items():
            proposee = self._proposees[regle]
            if proposee is not None:
                siennes[regle] = proposee
            elif not isinstance(c, SuspendreRegle) or c.au is None or jour <= c.au:
                siennes.pop(regle, None)
        return tuple(siennes[regle] for regle in sorted(siennes))

    def version(self, regle: RegleId, n: int) -> Version | None:
        return self._proposees.get(regle) if n == PROPOSEE else super().version(regle, n)


def _version(c: Sur) -> Version | None:
    """What is proposed, as a version; ``None`` when that is to have none."""
    if not isinstance(c, AdopterRegle | AmenderRegle):
        return None
    scratch, version = Reglement(), cast("Any", adoptee(c, PROPOSEE))
    scratch.applique(attrs.evolve(version, du=Date.MAX), Note(DERNIERE, "", "", "", "", None, "", None))
    return scratch.version(c.regle, PROPOSEE)
