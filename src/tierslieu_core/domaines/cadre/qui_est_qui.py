"""Qui est qui: which identifiers are one person, and for whom each may speak. Read with every demand."""

from __future__ import annotations

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.cadre.representations import PersonneRepresentee, RepresentationFinie, bornee
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.vocabulaire.identifiants import PersonneId

Jours = tuple[Date, Date | None]


@attrs.define
class QuiEstQui:
    """``reunis``: each double, and the identifier kept for it."""

    reunis: dict[PersonneId, PersonneId] = attrs.Factory(dict)
    _memes: dict[PersonneId, frozenset[PersonneId]] = attrs.Factory(dict)
    _par: dict[PersonneId, dict[PersonneId, list[Jours]]] = attrs.Factory(dict)

    def applique(self, fait: DoublonReuni | PersonneRepresentee | RepresentationFinie) -> None:
        """Take one more fact into account."""
        if isinstance(fait, DoublonReuni):
            self.reunis[fait.doublon] = fait.personne
            same = self.memes(fait.personne) | self.memes(fait.doublon)
            self._memes.update(dict.fromkeys(same, same))
            return
        held = self._par.setdefault(fait.representant, {}).setdefault(fait.personne, [])
        if isinstance(fait, PersonneRepresentee):
            held.append((fait.du, fait.au))
        else:
            held[:] = [(du, bornee(au, fait.le)) for du, au in held]

    def memes(self, qui: str) -> frozenset[PersonneId]:
        """The identifiers of one same person."""
        one = PersonneId(qui)
        return self._memes.get(one, frozenset({one}))

    def representations(self, personne: PersonneId, representant: PersonneId) -> list[Jours]:
        """The days on which one represents the other."""
        return self._par.get(representant, {}).get(personne, [])

    def representants(self, qui: str, jour: Date) -> frozenset[PersonneId]:
        """Those who represent a person that day."""
        siens = self.memes(qui)
        return frozenset(
            one
            for one, them in self._par.items()
            for held in (them.get(same, ()) for same in siens)
            if any(du <= jour and (au is None or jour <= au) for du, au in held)
        )

    def parle_pour(self, qui: str, jour: Date) -> frozenset[PersonneId]:
        """Every identifier for which ``qui`` may speak that day: their own, their doubles', those they represent."""
        found = self.memes(qui)
        for one in self.memes(qui):
            for represented, held in self._par.get(one, {}).items():
                if any(du <= jour and (au is None or jour <= au) for du, au in held):
                    found |= self.memes(represented)
        return found


def identifiants(qui: PersonneId, x: Contexte) -> tuple[PersonneId, ...]:
    """The identifiers of one person, this one first: what a decision reads of somebody, it reads of each."""
    siens = x.livre.mandats.qui.memes(qui)
    return (qui,) if len(siens) == 1 else (qui, *sorted(siens - {qui}))
