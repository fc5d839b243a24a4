"""A demand that others overtake, that is retried, tried, watched, or part of a batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBRecorder
from tests.kernel.quai import ANA, BEN, PERCEUSE, SAMEDI, asked, preter, quai, rendre
from whenever import Date

from tierslieu_adapters.sqlite import ouvrir
from tierslieu_core.domaines.cadre.gouvernance import FixerDelai
from tierslieu_core.domaines.usages.prets import ObjetPrete, PreterObjet
from tierslieu_core.kernel.decisions import DECISION, Reponse
from tierslieu_core.kernel.errors import Conflit
from tierslieu_core.kernel.handler import ESSAIS
from tierslieu_core.kernel.ports import Selection, head_of, scan, select
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.laws import Scope
from tierslieu_core.testing.laws.scope import founded
from tierslieu_core.testing.laws.watched import Watched
from tierslieu_core.testing.spec import MAINTENANT, installed


class Contested(Watched):
    """A store on which somebody else is a little faster, so many times."""

    def __init__(self, recorder: DCBRecorder, rival: Callable[[int], object], times: int) -> None:
        super().__init__(recorder)
        self.rival, self.times, self.tries = rival, times, 0

    def append(self, events: Sequence[DCBEvent], condition: DCBAppendCondition | None = None) -> int:
        self.tries += 1
        if self.tries <= self.times:
            self.rival(self.tries)
        return super().append(events, condition)


def _contested(times: int) -> tuple[Lieu, Lieu, Contested]:
    """A place, the same place as a slower process sees it, and what lies between."""
    lieu = quai()

    def rival(n: int) -> None:
        asked(lieu, FixerDelai(jours=n, motif="m"), f"rival-{n}")

    contested = Contested(lieu.recorder, rival, times)
    return lieu, Lieu(contested, lieu.vault, lieu.catalogue), contested


@pytest.mark.parametrize("times", [1, 2, ESSAIS - 1])
def test_who_is_overtaken_decides_again_on_what_is_new(times: int):
    lieu, slow, contested = _contested(times)
    seen: list[tuple[Reponse, int, int]] = []
    slow.handler.observe = lambda *said: seen.append(said)
    reponse = asked(slow, preter(), "k")
    assert reponse.verdict == "accord"
    assert contested.tries == times + 1
    ((told, tries, nanoseconds),) = seen
    assert (told, tries) == (reponse, times + 1)
    assert nanoseconds > 0
    assert lieu.rejouer().fidele


def test_who_is_overtaken_twenty_times_is_told_and_nothing_is_recorded():
    lieu, slow, contested = _contested(ESSAIS)
    with pytest.raises(Conflit, match=r"20 fois de suite : rien n'est enregistré, réessayez\."):
        asked(slow, preter(), "k")
    assert contested.tries == ESSAIS == 20
    assert lieu.audit("cle:k") == []
    assert asked(slow, preter(), "k").verdict == "accord", "la même clé, réessayée"


def test_who_is_overtaken_by_what_forbids_is_refused():
    lieu = quai()
    contested = Contested(lieu.recorder, lambda _: asked(lieu, preter(personne=BEN), "rival"), 1)
    reponse = asked(Lieu(contested, lieu.vault, lieu.catalogue), preter(), "k")
    assert reponse.verdict == "refus"
    assert reponse.explication[0].startswith("Zoe-Canari 2 a déjà P1, à rendre le samedi 28 novembre 2026")
    assert lieu.rejouer().fidele


def test_a_demand_that_was_overtaken_by_itself_answers_once():
    """The acknowledgement of the first attempt was lost: the same key came twice at once."""
    lieu = quai()
    contested = Contested(lieu.recorder, lambda _: asked(lieu, preter(), "k"), 1)
    head = head_of(lieu.recorder)
    again = asked(Lieu(contested, lieu.vault, lieu.catalogue), preter(), "k")
    assert (again.verdict, again.position) == ("accord", head + 1)
    assert head_of(lieu.recorder) == head + 2


def test_a_late_retry_gets_its_first_answer_whatever_happened_since():
    lieu = quai()
    first = asked(lieu, preter(), "k")
    asked(lieu, rendre(), "k2")
    asked(lieu, preter(personne=BEN), "k3")
    other = Lieu(lieu.recorder, lieu.vault, lieu.catalogue)  # another process, that knows nothing yet
    again = asked(other, preter(), "k", quand=MAINTENANT.add(hours=24 * 40))
    assert (again.verdict, again.evenements, again.note) == (first.verdict, first.evenements, first.note)
    refused = asked(lieu, preter(), "k4")
    assert asked(other, preter(), "k4").explication == refused.explication


def test_a_retry_outlives_the_forgetting_of_its_person():
    lieu = quai()
    first = asked(lieu, preter(constat="rayée"), "k")
    lieu.vault.oublier(ANA)
    again = asked(lieu, preter(constat="rayée"), "k")
    assert (again.verdict, again.position) == (first.verdict, first.position)
    assert lieu.rejouer().fidele
    assert "[effacé]" in str(lieu.audit("cle:k")[0])


def test_a_trial_decides_with_every_clause_and_records_nothing():
    lieu = quai()
    head = head_of(lieu.recorder)
    trial = asked(lieu, preter(), "k", essai=True)
    assert (trial.verdict, trial.position, trial.acceptee) == ("accord", None, True)
    assert isinstance(trial.evenements[0], ObjetPrete)
    assert head_of(lieu.recorder) == head
    real = asked(lieu, preter(), "k")
    assert (real.position, real.cle) == (head + 1, "k")
    assert asked(lieu, preter(), "k", essai=True).position is None or real.position == head + 1


def test_what_is_recorded_around_a_fact_is_who_for_whom_when_and_by_what():
    lieu = quai()
    hier = MAINTENANT.subtract(hours=24)
    note = asked(lieu, preter(), "k", pour=BEN, survenu_le=hier).note
    assert (note.par, note.pour, note.cle, note.cause) == ("camille", BEN, "k", None)
    assert (note.enregistre_le, note.survenu_le) == ("2026-11-23T09:00:00.000Z", "2026-11-22T09:00:00.000Z")
    assert lieu.livre.en_tant_que(note.mandat) == "concierge"
    tags = [found.event.tags for found in lieu.recorder.read() if found.position == note.position]
    assert tags == [["cle:k", "par:camille", "objet:objet-1", "personne:personne-1"]]


@pytest.fixture
def sqlite() -> Lieu:
    return founded(Scope(installed(), lambda catalogue: Lieu(*ouvrir("memory:"), catalogue, lambda: MAINTENANT)))


@pytest.mark.parametrize("place", ["oracle", "sqlite"])
def test_many_demands_are_one_batch(place: str, sqlite: Lieu):
    lieu = sqlite if place == "sqlite" else quai()
    with lieu.lot():
        verdicts = [asked(lieu, c, f"k-{n}").verdict for n, c in enumerate((preter(), preter(personne=BEN), rendre()))]
    assert verdicts == ["accord", "refus", "accord"]
    assert lieu.registre("prets") == []
    assert lieu.rejouer().fidele


def _cut_short(lieu: Lieu) -> None:
    with lieu.lot():
        asked(lieu, FixerDelai(jours=9, motif="m"), "k")
        asked(lieu, PreterObjet(objet=PERCEUSE, personne=ANA, retour=SAMEDI), "k2")
        raise ZeroDivisionError


def test_a_batch_that_fails_is_forgotten_whole(sqlite: Lieu):
    head = head_of(sqlite.recorder)
    with pytest.raises(ZeroDivisionError):
        _cut_short(sqlite)
    assert head_of(sqlite.recorder) == head
    assert sqlite.livre.mandats.delai_jours == 0
    assert asked(sqlite, preter(retour=Date(2026, 11, 24)), "k2").verdict == "accord"
    assert sum(1 for _ in scan(sqlite.recorder, [DECISION])) == sqlite.rejouer().decisions


def test_no_tag_selects_nothing_on_any_store(sqlite: Lieu):
    for lieu in (sqlite, quai()):
        (rows,), head = select(lieu.recorder, [Selection((DECISION,), ())])
        assert (rows, head) == ([], head_of(lieu.recorder))
