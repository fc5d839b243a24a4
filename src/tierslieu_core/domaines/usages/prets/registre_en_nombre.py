"""Registre des prêts en nombre: a row for each loan of what is counted without being numbered, while some is out."""

from __future__ import annotations

from typing import assert_never

import attrs
from whenever import Date

from tierslieu_core.domaines.usages.prets.sorties import QuantitePretee, QuantiteRappelee, QuantiteRendue
from tierslieu_core.domaines.usages.prets.suivi import QuantiteRelancee
from tierslieu_core.kernel.declarations import Note, Registre
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.vocabulaire.identifiants import ModeleId, PersonneId, PretId
from tierslieu_core.vocabulaire.temps import jours_entre


@attrs.frozen
class LigneQuantite:
    """``etat``, on the day it is read: en cours, rappelé, partiellement rendu, en retard; ``restent``: those out.

    ``etape``: the last step taken about that day of return, 0 announcing it.
    """

    pret: PretId
    modele: ModeleId
    personne: PersonneId
    depuis: Date
    retour: Date
    quantite: int
    restent: int
    etat: str = ""
    retard_jours: int = 0
    categorie: str = ""
    rappele: bool = False
    etape: int = -1


def _tenir(
    lignes: dict[PretId, LigneQuantite],
    fait: QuantitePretee | QuantiteRappelee | QuantiteRendue | QuantiteRelancee,
    _: Note,
) -> None:
    match fait:
        case QuantitePretee(quantite=n):
            lignes[fait.pret] = LigneQuantite(
                fait.pret, fait.modele, fait.personne, fait.depuis, fait.retour, n, n, categorie=fait.categorie
            )
        case QuantiteRappelee():
            lignes[fait.pret] = attrs.evolve(lignes[fait.pret], retour=fait.retour, rappele=True, etape=-1)
        case QuantiteRendue(restent=0):
            del lignes[fait.pret]
        case QuantiteRendue():
            lignes[fait.pret] = attrs.evolve(lignes[fait.pret], restent=fait.restent)
        case QuantiteRelancee():
            ligne = lignes.get(fait.pret)  # not there, or not due that day: the loan was corrected since
            if ligne is not None and ligne.retour == fait.retour:
                lignes[fait.pret] = attrs.evolve(ligne, etape=fait.etape)
        case _:
            assert_never(fait)


def _au(ligne: LigneQuantite, jour: Date) -> LigneQuantite:
    retard = max(0, jours_entre(ligne.retour, jour))
    partie = "partiellement rendu" if ligne.restent < ligne.quantite else ""
    en_cours = partie or ("rappelé" if ligne.rappele else "en cours")
    return attrs.evolve(ligne, etat="en retard" if retard else en_cours, retard_jours=retard)


PAR = ("pret", ("modele", "retour"), ("personne", "retour"), "retour")
REGISTRES = (Registre("prets_en_nombre", LigneQuantite, _tenir, _au, "Prêts en nombre", PAR),)
TRANSMISSIONS = (
    Transmission(
        "Ce qui est prêté en nombre",
        "prets_en_nombre",
        "{restent} × {modele}, chez {personne}, à rendre le {retour} ({etat})",
    ),
)
