"""What an expression costs a demand: its measure and its judgement, beside those of a kind that says the same."""

from __future__ import annotations

from bench.mesure import Figure, in_turn
from whenever import Date

from tierslieu_adapters.expressions import ClauseNommee, Expression
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode

PERIODE = Periode(Moment.depuis_texte("2026-11-23T14:00"), Moment.depuis_texte("2026-11-23T16:00"), "Europe/Paris")
DEMANDE = Mesures(
    action="reserver", personne=PersonneId("ana"), lieux=("espace:verte",), jour=Date(2026, 11, 23), periode=PERIODE,
    participants=8,
)  # fmt: skip


def regle(*cels: str) -> Expression:
    """A rule of these clauses."""
    return Expression(clauses=tuple(ClauseNommee(id=f"c{n}", libelle="…", cel=cel) for n, cel in enumerate(cels)))


def measure(blocks: int = 9, size: int = 500) -> list[Figure]:
    """One clause on a number; three, with hours of the place's clock; and the kind of our own that says the first."""
    rules = Duree(maximum_minutes=240), regle("duree_minutes <= 240"), regle(
        "duree_minutes <= 240", "heure(fin) <= 18 || participants <= 12", "debut < mois_apres(jour, 1)"
    )  # fmt: skip

    def judged(kind: Duree | Expression) -> None:
        for _ in range(size):
            found = kind.mesure(DEMANDE)
            assert found is not None
            assert kind.juge(found.valeur) == "satisfaite"

    ours, one, three = in_turn(blocks, *(lambda kind=kind: judged(kind) for kind in rules))
    each = 1e6 / size
    return [
        Figure("expression", "genre « duree », mesurer et juger", ours * each, "≤", unite="µs"),
        Figure("expression", "une clause sur une durée, mesurer et juger", one * each, "≤", 100, 50, "µs"),
        Figure("expression", "trois clauses, heures du lieu comprises", three * each, "≤", 300, 150, "µs"),
    ]
