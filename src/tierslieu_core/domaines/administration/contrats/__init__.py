"""Contrats (G1): insurance, rent, subscriptions; notice dates and due dates, told ahead; never an amount."""

from collections.abc import Iterable

from whenever import Date

from tierslieu_core.domaines.administration.contrats import conclure, contrat, preavis, registre
from tierslieu_core.domaines.administration.contrats.conclure import (
    AmenderContrat,
    ConclureContrat,
    ContratDejaConclu,
    RenouvelerContrat,
    RenouvellementTropCourt,
    SePoursuitSeul,
    TermesImpossibles,
)
from tierslieu_core.domaines.administration.contrats.contrat import (
    ContratAmende,
    ContratConclu,
    ContratPasACetteEtape,
    ContratRenouvele,
    Contrats,
    ContratTermine,
    PreavisDonne,
    contrats_de_nature,
    court,
    de_nature,
)
from tierslieu_core.domaines.administration.contrats.preavis import (
    CorrigerContrat,
    DonnerPreavis,
    FinitSeul,
    PreavisTropTard,
    TerminerContrat,
)
from tierslieu_core.domaines.administration.contrats.registre import LigneContrat
from tierslieu_core.domaines.administration.contrats.termes import Termes
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import ContratId

DOMAINE = Domaine(
    "contrats",
    "Contrats",
    faits=contrat.FAITS,
    demandes=(*conclure.DEMANDES, *preavis.DEMANDES),
    refus=(ContratPasACetteEtape, *conclure.REFUS, *preavis.REFUS),
    registres=registre.REGISTRES,
    identifiants=(Identifiant(ContratId, ContratConclu, contrat.FAITS),),
    suites=preavis.SUITES,
    echeances=registre.ECHEANCES,
    transmissions=registre.TRANSMISSIONS,
)


def en_cours(contrats: Iterable[Contrats], jour: Date) -> tuple[str, ...]:
    """The natures of which a contract is in force that day: what rules may ask for."""
    return tuple(sorted({un.nature for lus in contrats for un in lus.values() if court(un, jour)}))


__all__ = [
    "DOMAINE", "AmenderContrat", "ConclureContrat", "ContratAmende", "ContratConclu", "ContratDejaConclu",
    "ContratPasACetteEtape", "ContratRenouvele", "ContratTermine", "Contrats", "CorrigerContrat", "DonnerPreavis",
    "FinitSeul", "LigneContrat", "PreavisDonne", "PreavisTropTard", "RenouvelerContrat", "RenouvellementTropCourt",
    "SePoursuitSeul", "Termes", "TermesImpossibles", "TerminerContrat", "contrats_de_nature", "de_nature", "en_cours",
]  # fmt: skip
