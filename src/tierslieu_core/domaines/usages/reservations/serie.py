"""Série: several occurrences asked at once. What happens to one, what is left of it, and its register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.usages.reservations.obstacle import Ecartee
from tierslieu_core.domaines.usages.reservations.reservation import Active, Fait
from tierslieu_core.domaines.usages.reservations.tenue import actuelle
from tierslieu_core.kernel.declarations import Contexte, Note, Refus, Registre, evenement, personnel, refus
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, SerieId, reservation
from tierslieu_core.vocabulaire.identifiants import serie as de_la_serie
from tierslieu_core.vocabulaire.temps import Moment, Periode


@attrs.frozen
class Prevue:
    """An occurrence as the series has it; one that is elsewhere was moved by itself."""

    reservation: ReservationId
    periode: Periode


# ── événements (chacun dit toute la série : le dernier suffit) ──────────────────────────────────────────────────────


@evenement("reservations.SerieReservee", "{personne} réserve {espace} en série[ ; occurrences écartées : {ecartees}]")
class SerieReservee:
    serie: SerieId
    espace: EspaceId
    personne: PersonneId
    regle: str
    occurrences: tuple[Prevue, ...]
    ecartees: tuple[Ecartee, ...]

    def etiquettes(self) -> Iterable[str]:
        return (de_la_serie(self.serie),)


@evenement(
    "reservations.SerieModifiee",
    "La série de {personne} change ({espace})[ ; inchangées : {ecartees}]"
    "[ ; laissées, car déplacées à part : {a_part}]",
)
class SerieModifiee:
    """``a_part``: those that were moved by themselves, or wait for somebody, and are left as they are."""

    serie: SerieId
    espace: EspaceId
    personne: PersonneId
    regle: str
    depuis: Date | None
    occurrences: tuple[Prevue, ...]
    ecartees: tuple[Ecartee, ...]
    a_part: tuple[ReservationId, ...]

    def etiquettes(self) -> Iterable[str]:
        return (de_la_serie(self.serie),)


@evenement(
    "reservations.SerieAnnulee", "La série de {personne} est annulée ({espace})[, à partir du {depuis}] : {motif}"
)
class SerieAnnulee:
    """``occurrences``: those that stay; ``depuis``: ``None`` when all that was left is cancelled."""

    serie: SerieId
    espace: EspaceId
    personne: PersonneId
    regle: str
    depuis: Date | None
    occurrences: tuple[Prevue, ...]
    motif: Personnel = personnel(qui="par", conservation="reservation")

    def etiquettes(self) -> Iterable[str]:
        return (de_la_serie(self.serie),)


FaitSerie = SerieReservee | SerieModifiee | SerieAnnulee

# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.SerieEnConflit",
    "{espace} n'est pas libre à chacune de ces dates : {ecartees}.",
    "Demandez à sauter ces dates (conflits : sauter), ou choisissez d'autres heures.",
)
class SerieEnConflit(Refus):
    espace: EspaceId
    ecartees: tuple[Ecartee, ...]


@refus(
    "reservations.SerieParErreur",
    "Cette série ({serie}) fut enregistrée par erreur : elle ne compte plus.",
    "Réservez une nouvelle série, ou voyez le registre des réservations.",
)
class SerieParErreur(Refus):
    serie: SerieId


# ── lectures : la série, et ce que sont devenues ses occurrences ────────────────────────────────────────────────────


def _serie(_: FaitSerie | None, fait: FaitSerie) -> FaitSerie | None:
    return fait


serie_de = Lecture[FaitSerie | None]("reservations.serie", None, _serie, dernier=True)

Vies = dict[ReservationId, Fait]


def _vies(etat: Vies, fait: Fait) -> Vies:
    return {**etat, fait.reservation: fait}


vies_de = Lecture[Vies]("reservations.vies", {}, _vies)


def lit_vies(s: FaitSerie | None) -> Lot[tuple[Vies]]:
    """What became of its occurrences."""
    return lire(vies_de(*(reservation(p.reservation) for p in (s.occurrences if s else ()))))


def a_venir(s: FaitSerie | None, vies: Vies, depuis: Date | None, x: Contexte) -> Iterator[tuple[Prevue, Active]]:
    """The occurrences from a day on that are still to begin, as they stand."""
    for p in s.occurrences if s else ():
        r = actuelle(vies[p.reservation], x.survenu_le) if p.reservation in vies else None
        if r is None or (depuis is not None and p.periode.debut.local.date() < depuis):
            continue
        if r.periode.bornes()[0] > x.survenu_le:
            yield p, r


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneSerie:
    """``etat``, on the day it is read: à venir, en cours, terminée, annulée; ``ecartees``: what could not be had."""

    serie: SerieId
    espace: EspaceId
    personne: PersonneId
    regle: str
    premiere: Moment | None
    derniere: Moment | None
    occurrences: int
    ecartees: tuple[Ecartee, ...] = ()
    etat: str = ""


def _tenir(lignes: dict[SerieId, LigneSerie], fait: FaitSerie, _: Note) -> None:
    deja = lignes.get(fait.serie)
    ecartees = fait.ecartees if isinstance(fait, SerieReservee) else deja.ecartees if deja else ()
    debuts = sorted(p.periode.debut for p in fait.occurrences)
    premiere, derniere = (debuts[0], debuts[-1]) if debuts else (None, None)
    lignes[fait.serie] = LigneSerie(
        fait.serie, fait.espace, fait.personne, fait.regle, premiere, derniere, len(debuts), ecartees
    )


def _au(ligne: LigneSerie, le: Date) -> LigneSerie:
    if ligne.premiere is None or ligne.derniere is None:
        etat = "annulée"
    elif le < ligne.premiere.local.date():
        etat = "à venir"
    else:
        etat = "en cours" if le <= ligne.derniere.local.date() else "terminée"
    return attrs.evolve(ligne, etat=etat)


REGISTRES = (Registre("series", LigneSerie, _tenir, _au, "Registre des séries de réservations"),)
REFUS = (SerieEnConflit, SerieParErreur)
FAITS = (SerieReservee, SerieModifiee, SerieAnnulee)
TRANSMISSIONS = (
    Transmission(
        "Les réservations qui reviennent",
        "series",
        "{espace} : {personne}[, {regle}][, jusqu'au {derniere}] ({etat})",
        lambda ligne, _: ligne.etat in ("à venir", "en cours"),
    ),
)
