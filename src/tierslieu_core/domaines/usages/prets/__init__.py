"""Prêts (R3): who has which item, until when; asked ahead, handed over, renewed, given back, lost."""

from collections.abc import Iterator

from tierslieu_core.domaines.moyens.materiel import ConstaterEtat, ObjetImmobilise, ObjetRetire
from tierslieu_core.domaines.usages.prets import (
    correction,
    emprunteur,
    en_main,
    pret,
    quantite,
    registre,
    relance,
    reservation,
    retour,
    sort,
    sorties,
    suivi,
    suspension,
)
from tierslieu_core.domaines.usages.prets.correction import CorrigerPret
from tierslieu_core.domaines.usages.prets.disponibilite import ModeleAttendu
from tierslieu_core.domaines.usages.prets.emprunteur import HabilitationRequise
from tierslieu_core.domaines.usages.prets.en_main import (
    EnMain,
    EnMainRedit,
    ObjetPerdu,
    ObjetPrete,
    ObjetRendu,
    PartieRendue,
    PretRappele,
    PretRenouvele,
    Tenu,
)
from tierslieu_core.domaines.usages.prets.pret import (
    LotIncomplet,
    ObjetDejaPrete,
    ObjetEnRemise,
    ObjetRenduPlusTard,
    PretEnRappel,
    PreterObjet,
    RenouvelerPret,
    RetourImpossible,
)
from tierslieu_core.domaines.usages.prets.quantite import (
    ExemplairesRendusPlusTard,
    ObjetParObjet,
    PasTantDehors,
    PreterQuantite,
    RendreQuantite,
    RetourTropLoin,
)
from tierslieu_core.domaines.usages.prets.registre import LignePret, LigneReservation
from tierslieu_core.domaines.usages.prets.relance import (
    EtapeInconnue,
    PasEnPret,
    PreavisTropLong,
    RappelerPret,
    RappelImpossible,
    RelancerPret,
    TropTot,
)
from tierslieu_core.domaines.usages.prets.reservation import (
    AnnulerReservationModele,
    JoursImpossibles,
    ModeleARecenser,
    ModeleReserve,
    ReservationARevoir,
    ReservationClose,
    ReservationDUnAutre,
    ReservationHonoree,
    ReservationModeleAnnulee,
    ReservationRetablie,
    ReserverModele,
)
from tierslieu_core.domaines.usages.prets.retour import (
    DeclarerPerdu,
    ObjetEgare,
    PasEncorePrete,
    PasPreteALui,
    PlusRienDehors,
    RendreObjet,
    RendrePartie,
)
from tierslieu_core.domaines.usages.prets.sort import TrierReservations
from tierslieu_core.domaines.usages.prets.sorties import EnNombre, QuantitePretee, QuantiteRendue, Sortie
from tierslieu_core.domaines.usages.prets.suivi import PretRelance
from tierslieu_core.domaines.usages.prets.suspension import (
    EmpruntsSuspendus,
    LeverSuspension,
    PasDEmprunt,
    SuspensionLevee,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.declarations import Domaine, Identifiant, Suite
from tierslieu_core.vocabulaire.identifiants import PretId, ReservationModeleId


def _constater(fait: ObjetRendu) -> Iterator[ConstaterEtat]:
    """What was seen of an item at its return is said of the item: a broken one then leaves service."""
    if fait.etat_general is not None or fait.manquants is not None:
        yield ConstaterEtat(objet=fait.objet, etat_general=fait.etat_general, manquants=fait.manquants or ())


DOMAINE = Domaine(
    "prets",
    "Prêts de matériel",
    faits=(*en_main.FAITS, *reservation.FAITS, *sorties.FAITS, *suivi.FAITS, *suspension.FAITS),
    demandes=(
        *pret.DEMANDES, *retour.DEMANDES, *quantite.DEMANDES, *reservation.DEMANDES, *sort.DEMANDES, *relance.DEMANDES,
        *suspension.DEMANDES, *correction.DEMANDES,
    ),
    refus=(
        *pret.REFUS, *retour.REFUS, *quantite.REFUS, *emprunteur.REFUS, *reservation.REFUS, *relance.REFUS,
        *suspension.REFUS,
    ),
    registres=(*registre.REGISTRES, *quantite.REGISTRES),
    identifiants=(Identifiant(ReservationModeleId, ModeleReserve), Identifiant(PretId, sorties.QuantitePretee)),
    suites=(
        Suite("constat", ObjetRendu, _constater),
        Suite("sort", ObjetImmobilise, sort.trier),
        Suite("sort", ObjetRetire, sort.trier),
        Suite("sort", ObjetPerdu, sort.trier_sans_lui),
        Suite("sort", FaitCorrige, sort.trier_sans_lui),
    ),
    echeances=(*relance.ECHEANCES, *quantite.ECHEANCES),
)  # fmt: skip

__all__ = [
    "DOMAINE", "AnnulerReservationModele", "CorrigerPret", "DeclarerPerdu", "EmpruntsSuspendus", "EnMain",
    "EnMainRedit", "EnNombre", "EtapeInconnue", "ExemplairesRendusPlusTard",
    "HabilitationRequise", "JoursImpossibles", "LeverSuspension", "LignePret",
    "LigneReservation", "LotIncomplet", "ModeleARecenser", "ModeleAttendu", "ModeleReserve", "ObjetDejaPrete",
    "ObjetEgare", "ObjetEnRemise", "ObjetParObjet", "ObjetPerdu", "ObjetPrete", "ObjetRendu", "ObjetRenduPlusTard",
    "PartieRendue", "PasDEmprunt", "PasEnPret", "PasEncorePrete", "PasPreteALui", "PasTantDehors", "PlusRienDehors",
    "PreavisTropLong", "PretEnRappel", "PretRappele", "PretRelance", "PretRenouvele", "PreterObjet", "PreterQuantite",
    "QuantitePretee", "QuantiteRendue", "RappelImpossible", "RappelerPret", "RelancerPret", "RendreObjet",
    "RendrePartie", "RendreQuantite", "RenouvelerPret", "ReservationARevoir", "ReservationClose", "ReservationDUnAutre",
    "ReservationHonoree", "ReservationModeleAnnulee", "ReservationRetablie",
    "ReserverModele", "RetourImpossible", "RetourTropLoin", "Sortie",
    "SuspensionLevee", "Tenu", "TrierReservations", "TropTot",
]  # fmt: skip
