"""``genres``: the kinds of rules that a place may write, ours and other packages'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter

from tierslieu_adapters.cli.errors import near
from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.vues.genres import FicheDeGenre, installes, page

if TYPE_CHECKING:
    from tierslieu_adapters.cli.screen import Screen


def genres(
    nom: Annotated[str | None, Parameter(help="le genre ; sans lui, tous")] = None,
    /,
    *,
    markdown: Annotated[bool, Parameter(help="la référence entière, telle que dans docs/genres.md")] = False,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Voir les genres de règles : à quoi chacun sert, ses paramètres, comment il s'écrit et se dit."""
    connus = {f.nom: f for f in installes(session.catalogue)}
    if nom is not None and nom not in connus:
        voisins = near(nom, connus) or f" Genres connus : {', '.join(sorted(connus))}."
        raise DemandeInvalide(f"Genre de règle inconnu : « {nom} ».{voisins}")
    dits = list(connus.values()) if nom is None else [connus[nom]]
    screen = session.screen
    if en_json:
        screen.json([attrs.asdict(f) for f in dits])
    elif markdown:
        print(page(dits), end="", file=screen.stream)
    elif nom is None:
        screen.table(("genre", "pour"), [(f.nom, f.pour) for f in dits])
        if screen.rich:
            screen.say("Le détail d'un genre : tierslieu genres NOM", "dim")
    else:
        _show(screen, dits[0])


def _show(screen: Screen, f: FicheDeGenre) -> None:
    screen.title(f"{f.nom} : {f.pour}")
    if f.mesure:
        screen.say(f"Mesure : {f.mesure}.", "dim")
    if f.parametres:
        screen.say()
        rows = [(p.nom, p.quoi, p.unite, p.valeur, p.defaut or "obligatoire") for p in f.parametres]
        screen.table(("paramètre", "ce que c'est", "unité", "valeur", "à défaut"), rows)
    if f.ecrite:
        screen.say()
        screen.say(f.ecrite, "cyan", indent=2)
        screen.say()
        screen.say(f"→ {f.phrase}", indent=2)
    if f.refus:
        screen.say(f"✘ {f.refus}", "red", indent=2)
