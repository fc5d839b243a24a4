"""Registres: a row for each item that is out, one for each reservation of a model, one for what was used up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

import attrs
from whenever import Date

from tierslieu_core.domaines.usages.prets.en_main import (
    ObjetPerdu,
    ObjetPrete,
    ObjetRendu,
    PartieRendue,
    PretRappele,
    PretRenouvele,
)
from tierslieu_core.domaines.usages.prets.reservation import (
    ModeleReserve,
    ReservationARevoir,
    ReservationHonoree,
    ReservationModeleAnnulee,
    ReservationRetablie,
)
from tierslieu_core.domaines.usages.prets.suivi import PretRelance
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.planned import Planning, Prevu
from tierslieu_core.vocabulaire.identifiants import (
    ModeleId,
    ObjetId,
    PersonneId,
    ReservationModeleId,
    modele,
    personne,
    reservation_modele,
)
from tierslieu_core.vocabulaire.parties import Parties
from tierslieu_core.vocabulaire.temps import jours_entre, matin

# ── prêts : une ligne par objet qui est dehors ; ce qui dépend du jour se dit au jour où on lit ─────────────────────


@attrs.frozen
class LignePret:
    """``etat``, on the day it is read: en cours, rappelé, partiellement rendu, en retard, perdu.

    ``retard_jours``: days past the day of return; ``etape``: the last step taken about that day, 0 announcing it.
    """

    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    renouvellements: int = 0
    perdu: bool = False
    etat: str = ""
    retard_jours: int = 0
    categorie: str = ""
    rappele: bool = False
    restent: Parties | None = None
    etape: int = -1


def _tenir(
    lignes: dict[ObjetId, LignePret],
    fait: ObjetPrete | PretRenouvele | PretRappele | PartieRendue | ObjetRendu | ObjetPerdu | PretRelance,
    _: Note,
) -> None:
    match fait:
        case ObjetPrete():
            lignes[fait.objet] = LignePret(
                fait.objet, fait.personne, fait.depuis, fait.retour, categorie=fait.categorie
            )
        case PretRenouvele():
            lignes[fait.objet] = attrs.evolve(
                lignes[fait.objet], retour=fait.retour, renouvellements=fait.fois, etape=-1
            )
        case PretRappele():
            lignes[fait.objet] = attrs.evolve(lignes[fait.objet], retour=fait.retour, rappele=True, etape=-1)
        case PartieRendue():
            lignes[fait.objet] = attrs.evolve(lignes[fait.objet], restent=fait.restent)
        case ObjetPerdu():
            lignes[fait.objet] = attrs.evolve(lignes[fait.objet], perdu=True)
        case PretRelance():
            ligne = lignes.get(fait.objet)  # not there, or not due that day: the loan was corrected since
            if ligne is not None and (ligne.depuis, ligne.retour) == (fait.depuis, fait.retour):
                lignes[fait.objet] = attrs.evolve(ligne, etape=fait.etape)
        case ObjetRendu():
            del lignes[fait.objet]
        case _:
            assert_never(fait)


def _au(ligne: LignePret, jour: Date) -> LignePret:
    if ligne.perdu:
        return attrs.evolve(ligne, etat="perdu")
    retard = max(0, jours_entre(ligne.retour, jour))
    en_cours = "partiellement rendu" if ligne.restent else "rappelé" if ligne.rappele else "en cours"
    return attrs.evolve(ligne, etat="en retard" if retard else en_cours, retard_jours=retard)


# ── réservations de matériel ────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneReservation:
    """``etat``, on the day it is read: réservée, à revoir, remise, annulée, non venue.

    ``restent``: how many are not handed over yet.
    """

    reservation: ReservationModeleId
    modele: ModeleId
    personne: PersonneId
    du: Date
    au: Date
    quantite: int
    restent: int
    objets: tuple[ObjetId, ...] = ()
    etat: str = "réservée"


def _tenir_reservation(
    lignes: dict[ReservationModeleId, LigneReservation],
    fait: ModeleReserve | ReservationHonoree | ReservationRetablie | ReservationARevoir | ReservationModeleAnnulee,
    _: Note,
) -> None:
    ligne = lignes.get(fait.reservation) or LigneReservation(
        fait.reservation, fait.modele, fait.personne, fait.du, fait.au, fait.quantite, fait.quantite
    )
    match fait:
        case ModeleReserve():
            pass
        case ReservationHonoree():
            etat = ligne.etat if fait.restent else "remise"
            objets = ligne.objets if fait.objet is None else (*ligne.objets, fait.objet)
            ligne = attrs.evolve(ligne, restent=fait.restent, objets=objets, etat=etat)
        case ReservationRetablie():
            objets = tuple(o for o in ligne.objets if o != fait.objet)
            ligne = attrs.evolve(ligne, restent=fait.restent, objets=objets, etat="réservée")
        case ReservationARevoir():
            ligne = attrs.evolve(ligne, etat="à revoir")
        case ReservationModeleAnnulee():
            ligne = attrs.evolve(ligne, etat="annulée", restent=0)
        case _:
            assert_never(fait)
    lignes[fait.reservation] = ligne


def _au_jour(ligne: LigneReservation, jour: Date) -> LigneReservation:
    return attrs.evolve(ligne, etat="non venue") if ligne.restent and ligne.au < jour else ligne


# ── consommations : ce qui s'est usé, par objet ─────────────────────────────────────────────────────────────────────


@attrs.frozen
class Consommation:
    """How many of one consumable were used with an item, over how many loans."""

    objet: ObjetId
    consommable: str
    nombre: int = 0
    prets: int = 0


def _tenir_consommation(lignes: dict[tuple[ObjetId, str], Consommation], fait: ObjetRendu, _: Note) -> None:
    for partie in fait.consommes:
        deja = lignes.get((fait.objet, partie.nom), Consommation(fait.objet, partie.nom))
        lignes[fait.objet, partie.nom] = attrs.evolve(deja, nombre=deja.nombre + partie.nombre, prets=deja.prets + 1)


PAR = ("objet", ("personne", "retour"), "retour")
PAR_MODELE = ("reservation", ("modele", "du"), ("personne", "du"), "du")
REGISTRES = (
    Registre("prets", LignePret, _tenir, _au, "Registre des prêts en cours", PAR),
    Registre(
        "reservations_materiel", LigneReservation, _tenir_reservation, _au_jour, "Réservations de matériel", PAR_MODELE
    ),
    Registre("consommations", Consommation, _tenir_consommation, None, "Ce qui a été consommé", ("objet",)),
)


# ── ce qui a lieu ───────────────────────────────────────────────────────────────────────────────────────────────────


def _prevus(ligne: LigneReservation, x: Contexte) -> Iterator[Prevu]:
    """What is reserved and not yet handed over."""
    if ligne.restent:
        debut, fin = (matin(jour, x.livre.zone) for jour in (ligne.du, ligne.au.next_day()))
        avec = modele(ligne.modele), personne(ligne.personne)
        dite = "{restent} × {modele} : {personne} ({etat})"
        yield Prevu(debut, fin, reservation_modele(ligne.reservation), dite, avec, journee=True)


PLANNINGS = (Planning("prets.reservations", "Matériel réservé", "reservations_materiel", _prevus),)
TRANSMISSIONS = (Transmission("Ce qui est prêté", "prets", "{objet}, chez {personne}, à rendre le {retour} ({etat})"),)
