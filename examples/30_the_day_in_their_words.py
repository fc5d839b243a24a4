"""The day's journal: people note what happened, in their own words; nobody else rewrites them, and some notes last."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.memoire.documentation import AmenderEntree, DeclarerMot, NoterEntree, RetirerEntree
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.vues.journal import du_jour, notes_du, notes_sous

now = Instant.from_utc(2026, 11, 23, 17)
lieu = tl.ouvrir("memory:", horloge=lambda: now)
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
for qui, nom in (("p-1", "Zoé Dupont"), ("p-2", "Ali Benali")):
    lieu.executer(InscrirePersonne(personne=qui, nom=nom), par="camille")
lieu.executer(OuvrirEspace(espace="hangar", nom="Le hangar"), par="camille")

# The place has its own words; what is noted under this one goes to whoever takes the place over.
lieu.executer(DeclarerMot(mot="chauffage", transmettre=True), par="camille")
goutte = NoterEntree(texte="Le radiateur goutte : j'ai mis un seau.", mots=("chauffage",), espace="hangar")
print("Zoé note :", lieu.executer(goutte, par="p-1", cle="goutte").verdict)
samedi = NoterEntree(texte="Soixante personnes à la fête, et il en restait à minuit.", jour=Date(2026, 11, 21))
print("Ali note samedi :", lieu.executer(samedi, par="p-2", cle="fete").verdict)
inconnu = lieu.executer(NoterEntree(texte="…", mots=("plomberie",)), par="p-2")
print(inconnu.explication[0])

# Her words are hers: the concierge may withdraw a note, and never rewrite it.
reecrire = AmenderEntree(entree="goutte", texte="Rien à signaler.")
print("Camille réécrit :", *lieu.executer(reecrire, par="camille").explication[:1])
suite = AmenderEntree(entree="goutte", texte="Le radiateur goutte : purgé, fermer la vanne.", mots=("chauffage",))
print("Zoé reprend :", lieu.executer(suite, par="p-1").verdict)
print("Ali retire la sienne :", lieu.executer(RetirerEntree(entree="fete", motif="à redire"), par="p-2").verdict)

print("samedi :", notes_du(lieu, Date(2026, 11, 21)))
for dit in du_jour(lieu.journal(), notes_du(lieu, lieu.aujourdhui))[-2:]:
    print("-", dit)
print("sous « chauffage » :", [note.texte for _, note in notes_sous(lieu, "chauffage")])
print("dans la trace du hangar :", len(lieu.audit("espace:hangar")), "décisions")
