"""``regles couvrir`` and ``regles verifier``: a rulebook tried on cases, and against itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter
from whenever import Date

from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_adapters.cli.rulebook import FICHIER, fichier_lu, jour_de, texte_de
from tierslieu_adapters.cli.session import Session
from tierslieu_adapters.reglement.lecture import lire
from tierslieu_core.kernel.clock import system_clock
from tierslieu_core.kernel.errors import DemandeInvalide

if TYPE_CHECKING:
    from tierslieu_adapters.reglement.cas import Resultat
    from tierslieu_adapters.reglement.coherence import Constat
    from tierslieu_core.lieu import Lieu
FAUX = 1


def couvrir(
    fichier: Annotated[Path, FICHIER],
    cas: Annotated[Path, Parameter(name="CAS", help="les cas, en JSON : des clauses, chacune avec ses cas")],
    /,
    *,
    tout: Annotated[bool, Parameter(help="tous les cas, et pas seulement ceux qui ne vont pas")] = False,
    en_json: Json = False,
    session: Ici,
) -> int:
    """Essayer un règlement sur des cas : chaque verdict attendu, celui des règles, et pourquoi.

    Finit par 1 si un cas n'a pas le verdict attendu.
    """
    from tierslieu_adapters.reglement import cas as epreuve  # noqa: PLC0415 - seldom asked for

    lu = lire(texte_de(fichier), session.catalogue, Date(2000, 1, 1), nom=fichier.name)
    try:
        clauses = json.loads(texte_de(cas))["clauses"]
        resultats = epreuve.couvrir(lu, epreuve.reglement_de(lu), clauses)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise DemandeInvalide(
            f"« {cas} » n'est pas un fichier de cas (clauses, cas, faits, attendu) : {fault}"
        ) from None
    if en_json:
        session.screen.json({"bilan": epreuve.bilan(resultats), "cas": [_resultat_json(r) for r in resultats]})
    else:
        _dire_cas(session, resultats, epreuve.bilan(resultats), tout=tout)
    return 0 if all(r.juste for r in resultats) else FAUX


def _resultat_json(r: Resultat) -> dict[str, Any]:
    return {
        "cas": r.cas, "clause": r.clause, "attendu": r.attendu, "trouve": r.trouve, "juste": r.juste,
        "detail": dict(r.detail), "dit": list(r.dit), "non_lus": list(r.tus),
    }  # fmt: skip


def _dire_cas(session: Session, resultats: list[Resultat], bilan: Mapping[str, Any], *, tout: bool) -> None:
    screen = session.screen
    for r in resultats:
        if r.juste and not tout:
            continue
        sign, colour = ("✔", "green") if r.juste else ("✘", "red")
        attendu = f"{r.attendu} {dict(r.detail_attendu) or ''}".strip()
        screen.say(
            f"{sign} {r.cas} : attendu {attendu}, trouvé {f'{r.trouve} {dict(r.detail) or chr(32)}'.strip()}", colour
        )
        for dit in r.dit:
            screen.say(dit, indent=4)
        if r.tus:
            screen.say(f"faits que rien ne lit : {', '.join(r.tus)}", "dim", indent=4)
    for quoi, parts in bilan.items():
        said = [f"{nom} {bons} sur {n}" for nom, (bons, n) in parts.items()]
        screen.say(f"{quoi.capitalize()} : {' ; '.join(said)}.")


def verifier(
    fichier: Annotated[Path | None, Parameter(name="FICHIER", help="un règlement ; sans lui, celui du lieu")] = None,
    /,
    *,
    en_json: Json = False,
    session: Ici,
) -> int:
    """Chercher ce qui cloche : des règles qui se contredisent, ne s'appliquent jamais ou ne l'emportent jamais.

    Chaque constat a sa demande témoin. Finit par 1 s'il y en a (une remarque n'en est pas un). Un fichier se vérifie
    avec le règlement du lieu, s'il y en a un, tel qu'il deviendrait.
    """
    from tierslieu_adapters.reglement.coherence import constats  # noqa: PLC0415 - as for adopting

    lieu = _lieu_ou_rien(session) if fichier else session.founded()
    jour = jour_de(session, None) if lieu else system_clock().to_tz("Europe/Paris").date()
    lu = fichier_lu(session, fichier, jour, lieu and lieu.livre.reglement) if fichier else None
    found = constats(lieu, jour, lu)
    if en_json:
        session.screen.json({"constats": constats_json(found)})
    elif found:
        dire_constats(session, found)
    else:
        session.screen.say("Rien ne cloche, dans les demandes essayées.", "green")
    return FAUX if any(not c.remarque for c in found) else 0


def _lieu_ou_rien(session: Session) -> Lieu | None:
    return None if session.missing() or not session.place().livre.zone else session.place()


def constats_json(constats: list[Constat]) -> list[dict[str, Any]]:
    """What was found, for a program."""
    return [
        {"nature": c.nature, "regles": list(c.regles), "dit": c.dit, "remarque": c.remarque,
         "temoin": c.demande}
        for c in constats
    ]  # fmt: skip


def dire_constats(session: Session, constats: list[Constat]) -> None:
    """What was found, for people, each with the demand that shows it."""
    for c in constats:
        session.screen.say(f"{'Remarque' if c.remarque else 'Attention'} : {c.dit}", "dim" if c.remarque else "yellow")
        if c.demande:
            session.screen.say(f"demande témoin : {c.demande}", indent=4)
