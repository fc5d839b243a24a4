"""Publics (A1, S1): for whom the place is, in its own words: riverains, utilisateurs, bénévoles, partenaires…"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Identifiant,
    Issue,
    Note,
    Registre,
    champ,
    commande,
    evenement,
    nouveau,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.identifiants import PublicId
from tierslieu_core.vocabulaire.identifiants import public as etiquette

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("publics.PublicDeclare", "Le lieu compte désormais parmi ses publics : {nom}[ ({description})]")
class PublicDeclare:
    public: PublicId
    nom: str
    description: str

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.public),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("publics.DeclarerPublic")
class DeclarerPublic:
    """Déclarer un public du lieu (riverains, bénévoles…), ou dire autrement un public déjà déclaré."""

    public: PublicId = nouveau("public, en un mot")
    nom: str = champ("nom")
    description: str = champ("qui en est", default="")


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _dit(_: PublicDeclare | None, fait: PublicDeclare) -> PublicDeclare | None:
    return fait


public_de = Lecture[PublicDeclare | None]("publics.public", None, _dit, dernier=True)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: DeclarerPublic, _: Contexte) -> Lot[tuple[PublicDeclare | None]]:
    return lire(public_de(etiquette(c.public)))


def _declarer(c: DeclarerPublic, etats: tuple[PublicDeclare | None], _: Contexte) -> Issue:
    dit = PublicDeclare(public=c.public, nom=c.nom, description=c.description)
    return () if etats[0] == dit else [dit]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LignePublic:
    """One of the publics that the place speaks of."""

    public: PublicId
    nom: str
    description: str


def _tenir(lignes: dict[PublicId, LignePublic], fait: PublicDeclare, _: Note) -> None:
    lignes[fait.public] = LignePublic(fait.public, fait.nom, fait.description)


DOMAINE = Domaine(
    "publics",
    "Publics",
    faits=(PublicDeclare,),
    demandes=(Demande(DeclarerPublic, frozenset({"concierge", "coordination"}), _lit, _declarer),),
    registres=(Registre("publics", LignePublic, _tenir, titre="Publics du lieu"),),
    identifiants=(Identifiant(PublicId, PublicDeclare, (PublicDeclare,)),),
)
