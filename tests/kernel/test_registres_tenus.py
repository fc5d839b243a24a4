"""Registers kept beside the journal: what ``tenir`` sees is a dict, and what cannot be kept is folded."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.quai import ANA, asked, preter, quai, rendre
from whenever import PlainDateTime

from tierslieu_adapters.sqlite.journal import SqliteRecorder
from tierslieu_core.domaines.usages.prets import CorrigerPret, ObjetPrete, RendreObjet
from tierslieu_core.kernel.declarations import Note, Registre
from tierslieu_core.kernel.forms import Form, declaration, plan_of
from tierslieu_core.kernel.kept import Kept, Lignes
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.kernel.projections import Incremental
from tierslieu_core.kernel.shelves import Place, Unshelved
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.shelf import MemoryShelves
from tierslieu_core.testing.spec import installed
from tierslieu_core.vocabulaire.temps import Moment


@attrs.frozen
class Ligne:
    objet: str
    rang: int = 0
    constat: Personnel = ""


def _tenir(lignes: dict[tuple[str, int], Ligne], fait: ObjetPrete, _: Note) -> None:
    lignes[fait.objet, len(lignes)] = Ligne(fait.objet, len(lignes))


ESSAI = Registre("essai", Ligne, _tenir, index=("objet", ("rang", "objet")))
NOMS = [("a", 0), ("a", 1), ("b", 0), ("c", 7)]
STEPS = st.lists(
    st.tuples(st.sampled_from(["set", "del", "get", "items", "len", "in", "pop", "update"]), st.sampled_from(NOMS))
)


@given(st.lists(STEPS, max_size=3))
def test_what_tenir_sees_is_a_dict(batches: list[list[tuple[str, Any]]]):
    plan, form, wanted = plan_of(ESSAI), Form.of(installed(), ESSAI, plan_of(ESSAI)), {}
    shelves = MemoryShelves()
    for n, steps in enumerate([[("set", nom) for nom in NOMS[:3]], *batches]):
        with shelves.writing(plan) as shelf:
            lignes = Lignes(shelf, form)
            for rang, (how, nom) in enumerate(steps):
                assert _done(lignes, how, nom, rang + 100 * n) == _done(wanted, how, nom, rang + 100 * n)
            shelf.change(lignes.gone(), lignes.changed(), Place("d", n))
        with shelves.reading(plan) as shelf:
            found = [(form.key(cle), form.row(ligne)) for cle, ligne in shelf.lines({})]
        assert found == list(wanted.items())


def _done(lignes: Any, how: str, nom: tuple[str, int], rang: int) -> Any:  # noqa: PLR0911 - one for each operation
    """What one operation gives, on a dict or on what stands for one."""
    try:
        match how:
            case "set":
                lignes[nom] = Ligne(nom[0], rang)
            case "del":
                del lignes[nom]
            case "get":
                return lignes.get(nom)
            case "items":
                for cle, ligne in lignes.items():
                    lignes[cle] = attrs.evolve(ligne, rang=rang)
                return list(lignes)
            case "len":
                return len(lignes)
            case "in":
                return nom in lignes
            case "pop":
                return lignes.pop(nom)
            case _:
                lignes.update({nom: Ligne("mise à jour", rang)})
    except KeyError:
        return "absente"
    return None


def _par_n_importe_quoi(lignes: dict[Any, Ligne], fait: ObjetPrete, _: Note) -> None:
    lignes[fait.objet] = Ligne(fait.objet)


def _sans_dire(lignes: dict, fait: ObjetPrete, _: Note) -> None:  # type: ignore[type-arg]  # on purpose
    lignes[fait.objet] = Ligne(fait.objet)


@pytest.mark.parametrize(
    "registre",
    [
        Registre("essai", Ligne, _par_n_importe_quoi),
        Registre("essai", Ligne, _sans_dire),
        Registre("essai", Ligne, _tenir, index=("constat",)),
    ],
)
def test_a_register_whose_keys_could_not_be_read_again_or_found_by_what_is_sealed_is_not_kept(registre: Registre[Any]):
    with pytest.raises(Unshelved):
        Form.of(installed(), registre, plan_of(registre))


@pytest.mark.parametrize("registre", installed().registres.values(), ids=lambda r: r.nom)
def test_every_register_of_ours_can_be_kept(registre: Registre[Any]):
    assert Form.of(installed(), registre, plan_of(registre))


def test_a_declaration_is_known_by_its_code_and_by_what_it_imports_by_name():
    ici = declaration(installed(), ESSAI)
    assert ici == declaration(installed(), attrs.evolve(ESSAI, titre="autrement"))
    assert ici != declaration(installed(), attrs.evolve(ESSAI, index=()))
    space = {"__name__": "archive", "ObjetPrete": ObjetPrete, "Note": Note, "Ligne": Ligne}
    exec("def tenir(lignes: dict[str, Ligne], fait: ObjetPrete, _: Note) -> None: ...", space)  # noqa: S102 - no file
    assert declaration(installed(), Registre("essai", Ligne, space["tenir"])) != ici


def test_an_empty_journal_keeps_nothing():
    with closing(SqliteRecorder()) as recorder:
        assert Kept(MemoryShelves(), recorder, installed(), ESSAI).rows({}) == []


def test_a_journal_that_never_stands_still_is_folded():
    class Forgetful(MemoryShelves):
        writing = MemoryShelves.reading

    lieu = quai()
    with pytest.raises(Unshelved):
        Kept(Forgetful(), lieu.recorder, lieu.catalogue, ESSAI).rows({})


def test_a_register_in_memory_forgets_what_a_batch_undid():
    with closing(SqliteRecorder()) as recorder:
        lieu = quai()
        events = [found.event for found in lieu.recorder.read()]
        recorder.append(events)
        place = Lieu(recorder, lieu.vault, lieu.catalogue, lieu.horloge)
        assert place.registre("prets") == []

        def lend_then_fail() -> None:
            with place.lot():
                asked(place, preter(), "k1")
                assert [r.objet for r in place.registre("prets")] == ["objet-1"]
                raise RuntimeError

        with pytest.raises(RuntimeError):
            lend_then_fail()
        assert place.registre("prets") == []
        with pytest.raises(RuntimeError):
            lend_then_fail()
        asked(place, preter(personne="personne-2"), "k2")  # in the position of what was undone
        assert [r.personne for r in place.registre("prets")] == ["personne-2"]


def test_a_correction_of_something_else_folds_nothing_again():
    lieu = quai()
    following = Incremental(lieu.recorder, lieu.catalogue, lieu.catalogue.registre("prets"))
    personnes = Incremental(lieu.recorder, lieu.catalogue, lieu.catalogue.registre("personnes"))
    kept = Kept(MemoryShelves(), lieu.recorder, lieu.catalogue, lieu.catalogue.registre("personnes"))
    before = list(personnes.catch_up())
    assert [p.personne for p in kept.rows({})] == before
    asked(lieu, preter(), "k1")
    asked(lieu, rendre(), "k2")
    assert following.catch_up() == {}
    asked(lieu, CorrigerPret(objet=RendreObjet(objet="objet-1", personne=ANA).objet, motif="pas rendue"), "k3")
    assert list(following.catch_up()) == ["objet-1"]
    assert list(personnes.catch_up()) == before
    assert [p.personne for p in kept.rows({})] == before


MOMENTS = st.builds(
    Moment,
    st.sampled_from(["2026-10-25T02:30", "2026-10-25T02:30:00.5", "2026-10-25T03:00", "1900-01-01T00:00"]).map(
        PlainDateTime.parse_iso
    ),
    st.sampled_from(["", "+02:00", "+01:00", "-03:30"]),
)


@given(MOMENTS, MOMENTS)
def test_moments_sort_as_their_rank_does(one: Moment, two: Moment):
    assert (one < two, one == two) == (one.rang() < two.rang(), one.rang() == two.rang())
