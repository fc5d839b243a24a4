"""Outil (SE1): what the place wants used: what it is for, its documents, the training that teaches it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from tierslieu_core.domaines.cadre.corrections import correction
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
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import DocumentId, FormationId, OutilId
from tierslieu_core.vocabulaire.identifiants import outil as etiquette
from tierslieu_core.vocabulaire.vie import vers

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (etiquette(fait.outil),)


@evenement(
    "sensibilisation.OutilDeclare", "Le lieu fait connaître un outil : {nom} ({usage})[, enseigné par {formation}]"
)
class OutilDeclare:
    outil: OutilId
    nom: str
    usage: str
    formation: FormationId | None
    documents: tuple[DocumentId, ...]

    etiquettes = _etiquettes


@evenement("sensibilisation.OutilRetire", "Le lieu ne se sert plus de {nom} ({motif})")
class OutilRetire:
    outil: OutilId
    nom: str
    usage: str
    formation: FormationId | None
    documents: tuple[DocumentId, ...]
    motif: Personnel = personnel(qui="par", conservation="sensibilisation")

    etiquettes = _etiquettes


Fait = OutilDeclare | OutilRetire

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("sensibilisation.DeclarerOutil")
class DeclarerOutil:
    """Déclarer un outil que le lieu veut faire connaître : à quoi il sert, la formation qui l'enseigne."""

    outil: OutilId = nouveau("outil, en un mot")
    nom: str = champ("nom")
    usage: str = champ("à quoi il sert")
    formation: FormationId | None = champ("formation qui l'enseigne", default=None)
    documents: tuple[DocumentId, ...] = champ("documents", default=())


@commande("sensibilisation.RetirerOutil")
class RetirerOutil:
    """Dire que le lieu ne se sert plus d'un outil, avec un motif."""

    outil: OutilId
    motif: Personnel = personnel("motif", qui="par", conservation="sensibilisation")


@commande("sensibilisation.CorrigerOutil")
class CorrigerOutil:
    """Corriger le dernier fait d'un outil, enregistré par erreur."""

    outil: OutilId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "sensibilisation.OutilAbsent",
    "Le lieu ne se sert pas, ou plus, de cet outil : {outil}.",
    "Ceux dont il se sert : tierslieu registre outils ; pour le déclarer : sensibilisation.DeclarerOutil.",
)
class OutilAbsent(Refus):
    outil: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _outil(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: Fait, note: Note) -> Read | None:
    return fait, note


outil_de = Lecture[Fait | None]("sensibilisation.outil", None, _outil, dernier=True)
dernier_fait = Lecture[Read | None]("sensibilisation.dernier_fait_outil", None, _dernier, dernier=True, notes=True)


def en_usage(lequel: OutilId, o: Fait | None) -> OutilDeclare | Refus:
    """The tool, if the place still uses it."""
    return o if isinstance(o, OutilDeclare) else OutilAbsent(outil=o.nom if o else lequel)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: DeclarerOutil | RetirerOutil, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(outil_de(etiquette(c.outil)))


def _declarer(c: DeclarerOutil, etats: tuple[Fait | None], _: Contexte) -> Issue:
    dit = vers(OutilDeclare, c)
    return () if etats[0] == dit else [dit]


def _retirer(c: RetirerOutil, etats: tuple[Fait | None], _: Contexte) -> Issue:
    if isinstance(etats[0], OutilRetire):
        return ()
    o = en_usage(c.outil, etats[0])
    return o if isinstance(o, Refus) else [vers(OutilRetire, o, motif=c.motif)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneOutil:
    """``etat``: en usage or retiré."""

    outil: OutilId
    nom: str
    usage: str
    formation: FormationId | None
    documents: tuple[DocumentId, ...]
    etat: str


def _tenir(lignes: dict[OutilId, LigneOutil], fait: Fait, _: Note) -> None:
    lignes[fait.outil] = vers(LigneOutil, fait, etat="retiré" if isinstance(fait, OutilRetire) else "en usage")


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

QUI = frozenset({"concierge", "coordination", "formateur"})
FAITS = (OutilDeclare, OutilRetire)
DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(DeclarerOutil, QUI, _lit, _declarer),
    Demande(RetirerOutil, QUI, _lit, _retirer),
    correction(CorrigerOutil, QUI, dernier_fait, lambda c: etiquette(c.outil)),
)
REFUS = (OutilAbsent,)
REGISTRES = (Registre("outils", LigneOutil, _tenir, titre="Outils du lieu"),)
IDENTIFIANTS = (Identifiant(OutilId, OutilDeclare, (OutilDeclare,)),)
