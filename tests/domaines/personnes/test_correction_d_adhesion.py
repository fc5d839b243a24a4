"""Corriger une adhésion, un dossier, un rattachement : ce qui fut saisi par erreur ne compte plus."""

from __future__ import annotations

from tests.domaines.personnes.test_foyers import ANA_PART, ANA_REJOINT, CLUB, FOYER, OUVERT, rattachee, rejoint
from tests.domaines.quai import ANA, ANA_ADHERE, BEN, LUNDI, SAMEDI, SCIE, regle

from tierslieu_core.domaines.cadre.corrections import PasLeDernierFait, RienACorriger
from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.personnes.adhesions.adhesion import AdhesionSuspendue, Suspension
from tierslieu_core.domaines.personnes.adhesions.correction import (
    CorrigerAdhesion,
    CorrigerDossier,
    CorrigerRattachement,
)
from tierslieu_core.domaines.personnes.adhesions.dossier import DocumentRecu, Dossier, Piece
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.testing.spec import given

SUSPENDUE = AdhesionSuspendue(
    personne=ANA, palier="adherent", groupes=("atelier",), du=ANA_ADHERE.du, au=ANA_ADHERE.au,
    suspension=Suspension(du=LUNDI, au=SAMEDI), gel=None, motif="impayé",
)  # fmt: skip
RECUE = DocumentRecu(
    personne=ANA, document="assurance", jusqu_au=None,
    dossier=Dossier(pieces=(Piece(document="assurance", du=LUNDI, jusqu_au=None),)),
)  # fmt: skip
CORRIGER = CorrigerAdhesion(personne=ANA, motif="la mauvaise personne")


def test_une_suspension_saisie_par_erreur_rend_l_adhesion_d_avant():
    quand = given(regle("r", "adhesion_a_jour"), ANA_ADHERE, SUSPENDUE).when(CORRIGER)
    quand.then(
        FaitCorrige(
            fait="donne/7", nature="adhesions.AdhesionSuspendue", sujet="personne:ana", motif="la mauvaise personne"
        )
    )
    assert quand.lieu.registre("adhesions")[0].etat == "à jour"
    assert quand.lieu.executer(PreterObjet(objet=SCIE, personne=ANA, retour=SAMEDI), par="camille").acceptee


def test_sans_adhesion_ni_dossier_il_n_y_a_rien_a_corriger():
    given(RECUE).when(CORRIGER).then_refused(RienACorriger(sujet="personne:ana"))
    given(ANA_ADHERE).when(CorrigerDossier(personne=ANA, motif="x")).then_refused(RienACorriger)


def test_on_corrige_sous_l_identifiant_garde():
    given(ANA_ADHERE, DoublonReuni(personne=BEN, doublon=ANA)).when(
        CorrigerAdhesion(personne=BEN, motif="x")
    ).then_accepted()


def test_un_document_saisi_par_erreur_ne_vaut_plus():
    quand = given(ANA_ADHERE, RECUE).when(CorrigerDossier(personne=ANA, motif="x"))
    assert quand.then_accepted().evenements[0].nature == "adhesions.DocumentRecu"
    assert quand.lieu.registre("documents") == []


CORRIGER_RATTACHEMENT = CorrigerRattachement(collectif=FOYER, membre=ANA, motif="x")


def test_un_rattachement_saisi_par_erreur_ne_compte_plus():
    quand = given(OUVERT, ANA_REJOINT).when(CORRIGER_RATTACHEMENT)
    quand.then_accepted()
    assert quand.lieu.registre("foyers")[0].membres == ()
    quand = given(OUVERT, ANA_REJOINT, ANA_PART).when(CORRIGER_RATTACHEMENT)
    assert quand.then_accepted().evenements[0].nature == "adhesions.MembreDetache"
    assert quand.lieu.registre("foyers")[0].membres == (rattachee(),)


def test_il_doit_etre_le_dernier_de_la_personne_et_du_collectif():
    ben = rejoint(rattachee(BEN), (rattachee(),))
    given(OUVERT, ANA_REJOINT, ben).when(CORRIGER_RATTACHEMENT).then_refused(
        PasLeDernierFait(fait="donne/6", sujet="personne:foyer", dernier="donne/7")
    )
    ailleurs = rejoint(rattachee(collectif=CLUB), ailleurs=(rattachee(),), nature="association")
    given(OUVERT, ANA_REJOINT, ailleurs).when(CORRIGER_RATTACHEMENT).then_refused(
        PasLeDernierFait(fait="donne/7", sujet="personne:foyer", dernier="donne/6")
    )
    given(OUVERT, ailleurs).when(CORRIGER_RATTACHEMENT).then_refused(PasLeDernierFait)
    given(OUVERT).when(CORRIGER_RATTACHEMENT).then_refused(RienACorriger(sujet="personne:ana"))
    deja = FaitCorrige(fait="donne/6", nature="adhesions.MembreRattache", sujet="personne:ana", motif="x")
    encore = CorrigerRattachement(collectif=FOYER, membre=ANA, motif="x", fait="donne/6")
    given(OUVERT, ANA_REJOINT, deja).when(encore).then_nothing()
