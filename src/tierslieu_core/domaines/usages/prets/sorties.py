"""Sorties: what is out of a model that is counted, and in whose hands; the last fact of either says it all."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.kernel.declarations import champ, evenement
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.vocabulaire.identifiants import (
    ModeleId,
    PersonneId,
    PretId,
    ReservationModeleId,
    modele,
    mois,
    personne,
    pret,
)  # fmt: skip


@attrs.frozen(kw_only=True)
class Sortie:
    """So many, in somebody's hands, to be given back by a day."""

    pret: PretId
    personne: PersonneId
    quantite: int
    depuis: Date
    retour: Date


@attrs.frozen(kw_only=True)
class EnNombre:
    """A loan in number that a person has in hand, however many of it came back."""

    pret: PretId
    categorie: str
    depuis: Date
    retour: Date


def _etiquettes(fait: Fait | QuantiteRedite) -> Iterable[str]:
    yield from (pret(fait.pret), modele(fait.modele), personne(fait.personne))
    if isinstance(fait, QuantitePretee):
        yield mois(fait.personne, fait.depuis)


@evenement(
    "prets.QuantitePretee",
    "{personne} emprunte {quantite} × {modele}, à rendre le {retour}",
    version=3,
    upcasts={
        1: lambda champs: {**champs, "categorie": "", "en_nombre": []},
        2: lambda champs: {**champs, "reservation": None},
    },
)
class QuantitePretee:
    pret: PretId
    modele: ModeleId
    personne: PersonneId
    quantite: int
    depuis: Date
    retour: Date
    sorties: tuple[Sortie, ...] = champ("tout ce qui est dehors de ce modèle, désormais")
    categorie: str = champ("catégorie du modèle, ce jour-là", default="")
    en_nombre: tuple[EnNombre, ...] = champ("tout ce que la personne a en nombre, désormais", default=())
    reservation: ReservationModeleId | None = champ("la réservation qu'il honore", default=None)

    etiquettes = _etiquettes


@evenement(
    "prets.QuantiteRendue",
    "{personne} rend {quantite} × {modele} ; restent dehors : {restent}",
    version=2,
    upcasts={1: lambda champs: {**champs, "en_nombre": [], "dernier_retour": None}},
)
class QuantiteRendue:
    pret: PretId
    modele: ModeleId
    personne: PersonneId
    quantite: int
    le: Date
    restent: int
    sorties: tuple[Sortie, ...] = champ("tout ce qui est dehors de ce modèle, désormais")
    en_nombre: tuple[EnNombre, ...] = champ("tout ce que la personne a en nombre, désormais", default=())
    dernier_retour: Date | None = champ("un retour de ce modèle, d'un jour plus tardif", default=None)

    etiquettes = _etiquettes


@evenement(
    "prets.QuantiteRappelee", "{restent} × {modele} : {personne} les rendra le {retour}, et non le {avant} (rappel)"
)
class QuantiteRappelee:
    pret: PretId
    modele: ModeleId
    personne: PersonneId
    depuis: Date
    retour: Date
    avant: Date
    restent: int
    sorties: tuple[Sortie, ...] = champ("tout ce qui est dehors de ce modèle, désormais")
    en_nombre: tuple[EnNombre, ...] = champ("tout ce que la personne a en nombre, désormais")

    etiquettes = _etiquettes


@evenement("prets.QuantiteRedite", "{modele} : ce qui est dehors, et ce que {personne} en a, est compté à nouveau")
class QuantiteRedite:
    """What is true again once a fact of a loan is corrected: without it, later ones would rest on its sums."""

    pret: PretId
    modele: ModeleId
    personne: PersonneId
    sorties: tuple[Sortie, ...] = champ("tout ce qui est dehors de ce modèle, désormais")
    en_nombre: tuple[EnNombre, ...] = champ("tout ce que la personne a en nombre, désormais")
    dernier_retour: Date | None = champ("le retour de ce modèle qui est du jour le plus tardif")

    etiquettes = _etiquettes


Fait = QuantitePretee | QuantiteRendue | QuantiteRappelee


def _sorties(_: tuple[Sortie, ...], fait: Fait | QuantiteRedite) -> tuple[Sortie, ...]:
    return fait.sorties


def _dernier(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _nombres(_: tuple[EnNombre, ...], fait: Fait | QuantiteRedite) -> tuple[EnNombre, ...]:
    return fait.en_nombre


def _dernier_retour(_: Date | None, fait: QuantiteRendue | QuantiteRedite) -> Date | None:
    if isinstance(fait, QuantiteRedite):
        return fait.dernier_retour
    return max(fait.le, fait.dernier_retour or fait.le)


sorties_de = Lecture[tuple[Sortie, ...]]("prets.sorties", (), _sorties, dernier=True)
quantite_de = Lecture[Fait | None]("prets.quantite", None, _dernier, dernier=True)
nombres_de = Lecture[tuple[EnNombre, ...]]("prets.nombres", (), _nombres, dernier=True)
dernier_retour_de = Lecture[Date | None]("prets.dernier_retour", None, _dernier_retour, dernier=True)
"""The latest day on which some of a model came back: before it, more were out than what is out now."""
FAITS = (QuantitePretee, QuantiteRendue, QuantiteRappelee, QuantiteRedite)
