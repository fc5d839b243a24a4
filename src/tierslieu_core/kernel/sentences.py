"""Facts, refusals and decisions as sentences, from what the areas declare. Names are given by who holds the vault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.fields import Champ, fields_of
from tierslieu_core.kernel.personal import Efface, Scelle

if TYPE_CHECKING:
    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.decisions import DecisionRendue, Livre
    from tierslieu_core.kernel.declarations import Refus

Namer = Callable[[str, str], str]
"""What people call a thing: tag prefix and identifier to name."""


FACULTATIF = re.compile(r"\[([^\[\]]*\{(\w+)\}[^\[\]]*)\]")
"""What a sentence says only of a field that is not empty: ``{objet} est prêté[, sans {manquants}]``."""


def as_is(_: str, one: str) -> str:
    """Identifiers, when nobody knows the names."""
    return one


@attrs.frozen
class Speaker:
    """Says declared values in French. ``lisible`` writes values, ``nommer`` names things, ``ouvrir`` opens boxes."""

    lisible: Callable[[Any], str] = str
    nommer: Namer = as_is
    ouvrir: Callable[[Scelle], str | Efface | Scelle] = lambda sealed: sealed

    def phrase(self, thing: Any) -> str:
        """The sentence of a fact or refusal."""
        phrase = FACULTATIF.sub(lambda f: f[1] if getattr(thing, f[2]) else "", fiche(thing).phrase)
        return phrase.format(**self.fields(thing))

    def issue(self, refus: Any) -> str:
        """The way out of a refusal."""
        return fiche(refus).issue.format(**self.fields(refus))

    def fields(self, thing: Any) -> dict[str, str]:
        """Each field as a person reads it."""
        return {f.nom: self.value(f, getattr(thing, f.nom)) for f in fields_of(type(thing))}

    def value(self, field: Champ, value: Any) -> str:
        """One field as a person reads it."""
        if field.qui is not None:
            return self.personal(value)
        if field.sujet and field.plusieurs and value is not None:
            return self.lisible(tuple(self.nommer(field.sujet, v) for v in value))
        if field.sujet and value is not None:
            return self.lisible(self.nommer(field.sujet, value))
        return self.lisible(self._named(value))

    def _named(self, value: Any) -> Any:
        """What holds identifiers within names them itself: ``nomme(nommer) -> str``."""
        if isinstance(value, tuple):
            return tuple(map(self._named, value))
        nomme = getattr(value, "nomme", None)
        return value if nomme is None else nomme(self.nommer)

    def personal(self, value: Any) -> str:
        """A personal value: open, forgotten, or still sealed: never the one for the other."""
        found = self.ouvrir(value) if isinstance(value, Scelle) else value
        if isinstance(found, Efface):
            return "[effacé]"
        return "[scellé]" if isinstance(found, Scelle) else self.lisible(found)


def explained(catalogue: Catalogue, livre: Livre, decision: DecisionRendue, speaker: Speaker) -> Iterator[str]:
    """Why, in words: the refusal with its way out, then each clause that did not simply pass, once."""
    refus = refusal(catalogue, decision)
    if refus is not None:
        yield speaker.phrase(refus)
    yield from dict.fromkeys(livre.phrase(c) for c in decision.clauses if c.verdict != "satisfaite")
    if refus is not None:
        yield speaker.issue(refus)


def refusal(catalogue: Catalogue, decision: DecisionRendue) -> Refus | None:
    """The refusal that a decision recorded, as a value again."""
    if decision.motif is None:
        return None
    found: Refus = catalogue.codec.stored.structure(decision.motif.champs, catalogue.refus[decision.motif.refus])
    return found
