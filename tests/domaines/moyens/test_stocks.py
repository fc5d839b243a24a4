"""Les stocks : ce qui entre, sort, se compte ; jamais plus qu'il n'y en a, et rien de périmé ne se consomme."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LUNDI, MARDI, SAMEDI, VENDREDI, dit, ligne, midi, regle
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.identites import PersonneInscrite
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.moyens.stocks import (
    ArticleDeclare,
    CompterStock,
    CorrigerStock,
    DeclarerArticle,
    DejaPerime,
    EntrerStock,
    Lot,
    LotAPreciser,
    SortirStock,
    StockCompte,
    StockEntre,
    StockInsuffisant,
    StockSorti,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.identifiants import ActiviteId, ArticleId

FARINE, FETE = ArticleId("farine"), ActiviteId("fete")
JEUDI = Date(2026, 11, 26)
LA_FARINE = ArticleDeclare(article=FARINE, nom="Farine", unite="kilos", seuil=5, espace=None)
DECLARER = DeclarerArticle(article=FARINE, nom="Farine", unite="kilos", seuil=5)
BONNE = Lot(lot="A", quantite=4, peremption=JEUDI)
LONGUE = Lot(lot="B", quantite=6, peremption=None)
ENTREE_A = StockEntre(article=FARINE, quantite=4, unite="kilos", lot="A", peremption=JEUDI, le=LUNDI, lots=(BONNE,))
ENTREE_B = StockEntre(
    article=FARINE, quantite=6, unite="kilos", lot="B", peremption=None, le=LUNDI, lots=(BONNE, LONGUE)
)
EN_STOCK = (LA_FARINE, ENTREE_A, ENTREE_B)
ANA_INSCRITE = PersonneInscrite(personne=ANA, nom="Ana Diop")


def sortie(quantite: int, *lots: Lot, **autres: Any) -> StockSorti:
    dits: dict[str, Any] = {"raison": "consommé", "lot": None, "activite": None, "personne": None, "le": LUNDI} | autres
    return StockSorti(article=FARINE, quantite=quantite, unite="kilos", lots=lots, **dits)


# ── les articles ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_article_se_declare_une_fois_et_se_dit_autrement_sans_perdre_son_stock():
    given().when(DECLARER).then(LA_FARINE)
    given(LA_FARINE).when(DECLARER).then_nothing()
    quand = given(*EN_STOCK).when(attrs.evolve(DECLARER, seuil=20))
    quand.then(attrs.evolve(LA_FARINE, seuil=20))
    row = ligne(quand, "stocks")
    assert (row.quantite, row.etat) == (10, "sous le seuil")


@pytest.mark.parametrize(
    ("demande", "mot"),
    [
        (attrs.evolve(DECLARER, nom=" "), "un mot au moins"), (attrs.evolve(DECLARER, unite=""), "un mot au moins"),
        (attrs.evolve(DECLARER, seuil=-1), "de 0 au moins"),
        (EntrerStock(article=FARINE, quantite=0), "de 1 au moins"),
        (SortirStock(article=FARINE, quantite=-2), "de 1 au moins"),
        (CompterStock(article=FARINE, compte=-1), "de 0 au moins"),
    ],
)  # fmt: skip
def test_on_ne_compte_pas_moins_que_rien(demande, mot):
    with pytest.raises(DemandeInvalide, match=mot):
        given(LA_FARINE).when(demande)


# ── entrer, sortir ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_ce_qui_entre_rejoint_son_lot_ou_en_fait_un_autre():
    given(LA_FARINE).when(EntrerStock(article=FARINE, quantite=4, lot="A", peremption=JEUDI)).then(ENTREE_A)
    given(LA_FARINE, ENTREE_A).when(EntrerStock(article=FARINE, quantite=6, lot="B")).then(ENTREE_B)
    encore = given(*EN_STOCK).when(EntrerStock(article=FARINE, quantite=1, lot="A", peremption=JEUDI))
    encore.then(attrs.evolve(ENTREE_A, quantite=1, lots=(LONGUE, attrs.evolve(BONNE, quantite=5))))
    assert [str(lot) for lot in ligne(encore, "stocks").lots] == ["6 (lot B)", "5 (lot A, jusqu'au 26/11/2026)"]


def test_ce_qui_est_perime_n_entre_pas():
    quand = given(LA_FARINE).when(EntrerStock(article=FARINE, quantite=4, peremption=VENDREDI))
    quand.then_refused(DejaPerime(article=FARINE, peremption=VENDREDI))
    assert "Farine ne peut plus servir depuis le vendredi 20 novembre 2026" in dit(quand)


def test_sort_d_abord_ce_qui_perime_le_premier():
    given(*EN_STOCK).when(SortirStock(article=FARINE, quantite=5, activite=FETE)).then(
        sortie(5, attrs.evolve(LONGUE, quantite=5), activite=FETE)
    )
    given(*EN_STOCK).when(SortirStock(article=FARINE, quantite=2, lot="B")).then(
        sortie(2, BONNE, attrs.evolve(LONGUE, quantite=4), lot="B")
    )


def test_il_ne_sort_jamais_plus_qu_il_n_y_en_a():
    quand = given(*EN_STOCK).when(SortirStock(article=FARINE, quantite=11))
    quand.then_refused(StockInsuffisant(article=FARINE, quantite=11, reste=10, unite="kilos", perimes=()))
    assert dit(quand).startswith("Farine : vous en demandez 11, et il en reste 10 kilos à sortir ainsi. Sortez-en")
    given(LA_FARINE).when(SortirStock(article=FARINE, quantite=1)).then_refused(StockInsuffisant)
    given(*EN_STOCK).when(SortirStock(article=FARINE, quantite=1, lot="C")).then_refused(StockInsuffisant)
    given(*EN_STOCK).when(SortirStock(article=FARINE, quantite=10)).then(sortie(10))


def test_ce_qui_est_perime_ne_se_consomme_ni_ne_se_donne_mais_se_retire():
    le_samedi = {"maintenant": midi(SAMEDI)}
    for raison in ("consommé", "donné"):
        quand = given(*EN_STOCK).when(SortirStock(article=FARINE, quantite=7, raison=raison), **le_samedi)
        quand.then_refused(StockInsuffisant(article=FARINE, quantite=7, reste=6, unite="kilos", perimes=(BONNE,)))
    assert "outre ce qui est périmé : 4 (lot A, jusqu'au 26/11/2026)" in dit(quand)
    retirer = SortirStock(article=FARINE, quantite=4, raison="périmé")
    given(*EN_STOCK).when(retirer, **le_samedi).then(sortie(4, LONGUE, raison="périmé", le=SAMEDI))
    given(*EN_STOCK).when(retirer).then_refused(StockInsuffisant)
    perdre = SortirStock(article=FARINE, quantite=10, raison="perdu")
    given(*EN_STOCK).when(perdre, **le_samedi).then(sortie(10, raison="perdu", le=SAMEDI))


def test_chacun_dit_ce_dont_il_se_sert_mais_pas_pour_un_autre():
    prendre = SortirStock(article=FARINE, quantite=1, personne=ANA)
    given(ANA_INSCRITE, *EN_STOCK).when(prendre, par=ANA).then_accepted()
    given(*EN_STOCK).when(prendre, par=BEN).then_refused(MandatManquant)
    given(*EN_STOCK).when(attrs.evolve(prendre, personne=None), par=BEN).then_refused(MandatManquant)


def test_une_regle_qui_nomme_les_sorties_en_juge():
    fermee = regle("r", "fermeture", Portee(actions=("sortir_stock",)), du=LUNDI, au=LUNDI)
    given(*EN_STOCK, fermee).when(SortirStock(article=FARINE, quantite=1)).then_refused(clause="r")


# ── compter ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_inventaire_dit_l_ecart_et_ajuste_le_stock():
    compter = CompterStock(article=FARINE, compte=3, lot="A")
    compte = StockCompte(
        article=FARINE, lot="A", peremption=JEUDI, compte=3, attendu=4, unite="kilos", le=LUNDI,
        lots=(LONGUE, attrs.evolve(BONNE, quantite=3)),
    )  # fmt: skip
    quand = given(*EN_STOCK).when(compter)
    quand.then(compte)
    assert (ligne(quand, "stocks").quantite, ligne(quand, "stocks").compte_le) == (9, LUNDI)
    assert [m.quantite for m in quand.lieu.registre("mouvements-de-stock")] == [4, 6, -1]
    given(*EN_STOCK, compte).when(compter).then_nothing()
    given(*EN_STOCK, compte).when(compter, maintenant=midi(MARDI)).then_accepted()


def test_un_inventaire_juste_se_note_aussi_et_un_lot_vide_disparait():
    quand = given(LA_FARINE, ENTREE_A).when(CompterStock(article=FARINE, compte=4))
    quand.then_accepted()
    assert ligne(quand, "stocks").compte_le == LUNDI
    quand = given(LA_FARINE, ENTREE_A).when(CompterStock(article=FARINE, compte=0))
    quand.then_accepted()
    assert (ligne(quand, "stocks").lots, ligne(quand, "stocks").etat) == ((), "épuisé")


def test_ce_que_l_on_trouve_sans_l_avoir_jamais_entre_se_compte_aussi():
    given(LA_FARINE).when(CompterStock(article=FARINE, compte=2)).then(
        StockCompte(
            article=FARINE, lot="", peremption=None, compte=2, attendu=0, unite="kilos", le=LUNDI,
            lots=(Lot(lot="", quantite=2, peremption=None),),
        )
    )  # fmt: skip


def test_de_plusieurs_lots_on_dit_lequel_on_compte():
    quand = given(*EN_STOCK).when(CompterStock(article=FARINE, compte=3))
    quand.then_refused(LotAPreciser(article=FARINE, lots="4 (lot A, jusqu'au 26/11/2026) et 6 (lot B)"))
    assert "par son numéro (--lot), sa date (--peremption) ou les deux" in dit(quand)
    given(*EN_STOCK).when(CompterStock(article=FARINE, compte=3, lot="C")).then_refused(LotAPreciser)
    given(*EN_STOCK).when(CompterStock(article=FARINE, compte=3, peremption=JEUDI)).then_accepted()
    memes = (BONNE, attrs.evolve(BONNE, peremption=None))
    given(LA_FARINE, attrs.evolve(ENTREE_A, lots=memes)).when(
        CompterStock(article=FARINE, compte=3, lot="A")
    ).then_accepted()


# ── les registres, ce qui est à faire ───────────────────────────────────────────────────────────────────────────────


def test_le_registre_dit_l_etat_du_stock_a_une_date():
    quand = given(*EN_STOCK).when(SortirStock(article=FARINE, quantite=6), maintenant=midi(MARDI))
    assert [(ligne(quand, "stocks", le).quantite, ligne(quand, "stocks", le).etat) for le in (LUNDI, MARDI)] == [
        (10, "suffisant"), (4, "sous le seuil"),
    ]  # fmt: skip
    assert quand.lieu.registre("stocks", au=VENDREDI) == []
    assert ligne(given(*EN_STOCK).when(DECLARER), "stocks", SAMEDI).etat == "à trier"
    assert ligne(given(attrs.evolve(LA_FARINE, seuil=1)).when(DECLARER), "stocks").etat == "épuisé"


def test_un_mouvement_date_d_avant_l_article_se_lit_quand_meme():
    quand = given(LA_FARINE).when(
        EntrerStock(article=FARINE, quantite=1), maintenant=midi(MARDI), survenu_le=midi(VENDREDI)
    )
    quand.then_accepted()
    assert quand.lieu.registre("stocks", au=VENDREDI) == []


def test_la_consommation_se_lit_par_activite_et_par_mois():
    faits = (
        sortie(2, activite=FETE),
        sortie(1),
        sortie(3, raison="perdu"),
        sortie(4, activite=FETE, le=Date(2026, 10, 1)),
    )
    quand = given(*EN_STOCK, *faits).when(SortirStock(article=FARINE, quantite=1, raison="donné"))
    rows = quand.lieu.registre("consommation")
    assert {(r.mois, r.activite, r.quantite) for r in rows} == {
        ("2026-11", FETE, 2), ("2026-11", None, 1), ("2026-10", FETE, 4),
    }  # fmt: skip
    deux = given(*EN_STOCK, sortie(2, *(BONNE, LONGUE), activite=FETE)).when(
        SortirStock(article=FARINE, quantite=3, activite=FETE)
    )
    assert ligne(deux, "consommation").quantite == 5
    assert [(m.mouvement, m.quantite) for m in deux.lieu.registre("mouvements-de-stock")] == [
        ("entrée", 4), ("entrée", 6), ("consommé", -2), ("consommé", -3),
    ]  # fmt: skip


def test_ce_qui_manque_et_ce_qui_va_perimer_est_a_faire():
    quand = given(*EN_STOCK).when(SortirStock(article=FARINE, quantite=6))
    (manque,) = quand.lieu.a_faire()
    assert manque.phrase == "Farine : il en reste 4 kilos, moins que 5 ; à réapprovisionner"
    (perime,) = given(*EN_STOCK).when(DECLARER).lieu.a_faire()
    assert perime.phrase == ("Farine : à utiliser avant que cela ne périme (jeudi 26 novembre 2026), ou à retirer")
    assert perime.quand.to_tz("Europe/Paris").date() == Date(2026, 11, 19)
    veille = regle("r", "rappel_echeance", Portee(actions=("peremption",)), jours_avant=1)
    (perime,) = given(veille, *EN_STOCK).when(DECLARER).lieu.a_faire()
    assert perime.quand.to_tz("Europe/Paris").date() == Date(2026, 11, 25)


def test_les_stocks_a_suivre_se_transmettent():
    quand = given(*EN_STOCK).when(SortirStock(article=FARINE, quantite=6))
    dites = [str(phrase) for rubrique in quand.lieu.transmissions() for phrase in rubrique.phrases]
    assert "Farine : 4 kilos, sous le seuil" in dites


def test_le_dernier_mouvement_enregistre_par_erreur_se_corrige():
    corriger = CorrigerStock(article=FARINE, motif="compté deux fois")
    quand = given(*EN_STOCK).when(corriger)
    quand.then(
        FaitCorrige(fait="donne/7", nature="stocks.StockEntre", sujet="article:farine", motif="compté deux fois")
    )
    assert ligne(quand, "stocks").quantite == 4
    given(LA_FARINE).when(corriger).then_refused(RienACorriger)
