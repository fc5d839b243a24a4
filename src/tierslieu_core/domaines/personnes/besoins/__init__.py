"""Besoins (P4, S1, S2, S3): what publics and the territory need; supported, grouped, answered, or set aside and why."""

from tierslieu_core.domaines.personnes.besoins import besoin, etapes, registre, soutien
from tierslieu_core.domaines.personnes.besoins.besoin import (
    BesoinAbsent,
    BesoinDejaExprime,
    BesoinEcarte,
    BesoinExprime,
    BesoinGroupe,
    BesoinRepondu,
    BesoinRouvert,
    PasACetteEtape,
)
from tierslieu_core.domaines.personnes.besoins.etapes import (
    CorrigerBesoin,
    EcarterBesoin,
    ExprimerBesoin,
    GrouperBesoins,
    RepondreBesoin,
    RouvrirBesoin,
)
from tierslieu_core.domaines.personnes.besoins.registre import Appui, LigneBesoin
from tierslieu_core.domaines.personnes.besoins.soutien import (
    NoterSoutiens,
    RetirerSoutien,
    SoutenirBesoin,
    SoutienApporte,
    SoutienRetire,
    SoutiensNotes,
)
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import BesoinId

DOMAINE = Domaine(
    "besoins",
    "Besoins",
    faits=besoin.FAITS + soutien.FAITS,
    demandes=etapes.DEMANDES + soutien.DEMANDES,
    refus=besoin.REFUS,
    registres=registre.REGISTRES,
    identifiants=(Identifiant(BesoinId, BesoinExprime, besoin.FAITS),),
    echeances=registre.ECHEANCES,
    transmissions=registre.TRANSMISSIONS,
)

__all__ = [
    "DOMAINE", "Appui", "BesoinAbsent", "BesoinDejaExprime", "BesoinEcarte", "BesoinExprime", "BesoinGroupe",
    "BesoinRepondu", "BesoinRouvert", "CorrigerBesoin", "EcarterBesoin", "ExprimerBesoin", "GrouperBesoins",
    "LigneBesoin", "NoterSoutiens", "PasACetteEtape", "RepondreBesoin", "RetirerSoutien", "RouvrirBesoin",
    "SoutenirBesoin", "SoutienApporte", "SoutienRetire", "SoutiensNotes",
]  # fmt: skip
