"""What the place knows of a person, as they may ask."""

from __future__ import annotations

from tests.domaines.quai import ANA, BEN, MARDI, PERCEUSE

from tierslieu_core.domaines.cadre.identites import InscrirePersonne, ReunirDoublon
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.testing.spec import CAMILLE, FONDATION, memory_place, record


def vivre():
    lieu = memory_place()
    record(lieu, [*FONDATION])
    for commande in (
        InscrirePersonne(personne=ANA, nom="Ana Silva"), InscrirePersonne(personne=BEN, nom="Ben Ali"),
        CreerModele(modele="p10", nom="Perceuse"), AjouterObjet(objet=PERCEUSE, modele="p10", nom="Perceuse bleue"),
        PreterObjet(objet=PERCEUSE, personne=ANA, retour=MARDI),
        PreterObjet(objet=PERCEUSE, personne=BEN, retour=MARDI),
    ):  # fmt: skip
        lieu.executer(commande, par=CAMILLE)
    return lieu


def test_un_dossier_reunit_les_registres_qui_parlent_d_une_personne():
    dossier = vivre().dossier(ANA)
    assert [f.registre for f in dossier.feuillets] == ["personnes", "prets"]
    assert dossier.feuillets[0].titre == "Registre des personnes"
    assert dossier.feuillets[0].lignes[0].nom == "Ana Silva"
    assert [d.trace.commande for d in dossier.decisions] == ["Inscrire une personne", "Prêter un objet à une personne"]
    assert dossier.identifiants == (ANA,)
    assert "identite" in dossier.conservations


def test_un_dossier_dit_aussi_ce_qui_fut_refuse():
    dossier = vivre().dossier(BEN)
    assert [f.registre for f in dossier.feuillets] == ["personnes"]
    assert [d.trace.verdict for d in dossier.decisions] == ["accordé", "refusé"]


def test_le_dossier_d_une_personne_a_deux_identifiants_dit_les_deux():
    lieu = vivre()
    lieu.executer(AjouterObjet(objet="scie", modele="p10", nom="Scie"), par=CAMILLE)
    lieu.executer(PreterObjet(objet="scie", personne=BEN, retour=MARDI), par=CAMILLE)
    lieu.executer(ReunirDoublon(personne=ANA, doublon=BEN), par=CAMILLE)
    dossier = lieu.dossier(ANA)
    assert set(dossier.identifiants) == {ANA, BEN}
    (prets,) = (f.lignes for f in dossier.feuillets if f.registre == "prets")
    assert {r.personne for r in prets} == {ANA, BEN}


def test_il_ne_reste_rien_de_personnel_de_qui_est_oublie():
    lieu = vivre()
    lieu.vault.oublier(ANA)
    assert lieu.dossier(ANA).conservations == ()
