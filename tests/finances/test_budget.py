"""The budget and what is committed on it: sentences that a treasurer would sign."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import dit, ligne, regle
from tests.finances.caisse import (
    AN,
    ASSURANCE,
    BUDGET,
    DECEMBRE,
    FEVRIER,
    JANVIER,
    LEA,
    LIGNES,
    LOYER,
    PRIME,
    PRIS,
    VOTE,
    aux_finances,
)
from whenever import Instant

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.cadre.regles.faits import FaitDeclare
from tierslieu_core.domaines.finances.budget import (
    AmenderLigne,
    BudgetDejaVote,
    LigneAmendee,
    LigneBudget,
    SousLEngage,
    VoterBudget,
)
from tierslieu_core.domaines.finances.engage import EngagementLibere, EngagementSolde
from tierslieu_core.domaines.finances.engagement import (
    EngagementPasLa,
    LibererEngagement,
    LigneDepassee,
    LigneNonVotee,
    PrendreEngagement,
    SolderEngagement,
)
from tierslieu_core.domaines.finances.mots import EngagementId, LigneId
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE
from tierslieu_core.vocabulaire.montant import RIEN, Montant, Poste
from tierslieu_core.vocabulaire.vie import vers

VOTER = VoterBudget(
    exercice=AN, du=JANVIER, au=DECEMBRE, lignes=(Poste(ASSURANCE, Montant(125_000)), Poste(LOYER, Montant(960_000)))
)
PRENDRE = vers(PrendreEngagement, PRIS)
SOLDER = SolderEngagement(engagement=PRIME, montant=Montant(121_020), piece="A-12")
SOLDE = vers(EngagementSolde, PRIS, montant=Montant(121_020), avant=Montant(120_000), piece="A-12")
LIBERER = LibererEngagement(engagement=PRIME, motif="assureur quitté")
LIBERE = vers(EngagementLibere, PRIS, avant=Montant(120_000), motif="assureur quitté")


# ── le budget ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_budget_se_vote_une_fois():
    aux_finances().when(VOTER, par=LEA).then(*BUDGET)
    aux_finances(*BUDGET).when(VOTER, par=LEA).then_nothing()
    autre = aux_finances(*BUDGET).when(attrs.evolve(VOTER, lignes=VOTER.lignes[:1]), par=LEA)
    autre.then_refused(BudgetDejaVote(exercice=AN))
    assert dit(autre) == (
        "Le budget 2027 est déjà voté, autrement. Ce qui fut voté ne se vote pas à nouveau : amendez-le ligne par ligne"
        " (finances.AmenderLigne)."
    )


@pytest.mark.parametrize("lignes", [(), (VOTER.lignes[0], VOTER.lignes[0])])
def test_un_budget_a_des_lignes_chacune_une_fois(lignes):
    with pytest.raises(DemandeInvalide, match="au moins une ligne, chacune une fois"):
        aux_finances().when(attrs.evolve(VOTER, lignes=lignes), par=LEA)


def test_une_ligne_s_amende_et_une_nouvelle_s_ouvre():
    demande = AmenderLigne(exercice=AN, ligne=ASSURANCE, montant=Montant(130_000), motif="hausse")
    amendee = LigneAmendee(exercice=AN, ligne=ASSURANCE, montant=Montant(130_000), motif="hausse")
    amende = aux_finances(*BUDGET).when(demande, par=LEA)
    amende.then(amendee)
    assert amende.lieu.registre("budget")[0].vote == Montant(130_000)
    aux_finances(*BUDGET, amendee).when(demande, par=LEA).then_nothing()
    ouverte = aux_finances(*BUDGET).when(attrs.evolve(demande, ligne=LigneId("compost")), par=LEA)
    ouverte.then(attrs.evolve(amendee, ligne=LigneId("compost")))


def test_une_ligne_ne_descend_pas_sous_ce_qui_y_est_engage():
    bas = AmenderLigne(exercice=AN, ligne=ASSURANCE, montant=Montant(100_000), motif="moins")
    refuse = aux_finances(*BUDGET, PRIS).when(bas, par=LEA)
    refuse.then_refused(SousLEngage(exercice=AN, ligne=ASSURANCE, engage=Montant(120_000), montant=Montant(100_000)))
    assert "Budget 2027, assurance : 1 200,00 € y sont déjà engagés, plus que 1 000,00 €." in dit(refuse)
    aux_finances(*BUDGET, PRIS).when(attrs.evolve(bas, montant=Montant(120_000)), par=LEA).then_accepted()


# ── ce qui y est engagé ─────────────────────────────────────────────────────────────────────────────────────────────


def test_on_engage_dans_la_limite_de_la_ligne():
    pris = aux_finances(*BUDGET).when(PRENDRE, par=LEA)
    pris.then(PRIS)
    assert pris.lieu.registre("budget")[0] == LigneBudget(
        AN, ASSURANCE, Montant(125_000), Montant(120_000), Montant(5_000)
    )
    aux_finances(*BUDGET, PRIS).when(PRENDRE, par=LEA).then_nothing()


def test_on_n_engage_pas_au_dela_de_la_ligne_et_l_on_sait_ce_qui_reste():
    autre = attrs.evolve(PRENDRE, engagement=EngagementId("autre"), montant=Montant(5_001))
    refuse = aux_finances(*BUDGET, PRIS).when(autre, par=LEA)
    refuse.then_refused(
        LigneDepassee(exercice=AN, ligne=ASSURANCE, vote=Montant(125_000), reste=Montant(5_000), montant=Montant(5_001))
    )
    assert "il reste 50,00 € sur 1 250,00 € votés, et il faudrait 50,01 €." in dit(refuse)
    aux_finances(*BUDGET, PRIS).when(attrs.evolve(autre, montant=Montant(5_000)), par=LEA).then_accepted()


def test_on_n_engage_que_sur_une_ligne_du_budget():
    ailleurs = attrs.evolve(PRENDRE, ligne=LigneId("compost"))
    refuse = aux_finances(*BUDGET).when(ailleurs, par=LEA)
    refuse.then_refused(LigneNonVotee(exercice=AN, ligne=LigneId("compost")))
    assert "Le budget 2027 n'a pas de ligne compost." in dit(refuse)


def test_un_engagement_se_solde_pour_ce_qu_il_a_coute():
    solde = aux_finances(*BUDGET, PRIS).when(SOLDER, par=LEA)
    solde.then(SOLDE)
    assert ligne(solde, "depenses").etat == "soldé"
    assert solde.lieu.registre("budget")[0].reste == Montant(3_980)
    aux_finances(*BUDGET, PRIS, SOLDE).when(SOLDER, par=LEA).then_nothing()


def test_un_solde_qui_etait_faux_se_redit_dans_la_limite_de_la_ligne():
    juste = attrs.evolve(SOLDER, montant=Montant(125_000))
    redit = aux_finances(*BUDGET, PRIS, SOLDE).when(juste, par=LEA)
    redit.then(attrs.evolve(SOLDE, montant=Montant(125_000), avant=Montant(121_020)))
    assert redit.lieu.registre("budget")[0].reste == RIEN
    aux_finances(*BUDGET, PRIS).when(attrs.evolve(SOLDER, montant=Montant(125_001)), par=LEA).then_refused(
        LigneDepassee
    )
    aux_finances(*BUDGET, PRIS).when(attrs.evolve(SOLDER, montant=Montant(1)), par=LEA).then_accepted()


def test_solder_ne_prend_rien_sur_ce_que_les_autres_ont_engage():
    autre = attrs.evolve(PRIS, engagement=EngagementId("autre"), montant=Montant(5_000))
    refuse = aux_finances(*BUDGET, PRIS, autre).when(SOLDER, par=LEA)
    refuse.then_refused(
        LigneDepassee(
            exercice=AN, ligne=ASSURANCE, vote=Montant(125_000), reste=Montant(120_000), montant=Montant(121_020)
        )
    )


def test_un_engagement_libere_rend_sa_ligne_et_se_reprend():
    libere = aux_finances(*BUDGET, PRIS).when(LIBERER, par=LEA)
    libere.then(LIBERE)
    assert libere.lieu.registre("budget")[0].reste == Montant(125_000)
    aux_finances(*BUDGET, PRIS, LIBERE).when(LIBERER, par=LEA).then_nothing()
    aux_finances(*BUDGET, PRIS, LIBERE).when(PRENDRE, par=LEA).then(PRIS)
    aux_finances(*BUDGET, PRIS, SOLDE).when(LIBERER, par=LEA).then(attrs.evolve(LIBERE, avant=Montant(121_020)))


def test_un_engagement_n_est_ni_pris_deux_fois_ni_solde_une_fois_libere():
    deja = aux_finances(*BUDGET, PRIS).when(attrs.evolve(PRENDRE, montant=Montant(1)), par=LEA)
    deja.then_refused(EngagementPasLa(objet="Prime 2027", etat="pris"))
    assert dit(deja).startswith("Prime 2027 : cet engagement est pris. Un engagement pris se solde ou se libère")
    aux_finances(*BUDGET, PRIS, LIBERE).when(SOLDER, par=LEA).then_refused(
        EngagementPasLa(objet="Prime 2027", etat="libéré")
    )


def test_un_engagement_qui_dure_se_rappelle_le_jour_dit():
    lieu = aux_finances(*BUDGET, PRIS).when(attrs.evolve(PRENDRE, engagement=EngagementId("x"), montant=RIEN)).lieu
    loin = Instant.from_utc(2027, 3, 1)
    (une,) = lieu.a_faire(loin)
    assert une.phrase == (
        "Prime 2027 : 1 200,00 € engagés sur assurance jusqu'au lundi 1er février 2027 ; à solder ou à libérer"
    )
    solde = aux_finances(*BUDGET, attrs.evolve(PRIS, jusqu_au=FEVRIER)).when(SOLDER, par=LEA)
    assert solde.lieu.a_faire(loin) == []


def test_seules_les_finances_touchent_au_budget():
    for demande in (VOTER, PRENDRE, SOLDER, LIBERER):
        refuse = aux_finances(VOTE, *LIGNES, PRIS).when(demande, par=CAMILLE)
        refuse.then_refused(MandatManquant)
        assert "se demande avec l'un de ces mandats : finances" in dit(refuse)


def test_les_finances_se_donnent_leurs_propres_regles():
    """Above so much, on that line, somebody must lift the rule first."""
    euros = FaitDeclare(fait="euros", type="nombre", libelle="euros engagés", valeurs=(), unite="euros")
    plafond = regle(
        "plafond", "seuil", Portee(actions=("engager",), categories=("assurance",)), faits=("euros",), maximum=1199
    )
    refuse = aux_finances(*BUDGET, euros, plafond).when(PRENDRE, par=LEA)
    refuse.then_refused(clause="plafond")
    assert "cela fait 1200 ; euros : 1199 au plus." in dit(refuse)
    aux_finances(*BUDGET, euros, plafond).when(attrs.evolve(PRENDRE, montant=Montant(119_900)), par=LEA).then_accepted()
    aux_finances(*BUDGET, euros, plafond).when(attrs.evolve(PRENDRE, ligne=LOYER), par=LEA).then_accepted()


# ── les montants ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("texte", "centimes"), [
    ("0", 0), ("12", 1_200), ("12.5", 1_250), ("12,05", 1_205), ("1 250,50 €", 125_050), ("1250.50", 125_050),
    ("999999999999.99", 99_999_999_999_999),
])  # fmt: skip
def test_un_montant_se_lit_comme_on_l_ecrit(texte, centimes):
    lu = Montant.depuis_texte(texte)
    assert lu == Montant(centimes)
    assert Montant.depuis_texte(str(lu)) == lu
    assert Montant.depuis_texte(lu.nomme(lambda _, un: un)) == lu


@pytest.mark.parametrize("texte", ["", "-1", "12.505", "douze", "1e3", "9999999999999", "1.2.3", "٣"])
def test_ce_qui_n_est_pas_un_montant_est_rendu(texte):
    with pytest.raises(ValueError, match="un montant attendu"):
        Montant.depuis_texte(texte)


@pytest.mark.parametrize(("texte", "faute"), [
    ("assurance", "une ligne et son montant attendus"), ("Assurance=1", "n'est pas un identifiant"),
    ("assurance=x", "un montant attendu"),
])  # fmt: skip
def test_une_ligne_s_ecrit_avec_son_montant(texte, faute):
    with pytest.raises(ValueError, match=faute):
        Poste.depuis_texte(texte)
    assert str(Poste.depuis_texte("assurance=1250,5")) == "assurance=1250.50"


def test_un_montant_se_compte_et_se_compare():
    assert Montant(3) - Montant(5) == RIEN < Montant(1) + Montant(1) == Montant(2)
    assert len({Montant(1), Montant(1), Poste("a", RIEN), Poste("a", RIEN)}) == 2
    assert repr(Poste("a", Montant(1))) == "Poste('a', Montant(1))"
