"""Mandats (D2): who may decide what, from when to when. The concierge and the money never meet in one person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

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
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId, personne

if TYPE_CHECKING:
    from tierslieu_core.domaines.cadre.gouvernance.tableau import Tableau

CADRE = "cadre"
CONCIERGE, COORDINATION, FINANCES, REFERENT = "concierge", "coordination", "finances", "referent"
EXCLUSIFS = {CONCIERGE: FINANCES, FINANCES: CONCIERGE}
DONNEURS = frozenset({COORDINATION})

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
    motif: str = ""

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
    sur: str | None = champ("ce dont on est référent (espace:… ou objet:…)", default=None)
    motif: str = champ("motif", default="")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = _dates(self.du, self.au)
        if self.role == REFERENT and not (self.sur or "").startswith(("espace:", "objet:")):
            found.append(("sur", "un référent l'est d'un espace ou d'un objet : espace:… ou objet:…"))
        return found


@commande("gouvernance.DeleguerMandat")
class DeleguerMandat:
    """Déléguer son propre mandat à quelqu'un, pour un temps."""

    mandat: MandatId
    personne: PersonneId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    motif: str = champ("motif", default="")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return _dates(self.du, self.au)


@commande("gouvernance.TerminerMandat")
class TerminerMandat:
    """Mettre fin à un mandat, avec un motif."""

    mandat: MandatId
    le: Date = champ("dernier jour")
    motif: Personnel = personnel("motif", qui="par", conservation="mandat")


def _dates(du: Date, au: Date | None) -> list[tuple[str, str]]:
    return [("au", f"doit venir après le {du}")] if au is not None and au < du else []


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "gouvernance.MandatManquant",
    "« {commande} » se demande avec un mandat : {roles}. {personne} n'en a pas aujourd'hui.",
    "Demandez à qui tient ce mandat, ou à la coordination, qui peut le donner.",
)
class MandatManquant(Refus):
    commande: str
    personne: PersonneId
    roles: tuple[str, ...]


@refus(
    "gouvernance.MandatsIncompatibles",
    "{personne} tient ou a tenu récemment le mandat « {autre} » : on ne peut y joindre « {role} » avant le {libre_le}.",
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
    "gouvernance.MandatDUnAutre",
    "Le mandat {mandat} n'est pas tenu par {personne} sur toute cette période.",
    "On ne délègue que son propre mandat, tant qu'il court, et jamais une délégation.",
)
class MandatDUnAutre(Refus):
    mandat: MandatId
    personne: PersonneId


@refus("gouvernance.MandatPasse", "Le mandat {mandat} a déjà pris fin le {le}.", "Il n'y a plus rien à terminer.")
class MandatPasse(Refus):
    mandat: MandatId
    le: Date


# ── décisions (l'état est le tableau des mandats, lu avec le livre de toute demande) ────────────────────────────────


def _donner(c: DonnerMandat, _: tuple[()], x: Contexte) -> Issue:
    tableau: Tableau = x.livre.mandats
    if any((m.role, m.sur, m.du, m.au) == (c.role, c.sur, c.du, c.au) for m in tableau.de(c.personne) if not m.termine):
        return ()
    heurt = tableau.heurt(c.personne, c.role, c.du, c.au)
    if heurt is not None:
        return heurt
    mandat = MandatId(x.cle.lower())
    return [MandatDonne(mandat=mandat, personne=c.personne, role=c.role, du=c.du, au=c.au, sur=c.sur, motif=c.motif)]


def _deleguer(c: DeleguerMandat, _: tuple[()], x: Contexte) -> Issue:
    tableau: Tableau = x.livre.mandats
    source = tableau.mandats.get(c.mandat)
    if source is None:
        return MandatInconnu(mandat=c.mandat)
    fin = source.fin()
    if source.personne != x.par or source.delegue_de or c.du < source.du or (fin is not None and c.au > fin):
        return MandatDUnAutre(mandat=c.mandat, personne=PersonneId(x.par))
    heurt = tableau.heurt(c.personne, source.role, c.du, c.au)
    if heurt is not None:
        return heurt
    return [
        MandatDonne(
            mandat=MandatId(x.cle.lower()), personne=c.personne, role=source.role, du=c.du, au=c.au, sur=source.sur,
            delegue_de=c.mandat, motif=c.motif,
        )
    ]  # fmt: skip


def _terminer(c: TerminerMandat, _: tuple[()], x: Contexte) -> Issue:
    tableau: Tableau = x.livre.mandats
    mandat = tableau.mandats.get(c.mandat)
    if mandat is None:
        return MandatInconnu(mandat=c.mandat)
    fin = mandat.fin()
    if fin is not None and fin <= c.le:
        return () if fin == c.le and mandat.termine else MandatPasse(mandat=c.mandat, le=fin)
    if tableau.donne(mandat.role) and not tableau.releve(c.mandat, c.le):
        return DernierDonneur()
    return [MandatTermine(mandat=c.mandat, personne=mandat.personne, role=mandat.role, le=c.le, motif=c.motif)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Mandat:
    mandat: MandatId
    personne: PersonneId
    role: str
    du: Date
    au: Date | None
    sur: str | None
    delegue_de: MandatId | None
    en_cours: bool = False


def _tenir(lignes: dict[MandatId, Mandat], fait: MandatDonne | MandatTermine, _: Note) -> None:
    match fait:
        case MandatDonne():
            lignes[fait.mandat] = Mandat(
                fait.mandat, fait.personne, fait.role, fait.du, fait.au, fait.sur, fait.delegue_de
            )
        case MandatTermine():
            lignes[fait.mandat] = attrs.evolve(lignes[fait.mandat], au=fait.le)


def _au(ligne: Mandat, jour: Date) -> Mandat:
    return attrs.evolve(ligne, en_cours=ligne.du <= jour and (ligne.au is None or jour <= ligne.au))


DEMANDES = (
    Demande(DonnerMandat, DONNEURS, lambda _, __: lire(), _donner),
    Demande(DeleguerMandat, frozenset({"inscrit"}), lambda _, __: lire(), _deleguer),
    Demande(TerminerMandat, DONNEURS, lambda _, __: lire(), _terminer),
)
REFUS = (MandatManquant, MandatsIncompatibles, DernierDonneur, MandatInconnu, MandatDUnAutre, MandatPasse)
REGISTRES = (Registre("mandats", Mandat, _tenir, _au, "Registre des mandats"),)
