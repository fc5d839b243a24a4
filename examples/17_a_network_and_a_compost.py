"""A place among others: a network joined, a neighbourhood compost set going together, and what came of both."""

from functools import partial

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.projets.ecosysteme import (
    AcheverDynamique,
    AvancerDynamique,
    LancerDynamique,
    PrendrePart,
    RecenserActeur,
)

heure = Instant.from_utc(2026, 3, 2, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: heure)
camille = partial(lieu.executer, par="camille")
camille(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
camille(InscrirePersonne(personne="p-1", nom="Inès Traoré"))
camille(RecenserActeur(acteur="mairie", nom="La mairie", nature="commune"))
camille(RecenserActeur(acteur="reseau", nom="Le réseau des lieux", nature="réseau", echelle="national"))
camille(PrendrePart(acteur="reseau", qualite="membre", du=Date(2026, 3, 2), au=Date(2026, 12, 31), personne="p-1"))

compost = LancerDynamique(
    dynamique="compost", nom="Compost du quartier", nature="transition", personne="p-1", avec=("mairie",)
)
print("Inès lance :", lieu.executer(compost, par="p-1").verdict)

heure = Instant.from_utc(2026, 5, 4, 9)
etape = AvancerDynamique(dynamique="compost", etape="deux bacs posés, trente foyers inscrits")
print("Camille en dit une étape :", camille(etape).verdict)

heure = Instant.from_utc(2026, 10, 5, 9)
fin = AcheverDynamique(dynamique="compost", suite="aboutie", bilan="la mairie reprend les bacs et l'entretien")
print("Inès en dit l'issue :", lieu.executer(fin, par="p-1").verdict)
encore = lieu.executer(etape, par="p-1")
print("et puis :", *encore.explication, sep="\n  ")

for ligne in lieu.registre("dynamiques"):
    print(ligne.nom, "—", ligne.etat, f"({ligne.etapes} étape) :", ligne.bilan)
heure = Instant.from_utc(2026, 12, 5, 9)
print("à faire :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")
