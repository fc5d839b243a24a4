"""Somebody comes by, is welcomed step by step, and is called when nobody sees them again."""

from functools import partial

from whenever import Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.publics import DeclarerPublic
from tierslieu_core.domaines.personnes.accueil import (
    DefinirParcours,
    FaireEtape,
    LaisserEtape,
    NoterVisite,
    OuvrirAccueil,
    PrendreNouvelles,
)

heure = Instant.from_utc(2026, 3, 2, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: heure)
camille = partial(lieu.executer, par="camille")
camille(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
camille(DeclarerPublic(public="riverains", nom="Riverains"))
camille(DefinirParcours(parcours="arrivee", nom="l'arrivée", etapes=("faire le tour du lieu", "lire la charte")))

print("trois passants :", camille(NoterVisite(public="riverains", nombre=3)).verdict)
camille(InscrirePersonne(personne="p-1", nom="Malik Diallo"))
malik = {"personne": "p-1", "parcours": "arrivee"}
print("Malik est accueilli :", camille(OuvrirAccueil(**malik)).verdict)
print("on lui montre :", camille(FaireEtape(**malik, etape="faire le tour du lieu")).verdict)
non = camille(FaireEtape(**malik, etape="payer"))
print("et puis :", *non.explication, sep="\n  ")
camille(LaisserEtape(**malik, etape="lire la charte", motif="il la lira chez lui"))

heure = Instant.from_utc(2026, 4, 2, 9)
print("à faire :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")
camille(PrendreNouvelles(**malik, reponse="il travaillait le jeudi ; il viendra samedi"))
heure = Instant.from_utc(2026, 4, 4, 9)
print("il revient :", lieu.executer(NoterVisite(public="riverains", personne="p-1"), par="p-1").verdict)
print("jamais revenus :", lieu.registre("jamais_revenus"))
for ligne in lieu.registre("frequentation"):
    print(ligne.mois, ligne.public, ":", ligne.personnes)
