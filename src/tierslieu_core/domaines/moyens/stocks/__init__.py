"""Stocks (G4): articles, what comes in and goes out of them by lots, inventories, thresholds, dates."""

from tierslieu_core.domaines.moyens.stocks import article, mouvements, registre, stock
from tierslieu_core.domaines.moyens.stocks.article import ArticleDeclare, DeclarerArticle
from tierslieu_core.domaines.moyens.stocks.mouvements import (
    CompterStock,
    CorrigerStock,
    DejaPerime,
    EntrerStock,
    LotAPreciser,
    SortirStock,
    StockInsuffisant,
)
from tierslieu_core.domaines.moyens.stocks.registre import Consommation, LigneStock, Mouvement
from tierslieu_core.domaines.moyens.stocks.stock import Lot, StockCompte, StockEntre, StockSorti
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import ArticleId

DOMAINE = Domaine(
    "stocks",
    "Stocks",
    faits=(*article.FAITS, *stock.FAITS),
    demandes=(*article.DEMANDES, *mouvements.DEMANDES),
    refus=mouvements.REFUS,
    registres=registre.REGISTRES,
    identifiants=(Identifiant(ArticleId, ArticleDeclare, (ArticleDeclare,)),),
    echeances=registre.ECHEANCES,
    transmissions=registre.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "ArticleDeclare", "CompterStock", "Consommation", "CorrigerStock", "DeclarerArticle", "DejaPerime",
    "EntrerStock", "LigneStock", "Lot", "LotAPreciser", "Mouvement", "SortirStock", "StockCompte", "StockEntre",
    "StockInsuffisant", "StockSorti",
]  # fmt: skip
