"""Which command people mean: its whole name, or its short name when one area alone uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tierslieu_adapters.cli.errors import near
from tierslieu_core.kernel.errors import CommandeInconnue

if TYPE_CHECKING:
    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.declarations import Demande


def found(catalogue: Catalogue, nom: str) -> Demande[Any, Any]:
    """A command by its name, or by its short name when one area alone uses it; case and hyphens do not count."""
    if nom in catalogue.demandes:
        return catalogue.demandes[nom]
    same = [full for full in catalogue.demandes if _bare(nom) in (_bare(full), _bare(full.partition(".")[2]))]
    if len(same) == 1:
        return catalogue.demandes[same[0]]
    if same:
        raise CommandeInconnue(f"« {nom} » peut être : {', '.join(same)}. Donnez le nom entier.")
    short = {full.partition(".")[2]: full for full in catalogue.demandes}
    nearest = near(nom, [*catalogue.demandes, *short])
    raise CommandeInconnue(f"Commande inconnue : « {nom} ».{nearest}\n  Toutes les commandes : tierslieu faire --help")


def _bare(nom: str) -> str:
    return nom.replace("-", "").replace("_", "").lower()
