"""The next free item of a model: what a volunteer would answer on the telephone."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import BEN, LUNDI, MARDI, PERCEUSE, SAMEDI, SCIE, VENDREDI, regle
from tests.domaines.usages.test_prets import PERDUE, PRETEE_A_ANA, prete
from tests.domaines.usages.test_prets_reservations import CABLES, DEUX, DIMANCHE, JEUDI, P10, TROIS_DEHORS, UNE, reserve
from whenever import Date

from tierslieu_core.domaines.moyens.materiel import ObjetImmobilise
from tierslieu_core.domaines.usages.prets import PreterObjet, ReserverModele
from tierslieu_core.kernel.errors import DemandeInvalide, ReferenceInconnue
from tierslieu_core.testing.spec import CAMILLE, FONDATION, memory_place, record
from tierslieu_core.vocabulaire.arrets import Arret
from tierslieu_core.vues.prochain import Prochain


def lieu(*faits: object):
    found = memory_place()
    record(found, [*FONDATION, *faits])
    found.handler.knows_all = True
    return found


ARRET = ObjetImmobilise(
    objet=PERCEUSE, du=MARDI, au=SAMEDI, motif="x", arrets=(Arret(du=MARDI, au=SAMEDI, motif="x"),), sort="garder"
)
REMISE = regle("r", "remise_en_etat", jours=2)


@pytest.mark.parametrize(
    ("faits", "jours", "objet", "du"),
    [
        (UNE, 3, PERCEUSE, LUNDI),
        ((*UNE, PRETEE_A_ANA), 1, PERCEUSE, Date(2026, 11, 29)),
        ((*DEUX, PRETEE_A_ANA), 1, SCIE, LUNDI),
        ((*UNE, prete(depuis=VENDREDI, retour=VENDREDI)), 1, PERCEUSE, MARDI),
        ((*UNE, REMISE, PRETEE_A_ANA), 1, PERCEUSE, Date(2026, 12, 1)),
        ((*UNE, ARRET), 1, PERCEUSE, LUNDI),
        ((*UNE, ARRET), 2, PERCEUSE, Date(2026, 11, 29)),
        ((*UNE, reserve(BEN)), 3, PERCEUSE, LUNDI),
        ((*UNE, reserve(BEN)), 4, PERCEUSE, Date(2026, 11, 29)),
        ((*DEUX, reserve(BEN)), 4, PERCEUSE, LUNDI),
        ((*UNE, REMISE, reserve(BEN, du=MARDI, au=MARDI)), 1, PERCEUSE, JEUDI.next_day()),
        ((CABLES, TROIS_DEHORS), 4, None, LUNDI),
        ((attrs.evolve(CABLES, quantite=3), TROIS_DEHORS), 1, None, Date(2026, 11, 29)),
    ],
)
def test_le_prochain_objet_libre_d_un_modele(faits, jours, objet, du):
    assert lieu(*faits).prochain_libre(P10, jours=jours) == Prochain(objet, du, du.add(days=jours - 1))


def test_ce_qui_est_dit_libre_se_prete_et_se_reserve():
    for faits in (UNE, (*UNE, PRETEE_A_ANA), (*UNE, REMISE, reserve(BEN)), (*DEUX, ARRET, reserve(BEN, quantite=1))):
        ici = lieu(*faits)
        libre = ici.prochain_libre(P10, du=DIMANCHE, jours=2)
        asked = ReserverModele(modele=P10, personne=BEN, du=libre.du, au=libre.au)
        assert ici.executer(asked, par=CAMILLE, essai=True).acceptee
    ici = lieu(*DEUX, PRETEE_A_ANA)
    libre = ici.prochain_libre(P10, jours=2)
    assert ici.executer(PreterObjet(objet=libre.objet, personne=BEN, retour=libre.au), par=CAMILLE, essai=True).acceptee


def test_rien_de_libre_se_dit_et_ce_qui_ne_se_cherche_pas_aussi():
    assert lieu(*UNE, PRETEE_A_ANA, PERDUE).prochain_libre(P10) is None
    assert lieu(attrs.evolve(CABLES, quantite=0)).prochain_libre(P10) is None
    for jours in (0, 400):
        with pytest.raises(DemandeInvalide, match="jours"):
            lieu(*UNE).prochain_libre(P10, jours=jours)
    with pytest.raises(ReferenceInconnue, match="inconnu du lieu"):
        lieu().prochain_libre(P10)
