"""Correction: the last fact of an incident, of works, of a periodic upkeep, recorded by mistake, counts no more."""

from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.cadre.corrections import correction, corriger
from tierslieu_core.domaines.moyens.entretien import entretiens, travaux
from tierslieu_core.domaines.moyens.entretien import incident as vie
from tierslieu_core.domaines.moyens.entretien.arret import REGIE
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import EntretienId, IncidentId, TravauxId, entretien, incident
from tierslieu_core.vocabulaire.identifiants import travaux as etiquette

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("entretien.CorrigerIncident")
class CorrigerIncident:
    """Corriger le dernier fait d'un incident, enregistré par erreur."""

    incident: IncidentId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


@commande("entretien.CorrigerTravaux")
class CorrigerTravaux:
    """Corriger le dernier fait de travaux, enregistré par erreur, s'il n'a rien fermé ni rouvert."""

    travaux: TravauxId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


@commande("entretien.CorrigerEntretien")
class CorrigerEntretien:
    """Corriger le dernier fait d'un entretien périodique, enregistré par erreur."""

    entretien: EntretienId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "entretien.CorrectionSansRendre",
    "« {fait} » a aussi changé les jours où {sur} est hors d'usage : le corriger ne les rendrait pas.",
    "Dites plutôt la suite : reportez ou abandonnez les travaux, résolvez ou écartez l'incident ; ce qui est fermé"
    " rouvre alors. Ce qui est déjà clos se prévoit ou se signale à nouveau.",
)
class CorrectionSansRendre(Refus):
    sur: Chose
    fait: str = champ(dit="fait")


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _incident(_: Read | None, fait: vie.Fait, note: Note) -> Read | None:
    return fait, note


def _travaux(_: Read | None, fait: travaux.Fait, note: Note) -> Read | None:
    return fait, note


def _entretien(_: Read | None, fait: entretiens.Fait, note: Note) -> Read | None:
    return fait, note


fait_d_incident = Lecture[Read | None]("entretien.fait_d_incident", None, _incident, dernier=True, notes=True)
fait_de_travaux = Lecture[Read | None]("entretien.fait_de_travaux", None, _travaux, dernier=True, notes=True)
fait_d_entretien = Lecture[Read | None]("entretien.fait_d_entretien", None, _entretien, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

SANS_EFFET = (travaux.TravauxCommences,)
"""What tells the stop again without changing it."""


def _corriger(c: Any, sujet: str, dernier: Read | None, x: Contexte) -> Issue:
    """What closed or opened something is not undone by forgetting that it was said."""
    issue = corriger(c.fait, sujet, c.motif, dernier, x)
    if isinstance(issue, Refus) or not issue or dernier is None or isinstance(dernier[0], SANS_EFFET):
        return issue
    fait, note = dernier
    change = getattr(fait, "arret", None) is not None or getattr(fait, "rendu", None) is not None
    return CorrectionSansRendre(sur=fait.sur, fait=note.id) if change else issue


DEMANDES = (
    Demande(
        CorrigerIncident,
        REGIE,
        lambda c, _: lire(fait_d_incident(incident(c.incident))),
        lambda c, etats, x: _corriger(c, incident(c.incident), etats[0], x),
    ),
    Demande(
        CorrigerTravaux,
        REGIE,
        lambda c, _: lire(fait_de_travaux(etiquette(c.travaux))),
        lambda c, etats, x: _corriger(c, etiquette(c.travaux), etats[0], x),
    ),
    correction(CorrigerEntretien, REGIE, fait_d_entretien, lambda c: entretien(c.entretien)),
)
REFUS = (CorrectionSansRendre,)
