"""The missions of the conciergerie, through the year: what ``missions.jsonl`` says, each demand at its instant.

A line is a demand as the command line reads it, and ``quand``. ``@3`` is the fourth member that the place admitted.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whenever import PlainDateTime

if TYPE_CHECKING:
    from vie import Vie

LIGNES = Path(__file__).with_name("missions.jsonl")
AUTOUR = frozenset({"quand", "par", "commande", "cle"})


def raconter(vie: Vie) -> None:
    """Put every line on the agenda."""
    for texte in LIGNES.read_text("utf-8").splitlines():
        dite = json.loads(texte)
        quand = PlainDateTime.parse_iso(dite["quand"]).assume_tz("Europe/Paris").to_instant()
        vie.agenda.noter(quand, partial(demander, vie, dite))


def demander(vie: Vie, dite: dict[str, Any]) -> None:
    """Ask one line, with those who are there by then."""
    champs = {nom: qui(vie, valeur) for nom, valeur in dite.items() if nom not in AUTOUR}
    vie.demander(vie.commande(dite["commande"], champs), par=qui(vie, dite["par"]), cle=dite.get("cle"))


def qui(vie: Vie, valeur: Any) -> Any:
    """A value, with members in place of their ranks."""
    if isinstance(valeur, list):
        return [qui(vie, un) for un in valeur]
    if isinstance(valeur, dict):
        return {nom: qui(vie, un) for nom, un in valeur.items()}
    if isinstance(valeur, str) and valeur.startswith("@"):
        return vie.membres[int(valeur[1:])].personne
    return valeur
