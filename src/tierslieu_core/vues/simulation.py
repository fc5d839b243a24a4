"""Simulation: which of the place's own decisions proposed rules would have made otherwise, for whom, and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import attrs
import msgspec
from whenever import Date

from tierslieu_core.domaines.cadre.regles import (
    AbrogerRegle,
    AdopterRegle,
    AmenderRegle,
    DeclarerFait,
    Livre,
    SuspendreRegle,
)
from tierslieu_core.domaines.cadre.regles.faits import declare
from tierslieu_core.domaines.cadre.regles.jugement import LEVABLE
from tierslieu_core.domaines.cadre.regles.projet import Proposition, livre_propose
from tierslieu_core.domaines.cadre.regles.verification import avec
from tierslieu_core.kernel import edge
from tierslieu_core.kernel.cascade import cascade
from tierslieu_core.kernel.clock import instant
from tierslieu_core.kernel.deciding import USAGES
from tierslieu_core.kernel.decisions import Clause, RegleContraire, Verdict
from tierslieu_core.kernel.declarations import Refus, fiche
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.fields import concerned, subjects
from tierslieu_core.kernel.ports import Selection, select
from tierslieu_core.kernel.projections import end_of
from tierslieu_core.kernel.sentences import Speaker, refusal
from tierslieu_core.kernel.simulation import Contraste, World, first_order, sanctions
from tierslieu_core.vocabulaire.francais import lisible
from tierslieu_core.vues.piste import titre

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu

Ordre = Literal["premier ordre", "cascade"]
Devient = Literal["refus", "a_valider", "accord", "sans_objet", "sanction", "autrement", "sans_suite"]
"""What becomes of a decision; ``sanction``, ``autrement``: the same verdict, with a consequence, or otherwise."""
DEVIENT: Mapping[Devient, str] = {
    "refus": "refusées", "a_valider": "à valider", "accord": "accordées", "sans_objet": "déjà ainsi",
    "sanction": "avec une suite", "autrement": "autrement", "sans_suite": "sans suite",
}  # fmt: skip
DEVENU: Mapping[Devient, str] = {
    "refus": "refusé", "a_valider": "à valider", "accord": "accordé", "sans_objet": "déjà ainsi",
    "sanction": "accordé, avec une suite", "autrement": "autrement", "sans_suite": "sans suite",
}  # fmt: skip
"""The same, of one decision."""
PROPOSITIONS = (AdopterRegle, AmenderRegle, AbrogerRegle, SuspendreRegle, DeclarerFait)
AVERTISSEMENT = (
    "Attention : personne n'a vécu sous ces règles. Qui les aurait connues aurait demandé autre chose, à une autre"
    " heure, ou rien. Une simulation compare des règles sur ce qui a été demandé ; elle ne prédit pas."
)


@attrs.frozen(kw_only=True)
class Difference:
    """One decision that would be other. ``jour``: the local day on which it takes effect; ``lieux``: what it is about.

    ``etait``: ``None`` when only the simulation asks it; ``serait``: ``None`` when nobody would ask it any more.
    ``devient``: in one word; ``sans_suite``: it went on from what would not have taken place, so nobody is refused.
    ``clauses``: in words, what would object, or what objected; ``refus``: the same, when it is not a rule.
    """

    position: int
    cle: str
    jour: Date
    par: str
    personne: str
    commande: str
    titre: str
    lieux: tuple[str, ...]
    publics: tuple[str, ...]
    etait: Verdict | None
    serait: Verdict | None
    devient: Devient
    clauses: tuple[str, ...]
    refus: Refus | None = None

    @property
    def mois(self) -> str:
        """The local month: ``2026-11``."""
        return self.jour.format_iso()[:7]

    def raisons(self, speaker: Speaker | None = None) -> tuple[str, ...]:
        """Why, in words; names are said by ``speaker`` if it knows them."""
        said = () if self.refus is None else ((speaker or Speaker(lisible)).phrase(self.refus),)
        return (*said, *self.clauses)


@attrs.frozen(kw_only=True)
class Simulation:
    """What proposed rules would have changed, of so many ``decisions``.

    ``premier ordre``: each demand as it was, on the past as it was. ``cascade``: what is refused leaves its place to
    those who followed, and what is granted takes it.
    """

    ordre: Ordre
    depuis: Date
    jusqu_a: Date | None
    decisions: int
    differences: tuple[Difference, ...]
    avertissement: str = AVERTISSEMENT

    @property
    def autres(self) -> int:
        """How many decisions would be other; what would only have lost its reason is apart, and so is what is new."""
        return sum(d.etait is not None and d.devient != "sans_suite" for d in self.differences)

    @property
    def personnes_refusees(self) -> tuple[str, ...]:
        """Whom something would be refused that was not."""
        return tuple(sorted({d.personne for d in self.differences if d.devient == "refus"}))

    def par(self, quoi: Literal["mois", "public", "espace"]) -> dict[str, Counter[Devient]]:
        """How many of each kind, by local month, by public, or by what is used (``espace:…``, ``objet:…``)."""
        keys: Callable[[Difference], Iterable[str]] = {
            "mois": lambda d: (d.mois,), "public": lambda d: d.publics, "espace": lambda d: d.lieux,
        }[quoi]  # fmt: skip
        found: dict[str, Counter[Devient]] = {}
        for one in self.differences:
            for key in keys(one) or ("",):
                found.setdefault(key, Counter())[one.devient] += 1
        return dict(sorted(found.items()))


def simuler(  # noqa: PLR0913 - as it is asked
    lieu: Lieu,
    regles: Sequence[Any],
    depuis: Date,
    jusqu_a: Date | None = None,
    *,
    en_cascade: bool = False,
    progres: Callable[[int], None] | None = None,
) -> Simulation:
    """The place's own decisions since a day, under proposed rules."""
    _verifier(lieu, regles, depuis, jusqu_a)
    zone, autre = lieu.livre.zone or "UTC", livre_propose(regles, depuis)
    world = World(
        lieu.recorder, lieu.catalogue, Livre(), autre, end_of(depuis.prev_day(), zone),
        end_of(jusqu_a or Date.MAX, zone), lieu.handler.source, progres or (lambda _: None),
    )  # fmt: skip
    contrastes = cascade(world) if en_cascade else first_order(world)
    differences = tuple(_difference(c, world, zone) for c in contrastes)
    ordre: Ordre = "cascade" if en_cascade else "premier ordre"
    return Simulation(
        ordre=ordre, depuis=depuis, jusqu_a=jusqu_a, decisions=world.looked, differences=differences
    )  # fmt: skip


