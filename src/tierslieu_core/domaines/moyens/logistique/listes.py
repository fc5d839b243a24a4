"""Listes: what to check when opening, closing or setting up; gone through on a day, or missed at its hour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import attrs
from whenever import Date, Time

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
from tierslieu_core.domaines.moyens.logistique.tache import REGIE
from tierslieu_core.kernel.corrections import Read
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
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.ecriture import JOURS, heure
from tierslieu_core.vocabulaire.francais import liste as enumeration
from tierslieu_core.vocabulaire.identifiants import ListeId, PersonneId, connu, liste

Moment = Literal["ouverture", "fermeture", "installation"]
Jour = Literal["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


def passage(laquelle: ListeId, le: Date) -> str:
    """What becomes of a checklist on one day: the bucket that its runs are decided in."""
    return f"{liste(laquelle)}@{le.format_iso()}"


# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement(
    "logistique.ListeDeclaree",
    "{nom} ({moment}), version {version} : {points}[ ; à passer avant {avant}][, le {jours}]",
)
class ListeDeclaree:
    """``jours``: those on which it is expected; ``avant``: by which hour."""

    liste: ListeId
    nom: str
    moment: Moment
    points: tuple[str, ...]
    jours: tuple[Jour, ...]
    avant: Time | None
    version: int
    le: Date

    def etiquettes(self) -> Iterable[str]:
        return (liste(self.liste),)


@evenement(
    "logistique.ListePassee",
    "{personne} a passé « {nom} », le {le}[ : {faits}][ ; laissé : {laisses}] ({pourquoi})",
)
class ListePassee:
    liste: ListeId
    nom: str
    version: int
    le: Date
    faits: tuple[str, ...]
    laisses: tuple[str, ...]
    pourquoi: Personnel | None = personnel(qui="personne", conservation="liste")
    personne: PersonneId

    def etiquettes(self) -> Iterable[str]:
        return (passage(self.liste, self.le),)


@evenement("logistique.ListeManquee", "« {nom} » n'a pas été passé le {le}")
class ListeManquee:
    liste: ListeId
    nom: str
    version: int
    le: Date

    def etiquettes(self) -> Iterable[str]:
        return (passage(self.liste, self.le),)


Fait = ListePassee | ListeManquee

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("logistique.DeclarerListe")
class DeclarerListe:
    """Déclarer une liste de points à vérifier à l'ouverture, à la fermeture, à l'installation ; ou en changer."""

    liste: ListeId = nouveau("liste, en un mot")
    nom: str = champ("nom")
    moment: Moment = champ("ouverture, fermeture ou installation")
    points: tuple[str, ...] = champ("ce qu'il y a à vérifier, dans l'ordre")
    jours: tuple[Jour, ...] = champ("les jours où on l'attend ; sans rien, quand on veut", default=())
    avant: Time | None = champ("avant quelle heure, ces jours-là", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [] if self.nom.strip() else [("nom", "un nom, comme « Fermeture du soir »")]
        if not self.points or not all(p.strip() for p in self.points):
            found.append(("points", "un point au moins, et aucun qui soit vide"))
        if len({*self.points}) < len(self.points):
            found.append(("points", "chaque point une fois"))
        if (self.avant is None) != (not self.jours):
            found.append(("avant", "des jours et une heure, ou ni les uns ni l'autre"))
        return found


@commande("logistique.PasserListe")
class PasserListe:
    """Passer une liste : tout est fait, sauf ce que l'on laisse, en disant pourquoi."""

    liste: ListeId
    le: Date | None = champ("pour quel jour ; sinon aujourd'hui", default=None)
    laisses: tuple[str, ...] = champ("les points laissés", default=())
    pourquoi: Personnel | None = personnel("pourquoi", qui="par", conservation="liste", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        dit = not self.laisses or self.pourquoi is not None
        return [] if dit else [("pourquoi", "dites pourquoi ces points sont laissés")]


@commande("logistique.ManquerListe")
class ManquerListe:
    """Constater qu'une liste n'a pas été passée un jour où on l'attendait."""

    liste: ListeId
    le: Date = champ("quel jour")


@commande("logistique.CorrigerPassage")
class CorrigerPassage:
    """Corriger le dernier passage d'une liste, pour un jour, enregistré par erreur."""

    liste: ListeId
    le: Date = champ("quel jour")
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "logistique.PointInconnu",
    "« {liste} » n'a pas ce point : {point}.",
    "Ses points : {points}.",
)
class PointInconnu(Refus):
    liste: ListeId
    point: str
    points: tuple[str, ...]


