"""Annulation d'une série: from a day on, or all that is left, is given up; the past never is."""

from __future__ import annotations

from typing import Any

from whenever import Date

from tierslieu_core.domaines.usages.reservations.annulation import mesure_annuler
from tierslieu_core.domaines.usages.reservations.changement import PasLaSienne
from tierslieu_core.domaines.usages.reservations.reservation import Active, ReservationAnnulee, vers
from tierslieu_core.domaines.usages.reservations.serie import (
    FaitSerie,
    SerieAnnulee,
    SerieParErreur,
    Vies,
    a_venir,
    lit_vies,
    serie_de,
)
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, champ, commande, personnel
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit
from tierslieu_core.vocabulaire.identifiants import PersonneId, SerieId
from tierslieu_core.vocabulaire.identifiants import serie as de_la_serie
from tierslieu_core.vocabulaire.mesures import Mesures

# ── commande ────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.AnnulerSerie")
class AnnulerSerie:
    """Annuler ce qui reste d'une série, avec un motif."""

    serie: SerieId
    personne: PersonneId = champ("personne dont c'est la série")
    depuis: Date | None = champ("à partir de ce jour ; sinon toutes les occurrences à venir", default=None)
    motif: Personnel = personnel("motif", qui="par", conservation="reservation")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[FaitSerie | None], tuple[Vies]]


def _lit(c: AnnulerSerie, _: Contexte) -> Lot[Etats]:
    return lire(serie_de(de_la_serie(c.serie))).puis(lambda e: lit_vies(e[0]))


def _annuler(c: AnnulerSerie, etats: Etats, x: Contexte) -> Issue:
    s: Any = etats[0][0]
    if s is None:
        return SerieParErreur(serie=c.serie)
    if s.personne != c.personne:
        return PasLaSienne(personne=s.personne)
    annulees = _annulees(c, etats, x)
    if not annulees:
        return ()
    parties = {r.reservation for r in annulees}
    reste = tuple(p for p in s.occurrences if p.reservation not in parties)
    ensemble = vers(SerieAnnulee, s, depuis=c.depuis, occurrences=reste, motif=c.motif)
    return [ensemble, *(vers(ReservationAnnulee, r, motif=c.motif) for r in annulees)]


def _annulees(c: AnnulerSerie, etats: Etats, x: Contexte) -> list[Active]:
    return [r for _, r in a_venir(etats[0][0], etats[1][0], c.depuis, x)]


def _mesures(c: AnnulerSerie, etats: Etats, x: Contexte) -> tuple[Mesures, ...]:
    return tuple(mesure_annuler(r, x, c.faits) for r in _annulees(c, etats, x))


DEMANDES = (Demande(AnnulerSerie, frozenset({"concierge", "coordination", "soi"}), _lit, _annuler, _mesures),)
