"""Registres: the programme, its séances and whether each has its space, who comes; what falls due of them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

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
from tierslieu_core.domaines.projets.programmation.participants import (
    ParticipantEnAttente,
    ParticipantInscrit,
    ParticipantParti,
)
from tierslieu_core.domaines.usages.reservations import (
    ReservationAcceptee,
    ReservationAnnulee,
    ReservationDeplacee,
    ReservationEnAttente,
    ReservationRefusee,
)
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
from tierslieu_core.vocabulaire.temps import Periode

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
    elif ligne.etat == "programmée" and ligne.fin is not None:
        yield Due(ligne.fin.bornes()[1], chose, "{nom} : a-t-elle eu lieu, qui est venu ?")
    elif ligne.etat == "tenue":
        quand = rappel(ligne.le.add(days=BILAN_JOURS), x, action="evaluer", jours=0)
        yield Due(quand, chose, "{nom} : son bilan est à faire, avec {porteurs}")


# ── séances ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneSeance:
    """``etat``: sans espace (its booking was refused, or was given up), en attente, réservée, annulée."""

    reservation: ReservationId
    activite: ActiviteId
    nom: str
    espace: EspaceId
    periode: Periode
    etat: str = "sans espace"


Seances = dict[ReservationId, LigneSeance]


def _tenir_seances(
    lignes: Seances,
    fait: ActiviteProgrammee | ActiviteAnnulee | ReservationAcceptee | ReservationEnAttente | ReservationDeplacee
    | ReservationRefusee | ReservationAnnulee,
    _: Note,
) -> None:  # fmt: skip
    if isinstance(fait, ActiviteProgrammee):
        s = fait.seances[-1]
        lignes[s.reservation] = LigneSeance(s.reservation, fait.activite, fait.projet.nom, s.espace, s.periode)
    elif isinstance(fait, ActiviteAnnulee):
        for s in fait.seances:
            if s.reservation in lignes:
                lignes[s.reservation] = attrs.evolve(lignes[s.reservation], etat="annulée")
    elif fait.reservation in lignes and lignes[fait.reservation].etat != "annulée":
        ligne = lignes[fait.reservation]
        match fait:
            case ReservationAcceptee() | ReservationDeplacee():
                ligne = attrs.evolve(ligne, espace=fait.espace, periode=fait.periode, etat="réservée")
            case ReservationEnAttente():
                ligne = attrs.evolve(ligne, etat="en attente")
            case _:
                ligne = attrs.evolve(ligne, etat="sans espace")
        lignes[fait.reservation] = ligne


def _sans_espace(ligne: LigneSeance, x: Contexte) -> Iterator[Due]:
    debut, fin = ligne.periode.bornes()
    if ligne.etat == "sans espace" and x.maintenant < fin:
        le = ligne.periode.debut.local.date()
        quand = rappel(le, x, action="programmer", jours=PROPOSEE_JOURS)
        chose = f"{activite(ligne.activite)}~{ligne.reservation}"
        yield Due(min(quand, debut), chose, "{nom} n'a pas {espace}, {periode} : à programmer ailleurs, ou autrement")


def _prevus(ligne: LigneSeance, _: Contexte) -> Iterator[Prevu]:
    if ligne.etat != "annulée":
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
    Registre("seances", LigneSeance, _tenir_seances, titre="Séances de la programmation"),
    Registre("participants", LigneParticipant, _tenir_participants, titre="Qui vient", index=("activite", "personne")),
)
IDENTIFIANTS = (Identifiant(ActiviteId, ActiviteProposee),)
ECHEANCES = (
    Echeance("programmation.activite", "Programmation", "activites", _dues),
    Echeance("programmation.seance", "Séances sans espace", "seances", _sans_espace),
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
