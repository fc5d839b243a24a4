"""Reading all again: facts, a register, decisions; against the bare ``SELECT`` of the same rows."""

from __future__ import annotations

import sqlite3
import statistics
from contextlib import closing
from time import process_time

from bench.mesure import Figure, in_turn
from bench.quai import DEBUT, Quai

from tierslieu_core.domaines.cadre.regles import AdopterRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.kernel import projections
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.ports import scan
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import RegleId

SELECT = "SELECT position, type, data FROM events WHERE type IN ({}) ORDER BY position"
TOUT = "SELECT position, type, data FROM events ORDER BY position"


def measure(quai: Quai, blocks: int = 5) -> list[Figure]:
    """Every figure of reading."""
    with quai.open() as lieu, closing(sqlite3.connect(quai.path)) as connection:
        return [
            *facts(lieu, connection, blocks),
            *register(lieu, connection, blocks),
            *decisions(lieu),
            simulated(lieu),
        ]


def facts(lieu: Lieu, connection: sqlite3.Connection, blocks: int) -> list[Figure]:
    """All facts, decoded; then all of the journal, what was asked and measured being left as bytes."""
    kinds = [kind for kind in lieu.catalogue.evenements if kind != DECISION]

    def decode(types: list[str] | None) -> None:
        fact = lieu.catalogue.fact
        for row in scan(lieu.recorder, types):
            fact(row)

    raw, ours = in_turn(blocks, lambda: _exhaust(connection, kinds), lambda: decode(kinds))
    raw_all, all_of_it = in_turn(blocks, lambda: _exhaust(connection, None), lambda: decode(None))
    return [
        Figure("relecture", "faits décodés, temps / SELECT", ours / raw, "≤", 2.0, 1.6),
        Figure("relecture", "tout, décisions comprises, temps / SELECT", all_of_it / raw_all, "≤", 6, 4),
    ]


def register(lieu: Lieu, connection: sqlite3.Connection, blocks: int) -> list[Figure]:
    """A register folded in memory, from its own types alone."""
    figures = []
    for nom in ("prets", "reservations"):
        registre = lieu.catalogue.registre(nom)
        kinds = list(lieu.catalogue.types(registre.faits))

        def fold(registre=registre, kinds=kinds) -> None:  # noqa: ANN001 - bound for this turn of the loop
            projections.rows_of(lieu.catalogue, registre, scan(lieu.recorder, kinds))

        raw, ours = in_turn(blocks, lambda kinds=kinds: _exhaust(connection, kinds), fold)
        figures.append(Figure("relecture", f"registre « {nom} » en mémoire, temps / SELECT", ours / raw, "≤", 4, 2.5))
    return figures


def decisions(lieu: Lieu, times: int = 3) -> list[Figure]:
    """Decisions taken again, in each second of processor, at both levels."""
    rates = {}
    for niveau in (1, 2):
        found = []
        for _ in range(times):
            begun = process_time()
            rejeu = lieu.rejouer(niveau=niveau)
            found.append(rejeu.decisions / (process_time() - begun))
            assert rejeu.fidele, rejeu.ecarts[:1]
        rates[niveau] = statistics.median(found)
    return [
        Figure("rejeu", "décisions par seconde, depuis leurs mesures", rates[1], "≥", 30_000, 100_000),
        Figure("rejeu", "décisions par seconde, depuis le journal", rates[2], "≥", 10_000, 20_000),
    ]


def simulated(lieu: Lieu, times: int = 3) -> Figure:
    """Decisions taken again under a proposed rule, at first order; a third of them, all the bookings, end otherwise."""
    une_heure = AdopterRegle(
        regle=RegleId("une-heure"), genre=Duree(maximum_minutes=60), portee=Portee(actions=("reserver",)), du=DEBUT,
        motif="m",
    )  # fmt: skip
    found = []
    for _ in range(times):
        begun = process_time()
        simulation = lieu.simuler([une_heure], DEBUT)
        found.append(simulation.decisions / (process_time() - begun))
        assert simulation.autres
    name = "décisions simulées par seconde, premier ordre"
    return Figure("simulation", name, statistics.median(found), "≥", 10_000)


def _exhaust(connection: sqlite3.Connection, kinds: list[str] | None) -> None:
    text = TOUT if kinds is None else SELECT.format(", ".join("?" * len(kinds)))
    for _ in connection.execute(text, kinds or ()):
        pass
