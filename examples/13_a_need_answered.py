"""A need that a neighbour has, that others share: grouped, answered, and one that is set aside, with a motive."""

from functools import partial

from whenever import Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.publics import DeclarerPublic
from tierslieu_core.domaines.personnes.besoins import (
    EcarterBesoin,
    ExprimerBesoin,
    GrouperBesoins,
    NoterSoutiens,
    RepondreBesoin,
    SoutenirBesoin,
)
from tierslieu_core.domaines.projets.services import EtudierService

heure = Instant.from_utc(2026, 3, 2, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: heure)
camille, ines = partial(lieu.executer, par="camille"), partial(lieu.executer, par="p-1")
camille(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
camille(InscrirePersonne(personne="p-1", nom="Inès Traoré"))
camille(DeclarerPublic(public="jeunes", nom="Jeunes du quartier"))

velo = ExprimerBesoin(besoin="velo", nom="réparer son vélo", personne="p-1")
print("Inès, qui n'adhère pas, exprime le sien :", ines(velo).verdict)
camille(ExprimerBesoin(besoin="reparer", nom="réparer ses affaires", publics=("jeunes",)))
camille(NoterSoutiens(besoin="reparer", public="jeunes", nombre=12))
camille(ExprimerBesoin(besoin="medecin", nom="un médecin près d'ici", origine="territoire"))
print("c'est le même :", camille(GrouperBesoins(besoins=("velo",), dans="reparer")).verdict)
print("et encore :", *ines(SoutenirBesoin(besoin="velo", personne="p-1")).explication, sep="\n  ")

heure = Instant.from_utc(2026, 6, 1, 9)
print("à faire :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")
camille(EtudierService(service="atelier", nom="L'atelier du jeudi", personne="p-1", besoins=("reparer",)))
camille(RepondreBesoin(besoin="reparer", service="atelier"))
camille(EcarterBesoin(besoin="medecin", motif="la commune en cherche un"))
for ligne in lieu.registre("besoins"):
    print(f"{ligne.nom} — {ligne.etat}, {ligne.soutiens} :", ligne.service or ligne.dans or ligne.motif)
