"""Registres: what is in stock, each movement, and what was consumed by activity and month; what falls due."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.moyens.stocks.article import ArticleDeclare
from tierslieu_core.domaines.moyens.stocks.stock import (
    Fait,
    Lots,
    StockCompte,
    StockEntre,
    StockSorti,
    total,
)
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.vocabulaire.identifiants import ActiviteId, ArticleId, EspaceId, PersonneId, article
from tierslieu_core.vocabulaire.temps import matin

PREVENIR_JOURS = 7

# ── ce qu'il y a ────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneStock:
    """``etat``, on the day it is read: suffisant, sous le seuil, épuisé, à trier (something is out of date).

    ``depuis``: the day of its last movement; ``perime_le``: the last day on which all of it may
    be used; ``compte_le``: when it was counted last.
    """

    article: ArticleId
    nom: str
    quantite: int
    unite: str
    seuil: int
    etat: str = ""
    lots: Lots = ()
    espace: EspaceId | None = None
    depuis: Date | None = None
    perime_le: Date | None = None
    compte_le: Date | None = None


def _tenir(
    lignes: dict[ArticleId, LigneStock], fait: ArticleDeclare | StockEntre | StockSorti | StockCompte, _: Note
) -> None:
    ligne = lignes.get(fait.article)
    if isinstance(fait, ArticleDeclare):
        vide = LigneStock(fait.article, fait.nom, 0, fait.unite, fait.seuil)
        lignes[fait.article] = attrs.evolve(
            ligne or vide, nom=fait.nom, unite=fait.unite, seuil=fait.seuil, espace=fait.espace
        )
    elif ligne is not None:  # else, dated before the article was declared
        compte_le = fait.le if isinstance(fait, StockCompte) else ligne.compte_le
        perime_le = min((lot.peremption for lot in fait.lots if lot.peremption), default=None)
        lignes[fait.article] = attrs.evolve(
            ligne, quantite=total(fait.lots), lots=fait.lots, depuis=fait.le, perime_le=perime_le, compte_le=compte_le
        )


def _au(ligne: LigneStock, jour: Date) -> LigneStock:
    if any(lot.perime(jour) for lot in ligne.lots):
        return attrs.evolve(ligne, etat="à trier")
    if ligne.quantite < ligne.seuil:
        return attrs.evolve(ligne, etat="sous le seuil" if ligne.quantite else "épuisé")
    return attrs.evolve(ligne, etat="suffisant" if ligne.quantite else "épuisé")


def _dues(ligne: LigneStock, x: Contexte) -> Iterator[Due]:
    """Too little of it is left; a lot is soon out of date."""
    if ligne.depuis is not None and ligne.quantite < ligne.seuil:
        phrase = "{nom} : il en reste {quantite} {unite}, moins que {seuil} ; à réapprovisionner"
        yield Due(matin(ligne.depuis, x.livre.zone), article(ligne.article), phrase)
    if ligne.perime_le is not None:
        quand = rappel(ligne.perime_le, x, action="peremption", jours=PREVENIR_JOURS)
        phrase = "{nom} : à utiliser avant que cela ne périme ({perime_le}), ou à retirer"
        yield Due(quand, article(ligne.article), phrase)


# ── ce qui a bougé ──────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Mouvement:
    """``quantite``: what it adds; of an inventory, its difference with what was expected."""

    le: Date
    article: ArticleId
    mouvement: str
    quantite: int
    unite: str
    activite: ActiviteId | None
    personne: PersonneId | None
    par: PersonneId


def _tenir_mouvements(lignes: dict[str, Mouvement], fait: Fait, note: Note) -> None:
    match fait:
        case StockEntre():
            mot, quantite = "entrée", fait.quantite
        case StockSorti():
            mot, quantite = fait.raison, -fait.quantite
        case _:
            mot, quantite = "inventaire", fait.compte - fait.attendu
    activite, personne = (fait.activite, fait.personne) if isinstance(fait, StockSorti) else (None, None)
    lignes[note.id] = Mouvement(
        fait.le, fait.article, mot, quantite, fait.unite, activite, personne, PersonneId(note.par)
    )


@attrs.frozen
class Consommation:
    """How much of an article an activity (or nobody said which) consumed in a month."""

    mois: str
    article: ArticleId
    activite: ActiviteId | None
    quantite: int
    unite: str


def _tenir_consommation(lignes: dict[tuple[str, str, str], Consommation], fait: StockSorti, _: Note) -> None:
    if fait.raison == "consommé":
        mois = fait.le.format_iso()[:7]
        cle = mois, fait.article, fait.activite or ""
        avant = lignes[cle].quantite if cle in lignes else 0
        lignes[cle] = Consommation(mois, fait.article, fait.activite, avant + fait.quantite, fait.unite)


REGISTRES = (
    Registre("stocks", LigneStock, _tenir, _au, "Registre des stocks", ("article",)),
    Registre("mouvements-de-stock", Mouvement, _tenir_mouvements, titre="Mouvements de stock", index=("article",)),
    Registre("consommation", Consommation, _tenir_consommation, titre="Consommation", index=("mois", "activite")),
)
ECHEANCES = (Echeance("stocks.articles", "Stocks à réapprovisionner ou à trier", "stocks", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Les stocks à réapprovisionner ou à trier",
        "stocks",
        "{nom} : {quantite} {unite}, {etat}[, rangé dans {espace}]",
        lambda ligne, _: ligne.etat != "suffisant",
    ),
)
