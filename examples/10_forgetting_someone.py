"""Someone asks to be forgotten: their names are unreadable for ever, the journal stays whole, and replays the same."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.usages.prets import PreterObjet, RendreObjet

lieu = tl.ouvrir("memory:", horloge=lambda: Instant.from_utc(2026, 11, 23, 9))
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont", contact="zoe@example.org"), par="camille")
lieu.executer(CreerModele(modele="perforateur", nom="Perforateur"), par="camille")
lieu.executer(AjouterObjet(objet="perforateur-1", modele="perforateur", nom="Le perforateur"), par="camille")
lieu.executer(PreterObjet(objet="perforateur-1", personne="p-1", retour=Date(2026, 11, 30)), par="camille", cle="pret")
lieu.executer(RendreObjet(objet="perforateur-1", personne="p-1", constat="Zoé l'a réparé"), par="camille")
print(lieu.expliquer("pret").trace.phrases[0])

# What lies in the journal never was readable: forgetting destroys the keys, in the vault.
oubli = lieu.vault.oublier("p-1")
print("clés détruites :", ", ".join(oubli.conservations))

print(lieu.expliquer("pret").trace.phrases[0])
print(lieu.registre("personnes", filtre={"personne": "p-1"})[0].nom)  # Efface: not the same as merely sealed
print("par son nom :", lieu.chercher("Zoé"))
print("le prêt a bien eu lieu :", [trace.verdict for trace in lieu.audit("objet:perforateur-1")])
print("rejeu fidèle :", lieu.rejouer().fidele)

# A retry of an old demand still gets its old answer; what is said of this person from now on is forgotten at once.
retry = PreterObjet(objet="perforateur-1", personne="p-1", retour=Date(2026, 11, 30))
print("même clé :", lieu.executer(retry, par="camille", cle="pret").verdict)
encore = lieu.executer(retry, par="camille").evenements[0]
print("nouveau constat :", lieu.vault.open(encore.constat))
