"""A leak: anyone reports it, the room closes, who had booked is told, works solve it, and the room is there again."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.entretien import (
    FixerEntretien,
    PlanifierTravaux,
    PrendreEnCharge,
    ReporterTravaux,
    SignalerIncident,
    TerminerTravaux,
)
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.temps import Moment

now = Instant.from_utc(2026, 11, 23, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: now)
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont"), par="camille")
lieu.executer(OuvrirEspace(espace="verte", nom="La salle verte", capacite=12), par="camille")
mercredi = ReserverEspace(
    espace="verte", personne="p-1", debut=Moment.depuis_texte("2026-11-25T14:00"),
    fin=Moment.depuis_texte("2026-11-25T16:00"),
)  # fmt: skip
lieu.executer(mercredi, par="camille")

# Anyone reports what is wrong; a danger is seen to today, a breakdown within three days, or as the place set.
verte = Chose("espace", "verte")
signale = lieu.executer(SignalerIncident(sur=verte, gravite="panne", nom="fuite au plafond"), par="p-1")
fuite = signale.evenements[0].incident
print("à faire :", *(due.phrase for due in lieu.a_faire()), sep="\n  ")

# Out of use until Friday: the room closes, and Zoé's booking is for somebody to look at again.
lieu.executer(PrendreEnCharge(incident=fuite, hors_usage_jusqu_au=Date(2026, 11, 27)), par="camille")
print("à revoir :", *(due.phrase for due in lieu.a_faire() if "Zoé" in due.phrase), sep="\n  ")
print("et d'ici là :", lieu.executer(mercredi, par="camille", cle="encore").explication[0])

# The roofer comes next week, then a day later: the room is kept for the works alone, not a day more.
prevus = lieu.executer(
    PlanifierTravaux(
        sur=verte, nom="réparation du toit", nature="correctif", du=Date(2026, 11, 30), au=Date(2026, 12, 2),
        incident=fuite,
    ),
    par="camille",
)  # fmt: skip
toit = prevus.evenements[0].travaux
lieu.executer(ReporterTravaux(travaux=toit, du=Date(2026, 12, 1), au=Date(2026, 12, 4)), par="camille")

now = Instant.from_utc(2026, 12, 2, 16)  # done sooner than planned
lieu.executer(TerminerTravaux(travaux=toit), par="camille")
(incident,) = lieu.registre("incidents")
print("l'incident est", incident.etat)

# So that it does not happen again: twice a year, told two weeks ahead.
gouttieres = FixerEntretien(
    entretien="gouttieres", sur=verte, nom="Vider les gouttières", tous_les=6, unite="mois", prochain=Date(2026, 12, 14)
)
lieu.executer(gouttieres, par="camille")
print("à faire :", *(due.phrase for due in lieu.a_faire() if "gouttières" in due.phrase), sep="\n  ")
histoire = (trace for trace in map(str, lieu.audit("espace:verte")) if "accordé" in trace)
print("l'histoire de la salle :", *histoire, sep="\n  ")
