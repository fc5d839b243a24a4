"""Contrats du lieu : leurs échéances, leurs préavis, ce qui se reconduit sans que personne n'ait rien dit."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LA_SALLE, LUNDI, MARDI, VERTE, a, dit, ligne, midi, regle
from whenever import Date

from tierslieu_core.domaines.administration.contrats import (
    AmenderContrat,
    ConclureContrat,
    ContratAmende,
    ContratConclu,
    ContratDejaConclu,
    ContratPasACetteEtape,
    ContratRenouvele,
    ContratTermine,
    CorrigerContrat,
    DonnerPreavis,
    FinitSeul,
    PreavisDonne,
    PreavisTropTard,
    RenouvelerContrat,
    RenouvellementTropCourt,
    SePoursuitSeul,
    Termes,
    TermesImpossibles,
    TerminerContrat,
)
from tierslieu_core.domaines.administration.documents import ClasseDeclaree, DocumentDepose, Regime, Version
from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import FONDATION, given, memory_place, record
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import ContratId, DocumentId
from tierslieu_core.vocabulaire.vie import vers

ASSURANCE, LOCAL, TELEPHONE = ContratId("multirisque"), ContratId("local"), ContratId("telephone")
POLICE = DocumentId("police")
JANVIER, DECEMBRE = Date(2026, 1, 1), Date(2026, 12, 31)
TERMES = Termes(du=JANVIER, echeance=DECEMBRE, preavis_mois=2, tacite_mois=12)
CONCLURE = ConclureContrat(
    contrat=ASSURANCE, nom="Multirisque", nature="assurance", du=JANVIER, echeance=DECEMBRE, preavis_mois=2,
    tacite_mois=12, organisme="La Mutuelle",
)  # fmt: skip
ASSURE = ContratConclu(
    contrat=ASSURANCE, nom="Multirisque", nature="assurance", organisme="La Mutuelle", termes=TERMES, documents=()
)
LOUE = ContratConclu(
    contrat=LOCAL, nom="Bail précaire", nature="loyer", organisme="", documents=(),
    termes=Termes(du=JANVIER, echeance=DECEMBRE, preavis_mois=1),
)  # fmt: skip
ABONNE = ContratConclu(
    contrat=TELEPHONE, nom="Téléphone", nature="abonnement", organisme="", documents=(),
    termes=Termes(du=JANVIER, preavis_jours=10),
)  # fmt: skip
PREAVIS = vers(PreavisDonne, ASSURE, partie="lieu", le=Date(2026, 10, 30), fin=DECEMBRE)
FINI = vers(ContratTermine, LOUE, fin=LUNDI, motif="déménagement")
DENONCER, TERMINER = DonnerPreavis(contrat=ASSURANCE), TerminerContrat(contrat=LOCAL, motif="déménagement")
EN_OCTOBRE, EN_JANVIER = midi(Date(2026, 10, 30)), midi(Date(2027, 1, 5))
DEPUIS = midi(JANVIER)


def lu(faits, au):
    """The one row of the register of contracts, on a day."""
    lieu = memory_place(maintenant=midi(Date(2026, 1, 2)))
    record(lieu, [*FONDATION, *faits], le=midi(Date(2026, 1, 2)))
    (row,) = lieu.registre("contrats", au=au)
    return row


def rappels(faits, jour):
    lieu = memory_place(maintenant=midi(jour))
    record(lieu, [*FONDATION, *faits], le=midi(Date(2026, 1, 2)))
    return [due.phrase for due in lieu.a_faire(midi(jour)) if due.chose.startswith("contrat:")]


# ── conclure, amender, renouveler ───────────────────────────────────────────────────────────────────────────────────


def test_un_contrat_se_conclut_une_fois_et_dit_ses_termes():
    quand = given().when(CONCLURE)
    quand.then(ASSURE)
    assert str(TERMES) == ("du 01/01/2026 au 31/12/2026, préavis de 2 mois, reconduit par 12 mois")
    assert str(attrs.evolve(ABONNE.termes, preavis_mois=1)) == ("à partir du 01/01/2026, préavis de 1 mois et 10 jours")
    given(ASSURE).when(CONCLURE).then_nothing()
    autre = given(ASSURE).when(attrs.evolve(CONCLURE, preavis_mois=3))
    autre.then_refused(ContratDejaConclu(contrat=ASSURANCE))
    assert "par un avenant" in dit(autre)


@pytest.mark.parametrize(
    ("change", "mot"),
    [
        ({"nature": "Assurance !"}, "un mot en minuscules"), ({"preavis_mois": -1}, "de 0 à 1200"),
        ({"preavis_jours": 3651}, "de 0 à 3650"), ({"tacite_mois": 1201}, "de 0 à 1200"),
        ({"echeance": None}, "une première échéance"), ({"echeance": Date(2025, 12, 31)}, "doit venir après"),
    ],
)  # fmt: skip
def test_des_termes_impossibles_sont_nommes(change, mot):
    with pytest.raises(DemandeInvalide, match=mot):
        given().when(attrs.evolve(CONCLURE, **change))


def test_un_avenant_ne_change_que_ce_qu_il_dit():
    amender = AmenderContrat(contrat=ASSURANCE, preavis_mois=3, organisme="L'Autre Mutuelle", nom="Multirisque pro")
    amende = vers(
        ContratAmende, ASSURE, termes=attrs.evolve(TERMES, preavis_mois=3), organisme="L'Autre Mutuelle",
        nom="Multirisque pro",
    )  # fmt: skip
    given(ASSURE).when(amender).then(amende)
    given(ASSURE, amende).when(amender).then_nothing()
    plus_long = AmenderContrat(contrat=ASSURANCE, echeance=Date(2027, 6, 30), preavis_jours=15)
    termes = attrs.evolve(TERMES, echeance=Date(2027, 6, 30), preavis_jours=15)
    given(ASSURE).when(plus_long).then(vers(ContratAmende, ASSURE, termes=termes))


def test_un_avenant_qui_change_la_reconduction_part_de_la_periode_en_cours():
    amender = AmenderContrat(contrat=ASSURANCE, tacite_mois=24)
    termes = Termes(du=JANVIER, echeance=Date(2028, 12, 31), preavis_mois=2, tacite_mois=24)
    given(ASSURE).when(amender, maintenant=midi(Date(2028, 5, 1))).then(vers(ContratAmende, ASSURE, termes=termes))


def test_un_avenant_aux_termes_impossibles_est_refuse_avec_ceux_du_contrat():
    quand = given(ASSURE).when(AmenderContrat(contrat=ASSURANCE, echeance=Date(2025, 1, 1), preavis_mois=-2))
    quand.then_refused(TermesImpossibles)
    assert "preavis_mois : un nombre de 0 à 1200, reçu -2" in dit(quand)
    assert "echeance : doit venir après le jeudi 1er janvier 2026" in dit(quand)
    assert "Il court du 01/01/2026 au 31/12/2026" in dit(quand)


def test_un_contrat_sans_tacite_reconduction_se_renouvelle():
    renouveler = RenouvelerContrat(contrat=LOCAL, jusqu_au=Date(2027, 12, 31))
    renouvele = vers(ContratRenouvele, LOUE, termes=attrs.evolve(LOUE.termes, echeance=Date(2027, 12, 31)))
    given(LOUE).when(renouveler).then(renouvele)
    given(LOUE, renouvele).when(renouveler).then_nothing()
    quand = given(LOUE).when(attrs.evolve(renouveler, jusqu_au=DECEMBRE))
    quand.then_refused(RenouvellementTropCourt(contrat=LOCAL, echeance=DECEMBRE))
    assert "« Bail précaire » court déjà jusqu'au jeudi 31 décembre 2026." in dit(quand)


def test_ce_qui_se_poursuit_de_soi_meme_ne_se_renouvelle_pas():
    quand = given(ASSURE).when(RenouvelerContrat(contrat=ASSURANCE, jusqu_au=Date(2030, 1, 1)))
    quand.then_refused(SePoursuitSeul(contrat=ASSURANCE, echeance=DECEMBRE))
    assert "se poursuit de lui-même, jusqu'au jeudi 31 décembre 2026 puis au-delà." in dit(quand)
    quand = given(ABONNE).when(RenouvelerContrat(contrat=TELEPHONE, jusqu_au=Date(2030, 1, 1)))
    assert "« Téléphone » se poursuit de lui-même, sans échéance." in dit(quand)


# ── la tacite reconduction, par les dates seules ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("le", "echeance", "preavis"),
    [
        (Date(2026, 12, 31), DECEMBRE, Date(2026, 10, 31)), (Date(2027, 1, 1), Date(2027, 12, 31), Date(2027, 10, 31)),
        (Date(2031, 7, 1), Date(2031, 12, 31), Date(2031, 10, 31)),
    ],
)  # fmt: skip
def test_un_contrat_que_nul_ne_denonce_se_reconduit(le, echeance, preavis):
    row = lu([ASSURE], le)
    assert (row.etat, row.echeance, row.preavis_avant, row.fin) == ("en cours", echeance, preavis, None)


def test_une_reconduction_par_mois_retombe_sur_le_meme_jour():
    termes = Termes(du=JANVIER, echeance=Date(2026, 1, 31), tacite_mois=1)
    jours = (Date(2026, 2, 1), Date(2026, 3, 1), Date(2026, 3, 31), Date(2028, 2, 10))
    assert [termes.echeance_au(j) for j in jours] == [
        Date(2026, 2, 28), Date(2026, 3, 31), Date(2026, 3, 31), Date(2028, 2, 29)
    ]  # fmt: skip


def test_l_etat_d_un_contrat_se_lit_a_la_date():
    for faits, attendus in (
        ([LOUE], ("à venir", "en cours", "en cours", "échu")),
        ([ASSURE], ("à venir", "en cours", "en cours", "en cours")),
        ([ASSURE, PREAVIS], ("prend fin", "prend fin", "prend fin", "échu")),
        ([LOUE, FINI], ("prend fin", "prend fin", "terminé", "terminé")),
        ([ABONNE], ("à venir", "en cours", "en cours", "en cours")),
    ):  # fmt: skip
        row = lu([attrs.evolve(f, termes=attrs.evolve(f.termes, du=Date(2026, 2, 1))) for f in faits], Date(2026, 1, 3))
        etats = [row.etat, *(lu(faits, jour).etat for jour in (LUNDI, DECEMBRE, Date(2027, 1, 1)))]
        assert tuple(etats) == attendus


# ── le préavis ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_preavis_donne_a_temps_met_fin_au_contrat_a_son_echeance():
    quand = given(ASSURE, le=DEPUIS).when(DENONCER, maintenant=EN_OCTOBRE)
    quand.then(PREAVIS)
    row = ligne(quand, "contrats")
    assert (row.etat, row.fin, row.preavis_par, row.preavis_avant) == ("prend fin", DECEMBRE, "lieu", None)
    given(ASSURE, PREAVIS, le=DEPUIS).when(DENONCER, maintenant=EN_OCTOBRE).then_nothing()


def test_un_preavis_donne_trop_tard_vaut_pour_la_periode_d_apres():
    given(ASSURE, le=DEPUIS).when(DENONCER).then(
        vers(PreavisDonne, ASSURE, partie="lieu", le=LUNDI, fin=Date(2027, 12, 31))
    )
    quand = given(ASSURE, le=DEPUIS).when(attrs.evolve(DENONCER, echeance=DECEMBRE))
    quand.then_refused(
        PreavisTropTard(contrat=ASSURANCE, pour=DECEMBRE, limite=Date(2026, 10, 31), prochaine=Date(2027, 12, 31))
    )
    assert dit(quand) == (
        "Pour que « Multirisque » prenne fin le jeudi 31 décembre 2026, le préavis se donnait jusqu'au samedi 31 "
        "octobre 2026. Donné aujourd'hui, il vaut pour le vendredi 31 décembre 2027 : donnez-le pour ce jour-là, ou "
        "convenez d'une autre fin."
    )


def test_un_preavis_peut_viser_une_echeance_plus_lointaine_et_venir_de_l_organisme():
    pour_2028 = attrs.evolve(DENONCER, echeance=Date(2028, 3, 1), partie="organisme")
    given(ASSURE, le=DEPUIS).when(pour_2028).then(
        vers(PreavisDonne, ASSURE, partie="organisme", le=LUNDI, fin=Date(2028, 12, 31))
    )


def test_un_contrat_sans_echeance_finit_au_bout_de_son_preavis():
    denoncer = DonnerPreavis(contrat=TELEPHONE)
    fin = Date(2026, 12, 3)
    given(ABONNE, le=DEPUIS).when(denoncer).then(vers(PreavisDonne, ABONNE, partie="lieu", le=LUNDI, fin=fin))
    quand = given(ABONNE, le=DEPUIS).when(attrs.evolve(denoncer, echeance=MARDI))
    quand.then_refused(PreavisTropTard(contrat=TELEPHONE, pour=MARDI, limite=Date(2026, 11, 14), prochaine=fin))
    given(ABONNE, le=DEPUIS).when(attrs.evolve(denoncer, echeance=DECEMBRE)).then_accepted()


def test_ce_qui_finit_de_soi_meme_ne_se_denonce_pas():
    quand = given(LOUE, le=DEPUIS).when(DonnerPreavis(contrat=LOCAL))
    quand.then_refused(FinitSeul(contrat=LOCAL, echeance=DECEMBRE))
    assert "prend fin de lui-même le jeudi 31 décembre 2026" in dit(quand)


def test_un_avenant_leve_le_preavis():
    quand = given(ASSURE, PREAVIS, le=DEPUIS).when(AmenderContrat(contrat=ASSURANCE))
    quand.then(vers(ContratAmende, PREAVIS))
    assert ligne(quand, "contrats").etat == "en cours"


@pytest.mark.parametrize(
    ("faits", "commande", "mots"),
    [
        ((ASSURE, PREAVIS), RenouvelerContrat(contrat=ASSURANCE, jusqu_au=Date(2030, 1, 1)), "par un avenant"),
        ((ASSURE, PREAVIS), attrs.evolve(DENONCER, partie="organisme"), "prend fin, et l'on sait quel jour"),
        ((LOUE, FINI), RenouvelerContrat(contrat=LOCAL, jusqu_au=Date(2030, 1, 1)), "est terminé"),
        ((LOUE, FINI), AmenderContrat(contrat=LOCAL, preavis_mois=3), "Concluez-en un nouveau"),
        ((LOUE, FINI), attrs.evolve(TERMINER, le=DECEMBRE), "est terminé"),
    ],
)
def test_ce_qui_ne_se_fait_plus_d_un_contrat_dit_ou_il_en_est(faits, commande, mots):
    quand = given(*faits, le=DEPUIS).when(commande, maintenant=midi(MARDI))
    quand.then_refused(ContratPasACetteEtape)
    assert mots in dit(quand)


def test_un_contrat_echu_ne_se_renouvelle_plus_mais_se_clot():
    quand = given(LOUE, le=DEPUIS).when(
        RenouvelerContrat(contrat=LOCAL, jusqu_au=Date(2030, 1, 1)), maintenant=EN_JANVIER
    )
    quand.then_refused(ContratPasACetteEtape)
    assert dit(quand) == (
        "« Bail précaire » est échu : cela ne s'en fait pas, ou plus. Concluez celui qui le remplace "
        "(contrats.ConclureContrat), puis terminez celui-ci."
    )
    given(LOUE, le=DEPUIS).when(TERMINER, maintenant=EN_JANVIER).then(attrs.evolve(FINI, fin=DECEMBRE))


def test_un_contrat_prend_fin_le_jour_dit_avec_un_motif():
    given(LOUE, le=DEPUIS).when(TERMINER).then(FINI)
    given(LOUE, FINI, le=DEPUIS).when(TERMINER).then_nothing()
    given(ABONNE, le=DEPUIS).when(TerminerContrat(contrat=TELEPHONE, le=DECEMBRE, motif="x")).then(
        vers(ContratTermine, ABONNE, fin=DECEMBRE, motif="x")
    )
    given(LOUE).when(TERMINER, par=ANA).then_refused(MandatManquant)


def test_ce_qui_fut_dit_d_un_contrat_par_erreur_se_corrige():
    corriger = CorrigerContrat(contrat=LOCAL, motif="on reste")
    quand = given(LOUE, FINI, le=DEPUIS).when(corriger)
    quand.then(
        FaitCorrige(fait="donne/6", nature="contrats.ContratTermine", sujet="contrat:local", motif="on reste")
    )  # fmt: skip
    assert ligne(quand, "contrats").etat == "en cours"
    given(LOUE).when(corriger).then_refused(RienACorriger)


# ── ses rappels ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_le_lieu_est_prevenu_du_preavis_trente_jours_avant_puis_de_la_periode_suivante():
    assert rappels([ASSURE], Date(2026, 9, 30)) == []
    assert rappels([ASSURE], Date(2026, 10, 1)) == [
        (
            "« Multirisque » : préavis à donner jusqu'au samedi 31 octobre 2026 ; sinon, au jeudi 31 décembre 2026, il "
            "se reconduit pour 12 mois"
        )
    ]
    assert rappels([ASSURE], Date(2026, 11, 1)) == []
    (suivant,) = rappels([ASSURE], Date(2027, 10, 1))
    assert "dimanche 31 octobre 2027" in suivant
    assert rappels([ABONNE], Date(2030, 1, 1)) == []


def test_le_lieu_est_prevenu_de_ce_qui_prend_fin_jusqu_a_ce_qu_on_le_close():
    assert rappels([LOUE], Date(2026, 11, 30)) == []
    assert rappels([LOUE], Date(2026, 12, 1)) == [
        "« Bail précaire » prend fin le jeudi 31 décembre 2026 : à renouveler, ou à remplacer"
    ]
    assert rappels([LOUE], Date(2027, 1, 1)) == [
        (
            "« Bail précaire » a pris fin le jeudi 31 décembre 2026 : à remplacer s'il le faut, puis à terminer "
            "(contrats.TerminerContrat)"
        )
    ]
    assert rappels([ASSURE, PREAVIS], DECEMBRE) == [
        "« Multirisque » prend fin le jeudi 31 décembre 2026 : préavis donné ; à remplacer s'il le faut"
    ]
    assert rappels([LOUE, FINI], Date(2027, 1, 1)) == []


def test_le_lieu_fixe_lui_meme_combien_de_jours_avant_on_le_previent():
    trois_mois = regle("rappel", "rappel_echeance", Portee(actions=("preavis_contrat",)), jours_avant=90)
    assert len(rappels([ASSURE, trois_mois], Date(2026, 8, 3))) == 1
    assert rappels([LOUE, trois_mois], Date(2026, 11, 30)) == []


# ── ses documents, ce qu'une règle en demande ───────────────────────────────────────────────────────────────────────


def test_les_documents_d_un_contrat_lui_sont_joints_et_ne_servent_plus_quand_il_finit():
    regime = Regime(lecteurs=("bureau",), garde_mois=60, depuis="cloture")
    version = Version(numero=1, le=LUNDI, empreinte=Empreinte.de(b"police"), taille=6)
    papiers = (
        ClasseDeclaree(classe="contrat", nom="Contrats", regime=regime),
        DocumentDepose(document=POLICE, nom="Police", classe="contrat", regime=regime, version=version),
    )
    quand = given(*papiers).when(attrs.evolve(CONCLURE, documents=(POLICE,)))
    (piece,) = quand.lieu.registre("pieces-jointes")
    assert (piece.chose, piece.document) == ("contrat:multirisque", POLICE)
    quand.lieu.executer(TerminerContrat(contrat=ASSURANCE, le=DECEMBRE, motif="x"), par="camille", cle="plus-tard")
    assert ligne(quand, "documents-du-lieu").etat == "en usage"
    quand.lieu.executer(CorrigerContrat(contrat=ASSURANCE, motif="x"), par="camille")
    quand.lieu.executer(TerminerContrat(contrat=ASSURANCE, motif="x"), par="camille")
    row = ligne(quand, "documents-du-lieu")
    assert (row.etat, row.terme) == ("clos", Date(2031, 11, 23))


def test_une_assurance_echue_ferme_ce_que_les_regles_disent_qu_elle_ferme():
    assures = regle("assures", "contrat_en_cours", Portee(actions=("reserver",)), nature="assurance")
    debut = Date(2027, 1, 8)
    reserver = ReserverEspace(espace=VERTE, personne=BEN, debut=a("10:00", debut), fin=a("12:00", debut))
    given(LA_SALLE, assures, ASSURE).when(reserver).then_accepted()
    fini = attrs.evolve(ASSURE, termes=Termes(du=JANVIER, echeance=DECEMBRE))
    quand = given(LA_SALLE, assures, fini).when(reserver)
    quand.then_refused(clause="assures")
    assert "il faut que le lieu ait un contrat « assurance » en cours ce jour-là ; il n'en a pas." in dit(quand)
    given(LA_SALLE, assures, LOUE).when(reserver).then_refused(clause="assures")
    given(LA_SALLE, fini).when(reserver).then_accepted()
    garde = given(LA_SALLE, assures, ASSURE).when(reserver).reponse.decision.mesures
    assert b'"contrats":["assurance"]' in bytes(garde)


def test_une_regle_peut_fermer_la_conclusion_d_un_contrat():
    nul = regle("habilites", "habilitation", Portee(actions=("conclure_contrat",)), requise="gestion")
    given(nul).when(CONCLURE).then_refused(clause="habilites")
