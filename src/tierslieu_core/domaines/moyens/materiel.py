"""Matériel (R3): models, and the items of each; described, out of service for a period, retired."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Identifiant,
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
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, modele, objet

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("materiel.ModeleCree", "Un modèle de matériel entre au catalogue : {nom} ({categorie})")
class ModeleCree:
    modele: ModeleId
    nom: str
    categorie: str
    description: str

    def etiquettes(self) -> Iterable[str]:
        return (modele(self.modele),)


@evenement("materiel.ObjetAjoute", "{nom} entre au matériel du lieu ({etat})")
class ObjetAjoute:
    objet: ObjetId
    modele: ModeleId
    nom: str
    categorie: str
    etat: str

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


@evenement("materiel.ObjetDecrit", "{nom} est décrit à nouveau ({etat})")
class ObjetDecrit:
    objet: ObjetId
    modele: ModeleId
    nom: str
    categorie: str
    etat: str

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


@evenement("materiel.ObjetImmobilise", "{objet} est hors service du {du} au {au} : {motif}")
class ObjetImmobilise:
    objet: ObjetId
    du: Date
    au: Date
    motif: str

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


@evenement("materiel.ObjetRetire", "{objet} quitte le matériel du lieu le {le} : {motif}")
class ObjetRetire:
    objet: ObjetId
    le: Date
    motif: str

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("materiel.CreerModele")
class CreerModele:
    """Créer un modèle de matériel, dont le lieu possède un ou plusieurs objets."""

    modele: ModeleId = nouveau("identifiant du modèle")
    nom: str
    categorie: str = champ("catégorie", default="outil")
    description: str = champ("description", default="")


@commande("materiel.AjouterObjet")
class AjouterObjet:
    """Ajouter un objet au matériel du lieu."""

    objet: ObjetId = nouveau("identifiant de l'objet")
    modele: ModeleId
    nom: str
    etat: str = champ("état", default="bon état")


@commande("materiel.DecrireObjet")
class DecrireObjet:
    """Décrire à nouveau un objet : son nom, son état."""

    objet: ObjetId
    nom: str
    etat: str = champ("état")


@commande("materiel.ImmobiliserObjet")
class ImmobiliserObjet:
    """Mettre un objet hors service, de tel jour à tel jour, avec un motif."""

    objet: ObjetId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    motif: str

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [("au", f"doit venir après le {self.du}")] if self.au < self.du else []


@commande("materiel.RetirerObjet")
class RetirerObjet:
    """Retirer un objet du matériel, avec un motif."""

    objet: ObjetId
    le: Date = champ("à partir du")
    motif: str


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "materiel.ModeleDejaCree",
    "Le modèle {modele} existe déjà.",
    "Ajoutez-y un objet, ou choisissez un autre identifiant.",
)
class ModeleDejaCree(Refus):
    modele: ModeleId


@refus(
    "materiel.ObjetDejaAjoute",
    "L'objet {objet} existe déjà.",
    "Décrivez-le à nouveau, ou choisissez un autre identifiant.",
)
class ObjetDejaAjoute(Refus):
    objet: ObjetId


@refus("materiel.ObjetAbsent", "{objet} a quitté le matériel du lieu le {le}.", "Choisissez un autre objet.")
class ObjetAbsent(Refus):
    objet: ObjetId
    le: Date


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Fait = ObjetAjoute | ObjetDecrit


def _modele(_: ModeleCree | None, fait: ModeleCree) -> ModeleCree | None:
    return fait


def _objet(_: Fait | None, fait: ObjetAjoute | ObjetDecrit) -> Fait | None:
    return fait


def _retrait(_: ObjetRetire | None, fait: ObjetRetire) -> ObjetRetire | None:
    return fait


def _immobilise(_: ObjetImmobilise | None, fait: ObjetImmobilise) -> ObjetImmobilise | None:
    return fait


modele_de = Lecture[ModeleCree | None]("materiel.modele", None, _modele, dernier=True)
objet_de = Lecture[Fait | None]("materiel.objet", None, _objet, dernier=True)
retrait_de = Lecture[ObjetRetire | None]("materiel.retrait", None, _retrait, dernier=True)
immobilisation_de = Lecture[ObjetImmobilise | None]("materiel.immobilisation", None, _immobilise, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _creer(c: CreerModele, etats: tuple[ModeleCree | None], _: Contexte) -> Issue:
    if etats[0] is not None:
        return ModeleDejaCree(modele=c.modele)
    return [ModeleCree(modele=c.modele, nom=c.nom, categorie=c.categorie, description=c.description)]


def _lit_ajouter(c: AjouterObjet, _: Contexte) -> Lot[tuple[Fait | None, ModeleCree | None]]:
    return lire(objet_de(objet(c.objet)), modele_de(modele(c.modele)))


def _ajouter(c: AjouterObjet, etats: tuple[Fait | None, ModeleCree | None], _: Contexte) -> Issue:
    connu, modele_connu = etats
    if connu is not None:
        return ObjetDejaAjoute(objet=c.objet)
    categorie = modele_connu.categorie if modele_connu else ""
    return [ObjetAjoute(objet=c.objet, modele=c.modele, nom=c.nom, categorie=categorie, etat=c.etat)]


Etats = tuple[Fait | None, ObjetRetire | None, ObjetImmobilise | None]


def _lit(c: DecrireObjet | ImmobiliserObjet | RetirerObjet, _: Contexte) -> Lot[Etats]:
    tag = objet(c.objet)
    return lire(objet_de(tag), retrait_de(tag), immobilisation_de(tag))


def _decrire(c: DecrireObjet, etats: Etats, _: Contexte) -> Issue:
    connu, retrait, _immobilisation = etats
    if retrait is not None or connu is None:
        return _absent(c.objet, retrait)
    if (connu.nom, connu.etat) == (c.nom, c.etat):
        return ()
    return [ObjetDecrit(objet=c.objet, modele=connu.modele, nom=c.nom, categorie=connu.categorie, etat=c.etat)]


def _immobiliser(c: ImmobiliserObjet, etats: Etats, _: Contexte) -> Issue:
    _connu, retrait, deja = etats
    if retrait is not None and retrait.le <= c.du:
        return _absent(c.objet, retrait)
    immobilise = ObjetImmobilise(objet=c.objet, du=c.du, au=c.au, motif=c.motif)
    return () if deja == immobilise else [immobilise]


def _retirer(c: RetirerObjet, etats: Etats, _: Contexte) -> Issue:
    retrait = etats[1]
    if retrait is not None:
        return () if retrait.le == c.le else _absent(c.objet, retrait)
    return [ObjetRetire(objet=c.objet, le=c.le, motif=c.motif)]


def _absent(lequel: ObjetId, retrait: ObjetRetire | None) -> ObjetAbsent:
    return ObjetAbsent(objet=lequel, le=retrait.le if retrait else Date.MIN)


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneObjet:
    """``hors_service``: first and last day; ``situation``, on the day it is read: en service, hors service, retiré."""

    objet: ObjetId
    modele: ModeleId
    nom: str
    categorie: str
    etat: str
    hors_service: tuple[Date, Date] | None = None
    retire_le: Date | None = None
    situation: str = ""


def _tenir(
    lignes: dict[ObjetId, LigneObjet], fait: ObjetAjoute | ObjetDecrit | ObjetImmobilise | ObjetRetire, _: Note
) -> None:
    match fait:
        case ObjetAjoute():
            lignes[fait.objet] = LigneObjet(fait.objet, fait.modele, fait.nom, fait.categorie, fait.etat)
        case ObjetDecrit():
            lignes[fait.objet] = attrs.evolve(lignes[fait.objet], nom=fait.nom, etat=fait.etat)
        case ObjetImmobilise():
            lignes[fait.objet] = attrs.evolve(lignes[fait.objet], hors_service=(fait.du, fait.au))
        case ObjetRetire():
            lignes[fait.objet] = attrs.evolve(lignes[fait.objet], retire_le=fait.le)


def _au(ligne: LigneObjet, le: Date) -> LigneObjet:
    if ligne.retire_le is not None and ligne.retire_le <= le:
        return attrs.evolve(ligne, situation="retiré")
    arret = ligne.hors_service is not None and ligne.hors_service[0] <= le <= ligne.hors_service[1]
    return attrs.evolve(ligne, situation="hors service" if arret else "en service")


REGIE = frozenset({"concierge", "coordination", "regie"})
DOMAINE = Domaine(
    "materiel",
    "Matériel",
    faits=(ModeleCree, ObjetAjoute, ObjetDecrit, ObjetImmobilise, ObjetRetire),
    demandes=(
        Demande(CreerModele, REGIE, lambda c, _: lire(modele_de(modele(c.modele))), _creer),
        Demande(AjouterObjet, REGIE, _lit_ajouter, _ajouter),
        Demande(DecrireObjet, REGIE | {"referent"}, _lit, _decrire),
        Demande(ImmobiliserObjet, REGIE | {"referent"}, _lit, _immobiliser),
        Demande(RetirerObjet, REGIE, _lit, _retirer),
    ),
    refus=(ModeleDejaCree, ObjetDejaAjoute, ObjetAbsent),
    registres=(Registre("materiel", LigneObjet, _tenir, _au, "Registre du matériel"),),
    identifiants=(
        Identifiant(ModeleId, ModeleCree, (ModeleCree,)),
        Identifiant(ObjetId, ObjetAjoute, (ObjetAjoute, ObjetDecrit)),
    ),
)
