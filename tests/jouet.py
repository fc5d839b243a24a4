"""The toy area of ``paquet_jouet``, installed as another package's would be: found by its entry points alone.

In a test module: ``from tests.jouet import potager`` and take the fixture. For a command that is started for real, put
``PAQUET`` in its ``PYTHONPATH``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PAQUET = Path(__file__).parent / "paquet_jouet"


@pytest.fixture
def potager(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The toy area's module, while its distribution can be found."""
    monkeypatch.syspath_prepend(PAQUET)
    import tierslieu_potager  # noqa: PLC0415 - only now can it be found

    yield tierslieu_potager
    sys.modules.pop("tierslieu_potager")
