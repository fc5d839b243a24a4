"""Replay names precisely what was doctored: a fact, a verdict, a clause, a tag, a missing fact, a changed rule."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs
import pytest
from eventsourcing.dcb.api import DCBEvent
from eventsourcing.dcb.popo import InMemoryDCBRecorder
from tests.kernel.quai import SCIE, Doctor, asked, doctored, preter, quai, rendre, with_data
from whenever import Date

from tierslieu_core.domaines.cadre.regles import AdopterRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret, Simultanes
from tierslieu_core.domaines.cadre.regles.livre import Livre
from tierslieu_core.domaines.usages.prets import ObjetPrete
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.errors import FormeInconnue
from tierslieu_core.kernel.replay import replay
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import RegleId


@pytest.fixture(scope="module")
def lieu() -> Lieu:
    """Two rules, a loan within them, one beyond, a second hand on the first, a return, and a second one."""
    lieu = quai()
    sept = AdopterRegle(
        regle=RegleId("sept"), genre=DureePret(maximum_jours=7), du=Date(2026, 11, 23), motif="m",
        portee=Portee(actions=("preter",)),
    )  # fmt: skip
    deux = AdopterRegle(
        regle=RegleId("trois"), genre=Simultanes(maximum=3), du=Date(2026, 11, 23), motif="m",
        portee=Portee(actions=("preter",)),
    )  # fmt: skip
    asked(lieu, sept, "regle")
    asked(lieu, deux, "regle-2")
    asked(lieu, preter(), "court")
    asked(lieu, preter(objet=SCIE, retour=Date(2026, 12, 25)), "long")
    asked(lieu, preter(personne="personne-2"), "autre")
    asked(lieu, rendre(), "retour")
    asked(lieu, rendre(), "encore")
    return lieu


def _of(cle: str, n: int, change: Any) -> Doctor:
    """Doctor fact n (0: the decision) of one demand."""
    prefix = f'{{"id":"{cle}/{n}"'.encode()
    return lambda _, event: change(event) if event.data.startswith(prefix) else event


def _data(change: Any) -> Any:
    return lambda event: with_data(event, change)


def _fait(**fields: Any) -> Any:
    return _data(lambda data: data["fait"].update(fields))


def _found(lieu: Lieu, niveau: int = 2) -> list[tuple[str, str]]:
    return [(e.cle, e.quoi) for e in lieu.rejouer(niveau=niveau).ecarts]


def test_an_honest_journal_replays_without_difference(lieu: Lieu):
    seen: list[int] = []
    rejeu = lieu.rejouer(progres=seen.append)
    assert (rejeu.fidele, rejeu.ecarts, seen) == (True, (), list(range(1, rejeu.decisions + 1)))
    assert lieu.rejouer(niveau=1).decisions == rejeu.decisions
    assert doctored(lieu, lambda _, event: event).rejouer() == rejeu


def _clause(**fields: Any) -> Any:
    return _data(lambda data: data["fait"]["clauses"][0].update(fields))


CASES: dict[str, tuple[Doctor, list[tuple[str, str]], list[tuple[str, str]]]] = {
    "a fact": (_of("court", 1, _fait(retour="2026-11-27")), [("court", "fait prets.ObjetPrete"), ("autre",
        "motif")], []),
    "a verdict": (_of("long", 0, _fait(verdict="sans_objet")), [("long", "verdict")], []),
    "a refusal that is said to be an accord": (
        _of("long", 0, _fait(verdict="accord")), [("long", "verdict")], [("long", "verdict")],
    ),
    "the verdict of a clause": (
        _of("court", 0, _clause(verdict="derogee")),
        [("court", "clause sept"), ("court", "clause sept")], [("court", "clause sept")],
    ),
    "the measure of a clause": (_of("court", 0, _clause(valeur=6)), [("court", "clause sept")], []),
    "a clause that went": (_of("court", 0, _data(lambda d: d["fait"]["clauses"].pop())), [("court",
        "nombre de clauses")], []),
    "a measure": (
        _of("court", 0, _data(lambda d: d["fait"]["mesures"].update(duree_jours=6))), [("court", "mesures")], [],
    ),
    "a reason": (
        _of("autre", 0, _data(lambda d: d["fait"]["motif"]["champs"].update(retour="2026-11-29"))), [("autre",
            "motif")], [],
    ),
    "a mandate": (_of("autre", 0, _data(lambda d: d.update(mandat="soi"))), [("autre", "mandat")], []),
    "a number of facts": (
        _of("court", 0, _fait(faits=2)), [("court", "nombre de faits"), ("court", "nombre de faits")],
        [("court", "nombre de faits")],
    ),
    "a fact that is missing": (
        _of("court", 1, lambda _: None),
        [("court", "nombre de faits"), ("long", "clause trois"), ("autre", "verdict"), ("autre", "motif"),
            ("autre", "nombre de faits"),
         ("retour", "verdict")], [("court", "nombre de faits")],
    ),
    "the last fact, missing": (_of("retour", 1, lambda _: None), [("retour", "nombre de faits")], [("retour",
        "nombre de faits")]),
    "a tag": (
        _of("retour", 1, lambda e: DCBEvent(e.type, e.data, [*e.tags, "objet:autre"])),
        [("retour", "étiquettes de prets.ObjetRendu")], [],
    ),
    "a fact without its decision": (
        _of("retour", 0, lambda _: None), [("retour", "fait sans décision")], [("retour", "fait sans décision")],
    ),
    "the number of a fact": (
        _of("retour", 1, _data(lambda d: d.update(id="retour/7"))), [("retour", "identifiant du fait")],
        [("retour", "identifiant du fait")],
    ),
    "who asked": (_of("autre", 0, _data(lambda d: d.update(par="personne-2"))), [("autre", "mandat")], []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_was_doctored_is_named(lieu: Lieu, case: str):
    doctor, at_depth, at_first = CASES[case]
    other = doctored(lieu, doctor)
    found = _found(other)
    assert found[: len(at_depth)] == at_depth, found
    assert _found(other, niveau=1)[: len(at_first)] == at_first
    assert (not at_first) == (not _found(other, niveau=1))


def test_a_difference_says_where_what_and_both_sides(lieu: Lieu):
    other = doctored(lieu, _of("court", 1, _fait(retour="2026-11-27")))
    first = other.rejouer().ecarts[0]
    position = next(f.position for f in lieu.recorder.read() if f.event.data.startswith(b'{"id":"court/1"'))
    assert (first.position, first.cle) == (position, "court")
    assert str(first).startswith(f"position {position}, demande court : fait prets.ObjetPrete enregistré '")
    assert '"retour":"2026-11-27"' in first.enregistre
    assert '"retour":"2026-11-28"' in first.rejoue


def test_a_rule_whose_implementation_changed_is_named_at_both_levels(lieu: Lieu, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(DureePret, "juge", lambda *_: "refuse")
    for niveau in (1, 2):
        ecart = lieu.rejouer(niveau=niveau).ecarts[0]
        assert (ecart.cle, ecart.quoi) == ("court", "clause sept")
        assert ecart.enregistre == "satisfaite (mesuré 5, limite 7)"
        assert ecart.rejoue == "refuse (mesuré 5, limite 7)"


def test_an_implementation_that_records_something_else_is_named(lieu: Lieu):
    demande = lieu.catalogue.demande("prets.RendreObjet")
    changed = attrs.evolve(demande, decide=lambda c, etats, x: () if etats else demande.decide(c, etats, x))
    demandes = {**lieu.catalogue.demandes, "prets.RendreObjet": changed}
    other = Lieu(lieu.recorder, lieu.vault, attrs.evolve(lieu.catalogue, demandes=demandes))
    assert _found(other) == [
        ("retour", "verdict"), ("retour", "nombre de faits"), ("retour", "mesures"),
        ("retour", "fait prets.ObjetRendu"),
    ]  # fmt: skip


@pytest.mark.parametrize("niveau", [1, 2])
def test_what_cannot_be_read_stops_the_replay_with_its_position(lieu: Lieu, niveau: int):
    position = next(f.position for f in lieu.recorder.read() if f.event.data.startswith(b'{"id":"long/0"'))
    for broken in (
        _of("long", 0, lambda e: DCBEvent(DECISION, b"{", e.tags)),
        _of("long", 0, lambda e: DCBEvent("prets.ObjetVole", e.data, e.tags)),
        _of("long", 0, _fait(verdict="peut-être")),
    ):
        with pytest.raises(FormeInconnue, match=f"n° {position}"):
            doctored(lieu, broken).rejouer(niveau=niveau)


class LivreCurieux(Livre):
    """A rulebook that also names facts which are not under its tag: it must not be given them."""

    faits: ClassVar[tuple[type, ...]] = (*Livre.faits, ObjetPrete)


def test_a_rulebook_is_only_given_what_lies_under_its_tag(lieu: Lieu):
    for deep in (False, True):
        assert replay(lieu.recorder, lieu.catalogue, LivreCurieux(), deep=deep).fidele


# ── around facts, their order, and what cannot be judged again ──────────────────────────────────────────────────────


def _reordered(lieu: Lieu, change: Any) -> Lieu:
    """The same place, the list of its events rewritten as a whole."""
    recorder = InMemoryDCBRecorder()
    recorder.append(change([found.event for found in lieu.recorder.read()]))
    return Lieu(recorder, lieu.vault, lieu.catalogue, lieu.horloge)


def _at(events: list[DCBEvent], name: str) -> int:
    return next(i for i, event in enumerate(events) if event.data.startswith(f'{{"id":"{name}"'.encode()))


def _again_after(name: str, after: str) -> Any:
    """One event of the journal, once more, right after another."""

    def change(events: list[DCBEvent]) -> list[DCBEvent]:
        place = _at(events, after) + 1
        return [*events[:place], events[_at(events, name)], *events[place:]]

    return change


def _swapped(events: list[DCBEvent]) -> list[DCBEvent]:
    a, b = _at(events, "court/0"), _at(events, "court/1")
    events[a], events[b] = events[b], events[a]
    return events


@pytest.mark.parametrize("niveau", [1, 2])
@pytest.mark.parametrize("field", ["enregistre_le", "survenu_le", "par", "pour", "mandat", "cause"])
def test_a_fact_is_recorded_as_its_decision_was(lieu: Lieu, field: str, niveau: int):
    other = doctored(lieu, _of("retour", 1, _data(lambda d: d.update({field: "2026-01-01T00:00:00.000Z"}))))
    (ecart,) = other.rejouer(niveau=niveau).ecarts
    assert (ecart.cle, ecart.quoi, ecart.enregistre) == ("retour", f"{field} du fait", "2026-01-01T00:00:00.000Z")


@pytest.mark.parametrize("niveau", [1, 2])
def test_facts_come_once_in_order_right_after_their_decision(lieu: Lieu, niveau: int):
    twice = _found(_reordered(lieu, _again_after("retour/1", "retour/1")), niveau)
    assert twice[0] == ("retour", "fait de trop")
    assert _found(_reordered(lieu, _swapped), niveau)[:1] == [("court", "fait sans décision")]
    assert ("court", "nombre de faits") in _found(_reordered(lieu, _swapped), niveau)
    late = _found(_reordered(lieu, _again_after("retour/1", "encore/0")), niveau)
    assert late[0] == ("retour", "fait sans décision")
    alone = _found(_reordered(lieu, lambda events: events[1:]), niveau)
    assert alone[0][1] == "fait sans décision"


def test_a_stray_fact_hides_nothing_of_those_that_follow(lieu: Lieu):
    other = doctored(_reordered(lieu, _again_after("court/1", "retour/0")), _of("retour", 1, _fait(objet="objet-2")))
    assert _found(other)[:2] == [("court", "fait sans décision"), ("retour", "fait prets.ObjetRendu")]


@pytest.mark.parametrize("niveau", [1, 2])
def test_a_key_answers_once_and_a_decision_bears_its_own_number(lieu: Lieu, niveau: int):
    assert ("long", "clé déjà employée") in _found(_reordered(lieu, _again_after("long/0", "long/0")), niveau)
    numbered = doctored(lieu, _of("long", 0, _data(lambda d: d.update(id="long/4"))))
    assert _found(numbered, niveau) == [("long", "identifiant de la décision")]


@pytest.mark.parametrize("niveau", [1, 2])
def test_a_position_that_is_missing_is_named(lieu: Lieu, niveau: int):
    gone = next(f.position for f in lieu.recorder.read() if f.event.data.startswith(b'{"id":"long/0"'))

    class Troue(InMemoryDCBRecorder):
        def read(self, *args: Any, **how: Any) -> Any:
            return (f for f in lieu.recorder.read(*args, **how) if f.position != gone)

    (ecart,) = Lieu(Troue(), lieu.vault, lieu.catalogue).rejouer(niveau=niveau).ecarts
    assert (ecart.position, ecart.quoi, ecart.enregistre, ecart.rejoue) == (
        gone + 1, "position manquante", gone + 1, gone,
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [lambda tags: tags[1:], lambda tags: [*tags, "objet:autre"], lambda tags: [*tags[:-1], "objet:autre"]],
    ids=["less", "more", "other"],
)
def test_a_decision_carries_its_key_its_author_and_its_subjects(lieu: Lieu, change: Any):
    other = doctored(lieu, _of("retour", 0, lambda e: DCBEvent(e.type, e.data, change(e.tags))))
    assert _found(other) == [("retour", "étiquettes de la décision")]
    turned = doctored(lieu, _of("retour", 0, lambda e: DCBEvent(e.type, e.data, [*e.tags[::-1], e.tags[0]])))
    assert turned.rejouer().fidele


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_fait(commande="prets.Inconnue"), "Commande inconnue"),
        (_fait(demande={"objet": 3}), "DemandeInvalide"),
        (_data(lambda d: d.update(enregistre_le="hier")), "hier"),
    ],
    ids=["name", "command", "hour"],
)
def test_what_cannot_be_decided_again_is_named_and_the_rest_goes_on(lieu: Lieu, change: Any, said: str):
    rejeu = doctored(lieu, _of("court", 0, change)).rejouer()
    assert rejeu.decisions == lieu.rejouer().decisions
    first = rejeu.ecarts[0]
    assert (first.cle, first.quoi) == ("court", "rejeu impossible")
    assert said in first.rejoue


@pytest.mark.parametrize("niveau", [1, 2])
def test_a_rulebook_that_breaks_is_named_and_the_rest_goes_on(lieu: Lieu, niveau: int, monkeypatch: pytest.MonkeyPatch):
    def breaks(*_: Any) -> Any:
        raise KeyError("cassé")

    monkeypatch.setattr(Livre, "rejuge", breaks)
    rejeu = doctored(lieu, _of("court", 0, _clause(valeur=6))).rejouer(niveau=niveau)
    first = rejeu.ecarts[0]
    assert (first.cle, first.quoi, first.rejoue) == ("court", "rejeu impossible", "KeyError : 'cassé'")
    assert rejeu.decisions == lieu.rejouer().decisions


@pytest.mark.parametrize("fault", [AssertionError, KeyError, ValueError, LookupError])
def test_an_area_that_breaks_is_named(lieu: Lieu, fault: type[Exception]):
    def breaks(*_: Any) -> Any:
        raise fault("cassé")

    demande = attrs.evolve(lieu.catalogue.demande("prets.RendreObjet"), decide=breaks)
    demandes = {**lieu.catalogue.demandes, "prets.RendreObjet": demande}
    rejeu = Lieu(lieu.recorder, lieu.vault, attrs.evolve(lieu.catalogue, demandes=demandes)).rejouer()
    assert [(e.cle, e.quoi) for e in rejeu.ecarts] == [("retour", "rejeu impossible"), ("encore", "rejeu impossible")]
    assert fault.__name__ in rejeu.ecarts[0].rejoue


@pytest.mark.parametrize("niveau", [1, 2])
@pytest.mark.parametrize("name", ["retour/x", "retour/", "retour", ""], ids=["letter", "none", "key", "empty"])
def test_a_malformed_number_of_a_fact_is_named(lieu: Lieu, name: str, niveau: int):
    found = _found(doctored(lieu, _of("retour", 1, _data(lambda d: d.update(id=name)))), niveau)
    assert found[0][1] == ("identifiant du fait" if "/" in name else "fait sans décision")
