"""Suivi: what was said to who has an item; the register shows it, and no step is taken twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from whenever import Date

from tierslieu_core.kernel.declarations import evenement
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId, objet


@evenement("prets.PretRelance", "{objet}, à rendre le {retour} par {personne} : {mesure}")
class PretRelance:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    etape: int
    mesure: Literal["annonce", "rappel", "avertissement", "suspension"]

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


FAITS = (PretRelance,)
