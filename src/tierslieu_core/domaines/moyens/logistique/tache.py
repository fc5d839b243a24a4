"""Une tâche: what happens to it. Each fact tells it whole, so that the last one suffices."""

from __future__ import annotations

from collections.abc import Iterable

from whenever import Date

from tierslieu_core.domaines.moyens.entretien import Rythme
from tierslieu_core.kernel.declarations import champ, evenement, personnel
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, TacheId, tache
from tierslieu_core.vocabulaire.vie import DEBUT, Cycle

REGIE = frozenset({"concierge", "coordination", "regie"})

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (tache(fait.tache),)


@evenement("logistique.TacheProposee", "Une tâche est à prendre : {nom}[, {espace}], pour le {pour_le}[, {rythme}]")
class TacheProposee:
    """``rythme``: how often it comes back; ``None``: once."""

    tache: TacheId
    nom: str
    espace: EspaceId | None
    pour_le: Date = champ("à faire le")
    rythme: Rythme | None

    etiquettes = _etiquettes


@evenement("logistique.TachePrise", "{personne} prend la tâche « {nom} », pour le {pour_le}")
class TachePrise:
    tache: TacheId
    nom: str
    espace: EspaceId | None
    pour_le: Date = champ("à faire le")
    rythme: Rythme | None
    personne: PersonneId

    etiquettes = _etiquettes


@evenement("logistique.TacheRendue", "{personne} rend la tâche « {nom} », pour le {pour_le}")
class TacheRendue:
    tache: TacheId
    nom: str
    espace: EspaceId | None
    pour_le: Date = champ("à faire le")
    rythme: Rythme | None
    personne: PersonneId

    etiquettes = _etiquettes


@evenement("logistique.TacheFaite", "{personne} a fait « {nom} »[, {espace}], le {le}")
class TacheFaite:
    tache: TacheId
    nom: str
    espace: EspaceId | None
    pour_le: Date = champ("à faire le")
    rythme: Rythme | None
    personne: PersonneId
    le: Date

    etiquettes = _etiquettes


@evenement("logistique.TacheManquee", "« {nom} »[, {espace}] n'a pas été fait pour le {pour_le}")
class TacheManquee:
    tache: TacheId
    nom: str
    espace: EspaceId | None
    pour_le: Date = champ("à faire le")
    rythme: Rythme | None
    le: Date = champ("constaté le")

    etiquettes = _etiquettes


@evenement("logistique.TacheRetiree", "« {nom} »[, {espace}] n'est plus à faire : {motif}")
class TacheRetiree:
    tache: TacheId
    nom: str
    espace: EspaceId | None
    pour_le: Date = champ("à faire le")
    motif: Personnel = personnel(qui="par", conservation="tache")

    etiquettes = _etiquettes


Ouverte = TacheProposee | TachePrise | TacheRendue
Fait = Ouverte | TacheFaite | TacheManquee | TacheRetiree
FAITS = (TacheProposee, TachePrise, TacheRendue, TacheFaite, TacheManquee, TacheRetiree)
LIBRES = (TacheProposee, TacheRendue)
VIE = Cycle(
    mots={
        TacheProposee: "à prendre", TachePrise: "prise", TacheRendue: "à prendre", TacheFaite: "faite",
        TacheManquee: "manquée", TacheRetiree: "retirée",
    },
    apres={
        TacheProposee: (DEBUT,), TachePrise: LIBRES, TacheRendue: (TachePrise,), TacheFaite: (*LIBRES, TachePrise),
        TacheManquee: (*LIBRES, TachePrise), TacheRetiree: (*LIBRES, TachePrise),
    },
)  # fmt: skip

# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tache(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


tache_de = Lecture[Fait | None]("logistique.tache", None, _tache, dernier=True)
