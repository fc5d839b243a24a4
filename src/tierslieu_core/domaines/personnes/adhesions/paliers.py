"""Paliers et groupes: the closed lists that a place declares, and the rights that each tier opens.

While none is declared, any word is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

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
from tierslieu_core.kernel.lectures import Lecture, lire

LISTES = "lieu:adhesions"
"""The tag of what the place declares for its memberships."""

# ── événement ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Palier:
    """A kind of membership. ``publics``: what rules also call its members; ``actions``: all it opens, empty for any."""

    nom: str
    libelle: str = champ("libellé", default="")
    publics: tuple[str, ...] = champ("publics dont il fait aussi partie", default=())
    actions: tuple[str, ...] = champ("actions qu'il ouvre (toutes, si rien n'est dit)", default=())

    def __str__(self) -> str:
        return f"{self.nom} ({self.libelle})" if self.libelle else self.nom


@attrs.frozen(kw_only=True)
class Groupe:
    nom: str
    libelle: str = champ("libellé", default="")

    def __str__(self) -> str:
        return f"{self.nom} ({self.libelle})" if self.libelle else self.nom


@evenement("adhesions.PaliersDeclares", "Paliers d'adhésion du lieu : [{paliers}|aucun]. Groupes : [{groupes}|aucun]")
class PaliersDeclares:
    paliers: tuple[Palier, ...]
    groupes: tuple[Groupe, ...]

    def etiquettes(self) -> Iterable[str]:
        return (LISTES,)


# ── commande ────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("adhesions.DeclarerPaliers")
class DeclarerPaliers:
    """Déclarer les paliers et les groupes du lieu, et ce que chaque palier ouvre ; la liste remplace la précédente."""

    paliers: tuple[Palier, ...]
    groupes: tuple[Groupe, ...] = ()

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [
            *doublons("paliers", [p.nom for p in self.paliers]),
            *doublons("groupes", [g.nom for g in self.groupes]),
        ]


def doublons(champ: str, noms: Sequence[str]) -> list[tuple[str, str]]:
    """What is wrong with the names of a list: one empty, one twice."""
    return [
        (champ, f"un nom est dit deux fois : « {nom} »" if nom else "un nom est vide")
        for nom in dict.fromkeys(noms)
        if not nom or noms.count(nom) > 1
    ]


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "adhesions.PalierInconnu",
    "Le lieu n'a pas de palier « {palier} »[ : il a {connus}].",
    "Prenez un palier de cette liste ; la conciergerie peut la changer (adhesions.DeclarerPaliers).",
)
class PalierInconnu(Refus):
    palier: str
    connus: tuple[str, ...]


@refus(
    "adhesions.GroupeInconnu",
    "Le lieu n'a pas de groupe « {groupe} »[ : il a {connus}].",
    "Prenez un groupe de cette liste ; la conciergerie peut la changer (adhesions.DeclarerPaliers).",
)
class GroupeInconnu(Refus):
    groupe: str
    connus: tuple[str, ...]


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _paliers(_: PaliersDeclares | None, fait: PaliersDeclares) -> PaliersDeclares | None:
    return fait


paliers_du_lieu = Lecture[PaliersDeclares | None]("adhesions.paliers", None, _paliers, dernier=True)(LISTES)


def inconnu(declares: PaliersDeclares | None, palier: str, groupes: Sequence[str]) -> Refus | None:
    """Why such words cannot be used; ``None`` when they can."""
    if declares is None:
        return None
    paliers, connus = [p.nom for p in declares.paliers], [g.nom for g in declares.groupes]
    if palier not in paliers:
        return PalierInconnu(palier=palier, connus=tuple(paliers))
    autre = next((g for g in groupes if g not in connus), None)
    return None if autre is None else GroupeInconnu(groupe=autre, connus=tuple(connus))


def publics(declares: PaliersDeclares | None, palier: str) -> tuple[str, ...]:
    """What rules call the members of a tier: its name, then the publics that it belongs to."""
    declare = _palier(declares, palier)
    return (palier,) if declare is None else tuple(dict.fromkeys((palier, *declare.publics)))


def actions(declares: PaliersDeclares | None, palier: str) -> tuple[str, ...] | None:
    """The actions that a tier opens; ``None`` for any."""
    declare = _palier(declares, palier)
    return declare.actions if declare is not None and declare.actions else None


def _palier(declares: PaliersDeclares | None, nom: str) -> Palier | None:
    return next((p for p in declares.paliers if p.nom == nom), None) if declares is not None else None


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _declarer(c: DeclarerPaliers, etats: tuple[PaliersDeclares | None], _: Contexte) -> Issue:
    declares = PaliersDeclares(paliers=c.paliers, groupes=c.groupes)
    return () if etats[0] == declares else [declares]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LignePalier:
    """``sorte``: palier, groupe; ``publics``, ``actions``: its rights (a group has none of its own)."""

    nom: str
    sorte: str
    libelle: str
    publics: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


def _tenir(lignes: dict[tuple[str, str], LignePalier], fait: PaliersDeclares, _: Note) -> None:
    lignes.clear()
    for p in fait.paliers:
        lignes["palier", p.nom] = LignePalier(p.nom, "palier", p.libelle, p.publics, p.actions)
    for g in fait.groupes:
        lignes["groupe", g.nom] = LignePalier(g.nom, "groupe", g.libelle)


FAITS = (PaliersDeclares,)
REFUS = (PalierInconnu, GroupeInconnu)
DEMANDES = (
    Demande(DeclarerPaliers, frozenset({"concierge", "coordination"}), lambda _, __: lire(paliers_du_lieu), _declarer),
)
REGISTRES = (Registre("paliers", LignePalier, _tenir, titre="Registre des paliers et des groupes"),)
