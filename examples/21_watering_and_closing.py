"""Watering and closing: tasks that anyone takes, a list gone through each evening, time told as each one chooses."""

from whenever import Date, Instant, Time

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.logistique import (
    DeclarerListe,
    DeclarerTemps,
    FaireTache,
    PasserListe,
    PrendreTache,
    ProposerTache,
    RendreTache,
)
from tierslieu_core.echeancier import passer

now = Instant.from_utc(2026, 11, 23, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: now)
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont"), par="camille")
lieu.executer(InscrirePersonne(personne="p-2", nom="Ali Benali"), par="camille")

# The concierge proposes, who wants takes: the plants are watered every week.
arroser = ProposerTache(tache="arroser", nom="Arroser les plantes", pour_le=Date(2026, 11, 25), tous_les=1)
lieu.executer(arroser, par="camille")
lieu.executer(PrendreTache(tache="arroser"), par="p-1")
print("Ali aussi ?", *lieu.executer(PrendreTache(tache="arroser"), par="p-2").explication, sep="\n  ")
lieu.executer(RendreTache(tache="arroser"), par="p-1")
lieu.executer(PrendreTache(tache="arroser"), par="p-2")
lieu.executer(FaireTache(tache="arroser"), par="p-2")

# The list of every evening, before 10 p.m.: what is left undone is told, with the reason.
soir = DeclarerListe(
    liste="soir", nom="Fermeture du soir", moment="fermeture", points=("Chauffage baissé", "Fenêtres", "Alarme"),
    jours=("lundi", "mardi"), avant=Time(22),
)  # fmt: skip
lieu.executer(soir, par="camille")
now = Instant.from_utc(2026, 11, 23, 20)
lieu.executer(PasserListe(liste="soir", laisses=("Alarme",), pourquoi="le boîtier clignote"), par="p-1")
now = Instant.from_utc(2026, 11, 25, 9)  # on Tuesday nobody came: the runner says so
passer(lieu, "camille")
print("les soirs :")
for p in lieu.registre("passages"):
    print(f"  {p.le} {p.etat}", *(f"(laissé : {point}, {p.pourquoi})" for point in p.laisses))

# Each one tells the time that they gave if they wish to: nobody else does, and the register never says who.
lieu.executer(DeclarerTemps(personne="p-2", minutes=45, quoi="les plantes"), par="p-2")
lieu.executer(DeclarerTemps(personne="p-1", minutes=30), par="p-1")
refus = lieu.executer(DeclarerTemps(personne="p-1", minutes=90), par="camille")
print("Camille, pour Zoé :", refus.verdict)
print("donné :", *(f"{m.duree} en {m.mois}" for m in lieu.registre("benevolat")))
print("à faire :", *(due.phrase for due in lieu.a_faire()), sep="\n  ")
