"""The reference of rule kinds, from their declarations: what each is for, its parameters, how it is written, said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

import attrs
from whenever import Date, Time

from tierslieu_core.domaines.cadre.regles.genres import GenreDeRegle
from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.cadre.regles.genres.notices import Notice, notice_de
from tierslieu_core.domaines.cadre.regles.genres.sans_genre import SANS_GENRE
from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.fields import Champ, fields_of
from tierslieu_core.vocabulaire.francais import liste


@attrs.frozen
class Parametre:
    """One parameter; ``defaut``: what holds when it is not written, ``None`` when it must be."""

    nom: str
    quoi: str
    valeur: str
    unite: str
    defaut: str | None


@attrs.frozen
class FicheDeGenre:
    """One kind of rule. ``reglage``: it judges nothing, decisions go by it; ``ecrite``: an example, as TOML."""

    nom: str
    pour: str
    reglage: bool
    mesure: str
    parametres: tuple[Parametre, ...]
    ecrite: str
    phrase: str
    refus: str


def installes(catalogue: Catalogue) -> list[FicheDeGenre]:
    """Those that a catalogue knows: ours and other packages'."""
    return fiches(catalogue.codec.unions[GenreDeRegle])


def fiches(genres: Mapping[str, type]) -> list[FicheDeGenre]:
    """Each kind, in the order of the mapping."""
    return [fiche(nom, genre) for nom, genre in genres.items()]


def fiche(nom: str, genre: type) -> FicheDeGenre:
    """One kind; without a notice, what its declaration alone can tell."""
    notice = notice_de(genre)
    exemple = None if notice is None else notice.exemple
    return FicheDeGenre(
        nom=nom,
        pour=(genre.__doc__ or "").strip().split("\n", maxsplit=1)[0] if notice is None else notice.pour,
        reglage=issubclass(genre, Reglage),
        mesure="" if notice is None else notice.mesure,
        parametres=tuple(_parametres(genre)),
        ecrite="" if exemple is None else _ecrite(nom, exemple),
        phrase="" if exemple is None else exemple.phrase(),
        refus=_refus(notice),
    )


def _refus(notice: Notice | None) -> str:
    if notice is None or notice.refuse is None:
        return ""
    return str(notice.exemple.refus(*notice.refuse))


# ── les paramètres ──────────────────────────────────────────────────────────────────────────────────────────────────

TYPES: Mapping[Any, str] = {
    int: "nombre", str: "texte", bool: "true ou false", Date: "date", Time: "heure",
}  # fmt: skip


def _parametres(genre: type, avant: str = "") -> Iterator[Parametre]:
    """Those of a kind, then those of what it is made of (``plages[].jours``)."""
    for f in fields_of(genre):
        yield Parametre(f"{avant}{f.nom}", f.libelle, _valeur(f), f.unite, _defaut(f))
        if attrs.has(f.element):
            yield from _parametres(f.element, f"{avant}{f.nom}[].")


def _valeur(f: Champ) -> str:
    choix = get_args(f.element) if get_origin(f.element) is Literal else ()
    quoi = liste(list(map(_toml, choix)), "ou") or ("table" if attrs.has(f.element) else TYPES.get(f.element, "texte"))
    return f"liste de : {quoi}" if f.plusieurs else quoi


def _defaut(f: Champ) -> str | None:
    """As a rulebook would say it; ``—`` for nothing."""
    if f.obligatoire:
        return None
    defaut = f.defaut.factory() if isinstance(f.defaut, attrs.Factory) else f.defaut  # type: ignore[arg-type]  # it is a class
    return "—" if defaut in (None, (), "", {}) else _toml(defaut)


# ── un exemple, écrit ───────────────────────────────────────────────────────────────────────────────────────────────


def _ecrite(nom: str, exemple: Any) -> str:
    """A rule as a rulebook holds it; what is at its default is not written."""
    dits = [(f.nom, getattr(exemple, f.nom)) for f in fields_of(type(exemple))]
    defauts = {f.nom: f.defaut for f in fields_of(type(exemple))}
    lignes = [f"{champ} = {_toml(v)}" for champ, v in dits if v != defauts[champ]]
    return "\n".join([f"[regles.ma-regle]\ngenre = {_toml(nom)}", *lignes])


def _toml(valeur: Any) -> str:
    match valeur:
        case Date() | Time():
            return valeur.format_iso()
        case tuple() | list():
            return f"[{', '.join(map(_toml, valeur))}]"
        case dict():
            return f"{{ {', '.join(f'{nom} = {_toml(v)}' for nom, v in valeur.items())} }}"
        case _ if attrs.has(type(valeur)):
            dits = [
                f"{f.nom} = {_toml(v)}" for f in fields_of(type(valeur)) if (v := getattr(valeur, f.nom)) != f.defaut
            ]
            return f"{{ {', '.join(dits)} }}"
        case _:
            return json.dumps(valeur, ensure_ascii=False)


# ── la page ─────────────────────────────────────────────────────────────────────────────────────────────────────────

TETE = """\
# Les genres de règles

Chaque règle est d'un genre, qui dit ce qu'elle mesure et comment elle juge ; au lieu d'en choisir les paramètres.
Cette page est faite à partir du code (`tierslieu genres --markdown`) ; `tierslieu genres` montre aussi les genres
qu'apportent d'autres paquets.

Une règle dit encore à qui, à quoi et quand elle vaut, ce qui s'ensuit quand elle n'est pas respectée, et ce qu'elle
lève. De deux règles du même genre sur la même mesure, la plus précise l'emporte, puis la plus récente.
"""


def page(genres: Iterable[FicheDeGenre]) -> str:
    """The whole reference, in Markdown."""
    connues = list(genres)
    jugent, reglent = ([f for f in connues if f.reglage is oui] for oui in (False, True))
    parts = [TETE, _index(jugent, reglent)]
    for titre, quelles in (("Ce qui juge une demande", jugent), ("Ce qui règle le lieu", reglent)):
        parts += [f"## {titre}\n", *(_article(f) for f in quelles)]
    parts += ["## Pas encore des genres\n", "| ce que l'on cherche | comment faire |", "|---|---|"]
    parts += [f"| {quoi} | {comment} |" for quoi, comment in SANS_GENRE]
    return "\n".join([*parts, ""])


def _index(*quelles: list[FicheDeGenre]) -> str:
    lignes = [f"| [`{f.nom}`](#{f.nom}) | {f.pour} |" for part in quelles for f in part]
    return "\n".join(["| genre | pour |", "|---|---|", *lignes, ""])


def _article(f: FicheDeGenre) -> str:
    mesure = f" Mesure : {f.mesure}." if f.mesure else ""
    parts = [f"### {f.nom}\n", f"{f.pour}{mesure}\n"]
    if f.parametres:
        parts += ["| paramètre | ce que c'est | valeur | à défaut |", "|---|---|---|---|"]
        parts += [f"| `{p.nom}` | {_quoi(p)} | {p.valeur} | {_ou(p.defaut)} |" for p in f.parametres]
        parts.append("")
    if f.ecrite:
        parts += [f"```toml\n{f.ecrite}\n```\n", f"> {f.phrase}\n"]
    if f.refus:
        parts.append(f"> *Sinon :* {f.refus}\n")
    return "\n".join(parts)


def _quoi(p: Parametre) -> str:
    return f"{p.quoi} ({p.unite})" if p.unite else p.quoi


def _ou(defaut: str | None) -> str:
    return "obligatoire" if defaut is None else defaut
