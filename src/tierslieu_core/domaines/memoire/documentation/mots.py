"""Mots: the words by which the place finds its notes again, and which of them are worth handing on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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

MOTS = "lieu:mots"
"""The tag of the words of the journal: a place has a few."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("documentation.MotDeclare", "Le journal du lieu a désormais ce mot : « {mot} »[ ({sens})]")
class MotDeclare:
    """``transmettre``: a note under this word is told to whoever takes the place over."""

    mot: str
    sens: str
    transmettre: bool = champ("à transmettre")

    def etiquettes(self) -> Iterable[str]:
        return (MOTS,)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("documentation.DeclarerMot")
class DeclarerMot:
    """Déclarer un mot du journal : fuite, voisinage, bonne idée… ; ou le dire autrement."""

    mot: str = champ("mot, sous lequel les notes se retrouvent")
    sens: str = champ("ce qu'il veut dire ici", default="")
    transmettre: bool = champ("les notes sous ce mot vont à qui prend la suite", default=False)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [] if self.mot.strip() == self.mot != "" else [("mot", "un mot, sans blanc autour")]


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "documentation.MotInconnu",
    "Le journal du lieu n'a pas le mot « {mot} »[ ; il a : {connus}].",
    "Prenez un de ses mots, aucun, ou faites déclarer celui-ci : tierslieu faire DeclarerMot",
)
class MotInconnu(Refus):
    mot: str
    connus: tuple[str, ...]


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Mots = dict[str, MotDeclare]


def _mots(etat: Mots, fait: MotDeclare) -> Mots:
    return {**etat, fait.mot: fait}


mots_du_journal = Lecture[Mots]("documentation.mots", {}, _mots)


def inconnu(dits: Sequence[str], mots: Mots) -> MotInconnu | None:
    """The first word that the place never declared."""
    return next((MotInconnu(mot=mot, connus=tuple(sorted(mots))) for mot in dits if mot not in mots), None)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(_: DeclarerMot, __: Contexte) -> Lot[tuple[Mots]]:
    return lire(mots_du_journal(MOTS))


def _declarer(c: DeclarerMot, etats: tuple[Mots], _: Contexte) -> Issue:
    dit = MotDeclare(mot=c.mot, sens=c.sens, transmettre=c.transmettre)
    return () if etats[0].get(c.mot) == dit else [dit]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tenir(lignes: dict[str, MotDeclare], fait: MotDeclare, _: Note) -> None:
    lignes[fait.mot] = fait


DEMANDES = (Demande(DeclarerMot, frozenset({"concierge", "coordination"}), _lit, _declarer),)
REFUS = (MotInconnu,)
REGISTRES = (Registre("mots", MotDeclare, _tenir, titre="Mots du journal"),)
