"""Logistique (C2): tasks taken and done, checklists gone through, and the time that people choose to tell."""

from tierslieu_core.domaines.moyens.logistique import benevolat, listes, tache, taches
from tierslieu_core.domaines.moyens.logistique.benevolat import (
    DeclarerTemps,
    LigneBenevolat,
    RetirerTemps,
    TempsAVenir,
    TempsDeclare,
    TempsRetire,
)
from tierslieu_core.domaines.moyens.logistique.listes import (
    CorrigerPassage,
    DeclarerListe,
    JourAVenir,
    LigneListe,
    LignePassage,
    ListeDeclaree,
    ListeManquee,
    ListePasAttendue,
    ListePassee,
    ManquerListe,
    PasserListe,
    PointInconnu,
)
from tierslieu_core.domaines.moyens.logistique.tache import (
    TacheFaite,
    TacheManquee,
    TachePrise,
    TacheProposee,
    TacheRendue,
    TacheRetiree,
)
from tierslieu_core.domaines.moyens.logistique.taches import (
    CorrigerTache,
    FaireTache,
    LigneTache,
    ManquerTache,
    PasEncoreManquee,
    PrendreTache,
    ProposerTache,
    RendreTache,
    RetirerTache,
    TacheDejaProposee,
    TacheDUnAutre,
    TachePasACetteEtape,
)
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import ListeId, TacheId

DOMAINE = Domaine(
    "logistique",
    "Logistique",
    faits=(*tache.FAITS, *listes.FAITS, *benevolat.FAITS),
    demandes=(*taches.DEMANDES, *listes.DEMANDES, *benevolat.DEMANDES),
    refus=(*taches.REFUS, *listes.REFUS, *benevolat.REFUS),
    registres=(*taches.REGISTRES, *listes.REGISTRES, *benevolat.REGISTRES),
    identifiants=(
        Identifiant(TacheId, TacheProposee, (TacheProposee,)),
        Identifiant(ListeId, ListeDeclaree, (ListeDeclaree,)),
    ),
    suites=taches.SUITES,
    echeances=(*taches.ECHEANCES, *listes.ECHEANCES),
    transmissions=taches.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "CorrigerPassage", "CorrigerTache", "DeclarerListe", "DeclarerTemps", "FaireTache", "JourAVenir",
    "LigneBenevolat", "LigneListe", "LignePassage", "LigneTache", "ListeDeclaree", "ListeManquee", "ListePasAttendue",
    "ListePassee", "ManquerListe", "ManquerTache", "PasEncoreManquee", "PasserListe", "PointInconnu", "PrendreTache",
    "ProposerTache", "RendreTache", "RetirerTache", "RetirerTemps", "TacheDUnAutre", "TacheDejaProposee", "TacheFaite",
    "TacheManquee", "TachePasACetteEtape", "TachePrise", "TacheProposee", "TacheRendue", "TacheRetiree",
    "TempsAVenir", "TempsDeclare", "TempsRetire",
]  # fmt: skip
