"""A rule may be lifted for one person, some days, with a motive, by whoever has the mandate: never in silence."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AccorderDerogation, AdopterRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.vocabulaire.temps import Moment

lieu = tl.ouvrir("memory:", horloge=lambda: Instant.from_utc(2026, 11, 23, 9))
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont"), par="camille")
lieu.executer(OuvrirEspace(espace="hangar", nom="Le hangar"), par="camille")
lieu.executer(
    AdopterRegle(
        regle="deux-heures", genre=Duree(maximum_minutes=120), portee=Portee(actions=("reserver",)),
        du=Date(2026, 11, 23), motif="que chacun trouve un créneau",
    ),
    par="camille",
)  # fmt: skip

debut, fin = Moment.depuis_texte("2026-11-28T10:00"), Moment.depuis_texte("2026-11-28T16:00")
repair = ReserverEspace(espace="hangar", personne="p-1", debut=debut, fin=fin, sujet="café-réparation")
print("sans dérogation :", lieu.executer(repair, par="p-1").verdict)

samedi = Date(2026, 11, 28)
derogation = AccorderDerogation(regle="deux-heures", personne="p-1", du=samedi, au=samedi, motif="ouvert au quartier")
print("Zoé se l'accorde :", lieu.executer(derogation, par="p-1").verdict)  # nobody is judge in their own cause
print("Camille l'accorde :", lieu.executer(derogation, par="camille", cle="derogation-1").verdict)

reponse = lieu.executer(repair, par="p-1")
print("avec dérogation :", reponse.verdict, *reponse.explication, sep="\n  ")
