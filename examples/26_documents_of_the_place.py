"""Papers of a place: known by fingerprint, read by whom their class says, destroyed at term with a proof."""

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.administration.documents import (
    CloreDocument,
    DeclarerClasse,
    DeposerDocument,
    DetruireDocument,
    LireDocument,
)
from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.empreinte import Empreinte

now = Instant.from_utc(2026, 11, 23, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: now)
lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"), par="camille")
lieu.executer(InscrirePersonne(personne="p-1", nom="Zoé Dupont"), par="camille")
lieu.executer(InscrirePersonne(personne="p-2", nom="Ali Benali"), par="camille")
lieu.executer(DonnerMandat(personne="p-2", role="bureau", du=Date(2026, 11, 23)), par="camille")
lieu.executer(OuvrirEspace(espace="hangar", nom="Le hangar"), par="camille")

# The board alone reads leases; they are kept two years once they are of no more use.
lieu.executer(
    DeclarerClasse(classe="bail", nom="Baux", lecteurs=("bureau",), garde_mois=24, depuis="cloture"), par="camille"
)
bail = b"Entre les soussignes..."  # the bytes stay outside: the journal only knows their fingerprint
lieu.executer(
    DeposerDocument(
        document="bail", nom="Bail du hangar", classe="bail", empreinte=Empreinte.de(bail), taille=len(bail),
        joint_a=(Chose("espace", "hangar"),),
    ),
    par="camille",
)  # fmt: skip

for qui in ("p-2", "p-1"):
    reponse = lieu.executer(LireDocument(document="bail"), par=qui)
    print(lieu.nommer("personne", qui), ":", reponse.verdict, *reponse.explication)

now = Instant.from_utc(2028, 3, 1, 9)  # the place has moved out
lieu.executer(CloreDocument(document="bail"), par="camille")
print("trop tôt :", *lieu.executer(DetruireDocument(document="bail"), par="camille").explication[:1])

now = Instant.from_utc(2030, 3, 2, 9)
print("à faire :", *[due.phrase for due in lieu.a_faire()])
print("au terme :", lieu.executer(DetruireDocument(document="bail"), par="camille").verdict)
(preuve,) = lieu.registre("destructions")
print("preuve :", preuve.le, preuve.par, preuve.empreintes == (Empreinte.de(bail),))
