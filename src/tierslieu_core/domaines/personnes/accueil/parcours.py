"""Parcours (A1): the steps of a first welcome, as the place defines them; they change from a day on."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Registre,
    champ,
    commande,
    evenement,
    nouveau,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.datees import avec, en_vigueur
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.identifiants import ParcoursId
from tierslieu_core.vocabulaire.identifiants import parcours as etiquette

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Version:
    """The steps, in their order, from a day on."""

    du: Date
    etapes: tuple[str, ...]


@evenement("accueil.ParcoursDefini", "Parcours d'accueil « {nom} », à partir du {du} : {etapes}")
class ParcoursDefini:
    parcours: ParcoursId
    nom: str
    du: Date
    etapes: tuple[str, ...]
    versions: tuple[Version, ...] = champ("celles qui valent, ou vaudront")

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.parcours),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("accueil.DefinirParcours")
class DefinirParcours:
    """Définir les étapes d'un premier accueil ; à partir d'une date, elles remplacent les précédentes."""

    parcours: ParcoursId = nouveau("parcours, en un mot")
    nom: str = champ("nom")
    etapes: tuple[str, ...] = champ("étapes, dans leur ordre")
    du: Date | None = champ("premier jour ; sinon aujourd'hui", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        if not all(un.strip() for un in self.etapes) or not self.etapes:
            return [("etapes", "une étape au moins, chacune en quelques mots")]
        doubles = sorted({un for un in self.etapes if self.etapes.count(un) > 1})
        return [("etapes", f"chacune une fois ; plusieurs fois : {liste(doubles)}")] if doubles else []


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _dit(_: ParcoursDefini | None, fait: ParcoursDefini) -> ParcoursDefini | None:
    return fait


parcours_de = Lecture[ParcoursDefini | None]("accueil.parcours", None, _dit, dernier=True)


def etapes_du(p: ParcoursDefini, jour: Date) -> tuple[str, ...]:
    """The steps that hold on a day; none before the first version."""
    version = en_vigueur(p.versions, jour)
    return () if version is None else version.etapes


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: DefinirParcours, _: Contexte) -> Lot[tuple[ParcoursDefini | None]]:
    return lire(parcours_de(etiquette(c.parcours)))


def _definir(c: DefinirParcours, etats: tuple[ParcoursDefini | None], x: Contexte) -> Issue:
    deja, neuve = etats[0], Version(du=c.du or x.aujourdhui, etapes=c.etapes)
    if deja is not None and deja.nom == c.nom and etapes_du(deja, neuve.du) == c.etapes:
        return ()
    versions = avec(() if deja is None else deja.versions, neuve, x.aujourdhui)
    return [ParcoursDefini(parcours=c.parcours, nom=c.nom, du=neuve.du, etapes=c.etapes, versions=versions)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneParcours:
    """One version of a path; ``vaut``: whether it is the one that holds on the day it is read."""

    parcours: ParcoursId
    nom: str
    du: Date
    etapes: tuple[str, ...]
    au: Date | None = None
    vaut: bool = False


def _tenir(lignes: dict[tuple[ParcoursId, Date], LigneParcours], fait: ParcoursDefini, _: Note) -> None:
    """Each version lasts until the day before the next."""
    lignes[fait.parcours, fait.du] = LigneParcours(fait.parcours, fait.nom, fait.du, fait.etapes)
    siennes = sorted(du for lequel, du in lignes if lequel == fait.parcours)
    for du, suivant in zip(siennes, [*siennes[1:], None], strict=True):
        cle, au = (fait.parcours, du), None if suivant is None else suivant.prev_day()
        lignes[cle] = attrs.evolve(lignes[cle], nom=fait.nom, au=au)


def _au(ligne: LigneParcours, jour: Date) -> LigneParcours:
    return attrs.evolve(ligne, vaut=ligne.du <= jour and (ligne.au is None or jour <= ligne.au))


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

FAITS = (ParcoursDefini,)
DEMANDES = (Demande(DefinirParcours, frozenset({"concierge", "coordination"}), _lit, _definir),)
REGISTRES = (Registre("parcours", LigneParcours, _tenir, _au, "Parcours d'accueil"),)
IDENTIFIANTS = (Identifiant(ParcoursId, ParcoursDefini, (ParcoursDefini,)),)
