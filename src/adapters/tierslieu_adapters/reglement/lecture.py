"""A rulebook file, read: each fault is told with its line, all at once.

```toml
[reglement]
titre = "Règlement du club"
motif = "assemblée de mars"          # said of each rule that does not say its own

[faits.joueurs]                      # what the place asks with a demand
type = "nombre"
libelle = "Joueurs sur le court"

[regles.quatre-par-court]
genre = "seuil"                      # a kind, with its parameters
faits = ["joueurs"]
maximum = 4
pour.actions = ["reserver"]          # to whom, to what, when (Portee)
pour.quand.formule = "journee"       # conditions: a word, words, true or false, {minimum = 1, maximum = 9, sauf = […]}
sinon.effet = "validation"           # what follows when it is not respected (Sinon)
sinon.par = "comite"
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import attrs

from tierslieu_adapters.expressions import fautes_de_formule
from tierslieu_adapters.expressions.moteur import RENDS
from tierslieu_core.domaines.cadre.regles import AdopterRegle, DeclarerFait
from tierslieu_core.domaines.cadre.regles.faits import declare
from tierslieu_core.domaines.cadre.regles.genres import GenreDeRegle
from tierslieu_core.domaines.cadre.regles.verification import avec, manquants
from tierslieu_core.domaines.cadre.regles.versions import Reglement
from tierslieu_core.kernel.edge import command_from, place_faults
from tierslieu_core.kernel.errors import DemandeInvalide

if TYPE_CHECKING:
    from whenever import Date

    from tierslieu_core.kernel.catalogue import Catalogue

SECTIONS = ("reglement", "faits", "regles", "correspondance")
TETE = ("titre", "motif", "decision", "effet", "source")
DE_LA_REGLE = {"effet": "du", "enonce": "texte", "pour": "portee", "article": "article"}
"""The keys of a rule that are not its kind's parameters: here, and in ``AdopterRegle``."""
MEMES = ("genre", "motif", "decision", "sinon", "leve", "deja", "source")
EN_TETE = re.compile(r"\s*\[+\s*([^\]]+?)\s*\]+")
CLE = re.compile(r"\s*([A-Za-z0-9_.\"'-]+)\s*=")
VIDE = {"minimum": None, "maximum": None}


@attrs.frozen(kw_only=True)
class Fichier:
    """What a file says. ``correspondance``: how the names of a file of cases are those of this one (``couvrir``)."""

    titre: str = ""
    faits: tuple[DeclarerFait, ...] = ()
    regles: tuple[AdopterRegle, ...] = ()
    effets: frozenset[str] = frozenset()
    correspondance: Mapping[str, Any] = attrs.Factory(dict)


def lire(
    texte: str, catalogue: Catalogue, jour: Date, *, nom: str = "reglement.toml", lieu: Reglement | None = None
) -> Fichier:
    """What a rulebook file says; ``jour``: when a rule takes effect that does not say when.

    ``lieu``: the rulebook in force, whose facts and rules the file may name. Raises ``DemandeInvalide`` with every
    fault, each with its line.
    """
    try:
        brut = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as fault:
        raise DemandeInvalide(f"« {nom} » n'est pas du TOML :", [("", f"{fault}")]) from None
    fautes = [*_structure(brut)]
    tete = _table(brut, "reglement")
    faits = [_fait(n, f, catalogue, fautes) for n, f in _tables(brut, "faits")]
    types = {nom: d.type for nom, d in lieu.faits.items()} if lieu else {}
    types |= {d.fait: d.type for d in faits if d}
    regles = [_regle(n, _typee(r, types, catalogue), tete, catalogue, jour, fautes) for n, r in _tables(brut, "regles")]
    found = Fichier(
        titre=str(tete.get("titre", "")), faits=tuple(f for f in faits if f), regles=tuple(r for r in regles if r),
        effets=frozenset(n for n, r in _tables(brut, "regles") if "effet" in r),
        correspondance=_table(brut, "correspondance"),
    )  # fmt: skip
    fautes += [*_inconnus(found, lieu), *_formules(found, types)]
    if fautes:
        lignes = _lignes(texte)
        placees = sorted((_ligne(path, lignes), path, said) for path, said in fautes)
        raise DemandeInvalide(
            f"« {nom} » ne peut pas être lu :",
            [(f"ligne {n}, {path}" if n else path, said) for n, path, said in placees],
        )
    return found


