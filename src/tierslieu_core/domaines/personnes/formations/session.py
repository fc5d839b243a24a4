"""Session: when a training is given, by whom, for how many; who comes, who waits for a place, what they acquired.

Each fact tells the session whole, so that the last one suffices.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from whenever import Date, Instant

from tierslieu_core.domaines.personnes.formations.habilitation import AccorderHabilitation
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import Note, champ, evenement, personnel
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, FormationId, PersonneId, SessionId
from tierslieu_core.vocabulaire.identifiants import session as etiquette
from tierslieu_core.vocabulaire.temps import Periode
from tierslieu_core.vocabulaire.vie import vers

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (etiquette(fait.session),)


@evenement(
    "formations.SessionProgrammee", "{formation}, {periode}, par {formateur} : session programmée (places : {places})"
)
class SessionProgrammee:
    """``inscrits``: who has a place; ``attente``: who waits for one, the first to be served first."""

    session: SessionId
    formation: FormationId
    periode: Periode
    places: int
    formateur: PersonneId
    espace: EspaceId | None
    inscrits: tuple[PersonneId, ...]
    attente: tuple[PersonneId, ...]

    etiquettes = _etiquettes


@evenement(
    "formations.SessionRevue", "{formation} est revue : {periode}, par {formateur}[ ; une place va à {appelees}]"
)
class SessionRevue:
    """``appelees``: those who waited, and for whom there now is a place."""

    session: SessionId
    formation: FormationId
    periode: Periode
    places: int
    formateur: PersonneId
    espace: EspaceId | None
    inscrits: tuple[PersonneId, ...]
    attente: tuple[PersonneId, ...]
    appelees: tuple[PersonneId, ...]

    etiquettes = _etiquettes


@evenement("formations.InscriptionPrise", "{personne} s'inscrit : {formation}, {periode}")
class InscriptionPrise:
    session: SessionId
    personne: PersonneId
    formation: FormationId
    periode: Periode
    places: int
    formateur: PersonneId
    espace: EspaceId | None
    inscrits: tuple[PersonneId, ...]
    attente: tuple[PersonneId, ...]

    etiquettes = _etiquettes


@evenement("formations.PlaceAttendue", "{personne} attend une place : {formation}, {periode}")
class PlaceAttendue:
    session: SessionId
    personne: PersonneId
    formation: FormationId
    periode: Periode
    places: int
    formateur: PersonneId
    espace: EspaceId | None
    inscrits: tuple[PersonneId, ...]
    attente: tuple[PersonneId, ...]

    etiquettes = _etiquettes


@evenement("formations.PlaceRendue", "{personne} ne vient plus : {formation}, {periode}[ ; sa place va à {appelees}]")
class PlaceRendue:
    session: SessionId
    personne: PersonneId
    formation: FormationId
    periode: Periode
    places: int
    formateur: PersonneId
    espace: EspaceId | None
    inscrits: tuple[PersonneId, ...]
    attente: tuple[PersonneId, ...]
    appelees: tuple[PersonneId, ...]

    etiquettes = _etiquettes


@evenement("formations.SessionTenue", "{formation}, {periode} : présents, {presents}[ ; acquis par {acquis}]")
class SessionTenue:
    """``acquis``: who learnt what it teaches; they have the habilitation from ``du`` on, as the training then said."""

    session: SessionId
    formation: FormationId
    periode: Periode
    places: int
    formateur: PersonneId
    espace: EspaceId | None
    inscrits: tuple[PersonneId, ...]
    attente: tuple[PersonneId, ...]
    presents: tuple[PersonneId, ...]
    acquis: tuple[PersonneId, ...]
    habilitation: str
    du: Date
    jusqu_au: Date | None
    pratique_jours: int | None = champ("s'éteint après tant de jours sans pratique", unite="jours")

    etiquettes = _etiquettes


@evenement("formations.SessionAnnulee", "{formation}, {periode} : la session est annulée ({motif})")
class SessionAnnulee:
    session: SessionId
    formation: FormationId
    periode: Periode
    places: int
    formateur: PersonneId
    espace: EspaceId | None
    inscrits: tuple[PersonneId, ...]
    attente: tuple[PersonneId, ...]
    motif: Personnel = personnel(qui="par", conservation="formation")

    etiquettes = _etiquettes


AVenir = SessionProgrammee | SessionRevue | InscriptionPrise | PlaceAttendue | PlaceRendue
Fait = AVenir | SessionTenue | SessionAnnulee
FAITS = (
    SessionProgrammee, SessionRevue, InscriptionPrise, PlaceAttendue, PlaceRendue, SessionTenue, SessionAnnulee,
)  # fmt: skip
S = TypeVar("S", bound=AVenir)
Gens = tuple[PersonneId, ...]


def etape(s: Fait, quand: Instant) -> str:
    """Where a session stands at an instant, in a word."""
    match s:
        case SessionTenue():
            return "tenue"
        case SessionAnnulee():
            return "annulée"
    debut, fin = s.periode.bornes()
    return "à venir" if quand < debut else "en cours" if quand < fin else "passée"


def servie(nature: type[S], s: AVenir, inscrits: Gens, attente: Gens, **change: Any) -> S:
    """The session after a change of who comes or of how many may: those who wait take what is free, in their order."""
    libres = max(0, change.get("places", s.places) - len(inscrits))
    appelees, restent = attente[:libres], attente[libres:]
    return vers(nature, s, **change, inscrits=(*inscrits, *appelees), attente=restent, appelees=appelees)


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _session(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: Fait, note: Note) -> Read | None:
    return fait, note


session_de = Lecture[Fait | None]("formations.session", None, _session, dernier=True)
dernier_fait = Lecture[Read | None]("formations.dernier_fait_session", None, _dernier, dernier=True, notes=True)


def habiliter(fait: SessionTenue) -> Iterable[AccorderHabilitation]:
    """Whoever acquired what was taught is habilitated."""
    if fait.habilitation:
        for qui in fait.acquis:
            yield AccorderHabilitation(
                personne=qui, habilitation=fait.habilitation, du=fait.du, jusqu_au=fait.jusqu_au,
                pratique_jours=fait.pratique_jours,
            )  # fmt: skip
