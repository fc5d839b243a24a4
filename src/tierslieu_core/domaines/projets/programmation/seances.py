"""Séances (P1): an activity is programmed in spaces, which are booked for it, and given back when it no longer is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from whenever import Date

from tierslieu_core.domaines.projets.programmation.activite import (
    REGIE,
    ActiviteProgrammee,
    Etats,
    Fait,
    Projet,
    Seance,
    lit,
    menee,
    seances_de,
)
from tierslieu_core.domaines.usages import reservations
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    Suite,
    champ,
    commande,
    evenement,
    personnel,
)
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.kernel.suites import key_of
from tierslieu_core.vocabulaire.identifiants import (
    ActiviteId,
    EspaceId,
    ReservationId,
    depuis_cle,
    espace,
    reservation,
)
from tierslieu_core.vocabulaire.identifiants import activite as etiquette
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode, jours_entre
from tierslieu_core.vocabulaire.vie import vers

SEANCE = "seance"
"""The suite that books the space: the booking is named by its key, so that the séance knows it beforehand."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("programmation.EspaceRendu", "{projet} n'a plus besoin de {espace} {periode}")
class EspaceRendu:
    activite: ActiviteId
    projet: Projet
    espace: EspaceId
    periode: Periode
    reservation: ReservationId
    motif: Personnel = personnel(qui="par", conservation="programmation")

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.activite),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("programmation.ProgrammerActivite")
class ProgrammerActivite:
    """Programmer une activité dans un espace, qui se réserve pour elle ; un jour, ou plusieurs aux mêmes heures."""

    activite: ActiviteId
    espace: EspaceId
    debut: Moment = champ("début")
    fin: Moment
    aussi: tuple[Date, ...] = champ("autres jours, aux mêmes heures", default=())

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        fausses = [(nom, f) for nom, m in (("debut", self.debut), ("fin", self.fin)) if (f := m.faute_dans(zone))]
        fausses += [
            ("aussi", f) for p in _periodes(self, zone)[1:] for m in (p.debut, p.fin) if (f := m.faute_dans(zone))
        ]
        return fausses or Periode(self.debut, self.fin, zone).fautes()


def _periodes(c: ProgrammerActivite, zone: str) -> tuple[Periode, ...]:
    """The hours asked, then the same on the other days."""
    premier = c.debut.local.date()
    jours = (premier, *sorted(set(c.aussi) - {premier}))
    decalages = [jours_entre(premier, le) for le in jours]
    return tuple(Periode(_decale(c.debut, n), _decale(c.fin, n), zone) for n in decalages)


def _decale(m: Moment, jours: int) -> Moment:
    return Moment(m.local.date().add(days=jours).at(m.local.time())) if jours else m


# ── lectures : ce que deviennent les réservations ───────────────────────────────────────────────────────────────────

Reservations = tuple[reservations.Fait | None, ...]
"""The booking of each séance, in their order; ``None`` when it was refused."""
Lues = tuple[Etats, Reservations]


def lit_seances(c: Any, x: Contexte) -> Lot[Lues]:
    """The activity that a demand names, and what became of the bookings of its séances."""
    return lit(c, x).puis(lambda etats: lit_reservations(etats[0]))


def lit_reservations(a: Fait | None) -> Lot[Reservations]:
    """What became of the bookings of its séances."""
    seances = () if a is None else seances_de(a)
    return Lot(tuple(reservations.reservation_de(reservation(s.reservation)) for s in seances))


def tenues(a: Fait, lues: Reservations, x: Contexte) -> Iterator[tuple[Seance, reservations.Active]]:
    """The séances whose booking stands, each with that booking, which may have moved."""
    for s, r in zip(seances_de(a), lues, strict=True):
        vive = None if r is None else reservations.actuelle(r, x.survenu_le)
        if vive is not None:
            yield s, vive


def rendus(
    a: Fait, tenues: Iterable[reservations.Active | None], motif: Personnel, x: Contexte
) -> Iterator[EspaceRendu]:
    """What gives back the hours that are not yet over."""
    for r in tenues:
        if r is not None and r.periode.bornes()[1] > x.survenu_le:
            yield EspaceRendu(
                activite=a.activite, projet=a.projet, espace=r.espace, periode=r.periode, reservation=r.reservation,
                motif=motif,
            )  # fmt: skip


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _programmer(c: ProgrammerActivite, etats: Lues, x: Contexte) -> Issue:
    a = menee(c, ActiviteProgrammee, etats[0][0], x)
    if isinstance(a, Refus):
        return a
    deja, faits = seances_de(a), []
    for n, periode in enumerate(_nouvelles(c, a, etats[1], x), 1):
        deja = (*deja, Seance(espace=c.espace, periode=periode, reservation=_reservation(x.cle, n)))
        faits.append(vers(ActiviteProgrammee, a, espace=c.espace, periode=periode, seances=deja))
    return faits


def _nouvelles(c: ProgrammerActivite, a: Fait, lues: Reservations, x: Contexte) -> Iterator[Periode]:
    """The hours at which it does not have that space yet: one that was refused may be asked again."""
    siennes = {(r.espace, r.periode) for _, r in tenues(a, lues, x)}
    return (p for p in _periodes(c, x.livre.zone) if (c.espace, p) not in siennes)


def _reservation(cle: str, fait: int) -> ReservationId:
    """The booking that the suite of a fact will ask for."""
    return ReservationId(depuis_cle(key_of(cle, fait, SEANCE, 0)))


def _mesures(c: ProgrammerActivite, etats: Lues, x: Contexte) -> tuple[Mesures, ...]:
    """What rules judge of each date: when and where, for how many; how many people carry and support it."""
    (a,), lues = etats
    if a is None:
        return ()
    return tuple(
        Mesures(
            action="programmer", personne=a.projet.porteurs[0], lieux=(espace(c.espace),),
            jour=periode.debut.local.date(), periode=periode, participants=a.projet.places,
            faits={"soutiens": a.projet.soutiens, "porteurs": len(a.projet.porteurs)},
        )
        for periode in _nouvelles(c, a, lues, x)
    )  # fmt: skip


# ── suites ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reserver(fait: ActiviteProgrammee) -> Iterable[reservations.ReserverEspace]:
    yield reservations.ReserverEspace(
        espace=fait.espace, personne=fait.projet.porteurs[0], debut=fait.periode.debut, fin=fait.periode.fin,
        participants=fait.projet.places, sujet=fait.projet.nom,
    )  # fmt: skip


def _liberer(fait: EspaceRendu) -> Iterable[reservations.AnnulerReservation]:
    yield reservations.AnnulerReservation(reservation=fait.reservation, motif=fait.motif)


FAITS = (EspaceRendu,)
DEMANDES = (Demande(ProgrammerActivite, REGIE, lit_seances, _programmer, _mesures),)
SUITES = (Suite(SEANCE, ActiviteProgrammee, _reserver), Suite("espace_rendu", EspaceRendu, _liberer))
