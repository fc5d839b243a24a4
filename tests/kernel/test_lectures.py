"""What a decision reads: named folds, several at once, and what the first reveal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.kernel.quai import ANA, PERCEUSE, asked, preter, quai, rendre

from tierslieu_core.domaines.usages.prets import ObjetPrete, ObjetRendu
from tierslieu_core.kernel.lectures import Lecture, Lue, event_types, lire
from tierslieu_core.kernel.past import Past
from tierslieu_core.kernel.ports import Selection, scan, select


def _compte(n: int, _: ObjetPrete | ObjetRendu) -> int:
    return n + 1


def _un(_: str, fait: ObjetPrete) -> str:
    return fait.objet


compte = Lecture[int]("essai.compte", 0, _compte)
dernier = Lecture[str]("essai.dernier", "", _un, dernier=True)


def test_a_lecture_reads_the_facts_that_its_signature_names():
    assert compte.faits == (ObjetPrete, ObjetRendu)
    assert dernier.faits == event_types(_un, 1) == (ObjetPrete,)


def test_a_fold_starts_at_its_start_and_goes_in_order():
    lieu = quai()
    faits = [f for n, c in enumerate((preter(), rendre())) for f in asked(lieu, c, f"k{n}").evenements]
    assert (compte.fold([]), compte.fold(faits)) == (0, 2)
    assert dernier.fold(faits[:1]) == PERCEUSE


def test_several_lectures_are_read_at_once_and_what_they_reveal_after():
    seen: list[list[tuple[str, ...]]] = []

    def read(lues: Sequence[Lue[Any]]) -> list[Any]:
        seen.append([lue.etiquettes for lue in lues])
        return [f"{lue.lecture.nom}{lue.etiquettes}" for lue in lues]

    assert lire().states(read) == ()
    assert seen == []
    lot = lire(compte("a"), dernier("b", "c")).puis(lambda etats: lire(compte(str(len(etats)))))
    (first, second), (third,) = lot.states(read)
    assert (first, second) == ("essai.compte('a',)", "essai.dernier('b', 'c')")
    assert third == "essai.compte('2',)"
    assert seen == [[("a",), ("b", "c")], [("2",)]]


def test_lectures_side_by_side_are_read_together_step_by_step():
    seen: list[list[str]] = []

    def read(lues: Sequence[Lue[Any]]) -> list[Any]:
        seen.append([lue.etiquettes[0] for lue in lues])
        return [lue.etiquettes[0] for lue in lues]

    def then(name: str) -> Any:
        return lambda etats: lire(compte(f"{name}{etats[0]}"))

    plain, deep = lire(compte("a"), compte("b")), lire(compte("c")).puis(then("d"))
    assert plain.avec(lire(compte("e"))).states(read) == (("a", "b"), ("e",))
    assert plain.avec(deep).states(read) == (("a", "b"), (("c",), ("dc",)))
    assert deep.avec(plain).avec(deep).states(read) == (((("c",), ("dc",)), ("a", "b")), (("c",), ("dc",)))
    assert seen[1:] == [["a", "b", "c"], ["dc"], ["c", "a", "b", "c"], ["dc", "dc"]]


def test_reading_on_goes_on_from_all_that_was_read():
    seen: list[list[str]] = []

    def read(lues: Sequence[Lue[Any]]) -> list[Any]:
        seen.append([lue.etiquettes[0] for lue in lues])
        return [lue.etiquettes[0] for lue in lues]

    two = lire(compte("a")).avec(lire(compte("b")))
    three = lire(compte("a")).puis(lambda etats: lire(compte(f"{etats[0]}1")))
    assert two.puis(lambda etats: lire(compte(str(etats)))).states(read)[1] == ("(('a',), ('b',))",)
    assert three.puis(lambda etats: lire(compte(str(etats)))).states(read) == (
        (("a",), ("a1",)),
        ("(('a',), ('a1',))",),
    )
    assert seen[2:] == [["a"], ["a1"], ["(('a',), ('a1',))"]]


@pytest.mark.parametrize("last", [False, True])
def test_a_store_that_cannot_seek_the_last_reads_all_and_keeps_it(last: bool):  # noqa: FBT001 - each case in turn
    lieu = quai()
    for n, commande in enumerate((preter(), rendre(), preter(retour=preter().retour))):
        asked(lieu, commande, f"k{n}")
    types = lieu.catalogue.types(compte.faits)
    (rows,), _ = select(lieu.recorder, [Selection(types, (f"objet:{PERCEUSE}",), 0, last)])
    assert len(rows) == (1 if last else 3)
    assert lieu.catalogue.fact(rows[-1]).personne == ANA


def test_a_lecture_may_want_one_more_tag_of_each_fact_and_a_replay_finds_the_same():
    lieu = quai()
    for n, commande in enumerate((preter(), rendre(), preter(retour=preter().retour))):
        asked(lieu, commande, f"k{n}")
    past = Past(lieu.catalogue, lieu.livre, lieu.recorder)
    for found in lieu.recorder.read():
        (row,) = scan(lieu.recorder, None, found.position - 1, found.position)
        past.learn(found.event.tags, *lieu.catalogue.read(row))
    read, _ = lieu.handler.look()
    objet, elle, autre = f"objet:{PERCEUSE}", f"personne:{ANA}", "personne:personne"
    wanted = [compte(objet).et(elle), compte(objet).et(autre), compte(objet)]
    assert read(wanted) == past.read(wanted)
    assert read(wanted)[2] == 3
