"""Registres: the programme, its séances and whether each has its space, who comes; what falls due of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from whenever import Date, ZonedDateTime

from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.projets.programmation.activite import (
    ActiviteAnnulee,
    ActiviteEvaluee,
    ActivitePortee,
    ActiviteProgrammee,
    ActiviteProposee,
    ActiviteSoutenue,
    ActiviteTenue,
    Venue,
    etape,
    seances_de,
)
from tierslieu_core.domaines.projets.programmation.deroulement import ETATS, SeanceAnnulee, SeanceTenue
from tierslieu_core.domaines.projets.programmation.participants import (
    ParticipantEnAttente,
    ParticipantInscrit,
    ParticipantParti,
)
from tierslieu_core.domaines.usages import reservations
from tierslieu_core.kernel.declarations import Contexte, Identifiant, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.kernel.planned import Planning, Prevu
from tierslieu_core.vocabulaire.identifiants import (
    ActiviteId,
    BesoinId,
    EspaceId,
    PersonneId,
    PublicId,
    ReservationId,
    activite,
    espace,
)
from tierslieu_core.vocabulaire.temps import Moment, Periode

PROPOSEE_JOURS, BILAN_JOURS = 30, 15
"""How long a proposal waits before somebody is to answer it; how long after an activity its review is asked for."""

# ── activités ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneActivite:
    """``etat``: proposée, programmée, tenue, évaluée, annulée. ``venus``: by public; ``le``: day of the last word."""

    activite: ActiviteId
    nom: str
    etat: str
    porteurs: tuple[PersonneId, ...]
    publics: tuple[PublicId, ...]
    besoins: tuple[BesoinId, ...]
    places: int | None
    soutiens: int
    seances: int
    le: Date
    fin: Periode | None = None
    venues: tuple[Venue, ...] = ()
    bilan: Personnel | None = None


def _tenir(
    lignes: dict[ActiviteId, LigneActivite],
    fait: ActiviteProposee | ActivitePortee | ActiviteSoutenue | ActiviteProgrammee | ActiviteTenue | ActiviteEvaluee
    | ActiviteAnnulee,
    note: Note,
) -> None:  # fmt: skip
    p, seances, avant = fait.projet, seances_de(fait), lignes.get(fait.activite)
    derniere = max((s.periode for s in seances), key=lambda un: un.fin, default=None)
    ligne = LigneActivite(
        fait.activite, p.nom, etape(fait), p.porteurs, p.publics, p.besoins, p.places, p.soutiens, len(seances),
        Date.parse_iso(note.survenu_le[:10]), derniere,
    )  # fmt: skip
    if isinstance(fait, ActiviteTenue):
        ligne = attrs.evolve(ligne, venues=fait.venues)
    elif isinstance(fait, ActiviteEvaluee) and avant is not None:
        ligne = attrs.evolve(ligne, venues=avant.venues, bilan=fait.bilan)
    lignes[fait.activite] = ligne


def _dues(ligne: LigneActivite, x: Contexte) -> Iterator[Due]:
    chose = activite(ligne.activite)
    if ligne.etat == "proposée":
        quand = rappel(ligne.le.add(days=PROPOSEE_JOURS), x, action="proposer", jours=0)
        yield Due(quand, chose, "{nom}, proposée par {porteurs} : à programmer, ou à annuler")
    elif ligne.etat == "tenue":
        quand = rappel(ligne.le.add(days=BILAN_JOURS), x, action="evaluer", jours=0)
        yield Due(quand, chose, "{nom} : son bilan est à faire, avec {porteurs}")


# ── séances ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneSeance:
    """``etat``: sans espace (its booking was refused, given up or displaced), en attente, réservée, tenue, annulée.

    Its hours and its space are those of its booking. ``jusqu_au``: when that falls by itself, and the séance then has
    what it kept meanwhile (``garde``), if anything.
    """

    reservation: ReservationId
    activite: ActiviteId
    nom: str
    espace: EspaceId
    periode: Periode
    etat: str = "sans espace"
    venues: tuple[Venue, ...] = ()
    jusqu_au: Moment | None = None
    garde: reservations.Emprise | None = None


Seances = dict[ReservationId, LigneSeance]
DITES = frozenset({"tenue", "annulée"})
"""What somebody said of it, whatever becomes of its booking."""


def _tenir_seances(
    lignes: Seances,
    fait: ActiviteProgrammee | ActiviteTenue | ActiviteAnnulee | SeanceTenue | SeanceAnnulee | reservations.Fait,
    _: Note,
) -> None:
    match fait:
        case ActiviteProgrammee():
            s = fait.seances[-1]
            lignes[s.reservation] = LigneSeance(s.reservation, fait.activite, fait.projet.nom, s.espace, s.periode)
        case ActiviteTenue() | ActiviteAnnulee():
            etat = "tenue" if isinstance(fait, ActiviteTenue) else "annulée"
            for s in fait.seances:
                if ligne := lignes.get(s.reservation):
                    lignes[s.reservation] = _devient(ligne, etat)
        case SeanceTenue() | SeanceAnnulee():
            if ligne := lignes.get(fait.reservation):
                dit: Any = {"espace": fait.espace, "periode": fait.periode, "venues": getattr(fait, "venues", ())}
                lignes[fait.reservation] = attrs.evolve(ligne, etat=ETATS[type(fait)], **dit)
        case _:
            if ligne := lignes.get(fait.reservation):  # most bookings are no séance's
                lignes[fait.reservation] = _reservee(ligne, fait)


def _devient(ligne: LigneSeance, etat: str, **autres: Any) -> LigneSeance:
    return ligne if ligne.etat in DITES else attrs.evolve(ligne, etat=etat, **autres)


def _reservee(ligne: LigneSeance, fait: reservations.Fait) -> LigneSeance:
    """What becomes of its booking becomes of it."""
    garde: reservations.Emprise | None = getattr(fait, "garde", None)
    la = garde if isinstance(fait, reservations.ReservationRefusee) and garde else fait
    finie = isinstance(la, reservations.ReservationAnnulee | reservations.ReservationRefusee)
    if finie or reservations.a_deplacer(fait):
        return _devient(ligne, "sans espace", jusqu_au=None, garde=None)
    ici: dict[str, Any] = {"espace": la.espace, "periode": la.periode, "garde": garde, "jusqu_au": None}
    if isinstance(fait, reservations.ReservationEnAttente):
        tombe = fait.jusqu_au if fait.silence == "refus" else None
        return _devient(ligne, "en attente", **{**ici, "jusqu_au": tombe})
    return _devient(ligne, "réservée", **ici)


def _au(ligne: LigneSeance, le: ZonedDateTime) -> LigneSeance:
    """What nobody answered in time has fallen."""
    if ligne.jusqu_au is None or le < ligne.jusqu_au.dans(le.tz_id or "UTC"):
        return ligne
    if ligne.garde is None:
        return _devient(ligne, "sans espace", jusqu_au=None)
    return _devient(ligne, "réservée", espace=ligne.garde.espace, periode=ligne.garde.periode, jusqu_au=None)


def _dues_seance(ligne: LigneSeance, x: Contexte) -> Iterator[Due]:
    """What has no space is to be put elsewhere; of what is over, somebody says whether it took place."""
    if ligne.etat in DITES:
        return
    debut, fin = ligne.periode.bornes()
    chose = f"{activite(ligne.activite)}~{ligne.reservation}"
    if ligne.etat == "sans espace" and x.maintenant < fin:
        quand = rappel(ligne.periode.debut.local.date(), x, action="programmer", jours=PROPOSEE_JOURS)
        yield Due(min(quand, debut), chose, "{nom} n'a pas {espace}, {periode} : à programmer ailleurs, ou autrement")
    else:
        yield Due(fin, chose, "{nom}, {periode} : a-t-elle eu lieu, qui est venu ?")


def _prevus(ligne: LigneSeance, _: Contexte) -> Iterator[Prevu]:
    if ligne.etat not in {"annulée", "sans espace"}:
        debut, fin = ligne.periode.bornes()
        avec = espace(ligne.espace), activite(ligne.activite)
        yield Prevu(debut, fin, f"{avec[1]}~{ligne.reservation}", "{nom}, {espace} ({etat})", avec)


# ── participants ────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneParticipant:
    """Who comes to what, or waits for a place; ``rang``: in the order in which they asked."""

    activite: ActiviteId
    nom: str
    personne: PersonneId
    etat: str
    rang: int


Participants = dict[tuple[ActiviteId, PersonneId], LigneParticipant]


def _tenir_participants(
    lignes: Participants, fait: ParticipantInscrit | ParticipantEnAttente | ParticipantParti, note: Note
) -> None:
    cle = fait.activite, fait.personne
    avant = lignes.pop(cle, None)
    if not isinstance(fait, ParticipantParti):
        etat = "vient" if isinstance(fait, ParticipantInscrit) else "attend une place"
        rang = avant.rang if avant else note.position
        lignes[cle] = LigneParticipant(fait.activite, fait.nom, fait.personne, etat, rang)


REGISTRES = (
    Registre("activites", LigneActivite, _tenir, titre="Registre de la programmation"),
    Registre("seances", LigneSeance, _tenir_seances, _au, "Séances de la programmation", heure=True),
    Registre("participants", LigneParticipant, _tenir_participants, titre="Qui vient", index=("activite", "personne")),
)
IDENTIFIANTS = (Identifiant(ActiviteId, ActiviteProposee, (ActiviteProposee,)),)
ECHEANCES = (
    Echeance("programmation.activite", "Programmation", "activites", _dues),
    Echeance("programmation.seance", "Séances", "seances", _dues_seance),
)
TRANSMISSIONS = (
    Transmission(
        "Ce qui est proposé ou programmé", "activites", "{nom}, {etat}, portée par {porteurs}[, pour {publics}]",
        lambda ligne, _: ligne.etat in ("proposée", "programmée"),
    ),
    Transmission(
        "Ce que l'on retient des activités", "activites", "{nom} : {bilan}", lambda ligne, _: bool(ligne.bilan),
        rubrique="appris",
    ),
)  # fmt: skip
PLANNINGS = (Planning("programmation.seances", "Activité", "seances", _prevus),)
