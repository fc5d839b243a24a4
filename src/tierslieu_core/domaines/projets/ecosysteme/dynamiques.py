"""Dynamiques (E2): what people set going together, participatory or of transition; its steps, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
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
from tierslieu_core.vocabulaire.identifiants import ActeurId, BesoinId, DynamiqueId, PersonneId
from tierslieu_core.vocabulaire.identifiants import dynamique as etiquette
from tierslieu_core.vocabulaire.vie import vers

Nature = Literal["participative", "transition"]
Suite = Literal["aboutie", "arrêtée"]
SANS_NOUVELLES_JOURS = 90
"""How long a dynamic goes without a word before somebody is to ask; a place may ask earlier (``rappel_echeance``)."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("ecosysteme.DynamiqueLancee", "{personne} lance : {nom} (dynamique : {nature})[, avec {avec}]")
class DynamiqueLancee:
    dynamique: DynamiqueId
    nom: str
    nature: Nature
    personne: PersonneId = champ("qui la porte")
    avec: tuple[ActeurId, ...]
    besoins: tuple[BesoinId, ...]

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.dynamique),)


@evenement("ecosysteme.DynamiqueAvancee", "{nom} avance : {etape}")
class DynamiqueAvancee:
    dynamique: DynamiqueId
    nom: str
    nature: Nature
    personne: PersonneId
    avec: tuple[ActeurId, ...]
    besoins: tuple[BesoinId, ...]
    etape: Personnel = personnel(qui="par", conservation="ecosysteme")

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.dynamique),)


@evenement("ecosysteme.DynamiqueAchevee", "{nom} : {suite} ({bilan})")
class DynamiqueAchevee:
    dynamique: DynamiqueId
    nom: str
    nature: Nature
    personne: PersonneId
    avec: tuple[ActeurId, ...]
    besoins: tuple[BesoinId, ...]
    suite: Suite
    bilan: Personnel = personnel(qui="par", conservation="ecosysteme")

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.dynamique),)


Fait = DynamiqueLancee | DynamiqueAvancee | DynamiqueAchevee

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("ecosysteme.LancerDynamique")
class LancerDynamique:
    """Lancer une dynamique, participative ou de transition : qui la porte, avec quels acteurs, pour quels besoins."""

    dynamique: DynamiqueId = nouveau("dynamique, en un mot")
    nom: str = champ("nom")
    nature: Nature = champ("nature")
    personne: PersonneId = champ("qui la porte")
    avec: tuple[ActeurId, ...] = champ("acteurs qui en sont", default=())
    besoins: tuple[BesoinId, ...] = champ("besoins auxquels elle répond", default=())


@commande("ecosysteme.AvancerDynamique")
class AvancerDynamique:
    """Dire une étape d'une dynamique, et qui l'a rejointe."""

    dynamique: DynamiqueId
    etape: Personnel = personnel("ce qui s'est passé", qui="par", conservation="ecosysteme")
    avec: tuple[ActeurId, ...] = champ("acteurs qui l'ont rejointe", default=())


@commande("ecosysteme.AcheverDynamique")
class AcheverDynamique:
    """Dire qu'une dynamique a abouti, ou s'est arrêtée, et ce qu'il en est sorti."""

    dynamique: DynamiqueId
    suite: Suite = champ("ce qu'elle est devenue")
    bilan: Personnel = personnel("ce qu'il en est sorti", qui="par", conservation="ecosysteme")


@commande("ecosysteme.CorrigerDynamique")
class CorrigerDynamique:
    """Corriger le dernier fait d'une dynamique, enregistré par erreur."""

    dynamique: DynamiqueId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "ecosysteme.DynamiqueDejaLancee",
    "Une dynamique porte déjà ce nom court : {nom}, que porte {personne}.",
    "Donnez-lui un autre nom court, ou dites-en une étape (ecosysteme.AvancerDynamique).",
)
class DynamiqueDejaLancee(Refus):
    nom: str
    personne: PersonneId


@refus(
    "ecosysteme.DynamiqueAbsente",
    "La dynamique « {dynamique} » fut enregistrée par erreur : il n'y a plus rien sous ce nom court.",
    "Lancez-la (ecosysteme.LancerDynamique).",
)
class DynamiqueAbsente(Refus):
    dynamique: str


@refus(
    "ecosysteme.DynamiqueClose",
    "{nom} est {suite} : plus rien ne s'y passe.",
    "Lancez-en une autre ; si elle fut close par erreur, corrigez ce fait (ecosysteme.CorrigerDynamique).",
)
class DynamiqueClose(Refus):
    nom: str
    suite: Suite


@refus(
    "ecosysteme.PasPorteur",
    "C'est {personne} qui porte {nom}.",
    "Demandez à cette personne, ou à la conciergerie.",
)
class PasPorteur(Refus):
    nom: str
    personne: PersonneId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _derniere(_: Fait | None, fait: DynamiqueLancee | DynamiqueAvancee | DynamiqueAchevee) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: DynamiqueLancee | DynamiqueAvancee | DynamiqueAchevee, note: Note) -> Read | None:
    return fait, note


