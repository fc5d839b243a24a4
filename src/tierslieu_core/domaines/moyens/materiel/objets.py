"""Objets: the items of each model, one by one; added, counted, described, their state and their kit checked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, get_args

from tierslieu_core.domaines.moyens.materiel.modeles import (
    REGIE,
    Modele,
    ModeleCompte,
    ModeleCree,
    Parc,
    modele_de,
    partie_inconnue,
)
from tierslieu_core.domaines.moyens.materiel.service import ObjetAbsent, arrets_de, empechement, en_reparation
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    evenement,
    nouveau,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire import parties as en_parties
from tierslieu_core.vocabulaire.arrets import Arrets
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, connu, modele, objet
from tierslieu_core.vocabulaire.parties import Partie, Parties

EtatGeneral = Literal["neuf", "bon", "usé", "abîmé", "en panne"]
ETATS: tuple[str, ...] = get_args(EtatGeneral)
"""From the best to the worst."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _d_avant(champs: dict[str, Any]) -> dict[str, Any]:
    return {**champs, "etat_general": None, "parc": None}


@evenement("materiel.ObjetAjoute", "{nom} entre au matériel du lieu ({etat})", version=2, upcasts={1: _d_avant})
class ObjetAjoute:
    objet: ObjetId
    modele: ModeleId
    nom: str
    categorie: str
    etat: str
    etat_general: EtatGeneral | None = None
    parc: Parc | None = champ("tous les objets de ce modèle, désormais", default=None)

    def etiquettes(self) -> Iterable[str]:
        return objet(self.objet), modele(self.modele)


@evenement("materiel.ObjetDecrit", "{nom} : nouvelle description ({etat})")
class ObjetDecrit:
    objet: ObjetId
    modele: ModeleId
    nom: str
    categorie: str
    etat: str

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


@evenement("materiel.ModeleRecense", "Les objets du modèle {modele} sont comptés : [{objets}|aucun]")
class ModeleRecense:
    modele: ModeleId
    objets: tuple[ObjetId, ...]

    def etiquettes(self) -> Iterable[str]:
        return (modele(self.modele),)


@evenement("materiel.EtatConstate", "{objet}, état constaté[ : {etat_general}][ ; il y manque : {manquants}]")
class EtatConstate:
    objet: ObjetId
    etat_general: EtatGeneral | None
    manquants: Parties

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


Fait = ObjetAjoute | ObjetDecrit

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("materiel.AjouterObjet")
class AjouterObjet:
    """Ajouter un objet au matériel du lieu."""

    objet: ObjetId = nouveau("identifiant de l'objet")
    modele: ModeleId
    nom: str
    etat: str = champ("état, en quelques mots", default="bon état")
    etat_general: EtatGeneral = champ("état général", default="bon")


@commande("materiel.DecrireObjet")
class DecrireObjet:
    """Décrire à nouveau un objet : son nom, son état."""

    objet: ObjetId
    nom: str
    etat: str = champ("état, en quelques mots")


@commande("materiel.RecenserModele")
class RecenserModele:
    """Dire quels objets d'un modèle sont au lieu, tous ; ceux que l'on ajoute ensuite s'y ajoutent."""

    modele: ModeleId
    objets: tuple[ObjetId, ...]


@commande("materiel.ConstaterEtat")
class ConstaterEtat:
    """Constater l'état d'un objet, et tout ce qui manque à son lot ; en panne, il est mis hors service."""

    objet: ObjetId
    etat_general: EtatGeneral | None = champ("état général, s'il a changé", default=None)
    manquants: tuple[Partie, ...] = champ("tout ce qui manque au lot", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return en_parties.fautes("manquants", self.manquants)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "materiel.ObjetDejaAjoute",
    "L'objet {objet} existe déjà.",
    "Décrivez-le à nouveau, ou choisissez un autre identifiant.",
)
class ObjetDejaAjoute(Refus):
    objet: ObjetId


@refus(
    "materiel.ObjetDUnAutreModele",
    "{objet} est du modèle {sien}, et non de {modele}.",
    "Recensez chaque modèle à part ; voyez au registre du matériel de quel modèle est chaque objet.",
)
class ObjetDUnAutreModele(Refus):
    objet: ObjetId
    sien: ModeleId
    modele: ModeleId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Constat = tuple[EtatGeneral | None, Parties]


def _objet(_: Fait | None, fait: ObjetAjoute | ObjetDecrit) -> Fait | None:
    return fait


def _parc(_: Parc | None, fait: ModeleCree | ModeleRecense | ObjetAjoute) -> Parc | None:
    return Parc(fait.objets) if isinstance(fait, ModeleRecense) else fait.parc


def _constat(_: Constat, fait: ObjetAjoute | EtatConstate) -> Constat:
    return fait.etat_general, fait.manquants if isinstance(fait, EtatConstate) else ()


