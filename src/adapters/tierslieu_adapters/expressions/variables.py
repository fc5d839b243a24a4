"""What an expression may read of a demand: each name, its type, how people call it, and where it is found.

Nothing personal is here: who asks, or with whom, is not readable; a fact that the place declares is a number, a date,
yes or no, or words of a closed list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from whenever import Date, Instant

from tierslieu_core.kernel.clock import ANNEES
from tierslieu_core.kernel.codec import parse_time
from tierslieu_core.vocabulaire.francais import date, duree, lisible, liste, moment
from tierslieu_core.vocabulaire.mesures import Mesures, lue
from tierslieu_core.vocabulaire.temps import Moment, matin

TEXTE_MAX, LISTE_MAX, ENTIER_MAX = 1024, 64, 2**63 - 1
"""Bytes, words and numbers at most: what is larger is as if it were not told."""


class Genre(NamedTuple):
    """A type of value: as CEL declares it, as people call it, as it is read of JSON and told.

    ``lu(value, zone)``: what CEL is given, ``None`` when the value is not one; ``dit(value, zone)``: in words.
    """

    cel: str
    libelle: str
    lu: Callable[[Any, str], Any]
    dit: Callable[[Any, str], str]


def _entier(v: Any, _: str) -> int | None:
    return v if type(v) is int and -ENTIER_MAX - 1 <= v <= ENTIER_MAX else None


def _mot(v: Any, _: str) -> str | None:
    return v if type(v) is str and len(v.encode(errors="replace")) <= TEXTE_MAX else None


def _mots(v: Any, zone: str) -> list[str] | None:
    bien = type(v) in (list, tuple) and len(v) <= LISTE_MAX and all(_mot(un, zone) is not None for un in v)
    return list(v) if bien else None


def _date(v: Any, zone: str) -> Any:
    """The first instant of that day, on the place's clock; unknown as long as the place's clock is."""
    le = Date.parse_iso(v)
    return matin(le, zone).to_stdlib() if zone and le.year in ANNEES else None


def _instant(v: Any, _: str) -> Any:
    lu = parse_time(Instant, v).to_stdlib()
    return lu if lu.year in ANNEES else None


def _date_dite(v: Any, _: str) -> str:
    return date(Date.parse_iso(v))


def _instant_dit(v: Any, zone: str) -> str:
    return moment(Moment.de(parse_time(Instant, v), zone)) if zone else str(v)


def _ecrit(v: Any, _: str) -> str:
    return str(v)


GENRES_DE_FAIT: Mapping[str, Genre] = {
    "oui_non": Genre("BOOL", "oui ou non", lambda v, _: v if type(v) is bool else None, lambda v, _: lisible(v)),
    "nombre": Genre("INT", "un nombre entier", _entier, _ecrit),
    "mot": Genre("STRING", "un mot", _mot, lambda v, _: f"« {v} »"),
    "mots": Genre("MOTS", "une liste de mots", _mots, lambda v, _: liste([f"« {un} »" for un in v]) or "aucun"),
    "date": Genre("TIMESTAMP", "une date", _date, _date_dite),
    "instant": Genre("TIMESTAMP", "un instant", _instant, _instant_dit),
}
"""The types of the facts that a place declares, which are those of our own variables."""


def lu(genre: str, valeur: Any, zone: str) -> Any:
    """A value as CEL is given it; ``None`` when it is not of that type, or larger than a rule may read."""
    try:
        return None if valeur is None else GENRES_DE_FAIT[genre].lu(valeur, zone)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


class Variable(NamedTuple):
    """One thing that is measured of a demand: its type, what people call it, and how it is found."""

    genre: str
    libelle: str
    autrement: Callable[[Mesures], Any] | None = None
    minutes: bool = False

    def dite(self, valeur: Any, zone: str) -> str:
        """A value in words."""
        return duree(valeur) if self.minutes else GENRES_DE_FAIT[self.genre].dit(valeur, zone)


VARIABLES: Mapping[str, Variable] = {
    "action": Variable("mot", "ce qui est demandé (reserver, preter, renouveler, annuler, rendre)"),
    "publics": Variable("mots", "paliers d'adhésion ce jour-là (« non-adherent » sinon)"),
    "groupes": Variable("mots", "groupes"),
    "lieux": Variable("mots", "ce qui est utilisé (« espace:… », « objet:… », « categorie:… »)"),
    "adherent": Variable("oui_non", "adhésion en cours ce jour-là", lambda m: m.adhesion is not None),
    "adhesion": Variable("date", "dernier jour de l'adhésion"),
    "habilitations": Variable("mots", "habilitations valides ce jour-là"),
    "documents": Variable("mots", "documents remis et valides ce jour-là"),
    "textes": Variable("mots", "textes acceptés, dans quelque version", lambda m: tuple(sorted(m.textes))),
    "mineur": Variable("oui_non", "personne notée mineure ce jour-là", lambda m: bool(m.mineur)),
    "accompagne": Variable("oui_non", "venue avec une personne majeure"),
    "jour": Variable("date", "jour de l'usage"),
    "jour_semaine": Variable("nombre", "jour de la semaine de l'usage, de 1 (lundi) à 7"),
    "debut": Variable("instant", "début"),
    "fin": Variable("instant", "fin"),
    "demande_le": Variable("instant", "moment de la demande"),
    "retour_prevu": Variable("date", "jour de retour prévu d'un prêt"),
    "duree_minutes": Variable("nombre", "durée d'une réservation", minutes=True),
    "duree_jours": Variable("nombre", "durée d'un prêt, en jours"),
    "preavis_minutes": Variable("nombre", "temps d'ici au début", minutes=True),
    "modification_minutes": Variable("nombre", "temps d'ici au début de ce que l'on déplace", minutes=True),
    "annulation_minutes": Variable("nombre", "temps d'ici au début de ce que l'on annule", minutes=True),
    "horizon_jours": Variable("nombre", "jours d'ici à celui de l'usage"),
    "participants": Variable("nombre", "participants"),
    "renouvellements": Variable("nombre", "combientième renouvellement ce serait"),
    "en_cours": Variable("nombre", "autres usages à venir, ou objets en main"),
}
"""By name; those of ``vocabulaire.mesures.LUES`` are measured as there, unless said otherwise here."""


def mesuree(nom: str, m: Mesures) -> Any:
    """What is measured under that name, or said of a declared fact; ``None`` when it is not known of this demand."""
    v = VARIABLES.get(nom)
    return lue(m, nom) if v is None or v.autrement is None else v.autrement(m)
