"""``expliquer``: one decision as a story: what was asked, what each rule said, what came of it, and what of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import attrs
import msgspec
from cyclopts import Parameter

from tierslieu_adapters.cli.answers import CLAUSES, clauses_json
from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_adapters.cli.screen import SIGNS
from tierslieu_adapters.cli.subjects import person_of
from tierslieu_adapters.cli.values import plain
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vues.recit import chapitres

if TYPE_CHECKING:
    from tierslieu_adapters.cli.screen import Screen
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vues.recit import Recit

TONS = {**{v: c for v, (_, c) in {**CLAUSES, **SIGNS}.items()}, "discret": "dim", "issue": "italic"}


def expliquer(
    decision: Annotated[
        str | None,
        Parameter(help="la clé d'une demande, l'identifiant d'un de ses faits, ou sa position dans le journal"),
    ] = None,
    /,
    *,
    personne: Annotated[str | None, Parameter(metavar="QUI", help="la dernière décision qui la concerne")] = None,
    tout: Annotated[bool, Parameter(help="tout ce que l'on savait, et d'où vient chaque règle")] = False,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Raconter une décision : la demande, ce que chaque règle en a dit, la suite, et ce qu'il en serait aujourd'hui."""
    lieu = session.founded()
    if (decision is None) == (personne is None):
        raise DemandeInvalide("Expliquer quoi ? Donnez une décision (sa clé), ou quelqu'un : --personne QUI.")
    recit = lieu.expliquer(decision or f"personne:{person_of(lieu, personne or '')}")
    if en_json:
        session.screen.json(_as_json(lieu, recit))
    else:
        _show(session.screen, recit, tout=tout)


def _show(screen: Screen, recit: Recit, *, tout: bool) -> None:
    for n, chapitre in enumerate(chapitres(recit, tout=tout)):
        if n:
            screen.say()
        screen.say(chapitre.titre, f"{TONS.get(chapitre.ton, '')} bold".strip())
        for ligne in chapitre.lignes:
            screen.say(ligne.texte, TONS.get(ligne.ton, ""), ligne.marge)


def _as_json(lieu: Lieu, recit: Recit) -> dict[str, Any]:
    """The whole story for programs: what is said in words, and the values that it rests on."""
    speaker, decision = lieu.speaker(), recit.decision
    demande = lieu.catalogue.codec.decode(decision.demande, lieu.catalogue.demande(decision.commande).commande)
    told = [{k: v for k, v in attrs.asdict(c).items() if k not in ("clause", "phrase")} for c in recit.clauses]
    recorded = clauses_json(lieu, (c.clause for c in recit.clauses))
    return {
        **attrs.asdict(recit.trace),
        "autour": list(recit.autour),
        "demande": {"commande": decision.commande, **plain(lieu.catalogue, speaker, demande)},
        "refus": None if decision.motif is None else decision.motif.refus,
        "motif": recit.motif,
        "clauses": [{**was, **plain(lieu.catalogue, speaker, more)} for was, more in zip(recorded, told, strict=True)],
        "mesures": msgspec.json.decode(decision.mesures),
        "savait": [attrs.asdict(dit) for dit in recit.mesures],
        "faits": [attrs.asdict(fait) for fait in recit.faits],
        "suites": [attrs.asdict(trace) for trace in recit.suites],
        "depuis": [plain(lieu.catalogue, speaker, attrs.asdict(one)) for one in recit.depuis],
        "possible": list(recit.possible),
        "aujourdhui": {
            **attrs.asdict(recit.aujourdhui),
            "phrase": str(recit.aujourdhui),
            "autrement": recit.aujourdhui.autrement,
        },
    }
