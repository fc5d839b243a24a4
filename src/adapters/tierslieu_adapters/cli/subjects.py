"""What people mean when they name something: a tag, an identifier, or somebody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tierslieu_adapters.cli.values import bare
from tierslieu_core.kernel.edge import IDENTIFIANT
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import Selection, scan, select
from tierslieu_core.kernel.projections import naming_types, namings

if TYPE_CHECKING:
    from tierslieu_core.lieu import Lieu

PERSONNE = "personne"


def subject_of(lieu: Lieu, text: str) -> str:
    """The tag that ``text`` means; ``DemandeInvalide`` when nothing, or several things, answer to it."""
    if ":" in text:
        return text
    found = [*known(lieu, text), *(f"{PERSONNE}:{one}" for one, _ in lieu.chercher(text))] or named(lieu, text)
    return _only(lieu, text, list(dict.fromkeys(found)))


def person_of(lieu: Lieu, text: str) -> str:
    """The identifier of the person that ``text`` means: theirs, or a name that is theirs alone."""
    text = text.removeprefix(f"{PERSONNE}:")
    mine = [tag for tag in known(lieu, text) if tag.startswith(f"{PERSONNE}:")]
    found = mine or [f"{PERSONNE}:{one}" for one, _ in lieu.chercher(text)]
    return _only(lieu, text, found).removeprefix(f"{PERSONNE}:")


def known(lieu: Lieu, one: str) -> list[str]:
    """The tags of every registered thing that bears this identifier."""
    if not IDENTIFIANT.match(one):
        return []
    kinds = list(lieu.catalogue.identifiants.items())
    wanted = [Selection(lieu.catalogue.types(i.naissances), (f"{kind}:{one}",), last=True) for kind, i in kinds]
    rows, _ = select(lieu.recorder, wanted)
    return [f"{kind}:{one}" for (kind, _), found in zip(kinds, rows, strict=True) if found]


def named(lieu: Lieu, text: str) -> list[str]:
    """The tags of the things, other than persons, that bear this name now."""
    names: dict[str, Any] = {}
    for kind, one, name in namings(lieu.catalogue, scan(lieu.recorder, naming_types(lieu.catalogue))):
        names[f"{kind}:{one}"] = name
    return [tag for tag, name in names.items() if isinstance(name, str) and bare(name) == bare(text)]


def _only(lieu: Lieu, text: str, tags: list[str]) -> str:
    if len(tags) == 1:
        return tags[0]
    if not tags:
        kinds = ", ".join(f"{kind}:…" for kind in sorted(lieu.catalogue.identifiants))
        raise DemandeInvalide(
            f"Personne ni rien ne répond à « {text} » dans ce lieu.\n"
            f"  Donnez un nom de personne, un identifiant, ou un sujet entier ({kinds}, cle:…)."
        )
    said = [f"  {tag}  {lieu.nommer(*tag.split(':', 1))}" for tag in tags]
    raise DemandeInvalide("\n".join([f"« {text} » peut être :", *said, "Donnez le sujet entier."]))
