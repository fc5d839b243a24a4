"""Espaces (R1): opened, described, closed for a period, retired."""

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
from tierslieu_core.vocabulaire.identifiants import EspaceId, espace, jour
from tierslieu_core.vocabulaire.temps import JOURS_MAX, jours_entre

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("espaces.EspaceOuvert", "L'espace « {nom} » ouvre ({categorie})")
class EspaceOuvert:
    espace: EspaceId
    nom: str
    categorie: str
    capacite: int | None
    description: str

    def etiquettes(self) -> Iterable[str]:
        return (espace(self.espace),)


@evenement("espaces.EspaceDecrit", "L'espace « {nom} » est décrit à nouveau")
class EspaceDecrit:
    espace: EspaceId
    nom: str
    categorie: str
    capacite: int | None
    description: str

    def etiquettes(self) -> Iterable[str]:
        return (espace(self.espace),)


@evenement("espaces.EspaceFerme", "{espace} ferme du {du} au {au} : {motif}")
class EspaceFerme:
    espace: EspaceId
    du: Date
    au: Date
    motif: str

    def etiquettes(self) -> Iterable[str]:
        return [jour(self.espace, self.du.add(days=n)) for n in range(jours_entre(self.du, self.au) + 1)]


@evenement("espaces.EspaceRetire", "{espace} n'est plus un espace du lieu, à partir du {le} : {motif}")
class EspaceRetire:
    espace: EspaceId
    le: Date
    motif: str

    def etiquettes(self) -> Iterable[str]:
        return (espace(self.espace),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("espaces.OuvrirEspace")
class OuvrirEspace:
    """Ouvrir un espace du lieu."""

    espace: EspaceId = nouveau("identifiant de l'espace")
    nom: str
    categorie: str = champ("catégorie", default="salle")
    capacite: int | None = champ("capacité", unite="personnes", default=None)
    description: str = champ("description", default="")


@commande("espaces.DecrireEspace")
class DecrireEspace:
    """Décrire à nouveau un espace, tout entier."""

    espace: EspaceId
    nom: str
    categorie: str = champ("catégorie", default="salle")
    capacite: int | None = champ("capacité", unite="personnes", default=None)
    description: str = champ("description", default="")


@commande("espaces.FermerEspace")
class FermerEspace:
    """Fermer un espace, de tel jour à tel jour, avec un motif."""

    espace: EspaceId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    motif: str

    def fautes(self, _: str) -> list[tuple[str, str]]:
        if self.au < self.du:
            return [("au", f"doit venir après le {self.du}")]
        if jours_entre(self.du, self.au) >= JOURS_MAX:
            return [("au", f"une fermeture tient en {JOURS_MAX} jours ; au-delà, fermez plusieurs fois")]
        return []


@commande("espaces.RetirerEspace")
class RetirerEspace:
    """Retirer un espace du lieu, à partir d'un jour, avec un motif."""

    espace: EspaceId
    le: Date = champ("à partir du")
    motif: str


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "espaces.EspaceDejaOuvert",
    "L'espace {espace} est déjà ouvert.",
    "Décrivez-le à nouveau, ou choisissez un autre nom.",
)
class EspaceDejaOuvert(Refus):
    espace: EspaceId


@refus("espaces.EspaceAbsent", "{espace} n'est plus un espace du lieu depuis le {le}.", "Choisissez un autre espace.")
class EspaceAbsent(Refus):
    espace: EspaceId
    le: Date


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


Fait = EspaceOuvert | EspaceDecrit


def _espace(_: Fait | None, fait: EspaceOuvert | EspaceDecrit) -> Fait | None:
    return fait


def _retrait(_: EspaceRetire | None, fait: EspaceRetire) -> EspaceRetire | None:
    return fait


def _fermetures(etat: tuple[EspaceFerme, ...], fait: EspaceFerme) -> tuple[EspaceFerme, ...]:
    return (*etat, fait)


espace_de = Lecture[Fait | None]("espaces.espace", None, _espace, dernier=True)
retrait_de = Lecture[EspaceRetire | None]("espaces.retrait", None, _retrait, dernier=True)
fermetures_de = Lecture[tuple[EspaceFerme, ...]]("espaces.fermetures", (), _fermetures)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None, EspaceRetire | None]
Demandes = OuvrirEspace | DecrireEspace | RetirerEspace


def _lit(c: Demandes, _: Contexte) -> Lot[Etats]:
    return lire(espace_de(espace(c.espace)), retrait_de(espace(c.espace)))


