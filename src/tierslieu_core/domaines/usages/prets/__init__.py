"""Prêts (R3): who has which item, until when; asked ahead, handed over, renewed, given back, lost."""

from collections.abc import Iterator

from tierslieu_core.domaines.moyens.materiel import ConstaterEtat, ObjetImmobilise, ObjetRetire
from tierslieu_core.domaines.usages.prets import (
    correction,
    correction_en_nombre,
    correction_reservation,
    emprunteur,
    en_main,
    pret,
    quantite,
    registre,
    registre_en_nombre,
    relance,
    relance_en_nombre,
    renouvellement,
    reservation,
    reserver,
    retour,
    sort,
    sorties,
    suivi,
    suspension,
)
from tierslieu_core.domaines.usages.prets.correction import CorrigerPret
from tierslieu_core.domaines.usages.prets.correction_en_nombre import CorrigerQuantite
from tierslieu_core.domaines.usages.prets.correction_reservation import CorrigerReservationModele, RemiseParUnPret
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
    PreterObjet,
    RetourImpossible,
)
from tierslieu_core.domaines.usages.prets.quantite import (
    ExemplairesRendusPlusTard,
    ObjetParObjet,
    PasTantDehors,
    PretEnNombreClos,
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
from tierslieu_core.domaines.usages.prets.relance_en_nombre import RappelerQuantite, RelancerQuantite
from tierslieu_core.domaines.usages.prets.renouvellement import PretEnRappel, RenouvelerPret
from tierslieu_core.domaines.usages.prets.reservation import (
    ModeleReserve,
    ReservationARevoir,
    ReservationClose,
    ReservationDUnAutre,
    ReservationHonoree,
    ReservationModeleAnnulee,
    ReservationParErreur,
    ReservationRetablie,
)
from tierslieu_core.domaines.usages.prets.reserver import (
    AnnulerReservationModele,
    JoursImpossibles,
    ModeleARecenser,
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
from tierslieu_core.domaines.usages.prets.sorties import (
    EnNombre,
    QuantitePretee,
    QuantiteRappelee,
    QuantiteRedite,
    QuantiteRendue,
    Sortie,
)
from tierslieu_core.domaines.usages.prets.suivi import PretRelance, QuantiteRelancee
from tierslieu_core.domaines.usages.prets.suspension import (
    EmpruntsSuspendus,
    LeverSuspension,
    PasDEmprunt,
    SuspensionLevee,
    SuspensionTombee,
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
        *pret.DEMANDES, *renouvellement.DEMANDES, *retour.DEMANDES, *quantite.DEMANDES, *reserver.DEMANDES,
        *sort.DEMANDES, *relance.DEMANDES, *relance_en_nombre.DEMANDES, *suspension.DEMANDES, *correction.DEMANDES,
        *correction_en_nombre.DEMANDES, *correction_reservation.DEMANDES,
    ),
    refus=(
        *pret.REFUS, *renouvellement.REFUS, *retour.REFUS, *quantite.REFUS, *emprunteur.REFUS, *reserver.REFUS,
        *relance.REFUS, *suspension.REFUS, *correction_reservation.REFUS,
    ),
    registres=(*registre.REGISTRES, *registre_en_nombre.REGISTRES),
    identifiants=(Identifiant(ReservationModeleId, ModeleReserve), Identifiant(PretId, sorties.QuantitePretee)),
    suites=(
        Suite("constat", ObjetRendu, _constater),
        Suite("sort", ObjetImmobilise, sort.trier),
        Suite("sort", ObjetRetire, sort.trier),
        Suite("sort", ObjetPerdu, sort.trier_sans_lui),
        Suite("sort", FaitCorrige, sort.trier_sans_lui),
        *suspension.SUITES,
        Suite("sort", QuantiteRedite, sort.trier_en_nombre),
    ),
    echeances=(*relance.ECHEANCES, *relance_en_nombre.ECHEANCES),
    plannings=registre.PLANNINGS,
    transmissions=(*registre.TRANSMISSIONS, *registre_en_nombre.TRANSMISSIONS),
)  # fmt: skip

__all__ = [
    "DOMAINE", "AnnulerReservationModele", "CorrigerPret", "CorrigerQuantite", "CorrigerReservationModele",
    "DeclarerPerdu", "EmpruntsSuspendus", "EnMain", "EnMainRedit", "EnNombre", "EtapeInconnue",
    "ExemplairesRendusPlusTard", "HabilitationRequise", "JoursImpossibles", "LeverSuspension", "LignePret",
    "LigneReservation", "LotIncomplet", "ModeleARecenser", "ModeleAttendu", "ModeleReserve", "ObjetDejaPrete",
    "ObjetEgare", "ObjetEnRemise", "ObjetParObjet", "ObjetPerdu", "ObjetPrete", "ObjetRendu", "ObjetRenduPlusTard",
    "PartieRendue", "PasDEmprunt", "PasEnPret", "PasEncorePrete", "PasPreteALui", "PasTantDehors", "PlusRienDehors",
    "PreavisTropLong", "PretEnNombreClos", "PretEnRappel", "PretRappele", "PretRelance", "PretRenouvele",
    "PreterObjet", "PreterQuantite", "QuantitePretee", "QuantiteRappelee", "QuantiteRedite", "QuantiteRelancee",
    "QuantiteRendue", "RappelImpossible", "RappelerPret", "RappelerQuantite", "RelancerPret", "RelancerQuantite",
    "RemiseParUnPret", "RendreObjet", "RendrePartie", "RendreQuantite", "RenouvelerPret", "ReservationARevoir",
    "ReservationClose", "ReservationDUnAutre", "ReservationHonoree", "ReservationModeleAnnulee",
    "ReservationParErreur", "ReservationRetablie", "ReserverModele", "RetourImpossible", "RetourTropLoin", "Sortie",
    "SuspensionLevee", "SuspensionTombee", "Tenu", "TrierReservations", "TropTot",
]  # fmt: skip
