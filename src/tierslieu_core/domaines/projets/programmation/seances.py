"""Séances (P1): an activity is programmed in a space, which is booked for it; its hours are given back if it is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tierslieu_core.domaines.projets.programmation.activite import (
    REGIE,
    ActiviteAnnulee,
    ActiviteProgrammee,
    Etats,
    Seance,
    lit,
    menee,
    seances_de,
)
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, ReserverEspace
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, Suite, champ, commande, fiche
from tierslieu_core.kernel.suites import key_of
from tierslieu_core.vocabulaire.identifiants import ActiviteId, EspaceId, PersonneId, ReservationId, depuis_cle, espace
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode
from tierslieu_core.vocabulaire.vie import vers

SEANCE = "seance"
"""The suite that books the space: the booking is named by its key, so that the séance knows it beforehand."""


@commande("programmation.ProgrammerActivite")
class ProgrammerActivite:
    """Programmer une activité dans un espace, qui se réserve pour elle ; une fois par séance."""

    activite: ActiviteId
    espace: EspaceId
    debut: Moment = champ("début")
    fin: Moment

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        fausses = [(nom, f) for nom, m in (("debut", self.debut), ("fin", self.fin)) if (f := m.faute_dans(zone))]
        return fausses or Periode(self.debut, self.fin, zone).fautes()


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _programmer(c: ProgrammerActivite, etats: Etats, x: Contexte) -> Issue:
    a = menee(c, ActiviteProgrammee, etats[0], x)
    if isinstance(a, Refus):
        return a
    periode = Periode(c.debut, c.fin, x.livre.zone)
    deja = seances_de(a)
    if any((s.espace, s.periode) == (c.espace, periode) for s in deja):
        return ()
    seance = Seance(espace=c.espace, periode=periode, reservation=_reservation(x.cle, 1))
    return [vers(ActiviteProgrammee, a, espace=c.espace, periode=periode, seances=(*deja, seance))]


def _reservation(cle: str, fait: int) -> ReservationId:
    """The booking that the suite of a fact will ask for."""
    return ReservationId(depuis_cle(key_of(cle, fait, SEANCE, 0)))


def _mesure(c: ProgrammerActivite, etats: Etats, x: Contexte) -> Mesures:
    """What rules judge: when and where, for how many; how many people carry and support it."""
    periode = Periode(c.debut, c.fin, x.livre.zone)
    projet = None if etats[0] is None else etats[0].projet
    return Mesures(
        action="programmer", personne=projet.porteurs[0] if projet else PersonneId(""), lieux=(espace(c.espace),),
        jour=c.debut.local.date(), periode=periode, participants=projet.places if projet else None,
        faits={"soutiens": projet.soutiens, "porteurs": len(projet.porteurs)} if projet else {},
    )  # fmt: skip


# ── suites ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reserver(fait: ActiviteProgrammee) -> Iterable[ReserverEspace]:
    yield ReserverEspace(
        espace=fait.espace, personne=fait.projet.porteurs[0], debut=fait.periode.debut, fin=fait.periode.fin,
        participants=fait.projet.places, sujet=fait.projet.nom,
    )  # fmt: skip


def _liberer(fait: ActiviteAnnulee) -> Iterable[AnnulerReservation]:
    for seance in fait.seances:
        yield AnnulerReservation(reservation=seance.reservation, motif=fait.motif)


def _corrigee(fait: FaitCorrige) -> Iterable[Any]:
    """A séance that was programmed by mistake keeps no space."""
    if fait.nature == fiche(ActiviteProgrammee).nom:
        cle, _, n = fait.fait.rpartition("/")
        yield AnnulerReservation(reservation=_reservation(cle, int(n)), motif=fait.motif)


DEMANDES = (Demande(ProgrammerActivite, REGIE, lit, _programmer, _mesure),)
SUITES = (
    Suite(SEANCE, ActiviteProgrammee, _reserver),
    Suite("seance_annulee", ActiviteAnnulee, _liberer),
    Suite("seance_corrigee", FaitCorrige, _corrigee),
)
