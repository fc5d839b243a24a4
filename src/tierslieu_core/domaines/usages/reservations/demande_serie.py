"""Demande d'une série: each occurrence is judged alone, in its turn, and counts for those that follow it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.attente import LongueurSerie
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.usages.reservations.demande import attente, deja, retenue
from tierslieu_core.domaines.usages.reservations.ensemble import ensemble_lu, groupe, lieu_de, lit_ensemble
from tierslieu_core.domaines.usages.reservations.obstacle import SIENNE, Ecartee, juger
from tierslieu_core.domaines.usages.reservations.occupation import reglage
from tierslieu_core.domaines.usages.reservations.provisoire import ReservationEnAttente
from tierslieu_core.domaines.usages.reservations.reservation import ReservationAcceptee
from tierslieu_core.domaines.usages.reservations.serie import Prevue, SerieEnConflit, SerieReservee
from tierslieu_core.domaines.usages.reservations.voulu import Voulu, fautes_de_participants
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Evenement,
    Issue,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.creneaux import Creneau
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, SerieId, depuis_cle
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode, jours_entre

MAXIMUM, JOURS = 366, 731
"""As many occurrences, over as many days, as one demand may carry; a longer use is a convention."""


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────

Recurrence = Callable[[str, Creneau, tuple[Date, ...], str], tuple[Creneau, ...]]


@commande("reservations.ReserverSerie")
class ReserverSerie:
    """Réserver un espace plusieurs fois : une première occurrence et ce qui la répète, ou toutes les occurrences."""

    espace: EspaceId
    personne: PersonneId = champ("personne pour qui l'on réserve")
    debut: Moment | None = champ("début de la première occurrence", default=None)
    fin: Moment | None = champ("fin de la première occurrence", default=None)
    regle: str = champ("ce qui la répète, comme FREQ=WEEKLY;BYDAY=TU;COUNT=10 (RFC 5545)", default="")
    sauf: tuple[Date, ...] = champ("jours à sauter", default=())
    occurrences: tuple[Creneau, ...] = champ("toutes les occurrences, sans règle", default=())
    conflits: Literal["sauter", "refuser"] = champ("occurrences qui ne peuvent pas être réservées", default="refuser")
    participants: int | None = champ("nombre de participants", unite="personnes", default=None)
    sujet: Personnel | None = personnel("objet", qui="personne", conservation="reservation", default=None)
    configuration: str | None = champ("configuration de l'espace", default=None)
    inscrits: tuple[PersonneId, ...] = champ("qui y participe", default=())
    usage: str = champ("genre d'usage, comme « formation »", default="")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    def completer(self, zone: str, recurrence: Recurrence) -> dict[str, tuple[Creneau, ...]]:
        """Its occurrences, worked out at the edge from the first one and what repeats it."""
        if self.occurrences or not self.regle or self.debut is None or self.fin is None:
            return {}
        premiere = Creneau(self.debut, self.fin)
        return {} if premiere.faute_dans(zone) else {"occurrences": recurrence(self.regle, premiere, self.sauf, zone)}

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        return fautes_de_participants(self) + _fautes(self, zone)


def _fautes(c: ReserverSerie, zone: str) -> list[tuple[str, str]]:
    if not c.occurrences:
        premiere = [] if c.debut is None or c.fin is None else Periode(c.debut, c.fin, zone).fautes()
        said = "un début, une fin et une règle (FREQ=WEEKLY;COUNT=10), ou la liste des occurrences"
        return premiere or [("occurrences", f"une au moins : {said}")]
    if len(c.occurrences) > MAXIMUM:
        return [("occurrences", f"{MAXIMUM} au plus en une demande : faites-en plusieurs")]
    jours = [j for o in c.occurrences for j in (o.debut.local.date(), o.fin.local.date())]
    if jours_entre(min(jours), max(jours)) > JOURS:
        return [("occurrences", "sur deux ans au plus ; au-delà, c'est une convention")]
    return []


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.SerieTropLongue",
    "Cette série a {nombre} occurrences ; le lieu en permet {limite} au plus.",
    "Réservez-en moins, et le reste plus tard.",
)
class SerieTropLongue(Refus):
    nombre: int
    limite: int


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Jugees(NamedTuple):
    """The facts of the occurrences that can be had (``attente``: while somebody has yet to say yes), and the others."""

    faits: tuple[Evenement, ...]
    attente: tuple[Evenement, ...]
    occurrences: tuple[Prevue, ...]
    mesures: tuple[Mesures, ...]
    ecartees: tuple[Ecartee, ...]
    deja: tuple[Ecartee, ...]


def _voulus(c: ReserverSerie, x: Contexte) -> list[Voulu]:
    periodes = sorted((o.periode(x.livre.zone) for o in c.occurrences), key=Periode.bornes)
    return [Voulu.demande(c, p)._replace(serie=SerieId(depuis_cle(x.cle))) for p in periodes]


def _lit(c: ReserverSerie, x: Contexte) -> Lot[Any]:
    return lit_ensemble(_voulus(c, x), x)


def _juger(c: ReserverSerie, etats: Any, x: Contexte) -> Jugees:
    """Each occurrence in its turn, those before it taken into account; those that this person has are told."""
    voulus = _voulus(c, x)
    ensemble = ensemble_lu(voulus, etats)
    faits, attente_, prevues = list[Any](), list[Any](), list[Prevue]()
    mesures, ecartees, siennes = list[Mesures](), list[Ecartee](), list[Ecartee]()
    for n, v in enumerate(voulus, 1):
        lieu = lieu_de(v, ensemble, attente_)
        if deja(v, lieu, x):
            siennes.append(Ecartee(v.periode, (SIENNE,)))
            continue
        found = juger(v, c.sujet, lieu, ensemble[groupe(v)].derogations, x)
        if isinstance(found, tuple):
            ecartees.append(Ecartee(v.periode, found))
            continue
        un = ReservationId(depuis_cle(x.cle, str(n)))
        acceptee = retenue(ReservationAcceptee, v, c.sujet, lieu, x, reservation=un)
        faits += [*found.place, acceptee]
        valide = found.validations and attente(found.validations, v, x)
        tenue = retenue(ReservationEnAttente, v, c.sujet, lieu, x, reservation=un, **valide) if valide else acceptee
        attente_ += [*found.place, tenue]
        prevues.append(Prevue(un, v.periode))
        mesures.append(found.mesures)
    return Jugees(tuple(faits), tuple(attente_), tuple(prevues), tuple(mesures), tuple(ecartees), tuple(siennes))


def _reserver(c: ReserverSerie, etats: Any, x: Contexte) -> Issue:
    jugees = _juger(c, etats, x)
    limite = _longueur(c, etats, x)
    if len(c.occurrences) > limite:
        return SerieTropLongue(nombre=len(c.occurrences), limite=limite)
    if jugees.ecartees and (c.conflits == "refuser" or not jugees.occurrences):
        return SerieEnConflit(espace=c.espace, ecartees=jugees.ecartees)
    return [_ensemble(c, jugees, x), *jugees.faits] if jugees.occurrences else ()


def _reserver_attend(c: ReserverSerie, etats: Any, x: Contexte, _: tuple[Validation, ...]) -> Sequence[Evenement]:
    jugees = _juger(c, etats, x)
    return [_ensemble(c, jugees, x), *jugees.attente]


def _ensemble(c: ReserverSerie, jugees: Jugees, x: Contexte) -> SerieReservee:
    return SerieReservee(
        serie=SerieId(depuis_cle(x.cle)), espace=c.espace, personne=c.personne, regle=c.regle,
        occurrences=jugees.occurrences,
        ecartees=tuple(sorted((*jugees.deja, *jugees.ecartees), key=lambda e: e.periode.bornes())),
    )  # fmt: skip


def _longueur(c: ReserverSerie, etats: Any, x: Contexte) -> int:
    """As many occurrences as the place allows in a series."""
    voulus = _voulus(c, x)
    cadre = ensemble_lu(voulus, etats)[groupe(voulus[0])].lieu[0]
    set_ = reglage(LongueurSerie, voulus[0], cadre, x)
    return MAXIMUM if set_ is None else set_.maximum


def _mesures(c: ReserverSerie, etats: Any, x: Contexte) -> tuple[Mesures, ...]:
    return _juger(c, etats, x).mesures


QUI = frozenset({"concierge", "coordination", "referent", "soi"})
DEMANDES = (Demande(ReserverSerie, QUI, _lit, _reserver, _mesures, attend=_reserver_attend),)
REFUS = (SerieTropLongue,)
