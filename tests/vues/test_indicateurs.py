"""How much was asked of each area, period by period."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, LA_PERCEUSE, PERCEUSE, midi
from whenever import Date

from tierslieu_core.domaines.personnes.formations import AccorderHabilitation
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.testing.spec import CAMILLE, FONDATION, memory_place, record

OCTOBRE, NOVEMBRE, LUNDI = Date(2026, 10, 5), Date(2026, 11, 20), Date(2026, 11, 23)


def vivre():
    lieu = memory_place()
    record(lieu, [*FONDATION, LA_PERCEUSE])
    lieu.handler.knows_all = True
    for qui, le in ((ANA, OCTOBRE), (BEN, OCTOBRE), (ANA, NOVEMBRE), (ANA, NOVEMBRE)):
        commande = AccorderHabilitation(personne=qui, habilitation="scie", du=le)
        lieu.executer(commande, par=CAMILLE, survenu_le=midi(le))
    for qui in (ANA, BEN):
        lieu.executer(PreterObjet(objet=PERCEUSE, personne=qui, retour=LUNDI), par=CAMILLE)
    return lieu


@pytest.mark.parametrize(("pas", "periodes"), [
    ("mois", ["2026-10", "2026-11", "2026-11"]), ("annee", ["2026", "2026"]),
    ("semaine", ["2026-10-05", "2026-11-16", "2026-11-23"]),
])  # fmt: skip
def test_les_indicateurs_comptent_par_periode(pas, periodes):
    assert [un.periode for un in vivre().indicateurs("2026-01-01", "2026-12-31", pas)] == periodes


def test_un_indicateur_dit_les_oui_les_non_et_combien_de_personnes():
    octobre, novembre, prets = vivre().indicateurs(OCTOBRE, LUNDI)
    assert (octobre.accords, octobre.refus, octobre.personnes) == (2, 0, 2)
    assert (novembre.accords, novembre.personnes) == (1, 1), "ce qui était déjà ainsi ne compte pas"
    assert attrs.asdict(prets) == {
        "periode": "2026-11", "domaine": "Prêts de matériel", "commande": "prets.PreterObjet",
        "action": "Prêter un objet à une personne", "accords": 1, "refus": 1, "a_valider": 0, "personnes": 2,
    }  # fmt: skip


def test_ce_qui_etait_deja_ainsi_ne_fait_pas_une_periode():
    lieu = vivre()
    lieu.executer(AccorderHabilitation(personne=ANA, habilitation="scie", du=NOVEMBRE), par=CAMILLE)
    assert [un.commande for un in lieu.indicateurs(LUNDI, LUNDI)] == ["prets.PreterObjet"]


def test_une_personne_qui_revient_ne_compte_qu_une_fois():
    lieu = vivre()
    for habilitation in ("tour", "presse"):
        lieu.executer(AccorderHabilitation(personne=ANA, habilitation=habilitation, du=LUNDI), par=CAMILLE)
    aujourdhui = next(un for un in lieu.indicateurs(LUNDI, LUNDI) if un.commande == "formations.AccorderHabilitation")
    assert (aujourdhui.accords, aujourdhui.personnes) == (2, 1)


def test_les_indicateurs_s_arretent_aux_jours_demandes():
    lieu = vivre()
    assert len(lieu.indicateurs(OCTOBRE, OCTOBRE)) == 1
    assert lieu.indicateurs(Date(2026, 10, 6), Date(2026, 11, 19)) == []
    assert memory_place().indicateurs(OCTOBRE, LUNDI) == []
