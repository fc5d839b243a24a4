"""An agreement with an association: nothing of it holds until both sides signed, each by its own hand."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.administration.conventions import (
    PreparerConvention,
    RenouvelerConvention,
    SignerConvention,
    SignerPourLeLieu,
)
from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.administration import ConventionSignee
from tierslieu_core.domaines.cadre.representations import RepresenterPersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.vocabulaire.temps import Moment

now = Instant.from_utc(2026, 9, 1, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: now)


def ask(commande: object, par: str = "camille") -> tuple[str, ...]:
    """What somebody asks, and what the place answers."""
    reponse = lieu.executer(commande, par=par)
    return reponse.verdict, *reponse.explication[:1]


ask(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
for qui, nom in (("p-1", "Zoé Dupont"), ("p-2", "Ali Benali"), ("amis", "Les Amis du quai")):
    ask(InscrirePersonne(personne=qui, nom=nom))
for qui in ("camille", "p-1"):  # both speak for the association
    ask(RepresenterPersonne(personne="amis", representant=qui, du=Date(2026, 9, 1)))
ask(DonnerMandat(personne="p-2", role="coordination", du=Date(2026, 9, 1)))
ask(OuvrirEspace(espace="hangar", nom="Le hangar"))
ask(
    AdopterRegle(
        regle="conventionnes", genre=ConventionSignee(nature="occupation"), portee=Portee(actions=("reserver",)),
        du=Date(2026, 9, 1), motif="chacun sait à quoi il s'engage",
    )
)  # fmt: skip
ask(
    PreparerConvention(
        convention="amis", nom="Occupation du hangar", nature="occupation", personne="amis", du=Date(2026, 9, 1),
        au=Date(2027, 8, 31), espaces=("hangar",),
    )
)  # fmt: skip

debut, fin = Moment.depuis_texte("2026-09-12T10:00"), Moment.depuis_texte("2026-09-12T12:00")
atelier = ReserverEspace(espace="hangar", personne="amis", debut=debut, fin=fin)
print("préparée :", ask(atelier, "p-1")[0])
print("Zoé signe :", *ask(SignerConvention(convention="amis", personne="amis"), "p-1"))
print("Camille signe aussi :", *ask(SignerPourLeLieu(convention="amis")))
print("d'un seul côté :", ask(atelier, "p-1")[0])
print("Ali signe :", *ask(SignerPourLeLieu(convention="amis"), "p-2"))
print("des deux côtés :", ask(atelier, "p-1")[0])

now = Instant.from_utc(2027, 8, 2, 9)
print("à faire :", *[due.phrase for due in lieu.a_faire() if due.chose == "convention:amis"])
ask(RenouvelerConvention(convention="amis", au=Date(2028, 8, 31)))
print("à faire :", *[due.phrase for due in lieu.a_faire() if due.chose == "convention:amis"])
