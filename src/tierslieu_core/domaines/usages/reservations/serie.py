"""Série: several occurrences asked at once; each is judged alone, and counts for those that follow it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.attente import LongueurSerie
from tierslieu_core.domaines.usages.reservations.obstacle import Derogations, Ecartee, derogations_lues, juger, pres
from tierslieu_core.domaines.usages.reservations.occupation import (
    Lieu,
    Voulu,
    avec,
    categorie,
    lit_cadre,
    lit_prises,
    precisions,
)
from tierslieu_core.domaines.usages.reservations.reservation import ReservationAcceptee
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.creneaux import Creneau
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, SerieId, depuis_cle, espace
from tierslieu_core.vocabulaire.identifiants import serie as de_la_serie
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode, jours_entre

MAXIMUM, JOURS = 366, 731
"""As many occurrences, over as many days, as one demand may carry; a longer use is a convention."""


@attrs.frozen
class Prevue:
    """An occurrence as the series has it; one that is elsewhere was moved by itself."""

    reservation: ReservationId
    periode: Periode


# ── événements (chacun dit toute la série : le dernier suffit) ──────────────────────────────────────────────────────


@evenement("reservations.SerieReservee", "{personne} réserve {espace} en série ; occurrences écartées : {ecartees}")
class SerieReservee:
    serie: SerieId
    espace: EspaceId
    personne: PersonneId
    regle: str
    occurrences: tuple[Prevue, ...]
    ecartees: tuple[Ecartee, ...]

    def etiquettes(self) -> Iterable[str]:
        return (de_la_serie(self.serie),)


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

    def completer(self, zone: str, recurrence: Recurrence) -> dict[str, tuple[Creneau, ...]]:
        """Its occurrences, worked out at the edge from the first one and what repeats it."""
        if self.occurrences or not self.regle or self.debut is None or self.fin is None:
            return {}
        premiere = Creneau(self.debut, self.fin)
        return {} if premiere.faute_dans(zone) else {"occurrences": recurrence(self.regle, premiere, self.sauf, zone)}

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        found = (
            [("participants", "une personne au moins")]
            if self.participants is not None and self.participants < 1
            else []
        )
        return found + _fautes(self, zone)


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
    "reservations.SerieEnConflit",
    "{espace} ne peut pas être réservé à chacune de ces dates : {ecartees}.",
    "Demandez à sauter ces dates (conflits : sauter), ou choisissez d'autres heures.",
)
class SerieEnConflit(Refus):
    espace: EspaceId
    ecartees: tuple[Ecartee, ...]


@refus(
    "reservations.SerieTropLongue",
    "Cette série a {nombre} occurrences ; le lieu en permet {limite} au plus.",
    "Réservez-en moins, et le reste plus tard.",
)
class SerieTropLongue(Refus):
    nombre: int
    limite: int


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────

EtatsSerie = tuple[tuple[Derogations], Lieu]


class Jugees(NamedTuple):
    """``faits`` and ``mesures`` of the occurrences that can be had, ``ecartees``: the others."""

    faits: tuple[ReservationAcceptee, ...]
    mesures: tuple[Mesures, ...]
    ecartees: tuple[Ecartee, ...]


def _voulus(c: ReserverSerie, x: Contexte) -> list[Voulu]:
    periodes = sorted((o.periode(x.livre.zone) for o in c.occurrences), key=Periode.bornes)
    return [Voulu(c.espace, c.personne, p, c.participants) for p in periodes]


def _lit(c: ReserverSerie, x: Contexte) -> Lot[EtatsSerie]:
    voulus = _voulus(c, x)
    derogations = lire(derogations_lues(c.personne, [v.periode for v in voulus], x))
    return derogations.avec(lit_cadre(c.espace, c.personne, x).puis(lambda cadre: lit_prises(voulus, cadre, x)))


def _juger(c: ReserverSerie, etats: EtatsSerie, x: Contexte) -> Jugees:
    """Each occurrence in its turn, those before it taken into account; those that this person has are left alone."""
    (derogations,), lieu = etats
    a_elle = {(r.periode.bornes(), r.participants) for r in lieu[1][0].values() if r.personne == c.personne}
    faits, mesures, ecartees = list[ReservationAcceptee](), list[Mesures](), list[Ecartee]()
    for n, v in enumerate(_voulus(c, x), 1):
        if (v.periode.bornes(), v.participants) in a_elle:
            continue
        found = juger(v, pres(v, avec(lieu, faits)), derogations, x)
        if isinstance(found, tuple):
            ecartees.append(Ecartee(v.periode, found))
            continue
        mesures.append(found)
        faits.append(
            ReservationAcceptee(
                reservation=ReservationId(depuis_cle(x.cle, str(n))), espace=v.espace, personne=v.personne,
                periode=v.periode, categorie=categorie(lieu[0]), participants=v.participants, sujet=c.sujet,
                serie=SerieId(depuis_cle(x.cle)), precisions=precisions(v, lieu, x),
            )
        )  # fmt: skip
    return Jugees(tuple(faits), tuple(mesures), tuple(ecartees))


def _reserver(c: ReserverSerie, etats: EtatsSerie, x: Contexte) -> Issue:
    limite = longueur(c.espace, categorie(etats[1][0]), x)
    if len(c.occurrences) > limite:
        return SerieTropLongue(nombre=len(c.occurrences), limite=limite)
    faits, _, ecartees = _juger(c, etats, x)
    if ecartees and (c.conflits == "refuser" or not faits):
        return SerieEnConflit(espace=c.espace, ecartees=ecartees)
    if not faits:
        return ()
    ensemble = SerieReservee(
        serie=SerieId(depuis_cle(x.cle)), espace=c.espace, personne=c.personne, regle=c.regle,
        occurrences=tuple(Prevue(f.reservation, f.periode) for f in faits), ecartees=ecartees,
    )  # fmt: skip
    return [ensemble, *faits]


def longueur(lequel: EspaceId, de_categorie: str, x: Contexte) -> int:
    """As many occurrences as the place allows in a series."""
    reglage = x.livre.reglage(
        LongueurSerie, x.aujourdhui, action="reserver", lieux=(espace(lequel), f"categorie:{de_categorie}")
    )
    return MAXIMUM if reglage is None else int(reglage.maximum)


def _mesures(c: ReserverSerie, etats: EtatsSerie, x: Contexte) -> tuple[Mesures, ...]:
    return _juger(c, etats, x).mesures


QUI = frozenset({"concierge", "coordination", "referent", "soi"})
DEMANDES = (Demande(ReserverSerie, QUI, _lit, _reserver, _mesures),)
REFUS = (SerieEnConflit, SerieTropLongue)
FAITS = (SerieReservee,)
