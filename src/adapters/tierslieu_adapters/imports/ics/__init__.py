"""Importing a calendar of bookings (iCalendar): each occurrence asked as any demand; a later export, only its changes.

Order: by creation where the calendar tells it, else by start; first come, first served.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs
from whenever import Date

from tierslieu_adapters.imports.ics.calendrier import Calendrier, lire
from tierslieu_adapters.imports.ics.lieux import Lieux
from tierslieu_adapters.imports.ics.occurrences import Illisible, Occurrence, continue_apres, occurrences
from tierslieu_adapters.imports.ics.suivi import Suivi
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_adapters.imports.reprise import FUSEAU, Etape, Progres, Reprise, Source
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.francais import compte, date
from tierslieu_core.vocabulaire.identifiants import EspaceId

SOURCE: Final = Source("d'un calendrier", "ics")


@attrs.frozen(kw_only=True)
class Options:
    """What may be said of a calendar."""

    jusqu_au: Date | None = champ("dernier jour de ce qui se répète ; sinon, dans un an", default=None)  # noqa: RUF009 - champ() is an attrs field
    espace: EspaceId | None = champ("l'espace réservé ; sinon, ceux qu'il nomme", default=None)  # noqa: RUF009 - as above
    calendrier: str = champ("son nom, d'un export à l'autre ; sinon, celui qu'il porte", default="")  # as above


def importer(  # noqa: PLR0913 - what an import may be told
    lieu: Lieu,
    fichier: Path,
    *,
    options: Options = Options(),
    progres: Progres | None = None,
    reglement: bool = False,
    essai: bool = False,
    par: str | None = None,
) -> Rapport:
    """Ask the place every booking of a calendar file; in a place that took an earlier export, only what changed.

    What recurs is repeated up to ``options.jusqu_au`` (included; a year from now unless told). An occurrence is known
    by its calendar, its UID and the time that its rule gave it: moved at the source, it moves; gone or cancelled, it
    is cancelled. ``progres``, ``reglement``, ``essai``, ``par``: as for any import. ``DemandeInvalide`` when the file
    is no calendar, the space is unknown, or rules are in force without ``reglement``.
    """
    rapport = Rapport(SOURCE.nom, essai=essai)
    lu = lire(Path(fichier))
    zone = lieu.livre.zone or lu.fuseau or FUSEAU
    jusqu_au = options.jusqu_au or lieu.horloge().to_tz(zone).date().add(years=1)
    _bornes(lu, jusqu_au, Path(fichier).name, options, rapport)
    trouvees, illisibles = _toutes(lu, jusqu_au, zone, rapport)
    debut = min((o.demandee_le or o.debut for o in trouvees), default=None)
    reprise = Reprise(lieu, SOURCE, rapport, par=par, essai=essai, debut=debut)
    nom = options.calendrier or lu.nom or Path(fichier).stem
    lieux = Lieux(reprise, nom if "@" not in nom else Path(fichier).stem, options.espace)
    suivi = Suivi(reprise, lieux, nom, zone)
    suivi.reprendre(trouvees, illisibles)
    if not reglement and lieu.livre.lieu is not None:
        reprise.sans_regles(suivi.nouvelles())
    reprise.fonder("ics.lieu", lieux.defaut, zone)
    reprise.derouler(list(_etapes(lieux, suivi, jusqu_au)), progres)
    return rapport


def _toutes(lu: Calendrier, jusqu_au: Date, zone: str, rapport: Rapport) -> tuple[list[Occurrence], set[str]]:
    """Every occurrence, first come first; and the UIDs of which nothing could be read."""
    found: list[Occurrence] = []
    lost: set[str] = set()
    for serie in lu.series:
        for ou in serie.doubles:
            rapport.signaler(
                ou, f"même UID qu'à {serie.ou} : une seule version est reprise, la plus récente (SEQUENCE)"
            )
        try:
            some = occurrences(serie, jusqu_au, zone)
        except Illisible as fault:
            rapport.indecidable(serie.ou, str(fault))
            lost.add(serie.uid)
            continue
        if not some:
            rapport.signaler(serie.ou, f"aucune occurrence jusqu'au {date(jusqu_au)}")
        elif serie.recurrente and not serie.sans_fin and continue_apres(serie, jusqu_au, zone):
            rapport.signaler(serie.ou, f"se répète après le {date(jusqu_au)} : la suite n'est pas reprise (--jusqu-au)")
        found += some
    return sorted(found, key=lambda o: (o.demandee_le or o.debut, o.debut, o.uid, o.nom)), lost


def _bornes(lu: Calendrier, jusqu_au: Date, nom: str, options: Options, rapport: Rapport) -> None:
    """Say what is no booking; and where what has no end was cut, when nobody chose it."""
    for genre, n in lu.autres.items():
        rapport.signaler(nom, f"{compte(n, 'élément')} {genre} : ni réservation ni événement, non repris")
    n = sum(serie.sans_fin and not serie.faute for serie in lu.series)
    if n and options.jusqu_au is None:
        said = compte(n, "événement se répète", "événements se répètent")
        rapport.signaler(nom, f"{said} sans fin : repris jusqu'au {date(jusqu_au)} (--jusqu-au pour un autre jour)")


def _etapes(lieux: Lieux, suivi: Suivi, jusqu_au: Date) -> Iterator[Etape]:
    """Spaces and persons first, then what leaves room, what moves, and what is new."""
    yield from lieux.etapes()
    yield from suivi.retraits(jusqu_au)
    yield from suivi.etapes()