@refus(
    "logistique.JourAVenir",
    "« {liste} » ne se passe ni ne se manque d'avance : le {le} n'est pas venu.",
    "Faites-le le jour même, ou après.",
)
class JourAVenir(Refus):
    liste: ListeId
    le: Date


@refus(
    "logistique.ListePasAttendue",
    "« {liste} » n'est pas en retard pour le {le}.",
    "Elle se passe {quand} ; passé cette heure seulement, elle est dite manquée.",
)
class ListePasAttendue(Refus):
    liste: ListeId
    le: Date
    quand: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _liste(_: ListeDeclaree | None, fait: ListeDeclaree) -> ListeDeclaree | None:
    return fait


def _passage(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: Fait, note: Note) -> Read | None:
    return fait, note


liste_de = Lecture[ListeDeclaree | None]("logistique.liste", None, _liste, dernier=True)
passage_de = Lecture[Fait | None]("logistique.passage", None, _passage, dernier=True)
dernier_passage = Lecture[Read | None]("logistique.dernier_passage", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[ListeDeclaree | None, Fait | None]


def _lit_declarer(c: DeclarerListe, _: Contexte) -> Lot[tuple[ListeDeclaree | None]]:
    return lire(liste_de(liste(c.liste)))


def _declarer(c: DeclarerListe, etats: tuple[ListeDeclaree | None], x: Contexte) -> Issue:
    (avant,) = etats
    version = 1 if avant is None else avant.version + 1
    dite = ListeDeclaree(
        liste=c.liste, nom=c.nom, moment=c.moment, points=c.points, jours=c.jours, avant=c.avant, version=version,
        le=x.aujourdhui,
    )  # fmt: skip
    meme = avant is not None and (avant.nom, avant.moment, avant.points, avant.jours, avant.avant) == (
        dite.nom, dite.moment, dite.points, dite.jours, dite.avant,
    )  # fmt: skip
    return () if meme else [dite]


def _lit_passer(c: PasserListe, x: Contexte) -> Lot[Etats]:
    return lire(liste_de(liste(c.liste)), passage_de(passage(c.liste, c.le or x.aujourdhui)))


def _passer(c: PasserListe, etats: Etats, x: Contexte) -> Issue:
    dite, le = connu(etats[0]), c.le or x.aujourdhui
    if le > x.aujourdhui:
        return JourAVenir(liste=c.liste, le=le)
    inconnu = next((p for p in c.laisses if p not in dite.points), None)
    if inconnu is not None:
        return PointInconnu(liste=c.liste, point=inconnu, points=dite.points)
    faits = tuple(p for p in dite.points if p not in c.laisses)
    laisses = tuple(p for p in dite.points if p in c.laisses)
    deja = etats[1]
    if isinstance(deja, ListePassee) and (deja.version, deja.laisses) == (dite.version, laisses):
        return ()
    return [
        ListePassee(
            liste=c.liste, nom=dite.nom, version=dite.version, le=le, faits=faits, laisses=laisses,
            pourquoi=c.pourquoi, personne=PersonneId(x.par),
        )
    ]  # fmt: skip


def _lit_manquer(c: ManquerListe, _: Contexte) -> Lot[Etats]:
    return lire(liste_de(liste(c.liste)), passage_de(passage(c.liste, c.le)))


def _manquer(c: ManquerListe, etats: Etats, x: Contexte) -> Issue:
    dite = connu(etats[0])
    if c.le > x.aujourdhui:
        return JourAVenir(liste=c.liste, le=c.le)
    if etats[1] is not None:
        return ()
    if dite.avant is None or not _attendue(dite, c.le) or (x.aujourdhui, x.ici.time()) < (c.le, dite.avant):
        return ListePasAttendue(liste=c.liste, le=c.le, quand=_quand(dite))
    return [ListeManquee(liste=c.liste, nom=dite.nom, version=dite.version, le=c.le)]


def _quand(dite: ListeDeclaree) -> str:
    if dite.avant is None:
        return "quand on veut, sans jour ni heure"
    return f"{enumeration([f'le {jour}' for jour in dite.jours])}, avant {heure(dite.avant)}"


def _attendue(dite: ListeDeclaree | LigneListe, le: Date) -> bool:
    return JOURS[le.day_of_week().value - 1] in dite.jours


# ── registres ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneListe:
    """``derniere``: the last day on which it was gone through, or missed."""

    liste: ListeId
    nom: str
    moment: Moment
    version: int
    points: tuple[str, ...]
    jours: tuple[Jour, ...]
    avant: Time | None
    depuis: Date
    derniere: Date | None = None


def _tenir(lignes: dict[ListeId, LigneListe], fait: ListeDeclaree | ListePassee | ListeManquee, _: Note) -> None:
    ligne = lignes.get(fait.liste)
    if isinstance(fait, ListeDeclaree):
        derniere = None if ligne is None else ligne.derniere
        lignes[fait.liste] = LigneListe(
            fait.liste, fait.nom, fait.moment, fait.version, fait.points, fait.jours, fait.avant, fait.le, derniere
        )
    elif ligne is not None:  # else, of a day before it was declared
        lignes[fait.liste] = attrs.evolve(ligne, derniere=max(fait.le, ligne.derniere or fait.le))


def _dues(ligne: LigneListe, x: Contexte) -> Iterator[Due]:
    """The next day on which it is expected, at its hour."""
    if ligne.avant is None:
        return
    le = ligne.depuis if ligne.derniere is None else max(ligne.depuis, ligne.derniere.next_day())
    while not _attendue(ligne, le):
        le = le.next_day()
    quand = le.at(ligne.avant).assume_tz(x.livre.zone, disambiguation="compatible").to_instant()
    phrase = "{nom} : à passer avant {avant} (logistique.PasserListe) ; sans cela, elle sera dite manquée"
    yield Due(quand, liste(ligne.liste), phrase, ManquerListe(liste=ligne.liste, le=le))


@attrs.frozen
class LignePassage:
    """``etat``: complète, incomplète (something was left), manquée."""

    liste: ListeId
    le: Date
    etat: str
    version: int
    laisses: tuple[str, ...] = ()
    pourquoi: Personnel | None = None
    personne: PersonneId | None = None


def _tenir_passages(lignes: dict[tuple[str, str], LignePassage], fait: Fait, _: Note) -> None:
    cle = fait.liste, fait.le.format_iso()
    if isinstance(fait, ListeManquee):
        lignes[cle] = LignePassage(fait.liste, fait.le, "manquée", fait.version)
        return
    etat = "incomplète" if fait.laisses else "complète"
    lignes[cle] = LignePassage(fait.liste, fait.le, etat, fait.version, fait.laisses, fait.pourquoi, fait.personne)


FAITS = (ListeDeclaree, ListePassee, ListeManquee)
DEMANDES = (
    Demande(DeclarerListe, REGIE, _lit_declarer, _declarer),
    Demande(PasserListe, frozenset({INSCRIT}), _lit_passer, _passer),
    Demande(ManquerListe, REGIE, _lit_manquer, _manquer),
    correction(CorrigerPassage, REGIE, dernier_passage, lambda c: passage(c.liste, c.le)),
)
REFUS = (PointInconnu, JourAVenir, ListePasAttendue)
REGISTRES = (
    Registre("listes", LigneListe, _tenir, titre="Listes d'ouverture, de fermeture, d'installation"),
    Registre("passages", LignePassage, _tenir_passages, titre="Passages des listes", index=(("liste", "le"),)),
)
ECHEANCES = (Echeance("logistique.listes", "Listes à passer", "listes", _dues),)
