"""Consentements (CO2, D6): what a person lets the place do with what is theirs; given at will, withdrawn at once."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.edge import identifier_fault
from tierslieu_core.kernel.lectures import Lecture, Lot
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

VISIBILITE, PARTAGE = "visibilite", "partage"
"""To be shown by the place in what it publishes; that what one offers, knows and seeks be shown to others."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Accord:
    """One thing that a person consents to (``finalite``), under which text, since when."""

    finalite: str
    texte: str
    du: Date


@evenement("consentements.ConsentementDonne", "{personne} consent : {finalite}[ ({texte})]")
class ConsentementDonne:
    personne: PersonneId
    finalite: str
    texte: str
    accords: tuple[Accord, ...] = champ("tout ce à quoi la personne consent, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("consentements.ConsentementRetire", "{personne} retire son consentement : {finalite}")
class ConsentementRetire:
    personne: PersonneId
    finalite: str
    accords: tuple[Accord, ...] = champ("tout ce à quoi la personne consent, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("consentements.Consentir")
class Consentir:
    """Consentir à ce que le lieu fait de ce qui est à soi : être visible, partager…"""

    personne: PersonneId
    finalite: str = champ("à quoi : visibilite, partage…")
    texte: str = champ("le texte que la personne a lu, et sa version", default="")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [("finalite", fault)] if (fault := identifier_fault(self.finalite)) else []


@commande("consentements.RetirerConsentement")
class RetirerConsentement:
    """Retirer un consentement : il ne vaut plus, dès maintenant et partout."""

    personne: PersonneId
    finalite: str = champ("à quoi")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "consentements.SansConsentement",
    "{personne} n'y a pas consenti ({finalite}).",
    "Demandez-le-lui : consentements.Consentir, que la personne demande elle-même.",
)
class SansConsentement(Refus):
    personne: PersonneId
    finalite: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Accords = tuple[Accord, ...]


def _accords(_: Accords, fait: ConsentementDonne | ConsentementRetire) -> Accords:
    return fait.accords


accords_de = Lecture[Accords]("consentements.accords", (), _accords, dernier=True)


def consentements_de(qui: PersonneId, x: Contexte) -> Lot[tuple[Accords, ...]]:
    """What a person consents to, under each of their identifiers, this one first."""
    return Lot(tuple(accords_de(personne(un)) for un in identifiants(qui, x)))


def consent(lus: Iterable[Accords], finalite: str) -> bool:
    """Whether a person consents to it, as ``consentements_de`` was read."""
    return any(un.finalite == finalite for accords in lus for un in accords)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Accords, ...]


def _lit(c: Consentir | RetirerConsentement, x: Contexte) -> Lot[Etats]:
    return consentements_de(c.personne, x)


def _consentir(c: Consentir, etats: Etats, x: Contexte) -> Issue:
    if any((un.finalite, un.texte) == (c.finalite, c.texte) for un in etats[0]):
        return ()
    neuf = Accord(finalite=c.finalite, texte=c.texte, du=x.aujourdhui)
    accords = (*_sans(etats[0], c.finalite), neuf)
    return [ConsentementDonne(personne=c.personne, finalite=c.finalite, texte=c.texte, accords=accords)]


def _retirer(c: RetirerConsentement, etats: Etats, x: Contexte) -> Issue:
    """Under each identifier that has it, so that none keeps it."""
    return [
        ConsentementRetire(personne=un, finalite=c.finalite, accords=_sans(accords, c.finalite))
        for un, accords in zip(identifiants(c.personne, x), etats, strict=True)
        if consent([accords], c.finalite)
    ]


def _sans(accords: Accords, finalite: str) -> Accords:
    return tuple(un for un in accords if un.finalite != finalite)


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneConsentement:
    """What a person consents to, since when, under which text."""

    personne: PersonneId
    finalite: str
    du: Date
    texte: str


def _tenir(
    lignes: dict[tuple[PersonneId, str], LigneConsentement], fait: ConsentementDonne | ConsentementRetire, _: Note
) -> None:
    lignes.pop((fait.personne, fait.finalite), None)
    for un in fait.accords:
        lignes[fait.personne, un.finalite] = LigneConsentement(fait.personne, un.finalite, un.du, un.texte)


SIENNE = frozenset({"soi"})
DOMAINE = Domaine(
    "consentements",
    "Consentements",
    faits=(ConsentementDonne, ConsentementRetire),
    demandes=(
        Demande(Consentir, SIENNE, _lit, _consentir),
        Demande(RetirerConsentement, SIENNE | {"concierge", "coordination"}, _lit, _retirer),
    ),
    refus=(SansConsentement,),
    registres=(Registre("consentements", LigneConsentement, _tenir, titre="Consentements", index=("personne",)),),
)