def _ouvrir(c: OuvrirEspace, etats: Etats, _: Contexte) -> Issue:
    if etats[0] is not None:
        return EspaceDejaOuvert(espace=c.espace)
    return [
        EspaceOuvert(espace=c.espace, nom=c.nom, categorie=c.categorie, capacite=c.capacite, description=c.description)
    ]


def _decrire(c: DecrireEspace, etats: Etats, _: Contexte) -> Issue:
    connu, retrait = etats
    if retrait is not None:
        return EspaceAbsent(espace=c.espace, le=retrait.le)
    decrit = EspaceDecrit(
        espace=c.espace, nom=c.nom, categorie=c.categorie, capacite=c.capacite, description=c.description
    )
    return () if connu is not None and _termes(connu) == _termes(decrit) else [decrit]


def _termes(fait: Fait) -> tuple[str, str, int | None, str]:
    return fait.nom, fait.categorie, fait.capacite, fait.description


def _lit_fermer(c: FermerEspace, _: Contexte) -> Lot[tuple[EspaceRetire | None, tuple[EspaceFerme, ...]]]:
    return lire(retrait_de(espace(c.espace)), fermetures_de(jour(c.espace, c.du)))


def _fermer(c: FermerEspace, etats: tuple[EspaceRetire | None, tuple[EspaceFerme, ...]], _: Contexte) -> Issue:
    retrait, fermetures = etats
    if retrait is not None and retrait.le <= c.du:
        return EspaceAbsent(espace=c.espace, le=retrait.le)
    if any((f.du, f.au) == (c.du, c.au) for f in fermetures):
        return ()
    return [EspaceFerme(espace=c.espace, du=c.du, au=c.au, motif=c.motif)]


def _retirer(c: RetirerEspace, etats: Etats, _: Contexte) -> Issue:
    retrait = etats[1]
    if retrait is not None:
        return () if retrait.le == c.le else EspaceAbsent(espace=c.espace, le=retrait.le)
    return [EspaceRetire(espace=c.espace, le=c.le, motif=c.motif)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneEspace:
    """``fermetures``: first and last day, and why; ``etat``, on the day it is read: ouvert, fermé, retiré."""

    espace: EspaceId
    nom: str
    categorie: str
    capacite: int | None
    fermetures: tuple[tuple[Date, Date, str], ...] = ()
    retire_le: Date | None = None
    etat: str = ""


def _tenir(
    lignes: dict[EspaceId, LigneEspace], fait: EspaceOuvert | EspaceDecrit | EspaceFerme | EspaceRetire, _: Note
) -> None:
    match fait:
        case EspaceOuvert():
            lignes[fait.espace] = LigneEspace(fait.espace, fait.nom, fait.categorie, fait.capacite)
        case EspaceDecrit():
            lignes[fait.espace] = attrs.evolve(
                lignes[fait.espace], nom=fait.nom, categorie=fait.categorie, capacite=fait.capacite
            )
        case EspaceFerme():
            ligne = lignes[fait.espace]
            lignes[fait.espace] = attrs.evolve(ligne, fermetures=(*ligne.fermetures, (fait.du, fait.au, fait.motif)))
        case EspaceRetire():
            lignes[fait.espace] = attrs.evolve(lignes[fait.espace], retire_le=fait.le)


def _au(ligne: LigneEspace, le: Date) -> LigneEspace:
    if ligne.retire_le is not None and ligne.retire_le <= le:
        return attrs.evolve(ligne, etat="retiré")
    ferme = any(du <= le <= au for du, au, _ in ligne.fermetures)
    return attrs.evolve(ligne, etat="fermé" if ferme else "ouvert")


REGIE = frozenset({"concierge", "coordination", "regie"})
DOMAINE = Domaine(
    "espaces",
    "Espaces",
    faits=(EspaceOuvert, EspaceDecrit, EspaceFerme, EspaceRetire),
    demandes=(
        Demande(OuvrirEspace, REGIE, _lit, _ouvrir),
        Demande(DecrireEspace, REGIE | {"referent"}, _lit, _decrire),
        Demande(FermerEspace, REGIE | {"referent"}, _lit_fermer, _fermer),
        Demande(RetirerEspace, REGIE, _lit, _retirer),
    ),
    refus=(EspaceDejaOuvert, EspaceAbsent),
    registres=(Registre("espaces", LigneEspace, _tenir, _au, "Registre des espaces"),),
    identifiants=(Identifiant(EspaceId, EspaceOuvert, (EspaceOuvert, EspaceDecrit)),),
)
