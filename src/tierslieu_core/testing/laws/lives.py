"""Laws of a place's life: whatever is asked of it, on any store."""

# ruff: noqa: S101 - a law is made of assertions
from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import attrs
from hypothesis import given, settings

from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.echeancier import SansMandat, passer
from tierslieu_core.kernel.decisions import DECISION, DecisionRendue
from tierslieu_core.kernel.declarations import Registre, fiche
from tierslieu_core.kernel.envelope import unwrap
from tierslieu_core.kernel.errors import CleReutilisee, DemandeInvalide
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.kept import Kept
from tierslieu_core.kernel.ports import Row, head_of, scan
from tierslieu_core.kernel.projections import Incremental, derived, rows_of, selected
from tierslieu_core.kernel.sentences import PLACE
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.laws.declared import SHOWN_AS_IS
from tierslieu_core.testing.laws.scope import Asked, Scope, founded, live, lived, patient
from tierslieu_core.testing.laws.watched import Watched
from tierslieu_core.testing.shelf import MemoryShelves
from tierslieu_core.testing.spec import MAINTENANT
from tierslieu_core.testing.strategies import CANARY, KEYS
from tierslieu_core.vocabulaire.identifiants import PersonneId

Life = list[Asked]
SEASON = 24 * 90
"""Hours."""
SHORTER = 8
"""A life costs many demands: a law of lives is tried on so many times fewer examples than the profile says."""


