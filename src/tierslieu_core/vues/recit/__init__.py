"""Le récit: the story of one decision, told from its evidence, for whoever wants to know why."""

from tierslieu_core.vues.recit.aujourdhui import Aujourdhui
from tierslieu_core.vues.recit.lignes import Chapitre, Ligne, chapitres
from tierslieu_core.vues.recit.mesures import Dit
from tierslieu_core.vues.recit.recit import Recit, raconter
from tierslieu_core.vues.recit.regles import ClauseDite, Ecartee, Levee, Provenance
from tierslieu_core.vues.recit.suite import Ensuite, FaitDit

__all__ = [
    "Aujourdhui", "Chapitre", "ClauseDite", "Dit", "Ecartee", "Ensuite", "FaitDit", "Levee", "Ligne", "Provenance",
    "Recit", "chapitres", "raconter",
]  # fmt: skip
