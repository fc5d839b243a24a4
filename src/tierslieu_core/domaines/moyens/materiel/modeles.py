"""Modèles: sorts of items, or of things that are counted (cables × 12); what is in the kit, what it takes to use it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    nouveau,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire import parties as en_parties
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, connu, modele
from tierslieu_core.vocabulaire.parties import Partie, Parties

# ── événements (chacun dit tout le modèle : le dernier suffit) ──────────────────────────────────────────────────────


def _d_avant(champs: dict[str, Any]) -> dict[str, Any]:
    """A model of before: no kit, nothing to know to use it, and nobody counted its items."""
    return {**champs, "habilitation": "", "parties": [], "consommables": [], "quantite": None, "parc": None}


@attrs.frozen
class Parc:
    """All the items of a model; ``None`` in its stead: nobody ever counted them."""

    objets: tuple[ObjetId, ...] = ()


@evenement(
    "materiel.ModeleCree",
    "Un modèle de matériel entre au catalogue : {nom} ({categorie})",
    version=2,
    upcasts={1: _d_avant},
)
class ModeleCree:
    modele: ModeleId
    nom: str
    categorie: str
    description: str
    habilitation: str = ""
    parties: Parties = ()
    consommables: Parties = ()
    quantite: int | None = None
    parc: Parc | None = Parc()

    def etiquettes(self) -> Iterable[str]:
        return (modele(self.modele),)


@evenement("materiel.ModeleDecrit", "Nouvelle description du modèle « {nom} »")
class ModeleDecrit:
    modele: ModeleId
    nom: str
    categorie: str
    description: str
    habilitation: str
    parties: Parties
    consommables: Parties
    quantite: int | None

    def etiquettes(self) -> Iterable[str]:
        return (modele(self.modele),)


Modele = ModeleCree | ModeleDecrit

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("materiel.CreerModele")
class CreerModele:
    """Créer un modèle de matériel, dont le lieu possède un ou plusieurs objets."""

    modele: ModeleId = nouveau("identifiant du modèle")
    nom: str
    categorie: str = champ("catégorie", default="outil")
    description: str = champ("description", default="")
    habilitation: str = champ("habilitation qu'il faut pour s'en servir", default="")
    parties: tuple[Partie, ...] = champ("ce que contient le lot", default=())
    consommables: tuple[Partie, ...] = champ("ce qui s'y consomme, par prêt", default=())
    quantite: int | None = champ("nombre d'exemplaires, s'ils se comptent sans se numéroter", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _fautes(self)


@commande("materiel.DecrireModele")
class DecrireModele:
    """Décrire à nouveau un modèle, tout entier ; sa catégorie demeure."""

    modele: ModeleId
    nom: str
    description: str = champ("description", default="")
    habilitation: str = champ("habilitation qu'il faut pour s'en servir", default="")
    parties: tuple[Partie, ...] = champ("ce que contient le lot", default=())
    consommables: tuple[Partie, ...] = champ("ce qui s'y consomme, par prêt", default=())
    quantite: int | None = champ("nombre d'exemplaires, s'ils se comptent sans se numéroter", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _fautes(self)


def _fautes(c: CreerModele | DecrireModele) -> list[tuple[str, str]]:
    negative = [("quantite", "un nombre, 0 au moins")] if c.quantite is not None and c.quantite < 0 else []
    return [*negative, *en_parties.fautes("parties", c.parties), *en_parties.fautes("consommables", c.consommables)]


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "materiel.ModeleDejaCree",
    "Le modèle {modele} existe déjà.",
    "Ajoutez-y un objet, ou choisissez un autre identifiant.",
)
class ModeleDejaCree(Refus):
    modele: ModeleId


@refus(
    "materiel.ModeleNumerote",
    "Les exemplaires de {modele} se numérotent : leur nombre est celui de ses objets.",
    "Ajoutez ou retirez un objet ; pour compter sans numéroter, créez un autre modèle.",
)
class ModeleNumerote(Refus):
    modele: ModeleId


@refus(
    "materiel.ModeleCompte",
    "Les exemplaires de {modele} se comptent ({quantite}), sans se numéroter.",
    "Dites-en le nombre par « tierslieu faire materiel.DecrireModele » ; "
    "ils se prêtent par « tierslieu faire prets.PreterQuantite ».",
)
class ModeleCompte(Refus):
    modele: ModeleId
    quantite: int


@refus(
    "materiel.PartieInconnue",
    "« {partie} » n'est pas, en ce nombre, de {modele}.",
    "Voyez au registre des modèles ce qu'il contient et ce qui s'y consomme, ou décrivez-le à nouveau.",
)
class PartieInconnue(Refus):
    modele: ModeleId
    partie: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _modele(_: Modele | None, fait: ModeleCree | ModeleDecrit) -> Modele | None:
    return fait


modele_de = Lecture[Modele | None]("materiel.modele", None, _modele, dernier=True)


def partie_inconnue(lequel: ModeleId, parties: Parties, contenu: Parties) -> Refus | None:
    """Which of these parts, or too many of them, a model has not."""
    contenues = en_parties.compte_de(contenu)
    trop = next((nom for nom, n in en_parties.compte_de(parties).items() if n > contenues[nom]), None)
    return None if trop is None else PartieInconnue(modele=lequel, partie=trop)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: CreerModele | DecrireModele, _: Contexte) -> Lot[tuple[Modele | None]]:
    return lire(modele_de(modele(c.modele)))


def _creer(c: CreerModele, etats: tuple[Modele | None], _: Contexte) -> Issue:
    cree = ModeleCree(
        modele=c.modele, nom=c.nom, categorie=c.categorie, description=c.description, habilitation=c.habilitation,
        parties=c.parties, consommables=c.consommables, quantite=c.quantite,
    )  # fmt: skip
    if etats[0] is None:
        return [cree]
    return () if _termes(etats[0]) == _termes(cree) else ModeleDejaCree(modele=c.modele)


def _decrire(c: DecrireModele, etats: tuple[Modele | None], _: Contexte) -> Issue:
    avant: Modele = connu(etats[0])
    if avant.quantite is None and c.quantite is not None:
        return ModeleNumerote(modele=c.modele)
    decrit = ModeleDecrit(
        modele=c.modele, nom=c.nom, categorie=avant.categorie, description=c.description, habilitation=c.habilitation,
        parties=c.parties, consommables=c.consommables, quantite=avant.quantite if c.quantite is None else c.quantite,
    )  # fmt: skip
    return () if _termes(avant) == _termes(decrit) else [decrit]


def _termes(m: Modele) -> dict[str, Any]:
    """What a model is, whatever said it."""
    return {
        "modele": m.modele, "nom": m.nom, "categorie": m.categorie, "description": m.description,
        "habilitation": m.habilitation, "parties": m.parties, "consommables": m.consommables, "quantite": m.quantite,
    }  # fmt: skip


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneModele:
    """``quantite``: of what is counted without being numbered."""

    modele: ModeleId
    nom: str
    categorie: str
    description: str
    habilitation: str
    parties: Parties
    consommables: Parties
    quantite: int | None


def _tenir(lignes: dict[ModeleId, LigneModele], fait: ModeleCree | ModeleDecrit, _: Note) -> None:
    lignes[fait.modele] = LigneModele(**_termes(fait))


REGIE = frozenset({"concierge", "coordination", "regie"})
FAITS = (ModeleCree, ModeleDecrit)
DEMANDES = (Demande(CreerModele, REGIE, _lit, _creer), Demande(DecrireModele, REGIE, _lit, _decrire))
REFUS = (ModeleDejaCree, ModeleNumerote, ModeleCompte, PartieInconnue)
REGISTRES = (Registre("modeles", LigneModele, _tenir, titre="Registre des modèles de matériel", index=("modele",)),)
