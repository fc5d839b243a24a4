"""``init``: a place is founded; what that made is said, and what to do next."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from tierslieu_adapters.cli.answers import as_json, show
from tierslieu_adapters.cli.asking import REFUSE, ask
from tierslieu_adapters.cli.errors import as_options
from tierslieu_adapters.cli.files import created, not_lost, tell_files
from tierslieu_adapters.cli.options import function_of, options_of
from tierslieu_adapters.cli.program import base_app
from tierslieu_adapters.cli.screen import Screen, program
from tierslieu_adapters.cli.session import Session
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.edge import identifier_fault
from tierslieu_core.kernel.errors import DemandeInvalide, ErreurTiersLieu
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.vocabulaire.francais import compte

if TYPE_CHECKING:
    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.declarations import Demande
    from tierslieu_core.kernel.fields import Champ

FONDATRICE = "fondation"
"""Who asks, as far as the faults of a founding without anyone are told."""
PREMIERS = ("coordination", "finances")
"""The first mandates of a finance body: no concierge is ever of it."""
OPAQUE = "un identifiant qui ne dit rien de la personne : p-1"


def init() -> None:
    """Fonder un lieu : son journal, le coffre de ses données personnelles et sa clé, et ses premiers mandats.

    Ce qui n'est pas dit en option est demandé à qui se trouve devant l'écran.
    """


def app_for(catalogue: Catalogue) -> App:
    """The application of ``init``: its options are the fields of the one demand that founds."""
    demande = founding(catalogue)
    options = options_of(catalogue, demande.commande)

    def do(champs: dict[str, Any], **around: Any) -> int:
        try:
            return found(demande, champs, **around)
        except DemandeInvalide as fault:
            names = {".".join(o.path): o.name for o in options}
            raise as_options(fault, names, "tierslieu init") from None

    app = base_app("init", usage="tierslieu --lieu quai.db init [--champ valeur …]", help=inspect.getdoc(init))
    app.default(function_of(options, _around(), do))
    return app


def founding(catalogue: Catalogue) -> Demande[Any, Any]:
    """The one demand that an empty journal may be asked."""
    known = [d for d in catalogue.demandes.values() if d.fondatrice]
    if len(known) != 1:
        raise ErreurTiersLieu("Il faut un domaine, et un seul, qui sache fonder un lieu : vérifiez l'installation.")
    return known[0]


def found(
    demande: Demande[Any, Any], champs: dict[str, Any], *, reglement: bool | None, json: bool, session: Session
) -> int:
    """Found the place. Nothing is made on the disk before all that is needed was said, and can be read."""
    _not_yet(session)
    if session.finances:
        champs, reglement = {"roles": list(PREMIERS), **champs}, reglement or False
    if sys.stdin.isatty() and not json:
        champs = _completed(session.screen, demande.commande, champs)
        reglement = _offered(session.screen) if reglement is None else reglement
    nom, who = fiche(demande.commande).nom, _who(demande.commande, champs)
    with Session("memory:", finances=session.finances).place(creer=True) as trial:
        ask(trial, nom, champs, par=who, essai=True)
    with created(session) as made:
        lieu = session.place(creer=True)
        with lieu.lot():
            reponse = ask(lieu, nom, champs, par=who)
            rules = [lieu.executer(rule, par=who) for rule in _rules(session)] if reglement and reponse.acceptee else []
    if json:
        session.screen.json(
            {**as_json(lieu, reponse, lieu.speaker()), "fichiers": made, "regles": len(rules)}, line=True
        )
    else:
        show(session.screen, lieu, reponse, lieu.speaker())
        tell_files(session.screen, made)
        _next(session, len(rules))
    return 0 if reponse.acceptee else REFUSE


def _not_yet(session: Session) -> None:
    path = session.path()
    not_lost(session)
    if path is None or session.missing() or (os.path.isfile(path) and not os.path.getsize(path)):  # noqa: PTH113, PTH202 - one question each
        return
    lieu = session.place().livre.lieu
    if lieu is not None:
        raise DemandeInvalide(
            f"« {session.url} » est déjà le journal du lieu « {lieu.nom} » : rien n'a été changé.\n"
            "  Un lieu, un journal : tierslieu --lieu autre.db init"
        )


def _who(commande: type, champs: dict[str, Any]) -> str:
    """The founder: the first person that the demand brings into being."""
    field = next((f for f in fields_of(commande) if f.nouveau), None)
    who = champs.get(field.nom) if field is not None else None
    return who if isinstance(who, str) and identifier_fault(who) is None else FONDATRICE


def _completed(screen: Screen, commande: type, champs: dict[str, Any]) -> dict[str, Any]:
    """The fields that were given, and what the person at the terminal answers for the others."""
    given = dict(champs)
    for field in fields_of(commande):
        if field.nom in given or field.plusieurs or (not field.obligatoire and not field.defaut):
            continue
        said = _answer(screen, field)
        if said:
            given[field.nom] = said
    return given


def _answer(screen: Screen, field: Champ) -> str:
    default = "" if field.obligatoire else f" [{field.defaut}]"
    hint = f" ({OPAQUE})" if field.sujet == "personne" and field.nouveau else ""
    label = field.libelle[0].upper() + field.libelle[1:] + hint
    while True:
        said = input(f"{label}{default} : ").strip()
        fault = identifier_fault(said) if said and field.sujet else None
        if fault is None and (said or not field.obligatoire):
            return said
        screen.say(fault or "Il faut une réponse.", indent=2)


def _offered(screen: Screen) -> bool:
    from tierslieu_core.domaines.cadre.regles.depart import REGLES  # noqa: PLC0415 - only when offered

    screen.say()
    screen.title("Un règlement de départ, à discuter et à amender ensemble :")
    for _, genre, portee in REGLES:
        screen.say(f"· {genre.phrase()}{f' ({portee})' if str(portee) else ''}", indent=2)
    return input("L'adopter ? [O/n] ").strip().lower() in ("", "o", "oui")


def _rules(session: Session) -> Iterator[Any]:
    from tierslieu_core.domaines.cadre.regles.depart import reglement_de_depart  # noqa: PLC0415 - only when wanted

    yield from reglement_de_depart(session.place().aujourdhui)


def _next(session: Session, rules: int) -> None:
    screen, lieu = session.screen, f"{program()}{' --finances' * session.finances} --lieu {session.url}"
    screen.say()
    screen.title("Et maintenant")
    if rules:
        screen.say(f"Le règlement de départ est adopté : {compte(rules, 'règle')}.", indent=2)
    else:
        screen.say("Aucune règle n'est adoptée : le lieu accepte tout ce que son état permet.", indent=2)
    screen.say(f"{lieu} faire --help   tout ce que l'on peut demander", indent=2)
    screen.say(f"{lieu} registre       ce que le lieu tient à jour", indent=2)
    screen.say(f"{lieu} journal        ce qui s'est décidé aujourd'hui", indent=2)


def _around() -> list[inspect.Parameter]:
    rules = Parameter(
        name="--reglement-de-depart", negative=("--sans-reglement",), show_default=False,
        help="adopter le règlement de départ, ou commencer sans règle",
    )  # fmt: skip
    json = Parameter(name="--json", help="la réponse en une ligne JSON, sans rien demander")
    return [
        _option("reglement", Annotated[bool | None, rules], None),
        _option("json", Annotated[bool, json], default=False),
        inspect.Parameter(
            "session", inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[Session, Parameter(parse=False)]
        ),
    ]


def _option(nom: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(nom, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
