"""Registres: one row a booking, and what has become of it; those that wait for somebody, in registers of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from whenever import Date, Instant, ZonedDateTime

from tierslieu_core.domaines.usages.reservations.emprise import Emprise
from tierslieu_core.domaines.usages.reservations.presence import LibererReservation
from tierslieu_core.domaines.usages.reservations.provisoire import OptionPosee, ReservationEnAttente
from tierslieu_core.domaines.usages.reservations.reservation import (
    AbsenceNotee,
    Fait,
    PresenceSignalee,
    ReservationAcceptee,
    ReservationAnnulee,
    ReservationDeplacee,
    ReservationRaccourcie,
    ReservationRefusee,
    ReservationRevue,
)
from tierslieu_core.domaines.usages.reservations.tenue import a_deplacer, a_revoir
from tierslieu_core.domaines.usages.reservations.tour import ServirAttente
from tierslieu_core.domaines.usages.reservations.validation import ConfirmerReservation
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.planned import Planning, Prevu
from tierslieu_core.vocabulaire.francais import entre, liste, moment
from tierslieu_core.vocabulaire.identifiants import (
    EspaceId,
    PersonneId,
    ReservationId,
    SerieId,
    espace,
    personne,
    reservation,
)
from tierslieu_core.vocabulaire.temps import JOURS_MAX, Moment, Periode, jours_entre


@attrs.frozen
class Reservation:
    """``etat``, on the day it is read; ``quand``: the period in words; ``jusqu_au``: when an answer is due."""

    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    debut: Moment
    fin: Moment
    participants: int | None
    etat: str
    quand: str = ""
    jusqu_au: Moment | None = None
    serie: SerieId | None = None
    garde: Emprise | None = None


def _tenir(
    lignes: dict[ReservationId, Reservation],
    fait: Fait,
    _: Note,
) -> None:  # fmt: skip
    lignes[fait.reservation] = _ligne(fait)


def _ligne(fait: Fait) -> Reservation:
    garde: Emprise | None = getattr(fait, "garde", None)
    la = garde if isinstance(fait, ReservationRefusee) and garde else fait  # to move was refused: it stays
    p = la.periode
    return Reservation(
        fait.reservation, la.espace, fait.personne, p.debut, p.fin, fait.participants, _etat(fait),
        jusqu_au=_attendue(fait), serie=fait.serie, garde=garde,
    )  # fmt: skip


def _etat(fait: Fait) -> str:
    match fait:
        case ReservationEnAttente():
            return f"en attente de {liste(fait.aupres_de)} jusqu'au {moment(fait.jusqu_au)}"
        case OptionPosee():
            return f"option jusqu'au {moment(fait.jusqu_au)}"
        case ReservationAnnulee():
            return "annulée"
        case ReservationRefusee():
            return "acceptée" if fait.garde else "refusée"
        case ReservationRevue() if a_deplacer(fait):
            return "à déplacer"
        case ReservationRevue() if a_revoir(fait):
            return "à revoir"
        case PresenceSignalee():
            return "présente"
        case AbsenceNotee():
            return "libérée" if fait.libre_des else "absente"
    return "acceptée"


def _attendue(fait: Fait) -> Moment | None:
    """When it lapses by itself; ``None`` when it does not."""
    if isinstance(fait, OptionPosee) or (isinstance(fait, ReservationEnAttente) and fait.silence == "refus"):
        return fait.jusqu_au
    return None


def _au(ligne: Reservation, le: ZonedDateTime) -> Reservation:
    """What nobody answered in time has lapsed: a booking that asked for other hours has those that it had."""
    if ligne.jusqu_au is None or le < ligne.jusqu_au.dans(le.tz_id or "UTC"):
        return _dite(ligne)
    if ligne.garde is None:
        return _dite(ligne, etat="caduque", jusqu_au=None)
    p = ligne.garde.periode
    return _dite(ligne, espace=ligne.garde.espace, debut=p.debut, fin=p.fin, etat="acceptée", jusqu_au=None)


def _dite(ligne: Reservation, **autres: Any) -> Reservation:
    """The row with its period in words: a fifth of what keeping it costs, if they were kept."""
    debut, fin = autres.get("debut", ligne.debut), autres.get("fin", ligne.fin)
    return attrs.evolve(ligne, quand=entre(debut, fin), **autres)


# ── ce qui attend quelqu'un ─────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneAValider:
    """``aupres_de``: who has to answer (its own person, for an option); ``silence``: what not answering means."""

    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    aupres_de: tuple[str, ...] = attrs.field(metadata={"dit": "personne"})
    jusqu_au: Moment
    silence: str
    etat: str = ""


def _tenir_a_valider(
    lignes: dict[ReservationId, LigneAValider],
    fait: ReservationAcceptee | ReservationEnAttente | OptionPosee | ReservationDeplacee | ReservationAnnulee
    | ReservationRefusee | ReservationRevue,
    note: Note,
) -> None:  # fmt: skip
    for un in [r for r, ligne in lignes.items() if _oubliee(ligne, note)]:
        del lignes[un]
    lignes.pop(fait.reservation, None)
    if isinstance(fait, ReservationEnAttente):
        lignes[fait.reservation] = LigneAValider(
            fait.reservation, fait.espace, fait.personne, fait.periode, fait.aupres_de, fait.jusqu_au, fait.silence
        )
    elif isinstance(fait, OptionPosee):
        lignes[fait.reservation] = LigneAValider(
            fait.reservation, fait.espace, fait.personne, fait.periode, (fait.personne,), fait.jusqu_au, "refus"
        )


def _oubliee(ligne: LigneAValider, note: Note) -> bool:
    """Whether it lapsed two months before: nobody will look for it here."""
    au = Date.parse_iso(note.survenu_le[:10])
    return ligne.silence == "refus" and jours_entre(ligne.jusqu_au.local.date(), au) > JOURS_MAX


def _a_valider_au(ligne: LigneAValider, le: ZonedDateTime) -> LigneAValider:
    passe = ligne.jusqu_au.dans(ligne.periode.zone) <= le
    etat = "en attente" if not passe else "caduque" if ligne.silence == "refus" else "à confirmer"
    return attrs.evolve(ligne, etat=etat)


def _dues_a_valider(ligne: LigneAValider, _: Contexte) -> Iterator[Due]:
    accord, p = ligne.silence == "accord", ligne.periode
    commande: object = (
        ConfirmerReservation(reservation=ligne.reservation)
        if accord
        else ServirAttente(espace=ligne.espace, debut=p.debut, fin=p.fin)  # its hours are free: who waits for them?
    )
    suite = "sans réponse, elle est acceptée" if accord else "sans réponse, elle tombe"
    qui = "{personne}" if ligne.aupres_de == (ligne.personne,) else "{aupres_de}"
    phrase = f"{{espace}}, {{periode}} ({{personne}}) : réponse attendue de {qui} ; {suite}"
    yield Due(_instant(ligne.jusqu_au, ligne.periode), reservation(ligne.reservation), phrase, commande, avant=qui)


@attrs.frozen
class LigneADeplacer:
    """A booking that has lost its place, or on which somebody has to decide, and why."""

    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    cause: str


def _tenir_a_deplacer(
    lignes: dict[ReservationId, LigneADeplacer],
    fait: ReservationRevue | ReservationDeplacee | ReservationEnAttente | ReservationAcceptee | ReservationAnnulee,
    _: Note,
) -> None:
    lignes.pop(fait.reservation, None)
    if isinstance(fait, ReservationRevue) and a_deplacer(fait):
        lignes[fait.reservation] = LigneADeplacer(
            fait.reservation, fait.espace, fait.personne, fait.periode, fait.cause
        )


def _dues_a_deplacer(ligne: LigneADeplacer, x: Contexte) -> Iterator[Due]:
    debut, fin = ligne.periode.bornes()
    if fin <= x.maintenant:
        return  # what has passed moves no more
    phrase = "{espace}, {periode} : {personne} n'y a plus sa place ({cause}) ; à déplacer, ou à annuler"
    yield Due(debut, reservation(ligne.reservation), phrase)


def _tenir_a_revoir(
    lignes: dict[ReservationId, LigneADeplacer],
    fait: ReservationRevue | ReservationDeplacee | ReservationEnAttente | ReservationAcceptee | ReservationAnnulee
    | AbsenceNotee,
    _: Note,
) -> None:  # fmt: skip
    lignes.pop(fait.reservation, None)
    if isinstance(fait, ReservationRevue) and a_revoir(fait):
        lignes[fait.reservation] = LigneADeplacer(
            fait.reservation, fait.espace, fait.personne, fait.periode, fait.cause
        )


def _dues_a_revoir(ligne: LigneADeplacer, x: Contexte) -> Iterator[Due]:
    debut, fin = ligne.periode.bornes()
    if fin <= x.maintenant:
        return  # it took place: nothing is left to decide
    phrase = "{espace}, {periode} ({personne}) : {cause} ne la permet plus ; à garder, à déplacer ou à annuler"
    yield Due(debut, reservation(ligne.reservation), phrase)


@attrs.frozen
class LignePresence:
    """A booking at which somebody is to say that they are there, ``avant`` that hour."""

    reservation: ReservationId
    espace: EspaceId
    personne: PersonneId
    periode: Periode
    avant: Moment


def _tenir_presences(
    lignes: dict[ReservationId, LignePresence],
    fait: ReservationAcceptee | ReservationDeplacee | ReservationRaccourcie | ReservationAnnulee | ReservationRevue
    | PresenceSignalee | AbsenceNotee,
    _: Note,
) -> None:  # fmt: skip
    lignes.pop(fait.reservation, None)
    fenetre, p = fait.precisions.presence, fait.periode
    perdue = isinstance(fait, ReservationAnnulee | PresenceSignalee | AbsenceNotee) or a_deplacer(fait)
    if fenetre is not None and not perdue:
        avant = Moment.de(p.bornes()[0].add(minutes=fenetre.apres_minutes), p.zone)
        lignes[fait.reservation] = LignePresence(fait.reservation, fait.espace, fait.personne, p, avant)


def _dues_presences(ligne: LignePresence, _: Contexte) -> Iterator[Due]:
    phrase = "{espace}, {periode} : présence à signaler avant {avant} ({personne}) ; sinon l'espace se libère"
    commande = LibererReservation(reservation=ligne.reservation)
    quand = _instant(ligne.avant, ligne.periode)
    yield Due(quand, reservation(ligne.reservation), phrase, commande, avant="{personne}")


def _instant(m: Moment, periode: Periode) -> Instant:
    return m.dans(periode.zone).to_instant()


PAR = ("reservation", ("espace", "debut"), ("personne", "debut"), "debut")
REGISTRES = (
    Registre("reservations", Reservation, _tenir, _au, "Registre des réservations", PAR, varie="garde", heure=True),
    Registre(
        "reservations-a-valider", LigneAValider, _tenir_a_valider, _a_valider_au, "Réservations à confirmer", heure=True
    ),
    Registre("reservations-a-deplacer", LigneADeplacer, _tenir_a_deplacer, titre="Réservations à déplacer"),
    Registre("reservations-a-revoir", LigneADeplacer, _tenir_a_revoir, titre="Réservations à revoir"),
    Registre("presences-attendues", LignePresence, _tenir_presences, titre="Présences attendues"),
)
ECHEANCES = (
    Echeance("reservations.reponse", "Réponses attendues", "reservations-a-valider", _dues_a_valider),
    Echeance("reservations.place", "Réservations à déplacer", "reservations-a-deplacer", _dues_a_deplacer),
    Echeance("reservations.sort", "Réservations à revoir", "reservations-a-revoir", _dues_a_revoir),
    Echeance("reservations.presence", "Présences attendues", "presences-attendues", _dues_presences),
)


# ── ce qui a lieu ───────────────────────────────────────────────────────────────────────────────────────────────────

SANS_USAGE = frozenset({"annulée", "refusée", "caduque", "libérée", "à déplacer"})
"""What a booking has become when nobody will be there."""


def _prevus(ligne: Reservation, x: Contexte) -> Iterator[Prevu]:
    if ligne.etat not in SANS_USAGE:
        debut, fin = Periode(ligne.debut, ligne.fin, x.livre.zone).bornes()
        avec = espace(ligne.espace), personne(ligne.personne)
        yield Prevu(debut, fin, reservation(ligne.reservation), "{espace} : {personne} ({etat})", avec)


PLANNINGS = (Planning("reservations.usages", "Réservation", "reservations", _prevus),)
