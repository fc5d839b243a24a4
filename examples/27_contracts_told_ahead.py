"""An insurance that goes on by itself, unless notice is given in time; and what closes when it ends."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.administration.contrats import ConclureContrat, DonnerPreavis
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.administration import ContratEnCours
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.usages.prets import PreterObjet

now = Instant.from_utc(2026, 10, 5, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: now)


def ask(commande: object) -> tuple[str, ...]:
    """What Camille asks, and what the place answers."""
    reponse = lieu.executer(commande, par="camille")
    return reponse.verdict, *reponse.explication[:2]


ask(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
ask(InscrirePersonne(personne="p-1", nom="Zoé Dupont"))
ask(CreerModele(modele="scie", nom="Scie"))
ask(AjouterObjet(objet="scie-1", modele="scie", nom="La scie"))
ask(
    AdopterRegle(
        regle="assures", genre=ContratEnCours(nature="assurance"), portee=Portee(actions=("preter",)),
        du=Date(2026, 10, 5), motif="rien ne sort sans assurance",
    )
)  # fmt: skip

scie = PreterObjet(objet="scie-1", personne="p-1", retour=Date(2026, 10, 9))
print("sans assurance :", *ask(scie))
ask(
    ConclureContrat(
        contrat="multirisque", nom="Multirisque", nature="assurance", du=Date(2026, 1, 1), echeance=Date(2026, 12, 31),
        preavis_mois=2, tacite_mois=12,
    )
)  # fmt: skip
print("assurés :", *ask(scie))
print("à faire :", *[due.phrase for due in lieu.a_faire() if due.chose == "contrat:multirisque"])

now = Instant.from_utc(2026, 11, 3, 9)  # October went by, nobody looked
print("trop tard :", *ask(DonnerPreavis(contrat="multirisque", echeance=Date(2026, 12, 31))))
print("donc :", *ask(DonnerPreavis(contrat="multirisque")))
for jour in (Date(2027, 12, 31), Date(2028, 1, 1)):
    (ligne,) = lieu.registre("contrats", au=jour)
    print(jour, ":", ligne.etat)