def _structure(brut: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for section in brut:
        if section not in SECTIONS:
            yield section, f"section inconnue ; sections connues : {', '.join(SECTIONS)}"
        elif not isinstance(brut[section], dict):
            yield section, f"une section attendue : [{section}]"
    for section in ("faits", "regles"):
        for nom, table in _tables(brut, section, tout=True):
            if not isinstance(table, dict):
                yield f"{section}.{nom}", f"une section attendue : [{section}.{nom}]"
    for cle in _table(brut, "reglement"):
        if cle not in TETE:
            yield f"reglement.{cle}", f"inconnu ; se disent ici : {', '.join(TETE)}"


def _tables(brut: Mapping[str, Any], section: str, *, tout: bool = False) -> list[tuple[str, Any]]:
    return [(n, t) for n, t in _table(brut, section).items() if tout or isinstance(t, dict)]


def _table(brut: Mapping[str, Any], section: str) -> Mapping[str, Any]:
    held = brut.get(section)
    return held if isinstance(held, dict) else {}


def _fait(nom: str, table: dict[str, Any], catalogue: Catalogue, fautes: list[tuple[str, str]]) -> DeclarerFait | None:
    champs = {"libelle": nom.replace("_", " "), **table, "fait": nom}
    made: DeclarerFait | None = _commande(f"faits.{nom}", "regles.DeclarerFait", champs, catalogue, fautes)
    return made


def _typee(table: dict[str, Any], types: Mapping[str, str], catalogue: Catalogue) -> dict[str, Any]:
    """A rule whose kind keeps the types of the facts that it reads (``du_fichier``): the file declares them."""
    kind = catalogue.codec.unions[GenreDeRegle].get(str(table.get("genre")))
    complete = getattr(kind, "du_fichier", None)
    return table if complete is None else complete(table, types)


def _regle(  # noqa: PLR0913, PLR0917 - a rule, and all that the file says around it
    nom: str,
    table: dict[str, Any],
    tete: Mapping[str, Any],
    catalogue: Catalogue,
    jour: Date,
    fautes: list[tuple[str, str]],
) -> AdopterRegle | None:
    path = f"regles.{nom}"
    if "genre" not in table:
        fautes.append((path, 'de quel genre ? (genre = "duree", par exemple ; « tierslieu genres » les dit tous)'))
        return None
    parametres = {k: v for k, v in table.items() if k not in MEMES and k not in DE_LA_REGLE}
    champs: dict[str, Any] = {
        "regle": nom, "genre": {"genre": table["genre"], **parametres}, "du": jour.format_iso(),
        **{k: tete[k] for k in ("motif", "decision") if k in tete},
        **({"du": tete["effet"]} if "effet" in tete else {}),
        **{k: table[k] for k in MEMES[1:] if k in table},
        **{DE_LA_REGLE[k]: table[k] for k in DE_LA_REGLE if k in table},
    }  # fmt: skip
    champs["source"] = _source(tete.get("source", {}), champs.get("source", {}))
    if (article := champs.pop("article", None)) is not None and isinstance(champs["source"], dict):
        champs["source"]["articles"] = [article] if isinstance(article, str) else article
    if isinstance(quand := _pour(champs).get("quand"), dict):
        champs["portee"] = {**champs["portee"], "quand": [_condition(f, c) for f, c in quand.items()]}
    made: AdopterRegle | None = _commande(path, "regles.AdopterRegle", champs, catalogue, fautes)
    return made


def _source(tete: Any, sienne: Any) -> Any:
    """That of the whole file, completed by the rule's own; what is no table is left to be told so."""
    tables = isinstance(tete, dict) and isinstance(sienne, dict)
    return {**tete, **sienne} if tables else sienne if isinstance(tete, dict) else tete


def _pour(champs: Mapping[str, Any]) -> Mapping[str, Any]:
    held = champs.get("portee")
    return held if isinstance(held, dict) else {}


def _condition(fait: str, dit: Any) -> dict[str, Any]:
    """``"journee"``, ``["a", "b"]``, ``true``, or every bound by its name."""
    match dit:
        case bool():
            return {"fait": fait, "vaut": dit}
        case str():
            return {"fait": fait, "parmi": [dit]}
        case list():
            return {"fait": fait, "parmi": dit}
        case int():
            return {"fait": fait, "minimum": dit, "maximum": dit}
        case dict():
            return {"fait": fait, **dit}
        case _:
            return {"fait": fait, "parmi": dit}


def _commande(path: str, nom: str, champs: dict[str, Any], catalogue: Catalogue, fautes: list[tuple[str, str]]) -> Any:
    """The command that a table says; ``None`` once its faults are told, by the names that the file gives."""
    try:
        made = command_from(catalogue, nom, _iso(champs))
        fautes += [(_dans_le_fichier(path, ou), said) for ou, said in place_faults(made, "UTC")]
    except DemandeInvalide as fault:
        fautes += [(_dans_le_fichier(path, ou), said) for ou, said in fault.erreurs]
        return None
    return made


def _dans_le_fichier(path: str, ou: str) -> str:
    """Where a field of the command stands in the file: ``genre.maximum`` is ``regles.x.maximum``."""
    ou = ou.removeprefix("genre.")
    for here, there in DE_LA_REGLE.items():
        if ou == there or ou.startswith((f"{there}.", f"{there}[")):
            ou = here + ou[len(there) :]
    return f"{path}.{ou}" if ou else path


def _iso(value: Any) -> Any:
    """TOML's own dates and hours as the text that the journal writes."""
    if isinstance(value, dict):
        return {k: _iso(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_iso(v) for v in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _inconnus(f: Fichier, lieu: Reglement | None) -> Iterator[tuple[str, str]]:
    """What rules of the file name, and neither the file nor the place knows."""
    connu = avec(lieu or Reglement(), map(declare, f.faits), (r.regle for r in f.regles))
    for r in f.regles:
        yield from ((_dans_le_fichier(f"regles.{r.regle}", ou), said) for ou, said in manquants(r, connu))


def _formules(f: Fichier, types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the formulas of what follows; each gives a number, or a word, or yes or no."""
    for r in f.regles:
        for n, dit in ((n, dit) for n, marche in enumerate(r.sinon.echelle) for dit in marche.formules):
            nom, _, cel = dit.partition("=")
            if all(fautes_de_formule(cel, types, rend) for rend in RENDS):
                for said in fautes_de_formule(cel, types):
                    yield f"regles.{r.regle}.sinon.echelle[{n}].formules", f"« {nom} » : {said}"


# ── où cela est écrit ───────────────────────────────────────────────────────────────────────────────────────────────


def _lignes(texte: str) -> dict[str, int]:
    """The line of each table and key, by its path."""
    found: dict[str, int] = {}
    table = ""
    for n, line in enumerate(texte.splitlines(), 1):
        if tete := EN_TETE.match(line):
            table = tete[1].replace('"', "").replace(" ", "")
            found.setdefault(table, n)
        elif cle := CLE.match(line):
            path = cle[1].replace('"', "").replace("'", "")
            found.setdefault(f"{table}.{path}" if table else path, n)
    return found


def _ligne(path: str, lignes: Mapping[str, int]) -> int:
    """The line of a path, or of the nearest thing above it; 0 when nothing says."""
    while path:
        if path in lignes:
            return lignes[path]
        path = re.sub(r"(\[\d+\]|\.?[^.\[]+)\Z", "", path)
    return 0
