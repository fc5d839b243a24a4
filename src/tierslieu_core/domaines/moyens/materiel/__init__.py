"""Matériel (R3): models, and the items of each; described, counted, out of service for some days, retired."""

from tierslieu_core.domaines.moyens.materiel import correction, modeles, objets, registre, service
from tierslieu_core.domaines.moyens.materiel.correction import CorrigerObjet
from tierslieu_core.domaines.moyens.materiel.modeles import (
    CreerModele,
    DecrireModele,
    Modele,
    ModeleCompte,
    ModeleCree,
    ModeleDecrit,
    ModeleDejaCree,
    ModeleNumerote,
    Parc,
    PartieInconnue,
    modele_de,
    partie_inconnue,
)
from tierslieu_core.domaines.moyens.materiel.objets import (
    AjouterObjet,
    Constat,
    ConstaterEtat,
    DecrireObjet,
    EtatConstate,
    EtatGeneral,
    Fait,
    ModeleRecense,
    ObjetAjoute,
    ObjetDecrit,
    ObjetDejaAjoute,
    ObjetDUnAutreModele,
    RecenserModele,
    constat_de,
    lieux,
    objet_de,
    parc_de,
)
from tierslieu_core.domaines.moyens.materiel.service import (
    ImmobiliserObjet,
    LeverImmobilisation,
    ObjetAbsent,
    ObjetHorsService,
    ObjetImmobilise,
    ObjetRemisEnService,
    ObjetRetire,
    RemettreEnService,
    RetirerObjet,
    arrets_de,
    empechement,
)
from tierslieu_core.kernel.declarations import Domaine, Identifiant
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId

DOMAINE = Domaine(
    "materiel",
    "Matériel",
    faits=(*modeles.FAITS, *objets.FAITS, *service.FAITS),
    demandes=(*modeles.DEMANDES, *objets.DEMANDES, *service.DEMANDES, *correction.DEMANDES),
    refus=(*modeles.REFUS, *objets.REFUS, *service.REFUS),
    registres=(*registre.REGISTRES, *modeles.REGISTRES),
    transmissions=registre.TRANSMISSIONS,
    identifiants=(
        Identifiant(ModeleId, ModeleCree, (ModeleCree, ModeleDecrit)),
        Identifiant(ObjetId, ObjetAjoute, (ObjetAjoute, ObjetDecrit)),
    ),
)

__all__ = [
    "DOMAINE", "AjouterObjet", "Constat", "ConstaterEtat", "CorrigerObjet", "CreerModele", "DecrireModele",
    "DecrireObjet",
    "EtatConstate", "EtatGeneral", "Fait", "ImmobiliserObjet", "LeverImmobilisation",
    "Modele", "ModeleCompte", "ModeleCree", "ModeleDecrit",
    "ModeleDejaCree", "ModeleNumerote", "ModeleRecense", "ObjetAbsent", "ObjetAjoute", "ObjetDUnAutreModele",
    "ObjetDecrit", "ObjetDejaAjoute", "ObjetHorsService", "ObjetImmobilise", "ObjetRemisEnService", "ObjetRetire",
    "Parc", "PartieInconnue", "RecenserModele", "RemettreEnService", "RetirerObjet", "arrets_de", "constat_de",
    "empechement", "lieux", "modele_de", "objet_de", "parc_de", "partie_inconnue",
]  # fmt: skip
