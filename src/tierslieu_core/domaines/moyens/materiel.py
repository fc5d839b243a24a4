"""Matériel (R3): models, and the items of each; described, out of service for some days, retired."""

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
from tierslieu_core.vocabulaire.arrets import Arret, Arrets, arret_entre, arrets_avec, depart
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, connu, modele, objet
from tierslieu_core.vocabulaire.temps import ordre

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


@evenement("materiel.ObjetDecrit", "{nom} : nouvelle description ({etat})")
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
    arrets: Arrets = champ("tous les arrêts de l'objet, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


@evenement("materiel.ObjetRetire", "{objet} quitte le matériel du lieu le {le} : {motif}")
class ObjetRetire:
    objet: ObjetId
    le: Date
    motif: str
    arrets: Arrets = champ("tous les arrêts de l'objet, désormais")

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
        return ordre(self.du, self.au)


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


@refus("materiel.ObjetAbsent", "{objet} quitte le matériel du lieu le {le} : {motif}.", "Choisissez un autre objet.")
class ObjetAbsent(Refus):
    objet: ObjetId
    le: Date
    motif: str


@refus(
    "materiel.ObjetHorsService",
    "{objet} est hors service du {du} au {au} : {motif}.",
    "Choisissez un autre objet du même modèle, ou d'autres jours.",
)
class ObjetHorsService(Refus):
    objet: ObjetId
    du: Date
    au: Date
    motif: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Fait = ObjetAjoute | ObjetDecrit


def _modele(_: ModeleCree | None, fait: ModeleCree) -> ModeleCree | None:
    return fait


def _objet(_: Fait | None, fait: ObjetAjoute | ObjetDecrit) -> Fait | None:
    return fait


def _arrets(_: Arrets, fait: ObjetImmobilise | ObjetRetire) -> Arrets:
    return fait.arrets


modele_de = Lecture[ModeleCree | None]("materiel.modele", None, _modele, dernier=True)
objet_de = Lecture[Fait | None]("materiel.objet", None, _objet, dernier=True)
arrets_de = Lecture[Arrets]("materiel.arrets", (), _arrets, dernier=True)


def empechement(lequel: ObjetId, arrets: Arrets, du: Date, au: Date) -> Refus | None:
    """Why an item cannot be used from one day to another, both included; ``None`` when it can."""
    a = arret_entre(arrets, du, au)
    if a is None:
        return None
    if a.au is None:
        return ObjetAbsent(objet=lequel, le=a.du, motif=a.motif)
    return ObjetHorsService(objet=lequel, du=a.du, au=a.au, motif=a.motif)


def lieux(lequel: ObjetId, categorie: str) -> tuple[str, ...]:
    """What rules call an item: itself, and its category."""
    return objet(lequel), f"categorie:{categorie}"


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _creer(c: CreerModele, etats: tuple[ModeleCree | None], _: Contexte) -> Issue:
    cree = ModeleCree(modele=c.modele, nom=c.nom, categorie=c.categorie, description=c.description)
    if etats[0] is None:
        return [cree]
    return () if etats[0] == cree else ModeleDejaCree(modele=c.modele)


def _lit_ajouter(c: AjouterObjet, _: Contexte) -> Lot[tuple[Fait | None, ModeleCree | None]]:
    return lire(objet_de(objet(c.objet)), modele_de(modele(c.modele)))


def _ajouter(c: AjouterObjet, etats: tuple[Fait | None, ModeleCree | None], _: Contexte) -> Issue:
    deja, du_modele = etats
    ajoute = ObjetAjoute(objet=c.objet, modele=c.modele, nom=c.nom, categorie=connu(du_modele).categorie, etat=c.etat)
    if deja is None:
        return [ajoute]
    return () if deja == ajoute else ObjetDejaAjoute(objet=c.objet)


Etats = tuple[Fait | None, Arrets]


def _lit(c: DecrireObjet | ImmobiliserObjet | RetirerObjet, _: Contexte) -> Lot[Etats]:
    return lire(objet_de(objet(c.objet)), arrets_de(objet(c.objet)))


def _decrire(c: DecrireObjet, etats: Etats, x: Contexte) -> Issue:
    fait: Fait = connu(etats[0])
    parti = empechement(c.objet, etats[1], x.aujourdhui, x.aujourdhui)
    if isinstance(parti, ObjetAbsent):
        return parti
    if (fait.nom, fait.etat) == (c.nom, c.etat):
        return ()
    return [ObjetDecrit(objet=c.objet, modele=fait.modele, nom=c.nom, categorie=fait.categorie, etat=c.etat)]


def _immobiliser(c: ImmobiliserObjet, etats: Etats, x: Contexte) -> Issue:
    arrets, nouveau = etats[1], Arret(du=c.du, au=c.au, motif=c.motif)
    if nouveau in arrets:
        return ()
    parti = depart(arrets)
    if parti is not None and parti.du <= c.du:
        return ObjetAbsent(objet=c.objet, le=parti.du, motif=parti.motif)
    return [
        ObjetImmobilise(
            objet=c.objet, du=c.du, au=c.au, motif=c.motif, arrets=arrets_avec(arrets, nouveau, x.aujourdhui)
        )
    ]


def _retirer(c: RetirerObjet, etats: Etats, x: Contexte) -> Issue:
    arrets = etats[1]
    parti = depart(arrets)
    if parti is not None:
        return () if parti.du == c.le else ObjetAbsent(objet=c.objet, le=parti.du, motif=parti.motif)
    tous = arrets_avec(arrets, Arret(du=c.le, au=None, motif=c.motif), x.aujourdhui)
    return [ObjetRetire(objet=c.objet, le=c.le, motif=c.motif, arrets=tous)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneObjet:
    """``situation``, on the day it is read: en service, hors service, retiré; ``arrets``: each stop's days, and why."""

    objet: ObjetId
    modele: ModeleId
    nom: str
    categorie: str
    etat: str
    arrets: Arrets = ()
    situation: str = ""


def _tenir(
    lignes: dict[ObjetId, LigneObjet], fait: ObjetAjoute | ObjetDecrit | ObjetImmobilise | ObjetRetire, _: Note
) -> None:
    deja = lignes.get(fait.objet)
    if isinstance(fait, ObjetAjoute | ObjetDecrit):
        arrets = deja.arrets if deja else ()
        lignes[fait.objet] = LigneObjet(fait.objet, fait.modele, fait.nom, fait.categorie, fait.etat, arrets)
    elif deja:  # else it was dated before the item came
        lignes[fait.objet] = attrs.evolve(deja, arrets=fait.arrets)


def _au(ligne: LigneObjet, le: Date) -> LigneObjet:
    arret = arret_entre(ligne.arrets, le, le)
    situation = "en service" if arret is None else "retiré" if arret.au is None else "hors service"
    return attrs.evolve(ligne, situation=situation)


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
    refus=(ModeleDejaCree, ObjetDejaAjoute, ObjetAbsent, ObjetHorsService),
    registres=(Registre("materiel", LigneObjet, _tenir, _au, "Registre du matériel"),),
    identifiants=(
        Identifiant(ModeleId, ModeleCree, (ModeleCree,)),
        Identifiant(ObjetId, ObjetAjoute, (ObjetAjoute, ObjetDecrit)),
    ),
)
