"""Un prêt (R3): who has which item, since when, until when. The page to learn from: every area reads in this order.

What happened to a loan, the events, stands next door in ``en_main``: reservations, recalls and delays read it too.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.cadre.regles.genres.materiel import KitComplet
from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.prets import reservation
from tierslieu_core.domaines.usages.prets.disponibilite import Exemplaire, Offre, modele_attendu, remise_de
from tierslieu_core.domaines.usages.prets.duree import duree_de
from tierslieu_core.domaines.usages.prets.emprunteur import Emprunteur, emprunteur, lit_emprunteur
from tierslieu_core.domaines.usages.prets.en_main import (
    EnCours,
    EnMain,
    Fait,
    ObjetPerdu,
    ObjetPrete,
    ObjetRendu,
    dernier_pret,
)
from tierslieu_core.domaines.usages.prets.retour import CONCIERGE, DUnPret, ObjetEgare, lieux_de, modele_de_la
from tierslieu_core.domaines.usages.profil import mesures_de
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, personnel, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.arrets import Arrets
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId, ReservationModeleId, objet, reservation_modele
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.parties import Parties
from tierslieu_core.vocabulaire.temps import Periode

# ── commandes : ce que l'on demande ; un champ personnel est scellé avant toute décision ────────────────────────────


@commande("prets.PreterObjet")
class PreterObjet:
    """Prêter un objet à une personne, jusqu'à une date, en notant son état."""

    objet: ObjetId
    personne: PersonneId
    retour: Date = champ("à rendre le")
    constat: Personnel = personnel("état au départ", qui="personne", conservation="pret", default="en bon état")
    reservation: ReservationModeleId | None = champ("la réservation qu'il honore", default=None)
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())


# ── refus : le fait qui bloque, et l'issue ──────────────────────────────────────────────────────────────────────────


@refus(
    "prets.ObjetDejaPrete",
    "{personne} a déjà {objet}, à rendre le {retour}.",
    "Demandez cet objet pour plus tard, ou un autre du même modèle ; qui l'a déjà peut renouveler son prêt.",
)
class ObjetDejaPrete(Refus):
    objet: ObjetId
    personne: PersonneId
    retour: Date


@refus(
    "prets.ObjetRenduPlusTard",
    "Le dernier prêt ({objet}) va du {depuis} au {le} : un autre ne peut pas commencer avant qu'il soit rendu.",
    "Les prêts d'un objet se saisissent dans l'ordre où ils ont eu lieu ; vérifiez le jour de celui-ci.",
)
class ObjetRenduPlusTard(Refus):
    objet: ObjetId
    depuis: Date
    le: Date


@refus(
    "prets.ObjetEnRemise",
    "{objet}, à remettre en état depuis son retour, se prête de nouveau à partir du {le}.",
    "Attendez ce jour, ou choisissez un autre objet du même modèle.",
)
class ObjetEnRemise(Refus):
    objet: ObjetId
    le: Date


@refus(
    "prets.LotIncomplet",
    "Il manque quelque chose à {objet} : {manquants}.",
    "Complétez-le, puis constatez-le (« tierslieu faire materiel.ConstaterEtat »), ou choisissez un autre objet.",
)
class LotIncomplet(Refus):
    objet: ObjetId
    manquants: tuple[str, ...]


@refus(
    "prets.RetourImpossible",
    "Un prêt commencé le {depuis} ne peut pas s'achever le {retour} ({objet}).",
    "Le retour vient le jour même ou plus tard, jamais avant celui qui est convenu, et dans l'année.",
)
class RetourImpossible(Refus):
    objet: ObjetId
    depuis: Date
    retour: Date


# ── lectures : ce qu'une décision doit savoir ; ce qui est lu d'abord dit où lire la suite ──────────────────────────


def _lit_preter(c: PreterObjet, x: Contexte) -> Lot[Any]:
    retenue = () if c.reservation is None else (reservation.reservation_de(reservation_modele(c.reservation)),)
    return lit(c, x).avec(Lot(retenue))


class Emprunt(DUnPret, Protocol):
    """A demand to have an item until a day."""

    @property
    def retour(self) -> Date: ...


def lit(c: Emprunt, x: Contexte) -> Lot[Any]:
    """The item; its model, and who reserved it until the return; who borrows."""
    tag, jour = objet(c.objet), x.aujourdhui
    lui = lire(dernier_pret(tag), materiel.objet_de(tag), materiel.arrets_de(tag), materiel.constat_de(tag))
    du_modele: Lot[Any] = lui.puis(
        lambda etats: reservation.lit_du_modele(
            modele_de_la(etats[1]), jour, _borne(jour, c.retour), remise_de(x, lieux_de(c.objet, etats[1]))
        )
    )
    return du_modele.avec(lit_emprunteur(c.personne, x))


class Vu(NamedTuple):
    """All that a loan is decided on."""

    pret: Fait | None
    fiche: materiel.Fait | None
    arrets: Arrets
    manquants: Parties
    qui: Emprunteur
    modele: materiel.Modele | None
    offre: Offre
    retenue: reservation.Fait | None = None


