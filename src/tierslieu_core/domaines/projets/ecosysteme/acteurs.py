"""Acteurs (E1): who is around the place, from next door to abroad, and the networks that it takes part in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.kernel.corrections import Read
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
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ActeurId, PersonneId
from tierslieu_core.vocabulaire.identifiants import acteur as etiquette
from tierslieu_core.vocabulaire.temps import ordre
from tierslieu_core.vocabulaire.vie import vers

Echelle = Literal["local", "national", "international"]
AVANT_JOURS = 30
"""How long before its term a participation is told, unless the place has set otherwise."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("ecosysteme.ActeurRecense", "Le lieu compte autour de lui : {nom} ({nature}, {echelle})[, {description}]")
class ActeurRecense:
    acteur: ActeurId
    nom: str
    nature: str = champ("ce qu'il est : commune, association, réseau…")
    echelle: Echelle = champ("échelle")
    description: str

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.acteur),)


@evenement(
    "ecosysteme.ParticipationEngagee", "{acteur} : le lieu y prend part ({qualite}), à partir du {du}[, jusqu'au {au}]"
)
class ParticipationEngagee:
    acteur: ActeurId
    qualite: str = champ("en quelle qualité")
    personne: PersonneId | None = champ("qui la suit")
    du: Date
    au: Date | None = champ("dernier jour, à renouveler")

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.acteur),)


@evenement("ecosysteme.ParticipationQuittee", "{acteur} : le lieu n'y prend plus part après le {le} ({bilan})")
class ParticipationQuittee:
    acteur: ActeurId
    qualite: str
    personne: PersonneId | None
    du: Date
    le: Date
    bilan: Personnel = personnel(qui="par", conservation="ecosysteme")

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.acteur),)


Participation = ParticipationEngagee | ParticipationQuittee

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("ecosysteme.RecenserActeur")
class RecenserActeur:
    """Recenser un acteur ou un réseau autour du lieu, ou dire autrement ce qu'il est."""

    acteur: ActeurId = nouveau("acteur, en un mot")
    nom: str = champ("nom")
    nature: str = champ("ce qu'il est : commune, association, réseau…")
    echelle: Echelle = champ("échelle", default="local")
    description: str = champ("ce qu'il fait", default="")


@commande("ecosysteme.PrendrePart")
class PrendrePart:
    """Prendre part à un réseau ou à un acteur, en quelle qualité, jusqu'à quand ; ou renouveler cette participation."""

    acteur: ActeurId
    qualite: str = champ("en quelle qualité : membre, fondateur, observateur…")
    du: Date = champ("premier jour")
    au: Date | None = champ("dernier jour, à renouveler", default=None)
    personne: PersonneId | None = champ("qui la suit", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@commande("ecosysteme.QuitterActeur")
class QuitterActeur:
    """Ne plus prendre part à un réseau ou à un acteur, et dire ce qu'il en est sorti."""

    acteur: ActeurId
    le: Date = champ("dernier jour")
    bilan: Personnel = personnel("ce qu'il en est sorti", qui="par", conservation="ecosysteme")


@commande("ecosysteme.CorrigerParticipation")
class CorrigerParticipation:
    """Corriger le dernier fait d'une participation, enregistré par erreur."""

    acteur: ActeurId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "ecosysteme.SansParticipation",
    "{acteur} : le lieu n'y prend pas part[ ; il l'a fait jusqu'au {jusqu_au}].",
    "Voyez où il prend part : tierslieu registre participations.",
)
class SansParticipation(Refus):
    acteur: ActeurId
    jusqu_au: Date | None


@refus(
    "ecosysteme.DepartAvantEntree",
    "{acteur} : le lieu y prend part depuis le {du} ; il ne peut pas en être parti le {le}.",
    "Dites un jour qui n'est pas d'avant, ou corrigez l'entrée (ecosysteme.CorrigerParticipation).",
)
class DepartAvantEntree(Refus):
    acteur: ActeurId
    du: Date
    le: Date


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _dit(_: ActeurRecense | None, fait: ActeurRecense) -> ActeurRecense | None:
    return fait


def _participation(_: Participation | None, fait: ParticipationEngagee | ParticipationQuittee) -> Participation | None:
    return fait


def _dernier(_: Read | None, fait: ParticipationEngagee | ParticipationQuittee, note: Note) -> Read | None:
    return fait, note


