"""``planning``: all that takes place, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter
from whenever import Date

from tierslieu_adapters.cli.reading import Ici, Json, day_after, day_of
from tierslieu_adapters.cli.slots import SEMAINE, heures
from tierslieu_adapters.cli.subjects import subject_of
from tierslieu_core.vocabulaire.francais import compte, date
from tierslieu_core.vocabulaire.temps import Moment, debut_de_semaine, matin

if TYPE_CHECKING:
    from tierslieu_core.vues.planning import AuPlanning


def planning(
    sujet: Annotated[str | None, Parameter(help="une personne, un espace, un modèle… ; sans lui, tout le lieu")] = None,
    /,
    *,
    semaine: Annotated[
        str | None, Parameter(metavar="AAAA-MM-JJ", help="la semaine de ce jour ; sans elle, celle d'aujourd'hui")
    ] = None,
    jours: Annotated[int, Parameter(metavar="NOMBRE", help="combien de jours, à partir du lundi")] = SEMAINE,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Lire le planning du lieu : tout ce qui a lieu dans la semaine, jour par jour."""
    lieu = session.founded()
    du = debut_de_semaine(day_of("--semaine", semaine) or lieu.aujourdhui)
    au = day_after("--jours", du, max(1, jours) - 1)
    tag = None if sujet is None else subject_of(lieu, sujet)
    found, zone = lieu.planning(du, au, tag), lieu.livre.zone
    if en_json:
        lines = [
            {**attrs.asdict(un), "debut": un.debut.format_iso(), "fin": un.fin.format_iso(), "avec": list(un.avec)}
            for un in found
        ]
        session.screen.json({"sujet": tag, "du": du.format_iso(), "au": au.format_iso(), "planning": lines})
        return
    of = f" ({lieu.nommer(*tag.split(':', 1))})" if tag else ""
    if not found:
        session.screen.say(f"Rien au planning du {date(du)} au {date(au)}{of}. Ce qui est libre : tierslieu libre")
        return
    session.screen.title(f"Planning du {date(du)} au {date(au)}{of} : {compte(len(found), 'chose')}")
    le = du
    while le <= au:
        those = [un for un in found if un.debut < matin(le.next_day(), zone) and matin(le, zone) < un.fin]
        if those:
            session.screen.say()
            session.screen.title(date(le).capitalize())
            session.screen.table(("heures", "quoi", "c'est"), [line_of(un, le, zone) for un in those])
        le = le.next_day()


def line_of(un: AuPlanning, le: Date, zone: str) -> tuple[str, str, str]:
    """One thing, as it reads on one of its days."""
    quand = "la journée" if un.journee else heures(Moment.de(un.debut, zone), Moment.de(un.fin, zone), le)
    return quand, un.phrase, un.titre.lower()
