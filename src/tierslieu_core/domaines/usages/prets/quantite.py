"""Quantités: so many of what is counted without being numbered, lent to a person and given back, at once or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.prets import reservation
from tierslieu_core.domaines.usages.prets.disponibilite import modele_attendu, remise_de
from tierslieu_core.domaines.usages.prets.duree import duree_de
from tierslieu_core.domaines.usages.prets.emprunteur import emprunteur, lit_emprunteur
from tierslieu_core.domaines.usages.prets.reservation import lieux_du_modele
from tierslieu_core.domaines.usages.prets.retour import au_retour
from tierslieu_core.domaines.usages.prets.sorties import (
    EnNombre,
    Fait,
    QuantitePretee,
    QuantiteRendue,
    Sortie,
    dernier_retour_de,
    nombres_de,
    quantite_de,
    sorties_de,
)
from tierslieu_core.domaines.usages.profil import mesures_de
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, refus
from tierslieu_core.kernel.lectures import Lot, Lue, lire
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit
from tierslieu_core.vocabulaire.identifiants import (
    ModeleId,
    PersonneId,
    PretId,
    ReservationModeleId,
    connu,
    depuis_cle,
    modele,
    personne,
    pret,
    reservation_modele,
)  # fmt: skip
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Periode

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("prets.PreterQuantite")
class PreterQuantite:
    """Prêter un nombre d'exemplaires d'un modèle qui se compte sans se numéroter."""

    modele: ModeleId
    personne: PersonneId
    quantite: int = champ("nombre d'exemplaires")
    retour: Date = champ("à rendre le")
    reservation: ReservationModeleId | None = champ("la réservation qu'il honore", default=None)
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _fautes(self.quantite)


@commande("prets.RendreQuantite")
class RendreQuantite:
    """Rendre des exemplaires d'un prêt en nombre ; ce qui n'est pas rendu reste dehors."""

    pret: PretId
    quantite: int = champ("nombre rendu")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _fautes(self.quantite)


def _fautes(quantite: int) -> list[tuple[str, str]]:
    return [("quantite", "un exemplaire au moins")] if quantite < 1 else []


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "prets.ObjetParObjet",
    "{modele} se prête objet par objet.",
    "Choisissez l'objet : « tierslieu faire prets.PreterObjet ».",
)
class ObjetParObjet(Refus):
    modele: ModeleId


@refus(
    "prets.RetourTropLoin",
    "Un prêt de {modele} commencé le {depuis} ne peut pas s'achever le {retour}.",
    "Le retour vient le jour même ou plus tard, et dans l'année.",
)
class RetourTropLoin(Refus):
    modele: ModeleId
    depuis: Date
    retour: Date


@refus(
    "prets.ExemplairesRendusPlusTard",
    "{modele} : des exemplaires ont été rendus le {le} ; un prêt en nombre ne peut pas commencer avant, le {depuis}.",
    "Les prêts d'un modèle qui se compte se saisissent dans l'ordre où ils ont eu lieu ; "
    "datez celui-ci du {le} ou après.",
)
class ExemplairesRendusPlusTard(Refus):
    modele: ModeleId
    depuis: Date
    le: Date


@refus(
    "prets.PretEnNombreClos",
    "Le prêt {pret} n'a plus rien dehors : il est rendu, ou fut enregistré par erreur.",
    "Voyez ceux qui courent : « tierslieu registre prets_en_nombre ».",
)
class PretEnNombreClos(Refus):
    pret: PretId


@refus(
    "prets.PasTantDehors",
    "De ce prêt de {modele} à {personne}, exemplaires encore dehors : {restent}, et non {quantite}.",
    "Rendez ce qui reste, ou moins.",
)
class PasTantDehors(Refus):
    modele: ModeleId
    personne: PersonneId
    restent: int
    quantite: int


# ── lectures, décisions ─────────────────────────────────────────────────────────────────────────────────────────────


def _lit_preter(c: PreterQuantite, x: Contexte) -> Lot[Any]:
    jour = x.aujourdhui
    au = max(jour, min(c.retour, jour.add(years=1)))
    du_modele = lire(materiel.modele_de(modele(c.modele))).puis(
        lambda lu: reservation.lit_du_modele(c.modele, jour, au, remise_de(x, lieux_du_modele(connu(lu[0]))))
    )
    autres = lire(dernier_retour_de(modele(c.modele)), nombres_de(personne(c.personne)))
    retenue = () if c.reservation is None else (reservation.reservation_de(reservation_modele(c.reservation)),)
    return du_modele.avec(lit_emprunteur(c.personne, x)).avec(autres.avec(Lot(retenue)))


def _preter(c: PreterQuantite, etats: Any, x: Contexte) -> Issue:
    ((((fiche,), lu), qui), ((dernier_retour, siens), retenue)), jour = etats, x.aujourdhui
    if fiche.quantite is None:
        return ObjetParObjet(modele=c.modele)
    if not jour <= c.retour <= jour.add(years=1):
        return RetourTropLoin(modele=c.modele, depuis=jour, retour=c.retour)
    if dernier_retour is not None and jour < dernier_retour:
        return ExemplairesRendusPlusTard(modele=c.modele, depuis=jour, le=dernier_retour)
    _, offre = reservation.offre_lue(lu, x, lieux_du_modele(fiche))
    non = modele_attendu(c.modele, offre.manque(jour, c.retour, c.quantite, sauf=c.reservation))
    if non is not None:
        return non
    honoree = reservation.honoree(
        next(iter(retenue), None),
        c.modele,
        identifiants(c.personne, x),
        None,
        offre,
        c.quantite,
        laquelle=c.reservation,
    )
    if isinstance(honoree, Refus):
        return honoree
    lui, sorties = PretId(depuis_cle(x.cle)), lu[0][3]
    sortie = Sortie(pret=lui, personne=c.personne, quantite=c.quantite, depuis=jour, retour=c.retour)
    pretee = QuantitePretee(
        pret=lui, modele=c.modele, personne=c.personne, quantite=c.quantite, depuis=jour, retour=c.retour,
        sorties=(*sorties, sortie), categorie=fiche.categorie,
        en_nombre=(*siens, EnNombre(pret=lui, categorie=fiche.categorie, depuis=jour, retour=c.retour)),
        reservation=c.reservation,
    )  # fmt: skip
    lui_meme = emprunteur(c.personne, qui, x)
    return lui_meme.empechement(c.personne, fiche, jour) or [
        pretee, *honoree, *lui_meme.pratiquees(c.personne, fiche, lieux_du_modele(fiche), x)
    ]  # fmt: skip


def _mesure(c: PreterQuantite, etats: Any, x: Contexte) -> Mesures:
    (((fiche,), _), lu), (_, retenue) = etats
    jour, zone, lieux, qui = x.aujourdhui, x.livre.zone, lieux_du_modele(fiche), emprunteur(c.personne, lu, x)
    return mesures_de(
        c.personne, qui.profil, jour,
        demande_le=x.survenu_le,
        action="preter",
        lieux=lieux,
        duree_jours=duree_de(x, jour, c.retour, lieux),
        periode=Periode.de_jours(jour, max(jour, min(c.retour, jour.add(years=1))), zone),
        usages=qui.usages(zone),
        faits=faits_de(reservation.dits_de(next(iter(retenue), None), c.faits), x),
        calendrier=Calendrier.de(x),
    )  # fmt: skip


def _lit_rendre(c: RendreQuantite, _: Contexte) -> Lot[Any]:
    return lire(quantite_de(pret(c.pret))).puis(lambda etats: Lot(tuple(_autour(etats[0]))))


def _autour(fait: Fait | None) -> Iterator[Lue[Any]]:
    """What is out of the model, in that person's hands, and the last day on which some came back."""
    if fait is not None:
        tag = modele(fait.modele)
        yield from (sorties_de(tag), nombres_de(personne(fait.personne)), dernier_retour_de(tag))


