"""``regles comparer``: two rulebooks, rule by rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_adapters.cli.rulebook import est_un_jour, fichier_lu, jour_de
from tierslieu_adapters.cli.session import Session
from tierslieu_adapters.reglement.differences import Regle, differences
from tierslieu_core.kernel.sentences import as_is

if TYPE_CHECKING:
    from tierslieu_adapters.reglement.differences import Difference


def comparer(
    avant: Annotated[str, Parameter(name="AVANT", help="un fichier, ou un jour comme 2026-03-01")],
    apres: Annotated[str | None, Parameter(name="APRÈS", help="de même ; sans lui, aujourd'hui")] = None,
    /,
    *,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Comparer deux règlements, règle par règle : deux fichiers, deux jours, ou l'un et l'autre."""
    found = differences(_cote(session, avant), _cote(session, apres))
    if en_json:
        session.screen.json({"differences": [_difference_json(d) for d in found]})
        return
    if not found:
        session.screen.say("Les deux disent la même chose.")
    for d in found:
        _dire_difference(session, d)


def _difference_json(d: Difference) -> dict[str, Any]:
    sides = {"avant": d.avant and d.avant.texte, "apres": d.apres and d.apres.texte}
    return {"regle": d.regle, **sides, "details": [{"quoi": q, "avant": a, "apres": b} for q, a, b in d.details]}


def _dire_difference(session: Session, d: Difference) -> None:
    screen = session.screen
    if d.avant is None and d.apres is not None:
        screen.say(f"+ « {d.regle} » : {_entiere(d.apres)}", "green")
    elif d.apres is None and d.avant is not None:
        screen.say(f"− « {d.regle} » : {_entiere(d.avant)}", "red")
    else:
        screen.say(f"~ « {d.regle} »", "yellow")
        for quoi, avant, apres in d.details:
            screen.say(f"{quoi} : {avant} → {apres}", indent=4)


def _entiere(r: Regle) -> str:
    return f"{r.texte}{f' ({pour})' if (pour := r.portee.nomme(as_is)) else ''}"


def _cote(session: Session, quoi: str | None) -> list[Regle]:
    """One side: a file's rules, or those in force on a day."""
    if quoi is not None and not est_un_jour(quoi):
        return [Regle.de(r) for r in fichier_lu(session, Path(quoi), jour_de(session, None), None).regles]
    reglement = session.founded().livre.reglement
    return [Regle.de(v) for v in reglement.en_vigueur(jour_de(session, quoi))]
