"""Gouvernance (D2): the place is founded; mandates and rights say who may ask what."""

from tierslieu_core.domaines.cadre.gouvernance import delegations, droits, fondation, mandats
from tierslieu_core.domaines.cadre.gouvernance.delegations import DeleguerMandat
from tierslieu_core.domaines.cadre.gouvernance.droits import DelaiFixe, DroitsFixes, FixerDelai, FixerDroits
from tierslieu_core.domaines.cadre.gouvernance.fondation import FonderLieu, LieuDejaFonde, LieuFonde
from tierslieu_core.domaines.cadre.gouvernance.mandats import (
    DonnerMandat,
    MandatDonne,
    MandatTermine,
    TerminerMandat,
)
from tierslieu_core.kernel.declarations import Domaine

DOMAINE = Domaine(
    "gouvernance",
    "Gouvernance",
    faits=(LieuFonde, MandatDonne, MandatTermine, DroitsFixes, DelaiFixe),
    demandes=(*fondation.DEMANDES, *mandats.DEMANDES, *delegations.DEMANDES, *droits.DEMANDES),
    refus=(LieuDejaFonde, *mandats.REFUS, *delegations.REFUS),
    registres=(*fondation.REGISTRES, *mandats.REGISTRES, *droits.REGISTRES),
    transmissions=mandats.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "DelaiFixe", "DeleguerMandat", "DonnerMandat", "DroitsFixes", "FixerDelai", "FixerDroits", "FonderLieu",
    "LieuDejaFonde", "LieuFonde", "MandatDonne", "MandatTermine", "TerminerMandat",
]  # fmt: skip
