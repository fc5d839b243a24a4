"""Before a vote: what the place's own past would have been under a proposed rule, at first order and in cascade."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, ReserverEspace
from tierslieu_core.vocabulaire.identifiants import depuis_cle
from tierslieu_core.vocabulaire.temps import Moment

lieu = tl.ouvrir("memory:", horloge=lambda: Instant.from_utc(2026, 11, 23, 9))


def demander(cle: str, commande: object) -> None:
    """Ask, and say how it ended."""
    print(f"{cle:8}", lieu.executer(commande, par="camille", cle=cle).verdict)


demander("fonder", FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
demander("zoe", InscrirePersonne(personne="zoe", nom="Zoé Dupont"))
demander("ali", InscrirePersonne(personne="ali", nom="Ali Petit"))
demander("salle", OuvrirEspace(espace="salle", nom="La salle"))

# Zoé books four hours, Ali is refused for an hour of it, then Zoé cancels.
deux, cinq, six = (Moment.depuis_texte(f"2026-11-26T{h}:00") for h in (14, 17, 18))
demander("quatre-h", ReserverEspace(espace="salle", personne="zoe", debut=deux, fin=six))
demander("une-h", ReserverEspace(espace="salle", personne="ali", debut=cinq, fin=six))
demander("annuler", AnnulerReservation(reservation=depuis_cle("quatre-h"), motif="un empêchement"))

deux_heures = AdopterRegle(
    regle="deux-heures",
    genre=Duree(maximum_minutes=120),
    portee=Portee(actions=("reserver",)),
    du=Date(2026, 12, 1),
    motif="que chaque personne ait son tour",
)
for cascade in (False, True):
    simulation = lieu.simuler([deux_heures], depuis="2026-11-01", cascade=cascade)
    print(f"\n{simulation.ordre} : {simulation.decisions} décisions, {simulation.autres} autres")
    for d in simulation.differences:
        print(f"  {d.cle} : {d.etait} → {d.devient}", *d.raisons(lieu.speaker()))
    print("  refusé à :", simulation.personnes_refusees, "par mois :", simulation.par("mois"))
print(f"\n{simulation.avertissement}")
