"""Correction: the last step of an incident, of works, of a periodic upkeep, said by mistake, counts no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tierslieu_core.domaines.cadre.corrections import corriger
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

NAISSANCES = (vie.IncidentSignale, travaux.TravauxPlanifies, entretiens.EntretienFixe)
"""What is not unsaid: an incident is set aside, works are given up, a periodic upkeep is stopped or set again."""


def _corriger(c: Any, sujet: str, dernier: Read | None, x: Contexte) -> Issue:
    """What closed or opened something is not undone by forgetting that it was said."""
    fait = None if dernier is None else dernier[0]
    dernier = None if isinstance(fait, NAISSANCES) else dernier
    issue = corriger(c.fait, sujet, c.motif, dernier, x)
    if isinstance(issue, Refus) or not issue or dernier is None or isinstance(fait, travaux.TravauxCommences):
        return issue  # works that begin tell their stop again, and do not change it
    change = getattr(fait, "arret", None) is not None or getattr(fait, "rendu", None) is not None
    return CorrectionSansRendre(sur=dernier[0].sur, fait=dernier[1].id) if change else issue


def _demande(
    commande: type[Any], lecture: Lecture[Read | None], sujet: Callable[[Any], str]
) -> Demande[Any, tuple[Read | None]]:
    return Demande(
        commande,
        REGIE,
        lambda c, _: lire(lecture(sujet(c))),
        lambda c, etats, x: _corriger(c, sujet(c), etats[0], x),
    )


DEMANDES = (
    _demande(CorrigerIncident, fait_d_incident, lambda c: incident(c.incident)),
    _demande(CorrigerTravaux, fait_de_travaux, lambda c: etiquette(c.travaux)),
    _demande(CorrigerEntretien, fait_d_entretien, lambda c: entretien(c.entretien)),
)
REFUS = (CorrectionSansRendre,)
