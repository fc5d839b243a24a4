"""Supplies: articles that come in by lots, go out, go out of date, are counted; the last movement may be a mistake."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.moyens.stocks import (
    CompterStock,
    CorrigerStock,
    DeclarerArticle,
    EntrerStock,
    SortirStock,
)
from tierslieu_core.testing.machines.commun import ANYONE, PEOPLE, Living
from tierslieu_core.vocabulaire.identifiants import ArticleId

ARTICLES = [ArticleId("farine"), ArticleId("encre")]
AN_ARTICLE, HOW_MANY, A_LOT = st.sampled_from(ARTICLES), st.integers(1, 6), st.sampled_from(["", "A", "B"])
DAYS = st.none() | st.integers(-1, 4)
REASON: Any = st.sampled_from(["consommé", "consommé", "donné", "périmé", "perdu"])


class Supplies(Living):
    """See the module."""

    @initialize(n=HOW_MANY)
    def stock_up(self, n: int) -> None:
        """Both articles are there, and some of the first."""
        for one in ARTICLES:
            self.ask(DeclarerArticle(article=one, nom=one, unite="kilos", seuil=2))
        self.come(ARTICLES[0], n, "A", 2)

    @rule(one=AN_ARTICLE, n=HOW_MANY, lot=A_LOT, days=DAYS)
    def come(self, one: ArticleId, n: int, lot: str, days: int | None) -> None:
        """So many come in, good for some days or for ever."""
        until = None if days is None else self.today.add(days=days)
        self.ask(EntrerStock(article=one, quantite=n, lot=lot, peremption=until))

    @rule(one=AN_ARTICLE, n=HOW_MANY, lot=st.none() | A_LOT, reason=REASON, par=ANYONE, days=st.integers(0, 2))
    def go(self, one: ArticleId, n: int, lot: str | None, reason: Any, par: str, days: int) -> None:  # noqa: PLR0913, PLR0917 - drawn
        """Somebody takes some, today or later."""
        self.now = self.now.add(hours=24 * days)
        mine = next((p for p in PEOPLE if p == par), None)
        self.ask(SortirStock(article=one, quantite=n, raison=reason, lot=lot, personne=mine), par)

    @rule(one=AN_ARTICLE, n=st.integers(0, 6), lot=st.none() | A_LOT, mistaken=st.booleans())
    def count(self, one: ArticleId, n: int, lot: str | None, mistaken: bool) -> None:  # noqa: FBT001 - drawn
        """Somebody counts; or the last movement was a mistake."""
        if mistaken:
            self.ask(CorrigerStock(article=one, motif="m"))
        else:
            self.ask(CompterStock(article=one, compte=n, lot=lot))
