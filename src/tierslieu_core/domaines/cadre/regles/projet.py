"""Projet: rules that are proposed, held up against the place's own past as if they had been in force since a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.livre import Livre
from tierslieu_core.domaines.cadre.regles.reglement import AdopterRegle, AmenderRegle, adoptee
from tierslieu_core.domaines.cadre.regles.suspensions import AbrogerRegle, SuspendreRegle
from tierslieu_core.domaines.cadre.regles.versions import PROPOSEE, Reglement, Version
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.vocabulaire.identifiants import RegleId

Proposition = AdopterRegle | AmenderRegle | AbrogerRegle | SuspendreRegle
DERNIERE = 2**53
"""Of two rules of one rank that begin on the same day, the one that is proposed prevails."""


def livre_propose(propositions: Iterable[Proposition], depuis: Date) -> Livre:
    """A blank rulebook by which, from a day on, each proposed rule replaces the place's own of that name."""
    return Livre(_Propose({c.regle: c for c in propositions}, depuis))


class _Propose(Reglement):
    """The place's own versions, as they came to be; those in force are another matter: the proposed ones stand in.

    So what the place did about its rules since is decided as it was; only what they judge changes.
    """

    def __init__(self, propositions: Mapping[RegleId, Proposition], depuis: Date) -> None:
        super().__init__()
        self._propositions, self._depuis = propositions, depuis
        self._proposees = {regle: _version(c, depuis) for regle, c in propositions.items()}
        self._remplacees: dict[Date, tuple[tuple[Version, ...], tuple[Version, ...]]] = {}

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


def _version(c: Proposition, depuis: Date) -> Version | None:
    """What is proposed, as a version; ``None`` when that is to have none."""
    if not isinstance(c, AdopterRegle | AmenderRegle):
        return None
    scratch, version = Reglement(), cast("Any", adoptee(c, PROPOSEE))
    scratch.applique(attrs.evolve(version, du=depuis), Note(DERNIERE, "", "", "", "", None, "", None))
    return scratch.version(c.regle, PROPOSEE)
