"""Une démarche: what happens to it. Each fact tells it whole, so that the last one suffices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from whenever import Date, Instant

from tierslieu_core.domaines.usages.reponse import echue
from tierslieu_core.kernel.declarations import champ, evenement, personnel
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit
from tierslieu_core.vocabulaire.identifiants import DemarcheId, EspaceId, ObjetId, PersonneId, demarche, mois
from tierslieu_core.vocabulaire.temps import Moment, Periode

OUVERTES = "demarches"
"""The tag of the kinds of démarches: a place has a few."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("demarches.DemarcheOuverte", "Le lieu reçoit désormais cette démarche : {libelle} ({action})")
class DemarcheOuverte:
    action: str
    libelle: str

    def etiquettes(self) -> Iterable[str]:
        return (OUVERTES,)


def _etiquettes(fait: Fait) -> Iterable[str]:
    """The démarche, and its person in its month: where rules that count read."""
    return demarche(fait.demarche), mois(fait.personne, fait.jour)


@evenement(
    "demarches.DemarcheAccordee", "Démarche accordée à {personne} : {action}[, {espace}][, {objet}][, {periode}]"
)
class DemarcheAccordee:
    demarche: DemarcheId
    action: str
    personne: PersonneId
    jour: Date = champ("jour dont il s'agit")
    espace: EspaceId | None
    objet: ObjetId | None
    periode: Periode | None
    faits: tuple[FaitDit, ...] = champ(AUSSI)
    motif: Personnel | None = personnel(qui="personne", conservation="demarche")

    etiquettes = _etiquettes


@evenement(
    "demarches.DemarcheEnAttente",
    "{personne} demande : {action}[, {espace}][, {objet}][, {periode}] ; réponse attendue de {aupres_de} "
    "jusqu'au {jusqu_au}",
)
class DemarcheEnAttente:
    demarche: DemarcheId
    action: str
    personne: PersonneId
    jour: Date = champ("jour dont il s'agit")
    espace: EspaceId | None
    objet: ObjetId | None
    periode: Periode | None
    faits: tuple[FaitDit, ...] = champ(AUSSI)
    motif: Personnel | None = personnel(qui="personne", conservation="demarche")
    aupres_de: tuple[str, ...] = champ("rôles qui ont à répondre")
    jusqu_au: Moment = champ("réponse attendue jusqu'au")
    silence: Literal["refus", "accord"] = champ("ce que vaut le silence")
    zone: str

    etiquettes = _etiquettes


@evenement("demarches.DemarcheRefusee", "Démarche refusée à {personne} : {action} ({raison})")
class DemarcheRefusee:
    demarche: DemarcheId
    action: str
    personne: PersonneId
    jour: Date = champ("jour dont il s'agit")
    espace: EspaceId | None
    objet: ObjetId | None
    periode: Periode | None
    raison: Personnel = personnel(qui="par", conservation="demarche")

    etiquettes = _etiquettes


@evenement("demarches.DemarcheClassee", "Démarche de {personne} close : {action} ({raison})")
class DemarcheClassee:
    """Given up by its person, or over: it counts no more."""

    demarche: DemarcheId
    action: str
    personne: PersonneId
    jour: Date = champ("jour dont il s'agit")
    espace: EspaceId | None
    objet: ObjetId | None
    periode: Periode | None
    raison: Personnel = personnel(qui="par", conservation="demarche")

    etiquettes = _etiquettes


Fait = DemarcheAccordee | DemarcheEnAttente | DemarcheRefusee | DemarcheClassee
FAITS = (DemarcheOuverte, DemarcheAccordee, DemarcheEnAttente, DemarcheRefusee, DemarcheClassee)


def tombee(d: Fait, quand: Instant) -> bool:
    """Whether nobody answered in time, and silence means no."""
    return isinstance(d, DemarcheEnAttente) and d.silence == "refus" and echue(d, d.zone, quand)


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Ouvertes = dict[str, DemarcheOuverte]
Demarches = dict[DemarcheId, Fait]


def _ouvertes(etat: Ouvertes, fait: DemarcheOuverte) -> Ouvertes:
    return {**etat, fait.action: fait}


def _derniere(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _toutes(etat: Demarches, fait: Fait) -> Demarches:
    return {**etat, fait.demarche: fait}


ouvertes_de = Lecture[Ouvertes]("demarches.ouvertes", {}, _ouvertes)
demarche_de = Lecture[Fait | None]("demarches.demarche", None, _derniere, dernier=True)
demarches_de = Lecture[Demarches]("demarches.demarches", {}, _toutes)
