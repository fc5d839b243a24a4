"""Registers and free time, as they are asked for all day long: at a million facts in the time they take at a thousand.

Both places are asked the same, and each answer has as many rows in both: only the length of their history differs.
"""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from functools import cache
from time import process_time
from typing import Any

from bench.mesure import Figure, in_turn
from bench.quai import Quai
from bench.relecture import SELECT

from tierslieu_core.kernel.kept import Kept
from tierslieu_core.kernel.shelves import Place, Shelving
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import EspaceId
from tierslieu_core.vues.libres import Recherche, libres

PERSONNES = 12
"""Those of the smallest place."""
SUJET = "registres"
Ask = Callable[[Lieu, int], Any]
QUESTIONS: Mapping[str, Ask] = {
    "le prêt en cours d'une personne": lambda lieu, n: lieu.registre("prets", filtre={"personne": _en_main(lieu, n)}),
    "deux prochains retours": lambda lieu, _: lieu.registre("prets", tri="retour", limite=2),
    "cinq dernières réservations d'une personne": lambda lieu, n: lieu.registre(
        "reservations", filtre={"personne": f"p-{n % PERSONNES}"}, tri="-debut", limite=5
    ),
    "cinq dernières réservations d'un espace": lambda lieu, _: lieu.registre(
        "reservations", filtre={"espace": "salle-0"}, tri="-debut", limite=5
    ),
    "temps libre d'un espace, un jour sans réservation": lambda lieu, n: _free(lieu, 10 + n % 5),
}


def measure(small: Quai, large: Quai, blocks: int = 25, each: int = 40) -> list[Figure]:
    """Each question at both sizes, in turn; then what it costs to keep a register."""
    figures = []
    with ExitStack() as opened:
        places = [opened.enter_context(quai.open()) for quai in (small, large)]
        for quai, lieu in zip((small, large), places, strict=True):
            now = quai.next(1)[0].maintenant
            lieu.horloge = lambda now=now: now
        for name, ask in QUESTIONS.items():
            works = [_many(ask, lieu, each) for lieu in places]
            least, most = in_turn(blocks, *works, clock=process_time)
            said = f"{name}, à {large.events:_} faits / à {small.events:_}".replace("_", " ")
            figures.append(Figure(SUJET, said, most / least, "≤", 1.3, 1.1))
            figures.append(Figure(SUJET, f"{name}, le plus grand", most / each * 1e6, "≤", unite="µs"))
        return [*figures, *keeping(places[1], large)]


def keeping(lieu: Lieu, quai: Quai, times: int = 3) -> list[Figure]:
    """A register kept from nothing, rows and indexes on the disk: seconds of processor, over those of the SELECT."""
    figures = []
    with closing(sqlite3.connect(quai.path)) as connection:
        for nom in ("prets", "reservations"):
            registre = lieu.catalogue.registre(nom)
            kinds = lieu.catalogue.types(registre.faits)
            text = SELECT.format(", ".join("?" * len(kinds)))
            ratios = []
            for _ in range(times):
                begun = process_time()
                for _row in connection.execute(text, kinds):
                    pass
                floor = process_time() - begun
                ratios.append(_kept(lieu, nom) / floor)
            said = f"registre « {nom} » tenu dans une table, temps / SELECT"
            figures.append(Figure(SUJET, said, statistics.median(ratios), "≤", 4, 3))
    return figures


def _kept(lieu: Lieu, nom: str) -> float:
    """Seconds to keep it again, from an empty table."""
    assert isinstance(lieu.recorder, Shelving)
    shelves = lieu.recorder.shelves()
    assert shelves is not None
    kept = Kept(shelves, lieu.recorder, lieu.catalogue, lieu.catalogue.registre(nom))
    with shelves.writing(kept.plan) as shelf:
        shelf.replace((), Place(kept.declaration))
    begun = process_time()
    kept.rows({"personne": "p-0"})
    return process_time() - begun


@cache
def _borrowers(lieu: Lieu) -> tuple[str, ...]:
    return tuple(ligne.personne for ligne in lieu.registre("prets", tri="retour", limite=2))


def _en_main(lieu: Lieu, n: int) -> str:
    return _borrowers(lieu)[n % 2]


def _free(lieu: Lieu, days: int) -> list[Any]:
    day = lieu.aujourdhui.add(days=days)
    return libres(lieu, Recherche(du=day, au=day, espace=EspaceId("salle-0")))


def _many(ask: Ask, lieu: Lieu, times: int) -> Callable[[], None]:
    def work() -> None:
        for n in range(times):
            ask(lieu, n)

    return work
