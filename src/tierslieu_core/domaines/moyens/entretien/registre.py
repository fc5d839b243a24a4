"""Registres: a row for each incident, for each of the works; what falls due of them, when the works take place."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.entretien import DelaiIncident
from tierslieu_core.domaines.moyens.entretien import incident as vie_d_incident
from tierslieu_core.domaines.moyens.entretien import travaux as vie_de_travaux
from tierslieu_core.domaines.moyens.entretien.arret import (
    HorsUsage,
)
from tierslieu_core.domaines.moyens.entretien.incident import OUVERTS, Gravite, IncidentPrisEnCharge, IncidentSignale
from tierslieu_core.domaines.moyens.entretien.travaux import (
    EN_COURS,
    PREVUS,
    Amenagement,
    Nature,
    TravauxAbandonnes,
    TravauxTermines,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Note,
    Registre,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.kernel.planned import Planning, Prevu
from tierslieu_core.vocabulaire.identifiants import (
    IncidentId,
    PersonneId,
    TravauxId,
    incident,
)
from tierslieu_core.vocabulaire.identifiants import travaux as etiquette
from tierslieu_core.vocabulaire.temps import matin

# ── incidents ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneIncident:
    """``charge``: who sees to it; ``clos_le``: when it was solved or set aside (UTC)."""

    incident: IncidentId
    nom: str
    sur: str = attrs.field(metadata={"dit": "etiquette"})
    gravite: Gravite
    etat: str
    signale_le: Date
    personne: PersonneId
    constat: Personnel | None
    charge: PersonneId | None = None
    hors_usage: HorsUsage | None = None
    clos_le: Date | None = None


def _tenir(lignes: dict[IncidentId, LigneIncident], fait: vie_d_incident.Fait, note: Note) -> None:
    avant = lignes.get(fait.incident)
    constat = fait.constat if isinstance(fait, IncidentSignale) else avant.constat if avant else None
    charge = fait.charge if isinstance(fait, IncidentPrisEnCharge) else avant.charge if avant else None
    arret = fait.arret if isinstance(fait, IncidentPrisEnCharge) else None
    clos_le = None if isinstance(fait, OUVERTS) else Date.parse_iso(note.survenu_le[:10])
    etat = vie_d_incident.VIE.mot(fait)
    lignes[fait.incident] = LigneIncident(
        fait.incident, fait.nom, str(fait.sur), fait.gravite, etat, fait.signale_le, fait.personne, constat, charge,
        arret, clos_le,
    )  # fmt: skip


def _dues(ligne: LigneIncident, x: Contexte) -> Iterator[Due]:
    """Somebody sees to it in time; and its stop, once over, is prolonged, or the incident is solved."""
    if ligne.etat == "signalé":
        delais = x.livre.reglage(DelaiIncident, x.aujourdhui, lieux=(ligne.sur,)) or DelaiIncident()
        quand = matin(ligne.signale_le.add(days=delais.jours(ligne.gravite)), x.livre.zone)
        phrase = "Incident ({gravite}) sur {sur}, à prendre en charge : {nom} (entretien.PrendreEnCharge)"
        yield Due(quand, incident(ligne.incident), phrase)
    elif ligne.hors_usage is not None and ligne.clos_le is None:
        quand = matin(ligne.hors_usage.au.next_day(), x.livre.zone)
        phrase = "{sur} sert à nouveau, et l'incident n'est pas résolu ({nom}) : à résoudre, ou à prolonger"
        yield Due(quand, incident(ligne.incident), phrase)


# ── travaux ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneTravaux:
    """``etat``: prévus, reportés, en cours, terminés, abandonnés; ``fini_le``: the day on which they were done."""

    travaux: TravauxId
    nom: str
    sur: str = attrs.field(metadata={"dit": "etiquette"})
    nature: Nature
    du: Date
    au: Date
    etat: str
    hors_usage: HorsUsage | None
    incident: IncidentId | None
    amenagement: Amenagement | None
    fini_le: Date | None


def _tenir_travaux(lignes: dict[TravauxId, LigneTravaux], fait: vie_de_travaux.Fait, _: Note) -> None:
    lignes[fait.travaux] = LigneTravaux(
        fait.travaux, fait.nom, str(fait.sur), fait.nature, fait.du, fait.au, vie_de_travaux.VIE.mot(fait),
        None if isinstance(fait, TravauxTermines | TravauxAbandonnes) else fait.arret, fait.incident,
        None if isinstance(fait, TravauxAbandonnes) else fait.amenagement,
        fait.le if isinstance(fait, TravauxTermines) else None,
    )  # fmt: skip


AVANT, PENDANT = {vie_de_travaux.VIE.mots[un] for un in PREVUS}, {vie_de_travaux.VIE.mots[un] for un in EN_COURS}


def _dues_travaux(ligne: LigneTravaux, x: Contexte) -> Iterator[Due]:
    """The day on which they were to begin, then the morning after the one on which they were to end."""
    if ligne.etat in AVANT:
        phrase = "Travaux à commencer le {du} : {nom}, {sur} (ou à reporter)"
        yield Due(matin(ligne.du, x.livre.zone), etiquette(ligne.travaux), phrase)
    elif ligne.etat in PENDANT:
        phrase = "Travaux à terminer, prévus jusqu'au {au} : {nom}, {sur} (ou à prolonger)"
        yield Due(matin(ligne.au.next_day(), x.livre.zone), etiquette(ligne.travaux), phrase)


def _prevus(ligne: LigneTravaux, x: Contexte) -> Iterator[Prevu]:
    if ligne.etat in AVANT | PENDANT:
        debut, fin = matin(ligne.du, x.livre.zone), matin(ligne.au.next_day(), x.livre.zone)
        phrase = "travaux ({nature}) : {nom}, {sur}"
        yield Prevu(debut, fin, etiquette(ligne.travaux), phrase, (ligne.sur,), journee=True)


REGISTRES = (
    Registre("incidents", LigneIncident, _tenir, titre="Registre des incidents", index=("sur", "etat")),
    Registre("travaux", LigneTravaux, _tenir_travaux, titre="Registre des travaux", index=("sur", "etat")),
)
ECHEANCES = (
    Echeance("entretien.incidents", "Incidents à traiter", "incidents", _dues),
    Echeance("entretien.travaux", "Travaux à commencer ou à terminer", "travaux", _dues_travaux),
)
PLANNINGS = (Planning("travaux", "Travaux", "travaux", _prevus),)
TRANSMISSIONS = (
    Transmission(
        "Les incidents qui restent à traiter",
        "incidents",
        "{sur} ({gravite}) : {nom}, signalé le {signale_le}[, {charge} s'en charge][ ; hors d'usage {hors_usage}]",
        lambda ligne, _: ligne.clos_le is None,
    ),
    Transmission(
        "Les travaux prévus ou en cours",
        "travaux",
        "{nom} ({nature}), {sur}, du {du} au {au} : {etat}[ ; hors d'usage {hors_usage}][ ; mène à {amenagement}]",
        lambda ligne, _: ligne.etat in AVANT | PENDANT,
    ),
)
