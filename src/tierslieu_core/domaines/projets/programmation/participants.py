"""Participants (P1): who comes to an activity, as many as it has places; the others wait, and are served in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tierslieu_core.domaines.projets.programmation.activite import (
    REGIE,
    VIVANTES,
    ActiviteAbsente,
    Fait,
    PasACetteEtape,
    etape,
    lit,
)
from tierslieu_core.domaines.usages.profil import Profil, mesures_de, profil_de
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, commande, evenement
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.identifiants import ActiviteId, PersonneId, activite
from tierslieu_core.vocabulaire.mesures import Mesures

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def liste(laquelle: ActiviteId) -> str:
    """The tag of who comes to an activity."""
    return f"{activite(laquelle)}@participants"


@evenement("programmation.ParticipantInscrit", "{personne} vient : {nom}")
class ParticipantInscrit:
    activite: ActiviteId
    nom: str
    personne: PersonneId

    def etiquettes(self) -> Iterable[str]:
        return (liste(self.activite),)


@evenement("programmation.ParticipantEnAttente", "{personne} attend une place : {nom}")
class ParticipantEnAttente:
    activite: ActiviteId
    nom: str
    personne: PersonneId

    def etiquettes(self) -> Iterable[str]:
        return (liste(self.activite),)


@evenement("programmation.ParticipantParti", "{personne} ne vient plus : {nom}")
class ParticipantParti:
    activite: ActiviteId
    nom: str
    personne: PersonneId

    def etiquettes(self) -> Iterable[str]:
        return (liste(self.activite),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("programmation.InscrireParticipant")
class InscrireParticipant:
    """Venir à une activité : une place s'il en reste, sinon une place dans la file."""

    activite: ActiviteId
    personne: PersonneId


@commande("programmation.DesinscrireParticipant")
class DesinscrireParticipant:
    """Ne plus venir à une activité : la place va à qui attend depuis le plus longtemps."""

    activite: ActiviteId
    personne: PersonneId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Inscrits = dict[PersonneId, bool]
"""Who comes or waits, in order; whether they have a place."""


def _participants(etat: Inscrits, fait: ParticipantInscrit | ParticipantEnAttente | ParticipantParti) -> Inscrits:
    if isinstance(fait, ParticipantParti):
        return {qui: place for qui, place in etat.items() if qui != fait.personne}
    return {**etat, fait.personne: isinstance(fait, ParticipantInscrit)}


participants_de = Lecture[Inscrits]("programmation.participants", {}, _participants)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[Fait | None], tuple[Inscrits]]


def _lit(c: DesinscrireParticipant | InscrireParticipant, x: Contexte) -> Lot[Etats]:
    return lit(c, x).avec(lire(participants_de(liste(c.activite))))


def _lit_inscrire(c: InscrireParticipant, x: Contexte) -> Lot[tuple[Etats, Profil]]:
    return _lit(c, x).avec(profil_de(c.personne, x))


def _inscrire(c: InscrireParticipant, etats: tuple[Etats, Profil], _: Contexte) -> Issue:
    (a,), (inscrits,) = etats[0]
    if a is None:
        return ActiviteAbsente(activite=c.activite)
    if c.personne in inscrits:
        return ()
    if not isinstance(a, VIVANTES):
        return PasACetteEtape(nom=a.projet.nom, etape=etape(a))
    places = a.projet.places
    plein = places is not None and sum(inscrits.values()) >= places
    dit: Any = ParticipantEnAttente if plein else ParticipantInscrit
    return [dit(activite=c.activite, nom=a.projet.nom, personne=c.personne)]


def _mesure(c: InscrireParticipant, etats: tuple[Etats, Profil], x: Contexte) -> Mesures:
    return mesures_de(c.personne, etats[1], x.aujourdhui, action="participer", lieux=(activite(c.activite),))


def _desinscrire(c: DesinscrireParticipant, etats: Etats, _: Contexte) -> Issue:
    (a,), (inscrits,) = etats
    if a is None or c.personne not in inscrits:
        return () if a is not None else ActiviteAbsente(activite=c.activite)
    parti = ParticipantParti(activite=c.activite, nom=a.projet.nom, personne=c.personne)
    attend = next((qui for qui, place in inscrits.items() if not place), None)
    if not inscrits[c.personne] or attend is None:
        return [parti]
    return [parti, ParticipantInscrit(activite=c.activite, nom=a.projet.nom, personne=attend)]


QUI = REGIE | {"soi"}
FAITS = (ParticipantInscrit, ParticipantEnAttente, ParticipantParti)
DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(InscrireParticipant, QUI, _lit_inscrire, _inscrire, _mesure),
    Demande(DesinscrireParticipant, QUI, _lit, _desinscrire),
)
