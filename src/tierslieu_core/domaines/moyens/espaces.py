"""Espaces (R1): opened, described, closed for some days, retired."""

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
from tierslieu_core.vocabulaire.identifiants import EspaceId, connu, espace
from tierslieu_core.vocabulaire.temps import ordre

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


@evenement("espaces.EspaceDecrit", "Nouvelle description de l'espace « {nom} »")
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
    arrets: Arrets = champ("toutes les fermetures de l'espace, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (espace(self.espace),)


@evenement("espaces.EspaceRetire", "{espace} n'est plus un espace du lieu, à partir du {le} : {motif}")
class EspaceRetire:
    espace: EspaceId
    le: Date
    motif: str
    arrets: Arrets = champ("toutes les fermetures de l'espace, désormais")

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

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _capacite(self.capacite)


@commande("espaces.DecrireEspace")
class DecrireEspace:
    """Décrire à nouveau un espace, tout entier."""

    espace: EspaceId
    nom: str
    categorie: str = champ("catégorie", default="salle")
    capacite: int | None = champ("capacité", unite="personnes", default=None)
    description: str = champ("description", default="")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _capacite(self.capacite)


def _capacite(n: int | None) -> list[tuple[str, str]]:
    return [("capacite", "une personne au moins")] if n is not None and n < 1 else []


@commande("espaces.FermerEspace")
class FermerEspace:
    """Fermer un espace, de tel jour à tel jour, avec un motif."""

    espace: EspaceId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    motif: str

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


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
    "Décrivez-le à nouveau, ou choisissez un autre identifiant.",
)
class EspaceDejaOuvert(Refus):
    espace: EspaceId


@refus(
    "espaces.EspaceAbsent",
    "{espace} n'est plus un espace du lieu, à partir du {le} : {motif}.",
    "Choisissez un autre espace.",
)
class EspaceAbsent(Refus):
    espace: EspaceId
    le: Date
    motif: str


@refus(
    "espaces.EspaceEnFermeture",
    "{espace} est en fermeture du {du} au {au} : {motif}.",
    "Choisissez des jours hors de cette fermeture, ou un autre espace.",
)
class EspaceEnFermeture(Refus):
    espace: EspaceId
    du: Date
    au: Date
    motif: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Fait = EspaceOuvert | EspaceDecrit


def _espace(_: Fait | None, fait: EspaceOuvert | EspaceDecrit) -> Fait | None:
    return fait


def _arrets(_: Arrets, fait: EspaceFerme | EspaceRetire) -> Arrets:
    return fait.arrets


espace_de = Lecture[Fait | None]("espaces.espace", None, _espace, dernier=True)
arrets_de = Lecture[Arrets]("espaces.arrets", (), _arrets, dernier=True)


def empechement(lequel: EspaceId, arrets: Arrets, du: Date, au: Date) -> Refus | None:
    """Why a space cannot be used from one day to another, both included; ``None`` when it can."""
    a = arret_entre(arrets, du, au)
    if a is None:
        return None
    if a.au is None:
        return EspaceAbsent(espace=lequel, le=a.du, motif=a.motif)
    return EspaceEnFermeture(espace=lequel, du=a.du, au=a.au, motif=a.motif)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None, Arrets]


def _lit(c: OuvrirEspace | DecrireEspace | FermerEspace | RetirerEspace, _: Contexte) -> Lot[Etats]:
    return lire(espace_de(espace(c.espace)), arrets_de(espace(c.espace)))


def _ouvrir(c: OuvrirEspace, etats: Etats, _: Contexte) -> Issue:
    deja = etats[0]
    if deja is None:
        return [
            EspaceOuvert(
                espace=c.espace, nom=c.nom, categorie=c.categorie, capacite=c.capacite, description=c.description
            )
        ]
    return () if _termes(deja) == _termes(c) else EspaceDejaOuvert(espace=c.espace)


def _decrire(c: DecrireEspace, etats: Etats, x: Contexte) -> Issue:
    fait, arrets = etats
    parti = empechement(c.espace, arrets, x.aujourdhui, x.aujourdhui)
    if isinstance(parti, EspaceAbsent):
        return parti
    if _termes(connu(fait)) == _termes(c):
        return ()
    return [
        EspaceDecrit(espace=c.espace, nom=c.nom, categorie=c.categorie, capacite=c.capacite, description=c.description)
    ]


def _termes(de: Fait | OuvrirEspace | DecrireEspace) -> tuple[str, str, int | None, str]:
    return de.nom, de.categorie, de.capacite, de.description


def _fermer(c: FermerEspace, etats: Etats, x: Contexte) -> Issue:
    arrets, nouveau = etats[1], Arret(du=c.du, au=c.au, motif=c.motif)
    if nouveau in arrets:
        return ()
    parti = depart(arrets)
    if parti is not None and parti.du <= c.du:
        return EspaceAbsent(espace=c.espace, le=parti.du, motif=parti.motif)
    return [
        EspaceFerme(espace=c.espace, du=c.du, au=c.au, motif=c.motif, arrets=arrets_avec(arrets, nouveau, x.aujourdhui))
    ]


def _retirer(c: RetirerEspace, etats: Etats, x: Contexte) -> Issue:
    arrets = etats[1]
    parti = depart(arrets)
    if parti is not None:
        return () if parti.du == c.le else EspaceAbsent(espace=c.espace, le=parti.du, motif=parti.motif)
    tous = arrets_avec(arrets, Arret(du=c.le, au=None, motif=c.motif), x.aujourdhui)
    return [EspaceRetire(espace=c.espace, le=c.le, motif=c.motif, arrets=tous)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneEspace:
    """``etat``, on the day it is read: ouvert, fermé, retiré; ``arrets``: the days of each closing, and why."""

    espace: EspaceId
    nom: str
    categorie: str
    capacite: int | None
    arrets: Arrets = ()
    etat: str = ""


def _tenir(
    lignes: dict[EspaceId, LigneEspace], fait: EspaceOuvert | EspaceDecrit | EspaceFerme | EspaceRetire, _: Note
) -> None:
    deja = lignes.get(fait.espace)
    if isinstance(fait, EspaceOuvert | EspaceDecrit):
        arrets = deja.arrets if deja else ()
        lignes[fait.espace] = LigneEspace(fait.espace, fait.nom, fait.categorie, fait.capacite, arrets)
    elif deja:  # else it was dated before the space opened
        lignes[fait.espace] = attrs.evolve(deja, arrets=fait.arrets)


def _au(ligne: LigneEspace, le: Date) -> LigneEspace:
    arret = arret_entre(ligne.arrets, le, le)
    etat = "ouvert" if arret is None else "retiré" if arret.au is None else "fermé"
    return attrs.evolve(ligne, etat=etat)


REGIE = frozenset({"concierge", "coordination", "regie"})
DOMAINE = Domaine(
    "espaces",
    "Espaces",
    faits=(EspaceOuvert, EspaceDecrit, EspaceFerme, EspaceRetire),
    demandes=(
        Demande(OuvrirEspace, REGIE, _lit, _ouvrir),
        Demande(DecrireEspace, REGIE | {"referent"}, _lit, _decrire),
        Demande(FermerEspace, REGIE | {"referent"}, _lit, _fermer),
        Demande(RetirerEspace, REGIE, _lit, _retirer),
    ),
    refus=(EspaceDejaOuvert, EspaceAbsent, EspaceEnFermeture),
    registres=(Registre("espaces", LigneEspace, _tenir, _au, "Registre des espaces"),),
    identifiants=(Identifiant(EspaceId, EspaceOuvert, (EspaceOuvert, EspaceDecrit)),),
)
