"""Espaces liés: the floor and its rooms, the wall that opens. Who is in whose way, and since when."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given as tire
from hypothesis import strategies as st
from tests.domaines.quai import BLEUE, LUNDI, MARDI, SAMEDI, VENDREDI, VERTE, dit
from whenever import Date

from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.moyens.espaces import (
    DelierEspaces,
    EspaceFerme,
    EspaceOuvert,
    EspacesDelies,
    EspacesEnBoucle,
    EspacesLies,
    EspacesLiesAutrement,
    Lien,
    LierEspaces,
)
from tierslieu_core.domaines.moyens.espaces.liens import genes_de
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import Selection, select
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, FONDATION, given, memory_place, record
from tierslieu_core.vocabulaire.arrets import Arret
from tierslieu_core.vocabulaire.identifiants import EspaceId, espace

MAISON, ETAGE, ROUGE = EspaceId("maison"), EspaceId("etage"), EspaceId("rouge")
TOUS = (MAISON, ETAGE, VERTE, BLEUE, ROUGE)
OUVERTS = tuple(EspaceOuvert(espace=e, nom=e, categorie="salle", capacite=None, description="") for e in TOUS)


def contient(dehors: EspaceId, dedans: EspaceId, du: Date = LUNDI, au: Date | None = None) -> Lien:
    return Lien(espace=dehors, avec=dedans, nature="contient", du=du, au=au)


def voisins(un: EspaceId, autre: EspaceId, du: Date = LUNDI, au: Date | None = None) -> Lien:
    return Lien(espace=un, avec=autre, nature="voisin", du=du, au=au)


def lies(*liens: Lien) -> EspacesLies:
    """The fact that leaves these links, the last one being the new one."""
    tous = tuple(dict.fromkeys(e for lien in reversed(liens) for e in (lien.espace, lien.avec)))
    dernier = liens[-1]
    return EspacesLies(
        espace=dernier.espace, avec=dernier.avec, nature=dernier.nature, du=dernier.du, sort="revoir", espaces=tous,
        liens=liens,
    )  # fmt: skip


def lier(un: EspaceId, autre: EspaceId, nature: str = "contient", du: Date = LUNDI) -> LierEspaces:
    return LierEspaces(espace=un, avec=autre, nature=nature, du=du)


def test_on_lie_un_etage_et_sa_salle_et_le_redire_ne_change_rien():
    fait = lies(contient(ETAGE, VERTE))
    given(*OUVERTS).when(lier(ETAGE, VERTE)).then(fait)
    given(*OUVERTS, fait).when(lier(ETAGE, VERTE)).then_nothing()
    given(*OUVERTS, fait).when(lier(ETAGE, VERTE, du=MARDI)).then_nothing()


def test_une_salle_dans_un_etage_ferme_se_lit_fermee_et_le_registre_dit_par_quoi():
    maison, etage = contient(MAISON, ETAGE), contient(ETAGE, VERTE, MARDI)
    gaz = (Arret(du=LUNDI, au=Date(2026, 11, 27), motif="gaz"),)
    ferme = EspaceFerme(espace=MAISON, du=LUNDI, au=Date(2026, 11, 27), motif="gaz", sort="garder", arrets=gaz)
    for faits in ((lies(maison, etage), ferme), (ferme, lies(maison, etage))):
        lieu = given(*OUVERTS, *faits).when(lier(MAISON, BLEUE, du=SAMEDI)).lieu
        for le, etat, par in ((LUNDI, "ouvert", None), (MARDI, "fermé", MAISON), (SAMEDI, "ouvert", None)):
            verte = next(r for r in lieu.registre("espaces", au=le) if r.espace == VERTE)
            assert (verte.etat, verte.ferme_par) == (etat, par)
        assert {str(c) for c in verte.dans} == {"etage", "maison"}


def test_lier_dit_tous_les_liens_de_tous_les_espaces_touches():
    etage, maison = contient(ETAGE, VERTE), contient(MAISON, ETAGE)
    quand = given(*OUVERTS, lies(etage)).when(lier(MAISON, ETAGE))
    (fait,) = quand.then_accepted().evenements
    assert set(fait.espaces) == {MAISON, ETAGE, VERTE}
    assert fait.liens == (etage, maison)
    assert set(fait.etiquettes()) == {"espace:maison", "espace:etage", "espace:verte"}


def test_ce_qui_est_dit_d_espaces_que_plus_rien_ne_relie_n_est_pas_repris():
    vieux = contient(MAISON, ROUGE, VENDREDI.subtract(days=600), VENDREDI.subtract(days=400))
    seul = attrs.evolve(lies(contient(ETAGE, VERTE)), espaces=(ETAGE, VERTE, BLEUE))  # bleue is said to have none
    (fait,) = given(*OUVERTS, seul).when(lier(MAISON, BLEUE)).then_accepted().evenements
    assert (fait.espaces, fait.liens) == ((MAISON, BLEUE), (contient(MAISON, BLEUE),))
    (fait,) = given(*OUVERTS, lies(vieux)).when(lier(MAISON, BLEUE)).then_accepted().evenements
    assert (set(fait.espaces), fait.liens) == ({MAISON, BLEUE, ROUGE}, (contient(MAISON, BLEUE),))


def test_la_maison_bloque_la_salle_dans_l_etage_et_reciproquement():
    genes = (contient(MAISON, ETAGE), contient(ETAGE, VERTE), contient(ETAGE, BLEUE))
    assert set(espaces.genantes(MAISON, genes, LUNDI, LUNDI)) == {ETAGE, VERTE, BLEUE}
    assert set(espaces.genantes(VERTE, genes, LUNDI, LUNDI)) == {ETAGE, MAISON}
    assert espaces.enveloppe(VERTE, genes, LUNDI, LUNDI) == (VERTE, ETAGE, MAISON)


def test_des_voisins_se_genent_mais_pas_les_voisins_des_voisins():
    genes = (voisins(VERTE, BLEUE), voisins(BLEUE, ROUGE))
    assert espaces.genantes(VERTE, genes, LUNDI, LUNDI) == (BLEUE,)
    assert set(espaces.genantes(BLEUE, genes, LUNDI, LUNDI)) == {VERTE, ROUGE}
    assert espaces.enveloppe(VERTE, genes, LUNDI, LUNDI) == (VERTE,)


def test_un_lien_ne_gene_que_les_jours_ou_il_vaut():
    genes = (contient(MAISON, ETAGE, MARDI, MARDI), contient(ETAGE, VERTE), voisins(VERTE, BLEUE, VENDREDI, LUNDI))
    assert set(espaces.genantes(VERTE, genes, LUNDI, LUNDI)) == {ETAGE, BLEUE}
    assert set(espaces.genantes(VERTE, genes, MARDI, MARDI)) == {ETAGE, MAISON}
    assert set(espaces.genantes(VERTE, genes, LUNDI, SAMEDI)) == {ETAGE, MAISON, BLEUE}


def test_une_chaine_dont_les_liens_ne_valent_jamais_ensemble_ne_gene_pas():
    genes = (contient(MAISON, ETAGE, LUNDI, LUNDI), contient(ETAGE, VERTE, MARDI))
    assert espaces.genantes(VERTE, genes, LUNDI, SAMEDI) == (ETAGE,)


def test_un_espace_ne_se_lie_pas_a_lui_meme():
    with pytest.raises(DemandeInvalide, match="un autre espace que le premier"):
        given(*OUVERTS).when(lier(VERTE, VERTE))


def test_une_salle_ne_contient_pas_la_maison_qui_la_contient():
    quand = given(*OUVERTS, lies(contient(ETAGE, VERTE), contient(MAISON, ETAGE))).when(lier(VERTE, MAISON))
    quand.then_refused(EspacesEnBoucle(espace=VERTE, avec=MAISON))
    assert "Déliez d'abord" in dit(quand)


def test_ce_qui_ne_contient_plus_peut_etre_contenu():
    avant = lies(contient(VERTE, ETAGE, VENDREDI, LUNDI))
    given(*OUVERTS, avant).when(lier(ETAGE, VERTE, du=LUNDI)).then_refused(EspacesEnBoucle)
    given(*OUVERTS, avant).when(lier(ETAGE, VERTE, du=MARDI)).then_accepted()


def test_deux_espaces_ne_sont_pas_a_la_fois_voisins_et_l_un_dans_l_autre():
    quand = given(*OUVERTS, lies(voisins(BLEUE, VERTE))).when(lier(VERTE, BLEUE))
    quand.then_refused(EspacesLiesAutrement(espace=VERTE, avec=BLEUE, nature="voisin", du=LUNDI))
    assert "Déliez-les d'abord" in dit(quand)


def test_des_voisins_le_sont_dans_les_deux_sens():
    given(*OUVERTS, lies(voisins(BLEUE, VERTE))).when(lier(VERTE, BLEUE, "voisin")).then_nothing()


def test_lier_plus_tot_ou_de_nouveau_prolonge_le_meme_lien():
    (fait,) = given(*OUVERTS, lies(contient(ETAGE, VERTE, MARDI, SAMEDI))).when(lier(ETAGE, VERTE)).reponse.evenements
    assert fait.liens == (contient(ETAGE, VERTE, LUNDI),)
    plus_tard = lier(ETAGE, VERTE, du=SAMEDI)
    (fait,) = given(*OUVERTS, lies(contient(ETAGE, VERTE, LUNDI, MARDI))).when(plus_tard).reponse.evenements
    assert fait.liens == (contient(ETAGE, VERTE, LUNDI, MARDI), contient(ETAGE, VERTE, SAMEDI))
    plus_tard = lier(ETAGE, VERTE, du=MARDI)
    (fait,) = given(*OUVERTS, lies(contient(ETAGE, VERTE, LUNDI, MARDI))).when(plus_tard).reponse.evenements
    assert fait.liens == (contient(ETAGE, VERTE, LUNDI),)


def test_delier_laisse_le_passe_et_les_autres_liens():
    etage, maison = contient(ETAGE, VERTE), contient(MAISON, ETAGE)
    delier = DelierEspaces(espace=VERTE, avec=ETAGE, le=SAMEDI)
    fini = EspacesDelies(
        espace=VERTE, avec=ETAGE, le=SAMEDI, espaces=(VERTE, ETAGE, MAISON),
        liens=(maison, contient(ETAGE, VERTE, LUNDI, Date(2026, 11, 27))),
    )  # fmt: skip
    given(*OUVERTS, lies(etage, maison)).when(delier).then(fini)
    given(*OUVERTS, lies(etage, maison), fini).when(delier).then_nothing()


def test_un_lien_fini_se_garde_un_an_pour_ce_qui_s_enregistre_tard():
    fini = voisins(VERTE, BLEUE, du=Date(2025, 1, 1), au=Date(2025, 11, 1))
    oublie = voisins(VERTE, BLEUE, du=Date(2024, 1, 1), au=Date(2024, 11, 1))
    (fait,) = given(*OUVERTS, lies(oublie, fini)).when(lier(VERTE, ROUGE, "voisin")).then_accepted().evenements
    assert fait.liens == (fini, voisins(VERTE, ROUGE))


def test_delier_des_le_premier_jour_efface_le_lien():
    quand = given(*OUVERTS, lies(contient(ETAGE, VERTE))).when(DelierEspaces(espace=ETAGE, avec=VERTE, le=LUNDI))
    quand.then(EspacesDelies(espace=ETAGE, avec=VERTE, le=LUNDI, espaces=(ETAGE, VERTE), liens=()))


def test_le_registre_des_liens_dit_lesquels_valent_ce_jour_la():
    ouverts = given(*OUVERTS, lies(contient(ETAGE, BLEUE)), lies(contient(ETAGE, BLEUE), contient(ETAGE, VERTE)))
    quand = ouverts.when(DelierEspaces(espace=ETAGE, avec=VERTE, le=SAMEDI))

    def valent(le: Date) -> dict[EspaceId, bool]:
        return {ligne.avec: ligne.en_vigueur for ligne in quand.lieu.registre("liens", au=le)}

    assert valent(MARDI) == {BLEUE: True, VERTE: True}
    assert valent(SAMEDI) == {BLEUE: True, VERTE: False}


def test_fermer_l_etage_ferme_la_salle_qu_il_contient():
    travaux, bail = Arret(du=MARDI, au=MARDI, motif="travaux"), Arret(du=SAMEDI, au=None, motif="bail")
    arrets = {VERTE: (), ETAGE: (travaux,), MAISON: (bail,)}
    assert espaces.empechement_dans(VERTE, arrets, LUNDI, LUNDI) is None
    ferme = espaces.ConteneurEnFermeture(espace=VERTE, dans=ETAGE, du=MARDI, au=MARDI, motif="travaux")
    assert espaces.empechement_dans(VERTE, arrets, MARDI, MARDI) == ferme
    parti = espaces.ConteneurAbsent(espace=VERTE, dans=MAISON, le=SAMEDI, motif="bail")
    assert espaces.empechement_dans(VERTE, arrets, SAMEDI, SAMEDI) == parti
    la_sienne = espaces.EspaceEnFermeture(espace=VERTE, du=MARDI, au=MARDI, motif="travaux")
    assert espaces.empechement_dans(VERTE, {**arrets, VERTE: (travaux,)}, MARDI, MARDI) == la_sienne


PAS = st.tuples(
    st.sampled_from(TOUS), st.sampled_from(TOUS), st.sampled_from(["contient", "voisin", "delier"]),
    st.integers(0, 6).map(lambda n: LUNDI.add(days=n)),
)  # fmt: skip


def genes_lues(lieu: Lieu, un: EspaceId) -> espaces.Genes:
    """What a booking of that space reads: one last fact."""
    (rows,), _ = select(lieu.recorder, [Selection(lieu.catalogue.types(genes_de.faits), (espace(un),), last=True)])
    return genes_de.fold([lieu.catalogue.fact(row) for row in rows])


@tire(st.lists(PAS, max_size=14))
def test_quoi_que_l_on_lie_et_delie_gener_est_reciproque_et_nul_ne_se_contient(pas):
    """The last fact of each space tells the same story as that of any other, and as the register."""
    lieu = memory_place()
    record(lieu, [*FONDATION, *OUVERTS])
    for un, autre, quoi, le in pas:
        if un != autre:
            c = DelierEspaces(espace=un, avec=autre, le=le) if quoi == "delier" else lier(un, autre, quoi, le)
            lieu.executer(c, par=CAMILLE)
    genes = {e: genes_lues(lieu, e) for e in TOUS}
    for n in range(8):
        jour = LUNDI.add(days=n)
        voit = {e: set(espaces.genantes(e, genes[e], jour, jour)) for e in TOUS}
        for e in TOUS:
            assert e not in voit[e]
            assert all(e in voit[autre] for autre in voit[e])