objet_de = Lecture[Fait | None]("materiel.objet", None, _objet, dernier=True)
parc_de = Lecture[Parc | None]("materiel.parc", None, _parc, dernier=True)
constat_de = Lecture[Constat]("materiel.constat", (None, ()), _constat, dernier=True)


def lieux(lequel: ObjetId, categorie: str) -> tuple[str, ...]:
    """What rules call an item: itself, and its category."""
    return objet(lequel), f"categorie:{categorie}"


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Ajouter = tuple[Fait | None, Modele | None, Parc | None]


def _lit_ajouter(c: AjouterObjet, _: Contexte) -> Lot[Ajouter]:
    return lire(objet_de(objet(c.objet)), modele_de(modele(c.modele)), parc_de(modele(c.modele)))


def _ajouter(c: AjouterObjet, etats: Ajouter, _: Contexte) -> Issue:
    deja, du_modele, autres = etats
    le_modele: Modele = connu(du_modele)
    if le_modele.quantite is not None:
        return ModeleCompte(modele=c.modele, quantite=le_modele.quantite)
    if deja is not None:
        memes = (deja.modele, deja.nom, deja.etat) == (c.modele, c.nom, c.etat)
        return () if memes else ObjetDejaAjoute(objet=c.objet)
    return [
        ObjetAjoute(
            objet=c.objet, modele=c.modele, nom=c.nom, categorie=le_modele.categorie, etat=c.etat,
            etat_general=c.etat_general, parc=None if autres is None else Parc((*autres.objets, c.objet)),
        )
    ]  # fmt: skip


def _lit_decrire(c: DecrireObjet, _: Contexte) -> Lot[tuple[Fait | None, Arrets]]:
    return lire(objet_de(objet(c.objet)), arrets_de(objet(c.objet)))


def _decrire(c: DecrireObjet, etats: tuple[Fait | None, Arrets], x: Contexte) -> Issue:
    fait: Fait = connu(etats[0])
    parti = empechement(c.objet, etats[1], x.aujourdhui, x.aujourdhui)
    if isinstance(parti, ObjetAbsent):
        return parti
    if (fait.nom, fait.etat) == (c.nom, c.etat):
        return ()
    return [ObjetDecrit(objet=c.objet, modele=fait.modele, nom=c.nom, categorie=fait.categorie, etat=c.etat)]


Recenser = tuple[tuple[Parc | None, Modele | None], tuple[Fait | None, ...]]


def _lit_recenser(c: RecenserModele, _: Contexte) -> Lot[Recenser]:
    deja = lire(parc_de(modele(c.modele)), modele_de(modele(c.modele)))
    return deja.puis(lambda _: Lot(tuple(objet_de(objet(o)) for o in c.objets)))


def _recenser(c: RecenserModele, etats: Recenser, _: Contexte) -> Issue:
    (deja, du_modele), fiches = etats
    le_modele: Modele = connu(du_modele)
    if le_modele.quantite is not None:
        return ModeleCompte(modele=c.modele, quantite=le_modele.quantite)
    for fiche in map(connu, fiches):
        if fiche.modele != c.modele:
            return ObjetDUnAutreModele(objet=fiche.objet, sien=fiche.modele, modele=c.modele)
    objets = tuple(dict.fromkeys(c.objets))
    return (
        () if deja is not None and set(deja.objets) == set(objets) else [ModeleRecense(modele=c.modele, objets=objets)]
    )


Constater = tuple[tuple[Fait | None, Constat, Arrets], tuple[Modele | None]]


def _lit_constater(c: ConstaterEtat, _: Contexte) -> Lot[Constater]:
    tag = objet(c.objet)
    return lire(objet_de(tag), constat_de(tag), arrets_de(tag)).puis(
        lambda etats: lire(modele_de(modele(connu(etats[0]).modele)))
    )


def _constater(c: ConstaterEtat, etats: Constater, x: Contexte) -> Issue:
    (fiche, (etat, manquants), arrets), (du_modele,) = etats
    le_modele = connu(fiche).modele
    inconnue = partie_inconnue(le_modele, c.manquants, du_modele.parties if du_modele else ())
    if inconnue is not None:
        return inconnue
    constate = EtatConstate(objet=c.objet, etat_general=c.etat_general or etat, manquants=c.manquants)
    if (constate.etat_general, constate.manquants) == (etat, manquants):
        return ()
    if constate.etat_general == etat:
        return [constate]
    return [constate, *en_reparation(c.objet, connu(fiche).categorie, constate.etat_general, arrets, x)]


FAITS = (ObjetAjoute, ObjetDecrit, ModeleRecense, EtatConstate)
DEMANDES = (
    Demande(AjouterObjet, REGIE, _lit_ajouter, _ajouter),
    Demande(DecrireObjet, REGIE | {"referent"}, _lit_decrire, _decrire),
    Demande(RecenserModele, REGIE, _lit_recenser, _recenser),
    Demande(ConstaterEtat, REGIE | {"referent"}, _lit_constater, _constater),
)
REFUS = (ObjetDejaAjoute, ObjetDUnAutreModele)
