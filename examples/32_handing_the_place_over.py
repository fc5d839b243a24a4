"""Camille leaves, Zoé arrives: the document that hands the place over is written from the facts, read, then signed."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AccorderDerogation, AdopterRegle, AmenderRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.domaines.memoire.documentation import NoterEntree, OuvrirPassation, SignerPassation
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.vocabulaire.empreinte import Empreinte

now = Instant.from_utc(2026, 3, 2, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: now)
preter = Portee(actions=("preter",))
for commande in (
    FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"),
    InscrirePersonne(personne="zoe", nom="Zoé Dupont", contact="zoe@example.org"),
    InscrirePersonne(personne="ali", nom="Ali Benali"),
    DonnerMandat(personne="zoe", role="regie", du=Date(2026, 3, 2)),
    CreerModele(modele="scie", nom="Scie"),
    AjouterObjet(objet="scie-1", modele="scie", nom="La grande scie"),
    AdopterRegle(
        regle="pret", genre=DureePret(maximum_jours=7), portee=preter, du=Date(2026, 3, 2),
        motif="que le matériel tourne", decision="AG de fondation",
    ),
):  # fmt: skip
    lieu.executer(commande, par="camille")

now = Instant.from_utc(2026, 9, 1, 9)
for commande in (
    AmenderRegle(
        regle="pret", genre=DureePret(maximum_jours=14), portee=preter, du=Date(2026, 9, 1),
        motif="une semaine ne suffisait pas aux chantiers", decision="AG du 29 août",
    ),
    AccorderDerogation(regle="pret", personne="ali", du=Date(2026, 9, 1), au=Date(2026, 9, 1), motif="la charpente"),
    PreterObjet(objet="scie-1", personne="ali", retour=Date(2026, 9, 30)),
    NoterEntree(texte="La grande scie tire à droite : la tenir à deux.", objet="scie-1", transmettre=True),
):  # fmt: skip
    print(lieu.executer(commande, par="camille").verdict, end=" ")
print()

texte = lieu.passation()
print(texte[: texte.index("## Où trouver le reste")])

# The journal keeps the digest, never the text: both sign the same one, or it is redone.
empreinte = Empreinte.de(texte.encode())
ouvrir = OuvrirPassation(sortant="camille", entrant="zoe", le=Date(2026, 9, 15), empreinte=empreinte)
print("ouverte :", lieu.executer(ouvrir, par="camille", cle="relais").verdict)
retouche = SignerPassation(passation="relais", empreinte=Empreinte.de(texte.encode() + b" et les clefs"))
print("retouchée :", lieu.executer(retouche, par="zoe").explication[0][:52])
for qui in ("camille", "zoe"):
    signee = lieu.executer(SignerPassation(passation="relais", empreinte=empreinte), par=qui)
    print(lieu.speaker().phrase(signee.evenements[0]))
print(lieu.registre("passations")[0].etat, "; rejeu fidèle :", lieu.rejouer().fidele)
