"""The page of errors lists every error that the library raises on purpose."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import tierslieu_adapters
import tierslieu_core
from tierslieu_core.kernel.errors import ErreurTiersLieu

PAGE = Path(__file__).parents[2] / "docs" / "erreurs.md"


def _all(cls: type) -> set[type]:
    return {cls}.union(*(_all(c) for c in cls.__subclasses__()))


def test_toute_erreur_a_sa_ligne_dans_la_page():
    for package in (tierslieu_core, tierslieu_adapters):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    ours = {c for c in _all(ErreurTiersLieu) if c.__module__.startswith("tierslieu_")}
    listed = {line.split("`")[1] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")}
    assert listed | {"ErreurTiersLieu"} == {c.__name__ for c in ours}
