"""Réserver un modèle: so many of a model, asked for some days ahead, if as many are free; given up again."""

from __future__ import annotations

from typing import Any

from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, jour_de
from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.cadre.regles.versions import ANNULER
from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.prets.disponibilite import ModeleAttendu, modele_attendu, remise_de
from tierslieu_core.domaines.usages.prets.emprunteur import emprunteur, lit_emprunteur
from tierslieu_core.domaines.usages.prets.reservation import (
    Fait,
    ModeleReserve,
    ReservationClose,
    ReservationDUnAutre,
    ReservationModeleAnnulee,
    ReservationParErreur,
    annulee,
    close,
    dits_de,
    lieux_du_modele,
    lit_du_modele,
    offre_lue,
    reservation_de,
)
from tierslieu_core.domaines.usages.profil import mesures_de
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, personnel, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit
from tierslieu_core.vocabulaire.identifiants import (
    ModeleId,
    PersonneId,
    ReservationModeleId,
    connu,
    depuis_cle,
    modele,
    reservation_modele,
)  # fmt: skip
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Periode, jours_entre, ordre

# ── commandes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("prets.ReserverModele")
class ReserverModele:
    """Réserver d'avance un ou plusieurs exemplaires d'un modèle ; l'objet se choisit à la remise."""

    modele: ModeleId
    personne: PersonneId = champ("personne pour qui l'on réserve")
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    quantite: int = champ("nombre d'exemplaires", default=1)
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [*ordre(self.du, self.au), *([("quantite", "un exemplaire au moins")] if self.quantite < 1 else [])]


@commande("prets.AnnulerReservationModele")
class AnnulerReservationModele:
    """Annuler une réservation de matériel, avec un motif ; elle reste dans l'histoire du lieu."""

    reservation: ReservationModeleId
    motif: Personnel = personnel("motif", qui="par", conservation="reservation")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())


# ── refus ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "prets.JoursImpossibles",
    "{modele} ne se réserve pas du {du} au {au}.",
    "Choisissez des jours à partir d'aujourd'hui, pour un an au plus.",
)
class JoursImpossibles(Refus):
    modele: ModeleId
    du: Date
    au: Date


@refus(
    "prets.ModeleARecenser",
    "Les objets de {modele} n'ont jamais été comptés : rien ne dit combien il y en a.",
    "Recensez-les d'abord : « tierslieu faire materiel.RecenserModele ».",
)
class ModeleARecenser(Refus):
    modele: ModeleId


# ── décisions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit_reserver(c: ReserverModele, x: Contexte) -> Lot[Any]:
    du_modele = lire(materiel.modele_de(modele(c.modele))).puis(
        lambda lu: lit_du_modele(c.modele, c.du, c.au, remise_de(x, lieux_du_modele(connu(lu[0]))), tous=True)
    )
    return du_modele.avec(lit_emprunteur(c.personne, x))


def _reserver(c: ReserverModele, etats: Any, x: Contexte) -> Issue:
    (((fiche,), lu), qui), jour = etats, x.aujourdhui
    (_, parc, reservees, _), _ = lu
    _, offre = offre_lue(lu, x, lieux_du_modele(fiche))
    voulue = (c.personne, c.du, c.au, c.quantite)
    if any((a.personne, a.du, a.au, a.restent) == voulue for a in reservees.values()):
        return ()
    if not jour <= c.du <= c.au <= c.du.add(years=1):
        return JoursImpossibles(modele=c.modele, du=c.du, au=c.au)
    if parc is None and fiche.quantite is None:
        return ModeleARecenser(modele=c.modele)
    non = modele_attendu(c.modele, offre.manque(c.du, c.au, c.quantite))
    return non or emprunteur(c.personne, qui, x).empechement(c.personne, fiche, c.du) or [
        ModeleReserve(
            reservation=ReservationModeleId(depuis_cle(x.cle)), modele=c.modele, personne=c.personne, du=c.du, au=c.au,
            quantite=c.quantite, restent=c.quantite, faits=c.faits,
        )
    ]  # fmt: skip


def _mesure(c: ReserverModele, etats: Any, x: Contexte) -> Mesures:
    ((fiche,), _), qui = etats
    au = max(c.du, min(c.au, c.du.add(years=1)))
    return mesures_de(
        c.personne, emprunteur(c.personne, qui, x).profil, c.du,
        demande_le=x.survenu_le,
        action="preter",
        lieux=lieux_du_modele(fiche),
        duree_jours=jours_entre(c.du, c.au),
        horizon_jours=jours_entre(x.aujourdhui, c.du),
        periode=Periode.de_jours(c.du, au, x.livre.zone),
        faits=faits_de(c.faits, x),
        calendrier=Calendrier.de(x),
    )  # fmt: skip


def _lit_annuler(c: AnnulerReservationModele, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(reservation_de(reservation_modele(c.reservation)))


def _annuler(c: AnnulerReservationModele, etats: tuple[Fait | None], x: Contexte) -> Issue:
    r: Fait | None = etats[0]
    if r is None:
        return ReservationParErreur(reservation=c.reservation)
    if x.mandat == INSCRIT and r.personne not in x.livre.mandats.qui.parle_pour(x.par, jour_de(x)):
        return ReservationDUnAutre(personne=r.personne, modele=r.modele)
    if isinstance(r, ReservationModeleAnnulee):
        return ()
    return [annulee(r, c.motif)] if r.restent else close(r)


def _mesure_annuler(c: AnnulerReservationModele, etats: tuple[Fait | None], x: Contexte) -> Mesures:
    r: Fait | None = etats[0]
    if r is None:
        return Mesures(action=ANNULER, personne=PersonneId(x.par), lieux=(), jour=x.aujourdhui)
    return Mesures(
        action=ANNULER, personne=r.personne, lieux=(modele(r.modele),), jour=r.du, demande_le=x.survenu_le,
        periode=Periode.de_jours(r.du, r.au, x.livre.zone), duree_jours=jours_entre(r.du, r.au),
        faits=faits_de(dits_de(r, c.faits), x), calendrier=Calendrier.de(x),
    )  # fmt: skip


CONCIERGE = frozenset({"concierge", "coordination"})


DEMANDES = (
    Demande(ReserverModele, CONCIERGE | {"soi"}, _lit_reserver, _reserver, _mesure),
    Demande(
        AnnulerReservationModele,
        frozenset({"concierge", "coordination", INSCRIT}),
        _lit_annuler,
        _annuler,
        _mesure_annuler,
    ),
)


REFUS = (
    JoursImpossibles, ModeleARecenser, ReservationClose, ReservationParErreur, ReservationDUnAutre, ModeleAttendu,
)  # fmt: skip
