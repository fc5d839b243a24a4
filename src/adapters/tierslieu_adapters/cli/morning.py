"""``aujourdhui``: what the concierge must know this morning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from tierslieu_adapters.cli.dues import row_of
from tierslieu_adapters.cli.planned import line_of
from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_adapters.cli.trail import show
from tierslieu_adapters.cli.values import short
from tierslieu_core.vocabulaire.francais import compte, date
from tierslieu_core.vues.aujourdhui import aujourdhui as du_jour

if TYPE_CHECKING:
    from tierslieu_adapters.cli.screen import Screen
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vues.aujourdhui import Aujourdhui

LIGNES = 12
"""What a morning shows of what is to be done; the rest is a command away."""


def aujourdhui(*, en_json: Json = False, session: Ici) -> None:
    """Lire ce qu'il faut savoir ce matin : ce qui a lieu, ce qui est à faire, ce qui change."""
    lieu = session.founded()
    found = du_jour(lieu)
    if en_json:
        session.screen.json(_plain(found))
        return
    screen = session.screen
    screen.title(f"{date(found.le).capitalize()}, {lieu.registre('lieu')[0].nom}")
    told = [_section(screen, lieu, found, name) for name in ("a_lieu", "en_retard", "a_faire", "hier", "change")]
    if not any(told):
        screen.say("Rien aujourd'hui. Le planning de la semaine : tierslieu planning")


def _section(screen: Screen, lieu: Lieu, found: Aujourdhui, name: str) -> bool:
    """One part of the morning; whether there was anything to say."""
    zone = lieu.livre.zone
    titles = {
        "a_lieu": ("Ce qui a lieu", len(found.a_lieu)),
        "en_retard": ("En retard", len(found.en_retard)),
        "a_faire": ("À faire aujourd'hui", len(found.a_faire)),
        "hier": ("Hier, refusé ou en attente", len(found.hier)),
        "change": ("Ce qui change bientôt", len(found.regles) + len(found.mandats)),
    }
    title, count = titles[name]
    if not count:
        return False
    screen.say()
    screen.title(f"{title} : {compte(count, 'chose')}")
    match name:
        case "a_lieu":
            screen.table(("heures", "quoi", "c'est"), [line_of(un, found.le, zone) for un in found.a_lieu])
        case "en_retard" | "a_faire":
            dues = getattr(found, name)
            screen.table(("échéance", "quoi", "qui agit"), [row_of(lieu, un) for un in dues[:LIGNES]])
            if len(dues) > LIGNES:
                screen.say(f"… et {compte(len(dues) - LIGNES, 'autre', 'autres')} : tierslieu a-faire", "dim")
        case "hier":
            show(screen, found.hier)
        case _:
            rows = [(le, f"{texte} ({quoi})") for le, quoi, texte in found.regles]
            rows += [(le, f"fin du mandat de {qui}") for le, qui in found.mandats]
            screen.table(("jour", "quoi"), [(short(zone, le), quoi) for le, quoi in sorted(rows)])
    return True


def _plain(found: Aujourdhui) -> dict[str, object]:
    return {
        "le": found.le.format_iso(),
        "a_lieu": [{"debut": un.debut.format_iso(), "fin": un.fin.format_iso(), "phrase": un.phrase, "chose": un.chose}
                   for un in found.a_lieu],
        "en_retard": [{"quand": un.quand.format_iso(), "phrase": un.phrase} for un in found.en_retard],
        "a_faire": [{"quand": un.quand.format_iso(), "phrase": un.phrase} for un in found.a_faire],
        "hier": [attrs.asdict(trace) for trace in found.hier],
        "regles": [{"le": le.format_iso(), "quoi": quoi, "regle": texte} for le, quoi, texte in found.regles],
        "mandats": [{"au": le.format_iso(), "mandat": qui} for le, qui in found.mandats],
    }  # fmt: skip
