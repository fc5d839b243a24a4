"""A whole place beside its model in plain dicts, on the library's own store and on both of ours."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tierslieu_adapters.sqlite import ouvrir
from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.laws import NewPlace
from tierslieu_core.testing.machines import machine
from tierslieu_core.testing.spec import memory_place

BY_DAY = settings(max_examples=30, stateful_step_count=30)


@pytest.fixture(params=["oracle", "sqlite-memory", "sqlite-file"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> NewPlace:
    number = count()

    def on_sqlite(catalogue: Catalogue) -> Lieu:
        url = "memory:" if request.param == "sqlite-memory" else f"sqlite:///{tmp_path}/{next(number)}.db"
        return Lieu(*ouvrir(url), catalogue)

    return memory_place if request.param == "oracle" else on_sqlite


def test_a_place_lives_as_its_model_says(new_place: NewPlace):
    run_state_machine_as_test(machine(new_place), settings=BY_DAY)


@pytest.mark.nightly
def test_a_place_lives_long_as_its_model_says(new_place: NewPlace):
    run_state_machine_as_test(machine(new_place))
