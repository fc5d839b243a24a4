"""Open a place, found it, lend a drill, take it back. Everything starts here."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.usages.prets import PreterObjet, RendreObjet

# "memory:" forgets everything at the end; "sqlite:///quai.db" would keep it. The clock is ours: always the same page.
lieu = tl.ouvrir("memory:", horloge=lambda: Instant.from_utc(2026, 11, 23, 9))

# No fact without a decision: even founding the place is a demand.
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont"), par="camille")
lieu.executer(CreerModele(modele="perforateur", nom="Perforateur"), par="camille")
lieu.executer(AjouterObjet(objet="perforateur-1", modele="perforateur", nom="Le perforateur"), par="camille")

reponse = lieu.executer(PreterObjet(objet="perforateur-1", personne="p-1", retour=Date(2026, 11, 30)), par="camille")
print(reponse.verdict, [type(fait).__name__ for fait in reponse.evenements])

for ligne in lieu.registre("prets"):
    print(ligne.objet, "→", lieu.nommer("personne", ligne.personne), "jusqu'au", ligne.retour, f"({ligne.etat})")

lieu.executer(RendreObjet(objet="perforateur-1", personne="p-1", constat="mandrin à graisser"), par="camille")
print("encore dehors :", len(lieu.registre("prets")))

# Who is p-1? Names are sealed in the journal, and found through the vault.
print(lieu.chercher("dup"))
