"""A tool shown at a workshop: the neighbours are counted, two people are named, one uses it, one is not left alone."""

from functools import partial

from whenever import Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.publics import DeclarerPublic
from tierslieu_core.domaines.personnes.formations import ProposerFormation
from tierslieu_core.domaines.personnes.sensibilisation import (
    AdopterOutil,
    DeclarerOutil,
    DelaisserOutil,
    PrevoirAtelier,
    TenirAtelier,
    Touche,
)
from tierslieu_core.vocabulaire.temps import Moment

heure = Instant.from_utc(2026, 3, 2, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: heure)
camille = partial(lieu.executer, par="camille")
camille(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
for qui, nom in (("ines", "Inès Traoré"), ("jo", "Jo Lang"), ("malik", "Malik Roy")):
    camille(InscrirePersonne(personne=qui, nom=nom))
camille(DeclarerPublic(public="voisins", nom="Voisins"))
camille(ProposerFormation(formation="agenda", nom="L'agenda sans peine"))
camille(DeclarerOutil(outil="agenda", nom="L'agenda partagé", usage="savoir qui vient", formation="agenda"))

debut, fin = Moment.depuis_texte("2026-03-07T14:00"), Moment.depuis_texte("2026-03-07T16:00")
camille(
    PrevoirAtelier(
        atelier="decouvrir", nom="Découvrir le lieu", debut=debut, fin=fin, animateur="malik", publics=("voisins",),
        outils=("agenda",),
    )
)  # fmt: skip
raconter = TenirAtelier(
    atelier="decouvrir", touches=(Touche(public="voisins", nombre=12),), personnes=("ines", "jo"), bilan="à refaire"
)
print("trop tôt :", lieu.executer(raconter, par="malik").explication[0])
heure = Instant.from_utc(2026, 3, 9, 9)
print("Malik raconte :", lieu.executer(raconter, par="malik").verdict)
print("touchés :", [(une.public, une.nombre) for une in lieu.registre("publics_touches")])
print("invités :", [(une.personne, une.formation) for une in lieu.registre("invitations")])

lieu.executer(AdopterOutil(outil="agenda", personne="ines"), par="ines")
heure = Instant.from_utc(2026, 4, 9, 9)
print("à faire :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")
lieu.executer(DelaisserOutil(outil="agenda", personne="jo", motif="trop de courriels"), par="jo")
for ligne in lieu.registre("adoption"):
    print(ligne.personne, ":", ligne.etat, ligne.motif or "")