def _verifier(lieu: Lieu, regles: Sequence[Any], depuis: Date, jusqu_a: Date | None) -> None:
    """What cannot be simulated, all at once."""
    faults = [("jusqu_a", f"{jusqu_a} est avant {depuis}")] if jusqu_a is not None and jusqu_a < depuis else []
    proposees = [c for c in regles if isinstance(c, Proposition)]
    named = Counter(map(_nom, proposees))
    faits = [declare(c) for c in proposees if isinstance(c, DeclarerFait)]
    livre = Livre(avec(lieu.livre.reglement, faits, (c.regle for c in proposees if not isinstance(c, DeclarerFait))))
    for n, c in enumerate(regles, 1):
        if isinstance(c, Proposition):
            faults += [(f"règle {n}.{f}" if f else f"règle {n}", said) for f, said in _fautes(lieu, livre, c, named)]
        else:
            said = " ou ".join(fiche(k).nom for k in PROPOSITIONS)
            faults.append((f"règle {n}", f"une proposition est {said}"))
    if faults:
        raise DemandeInvalide("Ces règles ne peuvent pas être simulées :", faults)


def _nom(c: Proposition) -> str:
    return f"fait {c.fait}" if isinstance(c, DeclarerFait) else c.regle


def _fautes(lieu: Lieu, livre: Livre, c: Proposition, named: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """What is wrong with one proposal; it may lift a rule, or go by a fact, that is proposed beside it."""
    edge.checked(lieu.catalogue, c)
    yield from edge.place_faults(c, lieu.livre.zone or "UTC")
    if named[_nom(c)] > 1:
        yield "", f"« {_nom(c)} » vient {named[_nom(c)]} fois : une seule proposition par règle ou par fait"
    yield from livre.fautes(c)
    alone: Any = c
    if isinstance(c, AdopterRegle | AmenderRegle):
        alone = attrs.evolve(alone, leve=tuple(r for r in c.leve if r not in named))
    for path, kind, one in edge.references(alone):
        if not _connu(lieu, kind, one):
            yield path, f"{kind} « {one} » inconnu(e) du lieu"


def _connu(lieu: Lieu, kind: str, one: str) -> bool:
    """Whether the place has registered it: a slip in a name would read as « nothing would change »."""
    types = lieu.catalogue.types(lieu.catalogue.identifiants[kind].naissances)
    (rows,), _ = select(lieu.recorder, [Selection(types, (f"{kind}:{one}",), last=True)])
    return bool(rows)


def _difference(c: Contraste, world: World, zone: str) -> Difference:
    decision, again = c.decision, c.again
    mesures = [m for m in (_mesures(c)) if isinstance(m, dict)]
    personnes = [*(m["personne"] for m in mesures if "personne" in m), *concerned(c.commande, "personne")]
    lieux = [tag for m in mesures for tag in m.get("lieux", ())] or subjects(c.commande)
    refus, clauses = _pourquoi(c, world)
    return Difference(
        position=c.note.position, cle=c.note.cle, jour=instant(c.note.survenu_le).to_tz(zone).date(), par=c.note.par,
        personne=next(iter(personnes), c.note.pour or c.note.par), commande=fiche(c.commande).nom,
        titre=titre(type(c.commande)), lieux=_uniques(t for t in lieux if not t.startswith(AUTRES)),
        publics=_uniques(p for m in mesures for p in m.get("publics", ())),
        etait=None if decision is None else decision.verdict, serait=None if again is None else again.verdict,
        devient=_devient(c), clauses=clauses, refus=refus,
    )  # fmt: skip


def _devient(c: Contraste) -> Devient:
    if c.sans_suite or c.again is None:
        return "sans_suite"
    if c.decision is None or c.again.verdict != c.decision.verdict:
        return c.again.verdict
    return "sanction" if sanctions(c.again.clauses) - sanctions(c.decision.clauses) else "autrement"


AUTRES = ("categorie:", "personne:", "regle:", "reservation:", "serie:", "attente:", "pret:")
"""The tags that name neither a space nor an item."""


def _uniques(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _mesures(c: Contraste) -> list[Any]:
    """What the rules could measure, of each use: as it was recorded, else as the simulation finds it."""
    kept: Any = {} if c.decision is None else msgspec.json.decode(c.decision.mesures)
    if not kept and c.again is not None:
        kept = msgspec.to_builtins(c.again.mesures)
    return [*kept[USAGES]] if USAGES in kept else [kept]


def _pourquoi(c: Contraste, world: World) -> tuple[Refus | None, tuple[str, ...]]:
    """What objects; of what would pass, what objected then."""
    if c.again is not None and (c.decision is None or c.again.refus is not None or _objecte(c.again.clauses)):
        refus, clauses, livre = c.again.refus, c.again.clauses, world.autre
    elif c.again is not None and c.decision is not None:
        refus, clauses, livre = refusal(world.catalogue, c.decision), c.decision.clauses, world.livre
    else:
        return None, ()
    said = _uniques(livre.phrase(clause) for clause in _objecte(clauses))
    return None if isinstance(refus, RegleContraire) else refus, said


def _objecte(clauses: Iterable[Clause]) -> list[Clause]:
    return [clause for clause in clauses if clause.verdict in LEVABLE]
