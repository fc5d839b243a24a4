"""Correction: the last fact of an item, recorded by mistake, counts no more; what it was before is true again."""

from __future__ import annotations

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.moyens.materiel.modeles import REGIE
from tierslieu_core.domaines.moyens.materiel.objets import EtatConstate, ObjetDecrit
from tierslieu_core.domaines.moyens.materiel.service import ObjetImmobilise, ObjetRemisEnService, ObjetRetire
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Note, champ, commande, personnel
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ObjetId, objet


@commande("materiel.CorrigerObjet")
class CorrigerObjet:
    """Corriger le dernier fait d'un objet, enregistré par erreur : description, état, arrêt, retrait…"""

    objet: ObjetId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


Corrigible = ObjetDecrit | EtatConstate | ObjetImmobilise | ObjetRemisEnService | ObjetRetire


def _dernier(_: Read | None, fait: Corrigible, note: Note) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("materiel.dernier_fait", None, _dernier, dernier=True, notes=True)


def _lit(c: CorrigerObjet, _: Contexte) -> Lot[tuple[Read | None]]:
    return lire(dernier_fait(objet(c.objet)))


def _corriger(c: CorrigerObjet, etats: tuple[Read | None], x: Contexte) -> Issue:
    return corriger(c.fait, objet(c.objet), c.motif, etats[0], x)


DEMANDES = (Demande(CorrigerObjet, REGIE, _lit, _corriger),)
