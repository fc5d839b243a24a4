"""Suivi: what was said to who has an item; the register shows it, and no step is taken twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from whenever import Date

from tierslieu_core.kernel.declarations import evenement
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, PersonneId, PretId, objet, pret

Mesure = Literal["annonce", "rappel", "avertissement", "suspension"]


@evenement("prets.PretRelance", "{objet}, à rendre le {retour} par {personne} : {mesure}")
class PretRelance:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    etape: int
    mesure: Mesure

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


@evenement("prets.QuantiteRelancee", "{restent} × {modele}, à rendre le {retour} par {personne} : {mesure}")
class QuantiteRelancee:
    pret: PretId
    modele: ModeleId
    personne: PersonneId
    depuis: Date
    retour: Date
    restent: int
    etape: int
    mesure: Mesure

    def etiquettes(self) -> Iterable[str]:
        return (pret(self.pret),)


FAITS = (PretRelance, QuantiteRelancee)
