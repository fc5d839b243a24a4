"""Espace: opened, described again, and the register that says how each one is on the day it is read."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.espaces import fermetures
from tierslieu_core.domaines.moyens.espaces.fermetures import REGIE, EspaceAbsent, arrets_de, empechement
from tierslieu_core.domaines.moyens.espaces.genes import conteneurs_dates
from tierslieu_core.domaines.moyens.espaces.liens import EspacesDelies, EspacesLies
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
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
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.sentences import Namer, as_is
from tierslieu_core.vocabulaire.arrets import Arrets, arret_entre
from tierslieu_core.vocabulaire.identifiants import EspaceId, connu, espace

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


ESPACES = "espaces"
"""The tag of every space that opens: what the place has, at once."""


@evenement("espaces.EspaceOuvert", "L'espace « {nom} » ouvre ({categorie})", version=2, upcasts={1: dict})
class EspaceOuvert:
    espace: EspaceId
    nom: str
    categorie: str
    capacite: int | None
    description: str

    def etiquettes(self) -> Iterable[str]:
        return espace(self.espace), ESPACES


@evenement("espaces.EspaceDecrit", "Nouvelle description de l'espace « {nom} »")
class EspaceDecrit:
    espace: EspaceId
    nom: str
    categorie: str
    capacite: int | None
    description: str

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


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "espaces.EspaceDejaOuvert",
    "L'espace {espace} est déjà ouvert.",
    "Décrivez-le à nouveau, ou choisissez un autre identifiant.",
)
class EspaceDejaOuvert(Refus):
    espace: EspaceId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Fait = EspaceOuvert | EspaceDecrit


def _espace(_: Fait | None, fait: EspaceOuvert | EspaceDecrit) -> Fait | None:
    return fait


def _ouverts(etat: tuple[EspaceId, ...], fait: EspaceOuvert) -> tuple[EspaceId, ...]:
    return (*etat, fait.espace)


espaces_ouverts = Lecture[tuple[EspaceId, ...]]("espaces.ouverts", (), _ouverts)
"""Every space that ever opened here, under ``ESPACES``; of those opened before that tag was, nothing."""
espace_de = Lecture[Fait | None]("espaces.espace", None, _espace, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None, Arrets]


def _lit(c: OuvrirEspace | DecrireEspace, _: Contexte) -> Lot[Etats]:
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


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Conteneur:
    """What contains a space, between two days, and the days on which it is closed: nobody then uses the one within."""

    espace: EspaceId
    du: Date
    au: Date
    arrets: Arrets

    def ferme(self, le: Date) -> bool:
        """Whether it closes on that day what it then contains."""
        return self.du <= le <= self.au and arret_entre(self.arrets, le, le) is not None

    def __str__(self) -> str:
        return self.nomme(as_is)

    def nomme(self, nommer: Namer) -> str:
        """By name."""
        return nommer("espace", self.espace)


@attrs.frozen
class LigneEspace:
    """``etat``, on the day it is read: ouvert, fermé, retiré; ``arrets``: the days of each closing, and why.

    ``dans``: what contains it, some day or another; ``ferme_par``: which of these is closed that day, and closes it.
    """

    espace: EspaceId
    nom: str
    categorie: str
    capacite: int | None
    arrets: Arrets = ()
    etat: str = ""
    dans: tuple[Conteneur, ...] = ()
    ferme_par: EspaceId | None = None


def _tenir(
    lignes: dict[EspaceId, LigneEspace],
    fait: EspaceOuvert | EspaceDecrit | fermetures.Fait | EspacesLies | EspacesDelies,
    _: Note,
) -> None:
    if isinstance(fait, EspacesLies | EspacesDelies):
        _lier(lignes, fait)
        return
    deja = lignes.get(fait.espace)
    if isinstance(fait, EspaceOuvert | EspaceDecrit):
        arrets = deja.arrets if deja else ()
        dans = deja.dans if deja else ()
        lignes[fait.espace] = LigneEspace(fait.espace, fait.nom, fait.categorie, fait.capacite, arrets, dans=dans)
    elif deja:  # else it was dated before the space opened
        lignes[fait.espace] = attrs.evolve(deja, arrets=fait.arrets)
        for ligne in [un for un in lignes.values() if any(c.espace == fait.espace for c in un.dans)]:
            dans = tuple(attrs.evolve(c, arrets=fait.arrets) if c.espace == fait.espace else c for c in ligne.dans)
            lignes[ligne.espace] = attrs.evolve(ligne, dans=dans)


def _lier(lignes: dict[EspaceId, LigneEspace], fait: EspacesLies | EspacesDelies) -> None:
    for ligne in [lignes[e] for e in fait.espaces if e in lignes]:
        dans = tuple(
            Conteneur(c, du, au, lignes[c].arrets if c in lignes else ())
            for c, du, au in conteneurs_dates(ligne.espace, fait.liens)
        )
        lignes[ligne.espace] = attrs.evolve(ligne, dans=dans)


def _au(ligne: LigneEspace, le: Date) -> LigneEspace:
    arret = arret_entre(ligne.arrets, le, le)
    if arret is not None:
        return attrs.evolve(ligne, etat="retiré" if arret.au is None else "fermé")
    ferme_par = next((c.espace for c in ligne.dans if c.ferme(le)), None)
    return attrs.evolve(ligne, etat="fermé" if ferme_par else "ouvert", ferme_par=ferme_par)


FAITS = (EspaceOuvert, EspaceDecrit)
DEMANDES = (
    Demande(OuvrirEspace, REGIE, _lit, _ouvrir),
    Demande(DecrireEspace, REGIE | {"referent"}, _lit, _decrire),
)
REFUS = (EspaceDejaOuvert,)
REGISTRES = (Registre("espaces", LigneEspace, _tenir, _au, "Registre des espaces"),)
IDENTIFIANTS = (Identifiant(EspaceId, EspaceOuvert, (EspaceOuvert, EspaceDecrit)),)
TRANSMISSIONS = (
    Transmission("Les espaces fermés", "espaces", "{nom}[ : {arrets}]", lambda ligne, _: ligne.etat == "fermé"),
)
