"""Mandats (D2): who may decide what, from when to when. The concierge and the money never meet in one person.

Delegating one's own mandate stands in ``delegations``; the state that both decide on, in ``tableau``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.representations import bornee
from tierslieu_core.kernel.decisions import CADRE
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
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.edge import identifier_fault
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId, depuis_cle, personne
from tierslieu_core.vocabulaire.temps import ordre

if TYPE_CHECKING:
    from tierslieu_core.domaines.cadre.gouvernance.tableau import Tableau

CONCIERGE, COORDINATION, FINANCES, REFERENT = "concierge", "coordination", "finances", "referent"
EXCLUSIFS = {CONCIERGE: FINANCES, FINANCES: CONCIERGE}
DONNEURS = frozenset({COORDINATION})
SOI, INSCRIT = "soi", "inscrit"
SUR = re.compile(r"(espace|objet):[a-z0-9][a-z0-9._~-]*\Z")

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("gouvernance.MandatDonne", "{personne} reçoit le mandat « {role} », à partir du {du}")
class MandatDonne:
    mandat: MandatId
    personne: PersonneId
    role: str
    du: Date
    au: Date | None = None
    sur: str | None = None
    delegue_de: MandatId | None = None
    motif: Personnel | None = personnel(qui="personne", conservation="mandat", default=None)

    def etiquettes(self) -> Iterable[str]:
        return CADRE, personne(self.personne)


@evenement("gouvernance.MandatTermine", "Le mandat « {role} » de {personne} prend fin le {le}")
class MandatTermine:
    mandat: MandatId
    personne: PersonneId
    role: str
    le: Date
    motif: Personnel = personnel(qui="par", conservation="mandat")

    def etiquettes(self) -> Iterable[str]:
        return CADRE, personne(self.personne)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("gouvernance.DonnerMandat")
class DonnerMandat:
    """Donner un mandat : concierge, coordination, finances, referent, ou tout autre que le lieu nomme."""

    personne: PersonneId
    role: str = champ("mandat")
    du: Date = champ("premier jour")
    au: Date | None = champ("dernier jour", default=None)
    sur: str | None = champ("le seul espace ou objet que le mandat concerne (espace:… ou objet:…)", default=None)
    motif: Personnel | None = personnel("motif", qui="personne", conservation="mandat", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [*faute_de_role("role", self.role), *ordre(self.du, self.au)]
        if self.sur is None and self.role == REFERENT:
            found.append(("sur", "un référent l'est d'un espace ou d'un objet : espace:… ou objet:…"))
        if self.sur is not None and not SUR.match(self.sur):
            found.append(("sur", f"attend espace:… ou objet:…, reçu « {self.sur} »"))
        return found


@commande("gouvernance.TerminerMandat")
class TerminerMandat:
    """Mettre fin à un mandat, avec un motif."""

    mandat: MandatId
    le: Date = champ("dernier jour")
    motif: Personnel = personnel("motif", qui="par", conservation="mandat")


def faute_de_role(champ_: str, role: str) -> list[tuple[str, str]]:
    """A mandate is named as identifiers are, so that « Concierge » is never another one; two words are no mandates."""
    if role in (SOI, INSCRIT):
        return [(champ_, f"« {role} » n'est pas un mandat : toute personne l'est")]
    return [(champ_, fault)] if (fault := identifier_fault(role)) else []


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "gouvernance.MandatManquant",
    "« {commande} » se demande avec l'un de ces mandats : {roles}. {personne} n'en a pas aujourd'hui.",
    "Demandez à qui tient ce mandat, ou à la coordination, qui peut le donner.",
)
class MandatManquant(Refus):
    commande: str
    personne: PersonneId
    roles: tuple[str, ...]


@refus(
    "gouvernance.MandatsIncompatibles",
    "{personne} tient le mandat « {autre} », ou l'a trop récemment tenu : pas de mandat « {role} » avant {libre_le}.",
    "La conciergerie et l'argent restent étrangers l'un à l'autre : confiez l'un des deux à quelqu'un d'autre.",
)
class MandatsIncompatibles(Refus):
    personne: PersonneId
    role: str
    autre: str
    libre_le: str


@refus(
    "gouvernance.DernierDonneur",
    "Ce serait laisser le lieu sans personne qui puisse donner des mandats.",
    "Donnez d'abord ce mandat à qui prend la suite, sans date de fin.",
)
class DernierDonneur(Refus):
    pass


@refus("gouvernance.MandatInconnu", "Aucun mandat « {mandat} » n'a été donné.", "Voyez le registre des mandats.")
class MandatInconnu(Refus):
    mandat: MandatId


@refus(
    "gouvernance.MandatPasse",
    "Le mandat {mandat} ne va pas au-delà du {le}.",
    "Il n'y a rien à terminer ; pour le prolonger, donnez-en un nouveau.",
)
class MandatPasse(Refus):
    mandat: MandatId
    le: Date


@refus(
    "gouvernance.PasSonMandat",
    "Le mandat {mandat} n'est pas celui de {personne}, qui ne l'a pas non plus délégué.",
    "Chacun peut rendre son propre mandat ou reprendre sa délégation ; pour un autre, demandez à la coordination.",
)
class PasSonMandat(Refus):
    mandat: MandatId
    personne: PersonneId


@refus(
    "gouvernance.FinAntidatee",
    "Le mandat {mandat} a couru jusqu'à aujourd'hui : sa fin ne peut pas être datée du {le}.",
    "Donnez-lui pour dernier jour hier, aujourd'hui ou plus tard : ce qu'il a permis depuis ne s'efface pas.",
)
class FinAntidatee(Refus):
    mandat: MandatId
    le: Date


@refus(
    "gouvernance.AntidateSansMandat",
    "Sans mandat, {personne} ne peut demander que pour maintenant : « {commande} » est datée d'avant.",
    "Demandez sans date passée, ou faites saisir ce qui a déjà eu lieu par qui tient un mandat.",
)
class AntidateSansMandat(Refus):
    commande: str
    personne: PersonneId


# ── décisions (l'état est le tableau des mandats, lu avec le livre de toute demande) ────────────────────────────────


def _donner(c: DonnerMandat, _: tuple[()], x: Contexte) -> Issue:
    tableau: Tableau = x.livre.mandats
    if (c.role, c.sur, c.du, c.au) in [(m.role, m.sur, m.du, m.fin()) for m in tableau.de(c.personne) if m.propre]:
        return ()
    heurt = tableau.heurt(c.personne, c.role, c.du, c.au)
    mandat = MandatId(depuis_cle(x.cle))
    return heurt or [
        MandatDonne(mandat=mandat, personne=c.personne, role=c.role, du=c.du, au=c.au, sur=c.sur, motif=c.motif)
    ]


def _terminer(c: TerminerMandat, _: tuple[()], x: Contexte) -> Issue:
    tableau: Tableau = x.livre.mandats
    mandat = tableau.mandats.get(c.mandat)
    if mandat is None:
        return MandatInconnu(mandat=c.mandat)
    if x.mandat == INSCRIT and not tableau.tient_ou_delegue(x.par, mandat):
        return PasSonMandat(mandat=c.mandat, personne=PersonneId(x.par))
    fin = mandat.fin()
    if fin is not None and fin <= c.le:
        return () if fin == c.le else MandatPasse(mandat=c.mandat, le=fin)
    if mandat.du <= c.le < jour_de(x).prev_day():
        return FinAntidatee(mandat=c.mandat, le=c.le)
    if tableau.laisse_sans_donneur(mandat, c.le, jour_de(x)):
        return DernierDonneur()
    return [MandatTermine(mandat=c.mandat, personne=mandat.personne, role=mandat.role, le=c.le, motif=c.motif)]


def jour_de(x: Contexte) -> Date:
    """The local day on which a demand is made, whatever the day it takes effect: mandates are needed then."""
    return x.maintenant.to_tz(x.livre.zone or "UTC").date()


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Mandat:
    """``en_cours``: by its dates. The last mandate that gives others holds beyond them, until a successor's begins."""

    mandat: MandatId
    personne: PersonneId
    role: str
    du: Date
    au: Date | None
    sur: str | None = attrs.field(metadata={"dit": "etiquette"})
    delegue_de: MandatId | None
    en_cours: bool = False


