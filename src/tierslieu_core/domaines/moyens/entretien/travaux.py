"""Travaux: preventive, corrective, or a new way to set a space up; what happens to them, each fact telling all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.entretien.arret import (
    HorsUsage,
)
from tierslieu_core.kernel.declarations import (
    Refus,
    champ,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import (
    EntretienId,
    IncidentId,
    TravauxId,
    connu,
)
from tierslieu_core.vocabulaire.identifiants import travaux as etiquette
from tierslieu_core.vocabulaire.vie import DEBUT, Cycle

Nature = Literal["préventif", "correctif", "aménagement"]


@attrs.frozen(kw_only=True)
class Amenagement:
    """The way in which a space can be set up once the works are done."""

    configuration: str
    capacite: int = champ("capacité", unite="personnes")

    def __str__(self) -> str:
        return f"« {self.configuration} », {self.capacite} personnes"


# ── événements (chacun dit tous les travaux : le dernier suffit) ────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return etiquette(fait.travaux), str(fait.sur)


@evenement(
    "entretien.TravauxPlanifies", "Travaux prévus ({nature}) : {nom}, {sur}, du {du} au {au}[ ; hors d'usage {arret}]"
)
class TravauxPlanifies:
    travaux: TravauxId
    sur: Chose
    nature: Nature
    nom: str
    du: Date
    au: Date
    arret: HorsUsage | None
    incident: IncidentId | None
    entretien: EntretienId | None
    amenagement: Amenagement | None

    etiquettes = _etiquettes


@evenement(
    "entretien.TravauxReportes", "Travaux reportés : {nom}, {sur}, désormais du {du} au {au}[ ; hors d'usage {arret}]"
)
class TravauxReportes:
    """``rendu``: the day from which what was kept for the former dates is given back."""

    travaux: TravauxId
    sur: Chose
    nature: Nature
    nom: str
    du: Date
    au: Date
    arret: HorsUsage | None
    rendu: Date | None
    incident: IncidentId | None
    entretien: EntretienId | None
    amenagement: Amenagement | None

    etiquettes = _etiquettes


@evenement("entretien.TravauxCommences", "Les travaux commencent : {nom}, {sur}, jusqu'au {au}")
class TravauxCommences:
    travaux: TravauxId
    sur: Chose
    nature: Nature
    nom: str
    du: Date
    au: Date
    arret: HorsUsage | None
    incident: IncidentId | None
    entretien: EntretienId | None
    amenagement: Amenagement | None

    etiquettes = _etiquettes


@evenement("entretien.TravauxProlonges", "Les travaux durent jusqu'au {au} : {nom}, {sur}[ ; hors d'usage {arret}]")
class TravauxProlonges:
    travaux: TravauxId
    sur: Chose
    nature: Nature
    nom: str
    du: Date
    au: Date
    arret: HorsUsage | None
    rendu: Date | None
    incident: IncidentId | None
    entretien: EntretienId | None
    amenagement: Amenagement | None

    etiquettes = _etiquettes


@evenement("entretien.TravauxTermines", "Travaux terminés le {le} : {nom}, {sur}[ ; à nouveau en usage dès le {rendu}]")
class TravauxTermines:
    travaux: TravauxId
    sur: Chose
    nature: Nature
    nom: str
    du: Date
    au: Date
    le: Date
    rendu: Date | None
    incident: IncidentId | None
    entretien: EntretienId | None
    amenagement: Amenagement | None

    etiquettes = _etiquettes


@evenement(
    "entretien.TravauxAbandonnes",
    "Travaux abandonnés : {nom}, {sur} ({motif})[ ; à nouveau en usage dès le {rendu}]",
)
class TravauxAbandonnes:
    travaux: TravauxId
    sur: Chose
    nature: Nature
    nom: str
    du: Date
    au: Date
    motif: Personnel = personnel(qui="par", conservation="travaux")
    rendu: Date | None
    incident: IncidentId | None

    etiquettes = _etiquettes


Prevus = TravauxPlanifies | TravauxReportes
EnCours = TravauxCommences | TravauxProlonges
Fait = Prevus | EnCours | TravauxTermines | TravauxAbandonnes
PREVUS, EN_COURS = (TravauxPlanifies, TravauxReportes), (TravauxCommences, TravauxProlonges)
VIE = Cycle(
    mots={
        TravauxPlanifies: "prévus", TravauxReportes: "reportés", TravauxCommences: "en cours",
        TravauxProlonges: "en cours", TravauxTermines: "terminés", TravauxAbandonnes: "abandonnés",
    },
    apres={
        TravauxPlanifies: (DEBUT,), TravauxReportes: PREVUS, TravauxCommences: PREVUS, TravauxProlonges: EN_COURS,
        TravauxTermines: PREVUS + EN_COURS, TravauxAbandonnes: PREVUS + EN_COURS,
    },
)  # fmt: skip

# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus("entretien.TravauxPasACetteEtape", "« {travaux} » : ces travaux sont {etat}.", "{issue}")
class TravauxPasACetteEtape(Refus):
    travaux: TravauxId
    etat: str
    issue: str


ISSUES = {
    "prévus": "Dites d'abord qu'ils commencent (entretien.CommencerTravaux), ou reportez-les"
    " (entretien.ReporterTravaux).",
    "en cours": "Prolongez-les (entretien.ProlongerTravaux), terminez-les (entretien.TerminerTravaux) ou abandonnez-les"
    " (entretien.AbandonnerTravaux).",
    "terminés": "S'il en faut d'autres, prévoyez-les (entretien.PlanifierTravaux).",
}
ISSUES |= {"reportés": ISSUES["prévus"], "abandonnés": ISSUES["terminés"]}


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _travaux(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


travaux_de = Lecture[Fait | None]("entretien.travaux", None, _travaux, dernier=True)


def vivants(fait: Fait | None, nature: type) -> Prevus | EnCours | TravauxPasACetteEtape:
    """Works of which that may be said now; or why it may not."""
    ici: Fait = connu(fait)
    if VIE.permet(nature, ici) and isinstance(ici, Prevus | EnCours):
        return ici
    return TravauxPasACetteEtape(travaux=ici.travaux, etat=VIE.mot(ici), issue=ISSUES[VIE.mot(ici)])


FAITS = (TravauxPlanifies, TravauxReportes, TravauxCommences, TravauxProlonges, TravauxTermines, TravauxAbandonnes)
REFUS = (TravauxPasACetteEtape,)
