"""Every declared command as a command of the program."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Group, Parameter

from tierslieu_adapters.cli.asking import one
from tierslieu_adapters.cli.errors import as_options
from tierslieu_adapters.cli.options import function_of, options_of
from tierslieu_adapters.cli.program import base_app
from tierslieu_adapters.cli.session import PAR, Session
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.errors import DemandeInvalide

if TYPE_CHECKING:
    from tierslieu_core.kernel.catalogue import Catalogue
    from tierslieu_core.kernel.declarations import Demande

OFF = False
AUTOUR = Group("Autour de la demande", sort_key=9)


def app_for(catalogue: Catalogue, demande: Demande[Any, Any]) -> App:
    """The application of one command."""
    cls = demande.commande
    nom = fiche(cls).nom
    short = nom.partition(".")[2]
    alone = sum(full.partition(".")[2] == short for full in catalogue.demandes) == 1
    options = options_of(catalogue, cls)

    def do(champs: dict[str, Any], **around: Any) -> int:
        try:
            return one(champs=champs, nom=nom, **around)
        except DemandeInvalide as fault:
            names = {**{".".join(o.path): o.name for o in options}, "par": "--par", "survenu_le": "--survenu-le"}
            raise as_options(fault, names, f"tierslieu faire {short if alone else nom}") from None

    app = base_app(
        "faire", usage=f"tierslieu faire {short if alone else nom} --par QUI …", help=inspect.getdoc(cls) or nom,
        help_epilogue=f"Nom entier de la commande : {nom}",
    )  # fmt: skip
    app.default(function_of(options, _around(), do))
    return app


def listing(catalogue: Catalogue) -> App:
    """The application that tells every command, by area."""
    from tierslieu_adapters.cli.asking import faire  # noqa: PLC0415 - its help is shown with them

    app = base_app(
        "tierslieu", usage="", help="", help_epilogue="Les champs d'une commande : tierslieu faire COMMANDE --help"
    )
    inside = App(name="faire", help=inspect.getdoc(faire), usage="tierslieu faire COMMANDE --par QUI --champ valeur …")
    for n, domaine in enumerate(catalogue.domaines):
        group = Group(domaine.titre, sort_key=n)
        for i, demande in enumerate(domaine.demandes):
            said = (inspect.getdoc(demande.commande) or "").split("\n")[0]
            inside.command(App(name=fiche(demande.commande).nom, help=said, group=group, sort_key=i))
    app.command(inside)
    return app


def _around() -> list[inspect.Parameter]:
    """What is said around any demand."""

    def option(nom: str, kind: Any, default: Any, metavar: str, help_: str) -> inspect.Parameter:
        said = Parameter(
            name=f"--{nom.replace('_', '-')}", metavar=metavar, help=help_, group=AUTOUR, show_default=False,
            show_env_var=False, env_var=PAR if nom == "par" else None,
        )  # fmt: skip
        return inspect.Parameter(nom, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, said])

    session = inspect.Parameter(
        "session", inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[Session, Parameter(parse=False)]
    )
    return [
        option("par", str | None, None, "PERSONNE", f"obligatoire · qui demande (sinon la variable {PAR})"),
        option("pour", str | None, None, "PERSONNE", "au nom de qui, si c'est quelqu'un d'autre"),
        option("cle", str | None, None, "CLÉ", "clé de la demande : la redire ne fait rien deux fois"),
        option("survenu_le", str | None, None, "AAAA-MM-JJTHH:MM", "quand cela a eu lieu, si ce n'est pas maintenant"),
        option("essai", bool, OFF, "", "décider sans rien enregistrer, en montrant chaque clause"),
        option("json", bool, OFF, "", "la réponse en une ligne JSON"),
        option("lieu", str | None, None, "ADRESSE", "le journal du lieu"),
        session,
    ]