def _tenir(lignes: dict[MandatId, Mandat], fait: MandatDonne | MandatTermine, _: Note) -> None:
    if isinstance(fait, MandatDonne):
        lignes[fait.mandat] = Mandat(fait.mandat, fait.personne, fait.role, fait.du, fait.au, fait.sur, fait.delegue_de)
        return
    for k, ligne in lignes.items():
        if fait.mandat in (k, ligne.delegue_de):
            lignes[k] = attrs.evolve(ligne, au=bornee(ligne.au, fait.le))


def _au(ligne: Mandat, jour: Date) -> Mandat:
    return attrs.evolve(ligne, en_cours=ligne.du <= jour and (ligne.au is None or jour <= ligne.au))


DEMANDES = (
    Demande(DonnerMandat, DONNEURS, lambda _, __: lire(), _donner),
    Demande(TerminerMandat, DONNEURS | {INSCRIT}, lambda _, __: lire(), _terminer),
)
REFUS = (
    MandatManquant, MandatsIncompatibles, DernierDonneur, MandatInconnu, MandatPasse, PasSonMandat, FinAntidatee,
    AntidateSansMandat,
)  # fmt: skip
REGISTRES = (Registre("mandats", Mandat, _tenir, _au, "Registre des mandats"),)
TRANSMISSIONS = (
    Transmission(
        "Les mandats",
        "mandats",
        "{role}[ ({sur})] : {personne}[, jusqu'au {au}]",
        lambda ligne, _: ligne.en_cours,
        rubrique="gens",
    ),
)
