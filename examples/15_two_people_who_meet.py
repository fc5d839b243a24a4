"""Who looks for what somebody else knows: told by choice, explained, introduced once both accept, and taken back."""

from functools import partial

from whenever import Instant

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.personnes.consentements import Consentir, RetirerConsentement
from tierslieu_core.domaines.personnes.rencontres import (
    AccepterMise,
    DeclarerTheme,
    DeclinerMise,
    Partager,
    ProposerMise,
    SuivreMise,
)

heure = Instant.from_utc(2026, 3, 2, 9)
lieu = tl.ouvrir("memory:", horloge=lambda: heure)
camille = partial(lieu.executer, par="camille")
camille(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille Morel"))
camille(DeclarerTheme(theme="soudure", nom="Soudure"))
for qui, nom in (("ines", "Inès Traoré"), ("malik", "Malik Roy"), ("jo", "Jo Lang")):
    camille(InscrirePersonne(personne=qui, nom=nom))

cherche = Partager(personne="ines", sens="recherche", theme="soudure")
print("Inès, sans l'avoir voulu :", lieu.executer(cherche, par="ines").explication[0])
for qui, sens in (("ines", "recherche"), ("malik", "savoir"), ("jo", "offre")):
    lieu.executer(Consentir(personne=qui, finalite="partage", texte="charte 2026"), par=qui)
    lieu.executer(Partager(personne=qui, sens=sens, theme="soudure"), par=qui)
print("qui pourrait rencontrer qui :", *(lien.pourquoi(lieu) for lien in lieu.liens_possibles()), sep="\n  ")

(avec_jo,) = camille(ProposerMise(personne="ines", avec="jo", theme="soudure")).evenements
lieu.executer(DeclinerMise(mise=avec_jo.mise, personne="jo"), par="jo")
(avec_malik,) = camille(ProposerMise(personne="ines", avec="malik", theme="soudure")).evenements
for qui in ("malik", "ines"):
    lieu.executer(AccepterMise(mise=avec_malik.mise, personne=qui), par=qui)
print("mises en relation :", [(ligne.avec, ligne.etat) for ligne in lieu.registre("mises")])
print("encore à proposer :", lieu.liens_possibles())

heure = Instant.from_utc(2026, 4, 6, 9)
print("un mois après :", *(une.phrase for une in lieu.a_faire()), sep="\n  ")
camille(SuivreMise(mise=avec_malik.mise, issue="collaboration", recit="un portail soudé à deux"))

lieu.executer(RetirerConsentement(personne="malik", finalite="partage"), par="malik")
print("Malik se retire ; partagent encore :", [ligne.personne for ligne in lieu.registre("partages")])
