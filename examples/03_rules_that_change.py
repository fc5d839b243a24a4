"""Rules are data with dates: adopted, then amended by new versions. The past keeps the version that decided it."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle, AmenderRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.usages.prets import PreterObjet

heure = [Instant.from_utc(2026, 11, 23, 9)]
lieu = tl.ouvrir("memory:", horloge=lambda: heure[0])
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont"), par="camille")
lieu.executer(CreerModele(modele="perforateur", nom="Perforateur"), par="camille")
lieu.executer(AjouterObjet(objet="perforateur-1", modele="perforateur", nom="Le perforateur"), par="camille")

prets = Portee(actions=("preter",))
une_semaine, deux_semaines = DureePret(maximum_jours=7), DureePret(maximum_jours=14)
lieu.executer(
    AdopterRegle(regle="duree-pret", genre=une_semaine, portee=prets, du=Date(2026, 11, 23), motif="que ça tourne"),
    par="camille",
)
lieu.executer(
    AmenderRegle(regle="duree-pret", genre=deux_semaines, portee=prets, du=Date(2026, 12, 1), motif="c'était court"),
    par="camille",
)

dix_jours = PreterObjet(objet="perforateur-1", personne="p-1", retour=Date(2026, 12, 3))
avant = lieu.executer(dix_jours, par="camille", cle="avant")
print("23 novembre :", avant.verdict)

heure[0] = Instant.from_utc(2026, 12, 1, 9)  # a week later, the new version is in force
print("1er décembre :", lieu.executer(dix_jours, par="camille", cle="apres").verdict)

for cle in ("avant", "apres"):
    print(cle, *lieu.expliquer(cle).clauses, sep="\n  ")
