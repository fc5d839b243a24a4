"""``agenda``: who has which space when."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from cyclopts import Parameter
from whenever import Date

from tierslieu_adapters.cli.reading import Ici, Json, day_after, day_of
from tierslieu_adapters.cli.subjects import subject_of
from tierslieu_adapters.cli.values import plain
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.francais import compte, date, heure
from tierslieu_core.vocabulaire.temps import MINUIT, Moment, debut_de_semaine
from tierslieu_core.vues.agenda import agenda as agenda_de

SEMAINE = 7


def agenda(
    sujet: Annotated[str | None, Parameter(help="un espace ou une personne ; sans lui, tout le lieu")] = None,
    /,
    *,
    semaine: Annotated[
        str | None, Parameter(metavar="AAAA-MM-JJ", help="la semaine de ce jour ; sans elle, celle d'aujourd'hui")
    ] = None,
    jours: Annotated[int, Parameter(metavar="NOMBRE", help="combien de jours, à partir du lundi")] = SEMAINE,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Lire l'agenda d'un espace, d'une personne ou du lieu : une semaine, jour par jour."""
    lieu = session.founded()
    du = debut_de_semaine(day_of("--semaine", semaine) or lieu.aujourdhui)
    au = day_after("--jours", du, max(1, jours) - 1)
    tag = None if sujet is None else subject_of(lieu, sujet)
    if tag is not None and not tag.startswith(("espace:", "personne:")):
        raise DemandeInvalide(f"« {sujet} » n'est ni un espace ni une personne : tierslieu audit {tag}")
    rows, speaker = agenda_de(lieu, du, au, tag), lieu.speaker()
    if en_json:
        lines = [plain(lieu.catalogue, speaker, row) for row in rows]
        session.screen.json({"sujet": tag, "du": du.format_iso(), "au": au.format_iso(), "reservations": lines})
        return
    of = f" ({lieu.nommer(*tag.split(':', 1))})" if tag else ""
    if not rows:
        session.screen.say(f"Rien à l'agenda du {date(du)} au {date(au)}{of}. Ce qui est libre : tierslieu libre")
        return
    session.screen.title(f"Agenda du {date(du)} au {date(au)}{of} : {compte(len(rows), 'réservation')}")
    for le, those in groupby(rows, key=lambda row: max(du, row.debut.local.date())):
        session.screen.say()
        session.screen.title(date(le).capitalize())
        lines = [
            (heures(row.debut, row.fin, le), speaker.nommer("espace", row.espace),
             speaker.nommer("personne", row.personne), row.etat)
            for row in those
        ]  # fmt: skip
        session.screen.table(("heures", "espace", "personne", "état"), lines)


def heures(debut: Moment, fin: Moment, le: Date) -> str:
    """The hours of a stretch, as read on one of its days."""
    since = heure(debut.local) if debut.local.date() == le else f"depuis le {_court(debut)}"
    midnight = fin.local == le.next_day().at(MINUIT)
    until = "minuit" if midnight else heure(fin.local) if fin.local.date() == le else f"le {_court(fin)}"
    return f"{since} – {until}"


def _court(m: Moment) -> str:
    return f"{m.local.day:02d}/{m.local.month:02d} {heure(m.local)}"
