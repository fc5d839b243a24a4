"""Sorties: what is out of a model that is counted; each fact sums up all of it, so that the last one says it all."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.kernel.declarations import champ, evenement
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.vocabulaire.identifiants import ModeleId, PersonneId, PretId, modele, pret


@attrs.frozen(kw_only=True)
class Sortie:
    """So many, in somebody's hands, to be given back by a day."""

    pret: PretId
    personne: PersonneId
    quantite: int
    depuis: Date
    retour: Date


def _etiquettes(fait: Fait) -> Iterable[str]:
    return pret(fait.pret), modele(fait.modele)


@evenement("prets.QuantitePretee", "{personne} emprunte {quantite} × {modele}, à rendre le {retour}")
class QuantitePretee:
    pret: PretId
    modele: ModeleId
    personne: PersonneId
    quantite: int
    depuis: Date
    retour: Date
    sorties: tuple[Sortie, ...] = champ("tout ce qui est dehors de ce modèle, désormais")

    etiquettes = _etiquettes


@evenement("prets.QuantiteRendue", "{personne} rend {quantite} × {modele} ; restent dehors : {restent}")
class QuantiteRendue:
    pret: PretId
    modele: ModeleId
    personne: PersonneId
    quantite: int
    le: Date
    restent: int
    sorties: tuple[Sortie, ...] = champ("tout ce qui est dehors de ce modèle, désormais")

    etiquettes = _etiquettes


Fait = QuantitePretee | QuantiteRendue


def _sorties(_: tuple[Sortie, ...], fait: Fait) -> tuple[Sortie, ...]:
    return fait.sorties


def _dernier(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


sorties_de = Lecture[tuple[Sortie, ...]]("prets.sorties", (), _sorties, dernier=True)
quantite_de = Lecture[Fait | None]("prets.quantite", None, _dernier, dernier=True)
FAITS = (QuantitePretee, QuantiteRendue)
