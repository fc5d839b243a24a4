"""Représentations: who acts for a minor or an association, from when to when."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

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
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("identites.PersonneRepresentee", "{representant} représente {personne}, à partir du {du}")
class PersonneRepresentee:
    personne: PersonneId
    representant: PersonneId
    du: Date
    au: Date | None = None

    def etiquettes(self) -> Iterable[str]:
        return "cadre", personne(self.personne), personne(self.representant)


@evenement("identites.RepresentationFinie", "{representant} ne représente plus {personne} après le {le}")
class RepresentationFinie:
    personne: PersonneId
    representant: PersonneId
    le: Date

    def etiquettes(self) -> Iterable[str]:
        return "cadre", personne(self.personne), personne(self.representant)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("identites.RepresenterPersonne")
class RepresenterPersonne:
    """Dire qui agit pour une personne mineure ou une association : ses demandes valent celles de la personne."""

    personne: PersonneId = champ("personne représentée")
    representant: PersonneId = champ("qui la représente")
    du: Date = champ("premier jour")
    au: Date | None = champ("dernier jour", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [("representant", "doit être une autre personne")] if self.personne == self.representant else []
        if self.au is not None and self.au < self.du:
            found.append(("au", f"doit venir après le {date(self.du)}"))
        return found


@commande("identites.FinirRepresentation")
class FinirRepresentation:
    """Mettre fin à une représentation : majorité, nouveau bureau, ou simple souhait de l'une des deux personnes."""

    personne: PersonneId = champ("personne représentée")
    representant: PersonneId = champ("qui la représentait")
    le: Date = champ("dernier jour")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "identites.PasRepresentee",
    "{representant} ne représente pas {personne} au-delà du {le}.",
    "Voyez le registre des représentations : il n'y a rien à finir.",
)
class PasRepresentee(Refus):
    personne: PersonneId
    representant: PersonneId
    le: Date


# ── décisions (l'état est lu avec le livre de toute demande) ────────────────────────────────────────────────────────


def _representer(c: RepresenterPersonne, _: tuple[()], x: Contexte) -> Issue:
    if (c.du, c.au) in x.livre.mandats.qui.representations(c.personne, c.representant):
        return ()
    return [PersonneRepresentee(personne=c.personne, representant=c.representant, du=c.du, au=c.au)]


def _finir(c: FinirRepresentation, _: tuple[()], x: Contexte) -> Issue:
    ends = [au for _, au in x.livre.mandats.qui.representations(c.personne, c.representant)]
    if any(au is None or au > c.le for au in ends):
        return [RepresentationFinie(personne=c.personne, representant=c.representant, le=c.le)]
    return () if c.le in ends else PasRepresentee(personne=c.personne, representant=c.representant, le=c.le)


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Representation:
    personne: PersonneId
    representant: PersonneId
    du: Date
    au: Date | None
    en_cours: bool = False


def _tenir(
    lignes: dict[tuple[PersonneId, PersonneId, Date], Representation],
    fait: PersonneRepresentee | RepresentationFinie,
    _: Note,
) -> None:
    if isinstance(fait, PersonneRepresentee):
        lignes[fait.personne, fait.representant, fait.du] = Representation(
            fait.personne, fait.representant, fait.du, fait.au
        )
        return
    for k, ligne in lignes.items():
        if k[:2] == (fait.personne, fait.representant):
            lignes[k] = attrs.evolve(ligne, au=bornee(ligne.au, fait.le))


def bornee(au: Date | None, le: Date) -> Date:
    """A last day, once it may not lie after ``le``."""
    return le if au is None else min(au, le)


def _au(ligne: Representation, jour: Date) -> Representation:
    return attrs.evolve(ligne, en_cours=ligne.du <= jour and (ligne.au is None or jour <= ligne.au))


ACCUEIL = frozenset({"concierge", "coordination"})
FAITS = (PersonneRepresentee, RepresentationFinie)
DEMANDES = (
    Demande(RepresenterPersonne, ACCUEIL, lambda _, __: lire(), _representer),
    Demande(FinirRepresentation, ACCUEIL | {"soi"}, lambda _, __: lire(), _finir),
)
REFUS = (PasRepresentee,)
REGISTRES = (Registre("representations", Representation, _tenir, _au, "Registre des représentations"),)
