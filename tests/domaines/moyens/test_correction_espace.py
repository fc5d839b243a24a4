"""A mistaken fact of a space counts no more: what the space was before is true again, for all that it is linked to."""

from __future__ import annotations

from tests.domaines.moyens.test_liens import ETAGE, MAISON, OUVERTS, lier
from tests.domaines.quai import LA_SALLE, LUNDI, MARDI, SAMEDI, VERTE

from tierslieu_core.domaines.cadre.corrections import RienACorriger
from tierslieu_core.domaines.moyens.espaces import CorrigerEspace, DelierEspaces, FermerEspace, RouvrirEspace
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, FONDATION, given, memory_place, record
from tierslieu_core.vocabulaire.identifiants import EspaceId

FERMER = FermerEspace(espace=VERTE, du=MARDI, au=SAMEDI, motif="travaux")


def lieu_ouvert() -> Lieu:
    lieu = memory_place()
    record(lieu, [*FONDATION, *OUVERTS])
    return lieu


def corrige(lieu: Lieu, un: EspaceId, fait: str | None = None) -> Reponse:
    return lieu.executer(CorrigerEspace(espace=un, motif="erreur", fait=fait), par=CAMILLE)


def test_une_fermeture_enregistree_par_erreur_ne_compte_plus():
    lieu = lieu_ouvert()
    lieu.executer(FERMER, par=CAMILLE)
    assert corrige(lieu, VERTE).acceptee
    assert all(row.arrets == () for row in lieu.registre("espaces"))
    assert lieu.executer(FERMER, par=CAMILLE).acceptee
    assert {ecart.cle for ecart in lieu.rejouer().ecarts} <= {"donne"}


def test_rien_a_corriger_d_un_espace_qui_vient_d_ouvrir():
    given(LA_SALLE).when(CorrigerEspace(espace=VERTE, motif="erreur")).then_refused(RienACorriger)


def test_un_lien_de_trop_ne_compte_plus_pour_aucun_des_deux():
    lieu = lieu_ouvert()
    lieu.executer(lier(VERTE, MAISON), par=CAMILLE)
    assert corrige(lieu, MAISON).acceptee
    assert lieu.registre("liens") == []
    assert lieu.executer(lier(MAISON, VERTE), par=CAMILLE).acceptee


def test_ce_qui_fut_redit_depuis_pour_un_autre_espace_se_corrige_d_abord():
    """Once untied, they go their own ways: their link, restored for one alone, would tell two stories."""
    lieu = lieu_ouvert()
    lieu.executer(lier(ETAGE, VERTE), par=CAMILLE)
    lieu.executer(DelierEspaces(espace=ETAGE, avec=VERTE, le=LUNDI), par=CAMILLE)
    depuis = lieu.executer(lier(MAISON, ETAGE), par=CAMILLE)
    refusee = corrige(lieu, VERTE)
    assert refusee.decision.motif.refus == "corrections.PasLeDernierFait"
    assert depuis.cle in " ".join(refusee.explication)
    assert corrige(lieu, ETAGE).acceptee
    sans_revue = corrige(lieu, VERTE)
    assert sans_revue.decision.motif.refus == "espaces.CorrectionSansRevue"


def test_ce_qui_a_libere_un_espace_ne_se_corrige_pas_mais_se_refait():
    """What was booked since would be left in the way: doing the link, or the closing, again looks at it."""
    for demandes, refaire in (
        ((lier(ETAGE, VERTE), DelierEspaces(espace=ETAGE, avec=VERTE, le=LUNDI)), "Refaites plutôt le lien"),
        ((FERMER, RouvrirEspace(espace=VERTE, le=MARDI)), "Refaites plutôt la fermeture"),
    ):
        lieu = lieu_ouvert()
        for demande in demandes:
            assert lieu.executer(demande, par=CAMILLE).acceptee
        refusee = corrige(lieu, VERTE)
        assert refusee.decision.motif.refus == "espaces.CorrectionSansRevue"
        assert refaire in " ".join(refusee.explication)
        assert lieu.executer(demandes[0], par=CAMILLE).acceptee