def vu(c: Emprunt, lu: Any, x: Contexte, retenue: reservation.Fait | None = None) -> Vu:
    """The same, from what ``lit`` read."""
    ((pret, fiche, arrets, (_, manquants)), du_modele), qui = lu
    le_modele, offre = reservation.offre_lue(du_modele, x, lieux_de(c.objet, fiche))
    return Vu(pret, fiche, arrets, manquants, emprunteur(c.personne, qui, x), le_modele, offre, retenue)


# ── décider : purement, sur ce qui est lu ; des faits, rien (déjà ainsi), ou un refus ───────────────────────────────


def _preter(c: PreterObjet, etats: Any, x: Contexte) -> Issue:
    v, jour = vu(c, etats[0], x, next(iter(etats[1]), None)), x.aujourdhui
    if isinstance(v.pret, EnCours) and v.pret.retour == c.retour and v.pret.personne in identifiants(c.personne, x):
        return ()
    non = _occupe(c.objet, v, jour)
    if non is None and not jour <= c.retour <= au_plus_tard(jour):
        non = RetourImpossible(objet=c.objet, depuis=jour, retour=c.retour)
    non = non or materiel.empechement(c.objet, v.arrets, jour, c.retour) or _incomplet(c.objet, v, x)
    non = non or v.qui.empechement(c.personne, v.modele, jour) or attendu(c, v, jour, c.reservation)
    if non is not None:
        return non
    honoree = reservation.honoree(
        v.retenue, modele_de_la(v.fiche), identifiants(c.personne, x), c.objet, v.offre, laquelle=c.reservation
    )
    if isinstance(honoree, Refus):
        return honoree
    pris = ObjetPrete(
        objet=c.objet, personne=c.personne, depuis=jour, retour=c.retour,
        categorie=v.fiche.categorie if v.fiche else "", constat=c.constat, manquants=v.manquants,
        en_main=EnMain(v.qui.en_main()), reservation=c.reservation,
    )  # fmt: skip
    pratiquees = v.qui.pratiquees(c.personne, v.modele, lieux_de(c.objet, v.fiche), x)
    return [pris, *honoree, *pratiquees]


def _occupe(lequel: ObjetId, v: Vu, jour: Date) -> Refus | None:
    """Why an item is not at hand on a day: lent, lost, given back later, not ready again."""
    match v.pret:
        case None:
            return None
        case ObjetPerdu(personne=qui):
            return ObjetEgare(objet=lequel, personne=qui)
        case ObjetRendu():
            if jour < v.pret.le:
                return ObjetRenduPlusTard(objet=lequel, depuis=v.pret.depuis, le=v.pret.le)
            pret_le = Exemplaire(lequel, v.pret, v.arrets, v.offre.remise).pret_le(jour)
            return ObjetEnRemise(objet=lequel, le=pret_le) if pret_le and jour < pret_le else None
        case _:
            return ObjetDejaPrete(objet=lequel, personne=v.pret.personne, retour=v.pret.retour)


def _incomplet(lequel: ObjetId, v: Vu, x: Contexte) -> Refus | None:
    reglage = x.livre.reglage(KitComplet, x.aujourdhui, lieux=lieux_de(lequel, v.fiche))
    if not v.manquants or reglage is None or not reglage.exige:
        return None
    return LotIncomplet(objet=lequel, manquants=tuple(map(str, v.manquants)))


def attendu(c: Emprunt, v: Vu, du: Date, sauf: object = None) -> Refus | None:
    """Who reserved the model would find none left."""
    return modele_attendu(modele_de_la(v.fiche), v.offre.manque(du, c.retour, sans=c.objet, sauf=sauf))


def au_plus_tard(depuis: Date) -> Date:
    """A loan fits in a year: what is read of a model and of a person is bounded by it."""
    return depuis.add(years=1)


def _borne(jour: Date, retour: Date) -> Date:
    return max(jour, min(retour, au_plus_tard(jour)))


# ── mesurer : ce que les règles du lieu peuvent juger de la demande ─────────────────────────────────────────────────


def _mesure_preter(c: PreterObjet, etats: Any, x: Contexte) -> Mesures:
    (((_, fiche, *_), _), lu), retenue = etats
    qui, jour, zone = emprunteur(c.personne, lu, x), x.aujourdhui, x.livre.zone
    lieux = lieux_de(c.objet, fiche)
    return mesures_de(
        c.personne, qui.profil, jour,
        demande_le=x.survenu_le,
        action="preter",
        lieux=lieux,
        calendrier=Calendrier.de(x),
        duree_jours=duree_de(x, jour, c.retour, lieux),
        periode=Periode.de_jours(jour, _borne(jour, c.retour), zone),
        usages=qui.usages(zone),
        faits=faits_de(reservation.dits_de(next(iter(retenue), None), c.faits), x),
    )  # fmt: skip


# ── ce que le domaine rassemble (`__init__.py`) : tout ce que les adaptateurs, les épreuves et les documents liront ───

DEMANDES = (Demande(PreterObjet, CONCIERGE, _lit_preter, _preter, _mesure_preter),)
REFUS = (ObjetDejaPrete, ObjetRenduPlusTard, ObjetEnRemise, LotIncomplet, RetourImpossible)
