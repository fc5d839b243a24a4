"""A repair café: proposed by a member, carried by two, supported, programmed in the hall; held; its review."""

from functools import partial

from whenever import Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.publics import DeclarerPublic
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.projets.programmation import (
    DesinscrireParticipant,
    EvaluerActivite,
    InscrireParticipant,
    PorterActivite,
    ProgrammerActivite,
    ProposerActivite,
    SoutenirActivite,
    TenirActivite,
    Venue,
)
from tierslieu_core.vocabulaire.temps import Moment

heure = Instant.from_utc(2026, 3, 2, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: heure)
camille = partial(lieu.executer, par="camille")
camille(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
for qui, nom in (("p-1", "Zoé Dupont"), ("p-2", "Ali Haddad"), ("p-3", "Rose Marty")):
    camille(InscrirePersonne(personne=qui, nom=nom))
camille(DeclarerPublic(public="voisins", nom="Voisins"))
camille(OuvrirEspace(espace="hangar", nom="Le hangar"))

cafe = ProposerActivite(activite="cafe", nom="Café réparation", personne="p-1", publics=("voisins",), places=2)
print("Zoé propose :", lieu.executer(cafe, par="p-1").verdict)
lieu.executer(PorterActivite(activite="cafe", personne="p-2"), par="p-2")
lieu.executer(SoutenirActivite(activite="cafe", personne="p-3"), par="p-3")
samedi = (Moment.depuis_texte(f"2026-03-14T{h}:00") for h in ("14", "18"))
prevue = ProgrammerActivite(activite="cafe", espace="hangar", **dict(zip(("debut", "fin"), samedi, strict=True)))
print("Camille programme :", camille(prevue).verdict)
for une in lieu.planning("2026-03-09", "2026-03-15"):
    print(" ", une.titre.lower(), ":", une.phrase)

for qui in ("p-1", "p-2", "p-3"):
    lieu.executer(InscrireParticipant(activite="cafe", personne=qui), par=qui)
lieu.executer(DesinscrireParticipant(activite="cafe", personne="p-1"), par="p-1")
print("viennent :", [(lieu.nommer("personne", p.personne), p.etat) for p in lieu.registre("participants")])

heure = Instant.from_utc(2026, 3, 15, 9)
print("à faire :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")
tenue = TenirActivite(activite="cafe", presents=("p-2", "p-3"), venues=(Venue(public="voisins", nombre=11),))
print("Ali dit qui est venu :", lieu.executer(tenue, par="p-2").verdict)
lieu.executer(EvaluerActivite(activite="cafe", bilan="neuf objets sur onze repartent réparés"), par="p-2")
for ligne in lieu.registre("activites"):
    print(ligne.nom, "—", ligne.etat, f"({ligne.soutiens} soutien) :", ligne.bilan)
