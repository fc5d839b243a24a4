"""Canaux (CO3): by what the place speaks, inside and outside: a site, a letter, a board, a tool to make them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import attrs

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
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import CanalId, PersonneId
from tierslieu_core.vocabulaire.identifiants import canal as etiquette
from tierslieu_core.vocabulaire.vie import vers

Sorte = Literal["canal", "outil"]
Cote = Literal["interne", "externe"]
QUI = frozenset({"concierge", "coordination"})

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("communication.CanalDeclare", "Le lieu parle par : {nom} ({sorte}, {cote})[, dont s'occupe {personne}]")
class CanalDeclare:
    canal: CanalId
    nom: str
    sorte: Sorte
    cote: Cote = champ("vers le dedans ou vers le dehors")
    personne: PersonneId | None = champ("qui s'en occupe")

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.canal),)


@evenement("communication.CanalRetire", "Le lieu ne parle plus par : {nom} ({motif})")
class CanalRetire:
    canal: CanalId
    nom: str
    sorte: Sorte
    cote: Cote
    personne: PersonneId | None
    motif: Personnel = personnel(qui="par", conservation="communication")

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.canal),)


Fait = CanalDeclare | CanalRetire

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("communication.DeclarerCanal")
class DeclarerCanal:
    """Déclarer un canal par lequel le lieu parle ou un outil pour cela ; le dire autrement, ou y revenir."""

    canal: CanalId = nouveau("canal, en un mot")
    nom: str = champ("nom")
    sorte: Sorte = champ("canal, ou outil pour en faire", default="canal")
    cote: Cote = champ("vers le dedans ou vers le dehors", default="externe")
    personne: PersonneId | None = champ("qui s'en occupe", default=None)


@commande("communication.RetirerCanal")
class RetirerCanal:
    """Ne plus parler par un canal ; ce qui y fut publié y reste, à reprendre si besoin."""

    canal: CanalId
    motif: Personnel = personnel("pourquoi", qui="par", conservation="communication")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "communication.CanalFerme",
    "Le lieu ne parle plus par : {noms}.",
    "Choisissez-en un autre (tierslieu registre canaux), ou déclarez-le à nouveau (communication.DeclarerCanal).",
)
class CanalFerme(Refus):
    noms: tuple[str, ...]


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _canal(_: Fait | None, fait: CanalDeclare | CanalRetire) -> Fait | None:
    return fait


canal_de = Lecture[Fait | None]("communication.canal", None, _canal, dernier=True)


def fermes(etats: Iterable[Fait | None]) -> tuple[str, ...]:
    """The names of those by which the place speaks no more."""
    return tuple(un.nom for un in etats if isinstance(un, CanalRetire))


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: Any, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(canal_de(etiquette(c.canal)))


def _declarer(c: DeclarerCanal, etats: tuple[Fait | None], _: Contexte) -> Issue:
    dit = vers(CanalDeclare, c)
    return () if etats[0] == dit else [dit]


def _retirer(c: RetirerCanal, etats: tuple[Fait | None], _: Contexte) -> Issue:
    canal = etats[0]
    return [vers(CanalRetire, canal, motif=c.motif)] if isinstance(canal, CanalDeclare) else ()


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneCanal:
    """``etat``: en service, retiré."""

    canal: CanalId
    nom: str
    sorte: str
    cote: str
    personne: PersonneId | None
    etat: str


def _tenir(lignes: dict[CanalId, LigneCanal], fait: CanalDeclare | CanalRetire, _: Note) -> None:
    etat = "en service" if isinstance(fait, CanalDeclare) else "retiré"
    lignes[fait.canal] = LigneCanal(fait.canal, fait.nom, fait.sorte, fait.cote, fait.personne, etat)


FAITS = (CanalDeclare, CanalRetire)
DEMANDES = (Demande(DeclarerCanal, QUI, _lit, _declarer), Demande(RetirerCanal, QUI, _lit, _retirer))
REFUS = (CanalFerme,)
REGISTRES = (Registre("canaux", LigneCanal, _tenir, titre="Outils et canaux"),)
IDENTIFIANTS = (Identifiant(CanalId, CanalDeclare, (CanalDeclare,)),)
TRANSMISSIONS = (
    Transmission(
        "Par quoi le lieu parle",
        "canaux",
        "{nom} ({sorte}, {cote})[, dont s'occupe {personne}]",
        lambda ligne, _: ligne.etat == "en service",
        "gens",
    ),
)
