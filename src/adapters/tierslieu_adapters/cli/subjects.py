"""What people mean when they name something: a tag, an identifier, or somebody's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tierslieu_adapters.cli.values import bare
from tierslieu_core.kernel.edge import IDENTIFIANT, identifier_fault
from tierslieu_core.kernel.errors import DemandeInvalide, ReferenceInconnue
from tierslieu_core.kernel.fields import fields_of
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


def with_names(lieu: Lieu, commande: type, given: Mapping[str, Any], fault: DemandeInvalide) -> list[tuple[str, str]]:
    """The same faults; where a name stands for an identifier, or one that nothing bears, what bears that name."""
    kinds = {f.nom: f.sujet for f in fields_of(commande) if f.sujet and not f.nouveau}
    kinds |= dict.fromkeys(("par", "pour"), PERSONNE)
    told = []
    for where, what in fault.erreurs:
        field, _, rank = where.partition("[")
        one = given.get(field)
        one = one[int(rank[:-1])] if isinstance(one, list | tuple) and rank[:-1].isdigit() else one
        wrong = isinstance(one, str) and (isinstance(fault, ReferenceInconnue) or identifier_fault(one) is not None)
        told.append((where, what + (_bearers(lieu, kinds[field], str(one)) if wrong and field in kinds else "")))
    return told


def _bearers(lieu: Lieu, kind: str, name: str) -> str:
    """Who or what bears a name, by identifier; or how to look for it."""
    tags = [f"{PERSONNE}:{one}" for one, _ in lieu.chercher(name)] if kind == PERSONNE else named(lieu, name)
    found = [one for k, _, one in (tag.partition(":") for tag in tags) if k == kind]
    if len(found) == 1:
        return f" ; c'est le nom de {found[0]}"
    if found:
        return f" ; c'est le nom de plusieurs : {', '.join(found)}"
    own = lieu.catalogue.identifiants.get(kind)
    home = [d for d in lieu.catalogue.domaines if own in d.identifiants]  # whoever brings them into being lists them
    fields = {r.nom: fields_of(r.ligne) for d in home for r in d.registres}
    kept = next((r for r, fs in fields.items() if fs[0].sujet == kind and any(f.nom == "nom" for f in fs)), None)
    return f" ; les identifiants connus : tierslieu registre {kept} --identifiants" if kept else ""


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