def _rendre(c: RendreQuantite, etats: Any, x: Contexte) -> Issue:
    fait: Fait | None = etats[0][0]
    if fait is None:
        return PretEnNombreClos(pret=c.pret)
    sorties, siens, dernier_retour = etats[1]
    lui = next((s for s in sorties if s.pret == c.pret), None)
    if lui is None or c.quantite > lui.quantite or x.aujourdhui < lui.depuis:
        restent = lui.quantite if lui is not None else 0
        return PasTantDehors(modele=fait.modele, personne=fait.personne, restent=restent, quantite=c.quantite)
    reste = attrs.evolve(lui, quantite=lui.quantite - c.quantite)
    autres = tuple(reste if s == lui else s for s in sorties)
    return [
        QuantiteRendue(
            pret=c.pret, modele=fait.modele, personne=fait.personne, quantite=c.quantite, le=x.aujourdhui,
            restent=reste.quantite, sorties=tuple(s for s in autres if s.quantite),
            en_nombre=tuple(n for n in siens if n.pret != c.pret or reste.quantite),
            dernier_retour=dernier_retour if dernier_retour and x.aujourdhui < dernier_retour else None,
        )
    ]  # fmt: skip


def _mesure_rendre(c: RendreQuantite, etats: Any, x: Contexte) -> Mesures:
    fait: Fait | None = etats[0][0]
    if fait is None:
        return au_retour(PersonneId(x.par), (), None, c.faits, x)
    lui = next((s for s in etats[1][0] if s.pret == c.pret), None)
    categorie = next((n.categorie for n in etats[1][1] if n.pret == c.pret), "")
    dates = None if lui is None else (lui.depuis, lui.retour)
    return au_retour(fait.personne, (f"categorie:{categorie}",), dates, c.faits, x)


CONCIERGE = frozenset({"concierge", "coordination"})
DEMANDES = (
    Demande(PreterQuantite, CONCIERGE, _lit_preter, _preter, _mesure),
    Demande(RendreQuantite, CONCIERGE, _lit_rendre, _rendre, _mesure_rendre),
)
REFUS = (ObjetParObjet, RetourTropLoin, ExemplairesRendusPlusTard, PretEnNombreClos, PasTantDehors)
