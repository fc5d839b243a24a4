"""What the projects of a place hand on to whoever takes it over: what runs, what is owed, what was learnt."""

from __future__ import annotations

import pytest
from tests.domaines.personnes import test_rencontres as rencontres
from tests.domaines.projets import test_ecosysteme as ecosysteme
from tests.domaines.projets import test_partenariats as partenariats
from tests.domaines.projets import test_programmation as programmation
from tests.domaines.projets import test_services as services
from tests.domaines.quai import VENDREDI, vecu

from tierslieu_core.vocabulaire.vie import vers

HIER = vers(type(ecosysteme.QUITTEE), ecosysteme.QUITTEE, le=VENDREDI)


def dites(*faits: object) -> dict[str, tuple[str, ...]]:
    return {une.titre: une.phrases for une in vecu(*faits).transmissions() if une.phrases}


@pytest.mark.parametrize(("faits", "titre", "phrase"), [
    ((*programmation.ICI, programmation.PROPOSEE), "Ce qui est proposé ou programmé",
     "Café réparation, proposée, portée par ana, pour Jeunes"),
    ((*programmation.ICI, programmation.PROPOSEE, programmation.TENUE, programmation.EVALUEE),
     "Ce que l'on retient des activités", "Café réparation : sept grille-pain sauvés"),
    ((services.LES_JEUNES, services.ETUDIE, services.ESSAYE), "Les services",
     "Repas partagé, à l'essai jusqu'au samedi 28 novembre 2026, que porte ana (trois demandes)"),
    ((services.LES_JEUNES, services.ETUDIE, services.ARRETE), "Les services arrêtés, et pourquoi",
     "Repas partagé : personne ne vient"),
    (partenariats.VIES["signée"], "Les partenariats",
     "Le lycée (public), en cours jusqu'au samedi 28 novembre 2026, que suit ana"),
    (partenariats.VIES["signée"], "Ce que le lieu doit à ses partenaires, et eux à lui",
     "Le lycée : « deux visites », que doit le partenaire"),
    ((*partenariats.VIES["signée"], partenariats.EVALUE), "Ce que les partenariats ont donné",
     "Le lycée : les élèves reviennent"),
    ((ecosysteme.RECENSE, ecosysteme.ENGAGEE), "Là où le lieu prend part",
     "France Lieux (membre), jusqu'au samedi 28 novembre 2026, que suit ana"),
    ((ecosysteme.LA_MAIRIE, ecosysteme.LANCEE), "Ce qui est lancé avec d'autres",
     "Compost de quartier, que porte ana, avec La mairie"),
    ((ecosysteme.LA_MAIRIE, ecosysteme.LANCEE, ecosysteme.ACHEVEE), "Ce que les dynamiques ont donné",
     "Compost de quartier, aboutie : cent foyers"),
    ((rencontres.LE_THEME, rencontres.PROPOSEE, rencontres.FAITE), "Qui vient d'être mis en relation",
     "ana et ben, sur Soudure, depuis le lundi 23 novembre 2026"),
])  # fmt: skip
def test_ce_qui_se_transmet_se_dit(faits, titre, phrase):
    assert phrase in dites(*faits)[titre]


@pytest.mark.parametrize("faits", [
    (*programmation.ICI, programmation.PROPOSEE, programmation.ANNULEE),
    (partenariats.AXE, partenariats.CONTACT, vers(type(partenariats.CLOS), partenariats.CLOS)),
    (ecosysteme.RECENSE, ecosysteme.ENGAGEE, HIER),
    (rencontres.LE_THEME, rencontres.PROPOSEE, rencontres.SANS_SUITE),
])  # fmt: skip
def test_ce_qui_est_fini_ne_se_transmet_pas(faits):
    assert set(dites(*faits)) == set(dites())
