"""``regles``: a rulebook as a file: adopted as facts, printed; compared, tried and verified elsewhere."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from tierslieu_adapters.cli.answers import show
from tierslieu_adapters.cli.checking import constats_json, couvrir, dire_constats, verifier
from tierslieu_adapters.cli.comparing import comparer
from tierslieu_adapters.cli.program import group_app
from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_adapters.cli.rulebook import FICHIER, Au, fichier_lu, jour_de
from tierslieu_adapters.cli.screen import Advance
from tierslieu_adapters.cli.session import PAR, Session
from tierslieu_adapters.reglement.differences import dite, plan, tenues
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vocabulaire.francais import compte

if TYPE_CHECKING:
    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu
REFUSE = 3


def adopter(  # noqa: PLR0913 - the options of the command
    fichier: Annotated[Path, FICHIER],
    /,
    *,
    par: Annotated[
        str | None, Parameter(env_var=PAR, show_env_var=False, metavar="PERSONNE", help="qui adopte")
    ] = None,
    complet: Annotated[
        bool, Parameter(help="le fichier dit tout le règlement : ce qu'il ne dit pas est abrogé")
    ] = False,
    essai: Annotated[bool, Parameter(help="dire ce qui changerait, sans rien enregistrer")] = False,
    en_json: Json = False,
    session: Ici,
) -> int:
    """Adopter un règlement : seul ce qui diffère de ce qui est en vigueur devient un fait.

    À relancer sans crainte : une deuxième fois ne change rien. Voyez d'abord avec --essai.
    """
    from tierslieu_adapters.reglement.coherence import constats  # noqa: PLC0415 - costs what rules cost

    lieu, jour = session.founded(), jour_de(session, None)
    lu = fichier_lu(session, fichier, jour, lieu.livre.reglement)
    found = constats(lieu, jour, lu, complet=complet)
    demandes = plan(lu, lieu.livre.reglement, jour, complet=complet)
    if not par and demandes:
        raise DemandeInvalide("Qui adopte ce règlement ? Dites-le avec --par PERSONNE.")
    reponses: list[Reponse] = []
    with suppress(_Abandon), Advance("Règles") as advance, lieu.lot():
        for n, demande in enumerate(demandes, 1):
            reponses.append(lieu.executer(demande, par=par or ""))
            advance(n, len(demandes))
        if essai or not all(r.acceptee for r in reponses):
            raise _Abandon
    if en_json:
        session.screen.json(
            {"essai": essai, "demandes": [_comme_json(r) for r in reponses], "constats": constats_json(found)}
        )
    else:
        _dire_adoption(session, lieu, demandes, reponses, essai=essai)
        dire_constats(session, found)
    return 0 if all(r.acceptee for r in reponses) else REFUSE


class _Abandon(Exception):
    """All was decided, and nothing is kept: it was a trial, or a part of it is refused."""


def _comme_json(r: Reponse) -> dict[str, Any]:
    return {
        "commande": r.decision.commande, "verdict": r.verdict, "cle": r.cle, "position": r.position,
        "explication": list(r.explication),
    }  # fmt: skip


COULEURS = {"+": "green", "~": "yellow", "−": "red"}


def _dire_adoption(session: Session, lieu: Lieu, demandes: list[Any], reponses: list[Reponse], *, essai: bool) -> None:
    screen = session.screen
    if not demandes:
        screen.say("Rien à changer : le règlement en vigueur dit déjà ce que dit ce fichier.")
        return
    for demande, reponse in zip(demandes, reponses, strict=True):
        if not reponse.acceptee:
            show(screen, lieu, reponse, lieu.speaker())
            continue
        sign, said = dite(demande)
        screen.say(f"{sign} {said}", COULEURS[sign])
    if not all(r.acceptee for r in reponses):
        screen.say(
            "Rien n'est enregistré : un règlement s'adopte en entier. Corrigez le fichier, puis recommencez.", "dim"
        )
    elif essai:
        screen.say("Essai : rien n'est enregistré.", "dim")
    else:
        screen.say(f"{compte(len(reponses), 'changement')} au règlement.", "dim")


def imprimer(
    *,
    au: Au = None,
    titre: Annotated[str, Parameter(help="le titre du document")] = "",
    toml: Annotated[bool, Parameter(help="le fichier que « regles adopter » relit, avec ce qui est annoncé")] = False,
    session: Ici,
) -> None:
    """Imprimer le règlement en vigueur : un document en Markdown, ou le fichier qui le ferait (--toml)."""
    from tierslieu_adapters.reglement.document import document  # noqa: PLC0415 - each way of printing by itself

    lieu, jour = session.founded(), jour_de(session, au)
    reglement = lieu.livre.reglement
    titre = titre or f"Règlement de {lieu.livre.lieu.nom}" if lieu.livre.lieu else titre
    if not toml:
        print(
            document(titre, jour, reglement.faits.values(), reglement.en_vigueur(jour), lieu.speaker().nommer),
            file=session.screen.stream,
        )
        return
    from tierslieu_adapters.reglement.ecriture import ecrire  # noqa: PLC0415 - as above

    versions = list(tenues(reglement, jour).values()) if au is None else reglement.en_vigueur(jour)
    print(ecrire(titre, reglement.faits.values(), versions, lieu.catalogue.codec), file=session.screen.stream, end="")


SOUS: Mapping[str, Callable[..., Any]] = {
    "adopter": adopter, "comparer": comparer, "imprimer": imprimer, "couvrir": couvrir,
    "verifier": verifier,
}  # fmt: skip


def regles() -> None:
    """Tenir le règlement dans un fichier : l'adopter, le comparer, l'imprimer, l'essayer sur des cas."""


def app_for(sous: str | None) -> App:
    """The application of one of them, or that which tells them all."""
    return group_app("regles", inspect.getdoc(regles) or "", SOUS, sous)
