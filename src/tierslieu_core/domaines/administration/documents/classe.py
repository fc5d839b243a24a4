"""Classe: how the place classifies its documents: who may read them, how long they are kept, from what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, SOI, faute_de_role
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
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.francais import liste

CLASSES = "documents"
"""The tag of the classes: a place has a few."""
GARDE_MAX = 1200
Depuis = Literal["depot", "version", "cloture"]
MOTS = {INSCRIT: "toute personne inscrite", SOI: "la personne concernée"}
DEPUIS = {"depot": "son dépôt", "version": "sa dernière version", "cloture": "sa clôture"}

# ── événement ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Regime:
    """``lecteurs``: mandates, ``inscrit`` for anyone registered, ``soi`` for whom a document is attached to."""

    lecteurs: tuple[str, ...]
    garde_mois: int | None = champ("durée de garde", unite="mois")
    depuis: Depuis = champ("la garde court depuis")  # noqa: RUF009 - champ() is an attrs field

    def garde(self) -> str:
        """How long, in words."""
        if self.garde_mois is None:
            return "sans terme"
        return f"{self.garde_mois} mois depuis {DEPUIS[self.depuis]}"

    def lus_par(self) -> str:
        """Who reads, in words."""
        return liste([MOTS.get(role, role) for role in self.lecteurs])

    def __str__(self) -> str:
        return f"lu par {self.lus_par()}, gardé {self.garde()}"


@evenement("documents.ClasseDeclaree", "Un document de la classe « {nom} » est {regime}")
class ClasseDeclaree:
    classe: str
    nom: str
    regime: Regime

    def etiquettes(self) -> Iterable[str]:
        return (CLASSES,)


# ── commande ────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("documents.DeclarerClasse")
class DeclarerClasse:
    """Déclarer une classe de documents : qui les lit, combien de temps ils se gardent ; ou la dire autrement."""

    classe: str = champ("la classe, en un mot")
    nom: str = champ("nom")
    lecteurs: tuple[str, ...] = champ(
        "mandats qui peuvent lire ; inscrit : tout le monde ; soi : la personne concernée"
    )
    garde_mois: int | None = champ("combien de temps ils se gardent ; sans rien, toujours", unite="mois", default=None)
    depuis: Depuis = champ("depuis le dépôt, la dernière version ou la clôture", default="depot")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        ouverts = {SOI, INSCRIT}
        found = [] if self.classe else [("classe", "un mot, comme « bail »")]
        found += [f for role in self.lecteurs if role not in ouverts for f in faute_de_role("lecteurs", role)]
        if not self.lecteurs:
            found.append(("lecteurs", "quelqu'un au moins : un document que nul ne peut lire ne sert à personne"))
        if self.garde_mois is not None and not 1 <= self.garde_mois <= GARDE_MAX:
            found.append(("garde_mois", f"un nombre de mois, de 1 à {GARDE_MAX}"))
        return found


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "documents.ClasseInconnue",
    "Le lieu ne classe aucun document sous « {classe} ».",
    "Classes connues : {connues} ; la conciergerie en déclare d'autres (documents.DeclarerClasse).",
)
class ClasseInconnue(Refus):
    classe: str
    connues: str


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Classes = dict[str, ClasseDeclaree]


def _classes(etat: Classes, fait: ClasseDeclaree) -> Classes:
    return {**etat, fait.classe: fait}


classes_du_lieu = Lecture[Classes]("documents.classes", {}, _classes)(CLASSES)


def declaree(classe: str, classes: Classes) -> ClasseDeclaree | ClasseInconnue:
    """A class as it is declared now; or that there is none of that name."""
    return classes.get(classe) or ClasseInconnue(classe=classe, connues=liste(sorted(classes)) or "aucune")


# ── décision, registre ──────────────────────────────────────────────────────────────────────────────────────────────


def _lit(_: DeclarerClasse, __: Contexte) -> Lot[tuple[Classes]]:
    return lire(classes_du_lieu)


def _declarer(c: DeclarerClasse, etats: tuple[Classes], _: Contexte) -> Issue:
    regime = Regime(lecteurs=c.lecteurs, garde_mois=c.garde_mois, depuis=c.depuis)
    dite = ClasseDeclaree(classe=c.classe, nom=c.nom, regime=regime)
    return () if etats[0].get(c.classe) == dite else [dite]


def _tenir(lignes: dict[str, ClasseDeclaree], fait: ClasseDeclaree, _: Note) -> None:
    lignes[fait.classe] = fait


GESTION = frozenset({"concierge", "coordination"})
FAITS = (ClasseDeclaree,)
DEMANDES = (Demande(DeclarerClasse, GESTION, _lit, _declarer),)
REFUS = (ClasseInconnue,)
REGISTRES = (Registre("classes-de-documents", ClasseDeclaree, _tenir, titre="Classes de documents"),)
