"""``finances``: the two doors between the finance body's journal, which this is, and that of its place."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from tierslieu_adapters.cli.answers import show
from tierslieu_adapters.cli.asking import REFUSE
from tierslieu_adapters.cli.program import group_app
from tierslieu_adapters.cli.reading import Ici
from tierslieu_adapters.cli.session import PAR, Session
from tierslieu_core.kernel.errors import DemandeInvalide

if TYPE_CHECKING:
    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu

Adresse = Annotated[str, Parameter(help="le journal du lieu, comme quai.db")]
Par = Annotated[
    str | None, Parameter(env_var=PAR, show_env_var=False, metavar="PERSONNE", help="qui, des finances, le demande")
]


def suivre(lieu: Adresse, /, *, par: Par = None, session: Ici) -> int:
    """Recevoir du lieu ce qui est à facturer, par référence : une fois chacun, et rien ne s'écrit dans son journal.

    Se rejoue sans risque : la suite reprend là où elle s'était arrêtée.
    """
    from tierslieu_core.guichet import suivre as recevoir  # noqa: PLC0415 - when needed

    finances, qui = _finances(session), _par(par)
    with _lieu(lieu) as place:
        return _dites(session, finances, recevoir(place, finances, par=qui), "Rien de nouveau à facturer.")


def remettre(lieu: Adresse, /, *, par: Par = None, session: Ici) -> int:
    """Déposer au lieu les attestations établies : oui ou non, jusqu'à une date, et rien d'autre.

    Se rejoue sans risque : chacune n'est déposée qu'une fois.
    """
    from tierslieu_core.guichet import remettre as deposer  # noqa: PLC0415 - when needed

    finances, qui = _finances(session), _par(par)
    with _lieu(lieu) as place:
        return _dites(session, place, deposer(finances, place, par=qui), "Aucune attestation à déposer.")


def _finances(session: Session) -> Lieu:
    session.finances = True
    return session.founded()


def _lieu(adresse: str) -> Lieu:
    return Session(adresse).founded()


def _par(par: str | None) -> str:
    if not par:
        raise DemandeInvalide("Qui le demande ? Dites-le avec --par.")
    return par


def _dites(session: Session, lieu: Lieu, reponses: list[Reponse], rien: str) -> int:
    for reponse in reponses:
        known = reponse.decision.commande in lieu.catalogue.demandes
        show(session.screen, lieu if known else session.place(), reponse, lieu.speaker())
    if not reponses:
        session.screen.say(rien)
    return 0 if all(r.acceptee for r in reponses) else REFUSE


SOUS: Mapping[str, Callable[..., Any]] = {"suivre": suivre, "remettre": remettre}


def finances() -> None:
    """Les finances et leur lieu : recevoir de lui ce qui est à facturer, lui remettre des attestations. Rien d'autre.

    --lieu dit ici le journal des finances, qui est à elles seules.
    """


def app_for(sous: str | None) -> App:
    """The application of one of them, or that which tells them all."""
    return group_app("finances", inspect.getdoc(finances) or "", SOUS, sous)
