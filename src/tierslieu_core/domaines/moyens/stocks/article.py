"""Un article: what is kept in stock, in which unit it is counted, how little of it is too little, where it is."""

from __future__ import annotations

from collections.abc import Iterable

from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, champ, commande, evenement, nouveau
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.identifiants import ArticleId, EspaceId
from tierslieu_core.vocabulaire.identifiants import article as etiquette

REGIE = frozenset({"concierge", "coordination", "regie"})

# ── événement ───────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement(
    "stocks.ArticleDeclare",
    "{nom} : un article compté en {unite}, à réapprovisionner en dessous de {seuil}[, rangé dans {espace}]",
)
class ArticleDeclare:
    article: ArticleId
    nom: str
    unite: str
    seuil: int
    espace: EspaceId | None

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.article),)


# ── commande ────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("stocks.DeclarerArticle")
class DeclarerArticle:
    """Déclarer un article que le lieu tient en stock, ou en dire autrement le nom, le seuil, la place."""

    article: ArticleId = nouveau("article, en un mot")
    nom: str = champ("nom")
    unite: str = champ("en quoi il se compte, au pluriel, comme « feuilles » ou « grammes »")
    seuil: int = champ("à réapprovisionner en dessous de", default=0)
    espace: EspaceId | None = champ("où il est rangé", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        dits = {"nom": self.nom, "unite": self.unite}
        found = [(champ_, "un mot au moins") for champ_, dit in dits.items() if not dit.strip()]
        return [*found, *([("seuil", "un nombre de 0 au moins")] if self.seuil < 0 else [])]


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _article(_: ArticleDeclare | None, fait: ArticleDeclare) -> ArticleDeclare | None:
    return fait


article_de = Lecture[ArticleDeclare | None]("stocks.article", None, _article, dernier=True)

# ── décision ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: DeclarerArticle, _: Contexte) -> Lot[tuple[ArticleDeclare | None]]:
    return lire(article_de(etiquette(c.article)))


def _declarer(c: DeclarerArticle, etats: tuple[ArticleDeclare | None], _: Contexte) -> Issue:
    dit = ArticleDeclare(article=c.article, nom=c.nom, unite=c.unite, seuil=c.seuil, espace=c.espace)
    return () if etats[0] == dit else [dit]


FAITS = (ArticleDeclare,)
DEMANDES = (Demande(DeclarerArticle, REGIE, _lit, _declarer),)
