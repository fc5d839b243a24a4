"""A plan received, a portrait published with consent; the day she no longer wants to be seen, everywhere at once."""

from functools import partial

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.personnes.consentements import Consentir, RetirerConsentement
from tierslieu_core.domaines.projets.communication import (
    DeclarerCanal,
    FaireAction,
    PrevoirAction,
    Publier,
    RecevoirPlan,
    ReprendreCanal,
)
from tierslieu_core.vocabulaire.choses import Chose

heure = Instant.from_utc(2026, 3, 2, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: heure)
camille = partial(lieu.executer, par="camille")
camille(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
camille(InscrirePersonne(personne="ines", nom="Inès Traoré"))
camille(OuvrirEspace(espace="salle", nom="La salle verte", categorie="salle", capacite=12))
camille(RecevoirPlan(plan="printemps", nom="Plan de printemps", cellule="La cellule", du=Date(2026, 3, 2)))
camille(PrevoirAction(action="portraits", plan="printemps", nom="Portraits", echeance=Date(2026, 3, 20)))
camille(DeclarerCanal(canal="site", nom="Le site"))
camille(DeclarerCanal(canal="hall", nom="L'affichage du hall", cote="interne"))

portraits = Publier(
    nom="Celles et ceux de la salle verte", canaux=("site", "hall"), cite=(Chose("espace", "salle"),),
    montre=("ines",), action="portraits",
)  # fmt: skip
print("sans son accord :", *camille(portraits).explication, sep="\n  ")
lieu.executer(Consentir(personne="ines", finalite="visibilite", texte="charte 2026"), par="ines")
(publiee,) = camille(portraits).evenements
print("avec :", camille(FaireAction(action="portraits", le=heure.to_tz("Europe/Paris").date())).verdict)
print("elle s'y voit :", [ligne.montre for ligne in lieu.registre("publications")])

heure = Instant.from_utc(2026, 9, 14, 18)
lieu.executer(RetirerConsentement(personne="ines", finalite="visibilite"), par="ines")
print("elle ne le veut plus :", [ligne.montre for ligne in lieu.registre("publications")])
print("à faire :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")
for canal in ("hall", "site"):
    camille(ReprendreCanal(publication=publiee.publication, canal=canal))
print("et une fois repris :", lieu.a_faire())
