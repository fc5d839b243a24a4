"""Mouvements: entries, exits that never take more than there is, inventories whose differences are told."""

from __future__ import annotations

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import SOI
from tierslieu_core.domaines.moyens.stocks.article import REGIE, ArticleDeclare, article_de
from tierslieu_core.domaines.moyens.stocks.stock import (
    Fait,
    Lot,
    Lots,
    Raison,
    StockCompte,
    StockEntre,
    StockSorti,
    avec,
    bons,
    lots_de,
    sans,
    stock_de,
    total,
)
from tierslieu_core.kernel import lectures
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.identifiants import ActiviteId, ArticleId, PersonneId, article, connu
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _au_moins_un(quantite: int) -> list[tuple[str, str]]:
    return [] if quantite > 0 else [("quantite", "un nombre de 1 au moins")]


@commande("stocks.EntrerStock")
class EntrerStock:
    """Faire entrer un article en stock, avec son lot et sa date de péremption s'il en a."""

    article: ArticleId
    quantite: int = champ("combien")
    lot: str = champ("numéro de lot", default="")
    peremption: Date | None = champ("dernier jour où s'en servir", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _au_moins_un(self.quantite)


@commande("stocks.SortirStock")
class SortirStock:
    """Sortir un article du stock : consommé ou donné, ou parce qu'il est périmé ou perdu."""

    article: ArticleId
    quantite: int = champ("combien")
    raison: Raison = champ("consommé, donné, périmé ou perdu", default="consommé")
    activite: ActiviteId | None = champ("pour quelle activité", default=None)
    personne: PersonneId | None = champ("qui s'en sert", default=None)
    lot: str | None = champ("de quel lot ; sinon celui qui périme le premier", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _au_moins_un(self.quantite)


@commande("stocks.CompterStock")
class CompterStock:
    """Compter ce qu'il y a vraiment d'un article (ou d'un de ses lots) : l'écart est dit, et le stock ajusté."""

    article: ArticleId
    compte: int = champ("combien il y en a")
    lot: str | None = champ("de quel lot, s'il y en a plusieurs", default=None)
    peremption: Date | None = champ("de quelle date, si plusieurs portent ce numéro", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [] if self.compte >= 0 else [("compte", "un nombre de 0 au moins")]


@commande("stocks.CorrigerStock")
class CorrigerStock:
    """Corriger le dernier mouvement d'un article, enregistré par erreur."""

    article: ArticleId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "stocks.StockInsuffisant",
    "{article} : vous en demandez {quantite}, et il en reste {reste} {unite} à sortir ainsi[, outre ce qui est périmé :"
    " {perimes}].",
    "Sortez-en moins, ou dites d'abord ce qui est entré (stocks.EntrerStock) ; si le registre se trompe, comptez"
    " (stocks.CompterStock).",
)
class StockInsuffisant(Refus):
    article: ArticleId
    quantite: int
    reste: int
    unite: str
    perimes: tuple[Lot, ...]


@refus(
    "stocks.LotAPreciser",
    "{article} a plusieurs lots, ou n'a pas celui-là : {lots}.",
    "Dites lequel vous comptez, par son numéro (--lot), sa date (--peremption) ou les deux, l'un après l'autre ; un lot"
    " qui n'y est pas se fait d'abord entrer (stocks.EntrerStock).",
)
class LotAPreciser(Refus):
    article: ArticleId
    lots: str


@refus(
    "stocks.DejaPerime",
    "{article} ne peut plus servir depuis le {peremption} : cela n'entre pas en stock.",
    "Vérifiez la date ; si elle est juste, il n'y a rien à faire entrer.",
)
class DejaPerime(Refus):
    article: ArticleId
    peremption: Date


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _dernier(_: Read | None, fait: Fait, note: Note) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("stocks.dernier_fait", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[ArticleDeclare | None, Fait | None]


def _lit(c: EntrerStock | SortirStock | CompterStock, _: Contexte) -> lectures.Lot[Etats]:
    return lire(article_de(article(c.article)), stock_de(article(c.article)))


def _entrer(c: EntrerStock, etats: Etats, x: Contexte) -> Issue:
    fiche: ArticleDeclare = connu(etats[0])
    venu = Lot(lot=c.lot, quantite=c.quantite, peremption=c.peremption)
    if c.peremption is not None and venu.perime(x.aujourdhui):
        return DejaPerime(article=c.article, peremption=c.peremption)
    return [
        StockEntre(
            article=c.article, quantite=c.quantite, unite=fiche.unite, lot=c.lot, peremption=c.peremption,
            le=x.aujourdhui, lots=avec(lots_de(etats[1]), venu),
        )
    ]  # fmt: skip


def _sortir(c: SortirStock, etats: Etats, x: Contexte) -> Issue:
    fiche, lots = connu(etats[0]), lots_de(etats[1])
    pris = bons(lots, c.raison, c.lot, x.aujourdhui)
    if total(pris) < c.quantite:
        perimes = bons(lots, "périmé", c.lot, x.aujourdhui)
        return StockInsuffisant(
            article=c.article, quantite=c.quantite, reste=total(pris), unite=fiche.unite,
            perimes=tuple(lot for lot in perimes if lot not in pris),
        )  # fmt: skip
    return [
        StockSorti(
            article=c.article, quantite=c.quantite, unite=fiche.unite, raison=c.raison, lot=c.lot, activite=c.activite,
            personne=c.personne, le=x.aujourdhui, lots=sans(lots, pris, c.quantite),
        )
    ]  # fmt: skip


def _mesure(c: SortirStock, _: Etats, x: Contexte) -> Mesures:
    """What the rules that name it (``sortir_stock``) judge."""
    return Mesures(
        action="sortir_stock", nommee=True, personne=c.personne or PersonneId(x.par), lieux=(article(c.article),),
        jour=x.aujourdhui, demande_le=x.survenu_le,
    )  # fmt: skip


def _compter(c: CompterStock, etats: Etats, x: Contexte) -> Issue:
    fiche, lots = connu(etats[0]), lots_de(etats[1])
    comptes = _comptes(c, lots)
    if len(comptes) > 1 or (lots and not comptes):
        return LotAPreciser(article=c.article, lots=liste([str(lot) for lot in lots]))
    lot = comptes[0] if comptes else Lot(lot=c.lot or "", quantite=0, peremption=c.peremption)
    restent = avec(tuple(un for un in lots if un != lot), attrs.evolve(lot, quantite=c.compte))
    compte = StockCompte(
        article=c.article, lot=lot.lot, peremption=lot.peremption, compte=c.compte, attendu=lot.quantite,
        unite=fiche.unite, le=x.aujourdhui, lots=restent,
    )  # fmt: skip
    return () if _deja(etats[1], compte) else [compte]


def _comptes(c: CompterStock, lots: Lots) -> Lots:
    """The lot that is meant: of that name and date, or the only one that what was said fits."""
    exact = tuple(lot for lot in lots if (lot.lot, lot.peremption) == (c.lot, c.peremption))
    return exact or tuple(lot for lot in lots if c.lot in {None, lot.lot} and c.peremption in {None, lot.peremption})


def _deja(dernier: Fait | None, compte: StockCompte) -> bool:
    """Whether it was counted so already, that day."""
    if not isinstance(dernier, StockCompte):
        return False
    return compte == vers(StockCompte, dernier, attendu=compte.attendu)


DEMANDES = (
    Demande(EntrerStock, REGIE, _lit, _entrer),
    Demande(SortirStock, REGIE | {SOI}, _lit, _sortir, _mesure),
    Demande(CompterStock, REGIE, _lit, _compter),
    correction(CorrigerStock, REGIE, dernier_fait, lambda c: article(c.article)),
)
REFUS = (StockInsuffisant, LotAPreciser, DejaPerime)
