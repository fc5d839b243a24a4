"""French, as people read it: dates, hours, durations, lists. Grammar beyond this is the sentences' own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whenever import Date, PlainDateTime, Time

from tierslieu_core.kernel.sentences import VIDE
from tierslieu_core.vocabulaire.arrets import Arret
from tierslieu_core.vocabulaire.ecriture import JOURS, MOIS, date, date_heure, heure
from tierslieu_core.vocabulaire.temps import Moment, Periode


def moment(m: Moment) -> str:
    """``lundi 23 novembre 2026 à 14 h``; the hour that comes twice says which."""
    return f"{date(m.local.date())} à {_heure(m)}"


def periode(p: Periode) -> str:
    """``le lundi 23 novembre 2026 de 14 h à 16 h``, or from one day to another."""
    return entre(p.debut, p.fin)


def entre(debut: Moment, fin: Moment) -> str:
    """The same, from one hour to another."""
    if debut.local.date() == fin.local.date():
        return f"le {date(debut.local.date())} de {_heure(debut)} à {_heure(fin)}"
    return f"du {moment(debut)} au {moment(fin)}"


def _heure(m: Moment) -> str:
    return f"{heure(m.local)} ({m.decalage})" if m.decalage else heure(m.local)


def dates(du: Date | None, au: Date | None) -> str:
    """``du lundi 23 novembre 2026 au mardi 24 novembre 2026``, ``à partir du …``, ``jusqu'au …``."""
    if du is None:
        return "" if au is None else f"jusqu'au {date(au)}"
    return f"à partir du {date(du)}" if au is None else f"du {date(du)} au {date(au)}"


def arret(a: Arret) -> str:
    """``du lundi 23 novembre 2026 au mardi 24 novembre 2026 : travaux``."""
    jours = f"du {date(a.du)} au {date(a.au)}" if a.au else f"à partir du {date(a.du)}"
    return f"{jours} : {a.motif}"


def duree(minutes: int) -> str:
    """``45 min``, ``2 h``, ``1 h 30``, ``3 jours``."""
    if minutes and minutes % 1440 == 0:
        return compte(minutes // 1440, "jour")
    heures, reste = divmod(minutes, 60)
    if not heures:
        return f"{reste} min"
    return f"{heures} h {reste:02d}" if reste else f"{heures} h"


def compte(n: int, mot: str, pluriel: str = "") -> str:
    """``1 jour``, ``3 jours``."""
    return f"{n} {mot if abs(n) < 2 else pluriel or mot + 's'}"  # noqa: PLR2004 - French is plural from two on


def liste(mots: Sequence[str], dernier: str = "et") -> str:
    """``a, b et c``."""
    return f"{', '.join(mots[:-1])} {dernier} {mots[-1]}" if len(mots) > 1 else "".join(mots)


def lisible(valeur: Any) -> str:
    """Any declared value as a person reads it."""
    match valeur:
        case None | "" | ():
            return VIDE
        case bool():
            return "oui" if valeur else "non"
        case Date():
            return date(valeur)
        case Moment():
            return moment(valeur)
        case Periode():
            return periode(valeur)
        case Arret():
            return arret(valeur)
        case PlainDateTime():
            return date_heure(valeur)
        case Time():
            return heure(valeur)
        case tuple() | list():
            return liste([lisible(v) for v in valeur])
        case _:
            return str(valeur)


__all__ = [
    "JOURS", "MOIS", "arret", "compte", "date", "dates", "duree", "entre", "heure", "lisible", "liste", "moment",
    "periode",
]  # fmt: skip
