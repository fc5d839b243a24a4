"""What rules cost a demand: the share of it that judging takes as the rulebook grows, and fifty rules on one demand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch

import attrs
from bench.expressions import DEMANDE
from bench.mesure import Figure, in_turn
from bench.quai import CAMILLE, DEBUT, ESPACES, Quai, put
from whenever import Time

from tierslieu_core.domaines.cadre.regles import AdopterRegle, Livre, Portee
from tierslieu_core.domaines.cadre.regles.genres.conditions import Seuil
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree, Horizon, Preavis
from tierslieu_core.domaines.cadre.regles.jugement import jugees
from tierslieu_core.domaines.cadre.regles.reglement import adoptee
from tierslieu_core.domaines.cadre.regles.versions import Reglement
from tierslieu_core.kernel.decisions import Clause
from tierslieu_core.kernel.declarations import Contexte, Note
from tierslieu_core.vocabulaire.identifiants import EspaceId, RegleId
from tierslieu_core.vocabulaire.mesures import Mesures

SUJET = "règlement"
NOMBRES = (10, 100, 1_000)
CINQUANTE = 50
GENRES = (
    Duree(maximum_minutes=600), Horizon(maximum_jours=400), Preavis(minimum_minutes=1), Quota(maximum=99),
    Quota(maximum=99, unite="heures", periode="jour"),
)  # fmt: skip


def measure(folder: Path) -> list[Figure]:
    """Both."""
    return [*(share(Quai(folder / f"regles-{n}.db", 1_000), n) for n in NOMBRES), fifty()]


def regles(n: int) -> Iterator[AdopterRegle]:
    """So many rules of five kinds, each for a space and a day of the week: those of a place that wrote much."""
    for i in range(n):
        portee = Portee(actions=("reserver",), espaces=(EspaceId(f"salle-{i % ESPACES}"),), jours=(i % 7 + 1,))
        yield AdopterRegle(regle=RegleId(f"r-{i}"), genre=GENRES[i % len(GENRES)], portee=portee, du=DEBUT, motif="m")


def share(quai: Quai, n: int, warm: int = 15, demands: int = 300) -> Figure:
    """Of whole demands, recorded durably, the part that judging takes, in a place of so many rules more."""
    spent, juge = [0.0], Livre.juge

    def timed(livre: Livre, commande: str, mesures: Mesures, x: Contexte) -> tuple[Clause, ...]:
        begun = perf_counter()
        try:
            return juge(livre, commande, mesures, x)
        finally:
            spent[0] += perf_counter() - begun

    with quai.open() as lieu:
        with lieu.lot():
            for c in regles(n):
                lieu.executer(c, par=CAMILLE, maintenant=DEBUT.at(Time(7)).assume_utc())
        for ask in quai.next(warm):
            put(lieu, ask)
        asks = quai.next(demands)
        with patch.object(Livre, "juge", timed):
            begun = perf_counter()
            for ask in asks:
                put(lieu, ask)
            whole = perf_counter() - begun
    name = f"part d'une demande entière que prennent {n:_} règles de plus".replace("_", " ")
    return Figure(SUJET, name, 100 * spent[0] / whole, "≤", unite="%")


def fifty(blocks: int = 9, size: int = 100) -> Figure:
    """So many rules in force, each of which applies and reads a fact of its own, measured and judged on one demand."""
    reglement, nobody = Reglement(), Note(1, "", "", "", "", None, "", None)
    for i in range(CINQUANTE):
        genre = Seuil(faits=(f"f{i}",), maximum=9)
        found: Any = adoptee(AdopterRegle(regle=RegleId(f"r-{i}"), genre=genre, du=DEBUT, motif="m"), 1)
        reglement.applique(found, nobody)
    demande = attrs.evolve(DEMANDE, faits={f"f{i}": 3 for i in range(CINQUANTE)})

    def judged() -> None:
        for _ in range(size):
            assert len(jugees(reglement, demande, demande.jour)) == CINQUANTE

    (spent,) = in_turn(blocks, judged)
    return Figure(SUJET, f"{CINQUANTE} règles en vigueur sur une demande", spent / size * 1e6, "≤", unite="µs")
