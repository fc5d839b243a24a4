"""``faire``: one demand from options, or many as JSON lines; the areas say which there are."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from cyclopts import Parameter
from whenever import Instant

from tierslieu_adapters.cli.answers import as_json, show
from tierslieu_adapters.cli.naming import found
from tierslieu_adapters.cli.reading import Ici
from tierslieu_adapters.cli.screen import complain
from tierslieu_adapters.cli.session import PAR, Session
from tierslieu_adapters.cli.subjects import with_names
from tierslieu_core.kernel.codec import parse_time
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.errors import Conflit, DemandeInvalide, ErreurTiersLieu
from tierslieu_core.kernel.ports import Selection, select
from tierslieu_core.vocabulaire.temps import Moment

if TYPE_CHECKING:
    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu

REFUSE, MALFORMED, CONFLICT = 3, 2, 4
WAYS = """\
Que faut-il faire ? Donnez une commande, ou des lignes JSON sur l'entrée standard :
  tierslieu faire COMMANDE --champ valeur … --par QUI
  tierslieu faire < demandes.jsonl
Toutes les commandes : tierslieu faire --help"""


def faire(
    *,
    par: Annotated[
        str | None,
        Parameter(env_var=PAR, show_env_var=False, metavar="PERSONNE", help="qui demande, si une ligne ne le dit pas"),
    ] = None,
    essai: Annotated[bool, Parameter(help="décider sans rien enregistrer")] = False,
    session: Ici,
) -> int:
    """Demander quelque chose au lieu : une commande avec ses champs, ou des lignes JSON sur l'entrée standard.

    Une ligne : {"commande": "…", "par": "camille", "cle": "…", puis les champs de la commande}. Une réponse JSON par
    ligne. La commande finit par 0 si tout est accepté ou déjà ainsi, 3 s'il y a des refus ou des demandes à valider,
    4 si d'autres passaient toujours avant (rien d'enregistré : recommencez), 2 si des lignes sont illisibles.
    """
    if sys.stdin.isatty():
        raise DemandeInvalide(WAYS)
    lieu, codes = session.place(), set[int]()
    for n, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            code, answer = _line(lieu, line, par, essai=essai)
        except ErreurTiersLieu as fault:
            complain(f"Ligne {n} : {fault}\n  Rien n'en est enregistré, et les lignes suivantes n'ont pas été lues.")
            return MALFORMED
        codes.add(code)
        if code == MALFORMED:
            complain(f"Ligne {n} : {answer['message']}")
        session.screen.json({"ligne": n, **answer}, line=True)
    return next((code for code in (MALFORMED, CONFLICT, REFUSE) if code in codes), 0)


def puis_je() -> None:
    """Savoir ce que le lieu répondrait à une demande : comme faire, avec --essai, sans rien enregistrer.

    Chaque règle dit ce qu'elle mesure, et chaque registre ce qui y changerait : tierslieu puis-je COMMANDE --champ …
    """
    raise DemandeInvalide("Puis-je quoi ? Donnez une commande : tierslieu puis-je COMMANDE --champ valeur … --par QUI")


def one(
    *, champs: Mapping[str, Any], nom: str, session: Session, json: bool = False, lieu: str | None = None, **around: Any
) -> int:
    """One demand, from the options of its command."""
    session.asked = lieu or session.asked
    place = session.place()
    again = answered(place, around.get("cle")) and not json
    reponse = ask(place, nom, champs, **around)
    if again:
        session.screen.say("Cette clé a déjà eu sa réponse, que voici ; rien n'est enregistré de plus.", "dim")
    if json:
        session.screen.json(as_json(place, reponse, place.speaker(), changes=True), line=True)
    else:
        show(session.screen, place, reponse, place.speaker())
    return 0 if reponse.acceptee else REFUSE


def answered(lieu: Lieu, cle: Any) -> bool:
    """Whether a demand was already decided under this key."""
    return isinstance(cle, str) and any(select(lieu.recorder, [Selection((DECISION,), (f"cle:{cle}",), last=True)])[0])


def ask(  # noqa: PLR0913 - what is said around a demand
    lieu: Lieu,
    nom: str,
    champs: Mapping[str, Any],
    *,
    par: Any,
    pour: Any = None,
    cle: Any = None,
    survenu_le: Any = None,
    essai: bool = False,
) -> Reponse:
    """Decide one demand; all that cannot be read of it is told at once."""
    cls, given = lieu.catalogue.demande(nom).commande, {**champs, "par": par, "pour": pour}
    titre, faults, commande, since = f"La demande « {nom} » ne peut pas être lue :", list[tuple[str, str]](), None, None
    try:
        commande = lieu.commande(nom, champs)
    except DemandeInvalide as fault:
        titre = fault.titre
        faults += with_names(lieu, cls, given, fault)
    try:
        since = None if survenu_le is None else instant_of(survenu_le, lieu.livre.zone or "UTC")
    except ValueError as fault:
        faults.append(("survenu_le", str(fault)))
    if par in (None, ""):
        faults.append(("par", "manque : qui demande ?"))
    texts = (("par", par), ("pour", pour), ("cle", cle))
    faults += [(f, f"un texte attendu, reçu {v!r}") for f, v in texts if v is not None and not isinstance(v, str)]
    if faults or par is None:
        raise DemandeInvalide(titre, faults)
    try:
        return lieu.executer(commande, par=par, pour=pour, cle=cle, survenu_le=since, essai=essai)
    except DemandeInvalide as fault:
        raise type(fault)(fault.titre, with_names(lieu, cls, given, fault)) from None


def _line(lieu: Lieu, line: bytes, par: str | None, *, essai: bool) -> tuple[int, dict[str, Any]]:
    """The exit code and the answer of one JSON line."""
    try:
        said = demand_of(line)
        nom, trial = fiche(found(lieu.catalogue, said.pop("commande")).commande).nom, said.pop("essai", False)
        around = {k: said.pop(k) for k in ("par", "pour", "cle", "survenu_le") if k in said}
        reponse = ask(lieu, nom, said, **{"par": par, **around}, essai=essai or trial is True)
    except Conflit as fault:
        return CONFLICT, _error(fault)
    except DemandeInvalide as fault:
        return MALFORMED, _error(fault)
    return 0 if reponse.acceptee else REFUSE, as_json(lieu, reponse, lieu.speaker())


def demand_of(line: bytes) -> dict[str, Any]:
    """What a JSON line asks: its command, and its fields as they were written."""
    try:
        said = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        where = re.search(r"\d+", str(fault))
        at = f", à partir de l'octet {where[0]}" if where else ""
        raise DemandeInvalide(f"ce n'est pas du JSON{at}.") from None
    if not isinstance(said, dict) or not isinstance(said.get("commande"), str):
        raise DemandeInvalide('un objet JSON attendu, avec sa commande : {"commande": "…", "par": "…", …}.')
    return said


def _error(fault: ErreurTiersLieu) -> dict[str, Any]:
    told = fault.erreurs if isinstance(fault, DemandeInvalide) else ()
    return {
        "erreur": type(fault).__name__,
        "message": str(fault),
        "erreurs": [{"champ": where, "message": what} for where, what in told],
    }


def instant_of(text: Any, zone: str) -> Instant:
    """An instant from ISO text with its offset, or from an hour on the place's clock."""
    if not isinstance(text, str):
        msg = f"un instant attendu, comme « 2026-11-23T14:30:00+01:00 », reçu {text!r}"
        raise ValueError(msg)  # noqa: TRY004 - told with the other bad fields
    try:
        instant: Instant = parse_time(Instant, text)
    except ValueError:
        moment = Moment.depuis_texte(text)
        fault = moment.faute_dans(zone)
        if fault:
            raise ValueError(fault) from None
        return moment.dans(zone).to_instant()
    return instant
