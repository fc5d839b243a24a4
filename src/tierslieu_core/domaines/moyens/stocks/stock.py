"""Le stock d'un article: what comes in, goes out, is counted. Each fact tells every lot left: the last one suffices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import attrs
from whenever import Date

from tierslieu_core.kernel.declarations import champ, evenement
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.vocabulaire.ecriture import court
from tierslieu_core.vocabulaire.identifiants import ActiviteId, ArticleId, PersonneId
from tierslieu_core.vocabulaire.identifiants import article as etiquette

Raison = Literal["consommé", "donné", "périmé", "perdu"]
USAGES = frozenset({"consommé", "donné"})
"""What nothing out of date is good for."""


@attrs.frozen(kw_only=True)
class Lot:
    """So many of an article that came together; ``peremption``: the last day on which they may be used."""

    lot: str
    quantite: int
    peremption: Date | None

    def perime(self, jour: Date) -> bool:
        """Whether it is out of date by that day."""
        return self.peremption is not None and self.peremption < jour

    def __str__(self) -> str:
        avant = f"jusqu'au {court(self.peremption)}" if self.peremption else ""
        dit = ", ".join(d for d in (self.lot and f"lot {self.lot}", avant) if d)
        return f"{self.quantite} ({dit})" if dit else str(self.quantite)


Lots = tuple[Lot, ...]

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (etiquette(fait.article),)


@evenement(
    "stocks.StockEntre",
    "Entrée en stock : {article}, {quantite} {unite}[, lot {lot}][, à utiliser jusqu'au {peremption}]",
)
class StockEntre:
    article: ArticleId
    quantite: int
    unite: str
    lot: str
    peremption: Date | None
    le: Date
    lots: Lots = champ("tous les lots, désormais")

    etiquettes = _etiquettes


@evenement(
    "stocks.StockSorti",
    "Sortie de stock : {article}, {quantite} {unite} ({raison})[, lot {lot}][, pour {activite}][, {personne}]",
)
class StockSorti:
    article: ArticleId
    quantite: int
    unite: str
    raison: Raison
    lot: str | None
    activite: ActiviteId | None
    personne: PersonneId | None
    le: Date
    lots: Lots = champ("tous les lots, désormais")

    etiquettes = _etiquettes


@evenement(
    "stocks.StockCompte", "Inventaire : {article}[, lot {lot}], {compte} {unite} sur place, {attendu} au registre"
)
class StockCompte:
    article: ArticleId
    lot: str
    peremption: Date | None
    compte: int
    attendu: int
    unite: str
    le: Date
    lots: Lots = champ("tous les lots, désormais")

    etiquettes = _etiquettes


Fait = StockEntre | StockSorti | StockCompte
FAITS = (StockEntre, StockSorti, StockCompte)

# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _stock(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


stock_de = Lecture[Fait | None]("stocks.stock", None, _stock, dernier=True)


def lots_de(fait: Fait | None) -> Lots:
    """Every lot that is left."""
    return () if fait is None else fait.lots


def total(lots: Iterable[Lot]) -> int:
    """How many there are."""
    return sum(lot.quantite for lot in lots)


def bons(lots: Iterable[Lot], raison: Raison, nom: str | None, jour: Date) -> Lots:
    """Those that may go out so, the first to be out of date first; ``nom``: of that lot alone."""
    found = [lot for lot in lots if nom in (None, lot.lot)]
    if raison in USAGES:
        found = [lot for lot in found if not lot.perime(jour)]
    elif raison == "périmé":
        found = [lot for lot in found if lot.perime(jour)]
    return tuple(sorted(found, key=lambda lot: lot.peremption or Date.MAX))


def avec(lots: Lots, venu: Lot) -> Lots:
    """These and what comes, which joins a lot of the same name and date."""
    memes = [lot for lot in lots if (lot.lot, lot.peremption) == (venu.lot, venu.peremption)]
    autres = tuple(lot for lot in lots if lot not in memes)
    reuni = attrs.evolve(venu, quantite=venu.quantite + total(memes))
    return (*autres, reuni) if reuni.quantite else autres


def sans(lots: Lots, pris: Sequence[Lot], quantite: int) -> Lots:
    """These, less so many, taken from ``pris`` in this order."""
    restent = {lot: lot.quantite for lot in lots}
    for lot in pris:
        part = min(quantite, restent[lot])
        restent[lot] -= part
        quantite -= part
    return tuple(attrs.evolve(lot, quantite=n) for lot, n in restent.items() if n)
