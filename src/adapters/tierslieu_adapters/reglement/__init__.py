"""A rulebook as a file that people read and write: TOML in, facts out, and back.

``lire`` reads one (every fault at once, with its line), ``ecrire`` writes the rulebook of a day, ``plan`` says what
separates the two, ``document`` prints it, ``couvrir`` runs a file of cases against it.
"""

from tierslieu_adapters.reglement.differences import Difference, differences, plan
from tierslieu_adapters.reglement.ecriture import ecrire
from tierslieu_adapters.reglement.lecture import Fichier, lire

__all__ = ["Difference", "Fichier", "differences", "ecrire", "lire", "plan"]
