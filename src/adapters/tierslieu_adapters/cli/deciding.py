"""``decisions`` and ``derogations``: what was decided about somebody; which rules are lifted most."""

from __future__ import annotations

from typing import Annotated

import attrs
from cyclopts import Parameter

from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_adapters.cli.session import PAR
from tierslieu_adapters.cli.subjects import person_of
from tierslieu_adapters.cli.trail import show
from tierslieu_core.vocabulaire.francais import compte


def decisions(
    *,
    personne: Annotated[
        str,
        Parameter(env_var=PAR, show_env_var=False, metavar="PERSONNE", help=f"de qui (sinon la variable {PAR})"),
    ],
    en_json: Json = False,
    session: Ici,
) -> None:
    """Lire tout ce qui fut décidé au sujet d'une personne : quoi, pourquoi, et comment le contester."""
    lieu = session.founded()
    who = person_of(lieu, personne)
    found, screen = lieu.decisions(who), session.screen
    if en_json:
        lines = [{**attrs.asdict(one.trace), "suites": one.suites} for one in found]
        screen.json({"personne": who, "decisions": lines})
        return
    name = lieu.nommer("personne", who)
    if not found:
        screen.say(f"Rien n'a été décidé au sujet de {name}.")
        return
    screen.title(f"{name} : {compte(len(found), 'décision')}")
    show(screen, [attrs.evolve(one.trace, phrases=(*one.trace.phrases, *one.suites)) for one in found])


def derogations(*, en_json: Json = False, session: Ici) -> None:
    """Voir quelles règles sont le plus souvent levées, pour quels motifs, par qui : celles à revoir, peut-être."""
    lieu, screen = session.founded(), session.screen
    found, speaker = lieu.regles_levees(), lieu.speaker()
    if en_json:
        screen.json([{**attrs.asdict(one), "part": one.part} for one in found])
        return
    if not found:
        screen.say("Aucune règle n'a été levée par une dérogation.")
        return
    rows = [
        (
            one.regle, str(one.derogations), ", ".join(map(str, one.par_motif)),
            ", ".join(par.nomme(speaker.nommer) for par in one.par_qui),
            f"{one.levees} sur {one.jugees} ({one.part:.0%})".replace("%", " %"),
        )
        for one in found
    ]  # fmt: skip
    screen.table(("règle", "dérogations", "motifs", "accordées par", "décisions levées"), rows)
