"""Facts, refusals and decisions as sentences, from what the areas declare. Names are given by who holds the vault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
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


ETIQUETTE = "etiquette"
"""A whole tag (``objet:scie``), where a name is looked up."""
FAIT = "fait"
"""A fact by its identifier (``cle/1``), where a name is looked up: its sentence."""
NATURE = "nature"
"""A stored name (``prets.ObjetRendu``), where a name is looked up: its area's title."""
VIDE = "—"
"""Nothing, where something had to be shown."""
FACULTATIF = re.compile(r"\[([^\[\]|]*\{(\w+)\}[^\[\]|]*)(?:\|([^\[\]|]*))?\]")
"""What a sentence says only of a field that is not empty, or else: ``{objet} est prêté[, sans {manquants}]``."""
MUET = re.compile(r" \([^(){}]*\{(\w+)\}[^(){}]*\)| [:;] \{(\w+)\}(?=\.?\Z)")
"""What goes without saying when its field is empty: `` ({motif})`` anywhere, `` : {motif}`` at the very end."""
PLACE = re.compile(r"(?:\b([DdQq](?:e|ue)) )?\{(\w+)\}")
"""Where a field goes in a sentence, with the word before it that a vowel would cut short."""
VOYELLE = re.compile(r"[aeiouàâäéèêëîïôöùûüœæ]|y(?![aeiouéèê])", re.IGNORECASE)
"""How a word begins that cuts the one before: ``d'Yvon``, ``de Yanis``; of an h, nobody can tell."""


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
        return self.say(fiche(thing).phrase, thing)

    def issue(self, refus: Any) -> str:
        """The way out of a refusal; tags and facts stay as they are typed."""

        def typed(kind: str, one: str) -> str:
            return one if kind in (ETIQUETTE, FAIT) else self.nommer(kind, one)

        return attrs.evolve(self, nommer=typed).say(fiche(refus).issue, refus)

    def say(self, phrase: str, thing: Any) -> str:
        """A sentence with a value's fields in it: only those that it names are looked up."""
        named = (f for f in fields_of(type(thing)) if f"{{{f.nom}}}" in phrase)
        return filled(phrase, {f.nom: self.value(f, getattr(thing, f.nom)) for f in named})

    def fields(self, thing: Any) -> dict[str, str]:
        """Each field as a person reads it."""
        return {f.nom: self.value(f, getattr(thing, f.nom)) for f in fields_of(type(thing))}

    def value(self, field: Champ, value: Any) -> str:
        """One field as a person reads it."""
        if value is None or value in ("", ()):
            return VIDE
        if field.qui is not None:
            return self.personal(value)
        if field.dit and field.plusieurs:
            return self.lisible(tuple(self.nommer(field.dit, v) for v in value))
        if field.dit:
            return self.lisible(self.nommer(field.dit, value))
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


def filled(phrase: str, champs: Mapping[str, str]) -> str:
    """A sentence with its fields in it, without what it says of empty ones; what nobody declares stays as it is."""

    def empty(name: str) -> bool:
        return champs.get(name) in ("", VIDE)

    def said(found: re.Match[str]) -> str:
        before, value = found[1], champs.get(found[2], found[0])
        if before is None:
            return value
        return f"{before[:-1]}'{value}" if VOYELLE.match(value) else f"{before} {value}"

    phrase = FACULTATIF.sub(lambda f: f[3] or "" if empty(f[2]) else f[1], phrase)
    phrase = MUET.sub(lambda f: "" if empty(f[1] or f[2]) else f[0], phrase)
    return PLACE.sub(said, phrase)


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
