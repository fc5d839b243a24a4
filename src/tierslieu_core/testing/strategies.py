"""Any value that the areas declare, drawn by hypothesis from the declarations alone: a new area has its own at once.

A type of your own is drawn as hypothesis knows it (``hypothesis.strategies.register_type_strategy``), or as ``others``
says. The pools are small on purpose: things meet, and both days on which the clock changes come up often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from whenever import Date, Instant, PlainDateTime, Time

from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.declarations import Domaine
from tierslieu_core.kernel.edge import place_faults
from tierslieu_core.kernel.fields import Champ, fields_of, subject_of
from tierslieu_core.kernel.personal import Scelle
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.faits import FaitDit
from tierslieu_core.vocabulaire.montant import Montant, Poste
from tierslieu_core.vocabulaire.temps import Moment, Periode

ZONE = "Europe/Paris"
KEYS = tuple(f"d-{n}" for n in range(1, 9))
"""The keys under which lives ask: what a demand itself brings into being (a booking, a mandate) is named by its key."""
CANARY = "Zoe-Canari"
"""In every personal value in clear that is drawn: whatever shows it has leaked."""


@attrs.frozen(eq=False)
class Strategies:
    """Strategies over the declarations of a catalogue. ``others``: a strategy for each further type, before ours."""

    catalogue: Catalogue
    others: Mapping[Any, SearchStrategy[Any]] = {}

    def facts(self, areas: Iterable[Domaine] | None = None) -> SearchStrategy[Any]:
        """Any fact of these areas (of all, unless told), personal values sealed."""
        sealed = attrs.evolve(self, others={**self.others, _PERSONAL: _SEALED})
        return st.one_of([sealed.of(c) for a in self._areas(areas) for c in a.faits])

    def refusals(self, areas: Iterable[Domaine] | None = None) -> SearchStrategy[Any]:
        """Any refusal of these areas."""
        return st.one_of([self.of(c) for c in refusal_classes(self._areas(areas)) or self.catalogue.refus.values()])

    def commands(self, areas: Iterable[Domaine] | None = None) -> SearchStrategy[Any]:
        """Any command of these areas, let in by a place or not; personal values in clear, with the canary."""
        clear = attrs.evolve(self, others={_PERSONAL: _CLEAR, **self.others})
        return st.one_of([clear.of(d.commande) for a in self._areas(areas) for d in a.demandes])

    def demands(self, areas: Iterable[Domaine] | None = None, zone: str = ZONE) -> SearchStrategy[Any]:
        """Any command that a place on the clock of ``zone`` reads without fault; numbers as a place would use them.

        It says nothing of what the place would have had to declare first.
        """
        made_by_key = {i.type: st.sampled_from(KEYS) for i in self.catalogue.identifiants.values()}
        made_by_key = {k: s for k, s in made_by_key.items() if k not in self.created()}
        few = {FaitDit: st.nothing(), int: st.integers(1, 7) | st.integers(0, 400), **made_by_key, **self.others}
        return attrs.evolve(self, others=few).commands(areas).filter(lambda c: not place_faults(c, zone))

    def of(self, cls: type) -> SearchStrategy[Any]:
        """Any value of one declared class; a field that has a default is sometimes left to it."""
        fields = fields_of(cls)
        given = {f.nom: self._field(f) for f in fields if f.obligatoire}
        left = {f.nom: self._field(f) for f in fields if not f.obligatoire}
        return st.fixed_dictionaries(given, optional=left).map(lambda said: cls(**said))

    def value(self, kind: Any) -> SearchStrategy[Any]:
        """Any value of a declared type."""
        if kind in self.others:
            return self.others[kind]
        if kind in _KNOWN:
            return _KNOWN[kind]
        if subject_of(kind):
            return st.sampled_from([f"{subject_of(kind)}-{n}" for n in (1, 2, 3)]).map(kind)
        if kind in self.catalogue.codec.unions:
            return st.one_of([self.of(c) for c in self.catalogue.codec.unions[kind].values()])
        if get_origin(kind) is Literal:
            return st.sampled_from(get_args(kind))
        return self.of(kind) if attrs.has(kind) else st.from_type(kind)

    def _field(self, field: Champ) -> SearchStrategy[Any]:
        personal = self.others.get(_PERSONAL, _CLEAR | _SEALED)
        value = self.value(field.element) if field.qui is None else personal
        if field.plusieurs:
            value = st.just(()) if value.is_empty else st.lists(value, max_size=3).map(tuple)
        return st.none() | value if field.facultatif else value

    def _areas(self, areas: Iterable[Domaine] | None) -> Sequence[Domaine]:
        return self.catalogue.domaines if areas is None else tuple(areas)

    def created(self) -> set[Any]:
        """The identifier types that some command brings into being by name."""
        commands = (d.commande for d in self.catalogue.demandes.values())
        return {f.element for c in commands for f in fields_of(c) if f.nouveau}


def refusal_classes(areas: Iterable[Domaine]) -> list[type]:
    """The refusals that these areas declare."""
    return [r for a in areas for r in a.refus]


# ── the types of the shared vocabulary ──────────────────────────────────────────────────────────────────────────────

_PERSONAL = "personnel"
_WORDS = st.sampled_from(["salle", "concierge", "état « d’usage » à l’œil", "🛠️", ""])
_TEXTS = _WORDS | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_CLEAR = _TEXTS.map(lambda text: f"{CANARY} {text}")
_SEALED = st.builds(
    Scelle,
    personne=st.sampled_from(["personne-1", "camille"]),
    conservation=st.sampled_from(["pret", "identite"]),
    version=st.integers(1, 3),
    cle=st.sampled_from(KEYS),
    champ=st.sampled_from(["prets.PreterObjet.constat"]),
    boite=st.binary(max_size=12).map(bytes.hex),
)
_DATES = st.sampled_from([Date(2026, 3, 29), Date(2026, 10, 25), Date(2026, 11, 23), Date(2028, 2, 29)]) | st.integers(
    0, 60
).map(lambda n: Date(2026, 11, 1).add(days=n))
_TIMES = st.sampled_from([Time(0), Time(2, 30), Time(8), Time(23, 59, 59)])
_CHANGES = [
    Moment.depuis_texte(text)
    for text in (
        "2026-03-29T01:30", "2026-03-29T03:00", "2026-10-25T01:59", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00",
        "2026-11-30T23:00", "2026-11-24T10:00",
    )
]  # fmt: skip
_MOMENTS = st.sampled_from(_CHANGES) | st.integers(0, 14 * 24 * 4).map(
    lambda n: Moment.de(Instant.from_utc(2026, 11, 23).add(minutes=15 * n), ZONE)
)
_PERIODS = st.builds(
    lambda debut, minutes: Periode(debut, Moment.de(debut.dans(ZONE).to_instant().add(minutes=minutes), ZONE), ZONE),
    _MOMENTS,
    st.sampled_from([15, 60, 90, 24 * 60, 3 * 24 * 60]),
)
_AMOUNTS = st.sampled_from([0, 1, 100, 12_050, 125_050]).map(Montant)
_KNOWN: Mapping[Any, SearchStrategy[Any]] = {
    str: _TEXTS,
    int: st.integers(-3, 400) | st.integers(-(2**53), 2**53),
    bool: st.booleans(),
    Date: _DATES,
    Time: _TIMES,
    PlainDateTime: st.builds(Date.at, _DATES, _TIMES),
    Instant: st.integers(-(10**9), 4 * 10**9).map(Instant.from_timestamp),
    Moment: _MOMENTS,
    FaitDit: st.sampled_from([FaitDit("statut", "ecole"), FaitDit("age", "12")]),
    Periode: _PERIODS,
    Chose: st.sampled_from([Chose("espace", "espace-1"), Chose("objet", "objet-2"), Chose("personne", "personne-1")]),
    Empreinte: st.sampled_from([Empreinte.de(content) for content in (b"", b"bail", b"police")]),
    Montant: _AMOUNTS,
    Poste: st.builds(Poste, st.sampled_from(["ligne-1", "ligne-2", "ligne-3"]), _AMOUNTS),
    Scelle: _SEALED,
}
