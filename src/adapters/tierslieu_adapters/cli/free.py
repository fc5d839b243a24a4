"""``libre``: when a space is free, and which one is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Annotated, Any

import attrs
from cyclopts import Parameter
from whenever import Date

from tierslieu_adapters.cli.reading import Ici, Json, day_after, day_of
from tierslieu_adapters.cli.session import Session
from tierslieu_adapters.cli.slots import SEMAINE, heures
from tierslieu_adapters.cli.subjects import subject_of
from tierslieu_adapters.cli.values import plain
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.francais import compte, date, duree
from tierslieu_core.vocabulaire.temps import MINUIT, Moment, Periode

AU_MOINS = 15
"""Minutes: what is free for less is of no use, unless it is asked for."""
DUREE = re.compile(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*(?:min|m)?)?\Z")


SANS_ESPACE = " Ce lieu n'a encore aucun espace : tierslieu faire --help dit comment en ouvrir un."


def libre(  # noqa: PLR0913 - the options of the command
    sujet: Annotated[
        str | None, Parameter(help="un espace, ou un modèle de matériel ; sans lui, tout espace qui convient")
    ] = None,
    /,
    *,
    du: Annotated[
        str | None, Parameter(metavar="AAAA-MM-JJ", help="à partir de ce jour ; sans lui, d'aujourd'hui")
    ] = None,
    au: Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="jusqu'à ce jour ; sans lui, sept jours")] = None,
    duree_: Annotated[
        str | None,
        Parameter(name="--duree", metavar="DURÉE", help="au moins si longtemps : 90, 1h30, 2h ; sinon 15"),
    ] = None,
    jours: Annotated[
        int | None, Parameter(metavar="NOMBRE", help="combien de jours regarder ; pour un modèle : tant de suite")
    ] = None,
    participants: Annotated[int | None, Parameter(metavar="NOMBRE", help="assez grand pour tant de personnes")] = None,
    categorie: Annotated[str | None, Parameter(metavar="TEXTE", help="un espace de cette catégorie")] = None,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Trouver quand un espace est libre, ou lequel ; ou le prochain objet libre d'un modèle.

    Ce qui vaut pour tout le monde est compté (réservations, fermetures, horaires, règles) ; ce que vous pouvez,
    vous, demander, « tierslieu puis-je » le dit.
    """
    lieu = session.founded()
    kind, _, one = (subject_of(lieu, sujet) if sujet else "espace:").partition(":")
    first = day_of("--du", du) or lieu.aujourdhui
    if kind == "modele":
        _next(session, one, first, jours or 1, en_json=en_json)
        return
    if kind != "espace":
        said = "n'est ni un espace ni un modèle : tierslieu registre espaces, tierslieu registre modeles"
        raise DemandeInvalide(f"« {sujet} » {said}")
    last = day_of("--au", au) or day_after("--jours", first, (SEMAINE if jours is None else max(1, jours)) - 1)
    found = lieu.libres(
        one or None, du=first, au=last, duree_minutes=minutes_of(duree_) or AU_MOINS, participants=participants,
        categorie=categorie,
    )  # fmt: skip
    screen, zone = session.screen, lieu.livre.zone
    if en_json:
        lines = [{**plain(lieu.catalogue, lieu.speaker(), c), "minutes": _minutes(c, zone)} for c in found]
        screen.json({"du": first.format_iso(), "au": last.format_iso(), "libres": lines})
        return
    if not found:
        none = "" if lieu.registre("espaces", limite=1) else SANS_ESPACE
        screen.say(f"Rien de libre qui convienne, du {date(first)} au {date(last)}.{none}")
        return
    screen.title(f"Libre du {date(first)} au {date(last)}")
    pieces = sorted((p for c in found for p in _by_day(c, zone)), key=lambda p: (p.debut, p.espace))
    for le, those in groupby(pieces, key=lambda p: p.debut.local.date()):
        screen.say()
        screen.title(date(le).capitalize())
        rows = [(_hours(p.debut, p.fin, le), lieu.nommer("espace", p.espace), duree(_minutes(p, zone))) for p in those]
        screen.table(("heures", "espace", "durée"), rows)


def _next(session: Session, modele: str, du: Date, jours: int, *, en_json: bool) -> None:
    """The next item of a model that is free for so many days."""
    lieu = session.founded()
    found, name = lieu.prochain_libre(modele, du, jours), lieu.nommer("modele", modele)
    if en_json:
        session.screen.json({"modele": modele, "prochain": plain(lieu.catalogue, lieu.speaker(), found)})
    elif found is None:
        session.screen.say(
            f"{name} : rien de libre {compte(jours, 'jour')} de suite dans l'année qui suit le {date(du)}."
        )
    else:
        which = lieu.nommer("objet", found.objet) if found.objet else name
        when = f"le {date(found.du)}" if found.du == found.au else f"du {date(found.du)} au {date(found.au)}"
        session.screen.verdict("accord", f"{which} : libre {when}.")


def _by_day(creneau: Any, zone: str) -> Iterator[Any]:
    """A stretch, cut at each midnight of the place."""
    for le in Periode(creneau.debut, creneau.fin, zone).jours():
        since, until = Moment(le.at(MINUIT)), Moment(le.next_day().at(MINUIT))
        debut = creneau.debut if creneau.debut.local.date() == le else since
        fin = creneau.fin if creneau.fin.local.date() == le else until
        yield attrs.evolve(creneau, debut=debut, fin=fin)


def _hours(debut: Moment, fin: Moment, le: Date) -> str:
    whole = debut.local.time() == fin.local.time() == MINUIT
    return "toute la journée" if whole else heures(debut, fin, le)


def _minutes(creneau: Any, zone: str) -> int:
    return Periode(creneau.debut, creneau.fin, zone).minutes()


def minutes_of(text: str | None) -> int | None:
    """A duration as people type it: ``90``, ``90 min``, ``1h30``, ``2 h``."""
    if text is None:
        return None
    found = DUREE.match(text.strip().lower())
    if not text.strip() or found is None:
        raise DemandeInvalide("Cette durée ne se lit pas :", [("--duree", f"comme 90, 1h30 ou 2h, reçu « {text} »")])
    hours, minutes = (int(n or 0) for n in found.groups())
    return hours * 60 + minutes