dynamique_de = Lecture[Fait | None]("ecosysteme.dynamique", None, _derniere, dernier=True)
dernier_fait = Lecture[Read | None]("ecosysteme.dernier_fait_dynamique", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: LancerDynamique | AvancerDynamique | AcheverDynamique, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(dynamique_de(etiquette(c.dynamique)))


def _lancer(c: LancerDynamique, etats: tuple[Fait | None], _: Contexte) -> Issue:
    dite, deja = vers(DynamiqueLancee, c), etats[0]
    if deja is None:
        return [dite]
    meme = vers(DynamiqueLancee, deja) == dite
    return () if meme else DynamiqueDejaLancee(nom=deja.nom, personne=deja.personne)


def _tenue(laquelle: DynamiqueId, d: Fait | None, x: Contexte) -> Fait | Refus:
    """The dynamic, if whoever asks may say more of it; else what stops them. A mistaken launch leaves nothing."""
    if d is None:
        return DynamiqueAbsente(dynamique=laquelle)
    if isinstance(d, DynamiqueAchevee):
        return DynamiqueClose(nom=d.nom, suite=d.suite)
    if x.mandat == INSCRIT and x.par != d.personne:
        return PasPorteur(nom=d.nom, personne=d.personne)
    return d


def _avancer(c: AvancerDynamique, etats: tuple[Fait | None], x: Contexte) -> Issue:
    d = _tenue(c.dynamique, etats[0], x)
    if isinstance(d, Refus):
        return d
    avec = (*d.avec, *(un for un in c.avec if un not in d.avec))
    return [vers(DynamiqueAvancee, d, etape=c.etape, avec=avec)]


def _achever(c: AcheverDynamique, etats: tuple[Fait | None], x: Contexte) -> Issue:
    if isinstance(etats[0], DynamiqueAchevee) and etats[0].suite == c.suite:
        return ()
    d = _tenue(c.dynamique, etats[0], x)
    return d if isinstance(d, Refus) else [vers(DynamiqueAchevee, d, suite=c.suite, bilan=c.bilan)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneDynamique:
    """``etapes``: how many were told; ``depuis``: the day of the last word; ``bilan``: what came of it."""

    dynamique: DynamiqueId
    nom: str
    nature: str
    personne: PersonneId
    avec: tuple[ActeurId, ...]
    besoins: tuple[BesoinId, ...]
    depuis: Date
    etapes: int = 0
    etat: str = "en cours"
    bilan: Personnel | None = None


def _tenir(
    lignes: dict[DynamiqueId, LigneDynamique], fait: DynamiqueLancee | DynamiqueAvancee | DynamiqueAchevee, note: Note
) -> None:
    deja, le = lignes.get(fait.dynamique), Date.parse_iso(note.survenu_le[:10])
    ligne = LigneDynamique(
        fait.dynamique, fait.nom, fait.nature, fait.personne, fait.avec, fait.besoins, le, deja.etapes if deja else 0
    )
    if isinstance(fait, DynamiqueAvancee):
        ligne = attrs.evolve(ligne, etapes=ligne.etapes + 1)
    elif isinstance(fait, DynamiqueAchevee):
        ligne = attrs.evolve(ligne, etat=fait.suite, bilan=fait.bilan)
    lignes[fait.dynamique] = ligne


def _dues(ligne: LigneDynamique, x: Contexte) -> Iterator[Due]:
    """Somebody is to ask, when nothing was said of it for long."""
    if ligne.etat == "en cours":
        quand = rappel(ligne.depuis.add(days=SANS_NOUVELLES_JOURS), x, action="dynamique", jours=0)
        yield Due(quand, etiquette(ligne.dynamique), "{nom} : sans nouvelles depuis le {depuis} ; voir {personne}")


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

LANCE = frozenset({"concierge", "coordination", "soi"})
QUI = frozenset({"concierge", "coordination", INSCRIT})
FAITS = (DynamiqueLancee, DynamiqueAvancee, DynamiqueAchevee)
DEMANDES = (
    Demande(LancerDynamique, LANCE, _lit, _lancer),
    Demande(AvancerDynamique, QUI, _lit, _avancer),
    Demande(AcheverDynamique, QUI, _lit, _achever),
    correction(CorrigerDynamique, LANCE - {"soi"}, dernier_fait, lambda c: etiquette(c.dynamique)),
)
REFUS = (DynamiqueDejaLancee, DynamiqueAbsente, DynamiqueClose, PasPorteur)
REGISTRES = (Registre("dynamiques", LigneDynamique, _tenir, titre="Dynamiques"),)
IDENTIFIANTS = (Identifiant(DynamiqueId, DynamiqueLancee, (DynamiqueLancee,)),)
TRANSMISSIONS = (
    Transmission(
        "Ce qui est lancé avec d'autres", "dynamiques", "{nom}, que porte {personne}[, avec {avec}]",
        lambda ligne, _: ligne.etat == "en cours",
    ),
    Transmission(
        "Ce que les dynamiques ont donné", "dynamiques", "{nom}, {etat} : {bilan}", lambda ligne, _: bool(ligne.bilan),
        rubrique="appris",
    ),
)  # fmt: skip
ECHEANCES = (Echeance("ecosysteme.dynamique", "Dynamiques sans nouvelles", "dynamiques", _dues),)
