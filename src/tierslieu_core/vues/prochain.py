"""Prochain: the next item of a model that is free for so many days, by the same readings as decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.prets.disponibilite import Offre, jours, remise_de
from tierslieu_core.domaines.usages.prets.reservation import lieux_du_modele, lit_du_modele, offre_lue
from tierslieu_core.kernel.errors import DemandeInvalide, ReferenceInconnue
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, modele

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu

UN_AN = 366
"""How far ahead it looks: a loan or a reservation is made for a year at most."""


@attrs.frozen
class Prochain:
    """An item, and the days on which it could be lent; no item where they are counted without being numbered."""

    objet: ObjetId | None
    du: Date
    au: Date


def prochain_libre(lieu: Lieu, lequel: ModeleId, du: Date, combien: int) -> Prochain | None:
    """The first ``combien`` days in a row, from ``du``, on which one of a model is free; ``None``: not within a year.

    Loans, reservations, stops and days to have it ready again are counted; whether a given person may have it,
    ``executer(…, essai=True)`` says.
    """
    if not 1 <= combien <= UN_AN:
        raise DemandeInvalide("Cette durée ne se cherche pas :", [("jours", f"de 1 à {UN_AN} jours, reçu {combien}")])
    read, x = lieu.handler.look()
    (fiche,) = lire(materiel.modele_de(modele(lequel))).states(read)
    if fiche is None:
        raise ReferenceInconnue("Ce modèle ne peut pas être cherché :", [("modele", f"« {lequel} » inconnu du lieu")])
    lieux = lieux_du_modele(fiche)
    fin = du.add(days=UN_AN + combien)
    lu = lit_du_modele(lequel, du, fin, remise_de(x, lieux), tous=True).states(read)
    _, offre = offre_lue(lu, x, lieux)
    return next((p for le in jours(du, du.add(days=UN_AN)) if (p := _le(offre, le, combien)) is not None), None)


def _le(offre: Offre, le: Date, combien: int) -> Prochain | None:
    """What is free from that very day on."""
    au = le.add(days=combien - 1)
    if not offre.exemplaires:
        return Prochain(None, le, au) if offre.compte and offre.manque(le, au, 1) is None else None
    for e in offre.exemplaires:
        if all(e.libre(jour, offre.jour) for jour in jours(le, au)) and offre.manque(le, au, sans=e.objet) is None:
            return Prochain(e.objet, le, au)
    return None