acteur_de = Lecture[ActeurRecense | None]("ecosysteme.acteur", None, _dit, dernier=True)
participation_de = Lecture[Participation | None]("ecosysteme.participation", None, _participation, dernier=True)
dernier_fait = Lecture[Read | None]("ecosysteme.dernier_fait_participation", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _recenser(c: RecenserActeur, etats: tuple[ActeurRecense | None], _: Contexte) -> Issue:
    dit = vers(ActeurRecense, c)
    return () if etats[0] == dit else [dit]


def _lit(c: PrendrePart | QuitterActeur, _: Contexte) -> Lot[tuple[Participation | None]]:
    return lire(participation_de(etiquette(c.acteur)))


def _prendre_part(c: PrendrePart, etats: tuple[Participation | None], _: Contexte) -> Issue:
    dite = vers(ParticipationEngagee, c)
    return () if etats[0] == dite else [dite]


def _quitter(c: QuitterActeur, etats: tuple[Participation | None], _: Contexte) -> Issue:
    tenue = etats[0]
    if isinstance(tenue, ParticipationQuittee) and tenue.le == c.le:
        return ()
    if not isinstance(tenue, ParticipationEngagee):
        return SansParticipation(acteur=c.acteur, jusqu_au=None if tenue is None else tenue.le)
    if c.le < tenue.du:
        return DepartAvantEntree(acteur=c.acteur, du=tenue.du, le=c.le)
    return [vers(ParticipationQuittee, tenue, le=c.le, bilan=c.bilan)]


# ── registres ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneActeur:
    """One actor around the place."""

    acteur: ActeurId
    nom: str
    nature: str
    echelle: str
    description: str


@attrs.frozen
class LigneParticipation:
    """``etat``, on the day it is read: à venir, en cours, échue, quittée; ``bilan``: what came of it."""

    acteur: ActeurId
    qualite: str
    personne: PersonneId | None
    du: Date
    au: Date | None
    bilan: Personnel | None = None
    etat: str = ""


def _tenir(lignes: dict[ActeurId, LigneActeur], fait: ActeurRecense, _: Note) -> None:
    lignes[fait.acteur] = LigneActeur(fait.acteur, fait.nom, fait.nature, fait.echelle, fait.description)


def _tenir_participation(
    lignes: dict[ActeurId, LigneParticipation], fait: ParticipationEngagee | ParticipationQuittee, _: Note
) -> None:
    au, bilan = (fait.le, fait.bilan) if isinstance(fait, ParticipationQuittee) else (fait.au, None)
    lignes[fait.acteur] = LigneParticipation(fait.acteur, fait.qualite, fait.personne, fait.du, au, bilan)


def _au(ligne: LigneParticipation, jour: Date) -> LigneParticipation:
    finie = ligne.au is not None and ligne.au < jour
    etat = "à venir" if jour < ligne.du else "en cours" if not finie else "échue" if ligne.bilan is None else "quittée"
    return attrs.evolve(ligne, etat=etat)


def _dues(ligne: LigneParticipation, x: Contexte) -> Iterator[Due]:
    if ligne.au is not None and ligne.bilan is None:
        quand = rappel(ligne.au, x, action="participer", jours=AVANT_JOURS)
        yield Due(quand, etiquette(ligne.acteur), "{acteur} : la participation du lieu va jusqu'au {au} ; à renouveler")


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

QUI = frozenset({"concierge", "coordination"})
FAITS = (ActeurRecense, ParticipationEngagee, ParticipationQuittee)
DEMANDES = (
    Demande(RecenserActeur, QUI, lambda c, _: lire(acteur_de(etiquette(c.acteur))), _recenser),
    Demande(PrendrePart, QUI, _lit, _prendre_part),
    Demande(QuitterActeur, QUI, _lit, _quitter),
    correction(CorrigerParticipation, QUI, dernier_fait, lambda c: etiquette(c.acteur)),
)
REFUS = (SansParticipation, DepartAvantEntree)
REGISTRES = (
    Registre("acteurs", LigneActeur, _tenir, titre="Acteurs et réseaux autour du lieu"),
    Registre("participations", LigneParticipation, _tenir_participation, _au, "Là où le lieu prend part"),
)
IDENTIFIANTS = (Identifiant(ActeurId, ActeurRecense, (ActeurRecense,)),)
TRANSMISSIONS = (
    Transmission(
        "Là où le lieu prend part", "participations", "{acteur} ({qualite})[, jusqu'au {au}][, que suit {personne}]",
        lambda ligne, _: ligne.etat in ("à venir", "en cours"),
    ),
)  # fmt: skip
ECHEANCES = (Echeance("ecosysteme.participation", "Participations à renouveler", "participations", _dues),)
