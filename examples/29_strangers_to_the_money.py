"""Léa holds the money, Camille the keys: two journals, a wall, and two doors that open one way each."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core import guichet
from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.dossier import AttestationValable
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.vocabulaire.temps import Moment

now = Instant.from_utc(2026, 11, 23, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: now)
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="lea", nom="Léa Costa"), par="camille")
lieu.executer(InscrirePersonne(personne="zoe", nom="Zoé Dupont"), par="camille")
lieu.executer(DonnerMandat(personne="lea", role="finances", du=Date(2026, 1, 1)), par="camille")
lieu.executer(OuvrirEspace(espace="salle", nom="La grande salle"), par="camille")

# The finance body has a journal of its own, with no concierge in it.
finances = tl.ouvrir_finances("memory:", horloge=lambda: now)
roles = ("coordination", "finances")
finances.executer(FonderLieu(nom="Le Quai, finances", personne="lea", nom_personne="Léa", roles=roles), par="lea")


def lea(commande: str, **champs: object) -> None:
    """Léa asks it of the finances; what comes of it is printed."""
    reponse = finances.demander(f"finances.{commande}", champs, par="lea")
    said = [finances.speaker().phrase(fait) for fait in reponse.evenements] or reponse.explication
    print(*said, sep="\n")


print("— the budget")
lea("VoterBudget", exercice="2027", du="2027-01-01", au="2027-12-31", lignes=["assurance=1250.50", "loyer=9600"])
prime = {"exercice": "2027", "ligne": "assurance"}
lea("PrendreEngagement", engagement="prime", **prime, objet="Prime 2027", montant="1200")
lea("PrendreEngagement", engagement="option", **prime, objet="Option vol", montant="80")  # more than is left

print("— the place asks for a deposit; what it comes to is none of Camille's business")
caution = AttestationValable(nature="caution-deposee")
lieu.executer(
    AdopterRegle(
        regle="caution", genre=caution, portee=Portee(espaces=("salle",)), du=Date(2026, 11, 23), motif="assemblée"
    ),
    par="camille",
)
debut, fin = Moment.depuis_texte("2026-12-05T14:00"), Moment.depuis_texte("2026-12-05T18:00")
reserver = ReserverEspace(espace="salle", personne="zoe", debut=debut, fin=fin)
print(*lieu.executer(reserver, par="camille").explication, sep="\n")

# Zoé brings her deposit to Léa, whose software counts it; the place is told yes, until June.
lea("EtablirAttestation", tiers="zoe", nature="caution-deposee", jusqu_au="2027-06-30")
guichet.remettre(finances, lieu, par="lea")
assert lieu.executer(reserver, par="camille").acceptee
(atteste,) = lieu.registre("attestations")
assert (atteste.valable, atteste.par) == (True, "lea")

print("— what is billable goes out by reference, once")
lea("DeclarerFacturable", nature="reservations.ReservationAcceptee", libelle="Location de salle", du="2026-11-01")
guichet.suivre(lieu, finances, par="lea")
assert guichet.suivre(lieu, finances, par="lea") == []
(due,) = finances.registre("references")
lea("AnnoncerFacture", facture="f-1", numero="2026-117", references=[due.reference])
print("À lire dans le journal du lieu :", lieu.nommer("fait", due.reference))

print("— and Camille, who would like to know, cannot")
try:
    lieu.registre("budget")
except tl.DemandeInvalide as fault:
    print(str(fault).split(".", maxsplit=1)[0])
assert lieu.demander(
    "attestations.DeposerAttestation", {"personne": "zoe", "nature": "caution-deposee"}, par="camille"
).verdict == "refus"  # fmt: skip
assert (lieu.rejouer().ecarts, finances.rejouer().ecarts) == ((), ())
