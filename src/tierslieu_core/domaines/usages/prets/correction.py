"""Correction: the last fact of an item's loans was a mistake; it does not count any more, and what went before does."""

from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.usages.prets import reservation, suspension
from tierslieu_core.domaines.usages.prets.en_main import (
    EnMain,
    EnMainRedit,
    ObjetPerdu,
    ObjetPrete,
    ObjetRendu,
    PartieRendue,
    PretRappele,
    PretRenouvele,
    Tenu,
    mains_de,
)
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Note, Refus, champ, commande, personnel
from tierslieu_core.kernel.lectures import Lecture, Lot, Lue, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ObjetId, objet, personne, reservation_modele


@commande("prets.CorrigerPret")
class CorrigerPret:
    """Corriger le dernier fait d'un prêt, enregistré par erreur : départ, renouvellement, retour ou perte."""

    objet: ObjetId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


def _dernier(
    _: Read | None,
    fait: ObjetPrete | PretRenouvele | PretRappele | PartieRendue | ObjetRendu | ObjetPerdu,
    note: Note,
) -> Read | None:
    return fait, note


def _depart(_: ObjetPrete | None, fait: ObjetPrete) -> ObjetPrete | None:
    return fait


dernier_fait = Lecture[Read | None]("prets.dernier_fait", None, _dernier, dernier=True, notes=True)
depart_de = Lecture[ObjetPrete | None]("prets.depart", None, _depart, dernier=True)

Corriger = tuple[tuple[Read | None, ObjetPrete | None], Any]


def _lit(c: CorrigerPret, _: Contexte) -> Lot[Corriger]:
    tag = objet(c.objet)
    return lire(dernier_fait(tag), depart_de(tag)).puis(
        lambda etats: Lot(() if etats[1] is None else _autour(etats[1]))
    )


def _autour(depart: ObjetPrete) -> tuple[Lue[Any], ...]:
    """What the person has in hand, whether they may borrow, and the reservation that was handed over."""
    lui = personne(depart.personne)
    siens = mains_de(lui), suspension.suspension_de(lui)
    if depart.reservation is None:
        return siens
    return *siens, reservation.reservation_de(reservation_modele(depart.reservation))


def _corriger(c: CorrigerPret, etats: Corriger, x: Contexte) -> Issue:
    """What a return or a loss took out of somebody's hands is in them again, and later loans must know.

    What a hand-over took from a reservation is awaited again, and nobody is suspended for what they never had.
    """
    (dernier, depart), autour = etats
    issue = corriger(c.fait, objet(c.objet), c.motif, dernier, x)
    if isinstance(issue, Refus) or not issue or dernier is None or depart is None:
        return issue
    mains, suspendu, *honoree = autour
    if isinstance(dernier[0], ObjetPrete):
        retablie = (f for r in honoree for f in reservation.retablie(r, c.objet))
        return [*issue, *retablie, *suspension.tombee(suspendu, x, c.objet)]
    tenu = Tenu(depart.objet, depart.categorie, depart.depuis, depart.retour)
    if not isinstance(dernier[0], ObjetRendu | ObjetPerdu) or mains is None or tenu in mains:
        return issue
    return [*issue, EnMainRedit(objet=c.objet, personne=depart.personne, en_main=EnMain((*mains, tenu)))]


DEMANDES = (Demande(CorrigerPret, frozenset({"concierge", "coordination"}), _lit, _corriger),)
