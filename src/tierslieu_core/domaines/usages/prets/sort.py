"""Sort: an item leaves service; of those who reserved its model, the last ones that it can no longer serve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.prets import reservation
from tierslieu_core.domaines.usages.prets.disponibilite import Offre, remise_de
from tierslieu_core.domaines.usages.prets.en_main import ObjetPerdu, ObjetPrete, ObjetRendu, PretRappele
from tierslieu_core.domaines.usages.prets.reservation import Active, ReservationARevoir, annulee
from tierslieu_core.domaines.usages.prets.retour import modele_de_la
from tierslieu_core.domaines.usages.prets.sorties import QuantiteRedite
from tierslieu_core.kernel.clock import ANNEES
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, champ, commande, fiche, personnel
from tierslieu_core.kernel.lectures import Lot, Lue, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.arrets import Sort
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, connu, modele, objet
from tierslieu_core.vocabulaire.temps import ordre


@commande("prets.TrierReservations")
class TrierReservations:
    """Décider des réservations qu'un objet, ou un modèle qui se compte, ne peut plus servir : à revoir, ou annulées."""

    objet: ObjetId | None = champ("l'objet qui n'est plus là", default=None)
    modele: ModeleId | None = champ("ou le modèle qui se compte", default=None)
    du: Date | None = champ("premier jour ; sinon ce jour", default=None)
    au: Date | None = champ("dernier jour, s'il revient", default=None)
    sort: Sort = champ("ce qu'elles deviennent", default="revoir")
    motif: Personnel = personnel("motif", qui="par", conservation="reservation")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        un = [] if (self.objet is None) != (self.modele is None) else [("objet", "un objet, ou bien un modèle")]
        return un + (ordre(self.du, self.au) if self.du is not None else [])


def _lit(c: TrierReservations, x: Contexte) -> Lot[Any]:
    fiche: Lue[Any] = materiel.modele_de(modele(c.modele)) if c.modele else materiel.objet_de(objet(connu(c.objet)))
    return lire(fiche).puis(lambda etats: _lit_autour(c, etats[0], x))


def _lit_autour(c: TrierReservations, fiche: Any, x: Contexte) -> Lot[Any]:
    remise = remise_de(x, _lieux(c, fiche))
    return reservation.lit_du_modele(c.modele or modele_de_la(fiche), *_jours(c, x), remise)


def _trier(c: TrierReservations, etats: Any, x: Contexte) -> Issue:
    (fiche,), lu = etats
    if c.sort == "garder":
        return ()
    _, offre = reservation.offre_lue(lu, x, _lieux(c, fiche))
    touchees = list(_perdues(offre, *_jours(c, x)))
    if c.sort == "annuler":
        return [annulee(r, c.motif) for r in touchees]
    return [_a_revoir(r, c.motif) for r in touchees if not isinstance(r, ReservationARevoir)]


def _lieux(c: TrierReservations, fiche: Any) -> tuple[str, ...]:
    categorie = fiche.categorie if fiche else ""
    return (f"categorie:{categorie}",) if c.objet is None else materiel.lieux(c.objet, categorie)


def _jours(c: TrierReservations, x: Contexte) -> tuple[Date, Date]:
    """The days to look at: a year at most, which is what a reservation can wait."""
    du = x.aujourdhui if c.du is None else c.du
    un_an = du.add(years=1)
    return du, un_an if c.au is None else min(c.au, un_an)


def _perdues(offre: Offre, du: Date, au: Date) -> Iterator[Any]:
    """The reservations that can no longer be served on these days: the last made first, and no more than needed."""
    while (manque := offre.manque(du, au)) is not None:
        touchees = [a for a in offre.attendues if offre.touche(a, manque[0])]
        yield touchees[-1]
        offre = attrs.evolve(offre, attendues=tuple(a for a in offre.attendues if a is not touchees[-1]))


def _a_revoir(r: Active, motif: Personnel) -> ReservationARevoir:
    return ReservationARevoir(
        reservation=r.reservation, modele=r.modele, personne=r.personne, du=r.du, au=r.au, quantite=r.quantite,
        restent=r.restent, motif=motif, faits=r.faits,
    )  # fmt: skip


def trier(fait: materiel.ObjetImmobilise | materiel.ObjetRetire) -> Iterator[TrierReservations]:
    """What an item's leaving service asks of those who reserved its model."""
    du, au = (fait.le, None) if isinstance(fait, materiel.ObjetRetire) else (fait.du, fait.au)
    if fait.sort != "garder" and du.year in ANNEES:  # nothing is reserved beyond, and an old journal may say so
        yield TrierReservations(objet=fait.objet, du=du, au=au, sort=fait.sort, motif=fait.motif)


def trier_sans_lui(fait: ObjetPerdu | FaitCorrige) -> Iterator[TrierReservations]:
    """What an item that does not come back as was believed asks of those who reserved its model."""
    if isinstance(fait, ObjetPerdu):
        yield TrierReservations(objet=fait.objet, motif="objet perdu")
    elif fait.nature in CORRIGES:
        lequel = ObjetId(fait.sujet.removeprefix(objet(ObjetId(""))))
        yield TrierReservations(objet=lequel, motif="prêt corrigé")


def trier_en_nombre(fait: QuantiteRedite) -> Iterator[TrierReservations]:
    """What may be out longer, or more of it, asks the same."""
    yield TrierReservations(modele=fait.modele, motif="prêt corrigé")


CORRIGES = {fiche(fait).nom for fait in (ObjetPrete, PretRappele, ObjetRendu, materiel.ObjetRemisEnService)}
"""The facts that, once corrected, may leave an item out longer, or a reservation to serve again."""
DEMANDES = (Demande(TrierReservations, frozenset({"concierge", "coordination", "regie"}), _lit, _trier),)
