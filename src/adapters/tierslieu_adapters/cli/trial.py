"""What a demand that is only tried would change: each row of the registers, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tierslieu_adapters.cli.values import cell, columns_of, plain
from tierslieu_core.vues.apercu import Changement, apercu

if TYPE_CHECKING:
    from tierslieu_adapters.cli.screen import Screen
    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.kernel.fields import Champ
    from tierslieu_core.kernel.sentences import Speaker
    from tierslieu_core.lieu import Lieu


def show_changes(screen: Screen, lieu: Lieu, reponse: Reponse, speaker: Speaker) -> None:
    """One line for each row that would come (+), go (−) or change (~): each column, before and after."""
    changes = apercu(lieu, reponse)
    if changes:
        screen.say()
        screen.title("Ce que cela changerait")
    for one in changes:
        sign, colour = ("+", "green") if one.avant is None else ("−", "red") if one.apres is None else ("~", "yellow")
        screen.say(f"{sign} {_said(lieu, speaker, one)}", colour, indent=2)


def _said(lieu: Lieu, speaker: Speaker, change: Changement) -> str:
    registre, row = lieu.catalogue.registre(change.registre), change.apres or change.avant
    first, *others = columns_of(registre.ligne)
    said = [f"{f.libelle} {one}" for f in others if (one := _column(lieu, speaker, f, change))]
    name = cell(speaker, lieu.livre.zone, first, getattr(row, first.nom))
    return f"{registre.titre or registre.nom}, {name} : {' ; '.join(said)}"


def _column(lieu: Lieu, speaker: Speaker, field: Champ, change: Changement) -> str:
    """What changes in a column, or what a row that comes or goes says there; nothing for nothing."""
    was, now = (None if row is None else getattr(row, field.nom) for row in (change.avant, change.apres))
    before, after = (cell(speaker, lieu.livre.zone, field, one) for one in (was, now))
    if change.avant is None or change.apres is None:
        told = now if change.avant is None else was
        return (before or after) if told and told != field.defaut else ""
    return f"{before or '—'} → {after or '—'}" if was != now else ""


def changes_json(lieu: Lieu, reponse: Reponse, speaker: Speaker) -> list[dict[str, Any]]:
    """The same, for programs: whole rows."""
    return [
        {
            "registre": one.registre,
            "avant": plain(lieu.catalogue, speaker, one.avant),
            "apres": plain(lieu.catalogue, speaker, one.apres),
        }
        for one in apercu(lieu, reponse)
    ]
