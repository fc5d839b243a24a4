"""Registre du matériel: a row for each item, its state, its stops, what misses in its kit."""

from __future__ import annotations

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.materiel.objets import EtatConstate, EtatGeneral, ObjetAjoute, ObjetDecrit
from tierslieu_core.domaines.moyens.materiel.service import ObjetImmobilise, ObjetRemisEnService, ObjetRetire
from tierslieu_core.kernel.declarations import Note, Registre
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.vocabulaire.arrets import Arrets, arret_entre
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId
from tierslieu_core.vocabulaire.parties import Parties

Arrete = ObjetImmobilise | ObjetRemisEnService | ObjetRetire


@attrs.frozen
class LigneObjet:
    """``situation``, on the day it is read: en service, hors service, retiré; ``arrets``: each stop's days, and why."""

    objet: ObjetId
    modele: ModeleId
    nom: str
    categorie: str
    etat: str
    arrets: Arrets = ()
    situation: str = ""
    etat_general: EtatGeneral | None = None
    manquants: Parties = ()


def _tenir(
    lignes: dict[ObjetId, LigneObjet],
    fait: ObjetAjoute | ObjetDecrit | EtatConstate | ObjetImmobilise | ObjetRemisEnService | ObjetRetire,
    _: Note,
) -> None:
    deja = lignes.get(fait.objet)
    match fait:
        case ObjetAjoute():
            lignes[fait.objet] = LigneObjet(
                fait.objet, fait.modele, fait.nom, fait.categorie, fait.etat, etat_general=fait.etat_general
            )
        case ObjetDecrit() if deja:
            lignes[fait.objet] = attrs.evolve(deja, nom=fait.nom, etat=fait.etat)
        case EtatConstate() if deja:
            lignes[fait.objet] = attrs.evolve(deja, etat_general=fait.etat_general, manquants=fait.manquants)
        case ObjetImmobilise() | ObjetRemisEnService() | ObjetRetire() if deja:
            lignes[fait.objet] = attrs.evolve(deja, arrets=fait.arrets)
        case _:
            pass  # dated before the item came: its days alone are of no row


def _au(ligne: LigneObjet, le: Date) -> LigneObjet:
    arret = arret_entre(ligne.arrets, le, le)
    situation = "en service" if arret is None else "retiré" if arret.au is None else "hors service"
    return attrs.evolve(ligne, situation=situation)


REGISTRES = (Registre("materiel", LigneObjet, _tenir, _au, "Registre du matériel", ("objet", "modele")),)
TRANSMISSIONS = (
    Transmission(
        "Le matériel hors service", "materiel", "{nom} : {arrets}", lambda ligne, _: ligne.situation == "hors service"
    ),
)
