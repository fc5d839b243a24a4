"""The trial of a proposed source: compiled and run in a process apart, on values as extreme as a rule may read.

That process has little memory and time, and can open nothing, neither file nor network: what was proposed, and by
whom, does not matter. What passes here is bounded when it decides: no value that it then reads is larger.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from time import process_time
from typing import Any

from tierslieu_adapters.expressions import moteur
from tierslieu_adapters.expressions.variables import ENTIER_MAX, LISTE_MAX, TEXTE_MAX

MEMOIRE, PROCESSEUR_S, PATIENCE_S, EVALUATION_S = 1 << 30, 5, 60, 0.05
"""Bytes and seconds of processor for a trial, seconds until it is given up, and seconds for one evaluation."""
ZONE = "Europe/Paris"
DEPART = """
import json, sys
demande = json.load(sys.stdin)
sys.path[:] = demande["chemins"]
from tierslieu_adapters.expressions.essai import enfant
enfant(demande)
"""
DEMESURE = "demande plus de temps ou de mémoire qu'une règle n'en a : faites plus simple, ou plusieurs clauses"


@lru_cache(64)
def essayer(sources: tuple[str, ...], types: moteur.Types, rend: str = "oui_non") -> tuple[tuple[int, str], ...]:
    """The faults of these sources, each with the rank of its source; nothing when all may be adopted."""
    moteur.cel()  # so that one who has not installed it is told that, and nothing else
    asked = json.dumps({"chemins": sys.path, "sources": sources, "types": types, "rend": rend})
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-I", "-B", "-c", DEPART], input=asked, env={}, timeout=PATIENCE_S, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
        )  # fmt: skip
        said = done.stdout
    except subprocess.TimeoutExpired:
        said = ""
    lines = [json.loads(line) for line in said.splitlines() if line.endswith("]")]
    found = tuple((int(n), str(faute)) for n, faute in lines if faute)
    if [len(sources), ""] in lines:
        return found
    return (*found, (max((n for n, faute in lines if not faute), default=0), DEMESURE))


# ── in the process apart ────────────────────────────────────────────────────────────────────────────────────────────


def enfant(demande: Mapping[str, Any]) -> None:
    """Say the rank of each source before it is tried, then each of its faults; their number at the end."""
    types = tuple((nom, genre) for nom, genre in demande["types"])
    sources = demande["sources"]
    moteur.valeur("heure(x) == 0", (("x", "date"),), "oui_non", {"x": "2026-11-23"}, ZONE)  # all that it needs is open
    _enfermer()
    for n, source in enumerate(sources):
        _dire(n, "")
        for faute in _fautes(source, types, demande["rend"]):
            _dire(n, faute)
    _dire(len(sources), "")


def _enfermer() -> None:
    """From now on: so much memory and time, and nothing more that could be opened."""
    import resource  # noqa: PLC0415 - in the process apart only

    for quoi, limite in (
        (resource.RLIMIT_AS, MEMOIRE), (resource.RLIMIT_CPU, PROCESSEUR_S), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 0),
    ):  # fmt: skip
        resource.setrlimit(quoi, (limite, limite))


def _dire(n: int, faute: str) -> None:
    sys.stdout.write(json.dumps([n, faute]) + "\n")
    sys.stdout.flush()


def _fautes(source: str, types: moteur.Types, rend: str) -> list[str]:
    if found := moteur.fautes(source, types, rend):
        return found
    lus = moteur.lus(source, types)
    if not lus:
        return ["ligne 1, colonne 1 : ne lit rien de la demande, et vaut donc toujours la même chose"]
    decided, longest = 0, 0.0
    for valeurs in echantillons([(nom, genre) for nom, genre in types if nom in lus]):
        begun = process_time()
        try:
            moteur.valeur(source, types, rend, valeurs, ZONE)
            decided += 1
        except moteur.NonDecidable as fault:
            if fault.__cause__ is not None:  # given up by the engine: its budget of iterations, or memory
                return [f"ligne 1, colonne 1 : {DEMESURE}"]
        longest = max(longest, process_time() - begun)
    if longest > EVALUATION_S:
        return [f"ligne 1, colonne 1 : {DEMESURE}"]
    return [] if decided else ["ligne 1, colonne 1 : n'est décidable dans aucun essai (une date mal écrite ?)"]


MESURES: Mapping[str, Sequence[Any]] = {
    "oui_non": (True, False),
    "nombre": (2, 0, -1, ENTIER_MAX, -ENTIER_MAX - 1),
    "mot": ("mot", "", "é" * (TEXTE_MAX // 2)),
    "mots": (["mot"], [], [f"{n}".rjust(TEXTE_MAX, "x") for n in range(LISTE_MAX)]),
    "date": ("2026-11-23", "2028-02-29", "1900-01-01", "2999-12-31"),
    "instant": ("2026-11-23T13:00:00Z", "2026-10-25T01:30:00Z", "1901-01-01T00:00:00Z", "2999-12-30T00:00:00Z"),
}
"""By type: an ordinary value, then those at the edges, the largest last but for numbers and dates."""


def echantillons(types: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """Values for each name: all ordinary, then each edge of all, then edges that are crossed, then nothing at all."""
    rounds = max(len(values) for values in MESURES.values())
    for decalage in (0, 1, 2):
        for n in range(rounds):
            chosen = {}
            for rang, (nom, genre) in enumerate(types):
                values = MESURES[genre]
                chosen[nom] = values[min(n, len(values) - 1) if not decalage else (n + rang * decalage) % len(values)]
            yield chosen
    yield {}
