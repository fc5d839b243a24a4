"""A saw: a session that fills up, somebody who gives their place, and what is learnt going out for want of practice."""

from functools import partial

from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.personnes.formations import (
    PrendreInscription,
    ProgrammerSession,
    ProposerFormation,
    RendrePlace,
    TenirSession,
)
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.vocabulaire.temps import Moment

heure = Instant.from_utc(2026, 3, 2, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: heure)
camille = partial(lieu.executer, par="camille")
camille(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
for qui, nom in (("ines", "Inès Traoré"), ("jo", "Jo Lang"), ("malik", "Malik Roy")):
    camille(InscrirePersonne(personne=qui, nom=nom))
camille(CreerModele(modele="scie", nom="Scie plongeante", categorie="outil", habilitation="scie"))
camille(AjouterObjet(objet="scie-1", modele="scie", nom="La scie bleue"))

camille(
    ProposerFormation(
        formation="scie", nom="La scie sans danger", enseigne="régler, couper, ranger", habilitation="scie",
        validite_mois=24, pratique_jours=90,
    )
)  # fmt: skip
debut, fin = Moment.depuis_texte("2026-03-10T18:00"), Moment.depuis_texte("2026-03-10T20:00")
camille(ProgrammerSession(session="mars", formation="scie", debut=debut, fin=fin, places=1, formateur="malik"))
for qui in ("ines", "jo"):
    lieu.executer(PrendreInscription(session="mars", personne=qui), par=qui)
print("attend :", lieu.registre("sessions")[0].attente)
lieu.executer(RendrePlace(session="mars", personne="ines"), par="ines")
print("Inès ne vient plus ; vient :", lieu.registre("sessions")[0].inscrits)

preter = PreterObjet(objet="scie-1", personne="jo", retour=Date(2026, 3, 20))
print("avant la formation :", *camille(preter).explication, sep="\n  ")
heure = Instant.from_utc(2026, 3, 11, 9)
print("à faire :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")
lieu.executer(TenirSession(session="mars", presents=("jo",), acquis=("jo",)), par="malik")
print("après :", camille(preter).verdict)

heure = Instant.from_utc(2026, 6, 1, 9)
print("à faire :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")
for jour in (Date(2026, 6, 9), Date(2026, 6, 10)):
    heure = jour.at(debut.local.time()).assume_tz("Europe/Paris").to_instant()
    (jo,) = lieu.registre("habilitations")
    print(f"{jour} : l'habilitation de Jo", "tient" if jo.valide else "s'est éteinte")
