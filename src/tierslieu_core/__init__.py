"""tierslieu_core: the memory and the rules of a tiers-lieu, as facts that nobody can quietly change.

Everything here is loaded when first used: importing the package costs almost nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tierslieu_core.kernel.decisions import Reponse as Reponse
    from tierslieu_core.kernel.errors import DemandeInvalide as DemandeInvalide
    from tierslieu_core.kernel.errors import ErreurTiersLieu as ErreurTiersLieu
    from tierslieu_core.kernel.personal import Efface as Efface
    from tierslieu_core.kernel.personal import Scelle as Scelle
    from tierslieu_core.lieu import Lieu as Lieu
    from tierslieu_core.lieu import ouvrir as ouvrir
    from tierslieu_core.lieu import ouvrir_finances as ouvrir_finances

_WHERE = {
    "DemandeInvalide": "tierslieu_core.kernel.errors",
    "Efface": "tierslieu_core.kernel.personal",
    "ErreurTiersLieu": "tierslieu_core.kernel.errors",
    "Lieu": "tierslieu_core.lieu",
    "Reponse": "tierslieu_core.kernel.decisions",
    "Scelle": "tierslieu_core.kernel.personal",
    "ouvrir": "tierslieu_core.lieu",
    "ouvrir_finances": "tierslieu_core.lieu",
}
__all__ = ["DemandeInvalide", "Efface", "ErreurTiersLieu", "Lieu", "Reponse", "Scelle", "ouvrir", "ouvrir_finances"]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_WHERE[name]), name)
