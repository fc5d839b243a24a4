"""A shared meal: studied because people asked, tried for two months, measured, then made a service of the place."""

from functools import partial

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.publics import DeclarerPublic
from tierslieu_core.domaines.projets.services import (
    EssayerService,
    EtudierService,
    Indicateur,
    PerenniserService,
    ReleverIndicateurs,
)

heure = Instant.from_utc(2026, 9, 7, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: heure)
camille = partial(lieu.executer, par="camille")
camille(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
camille(InscrirePersonne(personne="p-1", nom="Malik Benali"))
camille(DeclarerPublic(public="voisins", nom="Voisins"))

repas = EtudierService(
    service="repas", nom="Le repas du jeudi", personne="p-1", publics=("voisins",),
    indicateurs=(Indicateur(nom="convives", unite="par repas", attendu=15),),
)  # fmt: skip
print("Malik l'étudie :", lieu.executer(repas, par="p-1").verdict)
essai = EssayerService(service="repas", du=Date(2026, 9, 10), au=Date(2026, 11, 12), motif="trois voisins le demandent")
print("le lieu l'essaie :", camille(essai).verdict)

for le, convives in ((Date(2026, 9, 24), 9), (Date(2026, 10, 22), 18)):
    camille(ReleverIndicateurs(service="repas", le=le, nombres=(f"convives={convives}",)))
perdu = camille(ReleverIndicateurs(service="repas", le=Date(2026, 10, 22), nombres=("sourires=40",)))
print("ce que l'on ne mesure pas :", *perdu.explication, sep="\n  ")

heure = Instant.from_utc(2026, 10, 30, 9)
print("à faire :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")
for ligne in lieu.registre("releves"):
    print(f"{ligne.le} : {ligne.nombre} {ligne.indicateur}, {ligne.attendu} attendus")
reste = PerenniserService(service="repas", du=Date(2026, 11, 13), motif="les convives ont doublé")
print("le lieu le garde :", camille(reste).verdict, [ligne.etat for ligne in lieu.registre("services")])
