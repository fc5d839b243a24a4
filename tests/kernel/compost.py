"""A toy area that needs all that the kernel offers: corrections, what waits for somebody, the calendar, a suite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.kernel.corrections import FaitCorrige, Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Issue,
    Note,
    Refus,
    Registre,
    Suite,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.lieu import catalogue_of
from tierslieu_core.testing.spec import installed
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Periode


@evenement("compost.BacPese", "{bac} pèse {kilos} kg")
class BacPese:
    bac: str
    kilos: int

    def etiquettes(self) -> Iterable[str]:
        return (f"bac:{self.bac}",)


@evenement("compost.PeseeAttendue", "{bac} : {kilos} kg, à confirmer par {par}")
class PeseeAttendue:
    bac: str
    kilos: int
    par: str

    def etiquettes(self) -> Iterable[str]:
        return (f"bac:{self.bac}",)


@evenement("compost.BacVide", "{bac} est vidé")
class BacVide:
    bac: str

    def etiquettes(self) -> Iterable[str]:
        return (f"bac:{self.bac}",)


@commande("compost.PeserBac")
class PeserBac:
    """Peser un bac."""

    bac: str
    kilos: int = champ("poids", unite="kg")
    personne: PersonneId


@commande("compost.ViderBac")
class ViderBac:
    """Vider un bac."""

    bac: str


@commande("compost.CorrigerPesee")
class CorrigerPesee:
    """Corriger la dernière pesée d'un bac."""

    bac: str
    motif: Personnel = personnel("motif", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger", default=None)


@refus("compost.BacFerme", "{bac} ne se pèse pas un jour férié ({fete}).", "Pesez-le un autre jour.")
class BacFerme(Refus):
    bac: str
    fete: str


Fait = BacPese | PeseeAttendue | BacVide


def _dernier(_: Read | None, fait: BacPese | PeseeAttendue | BacVide, note: Note) -> Read | None:
    return fait, note


def _poids(etat: int, fait: BacPese | BacVide) -> int:
    return etat + fait.kilos if isinstance(fait, BacPese) else 0


def _pesee(_: BacPese | None, fait: BacPese) -> BacPese | None:
    return fait


dernier_fait = Lecture[Read | None]("compost.dernier", None, _dernier, dernier=True, notes=True)
poids_de = Lecture[int]("compost.poids", 0, _poids)
pesee_de = Lecture[BacPese | None]("compost.pesee", None, _pesee, dernier=True)
Etats = tuple[int, BacPese | None]


def _lit(c: PeserBac | ViderBac, _: Contexte) -> Lot[Etats]:
    return lire(poids_de(f"bac:{c.bac}"), pesee_de(f"bac:{c.bac}"))


def _peser(c: PeserBac, etats: Etats, x: Contexte) -> Issue:
    fete = x.oracle("ferie", x.aujourdhui.format_iso())
    if fete:
        return BacFerme(bac=c.bac, fete=fete)
    return () if etats[1] is not None and etats[1].kilos == c.kilos else [BacPese(bac=c.bac, kilos=c.kilos)]


def _attend(c: PeserBac, _: Etats, __: Contexte, validations: Sequence[Any]) -> list[PeseeAttendue]:
    return [PeseeAttendue(bac=c.bac, kilos=c.kilos, par=validations[0].par)]


def _mesure(c: PeserBac, _: Etats, x: Contexte) -> Mesures:
    jour = x.aujourdhui
    return Mesures(
        action="peser", personne=c.personne, lieux=(), jour=jour, periode=Periode.de_jours(jour, jour, x.livre.zone)
    )


def _vider(c: ViderBac, etats: Etats, _: Contexte) -> Issue:
    return [BacVide(bac=c.bac)] if etats[0] else ()


def _corriger(c: CorrigerPesee, etats: tuple[Read | None], x: Contexte) -> Issue:
    return corriger(c.fait, f"bac:{c.bac}", c.motif, etats[0], x)


@attrs.frozen
class Bac:
    bac: str
    kilos: int = 0


def _tenir(lignes: dict[str, Bac], fait: BacPese | BacVide, _: Note) -> None:
    deja = lignes.get(fait.bac, Bac(fait.bac))
    lignes[fait.bac] = attrs.evolve(deja, kilos=deja.kilos + fait.kilos if isinstance(fait, BacPese) else 0)


def _vider_le_plein(fait: BacPese) -> Iterator[ViderBac]:
    if fait.kilos >= PLEIN:
        yield ViderBac(bac=fait.bac)


PLEIN = 100
QUI = frozenset({"concierge"})
DOMAINE = Domaine(
    "compost",
    "Compost",
    faits=(BacPese, PeseeAttendue, BacVide),
    demandes=(
        Demande(PeserBac, QUI, _lit, _peser, _mesure, attend=_attend),
        Demande(ViderBac, QUI, _lit, _vider),
        Demande(CorrigerPesee, QUI, lambda c, _: lire(dernier_fait(f"bac:{c.bac}")), _corriger),
    ),
    refus=(BacFerme,),
    registres=(Registre("compost", Bac, _tenir, titre="Registre du compost"),),
    suites=(Suite("vider", BacPese, _vider_le_plein),),
)
CATALOGUE = catalogue_of([*installed().domaines, DOMAINE])
__all__ = ["CATALOGUE", "BacPese", "BacVide", "CorrigerPesee", "FaitCorrige", "PeserBac", "ViderBac"]
