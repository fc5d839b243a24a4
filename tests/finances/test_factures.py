"""What is to be invoiced, invoices by their number, and what is set aside."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import dit
from tests.finances.caisse import DECLARE, DEUX, LEA, SALLES, UNE, ZOE, aux_finances
from whenever import Date

from tierslieu_core.domaines.finances.facturable import (
    AutreLieu,
    DeclarerFacturable,
    LieuSuivi,
    NonFacturable,
    RecevoirReferences,
    ReferenceDite,
    SuiviAilleurs,
    SuivreLieu,
)
from tierslieu_core.domaines.finances.facture import (
    AnnoncerFacture,
    AnnulerFacture,
    EcarterReference,
    FactureDejaAnnoncee,
    ReferenceJamaisRecue,
    ReferencePasLa,
    ReprendreReference,
)
from tierslieu_core.domaines.finances.mots import FactureId
from tierslieu_core.domaines.finances.reference import (
    FactureAnnoncee,
    FactureAnnulee,
    ReferenceCorrigee,
    ReferenceEcartee,
    ReferenceReprise,
    SuiviAvance,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.vie import vers

F1 = FactureId("f-1")
ANNONCER = AnnoncerFacture(facture=F1, numero="2026-001", references=(UNE.reference, DEUX.reference))
ANNONCEE = vers(FactureAnnoncee, ANNONCER)
ANNULEE = vers(FactureAnnulee, ANNONCEE, avoir="AV-1")
ECARTER = EcarterReference(reference=UNE.reference, motif="offert")
ECARTEE = ReferenceEcartee(reference=UNE.reference, libelle=UNE.libelle, motif="offert")
REPRENDRE, REPRISE = ReprendreReference(reference=UNE.reference), vers(ReferenceReprise, UNE)
CORRIGEE = vers(ReferenceCorrigee, UNE)
RECEVOIR = RecevoirReferences(
    nature=SALLES, depuis=0, position=12, references=(ReferenceDite(fait="r-1/1", le=UNE.le, tiers=ZOE),)
)
AVANCE = SuiviAvance(nature=SALLES, position=12)


def etats(quand):
    return {r.reference: (r.etat, r.numero) for r in quand.lieu.registre("references")}


# ── recevoir ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ce_qui_se_facture_se_declare_et_se_redit():
    demande = vers(DeclarerFacturable, DECLARE)
    aux_finances().when(demande, par=LEA).then(DECLARE)
    aux_finances(DECLARE).when(demande, par=LEA).then_nothing()
    fini = aux_finances(DECLARE, AVANCE).when(attrs.evolve(demande, au=Date(2026, 12, 31)), par=LEA)
    fini.then(attrs.evolve(DECLARE, au=Date(2026, 12, 31)))
    assert [r.position for r in fini.lieu.registre("facturables")] == [12]


def test_une_declaration_mal_faite_est_rendue_avec_toutes_ses_fautes():
    fausse = DeclarerFacturable(nature="salles", libelle="x", du=Date(2026, 2, 1), au=Date(2026, 1, 1), sur="salle")
    with pytest.raises(DemandeInvalide) as fault:
        aux_finances().when(fausse, par=LEA)
    for faute in ("une nature de faits", "doit venir après", "une étiquette, comme"):
        assert faute in str(fault.value)


def test_un_fait_du_lieu_est_recu_par_reference_et_une_seule_fois():
    recu = aux_finances(DECLARE).when(RECEVOIR, par=LEA)
    recu.then(UNE, AVANCE)
    assert etats(recu) == {"r-1/1": ("à facturer", "")}
    aux_finances(DECLARE, UNE, AVANCE).when(RECEVOIR, par=LEA).then_nothing()


def test_deux_suivis_a_la_fois_ne_recoivent_rien_deux_fois():
    ailleurs = aux_finances(DECLARE, UNE, AVANCE).when(attrs.evolve(RECEVOIR, position=15), par=LEA)
    ailleurs.then_refused(SuiviAilleurs(nature=SALLES, position=12, depuis=0))
    assert "Un autre suivi est passé entre-temps" in dit(ailleurs)


def test_on_ne_recoit_que_ce_qui_est_declare_facturable():
    aux_finances().when(RECEVOIR, par=LEA).then_refused(NonFacturable(nature=SALLES))
    with pytest.raises(DemandeInvalide, match="au-delà de « depuis »"):
        aux_finances(DECLARE).when(attrs.evolve(RECEVOIR, position=0), par=LEA)


def test_les_finances_sont_celles_d_un_lieu_et_d_aucun_autre():
    suivre, suivi = SuivreLieu(lieu="k/1", nom="Le Quai"), LieuSuivi(lieu="k/1", nom="Le Quai")
    premier = aux_finances().when(suivre, par=LEA)
    premier.then(suivi)
    assert [r.nom for r in premier.lieu.registre("lieu-suivi")] == ["Le Quai"]
    aux_finances(suivi).when(suivre, par=LEA).then_nothing()
    autre = aux_finances(suivi).when(SuivreLieu(lieu="autre/1", nom="Le Hangar"), par=LEA)
    autre.then_refused(AutreLieu(nom="Le Quai"))
    assert "Ces finances sont celles du lieu « Le Quai », et d'aucun autre." in dit(autre)


# ── facturer, ou mettre de côté ─────────────────────────────────────────────────────────────────────────────────────


def test_une_facture_s_annonce_par_son_numero():
    annonce = aux_finances(UNE, DEUX).when(ANNONCER, par=LEA)
    annonce.then(ANNONCEE)
    assert etats(annonce) == {"r-1/1": ("facturée", "2026-001"), "r-2/1": ("facturée", "2026-001")}
    aux_finances(UNE, DEUX, ANNONCEE).when(ANNONCER, par=LEA).then_nothing()


@pytest.mark.parametrize(("change", "faute"), [
    ({"references": ()}, "au moins une référence"), ({"references": ("a/1", "a/1")}, "chacune une fois"),
    ({"numero": " "}, "le numéro de la facture"),
])  # fmt: skip
def test_une_facture_a_un_numero_et_facture_quelque_chose(change, faute):
    with pytest.raises(DemandeInvalide, match=faute):
        aux_finances(UNE, DEUX).when(attrs.evolve(ANNONCER, **change), par=LEA)


def test_rien_ne_se_facture_deux_fois():
    deux_fois = aux_finances(UNE, DEUX, ANNONCEE).when(
        attrs.evolve(ANNONCER, facture=FactureId("f-2"), references=(DEUX.reference,)), par=LEA
    )
    deux_fois.then_refused(ReferencePasLa(reference="r-2/1", libelle="Location de salle", etat="facturée"))
    assert "Location de salle (r-2/1) est déjà facturée." in dit(deux_fois)
    inconnue = aux_finances(UNE).when(ANNONCER, par=LEA)
    inconnue.then_refused(ReferenceJamaisRecue(reference="r-2/1"))
    assert "Aucun fait r-2/1 du lieu n'est à facturer ici." in dit(inconnue)


def test_une_facture_annoncee_ne_se_change_que_par_un_avoir():
    autrement = attrs.evolve(ANNONCER, numero="2026-002")
    deja = aux_finances(UNE, DEUX, ANNONCEE).when(autrement, par=LEA)
    deja.then_refused(FactureDejaAnnoncee(facture=F1, numero="2026-001", avoir=""))
    assert "La facture f-1 est déjà annoncée, sous le numéro 2026-001." in dit(deja)
    annulee = aux_finances(UNE, DEUX, ANNONCEE, ANNULEE).when(ANNONCER, par=LEA)
    annulee.then_refused(FactureDejaAnnoncee)
    assert "et annulée par l'avoir AV-1." in dit(annulee)


def test_un_avoir_rend_ce_qui_etait_facture():
    annule = aux_finances(UNE, DEUX, ANNONCEE).when(AnnulerFacture(facture=F1, avoir="AV-1"), par=LEA)
    annule.then(ANNULEE)
    assert etats(annule) == {"r-1/1": ("à facturer", ""), "r-2/1": ("à facturer", "")}
    assert [(f.numero, f.avoir) for f in annule.lieu.registre("factures")] == [("2026-001", "AV-1")]
    faits = (UNE, DEUX, ANNONCEE, ANNULEE)
    aux_finances(*faits).when(AnnulerFacture(facture=F1, avoir="AV-1"), par=LEA).then_nothing()
    aux_finances(*faits).when(AnnulerFacture(facture=F1, avoir="AV-2"), par=LEA).then_refused(FactureDejaAnnoncee)


def test_ce_qui_ne_sera_pas_facture_se_met_de_cote_et_se_reprend():
    ecarte = aux_finances(UNE).when(ECARTER, par=LEA)
    ecarte.then(ECARTEE)
    assert etats(ecarte) == {"r-1/1": ("écartée", "")}
    assert ecarte.lieu.a_faire() == []
    aux_finances(UNE, ECARTEE).when(ECARTER, par=LEA).then_nothing()
    aux_finances(UNE, ECARTEE).when(REPRENDRE, par=LEA).then(REPRISE)
    aux_finances(UNE, ECARTEE, REPRISE).when(REPRENDRE, par=LEA).then_nothing()
    aux_finances(UNE, DEUX, ANNONCEE).when(ECARTER, par=LEA).then_refused(ReferencePasLa)
    for demande in (ECARTER, REPRENDRE):
        aux_finances().when(demande, par=LEA).then_refused(ReferenceJamaisRecue)


def test_ce_que_le_lieu_a_corrige_ne_se_facture_plus():
    corriger = RecevoirReferences(nature=SALLES, depuis=12, position=20, corriges=("r-1/1", "jamais-recu/1"))
    corrige = aux_finances(DECLARE, UNE, AVANCE).when(corriger, par=LEA)
    corrige.then(CORRIGEE, SuiviAvance(nature=SALLES, position=20))
    assert etats(corrige) == {"r-1/1": ("corrigée", "")}
    aux_finances(UNE, DEUX, CORRIGEE).when(ANNONCER, par=LEA).then_refused(
        ReferencePasLa(reference="r-1/1", libelle="Location de salle", etat="corrigée")
    )


def test_ce_qui_etait_facture_quand_le_lieu_l_a_corrige_est_a_revoir():
    lieu = aux_finances(UNE, DEUX, ANNONCEE, CORRIGEE).when(REPRENDRE, par=LEA).lieu
    (une,) = lieu.a_faire()
    assert une.phrase == (
        "Location de salle, le dimanche 1er novembre 2026, à zoe : facturé (2026-001), puis corrigé par le lieu ; "
        "un avoir est à faire"
    )
    annule = aux_finances(UNE, DEUX, ANNONCEE, CORRIGEE).when(AnnulerFacture(facture=F1, avoir="AV-1"), par=LEA)
    assert etats(annule) == {"r-1/1": ("corrigée", ""), "r-2/1": ("à facturer", "")}


def test_ce_qui_est_a_facturer_se_rappelle():
    (une,) = aux_finances(UNE).when(REPRENDRE, par=LEA).lieu.a_faire()
    assert une.phrase == (
        "Location de salle, le dimanche 1er novembre 2026, à zoe : à facturer, ou à mettre de côté (r-1/1)"
    )


def test_un_registre_se_lit_meme_au_jour_ou_la_suite_precede_ce_qu_elle_suit():
    lieu = aux_finances(AVANCE, ANNULEE, ECARTEE).when(REPRENDRE, par=LEA).lieu
    assert [lieu.registre(nom) for nom in ("references", "factures", "facturables")] == [[], [], []]
