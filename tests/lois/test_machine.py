"""A place beside its model, and a whole one before its witness: on the library's own store and on both of ours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tierslieu_adapters.sqlite import ouvrir
from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.machines import AREAS, alone, machine, whole
from tierslieu_core.testing.spec import memory_place

BY_DAY = settings(max_examples=30, stateful_step_count=30)
ALONE = settings(max_examples=10, stateful_step_count=30, suppress_health_check=[HealthCheck.too_slow])
WHOLE = settings(max_examples=15, stateful_step_count=40, suppress_health_check=[HealthCheck.too_slow])


@attrs.define
class Store:
    """Places, one after the other; ``again``: the same journal as another process would open it."""

    name: str
    folder: Path
    numbers: Iterator[int] = attrs.Factory(count)
    url: str = ""

    def new(self, catalogue: Catalogue) -> Lieu:
        if self.name == "oracle":
            return memory_place(catalogue)
        self.url = "memory:" if self.name == "sqlite-memory" else f"sqlite:///{self.folder}/{next(self.numbers)}.db"
        return Lieu(*ouvrir(self.url), catalogue)

    def again(self, lieu: Lieu) -> Lieu:
        if self.name != "sqlite-file":
            return Lieu(lieu.recorder, lieu.vault, lieu.catalogue)
        lieu.fermer()
        return Lieu(*ouvrir(self.url), lieu.catalogue)


@pytest.fixture(params=["oracle", "sqlite-memory", "sqlite-file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return Store(request.param, tmp_path)


def test_a_place_lives_as_its_model_says(store: Store):
    run_state_machine_as_test(machine(store.new), settings=BY_DAY)


def test_a_whole_place_lives_as_its_witness_says(store: Store):
    run_state_machine_as_test(whole(store.new, store.again), settings=WHOLE)


@pytest.mark.parametrize("area", AREAS)
def test_an_area_lives_alone_as_its_witness_says(area: str, store: Store):
    run_state_machine_as_test(alone(area, store.new, store.again), settings=ALONE)


@pytest.mark.nightly
def test_a_place_lives_long_as_its_model_says(store: Store):
    run_state_machine_as_test(machine(store.new))


@pytest.mark.nightly
def test_a_whole_place_lives_long_as_its_witness_says(store: Store):
    run_state_machine_as_test(whole(store.new, store.again))


@pytest.mark.nightly
@pytest.mark.parametrize("area", AREAS)
def test_an_area_lives_long_alone_as_its_witness_says(area: str, store: Store):
    run_state_machine_as_test(alone(area, store.new, store.again))
