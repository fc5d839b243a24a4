"""Accueil (A1): whoever comes, known or not, counted by public; a first welcome step by step; who never came back."""

from tierslieu_core.domaines.personnes.accueil import parcours, premier, registre, visite
from tierslieu_core.domaines.personnes.accueil.parcours import DefinirParcours, LigneParcours, ParcoursDefini, Version
from tierslieu_core.domaines.personnes.accueil.premier import (
    AccueilAbsent,
    AccueilClos,
    AccueilDejaOuvert,
    AccueilOuvert,
    CloreAccueil,
    CorrigerAccueil,
    Etape,
    EtapeFaite,
    EtapeInconnue,
    EtapeLaissee,
    FaireEtape,
    LaisserEtape,
    NouvellesPrises,
    OuvrirAccueil,
    ParcoursAVenir,
    PrendreNouvelles,
)
from tierslieu_core.domaines.personnes.accueil.registre import (
    LigneAbsence,
    LigneAccueil,
    LigneFrequentation,
    LigneVisite,
)
from tierslieu_core.domaines.personnes.accueil.visite import CorrigerVisite, NoterVisite, VisiteNotee
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import VisiteId

DOMAINE = Domaine(
    "accueil",
    "Accueil des publics",
    faits=visite.FAITS + parcours.FAITS + premier.FAITS,
    demandes=visite.DEMANDES + parcours.DEMANDES + premier.DEMANDES,
    refus=premier.REFUS,
    registres=registre.REGISTRES + parcours.REGISTRES,
    identifiants=(Identifiant(VisiteId, VisiteNotee), *parcours.IDENTIFIANTS),
    echeances=registre.ECHEANCES,
    transmissions=registre.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "AccueilAbsent", "AccueilClos", "AccueilDejaOuvert", "AccueilOuvert", "CloreAccueil",
    "CorrigerAccueil", "CorrigerVisite", "DefinirParcours", "Etape", "EtapeFaite", "EtapeInconnue", "EtapeLaissee",
    "FaireEtape", "LaisserEtape", "LigneAbsence", "LigneAccueil", "LigneFrequentation", "LigneParcours",
    "LigneVisite", "NoterVisite", "NouvellesPrises", "OuvrirAccueil", "ParcoursAVenir", "ParcoursDefini",
    "PrendreNouvelles", "Version", "VisiteNotee",
]  # fmt: skip
