"""Correction: the last fact of an item's loans was a mistake; it does not count any more, and what went before does."""

from __future__ import annotations

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.usages.prets.pret import CONCIERGE, ObjetPerdu, ObjetPrete, ObjetRendu, PretRenouvele
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Note, champ, commande, personnel
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ObjetId, objet


@commande("prets.CorrigerPret")
class CorrigerPret:
    """Corriger le dernier fait d'un prêt, enregistré par erreur : départ, renouvellement, retour ou perte."""

    objet: ObjetId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


def _dernier(_: Read | None, fait: ObjetPrete | PretRenouvele | ObjetRendu | ObjetPerdu, note: Note) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("prets.dernier_fait", None, _dernier, dernier=True, notes=True)


def _lit(c: CorrigerPret, _: Contexte) -> Lot[tuple[Read | None]]:
    return lire(dernier_fait(objet(c.objet)))


def _corriger(c: CorrigerPret, etats: tuple[Read | None], x: Contexte) -> Issue:
    return corriger(c.fait, objet(c.objet), c.motif, etats[0], x)


DEMANDES = (Demande(CorrigerPret, CONCIERGE - {"referent"}, _lit, _corriger),)