def of_any_life(law: Callable[[Scope, Lieu, Life], None]) -> Callable[[Scope], None]:
    """A law that holds in any life of a place: each time in a new place, closed at the end."""

    @wraps(law)
    def applied(scope: Scope) -> None:
        @patient(max_examples=max(5, settings().max_examples // SHORTER))
        @given(scope.lives())
        def in_a_new_place(life: Life) -> None:
            with founded(scope) as lieu:
                law(scope, lieu, life)

        in_a_new_place()

    return applied


@of_any_life
def retries_are_silent_and_equal(_: Scope, lieu: Lieu, life: Life) -> None:
    """A demand asked again under its key gets its first answer, and records nothing, whatever happened since."""
    answered = list(lived(lieu, life))
    head = head_of(lieu.recorder)
    for one in answered:
        again = one.again(lieu)
        assert (again.verdict, again.decision, again.evenements) == (
            one.reponse.verdict, one.reponse.decision, one.reponse.evenements,
        )  # fmt: skip
        assert again.note == one.reponse.note
    assert head_of(lieu.recorder) == head


@of_any_life
def a_key_answers_one_demand_only(_: Scope, lieu: Lieu, life: Life) -> None:
    """Another demand, or another person, under a key that was answered is turned away, and records nothing."""
    answered = list(lived(lieu, life))
    head = head_of(lieu.recorder)
    other = InscrirePersonne(personne=PersonneId("personne-9"), nom="x")
    for one in answered:
        for commande, par in ((other, one.asked.par), (one.asked.commande, "personne-2")):
            try:
                lieu.executer(commande, par=par, cle=one.cle)
            except CleReutilisee:
                continue
            raise AssertionError((commande, par))
    assert head_of(lieu.recorder) == head


@of_any_life
def facts_are_all_there_or_none(_: Scope, lieu: Lieu, life: Life) -> None:
    """Each decision is followed by its facts, numbered, and nothing else; a demand that is turned away leaves none."""
    at = head_of(lieu.recorder)
    for one in lived(lieu, life):
        asked = [one.reponse, *one.reponse.suites]
        found = list(scan(lieu.recorder, None, at))
        ids = [f"{r.cle}/{n}" for r in asked for n in range(len(r.evenements) + 1)]
        assert [unwrap(row).id for row in found] == ids
        assert [r.decision.faits for r in asked] == [len(r.evenements) for r in asked]
        assert all(bool(r.evenements) == (r.verdict == "accord") for r in asked)
        at += len(found)
    assert head_of(lieu.recorder) == at


@of_any_life
def asking_again_adds_no_fact(scope: Scope, lieu: Lieu, life: Life) -> None:
    """What was accepted, asked anew at once, is already so or refused, unless its area lets it be repeated."""
    for one in lived(lieu, life):
        if one.reponse.verdict == "accord" and type(one.asked.commande) not in scope.repeatable:
            second = one.again(lieu, cle=f"{one.cle}-encore")
            assert second.verdict in ("sans_objet", "refus"), (one.asked.commande, second.evenements)


@of_any_life
def a_trial_tells_the_truth_and_leaves_nothing(_: Scope, lieu: Lieu, life: Life) -> None:
    """`essai` records nothing, and gives the verdict, clauses and reasons that the demand gets just after."""
    for n, asked in enumerate(life):
        head = head_of(lieu.recorder)
        how: dict[str, Any] = {"cle": KEYS[n], "maintenant": MAINTENANT.add(hours=n)}
        trial = _answer(lieu, asked, essai=True, **how)
        assert head_of(lieu.recorder) == head
        assert trial == _answer(lieu, asked, **how)


def _answer(lieu: Lieu, asked: Asked, **how: Any) -> Any:
    """All that an answer says, but for where it is recorded and what is sealed."""
    try:
        said = asked.on(lieu, **how)
    except DemandeInvalide as fault:
        return type(fault), str(fault)
    assert (said.position is None) == ("essai" in how)
    kinds = [type(fait) for fait in said.evenements]
    return said.verdict, said.decision.clauses, said.decision.motif, said.explication, kinds


@of_any_life
def what_falls_due_is_asked_once(_: Scope, lieu: Lieu, life: Life) -> None:
    """Months later, all that falls due can be said; one pass asks what a demand can do, and a second one nothing."""
    live(lieu, life)
    lieu.horloge = lieu.handler.clock = lambda: MAINTENANT.add(hours=SEASON)
    head = head_of(lieu.recorder)
    due = lieu.a_faire()
    said, keys = [one.phrase for one in due], [one.cle for one in due if one.commande is not None]
    assert not any(map(PLACE.search, said)), f"each names its row's columns: {said}"
    assert len(keys) == len(set(keys)), "a thing falls due once at an instant, as each kind of due date"
    assert head_of(lieu.recorder) == head
    passage = passer(lieu, "camille")
    assert not passage.inacheve
    assert [type(fault) for _, fault in passage.empechees if not isinstance(fault, SansMandat)] == []
    head = head_of(lieu.recorder)
    assert passer(lieu, "camille").reponses == []
    assert head_of(lieu.recorder) == head


@of_any_life
def registers_are_folds(scope: Scope, lieu: Lieu, life: Life) -> None:
    """A register that follows, one that is folded from empty, and one read in batches hold the same rows."""
    registres = [r for area in scope.domaines for r in area.registres]
    following = [Incremental(lieu.recorder, lieu.catalogue, r) for r in registres]
    for _ in lived(lieu, life):
        for one in following:
            one.catch_up()
    for one in following:
        rows = _folded(lieu, one.registre)
        assert list(one.catch_up().items()) == list(rows.items())
        half = Incremental(lieu.recorder, lieu.catalogue, one.registre)
        half.catch_up(one.position // 2)
        assert half.catch_up() == rows
        first = attrs.fields(one.registre.ligne)[0].name
        assert [getattr(r, first) for r in lieu.registre(one.registre.nom)] == [
            getattr(r, first) for r in rows.values()
        ]


@of_any_life
def kept_registers_are_folds(scope: Scope, lieu: Lieu, life: Life) -> None:
    """A register kept beside the journal, in batches of any size, is its fold from empty, however rows are found."""
    registres = [r for area in scope.domaines for r in area.registres]
    kept = [Kept(MemoryShelves(), lieu.recorder, lieu.catalogue, r, size) for r in registres for size in (1, 3, 100)]
    for n, _ in enumerate(lived(lieu, life)):
        for one in kept:
            if n % one.batch == 0:
                one.rows({})
            lieu.registre(one.registre.nom)
    for one in kept:
        nom, rows = one.registre.nom, list(_folded(lieu, one.registre).values())
        assert one.rows({}) == rows
        for column in one.plan.columns:
            for value in {getattr(row, column) for row in rows}:
                assert _chosen(one, {column: value}, None, None) == selected(rows, {column: value}, None)
                found = [r for r in lieu.registre(nom) if getattr(r, column) == value]
                assert lieu.registre(nom, filtre={column: value}, limite=2) == found[:2]
            for tri in (column, f"-{column}"):
                assert _chosen(one, None, tri, 2) == selected(rows, None, tri)[:2]
                assert lieu.registre(nom, tri=tri, limite=2) == lieu.registre(nom, tri=tri)[:2]
        for row in rows:
            for days in (0, 40):
                (later,) = derived(one.registre, [row], MAINTENANT.to_tz("UTC").add(days=days))
                same = all(getattr(row, c) == getattr(later, c) for c in one.plan.columns)
                varie = one.registre.varie
                assert same or (varie is not None and getattr(row, varie) is not None)


def _chosen(kept: Kept, filtre: Any, tri: str | None, limite: int | None) -> list[Any]:
    """What is asked of a shelf, then chosen and sorted as a place does."""
    return selected(kept.asked(filtre, tri, limite), filtre, tri)[:limite]


def _folded(lieu: Lieu, registre: Registre[Any]) -> dict[Any, Any]:
    rows = scan(lieu.recorder, lieu.catalogue.types(registre.faits))
    return rows_of(lieu.catalogue, registre, rows, corriges=lieu.livre.corriges)


@of_any_life
def registers_can_be_read_at_any_date(scope: Scope, lieu: Lieu, life: Life) -> None:
    """A register can be read as true on any day and as known on any day; as known today, it is what it is now."""
    live(lieu, life)
    today = MAINTENANT.add(hours=len(life)).to_tz(lieu.livre.zone).date()
    for registre in (r.nom for area in scope.domaines for r in area.registres):
        for days in range(9):
            lieu.registre(registre, au=today.subtract(days=days))
            lieu.registre(registre, connu_le=today.subtract(days=days))
        assert lieu.registre(registre, connu_le=today) == lieu.registre(registre, au=today)


@of_any_life
def replay_finds_no_difference(_: Scope, lieu: Lieu, life: Life) -> None:
    """Every decision, taken again at both levels, is what was recorded."""
    live(lieu, life)
    for niveau in (1, 2):
        rejeu = lieu.rejouer(niveau=niveau)
        assert rejeu.fidele, "\n".join(map(str, rejeu.ecarts))
    assert rejeu.decisions == sum(1 for _ in scan(lieu.recorder, [DECISION]))


@of_any_life
def nothing_personal_is_in_clear(scope: Scope, lieu: Lieu, life: Life) -> None:
    """No personal value can be read in the stored bytes, ids, types or tags."""
    live(lieu, life)
    for found in lieu.recorder.read():
        assert CANARY.encode() not in found.event.data
        assert all(CANARY.lower() not in text.lower() for text in (found.event.type, *found.event.tags))
        value = scope.catalogue.fact(Row(found.position, found.event.type, found.event.data))
        if isinstance(value, DecisionRendue):
            value = scope.catalogue.codec.decode(value.demande, scope.catalogue.demande(value.commande).commande)
        clear = [f.nom for f in fields_of(type(value)) if f.qui and isinstance(getattr(value, f.nom), str)]
        assert not clear, fiche(value).nom


@of_any_life
def facts_carry_tags(_: Scope, lieu: Lieu, life: Life) -> None:
    """Every fact carries at least one tag, each once; a decision carries its key and who asked."""
    live(lieu, life)
    for found in lieu.recorder.read():
        tags = found.event.tags
        assert tags, found.event.type
        assert len(set(tags)) == len(tags), tags
        assert all(tag and not tag.endswith(":") for tag in tags), tags
        if found.event.type == DECISION:
            assert [tag.partition(":")[0] for tag in tags[:2]] == ["cle", "par"]


@of_any_life
def every_append_is_conditional(scope: Scope, lieu: Lieu, life: Life) -> None:
    """Each append goes under a condition whose every item names at least a type and a tag, and after a known head."""
    watched = Watched(lieu.recorder)
    asked = Lieu(watched, lieu.vault, scope.catalogue)
    live(asked, life)
    for condition in watched.conditions:
        assert condition is not None
        assert condition.after
        assert condition.fail_if_events_match.items
        for item in condition.fail_if_events_match.items:
            assert item.types
            assert item.tags


@of_any_life
def everything_can_be_told(_: Scope, lieu: Lieu, life: Life) -> None:
    """The trail, the explanation, the planning and what is handed on read as sentences, refusals with their reason."""
    for one in lived(lieu, life):
        told = lieu.expliquer(one.cle)
        said = "\n".join((str(told), str(told.trace), *one.reponse.explication))
        assert not any(mark in said for mark in SHOWN_AS_IS), said
        assert bool(told.trace.phrases) == (one.reponse.verdict in ("accord", "refus", "a_valider")), told
        assert (one.reponse.verdict in ("refus", "a_valider")) <= bool(one.reponse.explication)
    for found in lieu.planning(lieu.aujourdhui.subtract(years=1), lieu.aujourdhui.add(years=1)):
        assert found.debut < found.fin, found
        assert not any(mark in found.phrase for mark in (*SHOWN_AS_IS, "{")), found
    for phrase in (phrase for une in lieu.transmissions() for phrase in une.phrases):
        assert not any(mark in phrase for mark in SHOWN_AS_IS), phrase
