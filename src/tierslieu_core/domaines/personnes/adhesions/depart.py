"""Départs: a person leaves; who comes back is admitted again, from the next day on."""

from __future__ import annotations

from whenever import Date

from tierslieu_core.domaines.personnes.adhesions.adhesion import Accordee, DepartEnregistre, lue, termes
from tierslieu_core.domaines.personnes.adhesions.validite import vivante
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, personnel
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId


@commande("adhesions.EnregistrerDepart")
class EnregistrerDepart:
    """Enregistrer le départ d'un adhérent ; le redire en change le jour."""

    personne: PersonneId
    le: Date = champ("dernier jour")
    motif: Personnel | None = personnel("motif", qui="personne", conservation="adhesion", default=None)


def _partir(c: EnregistrerDepart, etats: tuple[Accordee | None], _: Contexte) -> Issue:
    adhesion = etats[0] if isinstance(etats[0], DepartEnregistre) else vivante(etats[0], c.personne)
    if isinstance(adhesion, Refus):
        return adhesion
    if isinstance(adhesion, DepartEnregistre) and adhesion.le == c.le:
        return ()
    return [DepartEnregistre(**termes(adhesion, personne=c.personne), le=c.le, motif=c.motif)]


DEMANDES = (
    Demande(
        EnregistrerDepart,
        frozenset({"concierge", "coordination", "soi"}),
        lambda c, x: lire(lue(c.personne, x)),
        _partir,
    ),
)
